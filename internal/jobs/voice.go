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
	// voicePause is how soon it is tried again where the network can not be asked.
	voicePause = 300 * time.Millisecond
	// voiceTries are for a database of our own that stumbles. A model that fails is not asked twice: somebody waits.
	voiceTries = 10
)

type voiceArgs struct {
	Chat  bot.Address  `json:"chat"`
	Draft string       `json:"draft"`
	Media bot.MediaRef `json:"media"`
}

// Kind names the job in the queue.
func (voiceArgs) Kind() string { return "transcribe" }

func (a voiceArgs) job() ledger.Transcribe {
	return ledger.Transcribe{Chat: a.Chat, Draft: a.Draft, Media: a.Media}
}

type voiceWorker struct {
	river.WorkerDefaults[voiceArgs]
	c *Client
}

// NextRetry is soon: somebody waits.
func (w *voiceWorker) NextRetry(job *river.Job[voiceArgs]) time.Time {
	return w.c.o.Now().Add(time.Duration(job.Attempt) * time.Second)
}

// Work listens to a voice note. The words are written down, as a job of their own, in the transaction that ends this one:
// a program that dies in between never shows the citizen other words than those it takes for confirmed.
func (w *voiceWorker) Work(ctx context.Context, job *river.Job[voiceArgs]) error {
	words, err := w.listen(ctx, job.Args.Media)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err() // the program stops: its successor listens again
		}
		if _, waits := away(err); waits && w.c.o.Now().Sub(job.CreatedAt) < voiceTime {
			return river.JobSnooze(voicePause) // another program may have the connection
		}
		words = "" // whatever came with an error
		w.c.o.Log.Warn("a voice note was not heard", "job_id", job.ID, "error", err)
	}
	err = pgx.BeginFunc(ctx, w.c.o.Pool, func(tx pgx.Tx) error {
		_, err := w.c.river.InsertTx(ctx, tx, heardArgs{voiceArgs: job.Args, Words: words},
			&river.InsertOpts{MaxAttempts: heardTries, Queue: voiceQueue})
		if err != nil {
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

func (w *voiceWorker) listen(ctx context.Context, m bot.MediaRef) (string, error) {
	if w.c.o.Transcribe == nil {
		return "", errDeaf
	}
	ctx, cancel := context.WithTimeout(ctx, voiceTime)
	defer cancel()
	audio, err := w.c.o.Fetch(ctx, m)
	if err != nil {
		return "", fmt.Errorf("fetch the voice note: %w", err)
	}
	defer func() { _ = audio.Close() }()
	return w.c.o.Transcribe(ctx, audio, m.MIME)
}

// heardTries last for about an hour of a store that is away.
const heardTries = 30

type heardArgs struct {
	voiceArgs
	Words string `json:"words"`
}

// Kind names the job in the queue.
func (heardArgs) Kind() string { return "heard" }

type heardWorker struct {
	river.WorkerDefaults[heardArgs]
	c *Client
}

// NextRetry comes back soon, and more seldom later.
func (w *heardWorker) NextRetry(job *river.Job[heardArgs]) time.Time {
	return w.c.o.Now().Add(min(time.Duration(job.Attempt)*time.Second, 2*time.Minute))
}

// Work brings the words to the conversation.
func (w *heardWorker) Work(ctx context.Context, job *river.Job[heardArgs]) error {
	if w.c.o.Heard == nil {
		return river.JobCancel(errDeaf)
	}
	return w.c.o.Heard(ctx, job.Args.job(), job.Args.Words)
}
