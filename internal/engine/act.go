package engine

import (
	"context"
	"errors"
	"fmt"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// nextCause is the cause of the next action of an event: letters of one event have keys of their own.
func (t *handling) nextCause() string {
	if t.acts == 0 {
		return t.cause
	}
	return fmt.Sprintf("%s.%d", t.cause, t.acts)
}

func (e *Engine) act(ctx context.Context, t *handling, a flows.Act) (flows.Input, error) {
	r, err := e.Cases.Reports.ByID(ctx, a.Report)
	if errors.Is(err, ledger.ErrUnknown) || (err == nil && !e.mayAct(t.as(r), r, a.Action)) {
		return flows.Acted{Why: "unknown"}, nil
	}
	if err != nil {
		return nil, err
	}
	facts, err := e.Cases.Reports.Facts(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	by := t.citizen(r)
	if casework.Done(a.Action, facts, by, t.at) { // this very event did it, and died before the conversation was saved
		return acted(r, a.Action), nil
	}
	posts, err := e.shown(ctx, r, a.Action)
	if err != nil {
		return nil, err
	}
	served, err := e.served.look(ctx)
	if err != nil {
		return nil, err
	}
	cause := t.nextCause()
	if a.Action, err = e.joinedWith(ctx, r, a.Action); err != nil {
		return nil, err
	}
	if _, add := a.Action.(report.Add); add && asked(facts) {
		t.vital = true
	}
	conduct, _, err := e.conductOf(ctx, t)
	if err != nil {
		return nil, err
	}
	after, b, err := e.Office().Act(r, by, a.Action, casework.Occasion{Cause: cause, At: t.at, Facts: facts, Served: served, Album: t.album(), Posts: posts, Conduct: conduct})
	if no, ok := casework.AsRefusal(err); ok {
		if !owns(by.Chat, r) {
			r = outlined(r)
		}
		return flows.Acted{Report: r, Why: string(no.Why)}, nil
	}
	if err != nil {
		return nil, err
	}
	if casework.Spreads(a.Action) {
		more, err := e.actKin(ctx, r, by, a.Action, casework.Occasion{Cause: cause, At: t.at, Served: served})
		if err != nil {
			return nil, err
		}
		b.Add(more)
	}
	t.acts++
	t.batch.Add(b)
	if _, hides := a.Action.(report.Hide); hides {
		t.hid = append(t.hid, after)
	}
	if !owns(by.Chat, after) {
		after = outlined(after)
	}
	return acted(after, a.Action), nil
}

// actKin does an action to all that was split off from a report, and to what it was split off itself.
func (e *Engine) actKin(ctx context.Context, r report.Report, by report.Actor, a report.Action, t casework.Occasion) (ledger.Batch, error) {
	all, err := casework.KinOf(r, func(id report.ID) (report.Report, error) { return e.Cases.Reports.ByID(ctx, id) })
	if err != nil {
		return ledger.Batch{}, err
	}
	var kin []casework.Kin
	for _, k := range all {
		facts, err := e.Cases.Reports.Facts(ctx, k.ID)
		if err != nil {
			return ledger.Batch{}, err
		}
		posts, err := e.shown(ctx, k, a)
		if err != nil {
			return ledger.Batch{}, err
		}
		kin = append(kin, casework.Kin{Report: k, Facts: facts, Posts: posts})
	}
	return e.Office().ActKin(kin, by, a, t)
}

// joinedWith tells a Resume which report stands for the one that is resumed, where that was joined with another meanwhile.
func (e *Engine) joinedWith(ctx context.Context, r report.Report, a report.Action) (report.Action, error) {
	if _, resumes := a.(report.Resume); !resumes || r.With == nil {
		return a, nil
	}
	for hops := 0; r.With != nil && hops < casework.JoinHops; hops++ {
		next, err := e.Cases.Reports.ByID(ctx, r.With.ID)
		if err != nil {
			return nil, fmt.Errorf("find what a report was joined with: %w", err)
		}
		r = next
	}
	return report.Resume{Into: r}, nil
}

// acted answers that an action was done. Of a report that was taken back it says where it goes on for others.
func acted(r report.Report, a report.Action) flows.Acted {
	out := flows.Acted{Report: r, OK: true}
	if _, recall := a.(report.Recall); recall && !r.Left.IsZero() {
		out.Why = string(casework.Shared)
	}
	return out
}

// shown are the messages of the desk that show what was said, where an action takes them off.
func (e *Engine) shown(ctx context.Context, r report.Report, a report.Action) ([]ledger.Post, error) {
	_, ok := a.(report.Hide)
	if !ok || e.Cases.Posts == nil {
		return nil, nil
	}
	return e.Cases.Posts.Shown(ctx, r.ID)
}

func (t *handling) album() string {
	if t.event == nil {
		return ""
	}
	switch b := t.event.Body.(type) {
	case bot.Photo:
		return b.Album
	case bot.Document:
		return b.Album
	}
	return ""
}
