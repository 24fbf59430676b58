package engine_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/behalf"
	"rabeg/flows/call"
	"rabeg/flows/info"
	"rabeg/flows/intake"
	"rabeg/flows/track"
	"rabeg/internal/casework"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/place"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/session"
	"rabeg/internal/understand"
	"rabeg/migrations"
)

// aniNow is where ani is reached after she has moved.
var aniNow = bot.Address{Network: bot.Telegram, ID: "111"}

// move is the end of the case that the crash test plays: ani has begun another report and moves, what she wrote a moment
// before is still on its way, the office answers the old report, and she replies to an old notice.
func (p *play) move(code string) {
	text := func(s string) bot.Body { return bot.Text{Text: s} }
	p.deliver(p.says(30, ani, "11", text("sampah menumpuk di jalan, bau")))
	p.deliver(p.says(31, ani, "11", bot.Moved{To: aniNow}))
	p.deliver(p.says(32, ani, "11", bot.Photo{Media: bot.MediaRef{Network: bot.Store, ID: "aa/cc.jpg"}}))
	p.deliver(p.says(33, deskAt, "21", text("/rencana "+code+" 31-12-2027 menunggu anggaran")))
	reply := p.says(34, aniNow, "111", text("lampunya ada tiga"))
	reply.ReplyTo = &bot.MessageRef{Chat: aniNow, ID: p.noticeTo(ani)}
	p.deliver(reply)
	p.deliver(p.says(35, aniNow, "111", text("status")))
}

// noticeTo is the message of the first notice that went to a chat.
func (p *play) noticeTo(chat bot.Address) string {
	p.t.Helper()
	var ref string
	err := p.eye.QueryRow(p.t.Context(), `SELECT ref FROM letters WHERE purpose = 'notice' AND lane = $1 ORDER BY id LIMIT 1`, chat.String()).Scan(&ref)
	if err != nil {
		p.t.Fatalf("the first notice: %v", err)
	}
	_, id, _ := strings.Cut(ref, "#")
	return id
}

// wantMoved says what must have become of it.
func wantMoved(t *testing.T, o outcome) {
	t.Helper()
	if r := o.Reports[0]; r.Reporter != aniNow || r.Additions != 1 {
		t.Errorf("the report is of %v, with %d additions", r.Reporter, r.Additions)
	}
	if n := len(told(o.Facts, report.WasMoved)); n != 1 {
		t.Errorf("the report moved %d times", n)
	}
	if f := intake.Of(o.Sessions[aniNow.String()]).Form; f == nil || f.Text != "sampah menumpuk di jalan, bau" || len(f.Photos) != 1 {
		t.Errorf("the draft is %+v", f)
	}
	var notice, list bool
	for _, key := range o.Sent[aniNow.String()] {
		notice = notice || strings.HasPrefix(o.Letters[key], "notice: ") && strings.Contains(o.Letters[key], "menunggu anggaran")
		list = list || strings.Contains(o.Letters[key], "Laporan Anda") && strings.Contains(o.Letters[key], string(o.Reports[0].Code))
	}
	if !notice || !list {
		t.Errorf("at the new address: notice %v, list %v", notice, list)
	}
}

// stand is an engine on stores of its own, without a sender.
type stand struct {
	// wait is how much later it is for the engine than it was at first.
	wait time.Duration
	*testing.T
	*engine.Engine
	store *postgres.Store
	sess  *session.Store
	n     int
	// name is what everybody calls himself or herself.
	name string
	// second is another instance of the program on the same stores.
	second *engine.Engine
	// die ends a turn at a step, once.
	die string
	// numbers are those that the network knows of chats.
	numbers map[bot.Address]string
}

// city is what stands of a city are alike in: nothing of it changes.
type city struct {
	profile *profile.Profile
	machine *flows.Machine
}

var serang = sync.OnceValues(func() (c city, err error) {
	if c.profile, err = profile.Builtin("serang"); err != nil {
		return c, err
	}
	f, err := place.New(c.profile)
	if err != nil {
		return c, err
	}
	c.machine = flows.New(flows.Options{Profile: c.profile, Reader: understand.Keywords(c.profile), Finder: f, Hears: true, Flows: []flows.Maker{call.New, track.New, info.New, behalf.New, intake.New}})
	return c, nil
})

