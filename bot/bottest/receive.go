package bottest

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"rabeg/bot"
)

var errNotYet = errors.New("not yet")

func order(t *testing.T, w world) {
	const people, each = 4, 60
	d := newDiary()
	w.run(t, func(_ context.Context, ev bot.Event) error { d.note(ev); return nil })
	var wg sync.WaitGroup
	phones := make([]Phone, people)
	for i := range phones {
		phones[i] = w.Phone(t)
		wg.Go(func() {
			for _, text := range numbered("pesan", each) {
				if _, err := phones[i].Send(w.ctx, Out{Text: text}); err != nil {
					t.Errorf("the person's message: %v", err)
				}
			}
		})
	}
	wg.Wait()
	for _, p := range phones {
		if got := d.wait(w.ctx, t, p.Chat(), each); !slices.Equal(got, numbered("pesan", each)) {
			t.Errorf("chat %v: handled in the order %q", p.Chat(), got)
		}
	}
}

func parallel(t *testing.T, w world) {
	first, second := w.Phone(t), w.Phone(t)
	started, other := make(chan struct{}), make(chan struct{})
	done := make(chan struct{})
	w.run(t, func(ctx context.Context, ev bot.Event) error {
		if _, ok := ev.Body.(bot.Text); !ok {
			return nil
		}
		if ev.Chat == second.Chat() {
			close(other)
			return nil
		}
		close(started)
		defer close(done)
		select {
		case <-other: // the second chat is handled while the first is
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	w.say(t, first, "saya lama")
	w.wait(t, started)
	w.say(t, second, "saya cepat")
	w.wait(t, other)
	w.wait(t, done)
}

func (w world) wait(t *testing.T, signal <-chan struct{}) {
	t.Helper()
	select {
	case <-signal:
	case <-w.ctx.Done():
		t.Fatal("waited in vain")
	}
}

func redelivery(t *testing.T, w world) {
	const failures = 3
	p := w.Phone(t)
	d := newDiary()
	var mu sync.Mutex
	var ids []bot.EventID
	w.run(t, func(_ context.Context, ev bot.Event) error {
		if bot.Words(ev.Body) == "gagal dulu" {
			mu.Lock()
			defer mu.Unlock()
			if ids = append(ids, ev.ID); len(ids) <= failures {
				return errNotYet
			}
		}
		d.note(ev)
		return nil
	})
	w.say(t, p, "gagal dulu")
	w.say(t, p, "kemudian")
	if got := d.wait(w.ctx, t, p.Chat(), 2); !slices.Equal(got, []string{"gagal dulu", "kemudian"}) {
		t.Errorf("handled %q", got)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(ids) != failures+1 || len(slices.Compact(ids)) != 1 || ids[0] == "" {
		t.Errorf("the event came as %q", ids)
	}
}

func stuck(t *testing.T, w world) {
	const others = 30
	bad, good := w.Phone(t), w.Phone(t)
	d := newDiary()
	var healed atomic.Bool
	failed := make(chan struct{})
	once := sync.OnceFunc(func() { close(failed) })
	w.run(t, func(_ context.Context, ev bot.Event) error {
		if ev.Chat == bad.Chat() && !healed.Load() {
			once()
			return errNotYet
		}
		d.note(ev)
		return nil
	})
	w.say(t, bad, "macet 0")
	w.wait(t, failed)
	w.say(t, bad, "macet 1")
	for _, text := range numbered("lancar", others) {
		w.say(t, good, text)
	}
	if got := d.wait(w.ctx, t, good.Chat(), others); !slices.Equal(got, numbered("lancar", others)) {
		t.Errorf("the other chat: %q", got)
	}
	if got := d.of(bad.Chat()); len(got) != 0 {
		t.Errorf("handled although it failed: %q", got)
	}
	healed.Store(true)
	if got := d.wait(w.ctx, t, bad.Chat(), 2); !slices.Equal(got, numbered("macet", 2)) {
		t.Errorf("the stuck chat after healing: %q", got)
	}
}

func panics(t *testing.T, w world) {
	p := w.Phone(t)
	d := newDiary()
	var tries atomic.Int32
	w.run(t, func(_ context.Context, ev bot.Event) error {
		if _, ok := ev.Body.(bot.Text); ok && tries.Add(1) < 3 {
			panic("boom")
		}
		d.note(ev)
		return nil
	})
	w.say(t, p, "satu")
	w.say(t, p, "dua")
	if got := d.wait(w.ctx, t, p.Chat(), 2); !slices.Equal(got, []string{"satu", "dua"}) {
		t.Errorf("handled %q", got)
	}
}

// stopped kills the handler at several points: it is told to stop while an event is in its hands, and fails.
func stopped(t *testing.T, w world) {
	const people, each = 3, 12
	d := newDiary()
	phones := make([]Phone, people)
	for i := range phones {
		phones[i] = w.Phone(t)
	}
	for _, text := range numbered("pesan", each) {
		for _, p := range phones {
			w.say(t, p, text)
		}
	}
	for _, after := range []int32{1, 5, 7} {
		var n atomic.Int32
		killed := make(chan struct{})
		once := sync.OnceFunc(func() { close(killed) })
		l := w.run(t, func(ctx context.Context, ev bot.Event) error {
			if n.Add(1) > after {
				once()
				<-ctx.Done()
				return ctx.Err()
			}
			d.note(ev)
			return nil
		})
		w.wait(t, killed)
		l.stop()
	}
	w.run(t, func(_ context.Context, ev bot.Event) error { d.note(ev); return nil })
	for _, p := range phones {
		want := numbered("pesan", each)
		for {
			got := d.wait(w.ctx, t, p.Chat(), each)
			if got = firsts(got); len(got) == each {
				if !slices.Equal(got, want) {
					t.Errorf("chat %v: %q", p.Chat(), got)
				}
				break
			}
			d.wait(w.ctx, t, p.Chat(), len(d.of(p.Chat()))+1)
		}
	}
}

func duplicate(t *testing.T, w world) {
	if w.Faults.Redeliver == nil {
		t.Skip("this network cannot be made to deliver twice")
	}
	p := w.Phone(t)
	d := newDiary()
	w.Faults.Redeliver(3)
	w.run(t, func(_ context.Context, ev bot.Event) error { d.note(ev); return nil })
	for _, text := range numbered("pesan", 3) {
		w.say(t, p, text)
	}
	got := d.wait(w.ctx, t, p.Chat(), 3)
	for len(got) < 6 {
		w.say(t, p, "dorong") // an acknowledgement is what makes a network deliver the copy
		got = d.wait(w.ctx, t, p.Chat(), len(got)+1)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	twice := 0
	for _, n := range d.ids {
		if n == 2 {
			twice++
		}
	}
	if twice != 3 || firsts(got)[0] != "pesan 0" {
		t.Errorf("%d events came twice under the same id, want 3; handled %q", twice, got)
	}
}

func texts(t *testing.T, w world) {
	_, p, next := w.met(t)
	for _, text := range []string{
		"lampu mati", "🔥🔥🔥", "👨‍👩‍👧‍👦 keluarga 🇮🇩", "مياه مقطوعة", "baris satu\nbaris dua\n\nbaris tiga", "a\tb", "<b>&amp;*_`~[x](y)",
		"1", "١٢٣", strings.Repeat("x", 4096), strings.Repeat("😀", 2048), "e\u0301 ñ ﷽",
	} {
		w.say(t, p, text)
		if got := bot.Words(next().Body); got != text {
			t.Errorf("%.40q arrived as %.80q", text, got)
		}
	}
	for _, text := range []string{
		"nol \x00 di tengah", "rusak \xed\xa0\xbd surogat", "arah \u202e dibalik", "tanda \ue000 kita \ue001", "\x07bel",
	} {
		w.say(t, p, text)
		got := bot.Words(next().Body)
		if !utf8.ValidString(got) || got != bot.Clean(got) || got == "" {
			t.Errorf("%q arrived as %q, which is not clean", text, got)
		}
	}
}

func voiceAndLocation(t *testing.T, w world) {
	l, p, next := w.met(t)
	sound := []byte("OggS not really a sound")
	w.send(t, p, Out{Voice: sound})
	switch b := next().Body.(type) {
	case bot.Voice:
		if got := w.fetch(t, l, b.Media); string(got) != string(sound) {
			t.Errorf("the voice note's bytes are %q", got)
		}
	default:
		t.Errorf("a voice note came as %T", b)
	}
	w.send(t, p, Out{Location: &bot.Location{Lat: -6.1149, Lon: 106.1502}})
	switch b := next().Body.(type) {
	case bot.Location:
		if near(b.Lat, -6.1149) && near(b.Lon, 106.1502) {
			return
		}
		t.Errorf("the place is %v, %v", b.Lat, b.Lon)
	default:
		t.Errorf("a location came as %T", b)
	}
}

// badPin sends what no table takes, and then what must not wait for it.
func badPin(t *testing.T, w world) {
	_, p, next := w.met(t)
	other := w.Phone(t)
	w.send(t, p, Out{Location: &bot.Location{Lat: math.NaN(), Lon: 106.15}})
	w.say(t, other, "lampu mati")
	w.send(t, p, Out{Location: &bot.Location{Lat: -6, Lon: math.Inf(1)}})
	w.say(t, p, "got mampet")
	bad, words := 0, map[string]bool{}
	for range 4 {
		switch b := next().Body.(type) {
		case bot.Location:
			if b == (bot.Location{}) {
				bad++
			}
		case bot.Text:
			words[b.Text] = true
		}
	}
	if bad != 2 || !words["lampu mati"] || !words["got mampet"] {
		t.Errorf("%d pins came, and %v", bad, words)
	}
}

func near(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }
