package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// allKinds is the table of all sorts of jobs: a new one is a type with a Kind and a row here.
func (c *Client) allKinds() []kind {
	o := c.o
	return []kind{
		row[ledger.FetchMedia]{do: c.fetchMedia, poison: c.poisonMedia, tries: mediaTries, pause: o.Pause, queue: func(j ledger.FetchMedia) string { return mediaQueue(j.Network) }, c: c},
		row[ledger.FetchTalk]{do: c.fetchTalk, poison: c.poisonTalk, tries: mediaTries, pause: o.Pause, queue: func(j ledger.FetchTalk) string { return mediaQueue(j.Network) }, c: c},
		row[ledger.Transcribe]{do: c.transcribe, poison: c.poisonVoice, tries: voiceTries, pause: seconds, queue: func(j ledger.Transcribe) string { return listenQueue(j.Media.Network) }, c: c},
		row[heard]{do: c.bringHeard, tries: heardTries, pause: secondsToMinutes, queue: func(heard) string { return voiceQueue }, c: c},
		row[ledger.Consult]{do: c.consult, tries: consultTries, pause: o.Pause, queue: func(ledger.Consult) string { return consultQueue }, c: c},
		row[ledger.Export]{do: c.export, tries: exportTries, pause: secondsToMinutes, c: c},
		row[ledger.Sheet]{do: c.sheet, tries: deskTries, pause: secondsToMinutes, queue: func(j ledger.Sheet) string { return mediaQueue(j.Media.Network) }, c: c},
		row[ledger.Pack]{do: c.pack, tries: deskTries, pause: secondsToMinutes, c: c},
		row[ledger.Hook]{do: c.hook, tries: hookTries, pause: secondsToMinutes, c: c},
		row[ledger.Copy]{do: c.copy, tries: copyTries, pause: secondsToMinutes, c: c},
		row[ledger.Tell]{do: c.tell, tries: deskTries, pause: secondsToMinutes, c: c},
		row[timers]{do: c.ring, tries: 1, every: o.WakeEvery, c: c},
		row[retell]{do: c.retell, tries: 1, every: time.Hour, c: c},
		row[forget]{do: c.forget, tries: 1, every: time.Hour, c: c},
	}
}

// row is one sort of job: J is both what is asked for and what the queue keeps of it.
type row[J river.JobArgs] struct {
	do func(ctx context.Context, job *river.Job[J]) error
	// poison ends a job that has killed its program too often; nil: it is given up.
	poison func(ctx context.Context, job *river.Job[J]) error
	tries  int
	// pause is how long a job waits after it failed, by the number of its tries; nil: as the queue has it.
	pause func(tries int) time.Duration
	// queue is where a job waits; nil: where all do.
	queue func(J) string
	// every is how often such a job begins by itself; 0: it does not. One that still waits or works is not begun twice.
	every time.Duration
	c     *Client
}

// kind is a row, whatever its jobs are.
type kind interface {
	// enter tells the queue who does such jobs, and gives those that begin by themselves.
	enter(workers *river.Workers) []*river.PeriodicJob
	// insertion is how a job is put into the queue; ok is false when it is of another kind.
	insertion(job any) (p river.InsertManyParams, ok bool)
}

func (r row[J]) insertion(job any) (river.InsertManyParams, bool) {
	j, ok := job.(J)
	if !ok {
		return river.InsertManyParams{}, false
	}
	opts := &river.InsertOpts{MaxAttempts: r.tries}
	if r.queue != nil {
		opts.Queue = r.queue(j)
	}
	return river.InsertManyParams{Args: j, InsertOpts: opts}, true
}

func (r row[J]) enter(workers *river.Workers) []*river.PeriodicJob {
	river.AddWorker(workers, &worker[J]{row: r})
	if r.every == 0 {
		return nil
	}
	begin := func() (river.JobArgs, *river.InsertOpts) {
		var j J
		// Not once a period, as the queue would have it: a clock that was put back would begin none until it has caught up.
		once := river.UniqueOpts{ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateScheduled}}
		return j, &river.InsertOpts{MaxAttempts: r.tries, UniqueOpts: once}
	}
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(r.every), begin, &river.PeriodicJobOpts{RunOnStart: true})}
}

// worker does the jobs of a row.
type worker[J river.JobArgs] struct {
	river.WorkerDefaults[J]
	row row[J]
}

// Work is of river.Worker.
func (w *worker[J]) Work(ctx context.Context, job *river.Job[J]) error {
	if w.row.every > 0 {
		return w.row.do(ctx, job) // there will be another one, whatever becomes of this
	}
	return w.row.c.guarded(ctx, job.JobRow, func(ctx context.Context) error { return w.row.do(ctx, job) }, func(ctx context.Context) error {
		if w.row.poison == nil {
			return river.JobCancel(errPoison)
		}
		return w.row.poison(ctx, job)
	})
}

// NextRetry is when a job that failed is tried again.
func (w *worker[J]) NextRetry(job *river.Job[J]) time.Time {
	if w.row.pause == nil {
		return w.WorkerDefaults.NextRetry(job)
	}
	return w.row.c.o.Now().Add(w.row.pause(job.Attempt))
}

// insertion is how a job is put into the queue.
func (c *Client) insertion(job any) (river.InsertManyParams, error) {
	for _, k := range c.kinds {
		if p, ok := k.insertion(job); ok {
			return p, nil
		}
	}
	return river.InsertManyParams{}, fmt.Errorf("queue a job: unknown job %T", job)
}

// mediaQueue and listenQueue are where jobs wait that need a network's files. Where one instance alone has the connection to a
// network, only that one works them.
func mediaQueue(n bot.Network) string  { return "media_" + string(n) }
func listenQueue(n bot.Network) string { return "voice_" + string(n) }

// pause comes back soon at first, for a network that stumbles, then after minutes, for one that is away.
func pause(tries int) time.Duration {
	return min(2*time.Second<<(2*min(tries, 6)), 20*time.Minute)
}

// seconds come back soon: somebody waits.
func seconds(tries int) time.Duration { return time.Duration(tries) * time.Second }

// secondsToMinutes come back soon, and more seldom later.
func secondsToMinutes(tries int) time.Duration { return min(seconds(tries), 2*time.Minute) }
