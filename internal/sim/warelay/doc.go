// Package warelay is a local WhatsApp: a server on the loopback interface
// against which unmodified go.mau.fi/whatsmeow clients log in, pair, exchange
// end-to-end encrypted messages and media, and meet every refusal the real
// network is known for. Only `rabeg try` and tests import it.
//
// The server holds ciphertext only. It relays what each device encrypted for
// each other device, keeps it until the device has acknowledged it, and hands
// it out again on the device's next connection, as the real one does.
//
// # What is simulated
//
// Noise XX handshake with a certificate chain, login of pre-provisioned
// devices, pairing by QR and by code, prekeys, usync, direct messages by LID
// or phone number, groups with sender keys in both address families, media
// over HTTPS, delivery and read receipts, retry receipts, presence, chat
// state, the offline queue, privacy tokens and error 463, temporary bans and
// all other refusals, expired media, a relay that goes down and comes back.
//
// # What is not
//
// App state and history sync, media re-upload, grouped receipts, status,
// newsletters, broadcast lists, communities, calls, the disappearing timer,
// mex queries, passkeys, persistence of the relay itself, suppression of
// duplicate message ids.
//
// # Use
//
//	relay, err := warelay.New(warelay.Options{})
//	relay.Trust()                        // once per process, before any client connects
//	err = relay.Start(ctx)
//	defer relay.Close()
//	bot := relay.Account("6281200000001", warelay.AccountOptions{PushName: "Rabeg"})
//	dev, err := relay.Provision(ctx, bot, container) // a store.Device ready to log in
//	siti, err := relay.Person(ctx, "6281200000002", "Siti")
//	id, err := siti.Text(ctx, bot.Phone(), "lampu mati")
//
// A client reaches the relay through [Relay.HTTPClient], given to
// SetWebsocketHTTPClient, SetPreLoginHTTPClient and SetMediaHTTPClient: it
// dials the loopback interface whatever host is asked for, so nothing can
// leave the machine.
//
// # Locking
//
// One mutex guards the whole state. Nothing is written to a socket while it
// is held: each connection has a writer goroutine with a queue of its own.
// Fault hooks run in the reading or writing goroutine, never under the mutex,
// and may call any method of the relay.
package warelay
