// The small conversation both judges hold, apart from how each client says it.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readFileSync } from "node:fs";

export const apiRoot = process.env.BOT_API_URL;
export const token = process.env.BOT_TOKEN;
export const photo = readFileSync(process.env.PHOTO);
export const sha = (bytes) => createHash("sha256").update(bytes).digest("hex");

// want fails the judge: a verdict is a line on standard error and an exit code.
export function want(condition, sentence) {
  if (!condition) {
    console.error(`not as agreed: ${sentence}`);
    process.exit(1);
  }
}

// patient sends again after the pause that a 429 asks for, and tells how often it had to.
export async function patient(errorOf, send) {
  let waits = 0;
  for (;;) {
    try {
      await send();
      return waits;
    } catch (e) {
      const answer = errorOf(e);
      if (answer?.error_code !== 429) throw e;
      want(answer.parameters?.retry_after >= 1, "429 names retry_after");
      waits++;
      await sleep(answer.parameters.retry_after * 1000);
    }
  }
}

// refusal gives what the server refused a call with.
export async function refusal(errorOf, call) {
  try {
    await call();
  } catch (e) {
    return errorOf(e) ?? { description: String(e) };
  }
  return { description: "was accepted" };
}

process.on("unhandledRejection", (e) => {
  console.error("unhandled", e);
  process.exit(1);
});
