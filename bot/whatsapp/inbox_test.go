package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"rabeg/bot"
)

// What lies in the inbox from an earlier run is handled first, in order, each once, although the reader looks again from
// the start all the time and more is written meanwhile.
func TestInboxHandsOutEachOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open(t, nil)
	const chats, each = 7, 100
	put := func(n int) {
		chat := fmt.Sprint(n%chats, "@lid")
		ev := bot.Event{ID: eventID(chat, chat, fmt.Sprint(n)), Chat: address(chat), At: sentAt, Body: bot.Text{Text: fmt.Sprint(n)}}
		for range 2 { // the second copy is none
			if err := c.rows.put(s.ctx, ev, false); err != nil {
				t.Error(err)
			}
		}
		signal(c.rows.again)
	}
	for n := range chats * each / 2 {
		put(n)
	}
	var mu sync.Mutex
	got := map[string][]string{}
	failed := map[string]bool{}
	handed := 0
	done := make(chan struct{})
	f := newFeeder(c, func(_ context.Context, r row) error {
		mu.Lock()
		defer mu.Unlock()
		if r.seq%13 == 0 && !failed[r.id] {
			failed[r.id] = true
			return errors.New("not yet")
		}
		got[r.chat] = append(got[r.chat], r.id)
		if handed++; handed == chats*each {
			close(done)
		}
		return nil
	})
	ctx, cancel := context.WithCancel(s.ctx)
	over := make(chan struct{})
	go func() { defer close(over); f.run(ctx) }()
	for n := chats * each / 2; n < chats*each; n++ {
		put(n)
	}
	select {
	case <-done:
	case <-s.ctx.Done():
		t.Fatal("not all were handed out")
	}
	cancel()
	<-over
	for chat, list := range got {
		var want []string
		for n := range chats * each {
			if fmt.Sprint(n%chats, "@lid") == chat {
				want = append(want, string(eventID(chat, chat, fmt.Sprint(n))))
			}
		}
		if !slices.Equal(list, want) {
			t.Errorf("%s: %d handed out", chat, len(list))
		}
	}
	if left, err := c.rows.after(s.ctx, 0, 10); err != nil || len(left) != 0 {
		t.Errorf("%d are left, %v", len(left), err)
	}
}
