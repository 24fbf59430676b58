package phones

import (
	"context"
	"sync"

	"rabeg/bot"
)

// phone is one phone as the page shows it.
type phone interface {
	Pocket
	// lane is its chat, as the product names it.
	lane() bot.Address
	bubbles(lang string) []bubble
	// file is the nth file that message n carries.
	file(ctx context.Context, n, nth int) ([]byte, error)
	act(ctx context.Context, a act) error
}

// pockets are the phones on the local WhatsApp. Each is a client of its own, which logs in when somebody first looks at it.
type pockets struct {
	s   *Server
	ctx context.Context
	end context.CancelFunc
	all sync.WaitGroup

	mu sync.Mutex
	by map[string]phone
}

func newPockets(s *Server) *pockets {
	ctx, end := context.WithCancel(context.Background())
	return &pockets{s: s, ctx: ctx, end: end, by: map[string]phone{}}
}

func (p *pockets) close() {
	p.end()
	p.all.Wait()
}

// of gives the phone of a player, and logs it in when it is new.
func (p *pockets) of(who player) phone {
	p.mu.Lock()
	defer p.mu.Unlock()
	if have := p.by[who.key]; have != nil {
		return have
	}
	if p.s.Meta != nil {
		k := newOfficialPhone(p.s, who)
		p.by[who.key] = k
		p.all.Go(func() { k.live(p.ctx) })
		return k
	}
	k := &pocket{s: p.s, who: who, office: p.s.Office.Phone() + "@s.whatsapp.net", ready: make(chan struct{})}
	p.by[who.key] = k
	p.all.Go(func() { k.live(p.ctx) })
	return k
}
