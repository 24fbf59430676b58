package jobs

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// fetchTalk fetches the files that a talk's lines name in one network. Those that are there already are not fetched again.
func (c *Client) fetchTalk(ctx context.Context, job *river.Job[ledger.FetchTalk]) error {
	call, err := c.o.Store.Call(ctx, job.Args.Call)
	if err != nil {
		return err
	}
	last := job.Attempt >= job.MaxAttempts
	var failed error
	fetch := func(m bot.MediaRef, kind string) {
		if m.Network == job.Args.Network {
			failed = errors.Join(failed, c.one(ctx, report.Fact{Report: call.Report}, m, kind, last))
		}
	}
	for _, l := range call.Lines {
		for _, m := range l.Photo {
			fetch(m, "photo")
		}
		for _, m := range l.Files {
			fetch(m, "document")
		}
	}
	return c.fetched(job.ID, job.Attempt, last, failed)
}

// poisonTalk gives up the file that killed the program, and goes on with the others.
func (c *Client) poisonTalk(ctx context.Context, job *river.Job[ledger.FetchTalk]) error {
	call, err := c.o.Store.Call(ctx, job.Args.Call)
	if err != nil {
		return err
	}
	var facts []report.Fact
	for _, l := range call.Lines {
		facts = append(facts, report.Fact{Report: call.Report, Photos: l.Photo, Files: l.Files})
	}
	return c.giveUp(ctx, job.JobRow, facts)
}
