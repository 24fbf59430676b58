package e2e

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

// late answers the first question only when nobody waits for it any more.
func late(then http.HandlerFunc) http.HandlerFunc {
	var asked atomic.Bool
	return func(w http.ResponseWriter, r *http.Request) {
		if !asked.Swap(true) {
			hangs(w, r)
			return
		}
		then(w, r)
	}
}

// guessed are the codes that the reader thought of, as the model is told.
func guessed(t testing.TB, r *http.Request) []string {
	t.Helper()
	var asked struct{ Messages []struct{ Content string } }
	var data struct {
		Guesses []string `json:"dugaan_awal"`
	}
	err := json.NewDecoder(r.Body).Decode(&asked)
	if err == nil && len(asked.Messages) == 2 {
		err = json.Unmarshal([]byte(asked.Messages[1].Content), &data)
	}
	if err != nil || len(data.Guesses) == 0 {
		t.Errorf("the question cannot be read: %v", err)
	}
	return data.Guesses
}

// names answers with a category.
func names(category string) http.HandlerFunc {
	return opines(strings.Replace(good, "penerangan_jalan", category, 1))
}

// masked checks that nothing of the person left.
func masked(t testing.TB, questions []string) {
	t.Helper()
	for _, q := range questions {
		if !strings.Contains(q, "warga di sini resah") || strings.Contains(q, "081234567890") || strings.Contains(q, "Santoso") {
			t.Error("neither name nor telephone number must leave")
		}
	}
}

// unsure writes what the reader is not sure of.
func (w *world) unsure(t testing.TB) (*botapi.Person, botapi.Message) {
	t.Helper()
	p := w.person("Warga")
	w.ears.keepPrivate("what was written", vague)
	sent, err := p.In(p.ID()).Text(vague)
	if err != nil {
		t.Fatal(err)
	}
	return p, sent
}

// What the reader is unsure of and the model thinks as well is said at once: nobody asks what it is about, and nobody asks the
// model again.
func TestAnOpinionWithinTheTurn(t *testing.T) {
	t.Parallel()
	said := make(chan string, 9)
	m := openModels(t, func(rw http.ResponseWriter, r *http.Request) {
		first := guessed(t, r)[0]
		said <- first
		names(first)(rw, r)
	})
	w := newWorld(t, plan{set: m.set("OPENAI_MODEL=bahasa-1")})
	w.ears.keepPrivate("key", apiKey)
	w.start()
	p, sent := w.unsure(t)
	began := time.Now()
	code := w.sends(t, p, sent.MessageID) // the next question is the one for the place
	t.Logf("from the message to the number, with a question to the model: %s", time.Since(began).Round(time.Millisecond))
	r := w.byCode(code)
	facts := w.facts(r.ID)
	if want := <-said; r.Category != want || r.Chosen || facts[len(facts)-1].What != report.WasAdvised || facts[len(facts)-1].Advice.P != 0.92 {
		t.Errorf("filed as %q, want %q; the last fact is %q", r.Category, want, facts[len(facts)-1].What)
	}
	w.wait(t, w.desk.ID(), 0, "both opinions", func(s botapi.Seen) bool {
		return strings.Contains(s.Text, code) && strings.Contains(s.Text, "Tebakan: ") && strings.Contains(s.Text, "Pendapat kedua: ")
	})
	w.filed(t, lamp(1)) // who is sure asks nobody
	q := m.questions()
	if len(q) != 1 {
		t.Errorf("%d questions, want one", len(q))
	}
	masked(t, q)
	if n := w.number(`SELECT count(*) FROM river_job WHERE kind = 'consult'`); n != 0 {
		t.Errorf("%d jobs ask again", n)
	}
	w.nobodyStumbled()
}

// What only the model thinks of is offered first, and the citizen chooses. Nothing of its words is said.
func TestAnotherOpinionIsOffered(t *testing.T) {
	t.Parallel()
	m := openModels(t, func(rw http.ResponseWriter, r *http.Request) {
		other := "penerangan_jalan"
		if slices.Contains(guessed(t, r), other) {
			t.Error("the reader has thought of it: the story needs another text")
		}
		names(other)(rw, r)
	})
	w := newWorld(t, plan{set: m.set("OPENAI_MODEL=bahasa-1")})
	w.start()
	p, sent := w.unsure(t)
	about := w.wait(t, p.ID(), sent.MessageID, "the question what it is about", offers("Lainnya"))
	if labels(about)[0] != "💡 Lampu jalan" {
		t.Errorf("offered first is %q", labels(about)[0])
	}
	w.pressed(t, p, about, "💡 Lampu jalan")
	r := w.byCode(w.sends(t, p, about.MessageID))
	if r.Category != "penerangan_jalan" || !r.Chosen || r.Rev > 2 {
		t.Errorf("filed as %q with %d facts", r.Category, r.Rev)
	}
	w.nobodyStumbled()
}

// A broken server is asked a few times and then left alone; a spent budget asks nobody. Every citizen is answered as if there
// were no model.
func TestNoOpinionWithinTheTurn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		set    string
		asked  int
	}{
		"broken":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, "LOG_LEVEL=info", 5},
		"slow":        {hangs, "LOG_LEVEL=info", 5},
		"over budget": {opines(good), "RABEG_LLM_DAILY_TOKENS=100", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openModels(t, c.answer)
			w := newWorld(t, plan{set: m.set("OPENAI_MODEL=bahasa-1", c.set)})
			w.start()
			for n := range 7 {
				p, sent := w.unsure(t)
				began := time.Now()
				w.wait(t, p.ID(), sent.MessageID, "the question what it is about", offers("Lainnya"))
				t.Logf("answer %d after %s", n+1, time.Since(began).Round(time.Millisecond))
			}
			// One more may be on its way while the fifth failure is put down.
			if n := len(m.questions()); n < c.asked || n > c.asked+min(c.asked, 1) {
				t.Errorf("asked %d times, want %d", n, c.asked)
			}
			w.nobodyStumbled()
		})
	}
}
