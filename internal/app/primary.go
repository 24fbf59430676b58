package app

import (
	"context"
	"strings"
	"sync"
	"time"

	"rabeg/internal/postgres"
	"rabeg/internal/web"
)

// primary is what is known of several servers that take writes: the primary of before may come back after a failover, and two histories of one
// city are worse than none. The zero value knows of nothing.
type primary struct {
	mu    sync.Mutex
	older []string // those whose history ended elsewhere
	ours  bool     // the program has connections to one of them
}

// lookMost bounds asking the servers.
const lookMost = 3 * time.Second

// look asks all servers which history they go on with. Where the program writes to an older one, it connects anew. A government among others
// does not look: the connections of all of them are made to the newest, and one program asks for all.
func (p *primary) look(ctx context.Context, a *App) {
	if a.opts.Beside != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookMost)
	defer cancel()
	hosts, err := postgres.Hosts(ctx, a.cfg.Database)
	if err != nil || len(hosts) == 0 {
		return
	}
	own, _, err := a.Store.Timeline(ctx)
	if err != nil {
		return // that the database is away shows by itself
	}
	if p.compare(hosts, own) {
		a.log.Error("the database that is written to is not the newest: another server was promoted; connections are made anew", "older", strings.Join(p.older, ", "))
		a.Store.Renew()
	}
}

// compare takes down which servers are older than the newest, and tells whether the program's is.
func (p *primary) compare(hosts []postgres.Host, own string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	top := ""
	for _, h := range hosts {
		top = max(top, h.Timeline)
	}
	p.older, p.ours = nil, own != "" && own < top
	for _, h := range hosts {
		if h.Writes && h.Timeline != "" && h.Timeline < top {
			p.older = append(p.older, h.Name)
		}
	}
	return p.ours
}

// told tells of older servers that take writes: red where this program writes to one, else a word, for citizens are served.
func (p *primary) told(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch names := strings.Join(p.older, ", "); {
	case p.ours:
		return web.Reason("the database that is written to is an older primary: " + names)
	case names != "":
		return web.Note("an older primary takes writes, too: stop " + names + ", and make it a standby anew")
	}
	return nil
}
