// Package jobs does what can wait: fetching photos, what timers bring about, clearing up. Jobs lie in PostgreSQL with River,
// put there in the same transaction as the change that asked for them.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"golang.org/x/sync/semaphore"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Keeper makes a file fit to be kept and keeps it.
type Keeper interface {
	// Keep cleans and stores what open gives; kind is "photo" or "document". A file that cannot be kept is no error: its
	// File says so in Lost.
	Keep(ctx context.Context, kind string, open func(context.Context) (io.ReadCloser, error)) (ledger.File, error)
}

// Store is what the jobs read and write.
type Store interface {
	Reports
	File(ctx context.Context, m bot.MediaRef) (ledger.File, bool, error)
	Commit(ctx context.Context, b ledger.Batch) error
	ledger.PictureReader
	Times
}

// Times are what waits for its time, what is read out at one, and what has had it.
type Times interface {
	ledger.Timers
	ledger.RollReader
	// Forget removes what only served to do things once and is older than ledger.Remembered.
	Forget(ctx context.Context, now time.Time) error
	// HandingOver lists the reports that somebody types into LAPOR! since before a time and has given no number of (ledger.LaporReader).
	HandingOver(ctx context.Context, before time.Time, limit int) ([]report.Report, error)
}

// Reports reads reports.
type Reports interface {
	ByID(ctx context.Context, id report.ID) (report.Report, error)
	Facts(ctx context.Context, id report.ID) ([]report.Fact, error)
	// Call finds a talk between a citizen and the coordinator's room.
	Call(ctx context.Context, id ledger.CallID) (ledger.Call, error)
	// Operators are all people who ever asked to join the desk.
	Operators(ctx context.Context) ([]ledger.Operator, error)
	// OpenOf lists the open reports of an agency, oldest first, at most limit.
	OpenOf(ctx context.Context, agency string, limit int) ([]report.Report, error)
}

// Options builds a Client.
type Options struct {
	Pool *pgxpool.Pool
	// Looking gives the pool over which is asked whether there is something to do, while the queue is shut. nil: Pool.
	Looking func() *pgxpool.Pool
	Alive   Alive
	// Here are the networks whose files any program can fetch at any time. For others, see Join.
	Here   []bot.Network
	Store  Store
	Keeper Keeper
	// Fetch opens a network's file; a *bot.SendError that does not Retry means that it is gone.
	Fetch func(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error)
	// Wake brings a conversation back to the machine because a timer's time has come.
	Wake func(ctx context.Context, t ledger.Timer) error
	Models
	// House goes on with what timers of pleas and of the whole house are for; nil: there are none. Export makes the copy of what is kept
	// about a person.
	House  func(ctx context.Context, t ledger.Timer) (ok bool, err error)
	Export func(ctx context.Context, e ledger.Export) error
	// Tell brings a word about a tie of chats to a conversation; nil: nobody does.
	Tell func(ctx context.Context, t ledger.Tell) error
	// Sheet reads a file of LAPOR!, Pack makes the zip of a packet for it; nil: nobody does.
	Sheet func(ctx context.Context, s ledger.Sheet) error
	Pack  func(ctx context.Context, p ledger.Pack) error
	// Hook tells a client of Open311 what became of a report that it brought, and when there may be more to tell, 0 for not; nil: nobody
	// does.
	Hook func(ctx context.Context, h ledger.Hook) (again time.Duration, err error)
	// Retell tells clients what they could not be told when it happened; nil: nobody does.
	Retell func(ctx context.Context) error
	// Copy makes the copy of a picture that was cleared for everybody; nil: nobody does.
	Copy func(ctx context.Context, c ledger.Copy) error
	// Fault is called when a file could not be kept: "store" where our own store does not take it, "lost" where nobody will see
	// it, "poison" where a job killed its program. nil: nobody counts.
	Fault func(kind string)
	// Kept is how long jobs are kept that were given up: as stumbles are. 0: a week.
	Kept time.Duration
	// Came is called when a file was kept: letters may wait for it.
	Came func()
	// Fell is told when what goes on beside the jobs has panicked: nobody works jobs as it should any more. nil: nobody is told.
	Fell func(error)
	Now  func() time.Time
	Log  *slog.Logger
	// WakeEvery is how often is looked for timers whose time has come. 0: 15 s.
	WakeEvery time.Duration
	// TakeOverEvery is how often is looked for jobs of programs that have died. 0: 5 s.
	TakeOverEvery time.Duration
	// Dozes says that the queue is shut while nothing is in it and no timer is due: then a look now and then is all that it costs.
	Dozes bool
	// DozeEvery is how often is looked then, and how long nothing must have been in it before it is shut. 0: 30 s.
	DozeEvery time.Duration
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
	// Office decides what a second opinion does, and what the timers of reports and rooms bring about.
	Office func() *casework.Office
}

