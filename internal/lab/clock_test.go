package lab

import (
	"strings"
	"testing"
	"time"

	"rabeg/internal/profile"
)

// A person turns the clock by days, hours, or to a time of the day; at night it goes on to the morning.
func TestTurningTheClock(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, p.Location())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct{ now, text, want string }{
		{"2026-11-30 09:00", "+3d", "2026-12-03 09:00"}, {"2026-11-30 09:00", "+5h", "2026-11-30 14:00"}, {"2026-11-30 09:00", "1d2h", "2026-12-01 11:00"},
		{"2026-11-30 09:00", "+3 hari", "2026-12-03 09:00"}, {"2026-11-30 09:00", "13.00", "2026-11-30 13:00"}, {"2026-11-30 09:00", "8:00", "2026-12-01 08:00"},
		{"2026-11-30 22:00", "+3d", "2026-12-04 08:00"}, {"2026-11-27 10:00", "+1d", "2026-11-30 08:00"}, {"2026-11-30 09:00", "+30m", "2026-11-30 09:30"},
		{"2026-11-30 09:00", "", ""}, {"2026-11-30 09:00", "besok", ""}, {"2026-11-30 09:00", "-3d", ""}, {"2026-11-30 09:00", "+0d", ""}, {"2026-11-30 09:00", "25.00", ""},
	} {
		var clock turned
		clock.ahead.Store(int64(time.Until(at(c.now))))
		got, err := clock.turn(p, c.text)
		if c.want == "" {
			if err == nil || !strings.Contains(err.Error(), "/waktu +3d") {
				t.Errorf("%s: %v, %v", c.text, got, err)
			}
			continue
		}
		if d := got.Sub(at(c.want)); err != nil || d < 0 || d > time.Minute {
			t.Errorf("%s at %s: %v, %v; want %s", c.text, c.now, got, err, c.want)
		}
		if d := clock.Now().Sub(at(c.want)); d < 0 || d > time.Minute {
			t.Errorf("%s at %s: the clock shows %v", c.text, c.now, clock.Now())
		}
	}
}