func newStand(t *testing.T) *stand {
	t.Helper()
	c, err := serang()
	if err != nil {
		t.Fatal(err)
	}
	p := c.profile
	s := &stand{T: t}
	if s.store, err = postgres.New(t.Context(), postgres.Options{Pool: testdb.Pool(t, migrations.At), Prefix: "SRG"}, "seed"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.store.Close)
	if s.sess, err = session.Open(testredis.New(t), "poll", "t:"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.sess.Close() })
	o := engine.Options{
		Sessions: s.sess, Cases: allOf(s.store), Now: func() time.Time { return began.Add(24*time.Hour + s.wait) }, Log: slog.New(slog.DiscardHandler),
		Machine: &does{Machine: c.machine},
		Office:  func() *casework.Office { return &casework.Office{Profile: p, Desk: deskAt} },
		DeskAt:  func() bot.Address { return deskAt },
		Phone:   func(_ context.Context, chat bot.Address) (string, error) { return s.numbers[chat], nil },
		Step: func(name string) error {
			if name != s.die {
				return nil
			}
			s.die = ""
			return errDead
		},
	}
	s.Engine, s.second = engine.New(o), engine.New(o)
	return s
}

// at lets something happen in a chat, twice, as a network may deliver it.
func (s *stand) at(chat bot.Address, body bot.Body) {
	s.Helper()
	s.n++
	ev := bot.Event{ID: bot.EventID(chat.ID + "/" + string(rune('a'+s.n))), Chat: chat, From: bot.Person{ID: chat.ID, Name: s.name}, At: began.Add(time.Duration(s.n) * time.Minute), Body: body}
	for range 2 {
		err := s.Handle(s.Context(), ev)
		if errors.Is(err, errDead) {
			err = s.Handle(s.Context(), ev)
		}
		if err != nil {
			s.Fatal(err)
		}
	}
	if s.die != "" {
		s.Fatalf("no turn came by %q", s.die)
	}
}

// state is the conversation of a chat; moved says that a sign stands in its place.
func (s *stand) state(chat bot.Address) (state flows.State, moved bool) {
	s.Helper()
	at, err := s.sess.Load(s.Context(), chat)
	if err != nil {
		s.Fatal(err)
	}
	if err := s.sess.Free(s.Context(), at); err != nil {
		s.Fatal(err)
	}
	return s.StateOf(at), strings.Contains(string(at.State), `"moved"`)
}

func (s *stand) wantDraft(chat bot.Address, form, shelf string) {
	s.Helper()
	state, moved := s.state(chat)
	got, kept := [2]string{}, intake.Of(state)
	if kept.Form != nil {
		got[0] = kept.Form.Text
	}
	if kept.Shelf != nil {
		got[1] = kept.Shelf.Text
	}
	if moved || got != [2]string{form, shelf} {
		s.Errorf("at %s (moved %v) the drafts are %q, want %q and %q", chat.ID, moved, got, form, shelf)
	}
}

