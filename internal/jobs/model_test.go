package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/llm"
)

// conversation remembers what it is told of voice notes.
type conversation struct {
	mu    sync.Mutex
	fails int // how often it cannot be reached first
	heard chan string
}

func (c *conversation) take(_ context.Context, v ledger.Transcribe, words string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard <- fmt.Sprintf("%s %s %s: %s", v.Chat, v.Draft, v.Media.ID, words)
	if c.fails > 0 {
		c.fails--
		return errors.New("the store is away")
	}
	return nil
}

// speak commits a voice note to be heard.
func (h *house) speak(cause string) {
	h.Helper()
	err := h.store.Commit(h.Context(), ledger.Batch{Cause: cause, Jobs: []ledger.Job{
		ledger.Transcribe{Chat: chat, Draft: "d1-x", Media: bot.MediaRef{Network: bot.Telegram, ID: cause, MIME: "audio/ogg"}}}})
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) hears(c *conversation, want string) {
	h.Helper()
	select {
	case got := <-c.heard:
		if got != want {
			h.Errorf("heard %q, want %q", got, want)
		}
	case <-time.After(20 * time.Second):
		h.Fatalf("nobody heard %q", want)
	}
}

// The words come back to the conversation; while that cannot be reached they come again, always the same, and the model
// is asked once: what the citizen was shown is what counts.
func TestAVoiceNoteIsHeardOnce(t *testing.T) {
	t.Parallel()
	c := &conversation{fails: 2, heard: make(chan string, 10)}
	var mu sync.Mutex
	asked := 0
	h := openWith(t, jobs.Models{Heard: c.take, Transcribe: func(_ context.Context, audio io.Reader, mime string) (string, error) {
		mu.Lock()
		defer mu.Unlock()
		asked++
		data, err := io.ReadAll(audio)
		return fmt.Sprintf("%s as %s, take %d", data, mime, asked), err
	}})
	h.start()
	h.speak("v1")
	for range 3 {
		h.hears(c, "telegram:7 d1-x v1: copy of v1 as audio/ogg, take 1")
	}
	h.until(2, "jobs done", `SELECT count(*) FROM river_job WHERE queue LIKE 'voice%' AND state = 'completed'`)
}

// A network, a model, or both of them fail: the conversation hears that there are no words, and nobody is asked again.
func TestAVoiceNoteThatIsNotHeard(t *testing.T) {
	t.Parallel()
	c := &conversation{heard: make(chan string, 10)}
	const secret = "kata-kata yang tidak boleh bocor"
	h := openWith(t, jobs.Models{Heard: c.take, Transcribe: func(_ context.Context, audio io.Reader, _ string) (string, error) {
		return secret, fmt.Errorf("%w: nothing was heard", llm.ErrAnswer)
	}})
	h.start()
	h.speak("v1")
	h.hears(c, "telegram:7 d1-x v1: ")
	h.mu.Lock()
	h.fetch = func(int) error { return &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("gone")} }
	h.mu.Unlock()
	h.speak("v2")
	h.hears(c, "telegram:7 d1-x v2: ")
	h.until(4, "jobs done", `SELECT count(*) FROM river_job WHERE queue LIKE 'voice%' AND state = 'completed' AND attempt = 1`)
	if strings.Contains(h.log.String(), secret) {
		t.Error("the log holds what was said")
	}
}

// The program that listens has no connection to the network, another one has: the voice note is heard all the same.
func TestAVoiceNoteThatAnotherProgramCanFetch(t *testing.T) {
	t.Parallel()
	c := &conversation{heard: make(chan string, 10)}
	h := openWith(t, jobs.Models{Heard: c.take, Transcribe: func(context.Context, io.Reader, string) (string, error) { return "lampu mati", nil }})
	h.fetch = func(try int) error {
		if try <= 2 {
			return &bot.SendError{Remedy: bot.Retry, Slow: true, Err: errors.New("not connected")}
		}
		return nil
	}
	h.start()
	h.speak("v1")
	h.hears(c, "telegram:7 d1-x v1: lampu mati")
}

// A model that hangs is given up after eight seconds.
func TestAVoiceNoteThatHangs(t *testing.T) {
	t.Parallel()
	c := &conversation{heard: make(chan string, 10)}
	h := openWith(t, jobs.Models{Heard: c.take, Transcribe: func(ctx context.Context, _ io.Reader, _ string) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	}})
	h.start()
	began := time.Now()
	h.speak("v1")
	h.hears(c, "telegram:7 d1-x v1: ")
	if took := time.Since(began); took > 11*time.Second {
		t.Errorf("the citizen waited %s", took)
	}
}

// consults opens a house whose model answers as told, with a report that it is asked about.
func consults(t *testing.T, ask func(ctx context.Context, r report.Report, try int) (report.Advice, error)) *house {
	t.Helper()
	h := doubted(t, ask)
	h.start()
	return h
}

