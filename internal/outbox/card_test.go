package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

type ctx = context.Context

// A refresh changes the card where it stands, and waits for a card that is not yet sent.
func TestARefreshEditsItsCard(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.write(card("c", 1), refresh("r1", "c", 1))
		pass(time.Second)
		if c := w.call(1); !c.Edit || c.Key != "c" {
			t.Errorf("the refresh was %+v", c)
		}
		w.wantState("r1", ledger.Sent)
	})
}

// A card that cannot be edited any more is sent anew, once: from then on that one is edited.
func TestACardSentAnewIsTheCard(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() {
			w.script = func(_ bot.Address, key string, edit bool) error {
				if edit && key == "c" {
					return refuse(bot.GiveUp)
				}
				return nil
			}
		})
		w.write(card("c", 1))
		pass(time.Second)
		w.write(refresh("r1", "c", 1))
		pass(15 * time.Millisecond) // it is on the wire anew, and nothing is written down yet when the next one goes
		w.write(refresh("r2", "c", 1))
		pass(time.Second)
		w.want("c", "r1", "r1") // the card, the card anew, its edit
		if c := w.call(3); !c.Edit || c.Key != "r1" {
			t.Errorf("the last call was %+v", c)
		}
	})
}

// Cards in a burst are told together; the first change of each makes its card.
func TestADigest(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Pace = outbox.Pace{GroupPerMinute: 20, GroupBurst: 1} }, func(w *world) {
		for i := range 10 {
			w.write(card(fmt.Sprint("c", i), i+1))
			pass(time.Millisecond)
		}
		pass(4 * time.Second)
		if got := w.sent(); len(got) != 2 || w.call(1).Text != "9 reports" {
			t.Fatalf("sent %v, %q", got, w.call(1).Text)
		}
		for i := range 10 {
			w.wantState(fmt.Sprint("c", i), ledger.Sent)
		}
		if got := fmt.Sprint(w.told); got != "[9 from c1 at true]" { // it is known where each of them stands
			t.Errorf("kept is %s", got)
		}
		w.write(refresh("r", "c5", 6))
		pass(4 * time.Second)
		if c := w.call(2); c.Edit || c.Key != "r" || c.Text != "report 6" {
			t.Errorf("the first change of a report told in a digest was %+v", c)
		}
	})
}

// A digest that cannot be made, or is refused, is taken apart: no report is lost with another.
func TestADigestIsTakenApart(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(w *world){
		"cannot be made": func(w *world) { w.digest = func(int) error { return fmt.Errorf("digest: %w", ledger.ErrUnknown) } },
		"is refused":     func(w *world) { w.digest = func(int) error { return refuse(bot.GiveUp) } },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in(t, func(o *outbox.Options) { o.Pace = outbox.Pace{GroupPerMinute: 600, GroupBurst: 1} }, func(w *world) {
				w.set(func() { change(w) })
				for i, id := range []int{1, 2, 404, 3, 4, 5} { // 404 was erased
					w.write(card(fmt.Sprint("c", i), id))
				}
				pass(5 * time.Second)
				w.want("c0", "c1", "c3", "c4", "c5")
				w.wantState("c2", ledger.Overtaken)
			})
		})
	}
}

// A letter that makes the program panic is one failed try, not the end of the program.
func TestAPanic(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.write(card("bad", 500), reply("a", citizen(1)))
		pass(time.Second)
		w.want("a")
		w.wantState("bad", ledger.Waiting)
	})
}

// A letter that answers a message sent a moment ago stands under it.
func TestAnAnswerStandsUnderItsMessage(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		under := toDesk("under")
		under.Answers = "c"
		lost := toDesk("alone")
		lost.Answers = "never written"
		w.write(card("c", 1), under, lost)
		pass(time.Second)
		var got *bot.MessageRef
		for i := range 3 {
			if c := w.call(i); c.Key == "under" {
				got = c.M.ReplyTo
			}
		}
		if got == nil || got.ID != "c" {
			t.Errorf("the answer stands under %v", got)
		}
		w.wantState("alone", ledger.Sent)
	})
}

// What the desk refuses goes without its files; a refused text is a failed letter.
func TestTheDeskRefusesFiles(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		l := toDesk("files")
		l.Message.Files = []bot.MediaRef{{Network: bot.Store, ID: "f"}}
		refusals := 0
		w.set(func() {
			w.script = func(_ bot.Address, key string, _ bool) error {
				if key == "files" && refusals == 0 || key == "text" {
					refusals++
					return &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("no")}
				}
				return nil
			}
		})
		w.write(l, toDesk("text"))
		pass(time.Second)
		w.want("files")
		if c := w.call(1); len(c.M.Files) != 0 || c.Text == "files" {
			t.Errorf("the second try was %+v", c.M)
		}
		w.wantState("text", ledger.Failed)
	})
}

// What is of use as a change alone is never sent as a message of its own: nobody reads "deleted" under a card that cannot be changed.
func TestNothingIsSentInPlaceOfAChange(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() {
			w.script = func(_ bot.Address, key string, edit bool) error {
				if edit && key == "c" {
					return refuse(bot.GiveUp)
				}
				return nil
			}
		})
		w.write(card("c", 1))
		pass(time.Second)
		only := refresh("r1", "c", 1)
		only.Purpose, only.Only, only.Message = ledger.ToDesk, true, bot.Message{Text: "dihapus"}
		w.write(only)
		pass(time.Second)
		w.want("c")
		w.wantState("r1", ledger.Overtaken)
	})
}

// What a disposition showed is taken out when it is over, in the group and in its receiver's own chat: also what was on the wire just
// then, though the database calls it replaced, and what is claimed, which the database does not replace.
func TestWhatIsOnTheWireIsTakenOut(t *testing.T) {
	t.Parallel()
	alone := reply("e1/disposed", citizen(1))
	alone.Purpose = ledger.ToDesk
	for name, shown := range map[string]ledger.Letter{"in the group": toDesk("e1/said"), "alone": alone, "alone and claimed": reply("e1/draft1/alone", citizen(1))} {
		for _, fold := range []string{"disposed:SRG-1", ""} {
			t.Run(name+" "+fold, func(t *testing.T) {
				t.Parallel()
				in(t, nil, func(w *world) {
					shown := shown
					shown.Purpose, shown.Report, shown.Fold = ledger.ToDesk, 7, fold
					over := shown
					over.Key, over.Edits, over.Only, over.Message = "over", shown.Key, true, bot.Message{Text: "sudah berakhir"}
					w.set(func() { w.took = time.Second })
					w.write(shown)
					pass(500 * time.Millisecond)
					w.write(over)
					pass(time.Minute)
					if n := len(w.calls); n != 2 || !w.call(1).Edit || w.call(1).Key != shown.Key || w.call(1).Text != "sudah berakhir" {
						t.Errorf("to the network went %+v", w.calls)
					}
				})
			})
		}
	}
}
