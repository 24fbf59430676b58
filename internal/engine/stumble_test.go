package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/engine"
	"rabeg/internal/report"
)

// faulty is a conversation that the program fails in.
type faulty struct{ *flows.Machine }

func (faulty) Read(doc []byte) (flows.State, error) {
	var s flows.State
	return s, json.Unmarshal(doc, &s)
}

func (faulty) Join(a, _ flows.State) flows.State { return a }

func (faulty) Step(flows.State, flows.Input) (flows.State, []flows.Effect) { panic("oh") }

// noted keeps stumbles, and forgets them.
type noted struct{}

func (noted) Stumble(context.Context, string, string, []byte) error { return nil }

// shut is a shelf that cannot be looked into, for a reason.
type shut struct {
	*shelf
	why error
}

func (s shut) Load(context.Context, bot.Address) (engine.Session, error) {
	return engine.Session{}, s.why
}

func (s shut) Take(ctx context.Context, chat bot.Address, _ engine.Beginning) (engine.Session, error) {
	return s.Load(ctx, chat)
}

// What the program says where it failed, and in a group that is no desk, is said in the language of the person.
func TestTheLanguageOfWhoIsAnswered(t *testing.T) {
	t.Parallel()
	chat, group := bot.Address{Network: bot.Telegram, ID: "5"}, bot.Address{Network: bot.Telegram, ID: "-7"}
	for name, c := range map[string]struct {
		kept  string // the language of the conversation so far, "-" for none
		phone string
		words string
		group bool
		why   error
		want  string
	}{
		"speaks English with us":            {kept: "en", words: "halo", want: "Sorry, this"},
		"speaks Indonesian with us":         {kept: "id", phone: "en", words: "the street light is broken", want: "Maaf"},
		"never said which":                  {kept: "", words: "halo", want: "Maaf"},
		"writes English for the first time": {kept: "-", phone: "en-GB", words: "the street light is broken", want: "Sorry, this"},
		"has but an English phone":          {kept: "-", phone: "en", words: "lampu jalan mati", want: "Maaf"},
		"for the first time":                {kept: "-", phone: "id", words: "lampu jalan mati", want: "Maaf"},
		"another instance has the chat":     {kept: "en", words: "/start", group: true, why: engine.ErrBusy, want: "Grup ini"}, // not waited for
		"conversations are away":            {kept: "en", words: "halo", why: errors.New("away"), want: "Maaf"},
		"speaks English, in a group":        {kept: "en", words: "/start", group: true, want: "This group"},
		"speaks Indonesian, in a group":     {kept: "id", words: "/id", group: true, want: "Grup ini"},
		"a stranger in a group":             {kept: "-", words: "/start", group: true, want: "Grup ini"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			books := &books{done: map[string]bool{}, said: map[bot.Address][]bot.Message{}}
			kept := &shelf{docs: map[bot.Address]engine.Session{}}
			if c.kept != "-" {
				doc, err := json.Marshal(flows.State{V: 1, Lang: c.kept})
				if err != nil {
					t.Fatal(err)
				}
				kept.docs[chat] = engine.Session{State: doc, Rev: 1}
			}
			var sessions engine.Sessions = kept
			if c.why != nil {
				sessions = shut{kept, c.why}
			}
			e := engine.New(engine.Options{Sessions: sessions, Cases: engine.Cases{Store: books, Offices: books, Stumbles: noted{}}, Machine: faulty{flows.New(flows.Options{Profile: casetest.Profile()})},
				Now: time.Now, Log: slog.New(slog.DiscardHandler), DeskAt: func() bot.Address { return bot.Address{} },
				Office: func() *casework.Office { return &casework.Office{Profile: casetest.Profile()} }})
			ev := bot.Event{ID: "e", Chat: chat, From: bot.Person{ID: "5", Language: c.phone}, Body: bot.Text{Text: c.words}, At: began}
			if c.group {
				ev.Chat, ev.Group = group, true
			}
			err := e.Handle(t.Context(), ev)
			if c.why != nil && !c.group { // the event never got as far as the conversation: later it is set aside
				err = e.Park(t.Context(), ev, c.why, func(context.Context) error { return nil })
			}
			if err != nil {
				t.Fatal(err)
			}
			said := books.said[ev.Chat]
			if len(said) != 1 || !strings.HasPrefix(said[0].Text, c.want) {
				t.Errorf("%+v, want %q", said, c.want)
			}
			if c.group && !strings.Contains(said[0].Text, group.ID) {
				t.Errorf("the number of the group is missing: %q", said[0].Text)
			}
		})
	}
}

// A report without a chat is nobody's own.
func TestNobodyOwnsAReportWithoutAChat(t *testing.T) {
	t.Parallel()
	office := &casework.Office{Profile: casetest.Profile()}
	r := report.Report{ID: 1, Code: "CTH-NPU7F-H", Draft: report.Draft{Visibility: report.Normal, Category: "jalan"}}
	e := engine.New(engine.Options{Cases: engine.Cases{Reports: oneReport{Report: r}}, Office: func() *casework.Office { return office }})
	for _, who := range []bot.Address{{}, {Topic: "4"}, {Network: bot.Telegram, ID: "5"}} {
		in, err := e.Look(t.Context(), who, flows.Look{Code: r.Code})
		got, ok := in.(flows.Found)
		if err != nil || !ok || got.Full != nil || got.Short == nil {
			t.Errorf("%v finds %+v (%v)", who, in, err)
		}
	}
}
