package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"rabeg/bot"
	"rabeg/bot/whatsapp"
	"rabeg/internal/ledger"
)

// alarms are what the operators must know of a network's state.
type alarms struct {
	hub    *Hub
	store  ledger.Store
	log    *slog.Logger
	now    func() time.Time
	untold atomic.Bool // WhatsApp's link was taken, and the desk was not told yet
}

// takeover is how long after another program took the link this one waits before it calls that an alarm: it may be one of
// ours, which leads from now on, and this one learns of it a moment later.
const takeover = 10 * time.Second

// raised tells the desk that WhatsApp refuses the account, and what to do. A desk that is on WhatsApp itself hears of it
// when all is well again; /readyz tells at once.
func (a *alarms) raised(al whatsapp.Alarm) {
	a.log.Warn("whatsapp", "alarm", string(al.Kind))
	l := a.hub.link(bot.WhatsApp)
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
			if l.leads.Load() && l.terms.Load() == term && l.ready() != nil && a.untold.Swap(false) {
				a.hub.stands(func() { a.tellDesk(al) })
			}
		})
		return
	}
	go a.hub.stands(func() { a.tellDesk(al) })
}

// refused says that a network does not know this program any more: a token was revoked. The other network goes on, and the desk
// there is told; each hour has one such word, however many programs find out.
func (a *alarms) refused(l *link, err error) {
	name := string(l.Network())
	if l.vital.refuses() { // known since now: said once in the log
		a.log.Error("a network refuses this program; the others go on", "network", name, "error", short(err))
	}
	desk := a.hub.Desk()
	if desk.Zero() || desk.Network == l.Network() {
		return
	}
	now := a.now().UTC()
	a.tell(fmt.Sprintf("alarm:%s:refused:%s", name, now.Format("2006-01-02T15")), "Telegram menolak bot ini: token-nya tidak berlaku lagi. Pesan warga di Telegram tidak masuk, dan kiriman ke sana "+
		"ditahan. Ambil token baru di @BotFather, pasang sebagai TELEGRAM_TOKEN, lalu jalankan ulang program. Jaringan lain tetap jalan.", now)
}

func (a *alarms) tellDesk(al whatsapp.Alarm) {
	a.tell(fmt.Sprintf("alarm:whatsapp:%s:%d", al.Kind, al.At.UnixNano()), al.Text, al.At)
}

// tell writes to the coordinator's room.
func (a *alarms) tell(cause, text string, at time.Time) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err := a.store.Commit(ctx, ledger.Batch{Cause: cause, At: at, Letters: []ledger.Letter{{
		Key: cause + "/0", To: a.hub.Desk(), Desk: true, Purpose: ledger.ToDesk, Message: bot.Message{Text: "⚠️ " + text},
	}}})
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		a.log.Error("an alarm did not reach the desk", "error", err)
	}
}
