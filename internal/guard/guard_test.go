package guard_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"rabeg/internal/guard"
)

// falls panics where a number of somebody is at hand: the runtime's own trace shows it.
//
//go:noinline
func falls(number int64) error {
	if number > 0 {
		panic(number)
	}
	return nil
}

// A trace names functions and lines, and nothing that they were called with.
func TestAStackHoldsOnlyCode(t *testing.T) {
	t.Parallel()
	const number = 0x62811aa55 // as of a chat
	p, ok := errors.AsType[*guard.Panic](guard.Do(func() error { return falls(number) }))
	if !ok {
		t.Fatal("it did not panic")
	}
	at := p.Stack
	if !strings.Contains(at, "guard_test.falls") || !strings.Contains(at, "guard_test.go:") {
		t.Errorf("it does not say where: %s", at)
	}
	if strings.Contains(at, fmt.Sprintf("%x", number)) || strings.Contains(at, fmt.Sprint(number)) || strings.Contains(at, "0x") {
		t.Errorf("it shows what was worked on: %s", at)
	}
}

// What comes of a panic tells where it was, and nothing of what it was about.
func TestAPanicIsAnError(t *testing.T) {
	t.Parallel()
	err := guard.Do(func() error { panic(fmt.Errorf("the words of %s", "Ani")) })
	p, ok := errors.AsType[*guard.Panic](err)
	if !ok || err.Error() != "the program panicked: *errors.errorString" && err.Error() != "the program panicked: *fmt.wrapError" {
		t.Fatalf("it says %v", err)
	}
	if at := p.Stack; !strings.Contains(at, "TestAPanicIsAnError") || strings.Contains(at, "Ani") {
		t.Errorf("the stack is %s", at)
	}
	sentinel := errors.New("as it was")
	if err := guard.Do(func() error { return sentinel }); !errors.Is(err, sentinel) {
		t.Errorf("an error comes back as %v", err)
	}
	if err := guard.Do(func() error { return nil }); err != nil {
		t.Errorf("nothing comes back as %v", err)
	}
}
