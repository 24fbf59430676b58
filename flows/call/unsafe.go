package call

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/understand/answer"
)

// Who said that it is not safe to be answered in this chat is not answered in it: whoever holds the phone reads a sentence that tells
// nothing, the room reads all of it, and "aman" opens the talk again. In danger now the number comes all the same.

// safeWords are the words in which somebody says to be safe, and nothing else.
var safeWords = answer.ListOf("over-only")

// saysSafeHere reports whether a text says that one is safe, and nothing else.
func saysSafeHere(text string) bool {
	words := strings.Fields(bot.Fold(text))
	safe := slices.Contains(words, "aman") || slices.Contains(words, "safe")
	return safe && !slices.ContainsFunc(words, func(w string) bool { return !safeWords[w] })
}

// unsafe notes whether the chat may be answered in.
func unsafe(s flows.State, is bool) flows.State {
	n := Of(s)
	if n.Talk == nil {
		return s
	}
	talk := *n.Talk
	talk.Unsafe = is
	return s.With(Name, &Notes{Talk: &talk, Tried: n.Tried})
}

// abuse answers who tells of violence against a woman or a child. The phone may be read by who does it: the only question is
// whether it is safe to be answered here.
func (f *flow) abuse(s flows.State, p flows.Parcel) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	raise := flows.Call{Kind: flows.HarmCall, About: aboutAbuse, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Lang: v.Lang}
	if t := f.Talking(s); t != nil && !t.Over && t.About == aboutAbuse {
		s, out := f.goOn(s, flows.Called{Kind: t.Kind, About: t.About, Open: true}, false)
		return s, append([]flows.Effect{raise}, out...)
	}
	s = f.Hushed(s)
	if watched(p.Text, false) {
		s.Ask = nil
		s.Await(Name, awaitHush, &p)
		return s, []flows.Effect{raise}
	}
	s.Put(Name, askHere)
	q, _ := f.Question(s)
	text := v.Abuse()
	if p.Text != "" {
		if more := f.helps(v, p.Text, f.Reader.Read(p.Text)); more != "" {
			text += "\n\n" + more
		}
	}
	return s, []flows.Effect{raise, flows.Say{Message: bot.Message{Text: text, Want: bot.WantDone}, Now: true}, flows.Say{Message: q}}
}

// hush answers who says that this chat is not to be answered: as "tidak aman", and the room reads the words.
func (f *flow) hush(s flows.State, p flows.Parcel, talk *flows.Talk) (flows.State, []flows.Effect) {
	s.Ask = nil
	s = unsafe(s, true)
	return s, []flows.Effect{
		flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.UnsafeCall},
		flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.TellCall, Said: p, Place: f.AddOf(p).Place},
		flows.Say{Message: bot.Message{Text: f.Voice(s).Silent(), Want: bot.WantDone}},
	}
}

// hushed goes on with who told of violence and said in the same breath that nobody must answer.
func (f *flow) hushed(s flows.State, in flows.Called) (flows.State, []flows.Effect) {
	s.Wait = nil
	if in.ID == "" {
		return s, nil
	}
	s = unsafe(s, true)
	return s, []flows.Effect{
		flows.Call{ID: in.ID, Kind: in.Kind, What: flows.UnsafeCall},
		flows.Say{Message: bot.Message{Text: f.Voice(s).Silent(), Want: bot.WantDone}},
	}
}

// here goes on with who can be answered in this chat.
func (f *flow) here(s flows.State, talk *flows.Talk) (flows.State, []flows.Effect) {
	s = unsafe(s, false)
	s.Offer(Name, askTalk).Plain = true
	return s, []flows.Effect{
		flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.HereCall},
		flows.Say{Message: bot.Message{Text: f.Voice(s).SafeHere()}},
	}
}

// endangered answers who is harmed and is in danger now: the number first, and the talk stays what it is.
func (f *flow) endangered(s flows.State, p flows.Parcel) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	s.Offer(Name, askTalk).Plain = true
	text := v.EndangeredNow()
	if talk := f.Talking(s); talk != nil && talk.Unsafe {
		text, _, _ = strings.Cut(text, "\n") // the number, and not whom else it is told
	}
	return s, []flows.Effect{
		flows.Say{Message: bot.Message{Text: text, Want: bot.WantDone}, Now: true},
		flows.Call{Kind: flows.HarmCall, About: aboutAbuse, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Lang: v.Lang},
	}
}
