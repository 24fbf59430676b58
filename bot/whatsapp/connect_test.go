package whatsapp

import (
	"testing"
	"time"

	"rabeg/bot"
)

// A letter that comes while the connection is just being made waits for it. One that waited in vain is to be tried again,
// and so is everything else to this network.
func TestALetterWaitsForTheConnection(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open(t, nil)
	p := s.person(t)
	c.timing.connect = time.Millisecond
	_, err := c.Send(s.ctx, p.Chat(), "early", bot.Message{Text: "halo"})
	if se := bot.AsSendError(err); err == nil || se.Remedy != bot.Retry || !se.Slow {
		t.Fatalf("without a connection sending gave %v", err)
	}
	c.timing.connect = testLimit
	sent := make(chan error, 1)
	go func() {
		_, err := c.Send(s.ctx, p.Chat(), "early", bot.Message{Text: "halo"})
		sent <- err
	}()
	s.run(t, c, newDiary().handle)
	if err := <-sent; err != nil {
		t.Fatalf("a letter did not wait for the connection: %v", err)
	}
	if n := len(p.Inbox().Messages); n > 1 {
		t.Errorf("%d messages came", n)
	}
}
