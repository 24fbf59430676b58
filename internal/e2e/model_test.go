package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

// apiKey is the model's: no log may hold it.
const apiKey = "sk-TEST-only-0123456789"

// models is a local server that speaks OpenAI's protocol. Each question is kept; answer says how it ends.
type models struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string // what was asked: a path and its body
	answer http.HandlerFunc
	came   chan struct{}
}

func openModels(t testing.TB, answer http.HandlerFunc) *models {
	t.Helper()
	m := &models{answer: answer, came: make(chan struct{}, 100)}
	m.Server = httptest.NewServer(m)
	t.Cleanup(func() {
		m.CloseClientConnections() // somebody may still hang
		m.Close()
	})
	return m
}

// ServeHTTP is of http.Handler.
func (m *models) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if r.Header.Get("Authorization") != "Bearer "+apiKey {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	m.mu.Lock()
	m.asked = append(m.asked, r.URL.Path+" "+string(body))
	answer := m.answer
	m.mu.Unlock()
	m.came <- struct{}{}
	answer(w, r)
}

func (m *models) will(answer http.HandlerFunc) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.answer = answer
}

func (m *models) questions() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.asked...)
}

// set is the environment of a program that asks these models.
func (m *models) set(more ...string) []string {
	return append([]string{"OPENAI_API_KEY=" + apiKey, "OPENAI_BASE_URL=" + m.URL + "/v1"}, more...)
}

func hears(words string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]string{"text": words})
	}
}

func hangs(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// opines answers with the content of a chat completion.
func opines(content string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{
			"choices": []any{map[string]any{"message": map[string]string{"role": "assistant", "content": content}, "finish_reason": "stop"}},
			"usage":   map[string]int{"prompt_tokens": 900, "completion_tokens": 30, "total_tokens": 930},
		})
	}
}

// speaks sends a voice note and waits until the bot says that it listens.
func (w *world) speaks(t testing.TB, p *botapi.Person) botapi.Message {
	t.Helper()
	sent, err := p.In(p.ID()).Send(botapi.Out{Voice: []byte("OggS what somebody said"), Seconds: 5})
	if err != nil {
		t.Fatal(err)
	}
	w.wait(t, p.ID(), sent.MessageID, "the word that it listens", said("saya dengarkan"))
	return sent
}

func (w *world) pressed(t testing.TB, p *botapi.Person, m botapi.Seen, label string) {
	t.Helper()
	if _, err := p.In(p.ID()).Press(m.MessageID, label); err != nil {
		t.Fatal(err)
	}
}

// offers fits a message with such a button.
func offers(label string) func(botapi.Seen) bool {
	return func(m botapi.Seen) bool { return button(m, label) != "" }
}

// sends goes from the question for the place to the number.
func (w *world) sends(t testing.TB, p *botapi.Person, past int) string {
	t.Helper()
	w.wait(t, p.ID(), past, "the question where", func(m botapi.Seen) bool { return asksWhere(m) || button(m, "Tidak tahu") != "" })
	pin, err := p.In(p.ID()).Location(-6.1227, 106.1754)
	if err != nil {
		t.Fatal(err)
	}
	card := w.wait(t, p.ID(), pin.MessageID, "the review card", offers("Kirim"))
	w.pressed(t, p, card, "Kirim")
	receipt := w.wait(t, p.ID(), card.MessageID, "the number", func(m botapi.Seen) bool { return numberIn(m.Text) != "" })
	return numberIn(receipt.Text)
}

// A voice note becomes the description, in the words that the citizen has seen and said yes to.
func TestVoiceIsHeard(t *testing.T) {
	t.Parallel()
	const words = "lampu PJU mati total sudah seminggu di sini"
	m := openModels(t, hears(words))
	w := newWorld(t, plan{set: m.set("OPENAI_SPEECH_MODEL=suara-1")})
	w.ears.keepPrivate("key", apiKey)
	w.ears.keepPrivate("what was said", words)
	c := w.start()
	p := w.person("Warga")
	began := time.Now()
	sent := w.speaks(t, p)
	ask := w.wait(t, p.ID(), sent.MessageID, "what was heard", said("Saya dengar: “"+words+"”", "Benar?"))
	t.Logf("from the voice note to its words: %s", time.Since(began).Round(time.Millisecond))
	w.pressed(t, p, ask, "Ya")
	r := w.byCode(w.sends(t, p, ask.MessageID))
	if r.Text != words || len(r.Files) != 1 || r.Category != "penerangan_jalan" {
		t.Errorf("filed as %q with %d files: not what was said", r.Category, len(r.Files))
	}
	if q := m.questions(); len(q) != 1 || !strings.Contains(q[0], "OggS what somebody said") || !strings.Contains(q[0], "suara-1") {
		t.Errorf("%d questions to the speech model", len(q))
	}
	if _, page := c.get(context.Background(), "/metrics"); !strings.Contains(page, `rabeg_model_seconds_count{result="ok",what="speech"} 1`) {
		t.Error("the metrics do not count the question")
	}
	w.nobodyStumbled()
}

