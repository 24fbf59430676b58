package app

import (
	"context"
	"errors"
	"strings"
	"testing"
)

type filled struct {
	taken, all int
	err        error
}

func (f filled) Numbers(context.Context) (int, int, error) { return f.taken, f.all, f.err }

func TestTheDoctorSaysHowFullTheNumbersAre(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fill filled
		want string
		ill  bool
	}{
		{filled{taken: 1234, all: 22_192_808}, "✓ report numbers: 1234 of 22192808 taken (0.0 %)", false},
		{filled{taken: 11_000_000, all: 22_192_808}, "✓ report numbers: 11000000 of 22192808 taken (49.6 %)", false},
		{filled{taken: 20_000_000, all: 22_192_808}, "✗ report numbers: 20000000 of 22192808 taken (90.1 %)\n  → ask for a version", true},
		{filled{err: errors.New("away")}, "✗ report numbers: away", true},
	} {
		var out strings.Builder
		if ill := show(&out, numbers(t.Context(), c.fill)); ill != c.ill || !strings.HasPrefix(out.String(), c.want) {
			t.Errorf("%+v: the doctor says %q (%v), want %q", c.fill, out.String(), ill, c.want)
		}
	}
}
