package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/postgres"
)

// engines looks at how PostgreSQL is set up: whether a connection is a session, which of several servers takes writes, and what may be lost
// when that one dies.
func (c *doctor) engines(ctx context.Context, pool *pgxpool.Pool) []finding {
	f := finding{name: "PostgreSQL sessions", saw: "each connection has its own", err: postgres.Sessions(ctx, c.Database),
		mend: "set pool_mode = session in pgbouncer.ini, or DATABASE_URL to PostgreSQL itself"}
	found := []finding{f}
	hosts, err := postgres.Hosts(ctx, c.Database)
	if err != nil || len(hosts) > 0 {
		found = append(found, ofHosts(hosts, err))
	}
	return append(found, standbysOf(ctx, pool))
}

// ofHosts tells whether exactly one of several servers takes writes.
func ofHosts(hosts []postgres.Host, err error) finding {
	f := finding{name: "PostgreSQL servers", err: err, mend: "start it again as a standby (docs/scale.md); while it is away nothing takes over"}
	var all []string
	writes, away := 0, 0
	for _, h := range hosts {
		is := "standby"
		switch {
		case h.Err != nil:
			is = "away: " + short(h.Err)
			away++
		case h.Writes:
			is = "takes writes"
			writes++
		}
		all = append(all, h.Name+" "+is)
	}
	f.saw = strings.Join(all, ", ")
	switch {
	case err != nil:
	case writes > 1:
		f.err = said(fmt.Sprintf("%d servers take writes: %s", writes, f.saw))
		f.mend = "switch all but the newest off at once: what one of them is told, the other does not have; then make it a standby anew (docs/scale.md)"
	case writes == 0:
		f.err, f.mend = said("none takes writes: "+f.saw), "start the primary, or promote a standby (docs/scale.md)"
	case away > 0:
		f.err = said(f.saw)
	}
	return f
}

// standbysOf tells what may be lost when the primary dies. That nothing waits for a standby is a choice, and no illness; that one is
// behind is.
func standbysOf(ctx context.Context, pool *pgxpool.Pool) finding {
	f := finding{name: "standbys", mend: "see the standby's log; set synchronous_standby_names = 'ANY 1 (…)' so that nothing is lost when it takes over (docs/scale.md)"}
	seen, err := postgres.Replication(ctx, pool)
	if f.err = err; err != nil {
		return f
	}
	note := ofStandbys(seen)
	switch {
	case len(seen.All) == 0 && seen.Wanted == "":
		f.saw = "none: when this server's disk is lost, the last backup is what there is"
	case note == "":
		f.saw = fmt.Sprintf("%d, and each commit waits for %s: nothing is lost when one takes over", len(seen.All), seen.Wanted)
	default:
		f.saw = note
	}
	if len(seen.All) == 0 && seen.Wanted != "" || behind(seen) {
		f.err = said(note)
	}
	return f
}

func behind(s postgres.Standbys) bool {
	for _, one := range s.All {
		if one.Lag > lagMost {
			return true
		}
	}
	return false
}
