// Package digest writes what leaders and the coordinator read of a week on Monday morning, and of a month on its first Monday: a picture
// and the figures beside it. The figures are those of /statistik.
package digest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/figures"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Store is where the figures come from, and where what is written goes. A failure of one is tried again with the timer.
type Store interface {
	ledger.Committer
	figures.Courses
	Operators(ctx context.Context) ([]ledger.Operator, error)
	Footfalls(ctx context.Context, from, to time.Time) ([]ledger.Footfall, error)
	TimerOver(ctx context.Context, t ledger.Timer) error
}

// Writer writes digests. It may be used by several programs: each digest is committed once.
type Writer struct {
	Store  Store
	Office func() *casework.Office
	// Keep cleans and stores a picture, so that it can be sent. It may take seconds.
	Keep func(ctx context.Context, kind string, open func(context.Context) (io.ReadCloser, error)) (ledger.File, error)
	Now  func() time.Time
	Log  *slog.Logger
}

// opens is the hour at which digests go out.
const opens = 8

// next is the Monday morning after a moment.
func next(at time.Time, in *time.Location) time.Time {
	monday := figures.Week(at.In(in)).From.Add(opens * time.Hour)
	if !monday.After(at) {
		monday = figures.Week(at.In(in)).To.Add(opens * time.Hour)
	}
	return monday
}

func timer(at time.Time) ledger.Timer {
	return ledger.Timer{Kind: ledger.DigestTimer, Subject: ledger.OfHouse(), At: at}
}

// Begin sets the timer of the first digest, where there is none.
func (w *Writer) Begin(ctx context.Context) error {
	at := next(w.Now(), w.Office().Profile.Location())
	err := w.Store.Commit(ctx, ledger.Batch{Cause: "digest:begin", At: w.Now(), Changes: []ledger.Change{ledger.Timed{Timer: timer(at)}}})
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		return fmt.Errorf("set the timer of the digest: %w", err)
	}
	return nil
}

// Timer writes the digest that is due. Of those that were missed while the program slept the last alone is written.
func (w *Writer) Timer(ctx context.Context, t ledger.Timer) error {
	b, err := w.Write(ctx, t)
	if err != nil {
		return fmt.Errorf("write the digest: %w", err)
	}
	err = w.Store.Commit(ctx, b)
	switch {
	case err == nil, errors.Is(err, ledger.ErrUntimed): // another program did it
		return nil
	case errors.Is(err, ledger.ErrDone):
		return w.Store.TimerOver(ctx, t)
	}
	return fmt.Errorf("commit the digest: %w", err)
}

// Write is the digest of the week that was over when the timer's time, or a later Monday, came.
func (w *Writer) Write(ctx context.Context, t ledger.Timer) (ledger.Batch, error) {
	o, now := w.Office(), w.Now()
	in := o.Profile.Location()
	due := next(now, in).AddDate(0, 0, -7)
	if due.Before(t.At) {
		due = t.At
	}
	b := ledger.Batch{Cause: t.Cause(), At: now, Changes: []ledger.Change{ledger.Rung{Timer: t}, ledger.Timed{Timer: timer(next(now, in))}}}
	people, err := w.Store.Operators(ctx)
	if err != nil {
		return b, err
	}
	week := figures.Week(due.In(in).AddDate(0, 0, -7))
	if err := w.week(ctx, &b, week, people, now); err != nil {
		return b, err
	}
	first := due.In(in) // Monday of its month
	for first.Day() > 7 {
		first = first.AddDate(0, 0, -7)
	}
	if !first.Before(t.At) { // it came just now, or was slept through
		month := figures.Month(first.AddDate(0, -1, 0))
		if err := w.month(ctx, &b, month, people, now); err != nil {
			return b, err
		}
	}
	return b, nil
}

