package app

import (
	"context"
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// patientReader is the store for those who look up what a message answers. People, and more so programs, can answer a
// message before its sending is written down: then the sender is asked to say when it is. Where another instance sends, it is
// asked for a moment whether it has written that down.
type patientReader struct {
	*postgres.Store
	landed func(ctx context.Context, chat bot.Address) error
	// elsewhere reports whether another instance may send to a chat, and whether that is the operators' group.
	elsewhere func(chat bot.Address) (is, desk bool)
}

const (
	// refPatience is how long that is waited for: the chat's other messages wait, too. A sender that lives writes down within a
	// second where a message stands; one that has died never does.
	refPatience = 3 * time.Second
	refEvery    = 50 * time.Millisecond
)

// ByRef finds the report that a sent message is about. In the operators' group colleagues answer one another, too: nothing is
// waited for there, see Ours.
func (p patientReader) ByRef(ctx context.Context, ref bot.MessageRef) (report.Report, string, error) {
	_, desk := p.elsewhere(ref.Chat)
	return p.patient(ctx, ref, !desk)
}

// Ours is ByRef for a message that the network says is ours.
func (p patientReader) Ours(ctx context.Context, ref bot.MessageRef) (report.Report, string, error) {
	return p.patient(ctx, ref, true)
}

func (p patientReader) patient(ctx context.Context, ref bot.MessageRef, wait bool) (report.Report, string, error) {
	r, intent, err := p.Store.ByRef(ctx, ref)
	if !errors.Is(err, ledger.ErrUnknown) {
		return r, intent, err
	}
	engine.Waiting(ctx, func() { r, intent, err = p.comes(ctx, ref, wait) })
	return r, intent, err
}

// comes waits until it is known what a message was about, or that nobody will know.
func (p patientReader) comes(ctx context.Context, ref bot.MessageRef, wait bool) (r report.Report, intent string, err error) {
	patience, cancel := context.WithTimeout(ctx, refPatience)
	defer cancel()
	if p.landed(patience, ref.Chat) != nil && ctx.Err() != nil {
		return r, intent, ctx.Err()
	}
	tick := time.NewTicker(refEvery)
	defer tick.Stop()
	for {
		r, intent, err = p.Store.ByRef(ctx, ref)
		if !wait || !errors.Is(err, ledger.ErrUnknown) {
			return r, intent, err
		}
		if underway, failed := p.underway(ctx, ref); failed != nil {
			return r, intent, failed
		} else if !underway {
			return r, intent, err
		}
		select {
		case <-ctx.Done():
			return r, intent, ctx.Err()
		case <-patience.Done():
			return r, intent, err
		case <-tick.C:
		}
	}
}

// underway reports whether another instance may have sent a message and not written it down yet.
func (p patientReader) underway(ctx context.Context, ref bot.MessageRef) (bool, error) {
	is, desk := p.elsewhere(ref.Chat)
	if !is {
		return false, nil
	}
	return p.Underway(ctx, ref, desk)
}
