package flows_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/flowtest"
	"rabeg/flows/intake"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

func said(at time.Time, b bot.Body) flows.Said {
	return flows.Said{Event: bot.Event{ID: "e" + bot.EventID(at.String()), At: at, Ref: bot.MessageRef{ID: "m"}, Body: b}}
}

func says(out []flows.Effect) (all []flows.Say) {
	for _, e := range out {
		if s, ok := e.(flows.Say); ok {
			all = append(all, s)
		}
	}
	return all
}

// Two hundred messages in a minute: one sentence asks for patience, once; after it everything is taken in and the last
// question stays to be sent.
func TestFloodIsSlowedAndKept(t *testing.T) {
	t.Parallel()
	m := flowtest.Machine()
	var s flows.State
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	patience := 0
	for i := range 200 {
		var out []flows.Effect
		words := "pesan ke-" + strconv.Itoa(i) + " got mampet"
		s, out = m.Step(s, said(at.Add(time.Duration(i)*290*time.Millisecond), bot.Text{Text: words}))
		got := says(out)
		if len(got) == 0 {
			t.Fatalf("message %d has no answer", i+1)
		}
		last := got[len(got)-1]
		if held := last.Hold == flows.HoldFlood; held != (i >= flows.Many) {
			t.Fatalf("message %d: hold %v", i+1, last.Hold)
		}
		for _, say := range got {
			if strings.Contains(say.Message.Text, "banyak sekali") {
				patience++
			}
		}
	}
	if patience != 1 {
		t.Errorf("asked for patience %d times", patience)
	}
	if n := strings.Count(intake.Of(s).Form.Text, "got mampet"); n != 200 {
		t.Errorf("%d of 200 messages are kept", n)
	}
}

// A receipt and the emergency number never wait, however many messages come.
func TestFloodNeverHoldsWhatMatters(t *testing.T) {
	t.Parallel()
	m := flowtest.Machine()
	var s flows.State
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for range 25 {
		s, _ = m.Step(s, said(at, bot.Text{Text: "got mampet di kel Cipare"}))
	}
	s, out := m.Step(s, flows.Filed{Report: report.Report{ID: 7, Code: "SRG-RY77R-W"}})
	if got := says(out); len(got) != 1 || got[0].Hold != 0 || got[0].Report != 7 {
		t.Errorf("the receipt: %+v", got)
	}
	_, out = m.Step(s, said(at, bot.Text{Text: "tolong cepat ada kebakaran"}))
	got := says(out)
	for i, said := range got {
		if i == 0 && !strings.Contains(said.Message.Text, "Terlalu") && !strings.Contains(said.Message.Text, "112") || said.Hold != 0 {
			t.Errorf("the emergency number: %+v", got)
		}
	}
}

func TestNotForUs(t *testing.T) {
	t.Parallel()
	m := flowtest.Machine()
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	group := said(at, bot.Text{Text: "lampu mati"})
	group.Event.Group = true
	command := said(at, bot.Text{Text: "/lapor lampu mati"})
	command.Event.Group = true
	live := said(at, bot.Location{Lat: -6.12, Lon: 106.15})
	live.Event.Edited = true
	tests := []struct {
		name string
		in   flows.Input
		says int
	}{
		{"blocked", said(at, bot.Left{}), 0},
		{"added", said(at, bot.Joined{}), 0},
		{"moved", said(at, bot.Moved{}), 0},
		{"no body", said(at, nil), 0},
		{"talk in a group", group, 0},
		{"command in a group", command, 1},
		{"live position", live, 0},
		{"answer nobody waits for", flows.Acted{}, 1},
		{"answer nobody waits for", flows.Found{}, 0},
		{"wake of a draft that is gone", flows.Idle{Draft: "d9"}, 0},
		{"no input", nil, 0},
	}
	for _, tt := range tests {
		s, out := m.Step(flows.State{}, tt.in)
		if got := len(says(out)); got != tt.says {
			t.Errorf("%s: %d answers, want %d", tt.name, got, tt.says)
		}
		if intake.Of(s).Form != nil {
			t.Errorf("%s began a report", tt.name)
		}
	}
}

func TestWordOf(t *testing.T) {
	t.Parallel()
	lx, err := answer.New()
	if err != nil {
		t.Fatal(err)
	}
	o := flows.Options{Answers: lx}
	tests := []struct {
		text string
		want flows.Word
		rest string
	}{
		{"/status@rabeg_bot SRG-1", flows.WordStatus, "SRG-1"}, {"Batal!", flows.WordCancel, ""}, {"/batal", flows.WordCancel, ""},
		{"cek status", flows.WordStatus, ""}, {"/hapus_data", flows.WordForget, ""}, {"hapus data saya", flows.WordForget, ""},
		{"English", flows.WordEnglish, ""}, {"/id", flows.WordIndonesian, ""}, {"/start abc", flows.WordStart, "abc"},
		{"batal saja deh pesanannya kemarin", flows.NoWord, ""}, {"/jalan rusak", flows.NoWord, ""}, {"/jalan", flows.WordUnknown, ""},
		{"tolong apus semua data sy dong", flows.WordForget, ""}, {"mau hapus data saya kak", flows.WordForget, ""}, {"apa aja data sy yg disimpen", flows.WordMine, ""},
		{"delete my data please", flows.WordForget, ""}, {"hapus foto saya", flows.NoWord, ""}, {"data saya di ktp salah", flows.NoWord, ""}, {"hapus data bansos ganda", flows.NoWord, ""},
		{"", flows.NoWord, ""}, {"/", flows.NoWord, ""},
	}
	for _, tt := range tests {
		if got, rest := o.WordOf(tt.text); got != tt.want || rest != tt.rest {
			t.Errorf("WordOf(%q) = %v, %q; want %v, %q", tt.text, got, rest, tt.want, tt.rest)
		}
	}
}

func TestFormParts(t *testing.T) {
	t.Parallel()
	var f intake.Form
	f.AddText("1", "satu")
	f.AddText("2", "dua")
	f.AddText("3", "tiga")
	if !f.Replace("2", "DUA DUA") || f.Text != "satu\nDUA DUA\ntiga" {
		t.Errorf("replaced: %q", f.Text)
	}
	if f.Replace("9", "x") || f.Replace("", "x") {
		t.Error("a message that was no part was replaced")
	}
	if ref, words := f.DropLast(); ref != "3" || words != "tiga" || f.Text != "satu\nDUA DUA" {
		t.Errorf("dropped %q %q, left %q", ref, words, f.Text)
	}
	f.DropLast()
	if _, words := f.DropLast(); words != "" || f.Text != "satu" {
		t.Errorf("the first message went: %q", f.Text)
	}
}

// Whoever is told that an answer was not understood stands in the figures, and nobody else.
func TestWhatIsNotUnderstoodCounts(t *testing.T) {
	t.Parallel()
	e := flowtest.NewEngine(flowtest.Machine(), flowtest.City())
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for i, c := range []struct {
		words   string
		baffles bool
	}{{"lampu gelap dan jalan rusak di kel Cipare", false}, {"Lainnya", false}, {"surat", false}, {"kembali", false}, {"Berikutnya", true}} {
		ev := said(at.Add(time.Duration(i)*time.Minute), bot.Text{Text: c.words}).Event
		if _, err := e.Say(ev); err != nil {
			t.Fatal(err)
		}
		if got := e.Reread().Baffled; got != c.baffles {
			t.Errorf("%q is not understood: %v", c.words, got)
		}
	}
}
