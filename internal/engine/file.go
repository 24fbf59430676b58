package engine

import (
	"context"
	"fmt"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// file files a draft: for who writes, or by an officer for somebody. One turn may file several: the first under the turn's cause, the
// others under causes of their own that follow from it, so that each has the same id and number however often the turn is handled.
func (e *Engine) file(ctx context.Context, t *handling, f flows.File) (flows.Input, error) {
	filing := casework.Filing{Draft: f.Draft, Advice: f.Advice, Reporter: t.chat, Lang: f.Lang, Cause: t.cause, At: t.at}
	if n := len(t.filed); n > 0 {
		filing.Cause = fmt.Sprintf("%s+%d", t.cause, n)
	}
	if f.Draft.How.OnBehalf() {
		by, ok, err := e.officer(ctx, t)
		if err != nil || !ok {
			return flows.Filed{}, err
		}
		filing.By, filing.Contact, filing.Reporter = by, f.Contact, bot.Address{}
	}
	id, code, err := e.number(ctx, t, filing.Cause)
	if err != nil {
		return nil, err
	}
	served, err := e.served.look(ctx)
	if err != nil {
		return nil, err
	}
	if filing.Person, err = e.person(ctx, t); err != nil {
		return nil, err
	}
	if filing.By.Role != "" {
		filing.Person = bot.Person{} // the officer's name is not the reporter's
	} else if filing.Load, err = e.filedBefore(ctx, t); err != nil {
		return nil, err
	}
	filing.Load = t.loaded(filing.Load)
	t.vital = t.vital || f.Draft.Emergency
	filing.ID, filing.Code, filing.Served = id, code, served
	r, b := e.Office().Open(filing)
	t.batch.Add(b)
	t.filed = append(t.filed, r)
	return flows.Filed{Report: r}, nil
}

// number gives the report its number. One that was only drawn is nearly always free, and Commit tells when it is not.
func (e *Engine) number(ctx context.Context, t *handling, cause string) (report.ID, report.Code, error) {
	if t.looked {
		return e.Cases.Store.NextID(ctx, cause)
	}
	t.drawn = true
	id, code := e.Cases.Store.Draw(cause)
	return id, code, nil
}

// loaded is what somebody has filed before, with what this turn has filed: the bounds count each report.
func (t *handling) loaded(l ledger.Load) ledger.Load {
	for _, r := range t.filed {
		if r.Status == report.Quarantined {
			l.Quarantined++
		} else {
			l.Open++
		}
		if !r.Emergency {
			l.Recent++
		}
	}
	return l
}
