package engine_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
)

// dying are conversations that a program which has died tidies up no more.
type dying struct {
	engine.Sessions
	dead bool
}

func (d *dying) Free(ctx context.Context, was engine.Session) error {
	if d.dead {
		return errDead
	}
	return d.Sessions.Free(ctx, was)
}

// dies lets a program of its own die at a step of an event.
func (s *stand) dies(at string, ev bot.Event) {
	s.Helper()
	d := &dying{Sessions: s.sess}
	o := s.Engine.Options
	o.Sessions = d
	o.Step = func(name string) error {
		if d.dead = d.dead || name == at; d.dead {
			return errDead
		}
		return nil
	}
	if err := engine.New(o).Handle(s.Context(), ev); !errors.Is(err, errDead) {
		s.Fatalf("the program did not die at %q: %v", at, err)
	}
}

// photoThenSend are what ani, who has told of a lamp, sends next: a picture of it, and that it is to be sent.
func (s *stand) photoThenSend() (photo, send bot.Event) {
	s.Helper()
	s.at(ani, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap"})
	s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
	of := func(id string, after time.Duration, body bot.Body) bot.Event {
		return bot.Event{ID: bot.EventID("ani/" + id), Chat: ani, From: bot.Person{ID: ani.ID}, At: began.Add(5*time.Minute + after), Body: body}
	}
	return of("photo", 0, bot.Photo{Media: bot.MediaRef{Network: bot.Store, ID: "aa/bb.jpg"}}), of("send", time.Minute, bot.Text{Text: "kirim"})
}

// handled wants an event to be taken.
func (s *stand) handled(ev bot.Event) {
	s.Helper()
	if err := s.Handle(s.Context(), ev); err != nil {
		s.Fatalf("%s: %v", ev.ID, err)
	}
}

// refused wants what comes too early to come again.
func (s *stand) refused(what string, err error) {
	s.Helper()
	if !errors.Is(err, bot.ErrEarlier) {
		s.Fatalf("%s comes before what was begun before it: %v", what, err)
	}
}

// wantFiled wants one report with so many pictures, told of once.
func (s *stand) wantFiled(photos int) {
	s.Helper()
	all := s.all()
	if len(all) != 1 || len(all[0].Photos) != photos {
		s.Fatalf("%d reports: %+v", len(all), all)
	}
	var letters, numbers int
	const count = `SELECT count(*), count(*) FILTER (WHERE doc::text LIKE '%' || $2 || '%') FROM letters WHERE lane = $1 AND key LIKE 'ani/send%'`
	if err := s.store.Pool.QueryRow(s.Context(), count, ani.String(), string(all[0].Code)).Scan(&letters, &numbers); err != nil || letters != 1 || numbers != 1 {
		s.Errorf("%d letters answer, %d tell the number (%v)", letters, numbers, err)
	}
}

// The program dies after what a picture brings is committed and before the conversation knows of it, and the network brings the next
// message first: it waits for the picture, whichever instance it comes to, and the report has it.
func TestWhatComesNextWaitsForWhatWasCommitted(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	photo, send := s.photoThenSend()
	s.dies("before save", photo)
	s.refused("the next message", s.Handle(t.Context(), send))
	s.refused("at another instance it", s.second.Handle(t.Context(), send))
	if all := s.all(); len(all) != 0 {
		t.Fatalf("%d reports are filed", len(all))
	}
	early := s.Handle(t.Context(), send)
	s.refused("set aside it", s.Park(t.Context(), send, early, well))
	s.refused("set aside for something else it", s.Park(t.Context(), send, errors.New("away"), well))

	s.die = "before commit" // in an orderly way: what was committed before stays so
	if err := s.Handle(t.Context(), photo); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	s.refused("after a vain try of the picture the next message", s.Handle(t.Context(), send))
	for range 2 {
		s.handled(photo)
		s.handled(send)
	}
	s.wantFiled(1)
}

// What no message brings about waits as well, and is tried again by who brings it.
func TestWhatNobodyWroteWaitsToo(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(*stand) error{
		"a wake-up": func(s *stand) error {
			return s.Wake(s.Context(), ledger.Timer{Kind: ledger.WakeTimer, Subject: ledger.OfChat(ani), Rev: "1", At: began})
		},
		"words of a voice note": func(s *stand) error {
			return s.Hear(s.Context(), ledger.Transcribe{Chat: ani, Draft: "1", Media: bot.MediaRef{Network: bot.Store, ID: "v"}}, "got mampet")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			photo, send := s.photoThenSend()
			s.dies("before save", photo)
			s.refused(name, do(s))
			s.handled(photo)
			if err := do(s); err != nil {
				t.Fatal(err)
			}
			s.handled(send)
			s.wantFiled(1)
		})
	}
}

