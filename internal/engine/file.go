package engine

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// file files a draft: for who writes, or by an officer for somebody. A turn may file several out of one draft: each has the same id and
// number however often the turn is handled.
func (e *Engine) file(ctx context.Context, t *handling, f flows.File) (flows.Input, error) {
	filing := casework.Filing{Draft: f.Draft, Advice: f.Advice, Reporter: t.chat, Lang: f.Lang, Cause: cmp.Or(ofDraft(t.chat, f.Draft.ID), t.cause), At: t.at}
	if n := len(t.filed); n > 0 {
		filing.Cause = fmt.Sprintf("%s+%d", filing.Cause, n)
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

// ofDraft is the cause under which a draft of a chat becomes a report, "" for one that has no id. A draft becomes one report whatever event
// sends it: behind a webhook a second press may be handled before the first, which was committed and died, comes again. It is a hash, for
// it is kept when the chat is erased.
func ofDraft(chat bot.Address, draft string) string {
	if draft == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(chat.Chat().String() + "\x00" + draft))
	return "draft:" + hex.EncodeToString(sum[:16])
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
