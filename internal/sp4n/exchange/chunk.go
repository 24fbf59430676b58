package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sp4n"
)

// flush decides and writes the rows that wait, beside those before them. Where another import wrote some of them meanwhile, it is decided anew.
func (r *run) flush() error {
	rows := r.waiting
	if len(rows) == 0 {
		return nil
	}
	slices.SortStableFunc(rows, func(a, b sp4n.Row) int { return strings.Compare(key(a), key(b)) }) // two at once wait for each other in one order
	r.waiting, r.n = r.waiting[:0:0], r.n+1
	if r.Look {
		return r.bring(rows)
	}
	return r.fork(rows)
}

// bring decides and writes some rows.
func (r *run) bring(rows []sp4n.Row) error {
	before := r.result
	return ledger.Again(r.ctx, func(was error) error {
		r.result = before
		if was != nil && !errors.Is(was, ledger.ErrTaken) { // somebody came first: perhaps to a report that these would be doubles of
			r.near = &nearOnce{}
		}
		b, err := r.decide(rows)
		if err != nil || r.Look || b.Cause == "" {
			return err
		}
		if err := r.write(b); err != nil && !errors.Is(err, ledger.ErrDone) {
			return fmt.Errorf("write what a file brings: %w", err)
		}
		return nil
	})
}

// write commits what some rows bring, once few enough others are being written.
func (r *run) write(b ledger.Batch) error {
	if r.writes != nil {
		r.writes <- struct{}{}
		defer func() { <-r.writes }()
	}
	err := r.Store.Commit(r.ctx, b)
	if errors.Is(err, context.DeadlineExceeded) && r.ctx.Err() == nil { // it stood behind another import for too long; whatever became of it is seen when it is decided anew
		return fmt.Errorf("%w: %w", ledger.ErrStale, err)
	}
	return err
}

// decide is what some rows bring, as what is kept stands now.
func (r *run) decide(rows []sp4n.Row) (ledger.Batch, error) {
	known, err := r.known(rows)
	if err != nil {
		return ledger.Batch{}, err
	}
	sights, err := r.Store.Sighted(r.ctx, numbersOf(rows))
	if err != nil {
		return ledger.Batch{}, err
	}
	b, told := ledger.Batch{At: r.At}, ledger.Sighted{Day: r.result.AsOf}
	var fresh []sp4n.Row
	for _, row := range rows {
		was, ok := known[key(row)]
		seen := sights[row.Tracking]
		if row.Tracking != "" && seen.Day.Before(told.Day) {
			told.Numbers = append(told.Numbers, row.Tracking)
		}
		switch {
		case !ok && seen.Erased:
			r.result.Same++
			continue
		case !ok:
			fresh = append(fresh, row)
			continue
		}
		more, err := r.move(was, row, seen.Day)
		if err != nil {
			return b, err
		}
		if len(more.Changes) > 0 {
			told.Moved = append(told.Moved, row.Tracking)
		}
		b.Add(more)
	}
	more, err := r.open(fresh)
	if err != nil {
		return b, err
	}
	b.Add(more)
	if len(told.Numbers)+len(told.Moved) > 0 {
		b.Changes = append(b.Changes, told)
	}
	if len(b.Changes) > 0 {
		b.Cause = fmt.Sprintf("sp4n:%s/%d", r.Run, r.n)
	}
	return b, nil
}

// known are the reports here that rows are about.
func (r *run) known(rows []sp4n.Row) (map[string]ledger.Tracked, error) {
	out, err := r.Store.Tracked(r.ctx, numbersOf(rows))
	if err != nil {
		return nil, fmt.Errorf("find the reports of a file: %w", err)
	}
	for _, row := range rows {
		code, ok := report.ParseCode(r.office.Profile.Prefix, row.Own)
		if _, found := out[key(row)]; found || !ok {
			continue
		}
		was, err := r.ByCode(r.ctx, code)
		switch {
		case errors.Is(err, ledger.ErrUnknown):
		case err != nil:
			return nil, fmt.Errorf("find the report of a row: %w", err)
		default:
			t := ledger.Tracked{ID: was.ID, Erased: !was.Erased.IsZero()}
			if was.Mirror != nil {
				t.Mirror = *was.Mirror
			}
			out[key(row)] = t
		}
	}
	return out, nil
}

func numbersOf(rows []sp4n.Row) []string {
	out := make([]string, 0, len(rows))
	for _, row := range rows {
		if row.Tracking != "" {
			out = append(out, row.Tracking)
		}
	}
	return out
}

// move takes what a row says of a report that is here; seen is the day of the newest file that told of it.
func (r *run) move(was ledger.Tracked, row sp4n.Row, seen time.Time) (ledger.Batch, error) {
	m, held := row.Mirror(r.words, r.result.AsOf), was.Mirror
	if seen.After(held.Seen) {
		held.Seen = seen
	}
	switch {
	case was.Erased, row.Tracking == "", held.Print == m.Print, // our own row tells nothing new of our own report
		held.Number != "" && held.Number != row.Tracking: // a number that was put right since: no file undoes that
		r.result.Same++
		return ledger.Batch{}, nil
	case !sp4n.Newer(m, held):
		r.result.Older++
		return ledger.Batch{}, nil
	}
	r.result.Moved++
	if r.Look {
		return ledger.Batch{}, nil
	}
	now, err := r.Store.ByID(r.ctx, was.ID)
	switch {
	case err != nil:
		return ledger.Batch{}, fmt.Errorf("read the report of a row: %w", err)
	case now.Tracking() == "":
		return r.link(now, row)
	}
	return r.mirror(now, m)
}

