package app

import (
	"context"
	"errors"
	"time"

	"rabeg/internal/web"
)

// figures are what /metrics tells of the work, beside what is counted as it happens: the same as /readyz, as numbers.
func (a *App) figures() {
	each := func(f func(l *link) (time.Duration, bool)) func(context.Context) ([]web.Sample, error) {
		return func(context.Context) (out []web.Sample, err error) {
			for _, l := range a.hub.links {
				if d, ok := f(l); ok {
					out = append(out, web.Sample{Labels: []string{string(l.Network())}, Value: d.Seconds()})
				}
			}
			return out, nil
		}
	}
	network := []string{"network"}
	a.metrics.Show(
		web.Gauge{Name: "rabeg_event_age_seconds", Help: "Time since the last event that was handled here.", Labels: network,
			Ask: each(func(l *link) (time.Duration, bool) { return l.vital.age(func(v *vital) time.Time { return v.handled }) })},
		web.Gauge{Name: "rabeg_poll_age_seconds", Help: "Time since the network last answered as it should.", Labels: network,
			Ask: each(func(l *link) (time.Duration, bool) { return l.vital.age(func(v *vital) time.Time { return v.reached }) })},
		web.Gauge{Name: "rabeg_event_stuck_seconds", Help: "How long the oldest event has been tried that is not handled yet.", Labels: network,
			Ask: each(func(l *link) (time.Duration, bool) { return l.vital.oldest(), true })},
		web.Gauge{Name: "rabeg_leads", Help: "Whether this program receives or sends, where one alone may.", Labels: []string{"network", "what"}, Ask: a.leading},
		web.Gauge{Name: "rabeg_ready", Help: "Whether each check of /readyz is well.", Labels: []string{"check"}, Ask: a.readiness},
		web.Gauge{Name: "rabeg_reports", Help: "Reports by status, counted each minute at most.", Labels: []string{"status"}, Ask: a.watcher.statuses},
		web.Gauge{Name: "rabeg_events_aside", Help: "Events that were set aside within a day, for a person to look at.", Ask: a.watcher.setAside},
		web.Gauge{Name: "rabeg_files", Help: "Files of reports: kept, waiting to be kept, lost; counted each minute at most.", Labels: []string{"state"}, Ask: a.watcher.counted},
		web.Gauge{Name: "rabeg_clock_offset_seconds", Help: "How far the machine's clock is ahead of the database's.", Ask: a.watcher.ahead},
		web.Gauge{Name: "rabeg_standby_lag_seconds", Help: "How far each standby is behind, by whether commits wait for it; missing where this user may not see it.",
			Labels: []string{"standby", "synchronous"}, Ask: a.standby.lags},
		web.Gauge{Name: "rabeg_commit_wait_seconds", Help: "How long the oldest commit waits for a standby.", Ask: a.standby.waited},
		web.Gauge{Name: "rabeg_backup_age_seconds", Help: "How old the last whole backup is; missing while none is known.", Ask: a.backedUp},
		web.Gauge{Name: "rabeg_jobs", Help: "Jobs that the queue holds, by kind and state.", Labels: []string{"kind", "state"}, Ask: a.tallied(
			func(jobs, _, _ int) int { return jobs })},
		web.Gauge{Name: "rabeg_job_tries", Help: "How often the jobs that the queue holds were tried.", Labels: []string{"kind", "state"}, Ask: a.tallied(
			func(_, tries, _ int) int { return tries })},
		web.Gauge{Name: "rabeg_job_failures", Help: "How many of these tries failed.", Labels: []string{"kind", "state"}, Ask: a.tallied(
			func(_, _, failures int) int { return failures })},
	)
}

func (a *App) backedUp(ctx context.Context) ([]web.Sample, error) {
	at, err := a.Store.BackedUp(ctx)
	if err == nil && at.IsZero() {
		err = errNotYet
	}
	if err != nil {
		return nil, err
	}
	return []web.Sample{{Value: time.Since(at).Seconds()}}, nil
}

// age is how long ago something was; false while it never was.
func (v *vital) age(of func(*vital) time.Time) (d time.Duration, ok bool) {
	v.set(func(now time.Time) {
		if at := of(v); !at.IsZero() {
			d, ok = now.Sub(at), true
		}
	})
	return d, ok
}

func (a *App) leading(context.Context) (out []web.Sample, err error) {
	one := func(l *link, what string, is bool) {
		s := web.Sample{Labels: []string{string(l.Network()), what}}
		if is {
			s.Value = 1
		}
		out = append(out, s)
	}
	for _, l := range a.hub.links {
		one(l, "receive", l.leads.Load() || !l.alone)
		one(l, "send", l.sender.Pulse().Sends)
	}
	return out, nil
}

func (a *App) readiness(ctx context.Context) (out []web.Sample, err error) {
	state, _ := web.State(ctx, a.checklist)
	for name, is := range state {
		s := web.Sample{Labels: []string{name}}
		if web.Well(is) {
			s.Value = 1
		}
		out = append(out, s)
	}
	return out, nil
}

func (a *App) tallied(of func(jobs, tries, failures int) int) func(context.Context) ([]web.Sample, error) {
	return func(ctx context.Context) (out []web.Sample, err error) {
		all, err := a.jobs.Tallies(ctx)
		if err != nil {
			return nil, err
		}
		for _, t := range all {
			out = append(out, web.Sample{Labels: []string{t.Kind, t.State}, Value: float64(of(t.Jobs, t.Tries, t.Failures))})
		}
		return out, nil
	}
}

var errNotYet = errors.New("not known yet")

func (w *watcher) statuses(context.Context) (out []web.Sample, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.reports == nil {
		return nil, errNotYet
	}
	for status, n := range w.reports {
		out = append(out, web.Sample{Labels: []string{status}, Value: float64(n)})
	}
	return out, nil
}

func (w *watcher) ahead(context.Context) ([]web.Sample, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.known {
		return nil, errNotYet
	}
	return []web.Sample{{Value: w.offset.Seconds()}}, nil
}

func (w *watcher) setAside(context.Context) ([]web.Sample, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return []web.Sample{{Value: float64(w.aside)}}, nil
}

func (w *watcher) counted(context.Context) (out []web.Sample, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.files == nil {
		return nil, errNotYet
	}
	for state, n := range w.files {
		out = append(out, web.Sample{Labels: []string{state}, Value: float64(n)})
	}
	return out, nil
}
