package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"rabeg/internal/session"
)

// exampleOf is an address of the kind that was meant.
func exampleOf(address string) string {
	switch {
	case strings.Contains(address, "sentinel"), strings.Contains(address, "master_name"):
		return session.ExampleSentinel
	case strings.Contains(address, "addr="), strings.Contains(address, ","):
		return session.ExampleCluster
	}
	return exampleRedis
}

// fitMost is how long it is asked at the start what kind of Redis answers. One that is away is waited for later, as everything else is.
const fitMost = 3 * time.Second

// redisFits ends the start where another kind of Redis answers than REDIS_URL is for: of one node of a Cluster most conversations would fail.
func redisFits(ctx context.Context, s *session.Store) error {
	ctx, cancel := context.WithTimeout(ctx, fitMost)
	defer cancel()
	if misfit, ok := errors.AsType[*session.MisfitError](s.Fits(ctx)); ok {
		return Wrong("REDIS_URL", misfit.What, misfit.Example)
	}
	return nil
}

// redis looks at Redis with no more rights than serve needs.
func (c *doctor) redis(ctx context.Context) []finding {
	if c.Redis == "" {
		return nil
	}
	f := finding{name: "Redis", saw: "answers, and takes what is written", mend: "start Redis and check REDIS_URL"}
	s, err := session.Open(c.Redis, "doctor", "rabeg:")
	if err != nil {
		f.err, f.mend = err, "write it such as "+exampleOf(c.Redis)
		return []finding{f}
	}
	defer func() { _ = s.Close() }()
	f.err = s.Ping(ctx)
	fit := s.Fits(ctx)
	if misfit, ok := errors.AsType[*session.MisfitError](fit); ok {
		f.err, f.mend = misfit, "set REDIS_URL="+misfit.Example+" (user and password as before)"
		return []finding{f}
	}
	if f.err == nil {
		f.err = s.Probe(ctx)
	}
	if _, ok := errors.AsType[session.RightError](f.err); ok {
		f.mend = "give the user what it needs: ACL SETUSER rabeg " + session.Rights + " (in a Cluster also " + session.ClusterRights + ")"
	}
	if f.err != nil {
		return []finding{f}
	}
	keeps := finding{name: "Redis persistence", mend: "switch on 'appendonly yes', or a restart of Redis costs the drafts of reports"}
	keeps.saw, keeps.err = s.Persistence(ctx)
	if _, ok := errors.AsType[session.RightError](keeps.err); ok {
		keeps.saw, keeps.err = "not shown to this user (that takes +info): see that 'appendonly yes' is on", nil
	}
	return []finding{f, keeps}
}
