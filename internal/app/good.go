package app

import (
	"log/slog"
	"sync/atomic"

	"rabeg/internal/profile"
)

// Good is the profile with which a government was served last. Where its folder is wrong by the time that it begins anew, because a database
// or a network failed, it goes on with that one: a slip of the pen must not silence a city because something else fails, too.
type Good struct {
	last atomic.Pointer[profile.Profile]
}

// profile reads the profile of a folder, and falls back on the last one that was right.
func (g *Good) profile(name string, log *slog.Logger) (*profile.Profile, error) {
	p, err := government(name)
	switch {
	case g == nil:
		return p, err
	case err == nil:
		g.last.Store(p)
		return p, nil
	}
	if last := g.last.Load(); last != nil {
		log.Error("the profile is wrong; it is served with the one from before", "error", err)
		return last, nil
	}
	return nil, err
}
