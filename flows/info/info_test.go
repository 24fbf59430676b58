package info_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/errands"
	"rabeg/flows/flowtest"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// lines are those of a file, without comments.
func lines(t *testing.T, name string) []string {
	t.Helper()
	doc, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.SplitSeq(string(doc), "\n") {
		if line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// serang is the whole conversation of a real city.
//
//nolint:gochecknoglobals // loaded once for all tests; nothing changes it
var serang = sync.OnceValues(func() (*flows.Machine, *profile.Profile) {
	p, err := profile.Builtin("serang")
	if err != nil {
		panic(err)
	}
	finder, err := place.New(p)
	if err != nil {
		panic(err)
	}
	r, err := understand.New(p)
	if err != nil {
		panic(err)
	}
	return flows.New(flows.Options{Profile: p, Reader: r, Finder: finder, Flows: errands.All()}), p
})

// talk is a new conversation, and all that the citizen reads in it.
func talk(t *testing.T) (e *flowtest.Engine, read func() string) {
	t.Helper()
	m, p := serang()
	e = flowtest.NewEngine(m, p)
	var b strings.Builder
	e.Log = func(l flowtest.Line) {
		b.WriteString(l.Effect + l.Notice)
		if l.Sent == nil {
			return
		}
		b.WriteString(l.Sent.Message.Text)
		if l.Sent.Message.Menu != nil {
			for _, c := range l.Sent.Message.Menu.Choices {
				b.WriteString(" [" + c.Label + "]")
			}
		}
		b.WriteString("\n")
	}
	return e, func() string {
		e.Flush()
		s := b.String()
		b.Reset()
		return s
	}
}

func say1(t *testing.T, e *flowtest.Engine, text string) {
	t.Helper()
	ev := bot.Event{Body: bot.Text{Text: text}}
	if say.English(text) {
		ev.From.Language = "en"
	}
	if _, err := e.Say(ev); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
}

// Of what people ask, nearly all is answered with a fact or handed on to the office that knows.
func TestQuestionsAreAnsweredOrHandedOn(t *testing.T) {
	t.Parallel()
	for file, misses := range map[string]int{"questions.txt": 0, "unseen.txt": 1} {
		all, good := lines(t, file), 0
		for _, line := range all {
			text, want, _ := strings.Cut(line, "|")
			e, read := talk(t)
			say1(t, e, strings.TrimSpace(text))
			got, ok := read(), true
			for part := range strings.SplitSeq(want, ";") {
				ok = ok && strings.Contains(got, strings.TrimSpace(part))
			}
			if ok {
				good++
				continue
			}
			t.Logf("%s: %q is answered with %q", file, text, got)
		}
		t.Logf("%s: %d of %d", file, good, len(all))
		if good+misses < len(all) {
			t.Errorf("%s: only %d of %d questions are answered or handed on", file, good, len(all))
		}
	}
}

// A complaint that sounds like a question is none of this errand's.
func TestComplaintsAreNotSwallowed(t *testing.T) {
	t.Parallel()
	for _, text := range lines(t, "complaints.txt") {
		e, read := talk(t)
		say1(t, e, text)
		got := read()
		if notes := e.Reread().Notes["info"]; notes != nil {
			t.Errorf("%q is taken for a question: %q", text, got)
		}
	}
}
