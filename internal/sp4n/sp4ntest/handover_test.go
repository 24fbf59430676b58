package sp4ntest_test

import (
	"context"
	"errors"
	"testing"

	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/sp4ntest"
)

// The door of tests keeps the contract that a real one will have to keep, also where it is busy, loses its answers, and is slow.
func TestTheDoorKeepsTheContract(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) sp4n.Handover{
		"at rest":        func(*testing.T) sp4n.Handover { return &sp4ntest.Door{} },
		"busy":           func(*testing.T) sp4n.Handover { return &sp4ntest.Door{Busy: 3} },
		"losing answers": func(*testing.T) sp4n.Handover { return &sp4ntest.Door{Deaf: 2} },
		"slow": func(*testing.T) sp4n.Handover {
			opens := make(chan struct{})
			close(opens)
			return &sp4ntest.Door{Wait: opens}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sp4ntest.HandoverContract(t, open)
		})
	}
}

// Who does not wait for a door that never opens is let go.
func TestADoorThatNeverOpens(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d := &sp4ntest.Door{Wait: make(chan struct{})}
	if _, err := d.Send(ctx, "a", sp4n.Packet{Title: "x", Text: []string{"x"}}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
