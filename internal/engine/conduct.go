package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// barredAgain is how long somebody who is blocked waits for the sentence about it to be said again.
const barredAgain = time.Hour

// conductsFor is how long it is believed whose messages are restrained. What another instance decided holds here after that.
const conductsFor = 2 * time.Second

// conducts answers whether something was set against a chat, without asking the database at every message: they are few.
type conducts struct {
	reader ledger.ConductReader
	now    func() time.Time

	mu    sync.Mutex
	at    time.Time
	known map[bot.Address]ledger.Conduct
}

func (c *conducts) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known = nil
}

// of is the conduct that holds for a chat at a time; ok is false where there is none.
func (c *conducts) of(ctx context.Context, chat bot.Address, at time.Time) (ledger.Conduct, bool, error) {
	if c.reader == nil {
		return ledger.Conduct{}, false, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if c.known == nil || now.Sub(c.at) >= conductsFor || now.Before(c.at) {
		list, err := c.reader.Restrained(ctx, now)
		if err != nil {
			return ledger.Conduct{}, false, err
		}
		c.known, c.at = make(map[bot.Address]ledger.Conduct, len(list)), now
		for _, one := range list {
			c.known[one.Chat.Chat()] = one
		}
	}
	found, ok := c.known[chat.Chat()]
	return found, ok && found.Holds(at) != report.NoMeasure, nil
}

// answers takes the turn of a chat. Where the coordinator has set something against it, an appeal is heard, and of who is blocked only
// what must never be held back is taken.
func (e *Engine) answers(ctx context.Context, t *handling, state flows.State, in flows.Input) (flows.State, error) {
	c, restrained, err := e.conductOf(ctx, t)
	if err != nil {
		return state, err
	}
	if !restrained {
		return e.steps(ctx, t, state, in)
	}
	words, appeals := appealIn(t.event)
	if state.Appealing && !appeals && t.event != nil {
		words = strings.TrimSpace(bot.Words(t.event.Body))
		appeals = words != ""
	}
	if c.Measure != report.Blocked && !appeals {
		return e.steps(ctx, t, state, in)
	}
	trial := *t
	next, err := e.steps(ctx, &trial, state, in)
	if err != nil {
		return state, err
	}
	switch {
	case trial.vital:
		*t = trial
		return next, nil
	case appeals:
		return e.appeal(ctx, t, state, c, words)
	}
	t.batch = ledger.Batch{Cause: t.cause, At: t.at, Memo: trial.batch.Memo}
	for _, j := range trial.batch.Jobs { // a danger may be said in a voice note: it is heard before it is known
		if _, voice := j.(ledger.Transcribe); voice {
			t.batch.Jobs = append(t.batch.Jobs, j)
			state = next
		}
	}
	return e.barred(t, state, c), nil
}

// barred says why nothing is taken, at most once in a while.
func (e *Engine) barred(t *handling, state flows.State, c ledger.Conduct) flows.State {
	if t.event == nil {
		return state
	}
	v := say.For(e.Office().Profile, state.Lang)
	if _, pressed := t.event.Body.(bot.Pick); pressed {
		t.answer(flows.Answer{Text: v.BarredPress(c.Until)})
	}
	if !state.Barred.IsZero() && t.at.Sub(state.Barred) < barredAgain && !state.Barred.Before(c.At) {
		return state
	}
	words := v.Barred(c.Code, say.Clip(c.Why, 600), c.Until)
	if !c.Appealed.IsZero() {
		words = v.AppealedBefore(c.Until)
	}
	state.Barred = t.at
	t.say(flows.Say{Message: bot.Message{Text: words}}, e.Now())
	return state
}

// appeal brings what somebody writes against a measure to the coordinator, once for each measure.
func (e *Engine) appeal(ctx context.Context, t *handling, state flows.State, c ledger.Conduct, words string) (flows.State, error) {
	v := say.For(e.Office().Profile, state.Lang)
	now, err := e.Cases.Conducts.Conduct(ctx, c.Chat) // as it stands, not as it was a moment ago
	if err != nil {
		return state, err
	}
	t.batch = ledger.Batch{Cause: t.cause, At: t.at}
	state.Appealing = false
	over := now.Holds(e.Now()) == report.NoMeasure
	switch {
	case over || !now.Appealed.IsZero() && now.Measure != report.Blocked && words != "": // a report may begin with such a word as well
		e.conducts.forget()
		return e.steps(ctx, t, state, flows.Said{Event: *t.event})
	case !now.Appealed.IsZero() && now.Measure == report.Blocked:
		return e.barred(t, state, now), nil
	case !now.Appealed.IsZero():
		t.say(flows.Say{Message: bot.Message{Text: v.AppealedBefore(now.Until)}}, e.Now())
		return state, nil
	case words == "":
		state.Appealing = true
		t.say(flows.Say{Message: bot.Message{Text: v.AskAppeal()}}, e.Now())
		return state, nil
	}
	r, err := e.Cases.Reports.ByID(ctx, now.Report)
	if err != nil && !errors.Is(err, ledger.ErrUnknown) {
		return state, fmt.Errorf("read what an appeal is about: %w", err)
	}
	by := report.Actor{Role: report.Citizen, ID: string(t.chat.Network) + ":" + t.from.ID, Chat: t.chat}
	t.batch.Add(e.Office().Appeal(r, now, by, words, casework.Occasion{Cause: t.cause, At: t.at}))
	t.say(flows.Say{Message: bot.Message{Text: v.Appealed()}, Report: now.Report}, e.Now())
	e.conducts.forget()
	return state, nil
}

// appealIn reads an appeal: a word for it first, then what is appealed. Longer beginnings stand first.
func appealIn(ev *bot.Event) (words string, ok bool) {
	if ev == nil {
		return "", false
	}
	if _, text := ev.Body.(bot.Text); !text || ev.Edited {
		return "", false
	}
	said := strings.Fields(bot.Clean(bot.Words(ev.Body)))
	folded := make([]string, len(said))
	for i, w := range said {
		folded[i] = bot.Fold(w)
	}
	for _, lead := range []string{"saya mengajukan", "saya ajukan", "saya mau ajukan", "saya mau", "saya ingin", "sy mau", "mau ajukan", "mau mengajukan", "mau", "mengajukan", "ajukan", "saya", "sy", "i want to", "i", "my", ""} {
		n := len(strings.Fields(lead))
		if n >= len(folded) || strings.Join(folded[:n], " ") != lead {
			continue
		}
		if slices.Contains([]string{"keberatan", "banding", "appeal", "object", "objection", "keberatannya"}, folded[n]) {
			rest := strings.TrimLeft(strings.Join(said[n+1:], " "), " ,.:;-–—!")
			return rest, true
		}
	}
	return "", false
}

// asked reports whether the last thing between an office and the citizen is a question of the office.
func asked(facts []report.Fact) bool {
	for _, f := range slices.Backward(facts) {
		switch f.What {
		case report.WasAsked:
			return true
		case report.WasAdded, report.WasAnswered, report.WasResolved, report.WasRejected, report.WasPlanned:
			return false
		}
	}
	return false
}
