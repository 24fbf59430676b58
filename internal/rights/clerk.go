// Package rights carries out what people ask for who use their right to what is kept about them, and removes what was kept for long
// enough. What is decided is casework's; what lies beside the database is reached from here: conversations, files, what networks keep.
// Every step may be taken again: a program that dies in between goes on with the next look at the timer.
package rights

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Store is what the clerk reads and writes in the database.
type Store interface {
	Books
	People
	Sweeper
	Files
	Keeping
}

// People are who looked at a report, and whose chats are whose.
type People interface {
	Lookers
	Tying
}

// Books are the pleas, and the reports they are about.
type Books interface {
	ledger.Committer
	ledger.Pleas
	Case(ctx context.Context, id report.ID) (ledger.Case, error)
	TimerOver(ctx context.Context, t ledger.Timer) error
	// ErasureKey is the key of what stands in place of what was erased.
	ErasureKey() []byte
}

// Tying knows which chats are one person's.
type Tying interface {
	Ties(ctx context.Context, chat bot.Address) ([]bot.Address, error)
}

// Lookers tell who looked at a report.
type Lookers interface {
	ledger.LookReader
	// Operator is a person of the desk; ErrUnknown for who has never been one.
	Operator(ctx context.Context, id string) (ledger.Operator, error)
}

// Sweeper removes what no index finds. What it does may be done again.
type Sweeper interface {
	Posts(ctx context.Context, w ledger.Sweep) ([]ledger.Post, error)
	Newest(ctx context.Context) (id int64, err error)
	SweepLetters(ctx context.Context, w ledger.Sweep, from, upTo int64) (int64, error)
	DropCauses(ctx context.Context, chats []bot.Address) error
	DropMoves(ctx context.Context, chats []bot.Address) error
}

// Files finds files of the media store that nothing needs any more.
type Files interface {
	Orphans(ctx context.Context, w ledger.Sweep, sources []bot.MediaRef) ([]ledger.Orphan, error)
	// Needed reports whether something else names the same file.
	Needed(ctx context.Context, o ledger.Orphan) (bool, error)
	DropMedia(ctx context.Context, o ledger.Orphan) error
}

// Keeping finds what was kept for long enough.
type Keeping interface {
	Aged(ctx context.Context, over time.Time, limit int) ([]report.ID, error)
	AgedCalls(ctx context.Context, over time.Time, limit int) ([]ledger.Call, error)
	Old(ctx context.Context, t ledger.Terms) (more bool, err error)
	Expire(ctx context.Context, t ledger.Terms) error
	ErasedSince(ctx context.Context, since time.Time, limit int) ([]report.ID, error)
}

// Blobs is the media store.
type Blobs interface {
	Put(ctx context.Context, key, mime string, data []byte) error
	// Remove removes a file; one that is not there is no error.
	Remove(ctx context.Context, key string) error
}

// Options builds a Clerk.
type Options struct {
	Store  Store
	Office func() *casework.Office
	Blobs  Blobs
	// Forget ends the conversation with a chat, whatever is in it.
	Forget func(ctx context.Context, chat bot.Address) error
	// Drop takes back jobs that name a chat.
	Drop func(ctx context.Context, chats []bot.Address) error
	// Unknow lets a chat's network forget the person, as far as it keeps anything of its own; nil: no network does.
	Unknow func(ctx context.Context, chat bot.Address) error
	// Drafts are the reports in the making in a chat, for an export; nil: none are told.
	Drafts func(ctx context.Context, chat bot.Address) ([]report.Draft, error)
	Now    func() time.Time
	Log    *slog.Logger
	// Budget is how long one step may take before it is put off to the next look; 0: 10 s.
	Budget time.Duration
}

// Clerk carries out pleas and keeping times. It may be used at once from several goroutines, and by several programs.
type Clerk struct{ Options }

// New makes a Clerk.
func New(o Options) *Clerk {
	if o.Budget == 0 {
		o.Budget = 10 * time.Second
	}
	if o.Unknow == nil {
		o.Unknow = func(context.Context, bot.Address) error { return nil }
	}
	return &Clerk{o}
}

// Begin sets the timer of what the whole house keeps, where there is none.
func (c *Clerk) Begin(ctx context.Context) error {
	err := c.Store.Commit(ctx, ledger.Batch{Cause: "keep:begin", At: c.Now(), Changes: []ledger.Change{ledger.Timed{Timer: c.next(c.Now())}}})
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		return fmt.Errorf("set the timer of keeping: %w", err)
	}
	return nil
}

// Timer goes on with what a timer is for. ok is false where it is none of the clerk's.
func (c *Clerk) Timer(ctx context.Context, t ledger.Timer) (ok bool, err error) {
	if t.Subject.House() {
		return true, c.keep(ctx, t)
	}
	id, ok := t.Subject.Plea()
	if !ok {
		return false, nil
	}
	p, err := c.Store.Plea(ctx, id)
	if errors.Is(err, ledger.ErrUnknown) || err == nil && !p.Open() {
		return true, c.Store.TimerOver(ctx, t)
	}
	if err != nil {
		return true, err
	}
	if t.Kind == ledger.PleaReminder {
		return true, c.remind(ctx, t)
	}
	return true, c.goOn(ctx, t, p)
}

