package whatsapp

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/sim/warelay"
)

// alarms keeps what the desk is told.
type alarms struct {
	mu  sync.Mutex
	all []Alarm
	c   chan Alarm
}

func newAlarms() *alarms { return &alarms{c: make(chan Alarm, 100)} }

func (a *alarms) hear(x Alarm) {
	a.mu.Lock()
	a.all = append(a.all, x)
	a.mu.Unlock()
	a.c <- x
}

func (a *alarms) next(t *testing.T, s *site) Alarm {
	t.Helper()
	select {
	case x := <-a.c:
		return x
	case <-s.ctx.Done():
		t.Fatal("no alarm came")
		return Alarm{}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do   func(*site)
		want AlarmKind
		says string
		gone bool // the device is deleted
	}{
		"temporary ban": {do: func(s *site) { s.BanFor(s.acct, 101, 2*time.Hour) }, want: TempBan, says: "2 jam"},
		"outdated":      {do: func(s *site) { s.Ban(s.acct, warelay.ClientOutdated) }, want: Outdated, says: "Perbarui"},
		"replaced":      {do: func(s *site) { s.Replace(s.acct) }, want: Replaced, says: "satu server"},
		"logged out":    {do: func(s *site) { s.Ban(s.acct, warelay.LoggedOut) }, want: LoggedOut, says: "rabeg pair", gone: true},
		"locked":        {do: func(s *site) { s.Ban(s.acct, warelay.Locked) }, want: Locked, says: "HP", gone: true},
		"banned":        {do: func(s *site) { s.Ban(s.acct, warelay.Banned) }, want: Banned, says: "peninjauan", gone: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.gone && raceEnabled {
				t.Skip("whatsmeow races with itself when it deletes a device (store.Device.Delete)")
			}
			s := newSite(t)
			heard := newAlarms()
			ch := s.open(t, func(o *Options) { o.OnAlarm = heard.hear })
			d := newDiary()
			s.run(t, ch, d.handle)
			s.ready(t, ch)
			p := s.person(t)
			c.do(s)
			a := heard.next(t, s)
			if a.Kind != c.want || !strings.Contains(a.Text, c.says) {
				t.Errorf("the alarm is %+v", a)
			}
			if err := ch.Ready(); err == nil || !strings.Contains(err.Error(), string(c.want)) {
				t.Errorf("Ready gives %v", err)
			}
			_, err := ch.Send(s.ctx, p.Chat(), "k", bot.Message{Text: "kabar"})
			if se := bot.AsSendError(err); se.Remedy != bot.Retry || !se.Slow || se.After <= 0 || !errors.Is(err, ErrNotLinked) {
				t.Errorf("Send gives %v", err)
			}
		})
	}
}

// The link is taken back from another program once, soon: it may have been one of ours. From a stranger that takes it
// again it is not torn away.
func TestTheLinkIsTakenBackOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	heard := newAlarms()
	now := time.Now()
	ch := s.open(t, func(o *Options) { o.OnAlarm, o.Now = heard.hear, func() time.Time { return now } })
	ch.timing.retake = time.Millisecond
	s.run(t, ch, newDiary().handle)
	s.ready(t, ch)
	for _, want := range []AlarmKind{Replaced, Restored} {
		if want == Replaced {
			s.Replace(s.acct)
		}
		if a := heard.next(t, s); a.Kind != want {
			t.Fatalf("the alarm is %s, want %s", a.Kind, want)
		}
	}
	if wait := ch.retake(); wait != ch.timing.replaced {
		t.Errorf("taken again, the link is left alone for %s", wait)
	}
	now = now.Add(3 * ch.timing.replaced)
	if wait := ch.retake(); wait != ch.timing.retake {
		t.Errorf("taken after a long while, the link is left alone for %s", wait)
	}
}

// A ban that is over: what people wrote meanwhile comes, and the desk hears that all is well.
func TestBanEnds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	heard := newAlarms()
	c := s.open(t, func(o *Options) { o.OnAlarm = heard.hear })
	d := newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	p := s.person(t)
	s.BanFor(s.acct, 101, time.Second)
	if a := heard.next(t, s); a.Kind != TempBan || a.Until.IsZero() {
		t.Errorf("the alarm is %+v", a)
	}
	must[string](t)(p.Text(s.ctx, office, "selama dilarang"))
	s.Lift(s.acct)
	signal(c.wake)
	if a := heard.next(t, s); a.Kind != Restored {
		t.Errorf("the alarm is %+v", a)
	}
	d.words(s.ctx, t, "selama dilarang")
	if _, err := c.Send(s.ctx, p.Chat(), "k", bot.Message{Text: "kabar"}); err != nil {
		t.Errorf("Send gives %v", err)
	}
}

