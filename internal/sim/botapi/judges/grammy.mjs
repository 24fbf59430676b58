// Judge one: grammY by long polling.
import { Bot, InlineKeyboard, InputFile, InputMediaBuilder, Keyboard } from "grammy";
import { apiRoot, token, photo, sha, want, patient, refusal } from "./conversation.mjs";

const bot = new Bot(token, { client: { apiRoot } });
const errorOf = (e) => ({ error_code: e.error_code, description: e.description, parameters: e.parameters });

bot.command("start", async (ctx) => {
  want(ctx.chat.type === "private" && ctx.from.first_name === "Budi", "the sender is Budi in private");
  const m = await ctx.reply("<b>Halo</b> &amp; selamat datang", {
    parse_mode: "HTML",
    reply_markup: new InlineKeyboard().text("Mulai", "go").url("Situs", "https://example.com"),
  });
  want(m.text === "Halo & selamat datang" && m.entities[0].type === "bold", "HTML becomes text with entities");
});

bot.callbackQuery("go", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "baik" });
  const edited = await ctx.editMessageText("Siap\\.  *tebal*", { parse_mode: "MarkdownV2" });
  want(edited.edit_date > 0 && edited.text === "Siap.  tebal", "an edit gives the edited message");
  const again = await refusal(errorOf, () => ctx.editMessageText("Siap\\.  *tebal*", { parse_mode: "MarkdownV2" }));
  want(again.error_code === 400 && again.description.includes("message is not modified"), "same text again is refused");
  await ctx.reply("Di mana?", { reply_markup: new Keyboard().requestLocation("Kirim lokasi").row().text("Lewati").resized() });
});

bot.on("message:location", (ctx) =>
  ctx.reply(`lokasi ${ctx.message.location.latitude} ${ctx.message.location.longitude}`, {
    reply_parameters: { message_id: ctx.message.message_id },
    reply_markup: { remove_keyboard: true },
  }));

bot.on("message:photo", async (ctx) => {
  if (ctx.message.media_group_id) {
    await ctx.reply(`album ${ctx.message.media_group_id}`);
    return;
  }
  const file = await ctx.getFile();
  const got = await fetch(`${apiRoot}/file/bot${token}/${file.file_path}`);
  want(got.ok, "the file is there");
  const bytes = Buffer.from(await got.arrayBuffer());
  const m = await ctx.replyWithPhoto(new InputFile(bytes, "kembali.png"), { caption: sha(bytes) });
  want(m.photo.at(-1).width === 640, "a photo has its width");
  const bad = await refusal(errorOf, () => ctx.replyWithPhoto(new InputFile(Buffer.from("<html>"), "x.jpg")));
  want(bad.error_code === 400 && bad.description.includes("IMAGE_PROCESS_FAILED"), "HTML is no photo");
});

bot.hears("album", async (ctx) => {
  const list = await ctx.replyWithMediaGroup([
    InputMediaBuilder.photo(new InputFile(photo, "a.png"), { caption: "dua foto" }),
    InputMediaBuilder.photo(new InputFile(photo, "b.png")),
  ]);
  want(list.length === 2 && list[0].media_group_id === list[1].media_group_id, "an album has one media_group_id");
});

bot.hears("banjir", async (ctx) => {
  let waits = 0;
  for (let i = 1; i <= 12; i++) waits += await patient(errorOf, () => ctx.reply(`gelombang ${i}`));
  want(waits >= 1, "the limit was met");
});

bot.hears("selesai", async (ctx) => {
  await patient(errorOf, () => ctx.reply("sampai jumpa"));
  await bot.stop();
});

bot.catch((e) => {
  console.error(e.error);
  process.exit(1);
});
await bot.api.setMyCommands([{ command: "start", description: "Mulai" }], { language_code: "id" });
const commands = await bot.api.getMyCommands({ language_code: "id" });
want(commands.length === 1 && commands[0].command === "start", "commands are kept");
await bot.start({ allowed_updates: ["message", "callback_query"] });