// goOn takes the next steps of a plea, as many as there is time for.
func (c *Clerk) goOn(ctx context.Context, t ledger.Timer, p ledger.Plea) error {
	switch {
	case p.Act == ledger.ExportPlea:
		return c.endExport(ctx, t, p)
	case p.Stage == ledger.PleaAsked || p.Stage == ledger.PleaTold && len(p.Left) > 0:
		return c.erase(ctx, t)
	case p.Stage == ledger.PleaBegun:
		return c.sweep(ctx, t, p)
	}
	return c.end(ctx, t, p)
}

// occasion is a step of a plea: its cause is new for each Rev, so that it is taken once.
func (c *Clerk) occasion(p ledger.Plea, step string) casework.Occasion {
	return casework.Occasion{Cause: fmt.Sprintf("plea:%s/%d/%s", p.ID, p.Rev, step), At: c.Now()}
}

// settle commits a step that is decided anew where something came in between, and ends the timer with it. decide gives a batch without
// a cause where nothing is to be done.
func (c *Clerk) settle(ctx context.Context, t ledger.Timer, decide func(p ledger.Plea) (ledger.Batch, error)) error {
	id, _ := t.Subject.Plea()
	err := ledger.Settle(ctx, c.Store, func(error) (ledger.Batch, error) {
		p, err := c.Store.Plea(ctx, id)
		if err != nil {
			return ledger.Batch{}, err
		}
		b, err := decide(p)
		if err != nil || b.Cause == "" {
			return b, err
		}
		return rung(b, t), nil
	})
	if errors.Is(err, ledger.ErrUntimed) { // another program did it, or it was called off
		return nil
	}
	return err
}

// rung ends the timer of a batch before it is set anew.
func rung(b ledger.Batch, t ledger.Timer) ledger.Batch {
	var others, timed []ledger.Change
	for _, ch := range b.Changes {
		switch ch.(type) {
		case ledger.Timed, ledger.Untimed:
			timed = append(timed, ch)
		default:
			others = append(others, ch)
		}
	}
	b.Changes = append(append(others, ledger.Rung{Timer: t}), timed...)
	return b
}

// erase takes the person out of the database, where there is anything that goes now; else it looks again later.
func (c *Clerk) erase(ctx context.Context, t ledger.Timer) error {
	return c.settle(ctx, t, func(p ledger.Plea) (ledger.Batch, error) {
		p, err := c.together(ctx, p)
		if err != nil {
			return ledger.Batch{}, err
		}
		own, err := c.possessions(ctx, p, 0)
		if err != nil {
			return ledger.Batch{}, err
		}
		o := c.occasion(p, "erase")
		if p.Stage == ledger.PleaTold {
			p = still(p, own)
			left := p.Left
			own = onlyLeft(own, left)
			if !anyGoes(p, own, o.At) && len(left) > 0 {
				return ledger.Batch{Cause: o.Cause + o.At.UTC().Format(time.RFC3339Nano), At: o.At, Changes: []ledger.Change{ledger.Timed{Timer: c.again(p)}}}, nil
			}
		}
		_, b := c.Office().Erase(p, own, c.Store.ErasureKey(), o)
		return b, nil
	})
}

// still leaves out of what is left what is not there any more.
func still(p ledger.Plea, own ledger.Possessions) ledger.Plea {
	var left []report.ID
	for _, id := range p.Left {
		for _, k := range own.Reports {
			if k.Report.ID == id {
				left = append(left, id)
			}
		}
	}
	p.Left = left
	return p
}

// onlyLeft leaves of a person's possessions what an earlier round has left, and no report or talk that was begun since.
func onlyLeft(own ledger.Possessions, left []report.ID) ledger.Possessions {
	out := ledger.Possessions{Chats: own.Chats}
	for _, k := range own.Reports {
		for _, id := range left {
			if k.Report.ID == id {
				out.Reports = append(out.Reports, k)
			}
		}
	}
	return out
}

func anyGoes(p ledger.Plea, own ledger.Possessions, at time.Time) bool {
	for _, k := range own.Reports {
		if casework.Goes(p, k, at) {
			return true
		}
	}
	return false
}

func (c *Clerk) again(p ledger.Plea) ledger.Timer {
	return ledger.Timer{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID), At: c.Now().Add(casework.PleaCheck)}
}

// remind is the coordinator's clock.
func (c *Clerk) remind(ctx context.Context, t ledger.Timer) error {
	nothing := false
	err := c.settle(ctx, t, func(p ledger.Plea) (ledger.Batch, error) {
		left, err := c.left(ctx, p)
		if err != nil {
			return ledger.Batch{}, err
		}
		b, ok := c.Office().Remind(p, left, casework.Occasion{Cause: t.Cause(), At: c.Now()})
		nothing = !ok
		return b, nil
	})
	if err == nil && nothing {
		return c.Store.TimerOver(ctx, t)
	}
	return err
}

func (c *Clerk) left(ctx context.Context, p ledger.Plea) ([]report.Report, error) {
	var out []report.Report
	for _, id := range p.Left {
		k, err := c.Store.Case(ctx, id)
		if errors.Is(err, ledger.ErrUnknown) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if k.Report.Erased.IsZero() {
			out = append(out, k.Report)
		}
	}
	return out, nil
}
