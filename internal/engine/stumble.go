package engine

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"

	"rabeg/bot"
)

// eventJSON is an event for a person to look at later. It goes to the database only, never to a log.
func eventJSON(ev bot.Event) []byte {
	doc, err := json.Marshal(struct {
		bot.Event
		Kind string `json:"Kind"`
	}{ev, fmt.Sprintf("%T", ev.Body)})
	if err != nil {
		return []byte(`{}`)
	}
	return doc
}

// where names the function that panicked, without any of its values.
func where() string {
	pcs := make([]uintptr, 24)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "rabeg/") && !strings.Contains(f.Function, "internal/engine.") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
