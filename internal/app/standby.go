package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"rabeg/internal/postgres"
	"rabeg/internal/web"
)

// How commits and the standbys that they wait for are looked after.
const (
	// standbysEvery is how often the standbys are looked at, waitsEvery how often the commits, where they wait for a standby at all.
	standbysEvery = 10 * time.Second
	waitsEvery    = 500 * time.Millisecond
	// waitMost is how long a commit waits for a standby. Then it counts with one disk alone, as do those after it until the standby is back:
	// a city that stands still helps nobody.
	waitMost = 4 * time.Second
	// unwaitEvery is how often commits are let go meanwhile; triedEvery how often it is tried whether the standby is back, for triedFor.
	unwaitEvery = 200 * time.Millisecond
	triedEvery  = 5 * time.Second
	triedFor    = 800 * time.Millisecond
	// lagMost is from when on it is told that a standby is behind.
	lagMost = time.Second
)

// standby is what is known of the servers that copy the database.
type standby struct {
	mu     sync.Mutex
	seen   postgres.Standbys
	known  bool
	waits  time.Duration // how long the oldest commit has waited
	alone  time.Time     // since when no commit waits any more; zero: they do
	tried  time.Time     // when it was last tried whether the standby is back
	looked time.Time
	// remade is how often the connection to the server had been made anew when it was looked at; settled says that it was then the one that
	// it had been before.
	remade  int64
	settled bool
}

// await looks after the commits that wait for a standby, until ctx is done.
func (a *App) await(ctx context.Context) {
	for {
		pause := a.standbys(ctx)
		t := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// standbys takes one look, and tells when to take the next.
func (a *App) standbys(ctx context.Context) (next time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	s := &a.standby
	every, remade := standbysEvery, a.Store.Remade()
	if s.seen.Wanted == "" && remade == s.remade { // another server would show by that
		every *= time.Duration(a.opts.Beside.tempo())
	}
	if a.opts.Now().Sub(s.looked) >= every {
		s.looked = a.opts.Now()
		if seen, err := a.Store.Replication(ctx); err == nil {
			s.mu.Lock()
			s.seen, s.known = seen, true
			s.mu.Unlock()
		}
		if a.opts.Beside.tempo() == 1 || remade != s.remade || !s.settled || s.seen.Wanted != "" || len(s.seen.All) > 0 { // else nobody can follow
			s.settled = a.followed(ctx)
		}
		s.remade = remade
	}
	if s.seen.Wanted == "" {
		s.set(0, time.Time{})
		return standbysEvery
	}
	if a.opts.Beside.tempo() > 1 && !a.Store.AtWork() && s.alone.IsZero() {
		s.set(0, time.Time{}) // nothing of this government waits
		return waitsEvery
	}
	_, waits, err := a.Store.Waits(ctx)
	if err != nil {
		return waitsEvery // that the database is away shows by itself
	}
	alone := s.alone
	if alone.IsZero() && waits > waitMost {
		alone, s.tried = a.opts.Now(), a.opts.Now()
		a.log.Error("commits wait for a standby that does not answer: what is told from now on is on one disk only", "standby", s.seen.Wanted)
	}
	s.set(waits, alone)
	if alone.IsZero() {
		return waitsEvery
	}
	if a.opts.Now().Sub(s.tried) >= triedEvery && a.back(ctx) {
		a.log.Info("the standby is back: commits wait for it again", "after", a.opts.Now().Sub(alone).Round(time.Second).String())
		s.set(0, time.Time{})
		return waitsEvery
	}
	_, _ = a.Store.Unwait(ctx, unwaitEvery/2)
	return unwaitEvery
}

// back tries whether a commit comes back by itself again.
func (a *App) back(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, triedFor)
	defer cancel()
	err := a.Store.Commits(ctx)
	a.standby.tried = a.opts.Now()
	return err == nil
}

func (s *standby) set(waits time.Duration, alone time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waits, s.alone = waits, alone
}

// waiting tells that commits wait for a standby, or do not any more though they should; nil when neither is so.
func (s *standby) waiting() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !s.alone.IsZero():
		return web.Note("commits do not wait for the standby that is away: what is told now is on one disk only")
	case s.waits > lagMost:
		return web.Note(fmt.Sprintf("commits wait for a standby, for %s", seconds(s.waits)))
	}
	return nil
}

// lags are how far the standbys are behind, for the metrics.
func (s *standby) lags(context.Context) (out []web.Sample, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen.Hidden {
		return nil, nil
	}
	for _, one := range s.seen.All {
		out = append(out, web.Sample{Labels: []string{orName(one.Name), strconv.FormatBool(one.Sync)}, Value: one.Lag.Seconds()})
	}
	return out, nil
}

// waited is how long the oldest commit waits.
func (s *standby) waited(context.Context) ([]web.Sample, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return []web.Sample{{Value: s.waits.Seconds()}}, nil
}

// told tells of the standbys what somebody should know.
func (s *standby) told(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.known {
		return nil
	}
	if note := ofStandbys(s.seen); note != "" {
		return web.Note(note)
	}
	return nil
}

// ofStandbys says what may be lost when the primary dies: "" where nothing is, and where there is no standby.
func ofStandbys(s postgres.Standbys) string {
	var late, all []string
	waited := 0
	for _, one := range s.All {
		kind := "asynchronous"
		if one.Sync {
			kind = "synchronous"
			waited++
		}
		line := fmt.Sprintf("%s (%s, %s behind)", orName(one.Name), kind, oneDigit(one.Lag))
		all = append(all, line)
		if one.Lag > lagMost {
			late = append(late, line)
		}
	}
	switch {
	case s.Wanted == "" && len(s.All) == 0:
		return ""
	case s.Wanted != "" && len(s.All) == 0:
		return "no standby is there, and commits wait for " + s.Wanted
	case s.Hidden && s.Wanted == "":
		return fmt.Sprintf("standbys: %d, and no commit waits for them: what the one that takes over lacks is lost; how far behind they are is not shown to this user (GRANT pg_read_all_stats)", len(s.All))
	case s.Hidden:
		return fmt.Sprintf("standbys: %d; how far behind they are is not shown to this user (GRANT pg_read_all_stats)", len(s.All))
	case s.Wanted == "":
		return "no commit waits for a standby: what the one that takes over lacks is lost: " + strings.Join(all, ", ")
	case waited == 0:
		return "no standby that is there is one that commits wait for (" + s.Wanted + "): " + strings.Join(all, ", ")
	case len(late) > 0:
		return "standbys are behind: " + strings.Join(late, ", ")
	}
	return ""
}

func orName(name string) string {
	if name == "" {
		return "unnamed"
	}
	return name
}

func oneDigit(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
