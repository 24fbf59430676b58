package app

import (
	"context"
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// patientReader is the store for those who look up what a message answers. People, and more so programs, can answer a
// message before its sending is written down: then a moment is waited for it.
type patientReader struct {
	*postgres.Store
	busy func(chat bot.Address) bool
}

const (
	refPatience = 3 * time.Second
	refPause    = 15 * time.Millisecond
)

// ByRef finds the report that a sent message is about.
func (p patientReader) ByRef(ctx context.Context, ref bot.MessageRef) (report.Report, string, error) {
	for until := time.Now().Add(refPatience); ; {
		busy := p.busy(ref.Chat) // asked first: what ends in between is found
		r, intent, err := p.Store.ByRef(ctx, ref)
		if !errors.Is(err, ledger.ErrUnknown) || !busy || time.Now().After(until) {
			return r, intent, err
		}
		t := time.NewTimer(refPause)
		select {
		case <-ctx.Done():
			t.Stop()
			return r, intent, ctx.Err()
		case <-t.C:
		}
	}
}
