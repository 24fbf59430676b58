package casetest

import (
	"errors"
	"fmt"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// However a report stands, in whatever office, with whatever owner outside and whatever other report: it is kept exactly where it
// has one owner, when it is opened as when it changes.
func oneOwner(f *fixture) {
	n, kept := 0, 0
	for _, status := range []report.Status{"", "?", report.Received, report.Assigned, report.InProgress, report.Planned, report.Resolved, report.Closed,
		report.Rejected, report.Merged, report.Transferred, report.Reopened, report.Quarantined} {
		for _, agency := range []string{"", "DISHUB"} {
			for _, owner := range []string{"", "PLN"} {
				for _, with := range []*report.Joined{nil, {}, {ID: 77, Code: "CTH-2"}, {ID: -1}} {
					n++
					how := fmt.Sprintf("%s of %q, outside %q, with %v", status, agency, owner, with)
					r := f.filed(fmt.Sprint("whole", n))
					now := r
					now.Rev++
					now.Status, now.Agency, now.Owner, now.With = status, agency, owner, with
					if with != nil && with.ID == -1 {
						now.With = &report.Joined{ID: r.ID, Code: r.Code}
					}
					told := []report.Fact{{Report: r.ID, Seq: now.Rev, At: now.Filed, What: report.WasNoted}}
					err := f.Store.Commit(f.ctx, ledger.Batch{Cause: fmt.Sprint("c", n), At: now.Filed, Changes: []ledger.Change{ledger.Changed{Report: now, Was: r.Rev, Facts: told}}})
					if now.Owned() {
						kept++
						f.must(err)
					} else if !errors.Is(err, ledger.ErrOwner) {
						f.Errorf("changed to %s: %v", how, err)
					}
					fresh := now
					cause := fmt.Sprint("o", n)
					var next error
					fresh.ID, fresh.Code, next = f.Store.NextID(f.ctx, cause)
					f.must(next)
					if with != nil && with.ID == -1 {
						fresh.With = &report.Joined{ID: fresh.ID, Code: fresh.Code}
					}
					fresh.Rev, told[0].Report, told[0].Seq = 1, fresh.ID, 1
					err = f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now.Filed, Changes: []ledger.Change{ledger.Opened{Report: fresh, Facts: told}}})
					if fresh.Owned() {
						f.must(err)
					} else if !errors.Is(err, ledger.ErrOwner) {
						f.Errorf("opened as %s: %v", how, err)
					}
				}
			}
		}
	}
	if kept == 0 || kept == n {
		f.Errorf("%d of %d are kept", kept, n)
	}
}
