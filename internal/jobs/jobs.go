// Package jobs does what can wait: fetching photos, waking conversations, clearing up. Jobs lie in PostgreSQL with River,
// put there in the same transaction as the change that asked for them.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Keeper makes a file fit to be kept and keeps it.
type Keeper interface {
	// Keep cleans and stores what open gives; kind is "photo" or "document". A file that can not be kept is no error: its
	// File says so in Lost.
	Keep(ctx context.Context, kind string, open func(context.Context) (io.ReadCloser, error)) (ledger.File, error)
}

// Store is what the jobs read and write.
type Store interface {
	Reports
	File(ctx context.Context, m bot.MediaRef) (ledger.File, bool, error)
	Commit(ctx context.Context, b ledger.Batch) error
	Due(ctx context.Context, now time.Time, limit int) ([]ledger.Wake, error)
	Sweeper
}

// Reports reads reports.
type Reports interface {
	ByID(ctx context.Context, id report.ID) (report.Report, error)
	Facts(ctx context.Context, id report.ID) ([]report.Fact, error)
	// Call finds a talk between a citizen and the coordinator's room.
	Call(ctx context.Context, id ledger.CallID) (ledger.Call, error)
}

// Sweeper clears up.
type Sweeper interface {
	Woken(ctx context.Context, w ledger.Wake) error
	Forget(ctx context.Context, before time.Time) error
}

// Options builds a Client.
type Options struct {
	Pool  *pgxpool.Pool
	Alive Alive
	// Here are the networks whose files any program can fetch at any time. For others, see Join.
	Here   []bot.Network
	Store  Store
	Keeper Keeper
	// Fetch opens a network's file; a *bot.SendError that does not Retry means that it is gone.
	Fetch func(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error)
	// Wake brings a conversation back to the machine.
	Wake func(ctx context.Context, w ledger.Wake) error
	Models
	// Came is called when a file was kept: letters may wait for it.
	Came func()
	Now  func() time.Time
	Log  *slog.Logger
	// WakeEvery is how often conversations are looked at whose time has come. 0: 15 s.
	WakeEvery time.Duration
	// TakeOverEvery is how often is looked for jobs of programs that have died. 0: 5 s.
	TakeOverEvery time.Duration
	// Pause is how long a fetch, or a question to a model that is away, waits after it failed, by the number of its tries. nil: seconds at first, then minutes.
	Pause func(tries int) time.Duration
}

// Models are what needs a speech or language model. Each may be missing.
type Models struct {
	// Transcribe turns a voice note into words; mime says how it is encoded. nil: nobody listens.
	Transcribe func(ctx context.Context, audio io.Reader, mime string) (string, error)
	// Heard brings the words back to the conversation, "" for none. It is called again with the same words until it succeeds.
	Heard func(ctx context.Context, v ledger.Transcribe, words string) error
	// Consult asks what a report is about; an error that is llm.ErrAway is asked again, a few times. nil: nobody is asked.
	Consult func(ctx context.Context, r report.Report) (report.Advice, error)
	// Office decides what a second opinion does.
	Office func() *casework.Office
}

// Client queues and works.
type Client struct {
	o     Options
	river *river.Client[pgx.Tx]
	end   context.CancelFunc // of what goes on between Start and Stop
	tasks sync.WaitGroup
}

