package app

import (
	"context"
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/bot/whatsappcloud"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/web"
)

// Without a means of payment Meta takes what it never delivers, and says nothing. It shows by this alone: to several people something was
// sent, and not one of them has got it.

// unarrived looks whether the official WhatsApp delivers what it takes: the cards of what did not arrive say so, and the coordinators are
// told once for each time that it begins.
func (w *watcher) unarrived(ctx context.Context) {
	if w.app.cloud == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	network := string(bot.WhatsAppCloud)
	u, err := w.app.Store.Unarrived(ctx, network, outbox.UnarrivedWait)
	if err != nil {
		return // that the database is away shows by itself
	}
	w.mu.Lock()
	w.missing = u
	w.mu.Unlock()
	if !u.Grave() {
		return
	}
	if err := w.app.Store.Doubt(ctx, network, outbox.UnarrivedWait); err != nil {
		w.app.log.Warn("cards do not say that letters did not arrive", "error", err)
	}
	if h := w.app.hub; h.desk.at.Load() != nil && !h.Desk().Zero() {
		h.tell("alarm:cloud:unarrived:"+episode(u, w.app.clock.now()), unarrivedText(u, w.app.Profile.Location()), w.app.clock.now())
	}
}

// episode names the time in which nothing arrives, so that all programs tell of it once. What is looked at ends a day back: of what lasts
// longer they tell once a day.
func episode(u outbox.Unarrived, now time.Time) string {
	const most = 20 * time.Hour
	if now.Sub(u.Since) > most {
		return now.UTC().Format(time.DateOnly)
	}
	return u.Since.Format("2006-01-02T15:04:05")
}

// unarrivedText says what is wrong and what to do.
func unarrivedText(u outbox.Unarrived, in *time.Location) string {
	return fmt.Sprintf("WhatsApp resmi menerima kiriman tetapi tidak menyampaikannya: sejak %s tidak satu pun sampai ke %d warga. Biasanya cara bayar belum ada atau ditolak: "+
		"periksa WhatsApp Manager → Billing. Kartu yang kabarnya belum sampai menyebutkannya; yang mendesak hubungi dengan cara lain, dan setelah beres kirim lagi jawabannya.",
		u.Since.In(in).Format("02-01 15.04"), u.People)
}

// delivers tells in /readyz what stands between Meta and the people.
func (w *watcher) delivers(context.Context) error {
	if t := w.app.cloud.Trouble(); t != whatsappcloud.None {
		return web.Note("somebody must act at Meta: " + string(t))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.missing.Grave() {
		return nil
	}
	return web.Note(undelivered(w.missing))
}

func undelivered(u outbox.Unarrived) string {
	return fmt.Sprintf("Meta takes letters and delivers none: to %d people since %s; look at the payment method", u.People, u.Since.Format(time.RFC3339))
}

// delivered looks whether what Meta took has arrived.
func delivered(ctx context.Context, r *postgres.Reader) finding {
	f := finding{name: "WhatsApp Cloud delivery", saw: "what is sent arrives, or too little was sent to tell", mend: "look at WhatsApp Manager → Billing: without a means of payment Meta delivers nothing"}
	switch u, err := r.Unarrived(ctx, string(bot.WhatsAppCloud), outbox.UnarrivedWait); {
	case err != nil:
		f.err = orElse(err, "cannot be read: "+short(err))
	case u.Grave():
		f.err = said(undelivered(u))
	}
	return f
}
