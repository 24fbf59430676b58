package app

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// town is the whole program between a local Telegram with the desk and a local WhatsApp with citizens.
type town struct {
	*testing.T
	*App
	ctx    context.Context
	relay  *warelay.Relay
	office *warelay.Account
	n      int
}

func newTown(t *testing.T) *town {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	w := &town{T: t, ctx: ctx}
	api := botapi.New(botapi.Options{})
	w.must(api.Start("127.0.0.1:0"))
	t.Cleanup(api.Close)
	desk := api.Group(-1001234567890, "Meja", true)
	var err error
	w.relay, err = warelay.New(warelay.Options{})
	w.must(err)
	w.relay.Trust()
	w.must(w.relay.Start(ctx))
	t.Cleanup(w.relay.Close)
	w.office = w.relay.Account("6281200000001", warelay.AccountOptions{PushName: "Rabeg"})
	cfg := Config{Profile: "serang", Database: testdb.New(t, Migrate), Redis: testredis.New(t), Media: "file://" + t.TempDir(),
		Listen: "127.0.0.1:0", LogLevel: "error", Pace: "off", WhatsApp: WhatsApp{Enabled: true},
		Telegram: Telegram{Token: api.Token(), APIURL: api.URL(), Desk: fmt.Sprint(desk.ID())}}
	w.must(cfg.Check())
	w.App, err = Build(ctx, cfg, slog.New(slog.DiscardHandler), Options{Hold: -1, WhatsAppHTTP: w.relay.HTTPClient(), Hasty: true})
	w.must(err)
	_, err = w.relay.Provision(ctx, w.office, w.WhatsApp.Devices())
	w.must(err)
	running, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- w.App.Run(running) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	w.until("WhatsApp is connected", func() bool { return w.WhatsApp.Ready() == nil })
	return w
}

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// until waits for what shows in a store.
func (w *town) until(what string, cond func() bool) {
	w.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-w.ctx.Done():
			w.Fatalf("waited in vain until %s", what)
		}
	}
}

func (w *town) citizen(name string) *warelay.Person {
	w.Helper()
	w.n++
	p, err := w.relay.Person(w.ctx, fmt.Sprintf("62813%07d", w.n), name)
	w.must(err)
	w.Cleanup(p.Disconnect)
	return p
}

func (w *town) says(p *warelay.Person, text string) {
	w.Helper()
	_, err := p.Text(w.ctx, w.office.Phone()+"@s.whatsapp.net", text)
	w.must(err)
}

// hears waits for a message with some words.
func (w *town) hears(p *warelay.Person, words string) warelay.Received {
	w.Helper()
	m, err := p.Next(w.ctx, func(m warelay.Received) bool { return strings.Contains(m.Text, words) })
	if err != nil {
		w.Fatalf("%q is not heard: %v", words, err)
	}
	return m
}

// files lets a citizen file a report.
func (w *town) files(p *warelay.Person) report.Report {
	w.Helper()
	w.says(p, "lampu pju mati dari kemarin, jalan gelap")
	w.hears(p, "Di mana")
	_, err := p.Location(w.ctx, w.office.Phone()+"@s.whatsapp.net", -6.1227, 106.1754, "")
	w.must(err)
	w.hears(p, "Sudah benar")
	w.says(p, "kirim")
	w.hears(p, "Terima kasih")
	mine, err := w.Store.Mine(w.ctx, bot.Address{Network: bot.WhatsApp, ID: p.LID()}, 9)
	if err != nil || len(mine) != 1 {
		w.Fatalf("%d reports are filed (%v)", len(mine), err)
	}
	return mine[0]
}

// answers lets a coordinator answer a report.
func (w *town) answers(id report.ID, words string) {
	w.Helper()
	r, err := w.Store.ByID(w.ctx, id)
	w.must(err)
	facts, err := w.Store.Facts(w.ctx, id)
	w.must(err)
	by := report.Actor{Role: report.Coordinator, ID: "telegram:1", Name: "Rina", Chat: w.hub.Desk()}
	_, b, err := w.hub.Office().Act(r, by, report.Reply{Words: words}, casework.Occasion{Cause: "test:" + words, At: time.Now(), Facts: facts})
	w.must(err)
	w.must(w.Store.Commit(w.ctx, b))
}

func (w *town) fate(id report.ID) ledger.Delivery {
	w.Helper()
	whole, err := w.Store.Whole(w.ctx, id)
	w.must(err)
	return whole.Delivery
}

