package jobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// mediaTries is how often a file is fetched before it counts as lost: with the pauses between, about an hour.
const mediaTries = 8

// fetchMedia fetches the files of one fact. Those that are there already are not fetched again.
func (c *Client) fetchMedia(ctx context.Context, job *river.Job[ledger.FetchMedia]) error {
	facts, err := c.o.Store.Facts(ctx, job.Args.Report)
	if err != nil {
		return err
	}
	last := job.Attempt >= job.MaxAttempts
	var failed error
	for _, f := range facts {
		if f.Seq != job.Args.Seq {
			continue
		}
		for _, m := range f.Photos {
			failed = errors.Join(failed, c.one(ctx, f, m, "photo", last))
		}
		for _, m := range f.Files {
			failed = errors.Join(failed, c.one(ctx, f, m, "document", last))
		}
	}
	if failed == nil {
		failed = c.proof(ctx, job.Args.Report, job.Args.Seq)
	}
	return c.fetched(job.ID, job.Attempt, last, failed)
}

// fetched is how a job ends that fetched files.
func (c *Client) fetched(job int64, attempt int, last bool, failed error) error {
	if wait, ok := away(failed); ok {
		return river.JobSnooze(wait) // not the file's fault, and no try of it
	}
	if full := (*storeError)(nil); errors.As(failed, &full) {
		// Our own store does not take it: its disk is full, it is away. It is asked again soon, for as long as that lasts, and
		// nothing is lost.
		c.o.Log.Error("files cannot be kept: the media store does not take them", "job_id", job, "error", failed)
		c.o.Fault("store")
		return river.JobSnooze(min(c.o.Pause(2), storePause))
	}
	if failed != nil && last {
		// The network gave the file: it is our own database that does not take it. That is mended some day, and until then
		// nothing is lost.
		c.o.Log.Error("a file cannot be kept", "job_id", job, "error", failed)
		return river.JobSnooze(c.o.Pause(attempt))
	}
	return failed
}

// storePause is how soon a store is asked again that did not take a file.
const storePause = 20 * time.Second

// storeError is what our own store says to a file.
type storeError struct{ error }

func (e *storeError) Unwrap() error { return e.error }

func (c *Client) one(ctx context.Context, fact report.Fact, m bot.MediaRef, kind string, last bool) error {
	if m.Network == bot.Store {
		return nil
	}
	was, known, err := c.o.Store.File(ctx, m)
	if err != nil || known && was.Waits == "" {
		return err
	}
	if err := suspected(ctx, fileKey(m)); err != nil {
		return err
	}
	var from source
	var f ledger.File
	f, err = c.o.Keeper.Keep(ctx, kind, func(ctx context.Context) (io.ReadCloser, error) {
		r, err := c.o.Fetch(ctx, m)
		from.ReadCloser, from.failed = r, err != nil
		return &from, err
	})
	if se := (*bot.SendError)(nil); errors.As(err, &se) && se.Remedy != bot.Retry {
		f, err = ledger.File{Lost: "sudah tidak ada di jaringan"}, nil
	}
	if _, waits := away(err); err != nil && last && from.failed && !waits {
		f, err = ledger.File{Lost: "tidak dapat diambil"}, nil
	}
	if err != nil && !from.failed && ctx.Err() == nil {
		return errors.Join(&storeError{fmt.Errorf("keep a file: %w", err)}, c.waits(ctx, fact, m, was))
	}
	if err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	return c.stored(ctx, fact, m, f)
}

// waits lets the card say that a file cannot be kept yet: once.
func (c *Client) waits(ctx context.Context, fact report.Fact, m bot.MediaRef, was ledger.File) error {
	if was.Waits != "" || fact.Seq == 0 || c.o.Office == nil {
		return nil
	}
	r, err := c.o.Store.ByID(ctx, fact.Report)
	if err != nil {
		return err
	}
	t := casework.Occasion{Cause: fmt.Sprintf("job:media:waits:%d:%s:%s", fact.Report, m.Network, m.ID), At: c.o.Now()}
	if err := c.o.Store.Commit(ctx, c.o.Office().Waits(r, m, "penyimpanan tidak menerima", t)); err != nil && !errors.Is(err, ledger.ErrDone) {
		return err
	}
	return nil
}

// stored puts on record how a file of a fact could be kept. A fact without number is a talk's.
func (c *Client) stored(ctx context.Context, fact report.Fact, m bot.MediaRef, f ledger.File) error {
	var r report.Report
	if fact.Seq > 0 && c.o.Office != nil {
		var err error
		if r, err = c.o.Store.ByID(ctx, fact.Report); err != nil {
			return err
		}
	}
	t := casework.Occasion{Cause: fmt.Sprintf("job:media:%d:%s:%s", fact.Report, m.Network, m.ID), At: c.o.Now()}
	b := ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{ledger.Stored{Report: fact.Report, From: m, File: f}}}
	if r.ID != 0 {
		b = c.o.Office().Stored(r, fact, m, f, t)
	}
	err := c.o.Store.Commit(ctx, b)
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		return err
	}
	if f.Lost != "" {
		c.o.Fault("lost")
	}
	c.o.Came()
	return nil
}

// poisonMedia gives up the file that killed the program, and goes on with the others.
func (c *Client) poisonMedia(ctx context.Context, job *river.Job[ledger.FetchMedia]) error {
	facts, err := c.o.Store.Facts(ctx, job.Args.Report)
	if err != nil {
		return err
	}
	facts = slices.DeleteFunc(facts, func(f report.Fact) bool { return f.Seq != job.Args.Seq })
	return c.giveUp(ctx, job.JobRow, facts)
}

// giveUp says of the file that was at work when the program died that nobody can open it. The job begins anew with the others.
func (c *Client) giveUp(ctx context.Context, job *rivertype.JobRow, facts []report.Fact) error {
	guilty := deathsOf(job).File
	for _, f := range facts {
		for _, m := range slices.Concat(f.Photos, f.Files) {
			if fileKey(m) != guilty {
				continue
			}
			if err := c.stored(ctx, f, m, ledger.File{Lost: "gambar tidak bisa dibuka"}); err != nil {
				return err
			}
			if err := c.clear(ctx); err != nil {
				return err
			}
			return river.JobSnooze(time.Second)
		}
	}
	return river.JobCancel(errPoison)
}

func fileKey(m bot.MediaRef) string { return string(m.Network) + ":" + m.ID }

// away reports whether a network as a whole cannot be asked now, or not by this program, and for how long not.
func away(err error) (time.Duration, bool) {
	se, ok := errors.AsType[*bot.SendError](err)
	if !ok || se.Remedy != bot.Retry || !se.Slow {
		return 0, false
	}
	return max(se.After, time.Second), true
}

// source is a file on its way from a network. It remembers whether the network failed, or somebody behind it.
type source struct {
	io.ReadCloser
	failed bool
}

// Read is of io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = true
	}
	return n, err
}
