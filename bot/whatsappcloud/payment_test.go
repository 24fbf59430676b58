package whatsappcloud_test

import (
	"context"
	"testing"

	"rabeg/bot"
	"rabeg/bot/whatsappcloud"
	"rabeg/internal/sim/cloudapi"
)

// Payment is missing and Meta says so after it took a message: it is to go out anew until it is paid, and that Meta goes on taking
// messages is no sign that all is well. What is delivered is.
func TestWhatIsTakenIsNotYetPaid(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	told := make(chan bot.Receipt, 10)
	troubles := make(chan whatsappcloud.Trouble, 10)
	o := s.options()
	o.OnTrouble = func(t whatsappcloud.Trouble) { troubles <- t }
	c := running(t, o, func(context.Context, bot.Event) error { return nil })
	c.Receipts(func(_ context.Context, r bot.Receipt) error {
		if r.Outcome != bot.Took {
			told <- r
		}
		return nil
	})
	s.hooked(t, c)
	p := s.phone(false)
	if _, err := p.p.Send(cloudapi.Out{Text: "halo"}); err != nil {
		t.Fatal(err)
	}
	s.FailLate(1, 131042)
	send := func(words string) {
		t.Helper()
		if _, err := c.Send(t.Context(), p.Chat(), words, bot.Message{Text: words}); err != nil {
			t.Fatalf("%s is not taken: %v", words, err)
		}
	}
	send("kabar")
	if se := (<-told).Err; se == nil || se.Remedy != bot.Retry || !se.Slow || se.Tries >= 0 {
		t.Errorf("what is not paid for is %+v", se)
	}
	if got := <-troubles; got != whatsappcloud.Payment {
		t.Errorf("the trouble is %q", got)
	}
	s.Unpaid(true)
	send("lagi")
	if got := c.Trouble(); got != whatsappcloud.Payment {
		t.Errorf("Meta took words, and the trouble is %q", got)
	}
	s.Unpaid(false)
	send("sudah dibayar")
	if r := <-told; r.Outcome != bot.Arrived && r.Outcome != bot.Read {
		t.Fatalf("it is told of as %v", r.Outcome)
	}
	if got := <-troubles; got != whatsappcloud.None {
		t.Errorf("what is delivered leaves the trouble %q", got)
	}
}
