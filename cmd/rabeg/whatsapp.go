package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"time"

	"github.com/mdp/qrterminal/v3"

	"rabeg/bot"
	"rabeg/bot/whatsapp"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// WhatsApp is how to be on WhatsApp.
type WhatsApp struct {
	Enabled bool   `arg:"--whatsapp-enabled,env:WHATSAPP_ENABLED" help:"Serve WhatsApp, too or alone; link the office's number first with 'rabeg pair'."`
	Desk    string `arg:"--whatsapp-desk,env:WHATSAPP_DESK" help:"The operators' group on WhatsApp, such as 120363000000000000@g.us, in place of TELEGRAM_DESK."`
	Local   string `arg:"--whatsapp-local,env:RABEG_WHATSAPP_LOCAL,hidden" help:"A file that says how to reach a local WhatsApp, for tests."`
}

func (w WhatsApp) check() error {
	if w.Local != "" {
		if _, err := reachLocal(w.Local); err != nil {
			return err
		}
	}
	if w.Desk == "" {
		return nil
	}
	if !w.Enabled {
		return wrong("WHATSAPP_DESK", "is set, but WhatsApp is not enabled", "WHATSAPP_ENABLED=true")
	}
	if !groupShape.MatchString(w.Desk) {
		return wrong("WHATSAPP_DESK", "is no group's id", "120363000000000000@g.us")
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
func (a *app) joinWhatsApp(ctx context.Context) error {
	db, err := whatsapp.OpenDB(a.cfg.Database, a.extra.whatsappSchema)
	if err != nil {
		return err
	}
	a.later(func() { _ = db.Close() })
	client, hasty := a.extra.whatsappHTTP, a.extra.hasty
	if local, err := a.cfg.WhatsApp.local(); err != nil {
		return err
	} else if local != nil {
		client, hasty = local, a.cfg.Pace != "network"
	}
	pace, typing := whatsappPace(a.profile.WhatsApp), whatsapp.Span{}
	typing.First, typing.Last = a.profile.WhatsApp.ChatPause.Bounds()
	if hasty {
		pace, typing = outbox.Pace{}, whatsapp.Span{}
	}
	a.whatsapp, err = whatsapp.New(ctx, whatsapp.Options{
		DB: db, Opener: a.keeper, HTTP: client, Now: time.Now, Rand: mathrand.Float64, Log: a.log, DeskGroup: a.cfg.WhatsApp.Desk,
		Typing: typing, Schema: a.extra.whatsappSchema, OnAlarm: a.alarmed, OnOffice: a.phoned,
		OnUnknown: func(kind string) { a.metrics.Unknown("whatsapp", kind) },
		OnFault:   func(kind string) { a.metrics.Fault("whatsapp", kind) },
	})
	if err != nil {
		return err
	}
	a.links = append(a.links, &link{Channel: a.whatsapp, alone: true, joined: true, pace: pace})
	return nil
}

// takeover is how long after another program took the link this one waits before it calls that an alarm: it may be one of
// ours, which leads from now on, and this one learns of it a moment later.
const takeover = 10 * time.Second

// alarmed tells the desk that WhatsApp refuses the account, and what to do. A desk that is on WhatsApp itself hears of it
// when all is well again; /readyz tells at once.
func (a *app) alarmed(al whatsapp.Alarm) {
	a.log.Warn("whatsapp", "alarm", string(al.Kind))
	l := a.link(bot.WhatsApp)
	switch al.Kind {
	case whatsapp.Restored:
		l.sender.Resume()
		if a.untold.Swap(false) {
			return
		}
	case whatsapp.Replaced:
		a.untold.Store(true)
		term := l.terms.Load()
		time.AfterFunc(takeover, func() {
			if l.leads.Load() && l.terms.Load() == term && a.whatsapp.Ready() != nil && a.untold.Swap(false) {
				a.tellDesk(al)
			}
		})
		return
	}
	go a.tellDesk(al)
}

func (a *app) tellDesk(al whatsapp.Alarm) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	cause := fmt.Sprintf("alarm:whatsapp:%s:%d", al.Kind, al.At.UnixNano())
	err := a.store.Commit(ctx, ledger.Batch{Cause: cause, At: al.At, Letters: []ledger.Letter{{
		Key: cause + "/0", To: a.deskNow(), Desk: true, Purpose: ledger.ToDesk, Message: bot.Message{Text: "⚠️ " + al.Text},
	}}})
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		a.log.Error("an alarm did not reach the desk", "error", err)
	}
}

