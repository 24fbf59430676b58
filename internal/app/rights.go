package app

import (
	"context"
	"fmt"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/internal/report"
	"rabeg/internal/rights"
)

// newClerk makes who carries out what people ask for about their data.
func (a *App) newClerk(machine *flows.Machine) *rights.Clerk {
	return rights.New(rights.Options{
		Store: a.Store, Office: a.hub.Office, Blobs: a.blobs, Forget: a.sessions.Erase, Drop: a.jobs.Drop, Unknow: a.hub.Unknow,
		Drafts: func(ctx context.Context, chat bot.Address) ([]report.Draft, error) {
			return a.drafts(ctx, machine, chat)
		},
		Now: a.now, Log: a.log,
	})
}

// drafts are the reports in the making in a chat.
func (a *App) drafts(ctx context.Context, machine *flows.Machine, chat bot.Address) ([]report.Draft, error) {
	s, err := a.sessions.Load(ctx, chat)
	if err != nil {
		return nil, err
	}
	if err := a.sessions.Free(ctx, s); err != nil {
		return nil, err
	}
	state, err := machine.Read(s.State)
	if err != nil {
		return nil, fmt.Errorf("read the reports in the making: %w", err)
	}
	return intake.Drafts(state), nil
}

// Unknow lets a chat's network forget the person, as far as it keeps anything of its own.
func (n *networks) Unknow(ctx context.Context, chat bot.Address) error {
	l := n.link(chat.Network)
	if l == nil {
		return nil
	}
	forgetful, ok := l.Channel.(bot.Forgetful)
	if !ok {
		return nil
	}
	return forgetful.Forget(ctx, chat)
}
