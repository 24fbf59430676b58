package desk_test

import (
	"context"
	"fmt"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// kin does what holds for all that was split off from a report, as the engine does.
func (s *stage) kin(r report.Report, by report.Actor, a report.Action) ledger.Batch {
	if !casework.Spreads(a) {
		return ledger.Batch{}
	}
	ctx := context.Background()
	all, err := casework.KinOf(r, func(id report.ID) (report.Report, error) { return s.mem.ByID(ctx, id) })
	if err != nil {
		s.Fatal(err)
	}
	var kin []casework.Kin
	for _, k := range all {
		facts, err := s.mem.Facts(ctx, k.ID)
		if err != nil {
			s.Fatal(err)
		}
		posts, err := s.mem.Shown(ctx, k.ID)
		if err != nil {
			s.Fatal(err)
		}
		kin = append(kin, casework.Kin{Report: k, Facts: facts, Posts: posts})
	}
	b, err := s.office.ActKin(kin, by, a, casework.Occasion{Cause: fmt.Sprintf("wa:%d", s.events), At: s.now})
	if err != nil {
		s.Fatal(err)
	}
	return b
}
