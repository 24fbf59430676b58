package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/flows/intake"
	"rabeg/internal/ledger"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

var cici = bot.Address{Network: bot.Telegram, ID: "13"}

// alarm plays a danger: the citizen calls for help, an officer answers, both write, nobody presses anything, and silence files
// it; then it goes on, and the officer ends it.
func (p *play) alarm() {
	text := func(s string) bot.Body { return bot.Text{Text: s} }
	p.deliver(p.says(1, deskAt, "21", text("/daftar dishub")))
	p.deliver(p.says(2, cici, "13", text("tolong cepat kebakaran, api besar di dapur")))
	p.deliver(p.under(3, "21", text("Alamatnya di mana?")))
	p.deliver(p.says(4, cici, "13", text("di kp baru rt 3 dekat masjid")))
	p.deliver(p.says(5, cici, "13", bot.Location{Lat: -6.1227, Lon: 106.1754}))
	p.deliver(p.under(6, "21", text("Ada berapa orang di dalam?")))
	p.deliver(p.says(7, cici, "13", text("2")))
	p.deliver(p.says(8, cici, "13", bot.Photo{Media: bot.MediaRef{Network: bot.Store, ID: "aa/api.jpg"}}))
	p.silence(cici, 12*time.Minute)
	p.deliver(p.says(13, cici, "13", text("masih ada asap pak, tolong jangan pulang dulu")))
	p.deliver(p.under(14, "21", text("selesai")))
	p.deliver(p.says(15, cici, "13", text("saya mau bicara dengan petugas")))
	p.deliver(p.says(16, cici, "13", text("selesai")))
	p.life.end()
}

// wisher reads the wish for a person, which key words alone do not tell.
type wisher struct{ understand.Reader }

func (w wisher) Read(text string) understand.Reading {
	rd := w.Reader.Read(text)
	rd.Human = strings.Contains(text, "bicara dengan petugas")
	return rd
}

// under is a reply to the alarm's card.
func (p *play) under(n int, person string, body bot.Body) bot.Event {
	p.t.Helper()
	var ref string
	err := p.eye.QueryRow(p.t.Context(), `SELECT ref FROM letters WHERE purpose = 'alarm' AND network = 'desk' ORDER BY id LIMIT 1`).Scan(&ref)
	if err != nil {
		p.t.Fatalf("the alarm's card: %v", err)
	}
	_, id, _ := strings.Cut(ref, "#")
	ev := p.says(n, deskAt, person, body)
	ev.ReplyTo = &bot.MessageRef{Chat: deskAt, ID: id}
	return ev
}

// silence wakes a conversation, until it is taken and once more.
func (p *play) silence(chat bot.Address, later time.Duration) {
	p.t.Helper()
	p.later.Store(int64(later))
	w := ledger.Timer{Kind: ledger.WakeTimer, Subject: ledger.OfChat(chat)}
	if err := p.eye.QueryRow(p.t.Context(), `SELECT rev, at FROM timers WHERE kind = $1 AND subject = $2`, w.Kind, w.Subject).Scan(&w.Rev, &w.At); err != nil {
		p.t.Fatalf("the wake-up: %v", err)
	}
	p.twice("wake", func() error { return p.life.engine.Wake(p.t.Context(), w) })
}

func TestDyingInAnAlarmChangesNothing(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	f, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	still := func(o outcome) outcome { // the moment of a wake-up is the clock's, which runs
		for i := range o.Calls {
			for k := range o.Calls[i].Lines {
				o.Calls[i].Lines[k].At = time.Time{}
			}
		}
		for i := range o.Facts {
			o.Facts[i].At, o.Facts[i].Terms = time.Time{}, undated(o.Facts[i].Terms)
		}
		for i := range o.Reports {
			o.Reports[i].Filed, o.Reports[i].Due, o.Reports[i].Terms = time.Time{}, time.Time{}, undated(o.Reports[i].Terms)
		}
		for chat, s := range o.Sessions {
			if sent := intake.Of(s).Sent; sent != nil {
				sent.At = time.Time{}
			}
			o.Sessions[chat] = s
		}
		o.Timers = nil
		return o
	}
	whole := newPlay(t, p, f, 0)
	whole.alarm()
	want := still(whole.outcome(cici))
	if len(want.Reports) != 1 || len(want.Calls) != 2 {
		t.Fatalf("the case itself is not whole: %d reports, %d calls", len(want.Reports), len(want.Calls))
	}
	if c := want.Calls[0]; c.Report != want.Reports[0].ID || c.Place.Pin == nil || c.TakenBy.ID == "" || c.Open() || want.Reports[0].How != report.BySilence {
		t.Fatalf("the alarm ended as %+v", c)
	}
	if c := want.Calls[1]; c.Kind != ledger.HumanCall || c.Open() {
		t.Fatalf("the talk after it ended as %+v", c)
	}
	t.Logf("%d steps to die at", whole.steps)
	for at := range deaths(whole.steps) {
		t.Run(fmt.Sprintf("%03d", at), func(t *testing.T) {
			t.Parallel()
			pl := newPlay(t, p, f, at)
			pl.alarm()
			if diff := cmp.Diff(want, still(pl.outcome(cici))); diff != "" {
				t.Errorf("died at step %d of %v: (-without +with)\n%s", at, pl.names[max(0, at-4):min(len(pl.names), at+2)], diff)
			}
			for key, n := range pl.times {
				if n > 2 {
					t.Errorf("%s went over the wire %d times; one death can repeat what was on its way, once", key, n)
				}
			}
		})
	}
}

// undated are clocks without the times that a test of its own time has.
func undated(terms []report.Term) []report.Term {
	out := slices.Clone(terms)
	for i := range out {
		out[i].From, out[i].Due, out[i].Met = time.Time{}, time.Time{}, time.Time{}
	}
	return out
}
