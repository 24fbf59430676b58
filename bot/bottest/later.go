package bottest

import (
	"context"
	"testing"

	"rabeg/bot"
)

// receipts lets a channel tell what became of its messages; the second result gives the next word of one with an outcome.
func receipts(t *testing.T, w world, c bot.Receipts) (next func(bot.Outcome) bot.Receipt) {
	ch := make(chan bot.Receipt, 100)
	c.Receipts(func(_ context.Context, r bot.Receipt) error {
		ch <- r
		return nil
	})
	return func(want bot.Outcome) bot.Receipt {
		t.Helper()
		for {
			select {
			case r := <-ch:
				if r.Outcome == want {
					return r
				}
			case <-w.ctx.Done():
				t.Fatalf("no word that a message %v", want)
			}
		}
	}
}

func failsLater(t *testing.T, w world) {
	l, p, _ := w.met(t)
	c, ok := l.Channel.(bot.Receipts)
	if !ok || w.Faults.FailLate == nil {
		t.Skip("this network says at once what becomes of a message")
	}
	next := receipts(t, w, c)
	ref, err := l.Send(w.ctx, p.Chat(), "surat-1", bot.Message{Text: "Laporan diterima"})
	if err != nil {
		t.Fatal(err)
	}
	if r := next(bot.Arrived); r.Ref != ref || r.Key != "surat-1" || r.Beside || r.Err != nil || r.At.IsZero() {
		t.Errorf("of a message that arrived it is told %+v", r)
	}
	w.Faults.FailLate()
	ref, err = l.Send(w.ctx, p.Chat(), "surat-2", bot.Message{Text: "Kabar laporan"})
	if err != nil {
		t.Fatalf("a message that fails later was not taken: %v", err)
	}
	r := next(bot.Missed)
	if r.Ref != ref || r.Key != "surat-2" || r.Err == nil || r.Err.Remedy != bot.GiveUp {
		t.Errorf("of a message that failed it is told %+v", r)
	}
}

func invited(t *testing.T, w world) {
	l, p, next := w.met(t)
	waker, ok := l.Channel.(bot.Waker)
	if !ok || w.Faults.Silence == nil {
		t.Skip("this network takes words whenever")
	}
	w.Faults.Silence(p)
	_, err := l.Send(w.ctx, p.Chat(), "kabar", bot.Message{Text: "Lampu sudah menyala"})
	if se := wantRemedy(t, err, bot.GiveUp); !se.Cold {
		t.Errorf("words to who was silent: %v", se)
	}
	ref, err := waker.Wake(w.ctx, p.Chat(), "kabar", bot.Wakeup{Code: "SRG-7K3MQ-9", Office: "Dinas\n Perhubungan"})
	if err != nil || ref.Zero() {
		t.Fatalf("the invitation: %v, %v", ref, err)
	}
	shown := w.sees(t, p, 1)[0]
	if len(shown.Choices) == 0 {
		t.Fatalf("the invitation %q has no button", shown.Text)
	}
	if err := p.Choose(w.ctx, shown, 0); err != nil {
		t.Fatal(err)
	}
	if ev := next(); ev.Body != (bot.Woken{}) || ev.Chat != p.Chat() {
		t.Errorf("its button came as %#v", ev)
	}
	w.tell(t, l, p.Chat(), bot.Message{Text: "Lampu sudah menyala"})
	w.sees(t, p, 2)
}

func unlisted(t *testing.T, w world) {
	if w.Unlisted == nil {
		t.Skip("on this network all show their numbers, or none does")
	}
	handle, next := w.events(t)
	l, p := w.run(t, handle), w.Unlisted(t)
	w.say(t, p, "halo")
	if ev := next(); ev.Chat != p.Chat() || ev.From.ID == "" {
		t.Errorf("who shows no number came as %v in %v", ev.From.ID, ev.Chat)
	}
	if numbers, ok := l.Channel.(bot.Numbers); ok {
		if n, err := numbers.Number(w.ctx, p.Chat()); err != nil || n != "" {
			t.Errorf("the number that does not show is %q (%v)", n, err)
		}
	}
	w.tell(t, l, p.Chat(), bot.Message{Text: "Laporan diterima"})
	w.sees(t, p, 1)
}

func renumbered(t *testing.T, w world) {
	if w.Faults.Renumber == nil {
		t.Skip("on this network a person keeps the id")
	}
	l, p, next := w.met(t)
	now := w.Faults.Renumber(p)
	if ev := next(); ev.Chat != p.Chat() || ev.Body != (bot.Moved{To: now.Chat()}) {
		t.Errorf("the new number came as %#v in %v", ev.Body, ev.Chat)
	}
	w.tell(t, l, now.Chat(), bot.Message{Text: "Laporan diterima"})
	w.sees(t, now, 1)
	w.say(t, now, "ini nomor baru saya")
	if ev := next(); ev.Chat != now.Chat() {
		t.Errorf("who has a new number writes in %v", ev.Chat)
	}
}
