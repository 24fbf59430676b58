package engine

import (
	"context"
	"errors"
	"fmt"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// officer is who writes, as somebody who acts in the desk; ok is false for everybody else.
func (e *Engine) officer(ctx context.Context, t *handling) (by report.Actor, ok bool, err error) {
	if e.Cases.Officers == nil || t.event == nil || t.from.ID == "" {
		return by, false, nil
	}
	op, err := e.Cases.Officers.Operator(ctx, string(t.chat.Network)+":"+t.from.ID)
	if errors.Is(err, ledger.ErrUnknown) {
		return by, false, nil
	}
	if err != nil {
		return by, false, fmt.Errorf("ask who is an officer: %w", err)
	}
	ok = op.In()
	if ok {
		ok, err = e.inDesk(ctx, t, op)
	}
	if ok && op.Approved == op.ID { // in for as long as he or she runs the group
		ok, err = e.runsDesk(ctx, t)
	}
	return report.Actor{Role: op.Role, ID: op.ID, Name: op.Name, Home: op.Agency, Chat: t.chat}, ok, err
}

// inDesk asks the network whether an officer who writes in the own chat is still in the desk's group; leaders need not be. Who is not has left
// it, and nobody was told: that is made good. While the network cannot say, who was not seen to leave goes on.
func (e *Engine) inDesk(ctx context.Context, t *handling, op ledger.Operator) (bool, error) {
	group := e.Office().Desk.Chat()
	if e.Here == nil || group.Network != t.chat.Network || op.Role == report.Leader {
		return true, nil
	}
	here, err := e.Here(ctx, group, t.from.ID)
	if here || err != nil {
		return true, nil //nolint:nilerr // not known
	}
	if e.Desk == nil {
		return false, nil
	}
	return false, e.desk(ctx, bot.Event{ID: bot.EventID(t.cause + "/left"), Chat: group, Group: true, At: t.at, Body: bot.Member{Who: t.from}})
}

// runsDesk asks the network whether who writes runs the desk's group. Where it cannot say just now, the event is handled again; who is not
// known there runs nothing.
func (e *Engine) runsDesk(ctx context.Context, t *handling) (bool, error) {
	group := e.Office().Desk.Chat()
	if e.Admin == nil || group.Network != t.chat.Network {
		return false, nil
	}
	ok, err := e.Admin(ctx, group, t.from.ID)
	var refused *bot.SendError
	switch {
	case err == nil:
		return ok, nil
	case errors.As(err, &refused) && (refused.Remedy == bot.GiveUp || refused.Remedy == bot.Gone):
		return false, nil
	}
	return false, fmt.Errorf("ask who runs the group: %w", err)
}

// claim gives who writes what an officer took for his or her number. It comes before the turn, so that the turn finds it.
func (e *Engine) claim(ctx context.Context, ev bot.Event) error {
	if e.Cases.Citizens == nil || e.Phone == nil {
		return nil
	}
	known, err := e.numbersOf(ctx, ev)
	if err != nil {
		return fmt.Errorf("ask for the number of who writes: %w", err)
	}
	if len(known) == 0 {
		return nil
	}
	err = ledger.Settle(ctx, stepping{e}, func(error) (ledger.Batch, error) {
		var left []report.Report
		for _, n := range known {
			more, err := e.Cases.Citizens.LeftFor(ctx, n, casework.ClaimMost)
			if err != nil {
				return ledger.Batch{}, err
			}
			left = append(left, more...)
		}
		if len(left) == 0 {
			return ledger.Batch{}, nil
		}
		return e.Office().Claim(left, ev.Chat, ev.From.Language, casework.Occasion{Cause: string(ev.ID) + "/claim", At: ev.At}), nil
	})
	if err != nil {
		return fmt.Errorf("give somebody what was taken for the number: %w", err)
	}
	return nil
}

// numberOf is the number of who writes, as the network vouches for it: "" where it does not.
func (e *Engine) numberOf(ctx context.Context, ev bot.Event) (string, error) {
	if own, told := ev.Body.(bot.Contact); told { // sent by the network's key for it
		return own.Phone, nil
	}
	return e.Phone(ctx, ev.Chat)
}