// Client queues and works.
type Client struct {
	o     Options
	kinds []kind
	// timerTime is how long one timer may take, climbs how many clocks are rung in one commit; 0: casework.ClimbMost.
	timerTime time.Duration
	climbs    atomic.Int64
	// gate lets a job that may kill the program work alone.
	gate  *semaphore.Weighted
	river *river.Client[pgx.Tx]
	end   context.CancelFunc // of what goes on between Start and Stop
	tasks sync.WaitGroup
	doze  doze
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

// jobTimeout bounds one try of a job: a download, and drawing what was downloaded.
const jobTimeout = 75 * time.Second

// doneKept is how long jobs that are done are kept. They hold what was heard in voice notes: they go soon.
const doneKept = time.Hour

// New makes a Client. It works from Start on; Enqueue needs no start.
func New(o Options) (*Client, error) {
	c := &Client{o: o, timerTime: timerTime, gate: semaphore.NewWeighted(everybody)}
	if c.o.Fell == nil {
		c.o.Fell = func(error) {}
	}
	if c.o.Fault == nil {
		c.o.Fault = func(string) {}
	}
	if c.o.WakeEvery == 0 {
		c.o.WakeEvery = 15 * time.Second
	}
	if c.o.TakeOverEvery == 0 {
		c.o.TakeOverEvery = 5 * time.Second
	}
	if c.o.Looking == nil {
		c.o.Looking = func() *pgxpool.Pool { return c.o.Pool }
	}
	if c.o.Pause == nil {
		c.o.Pause = pause
	}
	if c.o.Kept <= 0 {
		c.o.Kept = 7 * 24 * time.Hour
	}
	if c.o.DozeEvery == 0 {
		c.o.DozeEvery = 30 * time.Second
	}
	if c.o.Dozes {
		c.doze.roused = make(chan struct{}, 1)
	}
	workers := river.NewWorkers()
	var periodic []*river.PeriodicJob
	c.kinds = c.allKinds()
	for _, k := range c.kinds {
		periodic = append(periodic, k.enter(workers)...)
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
		RescueStuckJobsAfter:        jobTimeout + 15*time.Second,
		CompletedJobRetentionPeriod: doneKept,
		CancelledJobRetentionPeriod: c.o.Kept,
		DiscardedJobRetentionPeriod: c.o.Kept,
		Logger:                      slog.New(quiet{o.Log.Handler()}),
		PeriodicJobs:                periodic,
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

// Join lets this program work the jobs that need a network's files, until Leave: it can fetch them from now on.
func (c *Client) Join(ctx context.Context, n bot.Network) error {
	for _, queue := range []string{mediaQueue(n), listenQueue(n)} {
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
	for _, queue := range []string{mediaQueue(n), listenQueue(n)} {
		_ = c.river.Queues().Remove(ctx, queue) // Join puts right what is left of it
	}
}

// Start works jobs until Stop. Jobs that were at work when a program was killed begin anew: River itself would let them
// lie, and with them the letters that wait for a photo. One that another program is still at work on is done twice,
// which changes nothing.
func (c *Client) Start(ctx context.Context) error {
	running, err := c.running(ctx)
	if err != nil {
		return fmt.Errorf("take over unfinished jobs: %w", err)
	}
	for name, jobs := range running {
		led := name == "" // nobody knows whose they were
		if !led {
			if led, err = c.o.Alive.Led(ctx, holdOf(name)); err != nil {
				return fmt.Errorf("take over unfinished jobs: %w", err)
			}
		}
		if err := c.anew(ctx, jobs, !led); err != nil {
			return fmt.Errorf("take over unfinished jobs: %w", err)
		}
	}
	if c.o.Dozes {
		return c.dozes(ctx)
	}
	return c.work(ctx)
}

// work opens the queue until rest.
func (c *Client) work(ctx context.Context) error {
	if err := c.river.Start(ctx); err != nil {
		return fmt.Errorf("start the job queue: %w", err)
	}
	var life context.Context
	life, c.end = context.WithCancel(ctx)
	c.tasks.Go(func() { c.stands(func() { c.inherit(life) }) })
	return nil
}

// Stop lets jobs at work end until ctx is done, and cancels them then.
func (c *Client) Stop(ctx context.Context) error {
	if c.o.Dozes && !c.wakes() {
		return nil
	}
	return c.rest(ctx)
}

// rest shuts the queue.
func (c *Client) rest(ctx context.Context) error {
	defer func() {
		if c.end != nil {
			c.end()
		}
		c.tasks.Wait()
	}()
	if err := c.river.Stop(ctx); err == nil {
		return nil
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	err := c.river.StopAndCancel(hard)
	// What does not end in time is nobody's death: its successor finds it waiting.
	last, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer done()
	c.takeBack(last, c.river.ID())
	if err != nil {
		return fmt.Errorf("stop the job queue: %w", err)
	}
	return nil
}

// Enqueue queues jobs within a transaction.
func (c *Client) Enqueue(ctx context.Context, tx pgx.Tx, jobs []ledger.Job) error {
	params := make([]river.InsertManyParams, 0, len(jobs))
	for _, j := range jobs {
		p, err := c.insertion(j)
		if err != nil {
			return err
		}
		params = append(params, p)
	}
	if _, err := c.river.InsertManyFastTx(ctx, tx, params); err != nil {
		return fmt.Errorf("queue jobs: %w", err)
	}
	c.doze.rouse()
	return nil
}