// The model hangs and the program is killed meanwhile: its successor listens again, and the citizen is asked once.
func TestVoiceIsHeardAfterADeath(t *testing.T) {
	t.Parallel()
	const words = "got mampet di depan sekolah, air meluap ke jalan"
	m := openModels(t, hangs)
	w := newWorld(t, plan{set: m.set("OPENAI_SPEECH_MODEL=suara-1")})
	w.ears.keepPrivate("what was said", words)
	c := w.start()
	p := w.person("Warga")
	sent := w.speaks(t, p)
	<-m.came
	c.kill()
	w.gate.drain(t)
	m.will(hears(words))
	w.start()
	w.wait(t, p.ID(), sent.MessageID, "what was heard", said("Saya dengar: “"+words+"”"))
	w.quiet()
	n := 0
	for _, s := range w.api.History(p.ID()) {
		if s.FromBot && strings.Contains(s.Text, "Saya dengar") {
			n++
		}
	}
	if n != 1 {
		t.Errorf("the citizen was asked %d times", n)
	}
	w.nobodyStumbled()
}

// A model that cannot hear: one line is asked for, and the report goes on.
func TestVoiceIsNotHeard(t *testing.T) {
	t.Parallel()
	m := openModels(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	w := newWorld(t, plan{set: m.set("OPENAI_SPEECH_MODEL=suara-1")})
	w.start()
	p := w.person("Warga")
	sent := w.speaks(t, p)
	w.wait(t, p.ID(), sent.MessageID, "the question for a line", said("kurang jelas", "satu kalimat"))
	line, err := p.In(p.ID()).Text(pju)
	if err != nil {
		t.Fatal(err)
	}
	if r := w.byCode(w.sends(t, p, line.MessageID)); r.Text != pju || len(r.Files) != 1 {
		t.Errorf("filed with %d files", len(r.Files))
	}
	w.nobodyStumbled()
}

const (
	vague = "warga di sini resah, keadaannya makin parah dan tidak ada yang peduli, atas nama Budi Santoso, telp 081234567890"
	good  = `{"category":"penerangan_jalan","kind":"pengaduan","emergency":false,"confidence":0.92}`
)

// files a report that the reader is not sure of, and whose category the citizen leaves to the officers.
func (w *world) filesVague(t testing.TB) string {
	t.Helper()
	p := w.person("Warga")
	w.ears.keepPrivate("what was written", vague)
	sent, err := p.In(p.ID()).Text(vague)
	if err != nil {
		t.Fatal(err)
	}
	about := w.wait(t, p.ID(), sent.MessageID, "the question what it is about", offers("Lainnya"))
	w.pressed(t, p, about, "Lainnya")
	list := w.wait(t, p.ID(), about.MessageID, "the whole list", offers("Tidak tahu, biar petugas memilih"))
	w.pressed(t, p, list, "Tidak tahu, biar petugas memilih")
	return w.sends(t, p, list.MessageID)
}

// A model that is too slow for somebody who waits gives its opinion after filing: the citizen is asked as if there were none,
// the card shows both, the owner stays, and nothing of the person leaves.
func TestSecondOpinion(t *testing.T) {
	t.Parallel()
	m := openModels(t, late(opines(good)))
	w := newWorld(t, plan{set: m.set("OPENAI_MODEL=bahasa-1")})
	w.ears.keepPrivate("key", apiKey)
	w.start()
	code := w.filesVague(t)
	w.wait(t, w.desk.ID(), 0, "both opinions", func(s botapi.Seen) bool {
		return strings.Contains(s.Text, code) && strings.Contains(s.Text, "Tebakan: ") && strings.Contains(s.Text, "Pendapat kedua: Penerangan jalan")
	})
	r := w.byCode(code)
	facts := w.facts(r.ID)
	if last := facts[len(facts)-1]; last.What != report.WasAdvised || last.Advice == nil || last.Advice.P != 0.92 || r.Agency != "" || r.Category != "" {
		t.Errorf("the last fact is %q, the owner %q, the category %q", last.What, r.Agency, r.Category)
	}
	q := m.questions()
	if len(q) != 2 {
		t.Errorf("%d questions, want one within the turn and one after filing", len(q))
	}
	masked(t, q)
	eventually(t, "the budget to be settled", func(context.Context) bool { // the first is paid for as well: it was under way
		return w.number(`SELECT coalesce(sum(tokens), 0) FROM model_budget`) > 930
	})
	// Who is sure asks nobody.
	w.filed(t, lamp(1))
	if n := len(m.questions()); n != 2 {
		t.Errorf("a clear report was asked about as well: %d questions", n)
	}
	w.nobodyStumbled()
}

// Whatever the model does, the citizen has the number and the desk the card.
func TestSecondOpinionThatIsOfNoUse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		set    string
		asked  int
	}{
		"nonsense":    {opines("Tentu! Ini soal lampu."), "", 2}, // within the turn, and after filing
		"wrong code":  {opines(strings.Replace(good, "penerangan_jalan", "DISHUB", 1)), "", 2},
		"refuses":     {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, "", 2},
		"hangs":       {hangs, "", 2},
		"over budget": {opines(good), "RABEG_LLM_DAILY_TOKENS=100", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openModels(t, c.answer)
			set := m.set("OPENAI_MODEL=bahasa-1")
			if c.set != "" {
				set = append(set, c.set)
			}
			w := newWorld(t, plan{set: set})
			w.start()
			code := w.filesVague(t)
			w.card(t, code)
			for range c.asked {
				select {
				case <-m.came:
				case <-time.After(patience):
					t.Fatal("nobody was asked")
				}
			}
			if name != "hangs" {
				eventually(t, "the question to end", func(context.Context) bool {
					return w.number(`SELECT count(*) FROM river_job WHERE kind = 'consult' AND state = 'completed' AND attempt = 1`) == 1
				})
			}
			if n := len(m.questions()); n != c.asked {
				t.Errorf("asked %d times, want %d", n, c.asked)
			}
			if r := w.byCode(code); r.Rev != 1 {
				t.Errorf("the report has %d facts, want one", r.Rev)
			}
			w.filed(t, lamp(1)) // and others go on
			w.nobodyStumbled()
		})
	}
}