func TestTheOfficesPhone(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := w.citizen("Asep Sunarya")
	r := w.files(p)
	phone, err := w.relay.Live(w.ctx, w.office)
	w.must(err)
	_, err = phone.Text(w.ctx, p.LID(), "Pak Asep, kami cek sore ini")
	w.must(err)
	phoned := func() (found []report.Fact) {
		facts, err := w.Store.Facts(w.ctx, r.ID)
		w.must(err)
		for _, f := range facts {
			if f.What == report.WasPhoned {
				found = append(found, f)
			}
		}
		return found
	}
	w.until("it is on record", func() bool { return len(phoned()) == 1 })
	if f := phoned()[0]; f.Words != "Pak A***, kami cek sore ini" || f.By.Role != report.Unnamed {
		t.Errorf("on record: %+v", f)
	}
	card, err := w.desk.Compose(w.ctx, ledger.Letter{Key: r.CardKey, Report: r.ID, Purpose: ledger.Card})
	if err != nil || !strings.Contains(card.Text, "Dibalas dari HP kantor") || !strings.Contains(card.Text, "Batas jawab") {
		t.Errorf("the card: %q (%v)", card.Text, err)
	}
	w.says(p, string(r.Code))
	w.hears(p, "dari HP kantor")
	if d := w.fate(r.ID); d.State != ledger.NoLetter {
		t.Errorf("the citizen got another letter: %+v", d)
	}
}

func TestALetterAfterALongSilence(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p, other := w.citizen("Budi"), w.citizen("Cici")
	r := w.files(p)
	_, err := w.Store.Pool.Exec(w.ctx, `UPDATE wa.heard SET at = at - interval '29 days'`)
	w.must(err)
	w.answers(r.ID, "tetap sampai")
	w.hears(p, "tetap sampai")
	w.until("the card says so", func() bool { return w.fate(r.ID).State == ledger.Sent })
	if d := w.fate(r.ID); !strings.Contains(d.Why, "mungkin tidak sampai") {
		t.Errorf("a letter after a long silence is %+v", d)
	}
	w.relay.ExpireTokens(w.office)
	w.relay.NeedTokens(w.office, true)
	for _, words := range []string{"pertama", "kedua"} {
		w.answers(r.ID, words)
		w.until("it is refused", func() bool {
			d := w.fate(r.ID)
			return d.State == ledger.Cold && strings.Contains(d.Why, "hubungi dengan cara lain")
		})
	}
	w.relay.NeedTokens(w.office, false)
	w.says(other, "halo") // somebody else
	w.hears(other, "")
	if d := w.fate(r.ID); d.State != ledger.Cold {
		t.Errorf("somebody else's message made it %+v", d)
	}
	w.says(p, "menu")
	w.hears(p, "kedua")
	in, err := p.Wait(w.ctx, func(warelay.Inbox) bool { return true })
	w.must(err)
	var missed []string
	for _, m := range in.Messages {
		for _, words := range []string{"pertama", "kedua"} {
			if strings.Contains(m.Text, words) {
				missed = append(missed, words)
			}
		}
	}
	if fmt.Sprint(missed) != "[pertama kedua]" {
		t.Errorf("what was missed came as %v", missed)
	}
	w.until("the card says so", func() bool { d := w.fate(r.ID); return d.State == ledger.Sent && d.Why == "" })
}

// A citizen met by LID alone, and then by number alone while nobody tells the LID of the number, has two addresses, until the
// next message brings both: the report begun under the number goes on under the LID. A new number later changes nothing.
func TestACitizenWhoMoves(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := w.citizen("Dedi")
	p.Account().SetHidePhone(true)
	w.says(p, "halo")
	w.hears(p, "")
	p.Account().SetHidePhone(false)
	p.Account().SetAddressing(warelay.ByPhoneOnly)
	var asked atomic.Bool
	w.relay.Fault(func(st warelay.Stanza) warelay.Verdict {
		if st.In && st.Phone == w.office.Phone() && st.Device > 0 && st.Xmlns == "usync" && asked.CompareAndSwap(false, true) {
			return warelay.Verdict{Do: warelay.Drop}
		}
		return warelay.Verdict{}
	})
	r := w.files(p)
	var moves int
	w.must(w.Store.Pool.QueryRow(w.ctx, `SELECT count(*) FROM moves WHERE was = $1 AND now = $2`,
		"whatsapp:"+p.Phone()+"@s.whatsapp.net", "whatsapp:"+p.LID()).Scan(&moves))
	if moves != 1 {
		t.Fatal("the number was never an address of its own")
	}
	w.answers(r.ID, "kabar pertama")
	notice := w.hears(p, "kabar pertama")
	w.must(p.Move(w.ctx, "6281399999999"))
	_, err := p.ReplyTo(w.ctx, notice, "tiangnya miring")
	w.must(err)
	w.hears(p, "Saya tambahkan")
	w.says(p, "status")
	w.hears(p, "Laporan Anda")
	w.answers(r.ID, "kabar kedua")
	w.hears(p, "kabar kedua")
}
