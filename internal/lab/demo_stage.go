package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"rabeg/internal/sim/botapi"
)

// stage shows everything that is said, in the order in which it is said.
type stage struct {
	w     *world
	out   io.Writer
	names map[int64]string // of the chats that are shown

	mu    sync.Mutex
	shown int64         // the last event that was shown
	moved chan struct{} // closed when shown grows
}

func newStage(w *world, out io.Writer, names map[int64]string) *stage {
	return &stage{w: w, out: out, names: names, shown: w.api.Seq(), moved: make(chan struct{})}
}

// know shows a person's chat under a name from now on.
func (st *stage) know(id int64, name string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.names[id] = name
}

func (st *stage) say(format string, args ...any) {
	st.mu.Lock()
	defer st.mu.Unlock()
	_, _ = fmt.Fprintf(st.out, format+"\n", args...)
}

// watch prints what the bot sends, changes, and tells who presses, until ctx is done.
func (st *stage) watch(ctx context.Context) {
	for seq := st.shown; ctx.Err() == nil; {
		events, err := st.w.api.Events(ctx, 0, seq, 100)
		if errors.Is(err, botapi.ErrLagged) {
			seq = st.w.api.Seq()
			st.say("  … some of what was said could not be shown in time.")
		} else if err != nil {
			return
		}
		for _, e := range events {
			seq = e.Seq
			st.show(e)
		}
		st.mu.Lock()
		st.shown = seq
		close(st.moved)
		st.moved = make(chan struct{})
		st.mu.Unlock()
	}
}

func (st *stage) show(e botapi.Event) {
	st.mu.Lock()
	where, ok := st.names[e.Chat]
	st.mu.Unlock()
	if ok && e.Kind == botapi.Answered && e.Text != "" { // it stands over the chat for a moment, in answer to a press
		st.say("  💬 %s: %s", where, e.Text)
	}
	if !ok || e.Message == nil || !e.Message.FromBot || e.Message.Text+e.Message.Caption == "" && len(e.Message.Photo) == 0 {
		return // what others say, and notes such as "topic opened"
	}
	switch e.Kind {
	case botapi.Sent:
		st.say("%s", indent("  🤖 → "+st.place(where, e.Chat, e.Message), e.Message))
	case botapi.Edited:
		st.say("%s", indent("  ✏️  "+st.place(where, e.Chat, e.Message)+", changed", e.Message))
	}
}

// caughtUp waits until all that has happened is shown.
func (st *stage) caughtUp(ctx context.Context) {
	until := st.w.api.Seq()
	for {
		st.mu.Lock()
		shown, moved := st.shown, st.moved
		st.mu.Unlock()
		if shown >= until {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-moved:
		}
	}
}

func (st *stage) place(where string, chat int64, m *botapi.Seen) string {
	if chat > 0 {
		return where
	}
	for _, t := range st.w.desk.Topics() {
		if t.ID == m.ThreadID {
			where += " · " + t.Name
		}
	}
	return fmt.Sprintf("%s, message %d", where, m.MessageID)
}

func indent(head string, m *botapi.Seen) string {
	text := m.Text + m.Caption
	if len(m.Photo) > 0 {
		text = strings.TrimSpace("[photo] " + text)
	}
	if m.Location != nil {
		text = "[pin]"
	}
	var b strings.Builder
	b.WriteString(head)
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString("\n     │ " + line)
	}
	if m.ReplyMarkup != nil {
		n := 0
		for _, row := range m.ReplyMarkup.Rows {
			b.WriteString("\n     ╰")
			for _, button := range row {
				n++
				fmt.Fprintf(&b, " [%d %s]", n, button.Text)
			}
		}
	}
	return b.String()
}

// person is somebody of the case.
type person struct {
	*botapi.Person
	st   *stage
	name string
}

func (st *stage) person(id int64, name string) person {
	return person{Person: st.w.api.Person(id, name), st: st, name: name}
}

func (p person) does(ctx context.Context, format string, args ...any) {
	p.st.caughtUp(ctx)
	p.st.say("\n👤 "+p.name+": "+format, args...)
}

// wait gives the newest message of the bot in a chat that fits.
func (st *stage) wait(ctx context.Context, chat int64, what string, after int, fits func(botapi.Seen) bool) (botapi.Seen, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var found botapi.Seen
	_, err := st.w.api.WaitFor(ctx, chat, func(all []botapi.Seen) bool {
		for _, m := range slices.Backward(all) {
			if m.FromBot && m.MessageID > after && fits(m) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		return found, fmt.Errorf("%s did not come: %w", what, err)
	}
	return found, nil
}

func has(parts ...string) func(botapi.Seen) bool {
	return func(m botapi.Seen) bool {
		for _, p := range parts {
			if !strings.Contains(m.Text+m.Caption, p) {
				return false
			}
		}
		return true
	}
}

// button finds a button by a part of its label.
func button(m botapi.Seen, label string) string {
	if m.ReplyMarkup == nil {
		return ""
	}
	for _, row := range m.ReplyMarkup.Rows {
		for _, b := range row {
			if strings.Contains(b.Text, label) {
				return b.Text
			}
		}
	}
	return ""
}