// A person with a draft under each address keeps both; moving again, and back, keeps them too.
func TestTwoDraftsMove(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	third := bot.Address{Network: bot.Telegram, ID: "1111"}
	s.at(ani, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap"})
	s.at(aniNow, bot.Text{Text: "sampah menumpuk di jalan, bau"})
	s.at(ani, bot.Moved{To: aniNow})
	s.wantDraft(aniNow, "sampah menumpuk di jalan, bau", "lampu pju mati dari kemarin, jalan gelap")
	s.at(ani, bot.Moved{To: aniNow}) // told once more, as another event
	s.wantDraft(aniNow, "sampah menumpuk di jalan, bau", "lampu pju mati dari kemarin, jalan gelap")
	if _, moved := s.state(ani); !moved {
		t.Error("no sign stands at the old address")
	}
	s.at(aniNow, bot.Moved{To: third})
	s.at(ani, bot.Text{Text: "urungkan"}) // through two signs
	s.wantDraft(third, "lampu pju mati dari kemarin, jalan gelap", "sampah menumpuk di jalan, bau")
	s.at(third, bot.Moved{To: ani}) // back where a sign stands
	s.wantDraft(ani, "lampu pju mati dari kemarin, jalan gelap", "sampah menumpuk di jalan, bau")
	s.at(ani, bot.Moved{To: ani})
	s.wantDraft(ani, "lampu pju mati dari kemarin, jalan gelap", "sampah menumpuk di jalan, bau")
}

// A network tells of several moves in any order, twice each: everything of the person ends up where he or she is in the end, also back
// where the first began, also with nothing in the making, and whoever writes from there is answered.
func TestMovesToldInAnyOrder(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	story := 0
	for name, way := range map[string]string{"on and on": "abcd", "in a ring": "abca", "there and back": "aba", "there, back, and there": "abab"} {
		for _, order := range orders(len(way) - 1) {
			for _, draft := range []bool{true, false} {
				story++
				s.n = 0
				at := func(i int) bot.Address {
					return bot.Address{Network: bot.Telegram, ID: fmt.Sprint(story*10 + int(way[i]-'a'))}
				}
				r := report.Report{ID: report.ID(story), Code: report.NewCodeIn("SRG", uint64(story), 0), Status: report.Received, Reporter: at(0), Filed: began}
				if err := s.store.Commit(s.Context(), ledger.Batch{Cause: fmt.Sprint("filed/", story), Changes: []ledger.Change{ledger.Opened{Report: r}}}); err != nil {
					t.Fatal(err)
				}
				if draft {
					s.at(at(0), bot.Text{Text: "sampah menumpuk di jalan, bau"})
				}
				for _, i := range order {
					ev := bot.Event{
						ID: bot.EventID(fmt.Sprint("move/", story, "/", i)), Chat: at(i), From: bot.Person{ID: at(i).ID}, At: began.Add(time.Hour + time.Duration(i)*time.Minute),
						Body: bot.Moved{To: at(i + 1)},
					}
					for range 2 {
						if err := s.Handle(s.Context(), ev); err != nil {
							t.Fatalf("%s, told as %v: %v", name, order, err)
						}
					}
				}
				end := at(len(way) - 1)
				if mine, err := s.store.Mine(s.Context(), end, 9); err != nil || len(mine) != 1 {
					t.Errorf("%s, told as %v: %d reports at the end (%v)", name, order, len(mine), err)
				}
				if draft {
					s.wantDraft(end, "sampah menumpuk di jalan, bau", "")
				}
				s.n = 200
				s.at(end, bot.Text{Text: "status"})
				var lane string
				if err := s.store.Pool.QueryRow(s.Context(), `SELECT lane FROM letters ORDER BY id DESC LIMIT 1`).Scan(&lane); err != nil || lane != end.String() {
					t.Errorf("%s, told as %v: the answer goes to %s, not %s (%v)", name, order, lane, end, err)
				}
			}
		}
	}
}

// orders are all orders of the first n numbers.
func orders(n int) (all [][]int) {
	if n == 0 {
		return [][]int{nil}
	}
	for _, o := range orders(n - 1) {
		for i := range n {
			all = append(all, slices.Insert(slices.Clone(o), i, n-1))
		}
	}
	return all
}

// A reminder and the words of a voice note that were under way to the old address come to the draft at the new one.
func TestWhatWasUnderWayFindsTheNewAddress(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.at(ani, bot.Voice{Media: bot.MediaRef{Network: bot.Telegram, ID: "suara"}})
	before, _ := s.state(ani)
	due, err := s.store.Due(s.Context(), time.Now().AddDate(10, 0, 0), 9)
	if err != nil || len(due) != 1 || due[0].Subject != ledger.OfChat(ani) {
		t.Fatalf("reminders: %+v (%v)", due, err)
	}
	s.at(ani, bot.Moved{To: aniNow})
	voice := ledger.Transcribe{Chat: ani, Draft: intake.Of(before).Form.ID, Media: bot.MediaRef{Network: bot.Telegram, ID: "suara"}}
	for range 2 {
		if err := s.Hear(s.Context(), voice, "got mampet di depan pasar"); err != nil {
			t.Fatal(err)
		}
	}
	state, _ := s.state(aniNow)
	if f := intake.Of(state).Form; f == nil || f.Heard != "got mampet di depan pasar" {
		t.Errorf("the draft is %+v", f)
	}
	if err := s.Wake(s.Context(), due[0]); err != nil {
		t.Fatal(err)
	}
	if state, _ = s.state(aniNow); !intake.Of(state).Form.Nudged {
		t.Error("the reminder did not come")
	}
	due, err = s.store.Due(s.Context(), time.Now().AddDate(10, 0, 0), 9)
	if err != nil || len(due) != 1 || due[0].Subject != ledger.OfChat(aniNow) {
		t.Errorf("reminders: %+v (%v)", due, err)
	}
	var lane string
	const last = `SELECT lane FROM letters ORDER BY id DESC LIMIT 1`
	if err := s.store.Pool.QueryRow(s.Context(), last).Scan(&lane); err != nil || lane != aniNow.String() {
		t.Errorf("the last letter goes to %s (%v)", lane, err)
	}
}
