package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// A job can kill the program that works it, by what it asks of memory, and its neighbours die with it. Deaths are counted apart
// from tries: the program is stopped and killed for many reasons, and a job that only stood near costs nothing by that. From its
// first death on a job is a suspect, and works alone: whoever dies then dies of it. After maxDeaths it is given up. A try that
// ends, however it ends, clears the suspect.

// maxDeaths is how often a job may be at work when its program dies: once near another, and twice alone.
const maxDeaths = 3

// everybody is the weight of a job that works alone; others weigh 1.
const everybody = 1 << 20

// errPoison is why a job is given up.
var errPoison = errors.New("its program died of it too often")

// deaths is what is kept of a job, beside its arguments. Try is the attempt in which they happened: one that ended has another.
type deaths struct {
	N     int    `json:"n"`
	Try   int    `json:"try"`
	Alone bool   `json:"alone,omitempty"` // it works, and nobody else does
	File  string `json:"file,omitempty"`  // what it works on, when it works alone
}

// note is where deaths stand in what the queue keeps.
type note struct {
	Deaths deaths `json:"deaths"`
}

func deathsOf(j *rivertype.JobRow) deaths {
	var n note
	if len(j.Metadata) == 0 || json.Unmarshal(j.Metadata, &n) != nil || n.Deaths.Try != j.Attempt {
		return deaths{Try: j.Attempt}
	}
	return n.Deaths
}

// after is what is kept after its program died or was stopped; nil for nothing. A suspect that still waited for its turn did not
// do it.
func (d deaths) after(died bool) ([]byte, error) {
	if died && (d.N == 0 || d.Alone) {
		d.N++
	}
	if d.N == 0 {
		return nil, nil
	}
	d.Alone = false
	out, err := json.Marshal(note{d})
	if err != nil {
		return nil, fmt.Errorf("count a death: %w", err)
	}
	return out, nil
}

// guarded works a job: a suspect alone, and one that has killed too often not at all.
func (c *Client) guarded(ctx context.Context, job *rivertype.JobRow, do, poison func(context.Context) error) error {
	d := deathsOf(job)
	if d.N >= maxDeaths {
		c.o.Log.Error("a job is given up: its program died of it", "job_id", job.ID, "job_kind", job.Kind, "deaths", d.N)
		c.o.Fault("poison")
		return poison(ctx)
	}
	weight := int64(1)
	if d.N > 0 {
		weight = everybody
	}
	if err := c.gate.Acquire(ctx, weight); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			return river.JobSnooze(time.Second) // no try of its own
		}
		return err
	}
	defer c.gate.Release(weight)
	if d.N == 0 {
		return do(ctx)
	}
	s := &suspect{c: c, job: job.ID, deaths: d}
	if err := s.works(ctx, ""); err != nil {
		return err
	}
	err := do(context.WithValue(ctx, suspectKey{}, s))
	if cleared := c.clear(ctx); cleared != nil {
		return errors.Join(err, cleared)
	}
	return err
}

// clear forgets a job's deaths when its try ends.
func (c *Client) clear(ctx context.Context) error {
	if err := river.MetadataSet(ctx, "deaths", deaths{}); err != nil {
		return fmt.Errorf("forget a job's deaths: %w", err)
	}
	return nil
}

// suspect is a job that works alone. What it works on is written down before: if the program dies, it was that.
type suspect struct {
	c      *Client
	job    int64
	deaths deaths
}

type suspectKey struct{}

// works writes down what a suspect is about to do.
func (s *suspect) works(ctx context.Context, file string) error {
	s.deaths.Alone, s.deaths.File = true, file
	kept, err := json.Marshal(note{s.deaths})
	if err == nil {
		_, err = s.c.o.Pool.Exec(ctx, `UPDATE river_job SET metadata = metadata || $2 WHERE id = $1`, s.job, kept)
	}
	if err != nil {
		return fmt.Errorf("write down what a suspect does: %w", err)
	}
	return nil
}

// suspected writes down which file a job works on, where it is a suspect.
func suspected(ctx context.Context, file string) error {
	if s, ok := ctx.Value(suspectKey{}).(*suspect); ok {
		return s.works(ctx, file)
	}
	return nil
}
