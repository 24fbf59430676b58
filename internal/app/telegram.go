package app

import (
	"context"
	mathrand "math/rand/v2"
	"time"

	"rabeg/bot"
	"rabeg/bot/telegram"
	"rabeg/internal/outbox"
)

// onTelegram reports whether Telegram is served: it is unless WhatsApp alone is asked for.
func (c Config) onTelegram() bool {
	t := c.Telegram
	return t.Token != "" || t.Desk != "" || t.WebhookURL != "" || !c.WhatsApp.Enabled
}

// joinTelegram makes the Telegram channel.
func (a *App) joinTelegram() (err error) {
	t, v := a.cfg.Telegram, newVital(a.steady())
	a.telegram, err = telegram.New(telegram.Options{
		Token: t.Token, APIURL: t.APIURL, Opener: a.keeper, LocationLabel: "📍 Kirim lokasi saya", Now: a.clock.now, OnDate: a.clock.network,
		Rand: mathrand.Float64, Log: a.log, WebhookURL: t.WebhookURL, WebhookSecret: t.WebhookSecret,
		Park: func(ctx context.Context, ev bot.Event, cause error) error {
			return a.engine.Park(ctx, ev, cause, a.healthy)
		},
		OnUnknown: func(kind string) { a.metrics.Unknown("telegram", kind) },
		OnFault: func(kind string) {
			a.metrics.Fault("telegram", kind)
			switch kind {
			case "network", "conflict":
				v.fails()
			case "undelivered":
				v.misses()
			}
		},
		OnReach: v.reaches, PollTimeout: pollHold, Lanes: a.opts.Beside.atOnce(),
	})
	if err != nil {
		return err
	}
	a.later(a.telegram.Close)
	a.hub.links = append(a.hub.links, &link{Channel: a.telegram, alone: t.WebhookURL == "", pace: outbox.TelegramPace(), vital: v})
	return nil
}

// tokenPatience is how long the start waits for Telegram's word on the token. Without one it goes on: Telegram may be away.
const tokenPatience = 2 * time.Second

// ask fails when Telegram does not know the token and nothing else is served.
func (c Config) ask(ctx context.Context) error {
	if !c.onTelegram() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, tokenPatience)
	defer cancel()
	ch, err := telegram.New(telegram.Options{Token: c.Telegram.Token, APIURL: c.Telegram.APIURL})
	if err != nil {
		return err
	}
	defer ch.Close()
	// Where WhatsApp is served as well it goes on without Telegram, see App.stay.
	if _, err := ch.Me(ctx); telegram.Refused(err) && !c.WhatsApp.Enabled {
		return Wrong("TELEGRAM_TOKEN", "is not known to Telegram", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
	}
	return nil
}
