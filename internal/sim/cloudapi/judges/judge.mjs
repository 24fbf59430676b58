// Reads one job from standard input and writes what each judge found, a line of JSON each.
import { WhatsAppClient, buildTemplateSendPayload } from "@kapso/whatsapp-cloud-api";
import { verifySignature, normalizeWebhook } from "@kapso/whatsapp-cloud-api/server";
import { WhatsAppAPI } from "whatsapp-api-js";
import { createWhatsAppAdapter } from "@chat-adapter/whatsapp";
import { webcrypto } from "node:crypto";

const chunks = [];
for await (const c of process.stdin) chunks.push(c);
const job = JSON.parse(Buffer.concat(chunks).toString());
const say = (judge, what, value) => process.stdout.write(JSON.stringify({ judge, what, value }) + "\n");
const attempt = async (judge, what, f) => {
  try {
    say(judge, what, { ok: (await f()) ?? true });
  } catch (e) {
    say(judge, what, { error: String(e?.message ?? e), code: e?.code ?? e?.error?.code ?? e?.response?.error?.code ?? 0 });
  }
};

// kapso builds the bodies of what is sent by itself.
const kapso = new WhatsAppClient({ accessToken: job.token, baseUrl: job.base, graphVersion: job.version });
const base = { phoneNumberId: job.phone, recipient: job.recipient };
const id = (r) => r.messages[0].id;
await attempt("kapso", "text", async () => id(await kapso.messages.sendText({ ...base, body: "Halo", previewUrl: false })));
await attempt("kapso", "buttons", async () => id(await kapso.messages.sendInteractiveButtons({ ...base, bodyText: "Kirim?", buttons: job.buttons })));
await attempt("kapso", "list", async () => id(await kapso.messages.sendInteractiveList({ ...base, bodyText: "Yang mana?", buttonText: "Pilih", sections: [{ rows: job.rows }] })));
await attempt("kapso", "place", async () => id(await kapso.messages.sendInteractiveRaw({ ...base, interactive: { // its own builder adds parameters that Meta's page does not have
  type: "location_request_message", body: { text: "Di mana?" }, action: { name: "send_location" } } })));
await attempt("kapso", "image", async () => {
  const up = await kapso.media.upload({ phoneNumberId: job.phone, type: "image/jpeg", file: new Blob([Buffer.from(job.picture, "base64")], { type: "image/jpeg" }), fileName: "a.jpg" });
  return id(await kapso.messages.sendImage({ ...base, image: { id: up.id, caption: "Sudah" } }));
});
await attempt("kapso", "reply", async () => id(await kapso.messages.sendText({ ...base, body: "Dicatat", previewUrl: false, contextMessageId: job.wamid })));
await attempt("kapso", "template", async () => id(await kapso.messages.sendTemplate({ ...base, template: buildTemplateSendPayload({
  name: "kabar_laporan", language: "id",
  body: [{ type: "text", text: "SRG-1", parameterName: "nomor" }, { type: "text", text: "Dishub", parameterName: "dinas" }],
  buttons: [{ type: "button", subType: "quick_reply", index: 0, parameters: [{ type: "payload", payload: "wake|k" }] }],
}) })));
await attempt("kapso", "read", async () => (await kapso.messages.markRead({ phoneNumberId: job.phone, messageId: job.wamid, typingIndicator: { type: "text" } })).success);
await attempt("kapso", "media", async () => (await kapso.media.get({ mediaId: job.media, phoneNumberId: job.phone })).sha256);
await attempt("kapso", "too long", async () => id(await kapso.messages.sendText({ ...base, body: "x".repeat(4097) })));
await attempt("kapso", "unknown field", async () => id(await kapso.messages.sendRaw({ phoneNumberId: job.phone, payload: {
  messaging_product: "whatsapp", recipient: job.recipient, type: "text", text: { body: "a", colour: "red" } } })));
await attempt("kapso", "dead token", async () => id(await new WhatsAppClient({ accessToken: "x", baseUrl: job.base, graphVersion: job.version }).messages.sendText({ ...base, body: "a" })));

// All three read the webhooks.
const seen = { messages: 0, statuses: 0, verified: 0 };
for (const h of job.hooks) {
  if (verifySignature({ appSecret: job.secret, rawBody: h.raw, signatureHeader: h.signature })) seen.verified++;
  const n = normalizeWebhook(JSON.parse(h.raw));
  seen.messages += n.messages.length;
  seen.statuses += n.statuses.length;
}
say("kapso", "webhooks", { ok: seen });
say("kapso", "forged", { ok: verifySignature({ appSecret: job.secret, rawBody: job.hooks[0].raw + " ", signatureHeader: job.hooks[0].signature }) });

const js = new WhatsAppAPI({ token: job.token, appSecret: job.secret, webhookVerifyToken: job.verify, v: job.version,
  ponyfill: { fetch: (u, o) => fetch(String(u).replace("https://graph.facebook.com", job.base), o), subtle: webcrypto.subtle } });
const got = { message: 0, status: 0, refused: 0 };
js.on.message = () => { got.message++; };
js.on.status = () => { got.status++; };
await attempt("whatsapp-api-js", "verification", () => js.get({ "hub.mode": "subscribe", "hub.challenge": "158201", "hub.verify_token": job.verify }));
for (const h of job.hooks) {
  try { await js.post(JSON.parse(h.raw), h.raw, h.signature); } catch { got.refused++; }
}
await new Promise((r) => setTimeout(r, 50));
say("whatsapp-api-js", "webhooks", { ok: got });

const calls = { message: 0, action: 0, reaction: 0, good: 0, forged: 0 };
const silent = { debug() {}, info() {}, warn() {}, error() {}, child() { return silent; } };
const adapter = createWhatsAppAdapter({ accessToken: job.token, appSecret: job.secret, phoneNumberId: job.phone, verifyToken: job.verify,
  apiUrl: job.base, apiVersion: job.version, userName: "rabeg", logger: silent });
const threads = new Set();
adapter.chat = {
  processMessage(_a, thread) { calls.message++; threads.add(thread); }, processAction() { calls.action++; }, processReaction() { calls.reaction++; },
  getLogger: () => silent, getState: () => ({}), getUserName: () => "rabeg",
};
for (const h of job.hooks) {
  const req = (sig) => new Request("http://x/hook", { method: "POST", body: h.raw, headers: { "content-type": "application/json", "x-hub-signature-256": sig } });
  if ((await adapter.handleWebhook(req(h.signature))).status === 200) calls.good++;
  if ((await adapter.handleWebhook(req("sha256=" + "0".repeat(64)))).status === 401) calls.forged++;
}
const challenge = await adapter.handleWebhook(new Request("http://x/hook?hub.mode=subscribe&hub.challenge=158201&hub.verify_token=" + job.verify));
say("chat-adapter", "verification", { ok: await challenge.text() });
say("chat-adapter", "webhooks", { ok: calls });
