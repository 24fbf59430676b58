// Package behalf lets an officer take a report for somebody who stands at a counter, calls, writes a letter, or complains on social
// media or in a leader's own chat. It asks who writes and in which way it was told; the report itself is made by the flow that
// makes all reports. It is pure.
package behalf

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
)

// Name is the flow's name in State.Ask.
const Name = "behalf"

const (
	askSource = "source"
	awaitDuty = "duty"
	// own is the choice of an officer who reports something as anybody may.
	own = "own"
)

type flow struct{ flows.Options }

// New makes the flow; it is a flows.Maker.
func New(o flows.Options) flows.Flow { return &flow{Options: o} }

var (
	_ flows.Asker  = (*flow)(nil)
	_ flows.Clerk  = (*flow)(nil)
	_ flows.Keeper = (*flow)(nil)
)

// Notes are what this flow keeps of a conversation: the words that came with the wish, and the turn in which it was asked who
// writes, so that it is asked once.
type Notes struct {
	Text string `json:"text,omitempty"`
	Turn string `json:"turn,omitempty"`
}

// Blank implements flows.Keeper.
func (*flow) Blank() flows.Notes { return &Notes{} }

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes { return &n }

// Empty implements flows.Notes.
func (n Notes) Empty() bool { return n == Notes{} }

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Behalf implements flows.Clerk: it asks who writes. Whoever is no officer goes on as if nothing had been asked.
func (f *flow) Behalf(s flows.State, in flows.Said, rest string) (flows.State, []flows.Effect) {
	if flows.NotesOf[Notes](s, Name).Turn == s.Turn || f.InDanger(s) || f.Talking(s) != nil || in.Event.ID == "" {
		return s, nil
	}
	s = s.With(Name, &Notes{Text: rest, Turn: s.Turn})
	p := flows.ParcelOf(in.Event)
	s.Await(Name, awaitDuty, &p).Anew = true
	return s, []flows.Effect{flows.Duty{}}
}

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.OnDuty:
		return f.known(s, in.Officer)
	case flows.Said:
		if in.Choice != "" {
			return f.choose(s, in.Choice)
		}
	default:
		// another flow's
	}
	return s, nil
}

// known goes on with an officer.
func (f *flow) known(s flows.State, officer bool) (flows.State, []flows.Effect) {
	if await, _ := s.Awaited(Name); await != awaitDuty {
		return s, nil
	}
	n := flows.NotesOf[Notes](s, Name)
	if !officer {
		return s.With(Name, &Notes{Turn: n.Turn}), nil
	}
	s.Wait = nil
	if how, text, ok := source(n.Text); ok {
		return f.begin(s, how, text)
	}
	s.Put(Name, askSource)
	q, _ := f.Question(s)
	return s, []flows.Effect{flows.Say{Message: q}}
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return bot.Message{}, false
	}
	v := f.Voice(s)
	var ids []string
	for _, how := range report.OnBehalf() {
		ids = append(ids, string(how))
	}
	return bot.Message{Text: v.AskSource(), Menu: v.MenuOf(s.Ask.ID, append(ids, own)...)}, true
}

func (f *flow) choose(s flows.State, id string) (flows.State, []flows.Effect) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return s, nil
	}
	text := flows.NotesOf[Notes](s, Name).Text
	if id != own {
		return f.begin(s, report.Sending(id), text)
	}
	s.Ask = nil
	s = s.With(Name, &Notes{Turn: s.Turn})
	words := text
	if words == "" {
		words = flows.WordReport.String()
	}
	return f.Hand(s, flows.Said{Event: bot.Event{At: s.At, Body: bot.Text{Text: words}}})
}

func (f *flow) begin(s flows.State, how report.Sending, text string) (flows.State, []flows.Effect) {
	s.Ask = nil
	s = s.With(Name, &Notes{Turn: s.Turn})
	in := flows.OnBehalf{How: how}
	if text != "" {
		in.Said = flows.Parcel{Text: text, Parts: []flows.Part{{Len: len(text)}}}
	}
	return f.Hand(s, in)
}

// source reads in which way something was told, at the beginning of a text: "loket lampu mati di Cipare".
func source(text string) (how report.Sending, rest string, ok bool) {
	text = strings.TrimSpace(text)
	first, rest, _ := strings.Cut(text, " ")
	if w := bot.Fold(first); w == "dari" || w == "lewat" || w == "via" || w == "dr" {
		first, rest, _ = strings.Cut(strings.TrimSpace(rest), " ")
	}
	rest = strings.TrimLeft(strings.TrimSpace(rest), ":,-– ")
	switch bot.Fold(first) {
	case "loket", "counter", "langsung":
		how = report.AtCounter
	case "telepon", "telpon", "tlp", "telp", "phone", "hp":
		how = report.ByPhone
	case "surat", "letter", "email":
		how = report.ByLetter
	case "medsos", "sosmed", "facebook", "fb", "instagram", "ig", "tiktok", "twitter":
		how = report.BySocial
	case "pimpinan", "walikota", "wali", "wakil", "sekda", "bupati", "leader":
		how = report.ByLeader
	default:
		return "", "", false
	}
	return how, rest, true
}
