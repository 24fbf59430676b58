// Package botapi is a local, strict Telegram Bot API server for trying, testing and measuring a bot without Telegram.
//
// It speaks the wire format of Bot API 9.4 for the methods a complaint channel needs, refuses what Telegram refuses with
// the same code and description, and lets simulated people act: write, send photos, press buttons, block the bot, join
// and leave groups. Faults (bad gateway, hanging, closed connections, an error after the message was stored, duplicate
// delivery) are injected on demand.
//
// # Limits
//
// Each limit is a token bucket with a capacity (Burst) and a steady refill, full at first. A message takes one token of
// the bot's bucket and one of its chat's bucket; an album takes one per item. A request passes when every bucket holds
// at least min(needed, capacity) tokens and then takes what it needs, so an album larger than a capacity passes on a
// full bucket and leaves a debt that has to be refilled. A refused request takes nothing and is answered with 429 and
// retry_after, the whole seconds (at least 1) until it would pass. The defaults are
//
//	bot      30 tokens, 30 a second
//	person    3 tokens,  1 a second       (a private chat)
//	group    20 tokens, 20 a minute       (a group or supergroup, all its topics together)
//
// Over a time T (seconds) a bot can therefore send at most Burst + Rate·T messages through one bucket; a measurement of
// "share of the limit used" has to subtract the burst or run long enough for it not to matter. Edits, deletions, chat
// actions and answers to button presses take no token unless [Limits].Edits is set (then edits do).
//
// # What is not like Telegram
//
// Links in sendPhoto and its kin are refused (nothing is fetched), WebP is not accepted as a photo, inline mode,
// payments, polls and stories do not exist, and a webhook may use plain HTTP.
package botapi