// What was begun and never committed did not happen: nobody waits for it.
func TestNobodyWaitsForWhatWasNotCommitted(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	photo, send := s.photoThenSend()
	s.dies("before commit", photo)
	seen, err := s.sess.Take(t.Context(), ani, engine.Beginning{Cause: "look"})
	if err != nil || seen.Left.Cause != photo.ID {
		t.Fatalf("the dead program has left %+v (%v)", seen.Left, err)
	}
	s.handled(send)
	s.wantFiled(0)
	s.handled(photo)
	if all := s.all(); len(all) != 1 {
		t.Errorf("%d reports", len(all))
	}
}

// What dies in its turn is waited for in its turn, also where it had gone on before another.
func TestWhoGoesOnIsWaitedForNext(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	photo, send := s.photoThenSend()
	s.dies("before commit", photo)
	s.dies("before save", send)
	s.refused("the picture", s.Handle(t.Context(), photo))
	s.handled(send)
	s.handled(photo)
	s.wantFiled(0)
}

// An event that never comes again holds a chat up for two minutes since it was begun, and a line without anybody's words says so, once.
func TestNobodyWaitsForEver(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	photo, send := s.photoThenSend()
	s.dies("before save", photo)
	var log bytes.Buffer
	s.Engine.Log = slog.New(slog.NewTextHandler(&log, nil))
	s.wait = 2*time.Minute - time.Second
	s.refused("the next message", s.Handle(t.Context(), send))
	log.Reset()
	s.wait = 2 * time.Minute
	for range 2 {
		s.handled(send)
	}
	s.wantFiled(0)
	if said := log.String(); strings.Count(said, "level=WARN") != 1 || !strings.Contains(said, "event=ani/send earlier=ani/photo") {
		t.Errorf("the log says %q", said)
	}
}

// A clock that was set back makes nobody wait longer, and one that comes to a chat by its number is not named.
func TestAClockThatWasSetBack(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	_, send := s.photoThenSend()
	v := ledger.Transcribe{Chat: ani, Draft: "1", Media: bot.MediaRef{Network: bot.Store, ID: "v"}}
	s.die = "before save"
	s.wait = time.Hour
	if err := s.Hear(t.Context(), v, "got mampet"); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	var log bytes.Buffer
	s.Engine.Log = slog.New(slog.NewTextHandler(&log, nil))
	s.wait = 0
	s.handled(send)
	if said := log.String(); !strings.Contains(said, "earlier=heard") || strings.Contains(said, ani.String()) {
		t.Errorf("the log says %q", said)
	}
}

// What is set aside is over: what came after it goes on at once.
func TestNobodyWaitsForWhatIsSetAside(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	photo, send := s.photoThenSend()
	s.dies("before save", photo)
	s.refused("the next message", s.Handle(t.Context(), send))
	o := s.Engine.Options
	o.Begun = &lives{n: map[bot.EventID]int{photo.ID: 5}}
	if err := engine.New(o).Handle(t.Context(), photo); err != nil {
		t.Fatal(err)
	}
	s.handled(send)
	s.wantFiled(0)
}

// erased are wishes of which one erased everything that was before.
type erased struct{ ledger.Pleas }

func (erased) Gone(context.Context, bot.Address, time.Time) (bool, error) { return true, nil }

// What was erased with its conversation is over when it comes again: nobody waits for it.
func TestNobodyWaitsForWhatIsErased(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	photo, send := s.photoThenSend()
	s.die = "before save"
	if err := s.Handle(t.Context(), photo); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	if err := s.sess.Erase(t.Context(), ani); err != nil {
		t.Fatal(err)
	}
	o := s.Engine.Options
	o.Cases.Pleas = erased{}
	if err := engine.New(o).Handle(t.Context(), photo); err != nil {
		t.Fatal(err)
	}
	s.handled(send)
}
