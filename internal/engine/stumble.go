package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"

	"rabeg/bot"
	"rabeg/internal/say"
)

// voiceFor is the voice that answers somebody where no conversation does: in the language that his or her own chat is kept
// in, else as a conversation would begin. Nothing is waited for.
func (e *Engine) voiceFor(ctx context.Context, ev bot.Event) say.Voice {
	own := ev.Chat
	if ev.Group {
		own = bot.Address{Network: ev.Chat.Network, ID: ev.From.ID} // a person's own chat goes by the person's id
	}
	lang := ""
	if s, err := e.Sessions.Load(ctx, own); err == nil {
		e.free(ctx, s)
		lang = e.stateOf(s).Lang
		if len(s.State) > 0 {
			return say.For(e.Office().Profile, lang)
		}
	}
	if strings.HasPrefix(strings.ToLower(ev.From.Language), "en") && say.English(bot.Words(ev.Body)) {
		lang = "en"
	}
	return say.For(e.Office().Profile, lang)
}

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