// Migrate brings River's own tables to their newest shape.
func Migrate(ctx context.Context, pool *pgxpool.Pool) error {
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("read the job queue's migrations: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	return nil
}

// forgetAfter is longer than any network redelivers: Telegram keeps updates for a day, WhatsApp messages for a month.
const forgetAfter = 45 * 24 * time.Hour

// jobTimeout bounds one try of a job: a download, and drawing what was downloaded.
const jobTimeout = 75 * time.Second

// New makes a Client. It works from Start on; Enqueue needs no start.
func New(o Options) (*Client, error) {
	c := &Client{o: o}
	if c.o.WakeEvery == 0 {
		c.o.WakeEvery = 15 * time.Second
	}
	if c.o.TakeOverEvery == 0 {
		c.o.TakeOverEvery = 5 * time.Second
	}
	if c.o.Pause == nil {
		c.o.Pause = pause
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &mediaWorker{c: c})
	river.AddWorker(workers, &talkWorker{c: c})
	river.AddWorker(workers, &wakeWorker{c: c})
	river.AddWorker(workers, &forgetWorker{c: c})
	river.AddWorker(workers, &voiceWorker{c: c})
	river.AddWorker(workers, &heardWorker{c: c})
	river.AddWorker(workers, &consultWorker{c: c})
	periodic := func(every time.Duration, args river.JobArgs) *river.PeriodicJob {
		return river.NewPeriodicJob(river.PeriodicInterval(every), func() (river.JobArgs, *river.InsertOpts) {
			return args, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: every}}
		}, &river.PeriodicJobOpts{RunOnStart: true})
	}
	client, err := river.NewClient(riverpgxv5.New(o.Pool), &river.Config{
		// Somebody waits for a voice note to be heard; nobody does for a second opinion, and photos may be slow.
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 8}, voiceQueue: {MaxWorkers: 8},
			consultQueue: {MaxWorkers: 2}},
		Workers:       workers,
		FetchCooldown: 20 * time.Millisecond,
		JobTimeout:    jobTimeout,
		// A job of a program that was killed is taken over by its successor at once (Start), and by the others when they see
		// that it is gone (inherit); where its machine is cut off and its hold stays, this soon.
		RescueStuckJobsAfter: jobTimeout + 15*time.Second,
		// Jobs that are done hold what was heard in voice notes: they go soon.
		CompletedJobRetentionPeriod: time.Hour,
		Logger:                      slog.New(quiet{o.Log.Handler()}),
		PeriodicJobs:                []*river.PeriodicJob{periodic(c.o.WakeEvery, wakeArgs{}), periodic(time.Hour, forgetArgs{})},
	})
	if err != nil {
		return nil, fmt.Errorf("open the job queue: %w", err)
	}
	c.river = client
	for _, n := range o.Here {
		if err := c.Join(context.Background(), n); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// fetchQueues are where jobs wait that need a network's files. Where one instance alone has the connection to a network,
// only that one works them.
func fetchQueues(n bot.Network) (media, voice string) {
	return "media_" + string(n), "voice_" + string(n)
}

// Join lets this program work the jobs that need a network's files, until Leave: it can fetch them from now on.
func (c *Client) Join(ctx context.Context, n bot.Network) error {
	media, voice := fetchQueues(n)
	for _, queue := range []string{media, voice} {
		config := river.QueueConfig{MaxWorkers: 8}
		err := c.river.Queues().Add(queue, config)
		if had := (*river.QueueAlreadyAddedError)(nil); errors.As(err, &had) { // it was left in a hurry
			if err = c.river.Queues().Remove(ctx, queue); err == nil {
				err = c.river.Queues().Add(queue, config)
			}
		}
		if err != nil {
			return fmt.Errorf("work the queue %s: %w", queue, err)
		}
	}
	return nil
}

// leaving is how long jobs at work may take to end when a network's connection goes elsewhere.
const leaving = 2 * time.Second

// Leave ends Join. Jobs at work may go on for a while.
func (c *Client) Leave(n bot.Network) {
	ctx, cancel := context.WithTimeout(context.Background(), leaving)
	defer cancel()
	media, voice := fetchQueues(n)
	for _, queue := range []string{media, voice} {
		_ = c.river.Queues().Remove(ctx, queue) // Join puts right what is left of it
	}
}

// Start works jobs until Stop. Jobs that were at work when a program was killed begin anew: River itself would let them
// lie, and with them the letters that wait for a photo. One that another program is still at work on is done twice,
// which changes nothing.
func (c *Client) Start(ctx context.Context) error {
	running, err := c.running(ctx)
	if err == nil {
		err = c.anew(ctx, running)
	}
	if err != nil {
		return fmt.Errorf("take over unfinished jobs: %w", err)
	}
	if err := c.river.Start(ctx); err != nil {
		return fmt.Errorf("start the job queue: %w", err)
	}
	var life context.Context
	life, c.end = context.WithCancel(ctx)
	c.tasks.Go(func() { c.inherit(life) })
	return nil
}

// Stop lets jobs at work end until ctx is done, and cancels them then.
func (c *Client) Stop(ctx context.Context) error {
	defer func() {
		if c.end != nil {
			c.end()
		}
		c.tasks.Wait()
	}()
	if err := c.river.Stop(ctx); err == nil {
		return nil
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := c.river.StopAndCancel(hard); err != nil {
		return fmt.Errorf("stop the job queue: %w", err)
	}
	return nil
}

// Enqueue queues jobs within a transaction.
func (c *Client) Enqueue(ctx context.Context, tx pgx.Tx, jobs []ledger.Job) error {
	params := make([]river.InsertManyParams, 0, len(jobs))
	for _, j := range jobs {
		switch j := j.(type) {
		case ledger.FetchMedia:
			queue, _ := fetchQueues(j.Network)
			params = append(params, river.InsertManyParams{Args: mediaArgs{Report: int64(j.Report), Seq: j.Seq},
				InsertOpts: &river.InsertOpts{MaxAttempts: mediaTries, Queue: queue}})
		case ledger.FetchTalk:
			queue, _ := fetchQueues(j.Network)
			params = append(params, river.InsertManyParams{Args: talkArgs{Call: string(j.Call), Network: string(j.Network)},
				InsertOpts: &river.InsertOpts{MaxAttempts: mediaTries, Queue: queue}})
		case ledger.Transcribe:
			_, queue := fetchQueues(j.Media.Network)
			params = append(params, river.InsertManyParams{Args: voiceArgs{Chat: j.Chat, Draft: j.Draft, Media: j.Media},
				InsertOpts: &river.InsertOpts{MaxAttempts: voiceTries, Queue: queue}})
		case ledger.Consult:
			params = append(params, river.InsertManyParams{Args: consultArgs{Report: int64(j.Report)},
				InsertOpts: &river.InsertOpts{MaxAttempts: consultTries, Queue: consultQueue}})
		default:
			return fmt.Errorf("queue a job: unknown job %T", j)
		}
	}
	if _, err := c.river.InsertManyFastTx(ctx, tx, params); err != nil {
		return fmt.Errorf("queue jobs: %w", err)
	}
	return nil
}
