package rights

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// looksMost is how many looks at one report a copy tells, the newest.
const looksMost = 200

// seen is a look as its citizen reads of it: when, what was seen, and by whom, as an office and a right.
type seen struct {
	at   time.Time
	what say.Sight
	by   report.Actor
}

// looks are those at a person's own reports that their facts do not tell, oldest first.
func (c *Clerk) looks(ctx context.Context, own []ledger.Case) (map[report.ID][]seen, error) {
	out := map[report.ID][]seen{}
	people := map[string]report.Actor{}
	for _, k := range own {
		all, err := c.Store.Looks(ctx, k.Report.ID, looksMost)
		if err != nil {
			return nil, fmt.Errorf("read who looked at a person's reports: %w", err)
		}
		for _, l := range slices.Backward(all) {
			what, ok := sight(l)
			if !ok || what != say.SawOthers && hadIt(k.Facts, l.Who) {
				continue
			}
			by, known := people[l.Who]
			if !known {
				if by, err = c.looker(ctx, l.Who); err != nil {
					return nil, err
				}
				people[l.Who] = by
			}
			out[k.Report.ID] = append(out[k.Report.ID], seen{l.At, what, by})
		}
	}
	return out, nil
}

// sight is what a look saw; ok is false for what a fact tells already, and for what was not a look of the desk's.
func sight(l ledger.Look) (what say.Sight, ok bool) {
	switch {
	case l.Who == ledger.AtTerminal || l.Who == ledger.ByCitizen || l.About == casework.LookedAtIdentity || l.About == casework.LookedAtNumbers:
		return 0, false
	case l.Act == ledger.LookOpen:
		return say.SawWords, true
	case l.Act == ledger.LookUnmask && l.About == casework.LookedAtOthers:
		return say.SawOthers, true
	case l.Act == ledger.LookUnmask:
		return say.SawNumbers, true
	}
	return 0, false
}

// hadIt reports whether a person is, or was, the officer in charge of a report: that he or she reads it is what it was sent for.
func hadIt(facts []report.Fact, person string) bool {
	return slices.ContainsFunc(facts, func(f report.Fact) bool { return f.What == report.WasTaken && f.By.ID == person })
}

// looker is a person of the desk by office and right. Who was never enrolled runs the group, and is a coordinator by that.
func (c *Clerk) looker(ctx context.Context, id string) (report.Actor, error) {
	op, err := c.Store.Operator(ctx, id)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return report.Actor{Role: report.Coordinator}, nil
	case err != nil:
		return report.Actor{}, fmt.Errorf("read who looked: %w", err)
	}
	return report.Actor{Role: op.Role, Home: op.Agency}, nil
}
