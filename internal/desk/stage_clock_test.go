package desk_test

import (
	"context"
	"slices"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
)

// due is the timer that has waited longest, of those that are rung one by one.
func (s *stage) due(ctx context.Context) ([]ledger.Timer, error) {
	all, err := s.mem.Due(ctx, s.now, 100)
	all = slices.DeleteFunc(all, together)
	return all[:min(len(all), 1)], err
}

// begin lets the clocks and the roll call speak from now on.
func (s *stage) begin() {
	s.clocks = true
	if err := s.mem.Commit(context.Background(), s.office.FirstRoll(s.now)); err != nil {
		s.Fatal(err)
	}
}

// climb rings the clocks and the roll call that are due.
func (s *stage) climb(ctx context.Context) {
	if !s.clocks {
		return
	}
	if err := climb(ctx, s.mem, s.office, s.now, func(b ledger.Batch) error { s.commit(ctx, b); return nil }); err != nil {
		s.Fatal(err)
	}
}

// climb rings the clocks that are due, all at once as the program does, and then the roll call.
func climb(ctx context.Context, mem *casetest.Memory, office *casework.Office, now time.Time, commit func(ledger.Batch) error) error {
	people, err := mem.Operators(ctx)
	if err != nil {
		return err
	}
	due, err := mem.DueOf(ctx, ledger.ClockTimer, now, casework.ClimbMost)
	if err != nil {
		return err
	}
	var moments []casework.Moment
	for _, t := range due {
		m := casework.Moment{Timer: t, At: now}
		id, _ := t.Subject.Report()
		if m.Report, err = mem.ByID(ctx, id); err == nil {
			m.Facts, err = mem.Facts(ctx, id)
		}
		if err != nil {
			return err
		}
		moments = append(moments, m)
	}
	if b, ok := office.Climb(moments, people, now); ok {
		if err := commit(b); err != nil {
			return err
		}
	}
	return roll(ctx, mem, office, now, people, commit)
}

func roll(ctx context.Context, mem *casetest.Memory, office *casework.Office, now time.Time, people []ledger.Operator, commit func(ledger.Batch) error) error {
	rolls, err := mem.DueOf(ctx, ledger.RollTimer, now, 1)
	if err != nil {
		return err
	}
	for _, t := range rolls {
		open, err := mem.Opens(ctx, office.Rooms(), now, office.Soon(now), casework.RollShown)
		if err != nil {
			return err
		}
		handing, err := mem.HandingOver(ctx, now, casework.OpenMost)
		if err != nil {
			return err
		}
		if err := commit(office.Roll(casework.RollCall{Timer: t, At: now, People: people, Open: open, Handing: handing})); err != nil {
			return err
		}
	}
	return nil
}

// together reports whether a timer is rung by climb.
func together(t ledger.Timer) bool { return t.Kind == ledger.ClockTimer || t.Kind == ledger.RollTimer }

func (s *stage) commit(ctx context.Context, b ledger.Batch) {
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
}
