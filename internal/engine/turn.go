package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// handling is one event of one conversation on its way through.
type handling struct {
	chat  bot.Address
	from  bot.Person
	cause string
	at    time.Time
	event *bot.Event // nil for a wake-up and a transcript

	// kin are all chats of who writes, that first in which he or she wrote last; nil: this one alone. away says that it was another.
	kin  []bot.Address
	away bool
	tied bool // by this turn
	// reminded is the chat of the same number that who begins to write is reminded of; zero: none.
	reminded bot.Address

	batch ledger.Batch
	said  int
	acts  int
	filed []report.Report // by this turn
	talks int
	talk  *ledger.Call    // as this turn has left it
	hid   []report.Report // by this turn
	press bool            // the press got its answer
	// vital says that the turn is of a danger, a harm, or of what an officer asked for: it passes whatever was set against the chat.
	vital bool
	// looked says that the report's number is looked up; else it is drawn, and may turn out to be another's.
	looked bool
	drawn  bool
	// tried says that the batch may be committed, whatever was heard of it.
	tried bool
	// repeated says that this is not the turn's first try here: only then may it have been handled before, as far as a look needs to know.
	repeated bool
	// opinion is the second opinion of this turn, nil where nobody gives any.
	opinion *opinion
	// sought is what this turn has found, in its order; kept is what it found when it was handled before, once that was recalled.
	sought, kept []flows.Sought
	recalled     bool
}

const (
	// feedbacks is how many answers to effects one event may bring about.
	feedbacks = 16
	// mineMost is how many own reports are listed.
	mineMost = 10
	// busyWait is how often a conversation that another instance holds is asked for again.
	busyWait = 20 * time.Millisecond
	// busyMost is a little longer than an instance that has died can hold one.
	busyMost = 6 * time.Second
)

// turn loads, steps, commits, saves.
func (e *Engine) turn(ctx context.Context, t handling, in flows.Input) error {
	if e.Adviser != nil {
		t.opinion = &opinion{}
	}
	return ledger.Again(ctx, func(was error) error {
		t.repeated, t.looked = was != nil, t.looked || errors.Is(was, ledger.ErrTaken)
		return e.once(ctx, t, in)
	})
}

func (e *Engine) once(ctx context.Context, t handling, in flows.Input) (err error) {
	if err := e.Step("before load"); err != nil {
		return err
	}
	sess, err := e.take(ctx, t)
	if err != nil {
		return err
	}
	if err := e.Step("after load"); err != nil {
		return err
	}
	saved := false
	defer func() {
		if !saved {
			e.giveBack(ctx, t, sess)
		}
	}()
	if sess.Seen(bot.EventID(t.cause)) {
		return nil
	}
	if to, moved := goneTo(sess.State); moved {
		return &elsewhere{to: to}
	}
	state, err := e.Machine.Read(sess.State)
	if err != nil {
		e.Log.Error("conversation unreadable, begun anew", "event", nameable(t.cause))
	}
	if err := e.kin(ctx, &t, &state, in); err != nil {
		return err
	}
	before := state
	state, left := e.carry(ctx, t, state)
	defer left.free(ctx)
	if state, err = e.answers(ctx, &t, state, in); err != nil {
		return err
	}
	state.Tied = state.Tied || t.tied
	if err := e.settle(ctx, &t); errors.Is(err, errGone) {
		t.tried = false // what it brought about is erased, and nothing is saved
		return nil
	} else if err != nil {
		return err
	}
	doc, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("write the conversation: %w", err)
	}
	if err := e.Sessions.Save(ctx, sess, doc, bot.EventID(t.cause)); err != nil {
		return err
	}
	saved = true
	left.save(ctx)
	e.trod(t, before, state)
	if t.event != nil && !t.press {
		if _, ok := t.event.Body.(bot.Pick); ok {
			e.Pressed(*t.event)
		}
	}
	return e.Step("after save")
}

// settle commits what a turn brings about.
func (e *Engine) settle(ctx context.Context, t *handling) error {
	e.home(t)
	if err := e.unname(ctx, t); err != nil {
		return err
	}
	if !t.reminded.Zero() {
		t.batch.Jobs = append(t.batch.Jobs, ledger.Tell{Chat: t.chat.Chat(), Word: string(flows.TieKnown), Other: t.reminded.Chat(), Cause: "known:" + t.cause})
	}
	if err := e.Step("before commit"); err != nil {
		return err
	}
	if err := e.commit(ctx, t); err != nil {
		return err
	}
	return e.Step("before save")
}

