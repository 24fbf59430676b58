package guard_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"rabeg/internal/guard"
)

// What comes of a panic tells where it was, and nothing of what it was about.
func TestAPanicIsAnError(t *testing.T) {
	t.Parallel()
	err := guard.Do(func() error { panic(fmt.Errorf("the words of %s", "Ani")) })
	p, ok := errors.AsType[*guard.Panic](err)
	if !ok || err.Error() != "the program panicked: *errors.errorString" && err.Error() != "the program panicked: *fmt.wrapError" {
		t.Fatalf("it says %v", err)
	}
	if at := string(p.Stack); !strings.Contains(at, "TestAPanicIsAnError") || strings.Contains(at, "Ani") {
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
