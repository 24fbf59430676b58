package lab

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"rabeg/internal/app"
	"rabeg/internal/sim/cloudapi"
	"rabeg/internal/sim/warelay"
)

// handset is somebody's phone with WhatsApp, whichever way the office is there: on a linked phone, or officially. The person sees the same.
type handset struct {
	write func(ctx context.Context, text string) error
	// wait waits until ok holds for all texts that came.
	wait func(ctx context.Context, ok func(texts []string) bool) error
	end  func()
}

// handset makes somebody with a number.
func (w *world) handset(ctx context.Context, number, name string) (handset, error) {
	if w.meta != nil {
		return official(w.meta.Person(name, number, true)), nil
	}
	p, err := w.relay.Person(ctx, number, name)
	if err != nil {
		return handset{}, err
	}
	office := w.office.Phone() + "@s.whatsapp.net"
	return handset{
		write: func(ctx context.Context, text string) error { _, err := p.Text(ctx, office, text); return err },
		wait: func(ctx context.Context, ok func([]string) bool) error {
			_, err := p.Wait(ctx, func(in warelay.Inbox) bool {
				var texts []string
				for _, m := range in.Messages {
					texts = append(texts, m.Text)
				}
				return ok(texts)
			})
			return err
		},
		end: p.Disconnect,
	}, nil
}

// official is the phone of somebody who writes to the office's official number. Buttons stand below the words.
func official(p *cloudapi.Person) handset {
	return handset{
		write: func(_ context.Context, text string) error { _, err := p.Send(cloudapi.Out{Text: text}); return err },
		wait: func(ctx context.Context, ok func([]string) bool) error {
			_, err := p.Wait(ctx, func(all []cloudapi.Shown) bool {
				var texts []string
				for _, m := range all {
					lines := []string{m.Text}
					for _, c := range m.Choices {
						lines = append(lines, "["+c.Title+"]")
					}
					texts = append(texts, strings.Join(lines, "\n"))
				}
				return ok(texts)
			})
			return err
		},
		end: func() {},
	}
}

// joinMeta starts a local Meta, with the office's official number on it.
func (w *world) joinMeta(cfg *app.Config) error {
	w.meta = cloudapi.New(cloudapi.Options{Now: w.clock.Now})
	if err := w.meta.Start("127.0.0.1:0"); err != nil {
		return err
	}
	cfg.Cloud = app.Cloud{Token: w.meta.Token(), PhoneID: w.meta.PhoneID(), WABAID: w.meta.WABA(), AppSecret: w.meta.AppSecret(),
		VerifyToken: w.meta.VerifyToken(), APIURL: w.meta.URL(), Version: "v25.0"}
	return nil
}

// invitations are handed in and approved, as they are at Meta before a number is served.
func (w *world) invitations(ctx context.Context, cfg app.Config) error {
	var said strings.Builder
	if err := app.WhatsAppTemplates(ctx, cfg, true, &said); err != nil {
		return fmt.Errorf("hand the invitations in: %w", err)
	}
	w.meta.ApproveAll()
	return nil
}

// joinWhatsApp starts a local WhatsApp: the one of linked phones, or Meta's.
func (w *world) joinWhatsApp(ctx context.Context, isOfficial bool, cfg *app.Config, line func(what, where string)) (err error) {
	if isOfficial {
		if err := w.joinMeta(cfg); err != nil {
			return err
		}
		line("WhatsApp", w.meta.URL()+" (a local Meta: the official Cloud API)")
		return nil
	}
	if w.relay, err = WhatsApp(ctx); err != nil {
		return err
	}
	cfg.WhatsApp.Enabled = true
	w.office = w.relay.Account("6281200000001", warelay.AccountOptions{PushName: "Rabeg"})
	line("WhatsApp", w.relay.Addr()+" (a local WhatsApp, end-to-end encrypted)")
	return nil
}

func (w *world) closeWhatsApp() error {
	if w.meta != nil {
		w.meta.Close()
	} else {
		w.relay.Close()
	}
	return nil
}

// http reaches the local WhatsApp of linked phones, nil where it is the official one.
func (w *world) http() *http.Client {
	if w.relay == nil {
		return nil
	}
	return w.relay.HTTPClient()
}

// link makes the product known to the local WhatsApp: as a linked phone, or by the invitations that Meta looks at.
func (w *world) link(ctx context.Context, cfg app.Config) error {
	if w.meta != nil {
		return w.invitations(ctx, cfg)
	}
	_, err := w.relay.Provision(ctx, w.office, w.app.WhatsApp.Devices())
	return err
}
