package e2e

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sim/botapi"
)

// wait gives the newest message of the bot in a chat, after another, that fits; it may come as an edit.
func (w *world) wait(t testing.TB, chat int64, past int, what string, fits func(botapi.Seen) bool) botapi.Seen {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	var found botapi.Seen
	_, err := w.api.WaitFor(ctx, chat, func(all []botapi.Seen) bool {
		for _, m := range slices.Backward(all) {
			if m.FromBot && m.MessageID > past && fits(m) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		t.Fatalf("%s did not come: %v\nletters that wait: %s\n%s\n%s", what, err, w.stuck(context.Background()), w.transcript(chat), w.tail())
	}
	return found
}

// transcript is the end of a chat, for a failed test: its people are made up.
func (w *world) transcript(chat int64) string {
	var b strings.Builder
	all := w.api.History(chat)
	for _, m := range all[max(0, len(all)-12):] {
		head := []rune(m.Text + m.Caption)
		fmt.Fprintf(&b, "%d (topic %d, by the bot: %v) %q %q\n", m.MessageID, m.ThreadID, m.FromBot, string(head[:min(len(head), 90)]), labels(m))
	}
	return b.String()
}

// said fits messages with these parts in their text or caption.
func said(parts ...string) func(botapi.Seen) bool {
	return func(m botapi.Seen) bool {
		for _, p := range parts {
			if !strings.Contains(m.Text+m.Caption, p) {
				return false
			}
		}
		return true
	}
}

// cardOf fits the card of a report: it names it and can be acted on.
func cardOf(code string) func(botapi.Seen) bool {
	return func(m botapi.Seen) bool { return strings.Contains(m.Text, code) && button(m, "Balas") != "" }
}

// card waits for a report's card.
func (w *world) card(t testing.TB, code string) botapi.Seen {
	t.Helper()
	return w.wait(t, w.desk.ID(), 0, "the card of "+code, cardOf(code))
}

// presses presses a button by its words and gives what the bot answers the press with.
func (w *world) presses(t testing.TB, seat botapi.Seat, m botapi.Seen, words string) string {
	t.Helper()
	from := w.api.Seq()
	label := button(m, words)
	if label == "" {
		t.Fatalf("message %d has no button %q but %q", m.MessageID, words, labels(m))
	}
	id, err := seat.Press(m.MessageID, label)
	if err != nil {
		t.Fatal(err)
	}
	return w.answered(t, seat.Chat(), from, id)
}

// answered waits for the answer to a press.
func (w *world) answered(t testing.TB, chat, from int64, id string) string {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	for {
		events, err := w.api.Events(ctx, chat, from, 50)
		if err != nil {
			t.Fatalf("a press is not answered: %v\n%s", err, w.tail())
		}
		for _, e := range events {
			from = e.Seq
			if e.Kind == botapi.Answered && e.CallbackID == id {
				return e.Text
			}
		}
	}
}

// operator lets a person join the desk as an operator of an office.
func (w *world) operator(t testing.TB, office string) *botapi.Person {
	t.Helper()
	p := w.person("Petugas")
	w.desk.Add(p)
	sent, err := p.In(w.desk.ID()).Text("/daftar " + office)
	if err != nil {
		t.Fatal(err)
	}
	ask := w.wait(t, w.desk.ID(), sent.MessageID, "the request to join", func(m botapi.Seen) bool {
		return button(m, "Terima") != "" && strings.Contains(m.Text, fmt.Sprintf("Petugas-%d", p.ID()))
	})
	w.presses(t, w.head.In(w.desk.ID()), ask, "Terima")
	eventually(t, "an operator to be let in", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM operators WHERE id = $1 AND approved`, address(p.ID())) == 1
	})
	after(1100 * time.Millisecond) // the program believes for a second what it knew of who serves which office
	return p
}

// filed lets somebody report and gives the number.
func (w *world) filed(t testing.TB, told tale) (*citizen, string) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	c := w.citizen("Warga")
	code, err := c.report(ctx, told)
	if err != nil {
		t.Fatalf("%v\n%s", err, w.tail())
	}
	return c, code
}

// opensFromList opens two reports of a message that tells of several: one by its button, one by its number.
func (w *world) opensFromList(t testing.TB) {
	t.Helper()
	list := w.wait(t, w.desk.ID(), 0, "a message for several reports", func(m botapi.Seen) bool { return m.FromBot && strings.Contains(m.Text, "laporan baru") })
	seat := w.head.In(w.desk.ID())
	var offered []string
	for _, label := range labels(list) {
		offered = append(offered, strings.TrimPrefix(label, "📄 "))
	}
	if len(offered) < 4 {
		t.Fatalf("it offers %v", offered)
	}
	past := w.lastIn(w.desk.ID())
	w.presses(t, seat, list, offered[0])
	w.wait(t, w.desk.ID(), past, "the card of the first", cardOf(offered[0]))
	if _, err := seat.Reply(list.MessageID, "2"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), past, "the card of the second", cardOf(offered[1]))
}

// lastIn is the number of the newest message of a chat.
func (w *world) lastIn(chat int64) int {
	all := w.api.History(chat)
	return all[len(all)-1].MessageID
}
