package whatsappcloud_test

import (
	"context"
	"testing"
	"time"

	"rabeg/bot"
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
