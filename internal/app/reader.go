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
// message before its sending is written down: then the sender is asked to say when it is.
type patientReader struct {
	*postgres.Store
	landed func(ctx context.Context, chat bot.Address) error
}

// refPatience is how long that is waited for: the chat's other messages wait, too.
const refPatience = 3 * time.Second

// ByRef finds the report that a sent message is about.
func (p patientReader) ByRef(ctx context.Context, ref bot.MessageRef) (report.Report, string, error) {
	r, intent, err := p.Store.ByRef(ctx, ref)
	if !errors.Is(err, ledger.ErrUnknown) {
		return r, intent, err
	}
	patience, cancel := context.WithTimeout(ctx, refPatience)
	defer cancel()
	if p.landed(patience, ref.Chat) != nil && ctx.Err() != nil {
		return r, intent, ctx.Err()
	}
	return p.Store.ByRef(ctx, ref)
}
