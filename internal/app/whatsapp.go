package app

import (
	"context"
	mathrand "math/rand/v2"

	"rabeg/bot"
	"rabeg/bot/whatsapp"
	"rabeg/internal/casework"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// WhatsApp is how to be on WhatsApp.
type WhatsApp struct {
	Enabled bool   `arg:"--whatsapp-enabled,env:WHATSAPP_ENABLED" help:"Serve WhatsApp, too or alone; link the office's number first with 'rabeg pair'."`
	Desk    string `arg:"--whatsapp-desk,env:WHATSAPP_DESK" help:"The operators' group on WhatsApp, such as 120363000000000000@g.us, in place of TELEGRAM_DESK."`
}

func (w WhatsApp) check() error {
	if w.Desk == "" {
		return nil
	}
	if !w.Enabled {
		return Wrong("WHATSAPP_DESK", "is set, but WhatsApp is not enabled", "WHATSAPP_ENABLED=true")
	}
	if !groupShape.MatchString(w.Desk) {
		return Wrong("WHATSAPP_DESK", "is no group's id", "120363000000000000@g.us")
	}
	return nil
}

// whatsappPace is the profile's manners, as the sender keeps them.
func whatsappPace(m profile.Manners) outbox.Pace {
	return outbox.Pace{
		PerSecond: float64(m.PerMinute) / 60, Burst: 5, ChatPerSecond: 1 / m.ChatPause.Mean().Seconds(), ChatBurst: 2,
		GroupPerMinute: float64(m.PerMinute), GroupBurst: 3, PerDay: m.PerDay, NoticeEvery: m.NoticePause.Mean(),
	}
}

// joinWhatsApp makes the WhatsApp channel.
func (a *App) joinWhatsApp(ctx context.Context) error {
	db, err := whatsapp.OpenDB(postgres.Writer(a.cfg.Database), a.opts.WhatsAppSchema)
	if err != nil {
		return err
	}
	a.later(func() { _ = db.Close() })
	pace, typing := whatsappPace(a.Profile.WhatsApp), whatsapp.Span{}
	typing.First, typing.Last = a.Profile.WhatsApp.ChatPause.Bounds()
	if a.opts.Hasty {
		pace, typing = outbox.Pace{}, whatsapp.Span{}
	}
	a.WhatsApp, err = whatsapp.New(ctx, whatsapp.Options{
		DB: db, Opener: a.keeper, HTTP: a.opts.WhatsAppHTTP, Now: a.opts.Now, Rand: mathrand.Float64, Log: a.log, DeskGroup: a.cfg.WhatsApp.Desk,
		Typing: typing, Lanes: a.opts.Beside.atOnce(), Schema: a.opts.WhatsAppSchema, OnAlarm: a.hub.raised, OnOffice: a.phoned,
		Park: func(ctx context.Context, ev bot.Event, cause error) error {
			return a.engine.Park(ctx, ev, cause, a.healthy)
		},
		OnUnknown: func(kind string) { a.metrics.Unknown("whatsapp", kind) },
		OnFault:   func(kind string) { a.metrics.Fault("whatsapp", kind) },
	})
	if err != nil {
		return err
	}
	a.hub.links = append(a.hub.links, &link{Channel: a.WhatsApp, alone: true, joined: true, pace: pace, ready: a.WhatsApp.Ready, vital: newVital(a.steady())})
	return nil
}

// phoned puts on record what somebody wrote to a citizen by hand, on the office's phone.
func (a *App) phoned(ctx context.Context, x whatsapp.Office) error {
	return a.engine.Phoned(ctx, casework.Phoned{To: x.To, Sort: sortOf(x.Kind), Words: x.Text}, string(x.ID), x.At)
}

func sortOf(kind string) report.Sort {
	switch kind {
	case "text":
		return report.SortWords
	case "photo":
		return report.SortPhoto
	case "voice":
		return report.SortVoice
	case "document":
		return report.SortFile
	case "location":
		return report.SortLocation
	default:
		return report.SortOther
	}
}
