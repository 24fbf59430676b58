package engine

import (
	"context"
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
)

// exportEvery is how soon a citizen gets another copy: the first is still on its way before that.
const exportEvery = 10 * time.Minute

// errGone says that a turn was taken before, and its chat was erased since then: nothing of it comes back.
var errGone = errors.New("the conversation was erased")

// gone reports whether the chat of an event that was handled before was erased since it happened.
func (e *Engine) gone(ctx context.Context, t *handling) (bool, error) {
	if e.Cases.Pleas == nil || t.event == nil {
		return false, nil
	}
	return e.Cases.Pleas.Gone(ctx, t.chat, t.event.At)
}

// plead puts the use of a right on record, and tells how it stands.
func (e *Engine) plead(ctx context.Context, t *handling, eff flows.Plead) (flows.Input, error) {
	out := flows.Pleaded{What: eff.What}
	if e.Cases.Pleas == nil || t.event == nil || t.event.Group {
		return out, nil
	}
	act := ledger.ErasePlea
	if eff.What == flows.PleadExport {
		act = ledger.ExportPlea
	}
	was, known, err := e.pleaOf(ctx, t, act)
	if err != nil {
		return nil, err
	}
	occasion := casework.Occasion{Cause: t.cause, At: t.at}
	p := ledger.Plea{ID: ledger.NewPleaID(t.cause), Act: act, Chat: t.chat, Name: t.from.Name, Lang: eff.Lang}
	if eff.All {
		p.Tied = t.chats()[1:]
	}
	out.Pending = known && (was.Stage == ledger.PleaAsked || was.Stage == ledger.PleaBegun)
	out.Begun = known && (was.Stage == ledger.PleaBegun || was.Stage == ledger.PleaTold)
	switch eff.What {
	case flows.PleadExport:
		if known && t.at.Sub(was.Asked) < exportEvery {
			return out, nil
		}
		out.OK = true
		t.batch.Add(e.Office().Plead(p, occasion))
		return out, nil
	case flows.PleadSpare:
		if known && (was.Stage == ledger.PleaAsked || len(was.Left) > 0 && was.Stage == ledger.PleaTold) {
			out.OK = true
			t.batch.Add(e.Office().Spare(was, occasion))
		}
		return out, nil
	}
	if known {
		out.Until = was.Asked.Add(casework.Grace)
	}
	if err := e.kept(ctx, append([]bot.Address{t.chat}, p.Tied...), &out); err != nil {
		return nil, err
	}
	if eff.What == flows.PleadAsk || out.Pending {
		return out, nil
	}
	if known { // what an earlier one left is taken up by this
		t.batch.Add(e.Office().Spare(was, occasion))
	}
	p.Recall = eff.What == flows.PleadRecall
	t.batch.Add(e.Office().Plead(p, occasion))
	out.OK, out.Until = true, t.at.Add(casework.Grace)
	for _, chat := range p.Tied {
		t.tell(chat, flows.TieErase)
	}
	return out, nil
}

// pleaOf is the open plea of who writes for an act, from this chat or from one that is tied to it.
func (e *Engine) pleaOf(ctx context.Context, t *handling, act ledger.PleaAct) (ledger.Plea, bool, error) {
	for _, chat := range t.chats() {
		p, err := e.Cases.Pleas.PleaOf(ctx, chat, act)
		switch {
		case errors.Is(err, ledger.ErrUnknown):
		case err != nil:
			return p, false, err
		case p.Covers(t.chat):
			return p, true, nil
		}
	}
	return ledger.Plea{}, false, nil
}

// kept counts what is kept of the reports of chats.
func (e *Engine) kept(ctx context.Context, chats []bot.Address, out *flows.Pleaded) error {
	for _, chat := range chats {
		own, err := e.Cases.Pleas.Possessions(ctx, chat, 0)
		if err != nil {
			return err
		}
		out.Operator = out.Operator || own.Operator != nil
		for _, c := range own.Reports {
			if c.Report.Status.Open() {
				out.Open = append(out.Open, c.Report.Code)
			} else {
				out.Gone++
			}
		}
	}
	return nil
}