// doubted is the same, where nobody has begun to ask.
func doubted(t *testing.T, ask func(ctx context.Context, r report.Report, try int) (report.Advice, error)) *house {
	t.Helper()
	var mu sync.Mutex
	tries := 0
	office := &casework.Office{Profile: casetest.Profile(), Consults: true}
	h := openWith(t, jobs.Models{Office: func() *casework.Office { return office },
		Consult: func(ctx context.Context, r report.Report) (report.Advice, error) {
			mu.Lock()
			tries++
			n := tries
			mu.Unlock()
			return ask(ctx, r, n)
		}})
	_, b := office.Open(casework.Filing{ID: 1, Code: "CTH-1", Reporter: chat, Cause: "e1", At: time.Now(),
		Draft: report.Draft{Visibility: report.Normal, Text: "tumpukan di jalan", Guesses: []report.Guess{{Category: "jalan", P: .41}}}})
	if len(b.Jobs) != 1 {
		t.Fatalf("the report asks for %d jobs, want its second opinion", len(b.Jobs))
	}
	if err := h.store.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return h
}

const (
	consulted = `SELECT count(*) FROM river_job WHERE kind = 'consult' AND state = 'completed'`
	advised   = `SELECT count(*) FROM facts WHERE what = 'advised'`
)

func advice(category string) report.Advice {
	return report.Advice{Guess: report.Guess{Category: category, P: 0.9}}
}

// The opinion is a fact and a new look of the card, even when somebody acts while the model thinks; owner and category stay.
func TestASecondOpinion(t *testing.T) {
	t.Parallel()
	var h *house
	ready := make(chan struct{})
	h = consults(t, func(ctx context.Context, r report.Report, _ int) (report.Advice, error) {
		<-ready
		if r.Text != "tumpukan di jalan" || len(r.Guesses) != 1 {
			t.Errorf("asked about %q with %v", r.Text, r.Guesses)
		}
		note := report.Fact{Report: 1, Seq: r.Rev + 1, What: report.WasNoted}
		after := report.Apply(r, note)
		err := h.store.Commit(ctx, ledger.Batch{Cause: "desk", Changes: []ledger.Change{ledger.Changed{Report: after, Was: r.Rev,
			Facts: []report.Fact{note}}}})
		return advice("sampah"), err
	})
	close(ready)
	h.until(1, "questions", consulted)
	r, err := h.store.ByID(t.Context(), 1)
	if err != nil || r.Rev != 3 || r.Agency != "" || r.Category != "" {
		t.Errorf("the report stands at %d with office %q and category %q (%v)", r.Rev, r.Agency, r.Category, err)
	}
	facts, err := h.store.Facts(t.Context(), 1)
	if err != nil || facts[2].What != report.WasAdvised || facts[2].By.Role != report.System || facts[2].Advice.Category != "sampah" {
		t.Errorf("the facts: %+v (%v)", facts, err)
	}
	h.until(1, "new looks of the card", `SELECT count(*) FROM letters WHERE purpose = 'refresh'`)
}

// A report that somebody found to be sensitive before the model was asked stays in the house.
func TestASensitiveReportIsNotConsultedAbout(t *testing.T) {
	t.Parallel()
	h := doubted(t, func(context.Context, report.Report, int) (report.Advice, error) {
		t.Error("the words have left the house")
		return advice("sampah"), nil
	})
	r, err := h.store.ByID(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	found := report.Fact{Report: 1, Seq: r.Rev + 1, What: report.WasForwarded, Agency: "DINSOS", Category: "bantuan"}
	if err := h.store.Commit(t.Context(), ledger.Batch{Cause: "desk", Changes: []ledger.Change{ledger.Changed{
		Report: report.Apply(r, found), Was: r.Rev, Facts: []report.Fact{found}}}}); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "questions", consulted)
	h.until(0, "opinions", advised)
}

// A model that is away is asked a few times and then left; one that refuses or answers nonsense is not asked again. Neither
// changes anything.
func TestAModelThatIsOfNoUse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err   error
		tries int
	}{
		"away":     {llm.ErrAway, 5},
		"nonsense": {llm.ErrAnswer, 1},
		"refused":  {llm.ErrRefused, 1},
		"budget":   {llm.ErrBudget, 1},
		"no code":  {nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := consults(t, func(context.Context, report.Report, int) (report.Advice, error) { return advice("hantu"), c.err })
			h.until(1, "questions that ended", fmt.Sprintf(consulted+` AND attempt = %d`, c.tries))
			h.until(0, "opinions", advised)
		})
	}
}

func TestAModelComesBack(t *testing.T) {
	t.Parallel()
	h := consults(t, func(_ context.Context, _ report.Report, try int) (report.Advice, error) {
		if try < 3 {
			return report.Advice{}, llm.ErrAway
		}
		return advice("sampah"), nil
	})
	h.until(1, "opinions", advised)
	h.until(1, "questions", consulted)
}
