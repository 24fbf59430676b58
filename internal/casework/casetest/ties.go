package casetest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

var _ ledger.TieReader = (*Memory)(nil)

// ties are the chats that people have tied together, and the codes that wait.
type ties struct {
	of     map[bot.Address]tied
	offers map[bot.Address]ledger.Offer
	people int
}

type tied struct {
	person int
	heard  time.Time
}

// Ties are the chats of one person.
func (m *Memory) Ties(_ context.Context, chat bot.Address) ([]bot.Address, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ties.with(chat.Chat()), nil
}

func (t *ties) with(chat bot.Address) (out []bot.Address) {
	mine, ok := t.of[chat]
	for a, other := range t.of {
		if ok && other.person == mine.person {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b bot.Address) int {
		return cmp.Or(t.of[b].heard.Compare(t.of[a].heard), strings.Compare(a.String(), b.String()))
	})
	return out
}

// OfferOf is the code that a chat shows.
func (m *Memory) OfferOf(_ context.Context, chat bot.Address) (ledger.Offer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.ties.offers[chat.Chat()]
	if !ok {
		return o, ledger.ErrUnknown
	}
	return o, nil
}

// OfferBy is whose code it is.
func (m *Memory) OfferBy(_ context.Context, code string) (ledger.Offer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.ties.by(code)
	if !ok {
		return o, ledger.ErrUnknown
	}
	return o, nil
}

func (t *ties) by(code string) (ledger.Offer, bool) {
	for _, o := range t.offers {
		if o.Code == code {
			return o, true
		}
	}
	return ledger.Offer{}, false
}

// stale reports whether a change about ties comes too late.
func (t *ties) stale(c ledger.Change) bool {
	switch c := c.(type) {
	case ledger.Wanted:
		o, ok := t.by(c.Code)
		return !ok || !o.Taker.Zero() && o.Taker != c.Taker.Chat() || !o.Until.After(c.At) || o.Chat == c.Taker.Chat()
	case ledger.Tied:
		o, ok := t.offers[c.Chat.Chat()]
		return !ok || o.Taker != c.Taker.Chat() || !o.Until.After(c.At) || len(t.both(c)) > ledger.TiesMost
	}
	return false
}

// both are all chats that a tie leaves tied together.
func (t *ties) both(c ledger.Tied) []bot.Address {
	chat, taker := c.Chat.Chat(), c.Taker.Chat()
	all := slices.Concat([]bot.Address{chat, taker}, t.with(chat), t.with(taker))
	slices.SortFunc(all, func(a, b bot.Address) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(all)
}

// write writes a change about ties; ok is false for all others.
func (m *Memory) tie(c ledger.Change) (ok bool) {
	t := &m.ties
	switch c := c.(type) {
	case ledger.Offered:
		o := c.Offer
		o.Chat, o.Taker = o.Chat.Chat(), bot.Address{}
		t.offers[o.Chat] = o
	case ledger.Wanted:
		o, _ := t.by(c.Code)
		o.Taker = c.Taker.Chat()
		t.offers[o.Chat] = o
	case ledger.Tied:
		t.tie(c)
	case ledger.Withdrawn:
		delete(t.offers, c.Chat.Chat())
	case ledger.Untied:
		t.untie(c.Chat.Chat())
	case ledger.Homed:
		m.home(c)
	default:
		return false
	}
	return true
}

func (t *ties) tie(c ledger.Tied) {
	chat, taker := c.Chat.Chat(), c.Taker.Chat()
	delete(t.offers, chat)
	t.people++
	one := t.people
	for _, a := range slices.Concat(t.with(chat), t.with(taker)) {
		t.of[a] = tied{one, t.of[a].heard}
	}
	for n, a := range []bot.Address{chat, taker} {
		if _, there := t.of[a]; !there {
			t.of[a] = tied{one, c.At.Add(-time.Duration(n) * time.Second)}
		}
	}
}

func (t *ties) untie(chat bot.Address) {
	for a, o := range t.offers {
		if a == chat || o.Taker == chat {
			delete(t.offers, a)
		}
	}
	left := slices.DeleteFunc(t.with(chat), func(a bot.Address) bool { return a == chat })
	delete(t.of, chat)
	if len(left) == 1 {
		delete(t.of, left[0])
	}
}

func (t *ties) move(c ledger.Moved) {
	was, now := c.Was.Chat(), c.Now.Chat()
	if old, ok := t.of[was]; ok && was != now {
		if _, there := t.of[now]; !there {
			t.of[now] = old
		}
		delete(t.of, was)
	}
	if o, ok := t.offers[was]; ok {
		delete(t.offers, was)
		o.Chat = now
		t.offers[now] = o
	}
	for a, o := range t.offers {
		if o.Taker == was {
			o.Taker = now
			t.offers[a] = o
		}
	}
}

func (m *Memory) home(c ledger.Homed) {
	mine, ok := m.ties.of[c.Chat.Chat()]
	if !ok {
		return
	}
	if c.At.After(mine.heard) {
		m.ties.of[c.Chat.Chat()] = tied{mine.person, c.At}
	}
	kin := m.ties.with(c.Chat.Chat())
	for _, p := range m.letters {
		if p.Purpose.News() && !p.Desk && !p.moved && p.state.State == ledger.Waiting && slices.Contains(kin, p.To.Chat()) && slices.Contains(c.Unserved, p.To.Network) {
			p.To = c.Chat
		}
	}
}

// homes are where people wrote last, by their chats.
func (t *ties) homes(chats []bot.Address) map[bot.Address]bot.Address {
	out := map[bot.Address]bot.Address{}
	for _, c := range chats {
		if kin := t.with(c.Chat()); len(kin) > 0 {
			out[c.Chat()] = kin[0]
		}
	}
	return out
}
