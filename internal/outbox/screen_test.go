package outbox_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// screen is an open question that waits for nothing; beside are words next to it that matter of themselves.
func screen(key, beside string) ledger.Letter {
	l := reply(key, citizen(1))
	l.Fold, l.Over, l.Rest = "talk", "talk", beside
	l.Message = bot.Message{Text: key, Menu: &bot.Menu{ID: "s1", Choices: []bot.Choice{{ID: "send", Label: "Kirim"}}}}
	return l
}

// While a chat has to wait its turn, an open question makes way for the next one; what stood beside it is said all the
// same, and what tells something of its own (a receipt, a piece of help) is never left out.
func TestAScreenThatWasOvertakenIsNotSent(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Pace = outbox.Pace{ChatPerSecond: 0.5, ChatBurst: 1} }, func(w *world) {
		receipt := reply("nomor", citizen(1))
		receipt.Over, receipt.Report = "talk", 7
		help := func(key string) ledger.Letter {
			l := reply(key, citizen(1))
			l.Fold, l.Over = "same:bantuan", "talk"
			return l
		}
		w.write(screen("1", "")) // goes at once
		pass(100 * time.Millisecond)
		w.write(screen("2", ""))
		w.write(help("bantuan"))
		w.write(screen("3", "Pin itu di luar kota."))
		w.write(receipt)
		w.write(help("bantuan lagi"))
		w.write(screen("4", ""))
		w.write(screen("5", ""))
		pass(time.Minute)
		w.want("1", "3", "nomor", "bantuan lagi", "5")
		for _, key := range []string{"2", "4", "bantuan"} {
			w.wantState(key, ledger.Overtaken)
		}
		if c := w.call(1); c.Text != "Pin itu di luar kota." || c.M.Menu != nil {
			t.Errorf("what was left of the third question is %q with the menu %+v", c.Text, c.M.Menu)
		}
	})
}

// A sender that begins anew reads the letters as they were written, and leaves out the same ones.
func TestWhatIsOvertakenStaysSoForTheNextSender(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		fails := true
		w.set(func() {
			w.script = func(bot.Address, string, bool) error {
				if fails {
					return errors.New("502")
				}
				return nil
			}
		})
		w.write(screen("1", "Pin itu di luar kota."))
		pass(time.Second)
		w.write(screen("2", ""))
		w.write(screen("3", ""))
		w.leave()
		w.set(func() { fails = false })
		w.lead()
		pass(time.Minute)
		w.want("1", "3")
		if c := w.call(len(w.calls) - 2); c.Text != "Pin itu di luar kota." {
			t.Errorf("the next sender sent %q", c.Text)
		}
	})
}

// Who writes on while the network is busy keeps the place in the line: else the hurried would wait for ever.
func TestWhoWritesOnKeepsThePlaceInTheLine(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Pace = outbox.Pace{PerSecond: 1, Burst: 1} }, func(w *world) {
		for n := 2; n < 40; n++ {
			w.write(reply(fmt.Sprint("lain", n), citizen(n)))
			pass(time.Millisecond)
			if n == 5 {
				w.write(screen("0", ""))
			}
		}
		for i := range 12 {
			pass(time.Second)
			w.write(screen(fmt.Sprint(i+1), ""))
		}
		n := 0
		for _, key := range w.sent() {
			if len(key) < 4 {
				n++
			}
		}
		if n != 1 {
			t.Errorf("the hurried one got %d answers in 12 s, with four people before", n)
		}
	})
}
