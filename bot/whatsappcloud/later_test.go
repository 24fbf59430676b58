package whatsappcloud_test

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/whatsappcloud"
	"rabeg/internal/sim/cloudapi"
)

// What failed after it was taken is told with what to do about it: nothing is tried again at once, and who has no WhatsApp any more
// is given up after three times.
func TestWhatFailsLater(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	told := make(chan bot.Receipt, 10)
	o := s.options()
	c := running(t, o, func(context.Context, bot.Event) error { return nil })
	c.Receipts(func(_ context.Context, r bot.Receipt) error {
		if r.Outcome == bot.Missed {
			told <- r
		}
		return nil
	})
	s.hooked(t, c)
	p := s.phone(false)
	if _, err := p.p.Send(cloudapi.Out{Text: "halo"}); err != nil {
		t.Fatal(err)
	}
	fails := func(words string) *bot.SendError {
		if _, err := c.Send(t.Context(), p.Chat(), words, bot.Message{Text: words}); err != nil {
			t.Fatalf("%s is not taken: %v", words, err)
		}
		return (<-told).Err
	}
	for range 3 {
		s.FailLate(1, 131000)
		if se := fails("kabar"); se.Remedy != bot.Retry || se.After != 10*time.Second || se.Tries != 0 {
			t.Errorf("a fault of Meta's: %+v", se)
		}
	}
	p.p.Vanish()
	if se := fails("kabar lagi"); se.Remedy != bot.Retry || se.After != 8*time.Hour || se.Tries != 3 || se.Then != bot.Gone {
		t.Errorf("who has no WhatsApp any more: %+v", se)
	}
}

// Meta takes no more invitations: those wait, without another call, and whoever has written is answered meanwhile.
func TestWhoHasWrittenIsAnsweredWhileInvitationsWait(t *testing.T) {
	t.Parallel()
	var passed atomic.Int64
	s := newSite(t, cloudapi.Options{})
	c := s.open(t, func(o *whatsappcloud.Options) {
		o.Now = func() time.Time { return time.Now().Add(time.Duration(passed.Load())) }
	})
	writes, silent, other := s.phone(false), s.phone(false), s.phone(true)
	if _, err := writes.p.Send(cloudapi.Out{Text: "halo"}); err != nil {
		t.Fatal(err)
	}
	words := bot.Wakeup{Code: "SRG-7K3MQ-9", Office: "Dinas Perhubungan"}
	s.FailSends(1, 131048)
	for _, p := range []*phone{silent, other, silent} {
		_, err := c.Wake(t.Context(), p.Chat(), "k", words)
		if se := bot.AsSendError(err); err == nil || se.Remedy != bot.Retry || se.Slow || se.After < 14*time.Minute || se.After > 15*time.Minute {
			t.Errorf("an invitation ends with %+v", se)
		}
	}
	if n := s.Count("template:kabar_laporan"); n != 0 {
		t.Errorf("%d invitations were tried", n)
	}
	if _, err := c.Send(t.Context(), writes.Chat(), "a", bot.Message{Text: "baik"}); err != nil || c.Trouble() != whatsappcloud.Spam {
		t.Errorf("who has written is answered with %v, and the trouble is %q", err, c.Trouble())
	}
	passed.Store(int64(16 * time.Minute))
	if _, err := c.Wake(t.Context(), silent.Chat(), "k", words); err != nil || c.Trouble() != whatsappcloud.None {
		t.Errorf("after a while: %v, trouble %q", err, c.Trouble())
	}
}

// Who was met under the number alone, and has an id now, moves to it: unless that is so long ago that the number may be somebody else's.
func TestANumberIsTrustedForAWhile(t *testing.T) {
	t.Parallel()
	for days, moves := range map[int]bool{1: true, 89: true, 91: false, 400: false} {
		s := newSite(t, cloudapi.Options{})
		heard := make(chan bot.Event, 4)
		c := running(t, s.options(), func(_ context.Context, ev bot.Event) error { heard <- ev; return nil })
		s.hooked(t, c)
		number := s.number()
		if err := s.memory.Met(t.Context(), "+"+number, "+"+number, time.Now().AddDate(0, 0, -days)); err != nil {
			t.Fatal(err)
		}
		p := s.Person("Budi", number, false)
		if _, err := p.Send(cloudapi.Out{Text: "halo"}); err != nil {
			t.Fatal(err)
		}
		if moves {
			if ev := <-heard; ev.Chat.ID != "+"+number || ev.Body != (bot.Moved{To: bot.Address{Network: bot.WhatsAppCloud, ID: p.ID()}}) {
				t.Errorf("met %d days ago: it is told %+v", days, ev)
			}
		}
		if ev := <-heard; ev.Chat.ID != p.ID() || ev.Body != (bot.Text{Text: "halo"}) {
			t.Errorf("met %d days ago: it is told %+v", days, ev)
		}
	}
}

// Many updates of many people come in one call, some of it twice: each is handled once, everybody's in order. What concerns no chat is a
// trouble.
func TestManyPeopleInOneCall(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	s.Switch(cloudapi.Switches{Together: 1000})
	const many, each = 40, 5
	heard := make(chan bot.Event, many*each*2)
	people := make([]*phone, many)
	for i := range people {
		people[i] = s.phone(i%2 == 0)
	}
	for i := range many * each {
		if _, err := people[i%many].p.Send(cloudapi.Out{Text: strconv.Itoa(i / many)}); err != nil {
			t.Fatal(err)
		}
	}
	o := s.options()
	o.WebhookWait = time.Minute
	c := running(t, o, func(_ context.Context, ev bot.Event) error { heard <- ev; return nil })
	s.hooked(t, c)
	got := map[string]string{}
	for range many * each {
		ev := <-heard
		got[ev.Chat.ID] += bot.Words(ev.Body)
	}
	for _, p := range people {
		if got[p.p.ID()] != "01234" {
			t.Errorf("of one person is heard %q", got[p.p.ID()])
		}
	}
	s.Complain(131031)
	for c.Trouble() != whatsappcloud.Restricted {
		s.Settle()
	}
}

// Where Meta says when more is allowed, that is when the next try is.
func TestTheNextTryIsWhenMetaSays(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	c := s.open(t, nil)
	p := s.phone(false)
	s.Throttle(80007, 7)
	_, err := c.Send(t.Context(), p.Chat(), "k", bot.Message{Text: "kabar"})
	if se := bot.AsSendError(err); se.Remedy != bot.Retry || !se.Slow || se.After != 7*time.Minute {
		t.Errorf("it is %+v", se)
	}
}