// mirror is what becomes of a report by what LAPOR! says of it.
func (r *run) mirror(was report.Report, m report.Mirror) (ledger.Batch, error) {
	facts, err := r.Store.Facts(r.ctx, was.ID)
	if err != nil {
		return ledger.Batch{}, fmt.Errorf("read the facts: %w", err)
	}
	var failed error
	t := casework.Occasion{Cause: fmt.Sprintf("sp4n:%s/%d", r.Run, was.ID), At: r.At, Facts: facts, Served: func(agency string) bool {
		ok, err := r.serves(agency)
		failed = errors.Join(failed, err)
		return ok
	}}
	_, b, err := r.office.Act(was, report.Actor{Role: report.System}, report.Mirrored{Mirror: m, Turn: r.office.TurnOf(was, m.Means)}, t)
	return b, errors.Join(err, failed)
}

// open opens the reports of rows that are not here yet, or gives their numbers to those that they are doubles of.
func (r *run) open(rows []sp4n.Row) (ledger.Batch, error) {
	b := ledger.Batch{}
	if len(rows) == 0 {
		return b, nil
	}
	twins, err := r.doubles(rows)
	if err != nil {
		return b, err
	}
	codes, err := r.draw(rows)
	if err != nil {
		return b, err
	}
	for i, row := range rows {
		if twin, ok := twins[i]; ok {
			r.double(row, twin)
			if !r.Apart {
				more, err := r.link(twin.report, row)
				if err != nil {
					return b, err
				}
				b.Add(more)
				continue
			}
		}
		more, err := r.fresh(row, codes[i])
		if err != nil {
			return b, err
		}
		b.Add(more)
	}
	return b, nil
}

// fresh opens one.
func (r *run) fresh(row sp4n.Row, code report.Code) (ledger.Batch, error) {
	read := r.Read
	if r.Look { // what it is about is of no matter yet
		read = func(string) (report.Kind, []report.Guess) { return report.Complaint, nil }
	}
	taken := row.Take(r.words, r.result.AsOf, read)
	cause := fmt.Sprintf("sp4n:%s/%s", r.Run, key(row))
	id, _ := r.Store.Draw(cause)
	var failed error
	now, b := r.office.Import(casework.Imported{ID: id, Code: code, Cause: cause, Draft: taken.Draft, Filed: row.Received, At: r.At, Office: taken.Office, Mirror: taken.Mirror,
		Served: func(agency string) bool {
			ok, err := r.serves(agency)
			failed = errors.Join(failed, err)
			return ok
		}})
	if failed != nil {
		return ledger.Batch{}, failed
	}
	r.result.Fresh++
	if now.Status.Working() {
		r.result.Open++
	}
	if r.Look {
		return ledger.Batch{}, nil
	}
	return b, nil
}

// link gives the number of a row to the report that it is a double of, and takes what the row says of it.
func (r *run) link(was report.Report, row sp4n.Row) (ledger.Batch, error) {
	if r.Look {
		return ledger.Batch{}, nil
	}
	facts, err := r.Store.Facts(r.ctx, was.ID)
	if err != nil {
		return ledger.Batch{}, fmt.Errorf("read the facts: %w", err)
	}
	chief := report.Actor{Role: report.Coordinator, Name: "impor LAPOR!"}
	now, b, err := r.office.Act(was, chief, report.Numbered{Foreign: report.Foreign{Number: row.Tracking}},
		casework.Occasion{Cause: fmt.Sprintf("sp4n:%s/%d/n", r.Run, was.ID), At: r.At, Facts: facts})
	if err != nil {
		return b, err
	}
	m := row.Mirror(r.words, r.result.AsOf)
	var told []report.Fact
	for _, c := range b.Changes {
		if c, ok := c.(ledger.Changed); ok {
			told = c.Facts
		}
	}
	_, more, err := r.office.Act(now, report.Actor{Role: report.System}, report.Mirrored{Mirror: m, Turn: r.office.TurnOf(now, m.Means)},
		casework.Occasion{Cause: fmt.Sprintf("sp4n:%s/%d", r.Run, was.ID), At: r.At, Facts: append(facts, told...)})
	b.Add(more)
	return b, err
}

// draw gives rows numbers that nobody has: their own, where they are of an export of ours.
func (r *run) draw(rows []sp4n.Row) ([]report.Code, error) {
	codes := make([]report.Code, len(rows))
	if r.Look {
		return codes, nil
	}
	mine := map[report.Code]bool{}
	for i, row := range rows {
		if code, ok := report.ParseCode(r.office.Profile.Prefix, row.Own); ok && !mine[code] {
			codes[i], mine[code] = code, true
		}
	}
	const rounds = 12
	for range rounds {
		for i, row := range rows {
			if codes[i] != "" {
				continue
			}
			_, code := r.Store.Draw(fmt.Sprintf("sp4n:%s/%s", r.Run, key(row)))
			if !mine[code] && r.drawn.first(code) {
				codes[i], mine[code] = code, true
			}
		}
		taken, err := r.Store.Taken(r.ctx, slices.DeleteFunc(slices.Clone(codes), func(c report.Code) bool { return c == "" }))
		if err != nil {
			return nil, err
		}
		whole := true
		for i := range codes {
			if codes[i] == "" || taken[codes[i]] {
				codes[i], whole = "", false
			}
		}
		if whole {
			return codes, nil
		}
	}
	return nil, errors.New("report numbers are nearly used up")
}
