package app

import (
	"context"
	mathrand "math/rand/v2"
	"time"

	"rabeg/bot/whatsapp"
	"rabeg/internal/postgres"
)

// whatsapp looks at the link without using it: whether a device is linked, and what an unofficial client means.
func (c *doctor) whatsapp(ctx context.Context) []finding {
	if !c.WhatsApp.Enabled {
		return nil
	}
	if c.Database == "" {
		return []finding{{name: "WhatsApp", err: said("no device is linked"), mend: "run: rabeg pair"}}
	}
	f := finding{name: "WhatsApp", saw: "a device is linked (an unofficial client: see README)", mend: "run: rabeg pair"}
	db, err := whatsapp.OpenDB(postgres.Writer(c.Database), "")
	if err != nil {
		f.err = err
		return []finding{f}
	}
	defer func() { _ = db.Close() }()
	ch, err := whatsapp.New(ctx, whatsapp.Options{DB: db, HTTP: c.opts.WhatsAppHTTP, Now: time.Now, Rand: mathrand.Float64})
	if err != nil {
		f.err, f.mend = err, "check DATABASE_URL: its user must be allowed to make a schema"
		return []finding{f}
	}
	linked, err := ch.Linked(ctx)
	if f.err = err; err == nil && !linked {
		f.err = said("no device is linked")
	}
	if c.onTelegram() && c.WhatsApp.Desk == "" {
		return []finding{f} // the desk was looked for on Telegram
	}
	desk := finding{
		name: "desk", saw: "a group on WhatsApp; whether the number is in it shows when the program runs",
		mend: "add the office's number to the operators' group, write /id there, and set WHATSAPP_DESK to what it answers",
	}
	if c.WhatsApp.Desk == "" {
		desk.err = said("WHATSAPP_DESK is not set: reports are filed and wait, but no operator sees them")
	}
	return []finding{f, desk}
}
