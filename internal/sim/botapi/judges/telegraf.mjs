// Judge two: telegraf by webhook with a secret, answering in the webhook's response where it likes to.
import { createServer } from "node:http";
import { Telegraf, Markup, Input } from "telegraf";
import { message } from "telegraf/filters";
import { apiRoot, token, photo, sha, want, patient, refusal } from "./conversation.mjs";

const bot = new Telegraf(token, { telegram: { apiRoot, webhookReply: true } });
const errorOf = (e) => e.response;
const secretToken = "rahasia-webhook_1";

bot.start((ctx) => {
  want(ctx.chat.type === "private" && ctx.from.first_name === "Budi", "the sender is Budi in private");
  return ctx.replyWithHTML("<b>Halo</b> &amp; selamat datang", Markup.inlineKeyboard([
    Markup.button.callback("Mulai", "go"), Markup.button.url("Situs", "https://example.com")]));
});

bot.action("go", async (ctx) => {
  await ctx.answerCbQuery("baik");
  const edited = await ctx.editMessageText("Siap\\.  *tebal*", { parse_mode: "MarkdownV2" });
  want(edited.edit_date > 0 && edited.text === "Siap.  tebal", "an edit gives the edited message");
  const again = await refusal(errorOf, () => ctx.editMessageText("Siap\\.  *tebal*", { parse_mode: "MarkdownV2" }));
  want(again.error_code === 400 && again.description.includes("message is not modified"), "same text again is refused");
  await ctx.reply("Di mana?", Markup.keyboard([[Markup.button.locationRequest("Kirim lokasi")], ["Lewati"]]).resize());
});

bot.on(message("location"), (ctx) =>
  ctx.reply(`lokasi ${ctx.message.location.latitude} ${ctx.message.location.longitude}`, {
    reply_parameters: { message_id: ctx.message.message_id },
    ...Markup.removeKeyboard(),
  }));

bot.on(message("photo"), async (ctx) => {
  if (ctx.message.media_group_id) {
    await ctx.reply(`album ${ctx.message.media_group_id}`);
    return;
  }
  const link = await ctx.telegram.getFileLink(ctx.message.photo.at(-1).file_id);
  const got = await fetch(link);
  want(got.ok, "the file is there");
  const bytes = Buffer.from(await got.arrayBuffer());
  const m = await ctx.replyWithPhoto(Input.fromBuffer(bytes, "kembali.png"), { caption: sha(bytes) });
  want(m === true || m.photo.at(-1).width === 640, "a photo has its width");
  const bad = await refusal(errorOf, () => ctx.telegram.sendPhoto(ctx.chat.id, Input.fromBuffer(Buffer.from("<html>"), "x.jpg")));
  want(bad.error_code === 400 && bad.description.includes("IMAGE_PROCESS_FAILED"), "HTML is no photo");
});

bot.hears("album", async (ctx) => {
  const list = await ctx.replyWithMediaGroup([
    { type: "photo", media: Input.fromBuffer(photo, "a.png"), caption: "dua foto" },
    { type: "photo", media: Input.fromBuffer(photo, "b.png") },
  ]);
  want(list === true || list[0].media_group_id === list[1].media_group_id, "an album has one media_group_id");
});

bot.hears("banjir", async (ctx) => {
  let waits = 0;
  for (let i = 1; i <= 12; i++) {
    waits += await patient(errorOf, () => ctx.telegram.sendMessage(ctx.chat.id, `gelombang ${i}`));
  }
  want(waits >= 1, "the limit was met");
});

bot.hears("selesai", async (ctx) => {
  await patient(errorOf, () => ctx.telegram.sendMessage(ctx.chat.id, "sampai jumpa"));
  const info = await bot.telegram.getWebhookInfo();
  want(info.url.endsWith("/kait"), "the webhook is known");
  await bot.telegram.deleteWebhook();
  server.close();
  server.closeAllConnections();
});

bot.catch((e) => {
  console.error(e);
  process.exit(1);
});
await bot.telegram.setMyCommands([{ command: "start", description: "Mulai" }], { language_code: "id" });
const commands = await bot.telegram.getMyCommands({ language_code: "id" });
want(commands.length === 1 && commands[0].command === "start", "commands are kept");
bot.botInfo = await bot.telegram.getMe();
const server = createServer(bot.webhookCallback("/kait", { secretToken }));
server.listen(0, "127.0.0.1", async () => {
  await bot.telegram.setWebhook(`http://127.0.0.1:${server.address().port}/kait`, {
    secret_token: secretToken,
    allowed_updates: ["message", "callback_query"],
  });
});
