package app

import (
	"log/slog"
	"testing"
	"time"

	"rabeg/internal/app/clocktest"
)

// machine is a machine's clock, which is set while time goes on evenly.
type machine struct{ even, wrong time.Duration }

var dawn = time.Now()

func (m *machine) read() time.Time { return clocktest.Set(dawn.Add(m.even), m.wrong) }

func TestTheRightTime(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	type step struct {
		goes, set time.Duration // time goes on, the machine's clock is set by
		tells     string        // who tells the right time
		off       time.Duration // what is told is wrong by so much
		want      time.Duration // how wrong the right time is then
	}
	for name, steps := range map[string][]step{
		"set ahead while it runs":                {{}, {goes: time.Minute, set: day}, {goes: time.Hour}, {tells: "network"}},
		"set back while it runs, and right":      {{set: -day}, {goes: time.Hour, tells: "database"}, {set: day}, {tells: "network"}},
		"wrong from the start":                   {{set: day, tells: "database"}, {goes: time.Hour}},
		"the database is wrong, the network not": {{tells: "database", off: day, want: day}, {tells: "network"}, {goes: time.Minute, tells: "database", off: day}},
		"the network told long ago":              {{tells: "network"}, {goes: time.Hour, tells: "database", off: day, want: day}},
		"a word that came late":                  {{tells: "network", off: -3 * time.Second}, {goes: time.Minute, tells: "network", off: -time.Second}},
		"nobody tells anything":                  {{set: day}, {goes: time.Hour, set: -2 * day}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := &machine{}
			c := newClock(m.read, false, slog.New(slog.DiscardHandler))
			for i, s := range steps {
				m.even, m.wrong = m.even+s.goes, m.wrong+s.set
				right := dawn.Add(m.even)
				switch s.tells {
				case "network":
					c.network(right.Add(s.off).Round(0))
				case "database":
					c.database(right.Add(s.off).Round(0))
				}
				if got := c.now().Sub(right.Round(0)); got != s.want {
					t.Errorf("step %d: the right time is wrong by %s, want %s", i, got, s.want)
				}
			}
		})
	}
}
