package casetest

import (
	"context"
	"slices"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Looks are the looks at one report, newest first.
func (m *Memory) Looks(_ context.Context, id report.ID, limit int) ([]ledger.Look, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []ledger.Look
	for _, l := range slices.Backward(m.looks) {
		if l.Report == id && id != 0 && len(out) < limit {
			l.At = l.At.UTC().Truncate(time.Microsecond)
			out = append(out, l)
		}
	}
	return out, nil
}

// lookedAt notes who looked in the order of the commits, once for each cause, and not at all where the batch fails.
func lookedAt(f *fixture) {
	r, other := f.filed("e1"), f.filed("e2")
	look := func(who string, act ledger.LookAct, id report.ID, about string) ledger.Look {
		return ledger.Look{At: now.Add(1500 * time.Nanosecond), Who: who, Act: act, Report: id, About: about}
	}
	kept := func(l ledger.Look) ledger.Look {
		l.At = now.Add(time.Microsecond)
		return l
	}
	list := func(id report.ID, limit int) []ledger.Look {
		f.Helper()
		all, err := f.Reader.Looks(f.ctx, id, limit)
		f.must(err)
		return all
	}
	f.same("nobody has looked", list(r.ID, 9), []ledger.Look{})
	open, unmask := look("telegram:1", ledger.LookOpen, r.ID, "asked"), look("whatsapp:2", ledger.LookUnmask, r.ID, "")
	export, erase := look(ledger.AtTerminal, ledger.LookExport, 0, "corrections"), look(ledger.ByCitizen, ledger.LookErase, other.ID, "")
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "l1", At: now, Looks: []ledger.Look{open, export}}))
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "l2", At: now, Looks: []ledger.Look{unmask, erase}}))
	f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "l2", At: now, Looks: []ledger.Look{unmask}}), ledger.ErrDone)
	r.Rev++
	f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "l3", At: now, Looks: []ledger.Look{unmask},
		Changes: []ledger.Change{ledger.Changed{Report: r, Was: r.Rev + 7}}}), ledger.ErrStale)
	f.same("who looked", list(r.ID, 9), []ledger.Look{kept(unmask), kept(open)})
	f.same("the newest", list(r.ID, 1), []ledger.Look{kept(unmask)})
	f.same("another report", list(other.ID, 9), []ledger.Look{kept(erase)})
	f.same("what was about no report", list(0, 9), []ledger.Look{})
}
