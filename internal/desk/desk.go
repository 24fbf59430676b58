package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// Reader is what the desk reads, and where it has the number from for a report that it makes of a talk.
type Reader interface {
	ledger.Reader
	ledger.Numbers
}

// Desk answers the operators' group. It reads and decides; the batches it gives are committed by the caller. It may be
// used at once from several goroutines.
type Desk struct {
	// Office decides; it is asked anew each time, for the desk may move.
	Office func() *casework.Office
	Reader Reader
	// Admin reports whether a person runs the group: such people are coordinators. nil: nobody is one by that.
	Admin func(ctx context.Context, group bot.Address, person string) (bool, error)
	// Answers reads what is typed in place of a button.
	Answers *answer.Lexicon
}

// Handle decides what an event of the desk brings about. The batch's Cause is the event's id; a batch without anything
// else says that the event asks for nothing. When Commit fails with ErrStale, Handle again; when it fails with ErrSent,
// call Late. The error is a failure to read, never a person's mistake.
func (d *Desk) Handle(ctx context.Context, ev bot.Event) (ledger.Batch, error) {
	return d.decide(ctx, ev, false)
}

// Late is Handle for an event whose batch failed with ErrSent: the letter it wanted back is on its way.
func (d *Desk) Late(ctx context.Context, ev bot.Event) (ledger.Batch, error) {
	return d.decide(ctx, ev, true)
}

func (d *Desk) decide(ctx context.Context, ev bot.Event, late bool) (ledger.Batch, error) {
	t := &turn{Desk: d, ctx: ctx, ev: ev, office: d.Office(), late: late,
		batch: ledger.Batch{Cause: string(ev.ID), At: ev.At}}
	if err := t.target(); err != nil {
		return ledger.Batch{}, err
	}
	if done, err := t.calls(); done || err != nil {
		return t.batch, err
	}
	cmd, err := Parse(t.office.Profile, d.Answers, ev, t.to)
	if err != nil {
		return ledger.Batch{}, err
	}
	if p, chosen := ev.Body.(bot.Pick); chosen {
		t.press = !p.Quiet
	}
	err = t.run(cmd)
	if no, ok := casework.AsRefusal(err); ok {
		t.refused(no, cmd)
		err = nil
	}
	if err != nil {
		return ledger.Batch{}, fmt.Errorf("desk: %s: %w", cmd.Verb, err)
	}
	t.answerPress()
	return t.batch, nil
}

// turn is one event on its way through the desk.
type turn struct {
	*Desk
	ctx    context.Context
	ev     bot.Event
	office *casework.Office
	late   bool
	press  bool // a button waits for a notice
	to     Target
	on     report.Report // what the command is about, once known
	batch  ledger.Batch
	notice string // what the press is answered with
	said   int
}

// target finds what the event replies to, or what the first photo of its album replied to.
func (t *turn) target() error {
	ref := t.ev.ReplyTo
	if p, pressed := t.ev.Body.(bot.Pick); pressed && strings.HasPrefix(p.Menu, unsureKind) {
		ref = &p.Message // its letter holds the words
	}
	if ref == nil {
		return t.albumTarget()
	}
	r, intent, err := t.Reader.ByRef(t.ctx, *ref)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return nil
	case err != nil:
		return fmt.Errorf("desk: find the card: %w", err)
	}
	t.to = Target{Known: true, Report: r, Intent: intent}
	return nil
}

func (t *turn) albumTarget() error {
	album := ""
	switch b := t.ev.Body.(type) {
	case bot.Photo:
		album = b.Album
	case bot.Document:
		album = b.Album
	}
	if album == "" {
		return nil
	}
	r, err := t.Reader.ByAlbum(t.ctx, t.person(), album)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return nil
	case err != nil:
		return fmt.Errorf("desk: find the album: %w", err)
	}
	t.to = Target{Known: true, Report: r, Intent: string(Reply)}
	return nil
}

