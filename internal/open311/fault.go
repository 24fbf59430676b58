package open311

import (
	"errors"
	"fmt"
	"net/http"
)

// Fault is what is wrong with a call: an HTTP status and words for the programmer of the other side, which repeat nothing that was sent but
// the names of parameters.
type Fault struct {
	Status int
	Words  string
	// After is how many seconds later the call may be made again, 0 where that is not said.
	After int
}

// Error is the words.
func (f *Fault) Error() string { return f.Words }

func bad(format string, args ...any) *Fault {
	return &Fault{Status: http.StatusBadRequest, Words: fmt.Sprintf(format, args...)}
}

func missing(what string) *Fault {
	return &Fault{Status: http.StatusNotFound, Words: what}
}

// document is a fault as the standard has it.
func (f *Fault) document() document {
	return document{root: "errors", value: list{"error", []any{object{{"code", f.Status}, {"description", f.Words}}}}}
}

// faultOf is what is told of an error: of one that is ours only that it is.
func faultOf(err error) *Fault {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f
	}
	return &Fault{Status: http.StatusServiceUnavailable, Words: "the service cannot answer just now; try again in a minute", After: 60}
}
