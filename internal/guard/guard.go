// Package guard turns a panic into an error, so that the failure of one part ends that part alone.
package guard

import (
	"fmt"
	"runtime"
	"strings"
)

// Panic is a panic as an error. What was panicked with may hold what a person wrote: only its type is kept. Stack names functions, files and
// lines, the innermost first. The runtime's own trace would show numbers that they were called with as well, such as that of a chat.
type Panic struct {
	Kind, Stack string
}

// Error is one line, without the stack.
func (p *Panic) Error() string { return "the program panicked: " + p.Kind }

// Do runs f; a panic in it is a *Panic.
func Do(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Panic{Kind: fmt.Sprintf("%T", v), Stack: stack()}
		}
	}()
	return f()
}

// stack is where the panic was that is being recovered from.
func stack() string {
	var at [64]uintptr
	var b strings.Builder
	frames := runtime.CallersFrames(at[:runtime.Callers(3, at[:])]) // without itself and who recovers
	for {
		f, more := frames.Next()
		fmt.Fprintf(&b, "%s\n\t%s:%d\n", f.Function, f.File, f.Line)
		if !more {
			return b.String()
		}
	}
}