func (t *turn) run(c Command) error {
	switch c.Verb {
	case Silent:
		return nil
	case Help:
		t.say(helpText)
	case Unknown:
		t.say(unknownText)
	case Stale:
		t.say(staleText)
	case Odd:
		t.say(oddText)
	case Edited:
		t.say(editedText)
	case Unsure:
		return t.unsure(c)
	case BadCode:
		t.say(fmt.Sprintf(noCodeText, c.Code))
	case Join:
		return t.join(c)
	case Accept, Refuse:
		return t.admit(c)
	case Tasks:
		return t.tasks(c)
	case Score:
		return t.score()
	case Take, Reply, Forward, Resolve, Reject, Ask, Note, NotOurs, Plan, Undo, Show:
		return t.about(c)
	default:
		return fmt.Errorf("unknown verb %q", c.Verb)
	}
	return nil
}

// about does what concerns one report.
func (t *turn) about(c Command) error {
	r, err := t.report(c)
	if err != nil {
		return err
	}
	t.on = r
	if c.Verb == Show {
		return t.show(r)
	}
	by, err := t.actor(r)
	if err != nil {
		return err
	}
	facts, err := t.Reader.Facts(t.ctx, r.ID)
	if err != nil {
		return fmt.Errorf("read the facts: %w", err)
	}
	return t.act(c, r, facts, by)
}

func (t *turn) report(c Command) (report.Report, error) {
	if c.Code == "" {
		if t.to.Report.ID != 0 {
			return t.to.Report, nil
		}
		return report.Report{}, t.no(casework.Choice, noReportText, c.Verb, t.office.Profile.Prefix)
	}
	r, err := t.Reader.ByCode(t.ctx, c.Code)
	if errors.Is(err, ledger.ErrUnknown) {
		return r, t.no(casework.Choice, noCodeText, c.Code)
	}
	if err != nil {
		return r, fmt.Errorf("find the report: %w", err)
	}
	return r, nil
}

// actor is who the sender is to a report: an operator of its office, a coordinator (enrolled as one or running the
// group), or an operator of another office. Everybody else is refused, with what to do.
func (t *turn) actor(r report.Report) (report.Actor, error) {
	a, op, err := t.me()
	if err != nil {
		return a, err
	}
	if a.Role == report.Coordinator || a.Role == report.Operator && a.Home != "" && a.Home == r.Agency {
		return a, nil
	}
	admin, err := t.admin()
	if err != nil {
		return a, err
	}
	switch {
	case admin:
		a.Role, a.Home = report.Coordinator, ""
		return a, nil
	case a.Role != "":
		return a, nil
	case op.ID != "" && op.Approved == "" && op.Ended.IsZero():
		return a, t.no(casework.NoRight, pendingText)
	case op.ID != "" && op.Approved != "":
		return a, t.no(casework.NoRight, endedText)
	}
	return a, t.no(casework.NoRight, strangerText)
}

// me is the sender as enrolled; Role is "" for who is not, or not yet, or no longer.
func (t *turn) me() (report.Actor, ledger.Operator, error) {
	a := report.Actor{ID: t.person(), Name: bot.Clean(t.ev.From.Name), Chat: t.ev.Chat}
	op, err := t.Reader.Operator(t.ctx, a.ID)
	if errors.Is(err, ledger.ErrUnknown) {
		return a, ledger.Operator{}, nil
	}
	if err != nil {
		return a, op, fmt.Errorf("read the operator: %w", err)
	}
	if op.Approved != "" && op.Ended.IsZero() {
		a.Role, a.Home = op.Role, op.Agency
	}
	return a, op, nil
}

// member is the sender as somebody who may at least look: enrolled, or running the group.
func (t *turn) member() (report.Actor, error) {
	a, _, err := t.me()
	if err != nil || a.Role != "" {
		return a, err
	}
	return t.actor(report.Report{})
}

func (t *turn) person() string { return string(t.ev.Chat.Network) + ":" + t.ev.From.ID }

// admin asks the network. A network that can not say makes nobody a coordinator, and the person is asked to try again.
func (t *turn) admin() (bool, error) {
	if t.Admin == nil || t.ev.From.ID == "" {
		return false, nil
	}
	ok, err := t.Admin(t.ctx, t.ev.Chat.Chat(), t.ev.From.ID)
	if err != nil {
		if t.ctx.Err() != nil {
			return false, fmt.Errorf("ask who runs the group: %w", err)
		}
		return false, t.no(casework.NoRight, uncheckText)
	}
	return ok, nil
}

func (t *turn) no(why casework.Why, format string, args ...any) error {
	return &casework.Refusal{Why: why, Words: fmt.Sprintf(format, args...)}
}
