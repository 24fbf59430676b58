package casetest

import (
	"context"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
)

// Moment is what a timer finds, as the program reads it.
func (m *Memory) Moment(ctx context.Context, t ledger.Timer) (casework.Moment, error) {
	out := casework.Moment{Timer: t}
	var err error
	if id, ok := t.Subject.Report(); ok {
		if out.Report, err = m.ByID(ctx, id); err == nil {
			out.Facts, err = m.Facts(ctx, id)
		}
		return out, err
	}
	agency, _ := t.Subject.Room()
	if out.Served, err = m.Served(ctx, agency); err != nil {
		return out, err
	}
	open, err := m.OpenOf(ctx, agency, casework.HandMost)
	for _, r := range open {
		k := ledger.Case{Report: r}
		if k.Facts, err = m.Facts(ctx, r.ID); err != nil {
			return out, err
		}
		out.Cases = append(out.Cases, k)
	}
	return out, err
}
