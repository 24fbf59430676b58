package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

const (
	// voiceQueue is where words wait for their conversation.
	voiceQueue = "voice"
	// voiceTime is how long a citizen waits for a voice note to be fetched and heard; then one line is asked for.
	voiceTime = 8 * time.Second
	// voicePause is how soon it is tried again where the network cannot be asked.
	voicePause = 300 * time.Millisecond
	// voiceTries are for a database of our own that stumbles. A model that fails is not asked twice: somebody waits.
	voiceTries = 10
)

// transcribe listens to a voice note. The words are written down, as a job of their own, in the transaction that ends this one:
// a program that dies in between never shows the citizen other words than those it takes for confirmed.
func (c *Client) transcribe(ctx context.Context, job *river.Job[ledger.Transcribe]) error {
	words, err := c.listen(ctx, job.Args.Media)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err() // the program stops: its successor listens again
		}
		if _, waits := away(err); waits && c.o.Now().Sub(job.CreatedAt) < voiceTime {
			return river.JobSnooze(voicePause) // another program may have the connection
		}
		words = "" // whatever came with an error
		c.o.Log.Warn("a voice note was not heard", "job_id", job.ID, "error", err)
	}
	return c.wordsHeard(ctx, job, words)
}

// poisonVoice lets the conversation go on without the words of a voice note that cannot be listened to.
func (c *Client) poisonVoice(ctx context.Context, job *river.Job[ledger.Transcribe]) error {
	return c.wordsHeard(ctx, job, "")
}

func (c *Client) wordsHeard(ctx context.Context, job *river.Job[ledger.Transcribe], words string) error {
	next, err := c.insertion(heard{Transcribe: job.Args, Words: words})
	if err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, c.o.Pool, func(tx pgx.Tx) error {
		if _, err := c.river.InsertTx(ctx, tx, next.Args, next.InsertOpts); err != nil {
			return err
		}
		_, err = river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep what was heard: %w", err)
	}
	return nil
}

var errDeaf = errors.New("no speech model is configured")

func (c *Client) listen(ctx context.Context, m bot.MediaRef) (string, error) {
	if c.o.Transcribe == nil {
		return "", errDeaf
	}
	ctx, cancel := context.WithTimeout(ctx, voiceTime)
	defer cancel()
	audio, err := c.o.Fetch(ctx, m)
	if err != nil {
		return "", fmt.Errorf("fetch the voice note: %w", err)
	}
	defer func() { _ = audio.Close() }()
	return c.o.Transcribe(ctx, audio, m.MIME)
}

// heardTries last for about an hour of a store that is away.
const heardTries = 30

// heard are the words of a voice note on their way to the conversation.
type heard struct {
	ledger.Transcribe

	Words string `json:"words"`
}

// Kind names the job in the queue.
func (heard) Kind() string { return "heard" }

// bringHeard brings the words to the conversation.
func (c *Client) bringHeard(ctx context.Context, job *river.Job[heard]) error {
	if c.o.Heard == nil {
		return river.JobCancel(errDeaf)
	}
	return c.o.Heard(ctx, job.Args.Transcribe, job.Args.Words)
}
