// Package guard turns a panic into an error, so that the failure of one part ends that part alone.
package guard

import (
	"fmt"
	"runtime/debug"
)

// Panic is a panic as an error. What was panicked with may hold what a person wrote: only its type is kept. The stack holds only code.
type Panic struct {
	Kind  string
	Stack []byte
}

// Error is one line, without the stack.
func (p *Panic) Error() string { return "the program panicked: " + p.Kind }

// Do runs f; a panic in it is a *Panic.
func Do(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Panic{Kind: fmt.Sprintf("%T", v), Stack: debug.Stack()}
		}
	}()
	return f()
}
