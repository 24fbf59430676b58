package desk_test

import (
	"context"
	"slices"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// due is the timer that has waited longest, of those that are rung one by one.
func (s *stage) due(ctx context.Context) ([]ledger.Timer, error) {
	all, err := s.mem.Due(ctx, s.now, 100)
	all = slices.DeleteFunc(all, func(t ledger.Timer) bool { return t.Kind == ledger.ClockTimer || t.Kind == ledger.RollTimer })
	return all[:min(len(all), 1)], err
}

// begin lets the clocks and the roll call speak from now on.
func (s *stage) begin() {
	s.clocks = true
	if err := s.mem.Commit(context.Background(), s.office.FirstRoll(s.now)); err != nil {
		s.Fatal(err)
	}
}

// climb rings the clocks that are due, all at once as the program does, and then the roll call.
func (s *stage) climb(ctx context.Context) {
	if !s.clocks {
		return
	}
	people, err := s.mem.Operators(ctx)
	if err != nil {
		s.Fatal(err)
	}
	due, err := s.mem.DueOf(ctx, ledger.ClockTimer, s.now, casework.ClimbMost)
	if err != nil {
		s.Fatal(err)
	}
	var moments []casework.Moment
	for _, t := range due {
		m := casework.Moment{Timer: t, At: s.now}
		id, _ := t.Subject.Report()
		if m.Report, err = s.mem.ByID(ctx, id); err == nil {
			m.Facts, err = s.mem.Facts(ctx, id)
		}
		if err != nil {
			s.Fatal(err)
		}
		moments = append(moments, m)
	}
	if b, ok := s.office.Climb(moments, people, s.now); ok {
		s.commit(ctx, b)
	}
	rolls, err := s.mem.DueOf(ctx, ledger.RollTimer, s.now, 1)
	if err != nil {
		s.Fatal(err)
	}
	for _, t := range rolls {
		open := map[string][]report.Report{}
		for _, agency := range s.office.Rooms() {
			if open[agency], err = s.mem.OpenOf(ctx, agency, casework.OpenMost); err != nil {
				s.Fatal(err)
			}
		}
		s.commit(ctx, s.office.Roll(casework.RollCall{Timer: t, At: s.now, People: people, Open: open}))
	}
}

func (s *stage) commit(ctx context.Context, b ledger.Batch) {
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
}
