package desk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
)

// A program has one desk for all rooms and all officers. What it keeps for the next who asks (titles, read words) is reached from all
// sides here, before the race detector (see the Makefile): each gets the answer that he or she gets alone.
func TestTogether(t *testing.T) {
	t.Parallel()
	s, r := given(t, bot.Telegram)
	desk.Watch(s.desk, func(desk.Verb, string) {})
	ctx := context.Background()
	answers := func(n int) string {
		var got string
		for i, words := range []string{"/tugas", "status " + string(r.Code), string(r.Code) + " regu kami di lokasi", "halo", "/disposisi", "/bantuan"} {
			for _, who := range []string{"Ani", "Budi", "Rina", "Tono"} {
				chat, group := bot.Address{Network: bot.Telegram, ID: who}, (i+len(who))%2 == 0
				if group {
					chat = s.office.Desk
				}
				id := fmt.Sprintf("tg:%d", 1000+i)
				ev := bot.Event{ID: bot.EventID(id), Chat: chat, Group: group, From: bot.Person{ID: who, Name: who}, At: s.now,
					Ref: bot.MessageRef{Chat: chat, ID: id}, Body: bot.Text{Text: words}}
				mine, err := s.desk.Private(ctx, ev)
				if err != nil {
					t.Errorf("%d: %v", n, err)
				}
				if !mine && !group {
					continue
				}
				b, err := s.desk.Handle(ctx, ev)
				if err != nil {
					t.Errorf("%d: %v", n, err)
				}
				doc, err := json.Marshal(b)
				if err != nil {
					t.Errorf("%d: %v", n, err)
				}
				got += fmt.Sprintf("%s, %q: %s\n", who, words, doc)
			}
		}
		return got
	}
	want := answers(0)
	if len(want) < 1000 {
		t.Fatalf("they are answered little: %s", want)
	}
	var wg sync.WaitGroup
	for n := range 6 {
		wg.Go(func() {
			if got := answers(n + 1); got != want {
				t.Errorf("beside others the answers are\n%s\nnot\n%s", got, want)
			}
		})
	}
	wg.Wait()
}
