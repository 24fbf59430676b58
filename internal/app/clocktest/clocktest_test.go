package clocktest_test

import (
	"testing"
	"time"

	"rabeg/internal/app/clocktest"
)

// The clock is wrong as a real one is: by the time of day, while time goes on evenly.
func TestSet(t *testing.T) {
	t.Parallel()
	was := time.Now()
	for _, by := range []time.Duration{24 * time.Hour, -24 * time.Hour, 0, time.Second} {
		is := clocktest.Set(was, by)
		if wall, even := is.Round(0).Sub(was.Round(0)), is.Sub(was); wall != by || even != 0 {
			t.Errorf("set by %s the time of day goes on by %s, and time by %s", by, wall, even)
		}
	}
}