// tidyMost bounds what is put in order after an event, which is done also when the program is to end: nothing depends on it.
const tidyMost = time.Second

// free gives a conversation back that was not saved.
func (e *Engine) free(ctx context.Context, s Session) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyMost)
	defer cancel()
	_ = e.Sessions.Free(ctx, s) // it ends by itself as well
}

// load holds a chat for somebody who takes no turn in it (see hold).
func (e *Engine) load(ctx context.Context, chat, here bot.Address) (Session, error) {
	return e.hold(ctx, here, func() (Session, error) { return e.Sessions.Load(ctx, chat) })
}

// hold waits while another instance holds the chat, and not longer than one may hold it: then something is wrong with the
// chat, and the others must not wait for it. here is the chat whose place the caller has: it is free for others meanwhile.
func (e *Engine) hold(ctx context.Context, here bot.Address, load func() (Session, error)) (s Session, err error) {
	s, err = load()
	if !errors.Is(err, ErrBusy) {
		return s, err
	}
	Waiting(ctx, func() { // begins again only once the place is its own again
		e.placeOf(here).aside(here.ID, func() { s, err = holdFree(ctx, load) })
	})
	return s, err
}

// holdFree holds a conversation as soon as nobody else does.
func holdFree(ctx context.Context, load func() (Session, error)) (s Session, err error) {
	tick, limit := time.NewTicker(busyWait), time.NewTimer(busyMost)
	defer tick.Stop()
	defer limit.Stop()
	for err = ErrBusy; errors.Is(err, ErrBusy); {
		select {
		case <-ctx.Done():
			return s, ctx.Err()
		case <-limit.C:
			return s, err
		case <-tick.C:
			s, err = load()
		}
	}
	return s, err
}

// steps runs the machine until no effect asks for an answer any more.
func (e *Engine) steps(ctx context.Context, t *handling, state flows.State, in flows.Input) (flows.State, error) {
	t.batch, t.sought, t.recalled, t.filed = ledger.Batch{Cause: t.cause, At: t.at}, nil, false, nil
	inputs := []flows.Input{in}
	for n := 0; len(inputs) > 0; n++ {
		if n > feedbacks {
			return state, fmt.Errorf("the conversation does not come to rest after %d answers", feedbacks)
		}
		var effects []flows.Effect
		state, effects = e.Machine.Step(state, inputs[0])
		inputs = inputs[1:]
		for _, eff := range effects {
			answer, err := e.effect(ctx, t, eff)
			if err != nil {
				return state, err
			}
			if answer != nil {
				inputs = append(inputs, answer)
			}
		}
	}
	return state, nil
}

// effect adds what an effect does to the batch, and gives the answer the machine waits for.
func (e *Engine) effect(ctx context.Context, t *handling, eff flows.Effect) (flows.Input, error) {
	switch eff := eff.(type) {
	case flows.Say:
		t.say(eff, e.Now())
	case flows.Answer:
		t.answer(eff)
	case flows.Consult:
		return e.consult(ctx, t, eff), nil
	case flows.Seek:
		return e.seek(ctx, t, eff)
	case flows.Inquire:
		return e.inquire(ctx), nil
	case flows.File:
		return e.file(ctx, t, eff)
	case flows.Duty:
		_, ok, err := e.officer(ctx, t)
		return flows.OnDuty{Officer: ok}, err
	case flows.Look:
		return e.look(ctx, t, eff)
	case flows.Act:
		in, err := e.act(ctx, t, eff)
		if eff.Told {
			return nil, err
		}
		return in, err
	case flows.Nudge:
		t.batch.Changes = append(t.batch.Changes, ledger.Timed{Timer: ledger.Timer{
			Kind: ledger.WakeTimer, Subject: ledger.OfChat(t.chat), Rev: eff.Draft, At: t.at.Add(eff.After)}})
	case flows.NoAnswer:
	case flows.Transcribe:
		t.batch.Jobs = append(t.batch.Jobs, ledger.Transcribe{Chat: t.chat, Draft: eff.Draft, Media: eff.Media})
	case flows.Call:
		return e.call(ctx, t, eff)
	case flows.Plead:
		return e.plead(ctx, t, eff)
	case flows.Tie:
		return e.tie(ctx, t, eff)
	default:
		return nil, fmt.Errorf("unknown effect %T", eff)
	}
	return nil, nil
}