func TestColdAndLocked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	heard := newAlarms()
	c := s.open(t, func(o *Options) { o.OnAlarm = heard.hear })
	d := newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	p := s.person(t)
	must[string](t)(p.Text(s.ctx, office, "halo"))
	d.words(s.ctx, t, "halo")
	if at, err := c.people.heard(s.ctx, p.LID()); err != nil || time.Since(at) > time.Minute {
		t.Errorf("heard %v, %v", at, err)
	}
	s.ExpireTokens(s.acct)
	s.NeedTokens(s.acct, true)
	_, err := c.Send(s.ctx, p.Chat(), "dingin", bot.Message{Text: "kabar"})
	if se := bot.AsSendError(err); se.Remedy != bot.GiveUp || !se.Cold || !errors.Is(err, ErrCold) {
		t.Errorf("a cold letter gives %v", err)
	}
	s.NeedTokens(s.acct, false)
	g := must[*warelay.Group](t)(s.Group("Meja", p.Account(), s.acct))
	until := time.Now().Add(3 * time.Hour).Truncate(time.Second)
	s.TimeLock(s.acct, until)
	if a := heard.next(t, s); a.Kind != TimeLock || !a.Until.Equal(until) {
		t.Errorf("the alarm is %+v", a)
	}
	_, err = c.Send(s.ctx, p.Chat(), "kunci", bot.Message{Text: "kabar"})
	if se := bot.AsSendError(err); se.Remedy != bot.Retry || se.Slow || se.After < time.Minute || !errors.Is(err, ErrLocked) {
		t.Errorf("under the time-lock Send gives %v", err)
	}
	if _, err = c.Send(s.ctx, address(g.ID()), "grup", bot.Message{Text: "kartu"}); err != nil {
		t.Errorf("a group under the time-lock: %v", err)
	}
	if c.Ready() == nil {
		t.Error("ready under the time-lock")
	}
	s.Lift(s.acct)
}

func TestUnpairedThenPaired(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"QR", "code"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			s.linked.Do(func() {}) // nobody has linked a device
			heard := newAlarms()
			c := s.open(t, func(o *Options) { o.OnAlarm = heard.hear })
			d := newDiary()
			s.run(t, c, d.handle)
			if a := heard.next(t, s); a.Kind != Unpaired || !strings.Contains(a.Text, "rabeg pair") {
				t.Errorf("the alarm is %+v", a)
			}
			paired, err := s.pair(t, c, way)
			if err != nil || paired.Phone != office || paired.LID != s.acct.LID() {
				t.Fatalf("paired %+v, %v", paired, err)
			}
			if a := heard.next(t, s); a.Kind != Restored {
				t.Errorf("the alarm is %+v", a)
			}
			s.ready(t, c)
			p := s.person(t)
			must[string](t)(p.Text(s.ctx, office, "halo"))
			ev := d.words(s.ctx, t, "halo")
			if _, err := c.Send(s.ctx, ev.Chat, "k", bot.Message{Text: "balasan"}); err != nil {
				t.Fatal(err)
			}
			must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "balasan" }))
			if _, err := c.Pair(s.ctx, PairOptions{}, func(Code) {}); !errors.Is(err, ErrPaired) {
				t.Errorf("pairing twice gives %v", err)
			}
		})
	}
}

// pair plays the office's person at the phone.
func (s *site) pair(t *testing.T, c *Channel, way string) (Paired, error) {
	t.Helper()
	var o PairOptions
	if way == "code" {
		o.Phone = office
	}
	var at sync.WaitGroup
	defer at.Wait()
	used := false
	return c.Pair(s.ctx, o, func(code Code) {
		if used {
			return
		}
		used = true
		at.Go(func() {
			var err error
			if way == "code" {
				_, err = s.acct.EnterCode(s.ctx, code.Link)
			} else {
				_, err = s.acct.Scan(s.ctx, code.QR)
			}
			if err != nil {
				t.Errorf("the phone: %v", err)
			}
		})
	})
}

// Logged out and paired anew: what lay in the inbox is handled, letters go on, nothing was forgotten.
func TestPairAgainLosesNothing(t *testing.T) {
	t.Parallel()
	if raceEnabled {
		t.Skip("whatsmeow races with itself when it deletes a device (store.Device.Delete)")
	}
	s := newSite(t)
	heard := newAlarms()
	c := s.open(t, func(o *Options) { o.OnAlarm = heard.hear })
	d := newDiary()
	stop := s.run(t, c, d.handle)
	s.ready(t, c)
	p := s.person(t)
	must[string](t)(p.Text(s.ctx, office, "satu"))
	first := d.words(s.ctx, t, "satu")
	s.Ban(s.acct, warelay.LoggedOut)
	if a := heard.next(t, s); a.Kind != LoggedOut {
		t.Errorf("the alarm is %+v", a)
	}
	if _, err := c.Send(s.ctx, first.Chat, "surat", bot.Message{Text: "surat"}); bot.AsSendError(err).Remedy != bot.Retry {
		t.Errorf("Send gives %v", err)
	}
	stop()
	s.Lift(s.acct)
	tool := s.open(t, nil) // `rabeg pair`, in a process of its own
	if _, err := s.pair(t, tool, "QR"); err != nil {
		t.Fatal(err)
	}
	s.run(t, c, d.handle)
	s.ready(t, c)
	must[string](t)(p.Text(s.ctx, office, "dua"))
	if ev := d.words(s.ctx, t, "dua"); ev.Chat != first.Chat {
		t.Errorf("the person is %v now", ev.Chat)
	}
	if _, err := c.Send(s.ctx, first.Chat, "surat", bot.Message{Text: "surat"}); err != nil {
		t.Fatal(err)
	}
	must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "surat" }))
}
