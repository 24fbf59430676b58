package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"time"

	"github.com/mdp/qrterminal/v3"

	"rabeg/bot/whatsapp"
	"rabeg/internal/postgres"
)

// Pair links a device to the office's WhatsApp; phone is its number where a code to type is wanted beside the QR code.
func Pair(ctx context.Context, cfg Config, phone string, o Options, out io.Writer) (err error) {
	if phone != "" && !phoneShape.MatchString(phone) {
		return Wrong("--phone", "is no number with its country", "6281234567890")
	}
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stores.Close()) }()
	if err := owned(ctx, cfg.Profile, stores.Database); err != nil {
		return err
	}
	return pair(ctx, stores.Database, phone, o.WhatsAppHTTP, out)
}

func pair(ctx context.Context, dsn, phone string, client *http.Client, out io.Writer) error {
	whatsapp.Introduce("Rabeg")
	db, err := whatsapp.OpenDB(postgres.Writer(dsn), "")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ch, err := whatsapp.New(ctx, whatsapp.Options{DB: db, HTTP: client, Now: time.Now, Rand: mathrand.Float64})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(out, "On the office's phone: WhatsApp → Setelan → Perangkat tertaut → Tautkan perangkat.")
	done, err := ch.Pair(ctx, whatsapp.PairOptions{Phone: phone}, func(code whatsapp.Code) {
		drawQR(out, code.QR)
		if code.Link != "" {
			_, _ = fmt.Fprintf(out, "or, with “Tautkan dengan nomor telepon”, type: %s\n", code.Link)
		}
		_, _ = fmt.Fprintf(out, "This code holds for %.0f s.\n", code.For.Seconds())
	})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "Linked with %s. Start or go on with: WHATSAPP_ENABLED=true rabeg serve\n", done.Phone)
	return nil
}

func drawQR(w io.Writer, text string) {
	qrterminal.GenerateHalfBlock(text, qrterminal.L, w)
}