// week writes the figures of a week to everybody who reads digests.
func (w *Writer) week(ctx context.Context, b *ledger.Batch, week figures.Period, people []ledger.Operator, now time.Time) error {
	o := w.Office()
	both, err := figures.ReadEach(ctx, w.Store, figures.Ask(o.Profile, week, now, figures.ByOffice), figures.Ask(o.Profile, week.Before(), now, figures.ByNothing))
	if err != nil {
		return err
	}
	s, before := both[0], both[1]
	steps, err := w.Store.Footfalls(ctx, week.From, week.To)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("📊 %s, %s\n%s%s\nSepekan sebelumnya: %s.", bot.Bold("Sepekan di "+o.Profile.City), week.Name, s.All.Tell(),
		figures.MarksOf(o.Profile, s, people).Tell(), before.All.Short())
	photo, err := w.draw(ctx, weekPicture(o.Profile, week, s))
	if err != nil {
		return err
	}
	conversation := ""
	if told := figures.TellFunnel(steps, casework.NetworkName); told != "" {
		conversation = "\n\n" + bot.Bold("Percakapan warga") + "\n" + strings.TrimSpace(told)
	}
	w.send(b, "week", people, text, conversation, photo, s)
	return nil
}

// month draws where the reports of a month came from, where the areas have outlines.
func (w *Writer) month(ctx context.Context, b *ledger.Batch, month figures.Period, people []ledger.Operator, now time.Time) error {
	o := w.Office()
	s, err := figures.Read(ctx, w.Store, figures.Ask(o.Profile, month, now, figures.ByArea))
	if err != nil {
		return err
	}
	m, text := monthMap(o.Profile, month, s)
	if !m.Drawable() {
		return nil
	}
	photo, err := w.draw(ctx, m)
	if err != nil {
		return err
	}
	w.send(b, "month", people, text, "", photo, figures.Sheet{})
	return nil
}

// draw draws and keeps a picture; none is no error: the figures stand beside it as words.
func (w *Writer) draw(ctx context.Context, p interface{ PNG() ([]byte, error) }) ([]bot.MediaRef, error) {
	png, err := p.PNG()
	if err != nil {
		w.Log.Warn("the digest goes without its picture", "error", err)
		return nil, nil
	}
	f, err := w.Keep(ctx, "photo", func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(png)), nil })
	if err != nil {
		return nil, err
	}
	if f.Lost != "" {
		w.Log.Warn("the digest goes without its picture", "reason", f.Lost)
		return nil, nil
	}
	return []bot.MediaRef{f.Ref}, nil
}

// send writes to the coordinator's room, and to each leader in private: to who leads one office of that office.
func (w *Writer) send(b *ledger.Batch, what string, people []ledger.Operator, text, more string, photo []bot.MediaRef, s figures.Sheet) {
	o := w.Office()
	hold := w.hold(b.At)
	if !o.Desk.Zero() {
		b.Letters = append(b.Letters, ledger.Letter{Key: b.Cause + "/" + what, To: o.Desk, Desk: true, Purpose: ledger.ToDesk, Hold: hold,
			Fold: "digest:" + what, Message: bot.Message{Text: text + more, Photos: photo}})
	}
	for _, op := range people {
		to, ok := bot.ParseAddress(op.ID)
		if !ok || !op.In() || op.Role != report.Leader {
			continue
		}
		own := ""
		if op.Agency != "" && s.Lines != nil {
			own = "\n\n" + bot.Bold(o.OfficeName(op.Agency)) + "\n" + strings.TrimSpace(s.Line(op.Agency).Tell())
		}
		b.Letters = append(b.Letters, ledger.Letter{Key: b.Cause + "/" + what + "/" + op.ID, To: to, Purpose: ledger.ToDesk, Hold: hold,
			Fold: "digest:" + what, Message: bot.Message{Text: text + own, Photos: photo}})
	}
}

// hold is when nobody is woken any more by a digest that is late, zero for at once.
func (w *Writer) hold(at time.Time) time.Time {
	at = at.In(w.Office().Profile.Location())
	if at.Hour() >= opens-1 && at.Hour() < 20 {
		return time.Time{}
	}
	morning := time.Date(at.Year(), at.Month(), at.Day(), opens, 0, 0, 0, at.Location())
	if at.Hour() >= 20 {
		morning = morning.AddDate(0, 0, 1)
	}
	return morning
}
