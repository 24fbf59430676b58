package app

import (
	"context"
	"fmt"

	"rabeg/internal/embedded"
	"rabeg/internal/session"
)

// own looks at what serve would run privately. What lies there already is looked at by the checks that follow, in the
// server that serve runs now or in one started for this visit.
func (c *doctor) own(ctx context.Context) []finding {
	if !c.private() {
		if c.Media == "" {
			c.Media = systemMedia
		}
		return nil
	}
	f := finding{name: "data folder", mend: "choose a folder with RABEG_DATA that the user who runs rabeg may write to"}
	dir, err := c.Config.folder()
	if f.err = err; err != nil {
		return []finding{f}
	}
	f.saw = dir
	found := []finding{f}
	if c.Media == "" {
		_, c.Media = mediaIn(dir)
	}
	programs, err := embedded.Find()
	if c.Database == "" {
		f := finding{name: "private PostgreSQL", err: err, saw: fmt.Sprintf("version %d is installed", programs.Major),
			mend: "install it (apt-get install postgresql; brew install postgresql@16), or set DATABASE_URL"}
		found = append(found, f)
	}
	if c.Redis == "" {
		f := finding{name: "private Redis", saw: "is installed", mend: "install it (apt-get install redis-server; brew install redis), or set REDIS_URL"}
		if programs.Redis == "" {
			f.err = said("no redis-server was found")
		}
		found = append(found, f)
		if at, running := embedded.RedisOn(dir); running && alive(ctx, at) {
			c.Redis = at
		}
	}
	if c.Database == "" && err == nil && embedded.Holds(dir) {
		if c.visit, err = openDatabase(ctx, c.Config); err != nil {
			return append(found, finding{name: "private PostgreSQL", err: err, mend: "see what the line says"})
		}
		c.Database = c.visit.Database
	}
	return found
}

// leave ends what was started for the visit.
func (c *doctor) leave() {
	if c.visit != nil {
		_ = c.visit.Close() // it only was looked at
	}
}

// alive reports whether a Redis answers.
func alive(ctx context.Context, address string) bool {
	s, err := session.Open(address, "doctor", "doctor:")
	if err != nil {
		return false
	}
	defer func() { _ = s.Close() }()
	return s.Ping(ctx) == nil
}
