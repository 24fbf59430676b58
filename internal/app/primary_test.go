package app

import (
	"strings"
	"testing"

	"rabeg/internal/postgres"
	"rabeg/internal/web"
)

// An old primary that came back is told of where somebody looks: red while the program writes to it, a word while it does not.
func TestAnOldPrimaryIsToldOf(t *testing.T) {
	t.Parallel()
	old, promoted := postgres.Host{Name: "satu:5432", Writes: true, Timeline: "00000001"}, postgres.Host{Name: "dua:5432", Writes: true, Timeline: "00000002"}
	standby, away := postgres.Host{Name: "satu:5432"}, postgres.Host{Name: "satu:5432", Err: web.Reason("away")}
	for name, c := range map[string]struct {
		hosts []postgres.Host
		own   string
		anew  bool
		red   bool
		says  string
	}{
		"written to":   {[]postgres.Host{old, promoted}, "00000001", true, true, "is an older primary: satu:5432"},
		"beside":       {[]postgres.Host{old, promoted}, "00000002", false, false, "stop satu:5432"},
		"a standby":    {[]postgres.Host{standby, promoted}, "00000002", false, false, ""},
		"away":         {[]postgres.Host{away, promoted}, "00000002", false, false, ""},
		"the new gone": {[]postgres.Host{old, {Name: "dua:5432", Err: web.Reason("away")}}, "00000001", false, false, ""},
	} {
		var p primary
		if anew := p.compare(c.hosts, c.own); anew != c.anew {
			t.Errorf("%s: connections are made anew: %v", name, anew)
		}
		state, ready := web.State(t.Context(), []web.Check{{Name: "primary", Ask: p.told}})
		if ready == c.red || !strings.Contains(state["primary"], c.says) || c.says == "" && state["primary"] != "ok" {
			t.Errorf("%s: ready %v, %q", name, ready, state["primary"])
		}
	}
}
