package outbox_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// plan is what happens in one run, drawn before it begins.
type plan struct {
	steps    []step
	outcomes []error // of the calls to the network, one after the other; then all is well
	paced    bool
}

type step struct {
	what  string
	chat  int
	pause time.Duration
}

func drawPlan(t *rapid.T) plan {
	p := plan{paced: rapid.Bool().Draw(t, "paced")}
	what := rapid.SampledFrom([]string{
		"reply", "reply", "reply", "held", "over", "screen", "screen", "beside", "notice", "unsend", "card", "card", "refresh", "desk", "photos", "file",
		"away", "back", "leave", "lead",
	})
	for i := range rapid.IntRange(1, 40).Draw(t, "steps") {
		p.steps = append(p.steps, step{
			what: what.Draw(t, fmt.Sprint("what", i)), chat: rapid.IntRange(1, 3).Draw(t, "chat"),
			pause: time.Duration(rapid.SampledFrom([]int{0, 0, 0, 7, 30, 300, 2000}).Draw(t, "pause")) * time.Millisecond,
		})
	}
	outcome := rapid.SampledFrom([]error{
		nil, nil, nil, errors.New("502"), &bot.SendError{Remedy: bot.Retry, Slow: true, After: time.Second, Err: errors.New("429")},
		refuse(bot.Gone), refuse(bot.GiveUp), &bot.SendError{Remedy: bot.Move, To: deskChat, Err: errors.New("topic gone")},
	})
	for i := range rapid.IntRange(0, 30).Draw(t, "outcomes") {
		p.outcomes = append(p.outcomes, outcome.Draw(t, fmt.Sprint("outcome", i)))
	}
	return p
}

// Whatever happens, every letter ends once: sent, failed, replaced or withdrawn; a chat has one letter on the wire at a
// time, and those that nothing holds arrive in the order in which they were written.
func TestEveryLetterEndsOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		p := drawPlan(rt)
		var faults []string
		synctest.Test(t, func(t *testing.T) { faults = play(t, p) })
		for _, f := range faults {
			rt.Error(f)
		}
	})
}

func play(t *testing.T, p plan) (faults []string) {
	t.Helper()
	w := newWorld(t, func(o *outbox.Options) {
		if p.paced {
			o.Pace = outbox.Pace{PerSecond: 20, Burst: 3, ChatPerSecond: 2, ChatBurst: 2, GroupPerMinute: 60, GroupBurst: 1}
		}
	})
	outcomes := slices.Clone(p.outcomes)
	w.script = func(to bot.Address, _ string, _ bool) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		if len(outcomes) == 0 {
			return nil
		}
		err := outcomes[0]
		outcomes = outcomes[1:]
		if se := bot.AsSendError(err); err != nil && se.Remedy == bot.Move && to.Chat() != deskChat {
			return nil
		}
		return err
	}
	w.lead()
	leading := true
	for i, s := range p.steps {
		leading = w.do(i, s, leading)
		pass(s.pause)
	}
	w.set(func() {
		w.away = false
		for _, r := range w.rows {
			w.files[r.Letter.Key] = ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "kept"}}
		}
	})
	if !leading {
		w.lead()
	}
	pass(15 * time.Minute)
	w.leave()
	return w.faults()
}

// do carries one step out and tells whether the sender leads after it.
func (w *world) do(i int, s step, leading bool) bool {
	key := fmt.Sprintf("%s%d", s.what, i)
	l := reply(key, citizen(s.chat))
	switch s.what {
	case "reply":
	case "held":
		l.Fold, l.Over, l.Hold = "talk", "talk", time.Now().Add(1500*time.Millisecond)
	case "over":
		l.Over = "talk"
	case "screen":
		l.Fold, l.Over = "talk", "talk"
	case "beside": // a question with words beside it that matter
		l.Fold, l.Over, l.Rest = "talk", "talk", "kept "+key
	case "notice":
		l.Purpose, l.Report, l.Hold = ledger.Notice, 1, time.Now().Add(time.Second)
	case "photos":
		l.Message.Photos = []bot.MediaRef{{Network: bot.Telegram, ID: key}}
	case "desk":
		l = toDesk(key)
	case "card":
		l = card(key, i+1000)
	case "refresh":
		of := w.newest(ledger.Card)
		if of == "" {
			return leading
		}
		l = refresh(key, of, 1)
	default:
		return w.happen(s.what, leading)
	}
	w.write(l)
	return leading
}

func (w *world) happen(what string, leading bool) bool {
	switch what {
	case "unsend":
		w.set(func() {
			for _, r := range w.rows {
				if r.state == ledger.Waiting && r.Letter.Purpose == ledger.Notice {
					r.state = ledger.Taken
				}
			}
		})
	case "file":
		w.set(func() {
			for _, r := range w.rows {
				w.files[r.Letter.Key] = ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "kept"}}
			}
		})
		w.sender.Look()
	case "away", "back":
		w.set(func() { w.away = what == "away" })
	case "leave":
		if leading {
			w.leave()
		}
		return false
	case "lead":
		if !leading {
			w.lead()
		}
		return true
	}
	return leading
}

func (w *world) newest(p ledger.Purpose) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range slices.Backward(w.rows) {
		if r.Letter.Purpose == p {
			return r.Letter.Key
		}
	}
	return ""
}

// faults is what went wrong in a run.
func (w *world) faults() (out []string) {
	bad := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if w.twice > 0 {
		bad("two letters were on the wire to one chat at once")
	}
	arrived := map[string]int{}
	last := map[bot.Address]int64{}
	ids := map[string]*row{}
	for _, r := range w.rows {
		ids[r.Letter.Key] = r
	}
	for _, c := range w.calls {
		r := ids[c.Key]
		if c.Err != nil || c.Edit || r == nil {
			continue
		}
		arrived[c.Key]++
		plain := r.Letter.Hold.IsZero() && len(r.Letter.Message.Photos) == 0 && (r.Letter.Purpose == ledger.Reply || r.Letter.Purpose == ledger.ToDesk)
		if to := r.Letter.To; plain {
			if last[to] > r.ID {
				bad("%s arrived after a letter that was written later", c.Key)
			}
			last[to] = r.ID
		}
	}
	for _, r := range w.rows {
		n := arrived[r.Letter.Key]
		switch {
		case n > 1:
			bad("%s arrived %d times", r.Letter.Key, n)
		case r.marked > 1:
			bad("the end of %s was written %d times", r.Letter.Key, r.marked)
		case r.state == ledger.Waiting || r.state == claimed:
			bad("%s is still %s", r.Letter.Key, r.state)
		case r.state == ledger.Overtaken && r.Letter.Rest != "":
			bad("%s was replaced, and with it words of its own", r.Letter.Key)
		case r.state != ledger.Sent && n > 0:
			bad("%s arrived and is %s", r.Letter.Key, r.state)
		case r.state == ledger.Sent && n == 0 && r.Letter.Purpose != ledger.Card && r.Letter.Purpose != ledger.Refresh:
			bad("%s is sent and never arrived", r.Letter.Key)
		}
	}
	return out
}