// thoughtOf is an office that the reader had thought of too, with the category that leads there.
func thoughtOf(t testing.TB, r report.Report) (office, category string) {
	t.Helper()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range r.Guesses {
		code, _ := p.Office(g.Category, r.Text, r.Place.District)
		if a, ok := p.Agency(code); ok && code != r.Agency && !a.Outside && !a.Emergency {
			return code, g.Category
		}
	}
	t.Fatalf("the reader thought of nobody but %s", r.Agency)
	return "", ""
}

// Officers' corrections are counted in the desk, and come out as lines that training reads, with a warning that they are
// people's words.
func TestCorrectionsAreExported(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true})
	w.start()
	told := lamp(7)
	told.text = "jalan berlubang dan lampu mati di depan pasar"
	officer := w.operator(t, "dpupr")
	_, code := w.filed(t, told)
	card := w.card(t, code)
	office, category := thoughtOf(t, w.byCode(code))
	w.operator(t, office)
	if _, err := officer.In(w.desk.ID()).Topic(card.ThreadID).Text("/teruskan " + code + " " + office + " ini soal lampunya"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), card.MessageID, "the word that it was forwarded", said(code, "diteruskan ke"))
	score, err := w.head.In(w.desk.ID()).Text("/akurasi")
	if err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), score.MessageID, "the figures", said("Ketepatan tebakan", "0 dari 1 tepat", "→"))
	exit, out, errs := once(t, bare("DATABASE_URL="+w.dsn), "corrections", "--since=2020-01-01")
	if exit != 0 || !strings.Contains(errs, "citizens' own words") || !strings.Contains(errs, "1 written") {
		t.Fatalf("corrections ended with %d: %s", exit, errs)
	}
	var line struct{ Text, Category, Agency, First string }
	if err := json.Unmarshal([]byte(out), &line); err != nil {
		t.Fatalf("%v: %s", err, errs)
	}
	if line.Text != told.text || line.Category != category || line.Agency != office || line.First != "DPUPR" {
		t.Errorf("exported as %s → %s, %s; want → %s, %s", line.First, line.Agency, line.Category, office, category)
	}
	if exit, out, _ := once(t, bare("DATABASE_URL="+w.dsn), "corrections", "--since=2999-01-01"); exit != 0 || out != "" {
		t.Error("what was filed before the day is exported")
	}
	if exit, _, errs := once(t, bare("DATABASE_URL="+w.dsn), "corrections", "--since=kemarin"); exit == 0 || !strings.Contains(errs, "--since") {
		t.Errorf("a wrong day is taken: %d %s", exit, errs)
	}
}

// A wrong setting of a model stops the start with one line that names it.
func TestModelSettings(t *testing.T) {
	t.Parallel()
	program(t) // built before the first one's time runs
	base := []string{"DATABASE_URL=postgres://x@127.0.0.1:1/x", "REDIS_URL=redis://127.0.0.1:1/0", "TELEGRAM_TOKEN=" + token}
	for _, c := range []struct{ variable, value string }{
		{"OPENAI_BASE_URL", "localhost:8000"}, {"OPENAI_BASE_URL", "http://name:secret@host/v1"}, {"OPENAI_MODEL", "gpt"},
		{"OPENAI_SPEECH_MODEL", "whisper"}, {"RABEG_LLM_DAILY_TOKENS", "many"}, {"RABEG_LLM_DAILY_TOKENS", "0"},
	} {
		exit, _, errs := once(t, bare(append(base, c.variable+"="+c.value)...), "serve")
		if all := lines(errs); exit == 0 || len(all) != 1 || !strings.Contains(all[0], c.variable+": ") || !strings.Contains(all[0], "example: ") || strings.Contains(all[0], "secret") {
			t.Errorf("%s=%s: exit %d, %s", c.variable, c.value, exit, fmt.Sprint(all))
		}
	}
}
