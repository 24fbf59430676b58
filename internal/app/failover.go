package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"rabeg/flows/intake"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/session"
)

const (
	// unkeptFor is how long ago something may have been said of which people are asked whether it is to come again: what a standby lacks is
	// minutes old at most.
	unkeptFor = 24 * time.Hour
	// wordsFor is that of words that made no report.
	wordsFor = time.Hour
	// unkeptMost bounds one look through all conversations.
	unkeptMost = 10 * time.Minute
)

// followed looks whether another server has taken the primary's place, and then compares what the conversations remember with what it has,
// in the background. It is done when it has ended well: who is killed meanwhile does it again, and nobody is asked twice. settled says that
// there is nothing to do.
func (a *App) followed(ctx context.Context) (settled bool) {
	now, was, err := a.Store.Timeline(ctx)
	if err != nil || now == was {
		return err == nil
	}
	if was == "" {
		_ = a.Store.TimelineKnown(ctx, now) // the first one; else it is tried again
		return false
	}
	if !a.comparing.CompareAndSwap(false, true) {
		return false
	}
	a.log.Warn("another server has taken the database's place: what people were told last is compared with what it has", "was", was, "now", now)
	go a.hub.stands(func() {
		defer a.comparing.Store(false)
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), unkeptMost)
		defer cancel()
		lost, asked, err := a.compare(ctx, now)
		if err == nil {
			err = a.Store.TimelineKnown(ctx, now)
		}
		if err != nil {
			a.log.Error("what people were told last cannot be compared with the database; it is tried again", "why", short(err))
			return
		}
		a.log.Warn("compared", "reports gone", lost, "asked", asked)
	})
	return false
}

// compare asks everybody again whose last report, or last words, the database does not have, and tells the coordinator what to look at: what
// officers wrote, and what other software filed, no conversation remembers.
func (a *App) compare(ctx context.Context, timeline string) (lost, asked int, err error) {
	var gone []report.Code
	at := a.clock.now()
	err = a.sessions.Each(ctx, func(some []session.Kept) error {
		codes, words, err := a.unkept(ctx, some, at)
		gone, asked = append(gone, codes...), asked+words
		return err
	})
	if err != nil || a.hub.Desk().Zero() {
		return len(gone), asked, err
	}
	took := casework.Takeover{Gone: gone, Asked: asked, Software: a.hooks != nil}
	err = a.Store.Commit(ctx, a.hub.Office().Unkept(took, at, "unkept:"+timeline))
	if errors.Is(err, ledger.ErrDone) {
		err = nil
	}
	return len(gone), asked, err
}

// lastSaid is the last of some events that a person brought about, "" for none: what else took a turn is no loss to anybody.
func lastSaid(ring []string) string {
	for _, event := range slices.Backward(ring) {
		if !slices.ContainsFunc([]string{"timer:", "heard:", "unkept:", "tell:", "carry/"}, func(own string) bool { return strings.HasPrefix(event, own) }) {
			return event
		}
	}
	return ""
}

// unkept asks those of some conversations.
func (a *App) unkept(ctx context.Context, some []session.Kept, at time.Time) (gone []report.Code, asked int, err error) {
	type memory struct {
		session.Kept
		sent *intake.Sent
		last string // the event handled last, "" where it does not matter
	}
	var all []memory
	var ids []report.ID
	var events []string
	for _, k := range some {
		state, err := a.machine.Read(k.State)
		if err != nil || len(k.Ring) == 0 || at.Sub(state.At) > unkeptFor {
			continue
		}
		m, notes := memory{Kept: k}, intake.Of(state)
		if sent := notes.Sent; sent != nil && at.Sub(sent.At) < unkeptFor {
			m.sent = sent
			ids = append(ids, sent.ID)
		}
		if notes.Form.Empty() && at.Sub(state.At) < wordsFor { // what is in the making is all here
			if m.last = lastSaid(k.Ring); m.last != "" {
				events = append(events, m.last)
			}
		}
		if m.sent != nil || m.last != "" {
			all = append(all, m)
		}
	}
	if len(all) == 0 {
		return nil, 0, nil
	}
	missing, unknown, err := a.Store.Absent(ctx, ids, events)
	if err != nil {
		return nil, 0, err
	}
	for _, m := range all {
		switch {
		case m.sent != nil && missing[m.sent.ID]:
			gone = append(gone, m.sent.Code)
			err = a.engine.Unkept(ctx, m.Chat, m.sent.Code, "")
		case m.last != "" && unknown[m.last]:
			asked++
			err = a.engine.Unkept(ctx, m.Chat, "", m.last)
		}
		if err != nil {
			return gone, asked, err
		}
	}
	return gone, asked, nil
}
