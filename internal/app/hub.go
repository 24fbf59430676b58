package app

import (
	"context"
	"sync/atomic"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

// Hub is where the parts of the product that need one another meet: the networks, the operators' desk and the alarms. It is
// made before them, so that each can be handed the hub in place of what is made later; it is used only once all are there.
type Hub struct {
	networks
	alarms
	desk *room
}

func (a *App) newHub() *Hub {
	h := &Hub{desk: &room{profile: a.Profile, office: casework.Office{
		Profile: a.Profile, Hold: a.opts.Hold, Consults: a.cfg.OpenAI.Model != "",
	}}}
	h.alarms, h.networks.now, h.networks.beside = alarms{hub: h, log: a.log, now: a.clock.now}, a.opts.Now, a.opts.Beside
	h.fell = a.fell
	return h
}

// opened tells the hub of the store, which it needs and which needs it.
func (h *Hub) opened(s *postgres.Store) { h.networks.store, h.alarms.store, h.desk.store = s, s, s }

// Desk is the operators' group, zero while there is none.
func (h *Hub) Desk() bot.Address { return h.desk.Address() }

// DeskMoved writes down that the operators' group has a new address.
func (h *Hub) DeskMoved(ctx context.Context, to bot.Address) error { return h.desk.moved(ctx, to) }

// Office decides for the desk where it is now.
func (h *Hub) Office() *casework.Office {
	o := h.desk.office
	o.Desk = h.Desk()
	return &o
}

// room is the operators' desk: where it is, and what its rooms are called. The senders know it as outbox.Desk.
type room struct {
	profile *profile.Profile
	store   *postgres.Store
	office  casework.Office // all but where the desk is
	at      atomic.Pointer[bot.Address]
}

// Address is the operators' group.
func (r *room) Address() bot.Address { return *r.at.Load() }

// RoomName is the title of an office's topic.
func (r *room) RoomName(room string) string {
	ag, ok := r.profile.Agency(room)
	switch {
	case !ok:
		return "Koordinator"
	case ag.Short == "":
		return ag.Name
	}
	return ag.Short
}

// MovedTo is told by the sender, which has written it down.
func (r *room) MovedTo(to bot.Address) { r.at.Store(&to) }

func (r *room) moved(ctx context.Context, to bot.Address) error {
	if err := r.store.Moved(ctx, r.Address(), to); err != nil {
		return err
	}
	to = to.Chat()
	r.at.Store(&to)
	return nil
}
