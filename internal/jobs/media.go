package jobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/riverqueue/river"

	"rabeg/bot"
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
			failed = errors.Join(failed, c.one(ctx, f.Report, m, "photo", last))
		}
		for _, m := range f.Files {
			failed = errors.Join(failed, c.one(ctx, f.Report, m, "document", last))
		}
	}
	return c.fetched(job.ID, job.Attempt, last, failed)
}

// fetched is how a job ends that fetched files.
func (c *Client) fetched(job int64, attempt int, last bool, failed error) error {
	if wait, ok := away(failed); ok {
		return river.JobSnooze(wait) // not the file's fault, and no try of it
	}
	if failed != nil && last {
		// The network gave the file: it is our own store that does not take it. That is mended some day, and until then
		// nothing is lost.
		c.o.Log.Error("a file cannot be kept", "job_id", job, "error", failed)
		return river.JobSnooze(c.o.Pause(attempt))
	}
	return failed
}

func (c *Client) one(ctx context.Context, id report.ID, m bot.MediaRef, kind string, last bool) error {
	if m.Network == bot.Store {
		return nil
	}
	if _, known, err := c.o.Store.File(ctx, m); err != nil || known {
		return err
	}
	var from source
	f, err := c.o.Keeper.Keep(ctx, kind, func(ctx context.Context) (io.ReadCloser, error) {
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
	if err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	err = c.o.Store.Commit(ctx, ledger.Batch{
		Cause: fmt.Sprintf("job:media:%d:%s:%s", id, m.Network, m.ID), At: c.o.Now(),
		Changes: []ledger.Change{ledger.Stored{Report: id, From: m, File: f}},
	})
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		return err
	}
	c.o.Came()
	return nil
}

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
