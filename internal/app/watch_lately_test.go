package app

import (
	"context"
	"testing"
)

// Who asks and hangs up at once gets an error of his own: the next one asks anew.
func TestWhoHangsUpSpoilsNoAnswer(t *testing.T) {
	t.Parallel()
	asked := 0
	check := lately(watchEvery, func(ctx context.Context) error { asked++; return ctx.Err() })
	gone, hangUp := context.WithCancel(t.Context())
	hangUp()
	if err := check(gone); err == nil {
		t.Error("no answer counts as a good one")
	}
	for range 2 {
		if err := check(t.Context()); err != nil {
			t.Errorf("the next one reads %v", err)
		}
	}
	if asked != 2 {
		t.Errorf("it was asked %d times", asked)
	}
}