// talk is the fold of answers that a newer one takes the place of while they wait: those held for a burst, and open questions.
const talk = "talk"

// say writes an answer. One that is held waits from now on: messages that were sent while this program was away come all at
// once, and are a burst as well. What tells something of its own only gives way to the very same.
func (t *handling) say(s flows.Say, now time.Time) {
	t.vital = t.vital || s.Now
	l := ledger.Letter{
		Key: t.cause + "/r" + strconv.Itoa(t.said), To: t.chat, Purpose: ledger.Reply, Message: s.Message,
		Report: s.Report, Over: talk,
	}
	if s.Now { // the number to call waits for nothing
		l.Purpose = ledger.Alarm
	}
	switch {
	case s.Hold > 0:
		if now.Before(t.at) {
			now = t.at
		}
		l.Hold, l.Fold = now.Add(s.Hold), talk
	case s.Passes:
		l.Fold, l.Rest = talk, s.Rest
	case s.Report == 0 && !s.Now:
		l.Fold = same(s.Message)
	}
	t.said++
	t.batch.Letters = append(t.batch.Letters, l)
}

// same is the fold of answers that say the very same.
func same(m bot.Message) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(m.Text))
	if m.Menu != nil {
		_, _ = h.Write([]byte("\x00" + m.Menu.ID))
	}
	return "same:" + strconv.FormatUint(h.Sum64(), 36)
}

func (t *handling) answer(a flows.Answer) {
	if t.event == nil || a.Text == "" {
		return
	}
	t.press = true
	t.batch.Letters = append(t.batch.Letters, ledger.Letter{
		Key: t.cause + "/press", To: t.chat, Purpose: ledger.ToPress, Press: t.event.ID, Message: bot.Message{Text: a.Text},
	})
}

func (e *Engine) look(ctx context.Context, t *handling, l flows.Look) (flows.Input, error) {
	if l.Code == "" && l.Ref == nil {
		mine, err := e.mine(ctx, t, mineMost)
		if err != nil {
			return nil, err
		}
		followed, err := e.followedBy(ctx, t, mine)
		return flows.Found{Mine: mine, Followed: followed}, err
	}
	var r report.Report
	var err error
	if l.Ref != nil {
		r, _, err = e.Cases.Reports.ByRef(ctx, *l.Ref)
	} else {
		r, err = e.Cases.Reports.ByCode(ctx, l.Code)
	}
	out := flows.Found{Asked: l.Code}
	if errors.Is(err, ledger.ErrUnknown) {
		if e.Gap.May(e.Office().Profile.Prefix, l.Code) {
			out.Lost = &e.Gap
			t.missed(e.Office().Lost(l.Code, e.Gap, t.cause))
		}
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	switch {
	case owns(t.as(r), r):
		facts, err := e.Cases.Reports.Facts(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		out.Full = &flows.Story{Report: r, Facts: facts}
	case e.follows(t.as(r), r):
		o := outlined(r)
		out.Followed = []report.Report{o}
		if l.Ref == nil {
			if o, ok := report.Public(r, e.Office().Profile.Sensitive); ok {
				out.Short = &o
			}
		}
	case l.Ref == nil:
		if o, ok := report.Public(r, e.Office().Profile.Sensitive); ok {
			out.Short, out.Follow = &o, e.Office().Offers(r)
		}
	}
	return out, nil
}

// missed tells the coordinator of a report that is gone, once a turn.
func (t *handling) missed(l ledger.Letter) {
	if !slices.ContainsFunc(t.batch.Letters, func(other ledger.Letter) bool { return other.Key == l.Key }) {
		t.batch.Letters = append(t.batch.Letters, l)
	}
}

// owns reports whether a chat is the reporter's.
func owns(chat bot.Address, r report.Report) bool {
	return !r.Reporter.Chat().Zero() && r.Reporter.Chat() == chat.Chat()
}