// phoned puts on record what somebody wrote to a citizen by hand, on the office's phone.
func (a *app) phoned(ctx context.Context, x whatsapp.Office) error {
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

type pairCmd struct {
	Profile  string `arg:"--profile,env:RABEG_PROFILE" help:"The government; where it is named, another one's database is left alone."`
	Database string `arg:"--database-url,env:DATABASE_URL" help:"PostgreSQL; the link's keys are kept there."`
	Phone    string `arg:"--phone" help:"The office's number (62812…): shows a code to type into the phone beside the QR code."`
	Local    string `arg:"--whatsapp-local,env:RABEG_WHATSAPP_LOCAL,hidden" help:"A file that says how to reach a local WhatsApp, for tests."`
}

// Run links a device to the office's WhatsApp.
func (c *pairCmd) Run(ctx context.Context, s streams) error {
	if err := (Config{Profile: "serang", Database: c.Database}).stores(); err != nil {
		return err
	}
	if c.Phone != "" && !phoneShape.MatchString(c.Phone) {
		return wrong("--phone", "is no number with its country", "6281234567890")
	}
	client, err := WhatsApp{Local: c.Local}.local()
	if err != nil {
		return err
	}
	if err := reach(ctx, c.Database); err != nil {
		return err
	}
	if err := owned(ctx, c.Profile, c.Database); err != nil {
		return err
	}
	return pair(ctx, c.Database, c.Phone, client, s)
}

func pair(ctx context.Context, dsn, phone string, client *http.Client, s streams) error {
	whatsapp.Introduce("Rabeg")
	db, err := whatsapp.OpenDB(dsn, "")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ch, err := whatsapp.New(ctx, whatsapp.Options{DB: db, HTTP: client, Now: time.Now, Rand: mathrand.Float64})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintln(s.out, "On the office's phone: WhatsApp → Setelan → Perangkat tertaut → Tautkan perangkat.")
	done, err := ch.Pair(ctx, whatsapp.PairOptions{Phone: phone}, func(code whatsapp.Code) {
		drawQR(s.out, code.QR)
		if code.Link != "" {
			_, _ = fmt.Fprintf(s.out, "or, with “Tautkan dengan nomor telepon”, type: %s\n", code.Link)
		}
		_, _ = fmt.Fprintf(s.out, "This code holds for %.0f s.\n", code.For.Seconds())
	})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(s.out, "Linked with %s. Start or go on with: WHATSAPP_ENABLED=true rabeg serve\n", done.Phone)
	return nil
}

func drawQR(w io.Writer, text string) {
	qrterminal.GenerateHalfBlock(text, qrterminal.L, w)
}

// whatsapp looks at the link without using it: whether a device is linked, and what an unofficial client means.
func (c *doctorCmd) whatsapp(ctx context.Context) []finding {
	if !c.WhatsApp.Enabled {
		return nil
	}
	f := finding{name: "WhatsApp", saw: "a device is linked (an unofficial client: see README)", mend: "run: rabeg pair"}
	db, err := whatsapp.OpenDB(c.Database, "")
	if err != nil {
		f.err = err
		return []finding{f}
	}
	defer func() { _ = db.Close() }()
	client, err := c.WhatsApp.local()
	if err != nil {
		f.err, f.mend = err, "correct the file, or unset the variable"
		return []finding{f}
	}
	ch, err := whatsapp.New(ctx, whatsapp.Options{DB: db, HTTP: client, Now: time.Now, Rand: mathrand.Float64})
	if err != nil {
		f.err, f.mend = err, "check DATABASE_URL: its user must be allowed to make a schema"
		return []finding{f}
	}
	linked, err := ch.Linked(ctx)
	if f.err = err; err == nil && !linked {
		f.err = errors.New("no device is linked")
	}
	if c.onTelegram() && c.WhatsApp.Desk == "" {
		return []finding{f} // the desk was looked for on Telegram
	}
	desk := finding{
		name: "desk", saw: "a group on WhatsApp; whether the number is in it shows when the program runs",
		mend: "add the office's number to the operators' group, write /id there, and set WHATSAPP_DESK to what it answers",
	}
	if c.WhatsApp.Desk == "" {
		desk.err = errors.New("WHATSAPP_DESK is not set: reports are filed and wait, but no operator sees them")
	}
	return []finding{f, desk}
}
