package e2e

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// ears keep everything the children print, and everything that must not be in it.
type ears struct {
	mu      sync.Mutex
	printed bytes.Buffer
	private map[string]string // a piece of what a person said → who it is of
}

// Write is of io.Writer.
func (e *ears) Write(b []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.printed.Write(b)
}

const (
	shortest = 8  // runes: shorter words may stand in a log by themselves
	piece    = 24 // runes of a longer text that are looked for
)

// keepPrivate says that no log line may hold this. who names its owner by id.
func (e *ears) keepPrivate(who string, words ...string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.private == nil {
		e.private = map[string]string{}
	}
	for _, w := range words {
		r := []rune(strings.TrimSpace(w))
		if len(r) < shortest {
			continue
		}
		middle := r
		if len(r) > piece {
			middle = r[len(r)/2-piece/2 : len(r)/2+piece/2]
			r = r[:piece]
		}
		e.private[string(r)], e.private[string(middle)] = who, who
	}
}

// leaks names whose words stand in the logs, and at which line.
func (e *ears) leaks() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	log := e.printed.String()
	var out []string
	for words, who := range e.private {
		for _, form := range []string{words, escaped(words)} {
			if at := strings.Index(log, form); at >= 0 {
				out = append(out, who+" in: "+keyOf(log, at))
				break
			}
		}
	}
	return out
}

var message = regexp.MustCompile(`"msg":"[^"]*"`)

// keyOf tells which kind of log line a place lies in, without repeating what it holds.
func keyOf(log string, at int) string {
	from := strings.LastIndexByte(log[:at], '\n') + 1
	line := log[from:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	if m := message.FindString(line); m != "" {
		return m
	}
	return "a line that is no log line"
}

// escaped is how a JSON log line would show words.
func escaped(s string) string {
	return strings.NewReplacer("\n", `\n`, "\t", `\t`, `"`, `\"`).Replace(s)
}

func TestEarsHearALeak(t *testing.T) {
	t.Parallel()
	var e ears
	e.keepPrivate("citizen 7", "lampu jalan mati di depan\nrumah saya sejak minggu lalu")
	e.keepPrivate("token", "123456:TEST-SECRET")
	_, _ = e.Write([]byte(`{"level":"INFO","msg":"all is well","event":"telegram:17"}` + "\n"))
	if got := e.leaks(); len(got) != 0 {
		t.Fatalf("a clean log is said to leak: %v", got)
	}
	_, _ = e.Write([]byte(`{"level":"WARN","msg":"oops","err":"jalan mati di depan\nrumah saya sejak minggu"}` + "\n"))
	if got := e.leaks(); len(got) != 1 || got[0] != `citizen 7 in: "msg":"oops"` {
		t.Fatalf("leaked words: %v", got)
	}
	_, _ = e.Write([]byte("panic: https://x/bot123456:TEST-SECRET/getUpdates\n"))
	if got := e.leaks(); len(got) != 2 {
		t.Fatalf("a leaked token: %v", got)
	}
}
