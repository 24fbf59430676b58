package jobs

import (
	"context"
	"errors"
	"fmt"

	"github.com/riverqueue/river"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// exportTries last for about an hour of stores that are away; the law gives three days, and who hears nothing asks again.
const exportTries = 30

var errNoClerk = errors.New("nobody makes copies here")

// export makes the copy of what is kept about a person.
func (c *Client) export(ctx context.Context, job *river.Job[ledger.Export]) error {
	if c.o.Export == nil {
		return river.JobCancel(errNoClerk)
	}
	return c.o.Export(ctx, job.Args)
}

// tell brings a word about a tie to a conversation.
func (c *Client) tell(ctx context.Context, job *river.Job[ledger.Tell]) error {
	if c.o.Tell == nil {
		return river.JobCancel(errNoClerk)
	}
	return c.o.Tell(ctx, job.Args)
}

// deskTries are for a network or a store that is away: an officer waits.
const deskTries = 12

// sheet reads a file of LAPOR!.
func (c *Client) sheet(ctx context.Context, job *river.Job[ledger.Sheet]) error {
	if c.o.Sheet == nil {
		return river.JobCancel(errNoClerk)
	}
	return c.o.Sheet(ctx, job.Args)
}

// pack makes the zip of a packet for LAPOR!.
func (c *Client) pack(ctx context.Context, job *river.Job[ledger.Pack]) error {
	if c.o.Pack == nil {
		return river.JobCancel(errNoClerk)
	}
	return c.o.Pack(ctx, job.Args)
}

// hookTries are for a client that is away: about an hour and a half. After that it is told each hour what it lacks (retell).
const hookTries = 60

// hook tells a client what became of a report.
func (c *Client) hook(ctx context.Context, job *river.Job[ledger.Hook]) error {
	if c.o.Hook == nil {
		return river.JobCancel(errNoClerk)
	}
	again, err := c.o.Hook(ctx, job.Args)
	if err == nil && again > 0 {
		return river.JobSnooze(again)
	}
	return err
}

// copyTries last for about an hour: the photo itself may not have been fetched yet.
const copyTries = 40

// copy makes the copy of a picture for everybody.
func (c *Client) copy(ctx context.Context, job *river.Job[ledger.Copy]) error {
	if c.o.Copy == nil {
		return river.JobCancel(errNoClerk)
	}
	return c.o.Copy(ctx, job.Args)
}

// Drop takes back the jobs that name one of the chats, and are not at work just now: of those that are, nothing stays behind, for the
// queue forgets what is done within the hour, and the conversation they bring something to is not there any more.
func (c *Client) Drop(ctx context.Context, chats []bot.Address) error {
	const drop = `
DELETE FROM river_job WHERE kind = ANY ($1) AND state <> 'running' AND (args #>> '{chat,n}' = $2 AND args #>> '{chat,i}' = $3
    OR args #>> '{other,n}' = $2 AND args #>> '{other,i}' = $3)`
	kinds := []string{ledger.Transcribe{}.Kind(), heard{}.Kind(), ledger.Tell{}.Kind()}
	for _, chat := range chats {
		if _, err := c.o.Pool.Exec(ctx, drop, kinds, string(chat.Network), chat.ID); err != nil {
			return fmt.Errorf("take back the jobs of a chat: %w", err)
		}
	}
	return nil
}
