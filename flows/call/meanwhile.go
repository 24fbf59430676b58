package call

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// What somebody says in a talk is said to the person, but for what nobody says to one: a wish about the own reports or chats, which
// the other flows carry out, and the end of the talk. What quotes a message answers it, whatever it says.

// meanwhile takes what is said in a talk and is for the product. ok is false where it is for the person.
func (f *flow) meanwhile(s flows.State, ev bot.Event, words string, rd understand.Reading) (_ flows.State, _ []flows.Effect, ok bool) {
	talk := f.Talking(s)
	_, plain := ev.Body.(bot.Text)
	switch {
	case talk == nil, talk.Over, talk.Kind == flows.HarmCall, !plain, ev.Edited, ev.ReplyTo != nil, f.InDanger(s), busy(s):
		return s, nil, false
	case rd.Emergency, rd.Harm != understand.NoHarm, Of(s).Tried == s.Turn:
		return s, nil, false
	}
	if _, bare := say.Leaves(words); bare && talk.Kind == flows.HumanCall {
		s, out := f.leave(s)
		return s, out, true
	}
	code, found, valid := report.FindCode(f.Profile.Prefix, words)
	n := Of(s)
	n.Tried = s.Turn
	s, out := f.Hand(s.With(Name, &n), flows.Meanwhile{Event: ev})
	if len(out) > 0 && found && valid && bot.Fold(words) == bot.Fold(string(code)) { // an officer may have asked for it
		out = append([]flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.TellCall, Said: flows.ParcelOf(ev)}}, out...)
	}
	return s, out, len(out) > 0
}

// hides reports whether words want their writer hidden, and whether all of it.
func (f *flow) hides(words string) (unnamed, secret bool) {
	if words == "" {
		return false, false
	}
	after := f.Answers.After(words)
	return after.Sequel == answer.Hides, after.Sequel == answer.Hides && after.Who == string(report.Confidential)
}

// grave is from which probability words about a sensitive matter are kept from the group: what stood there cannot be unread.
const grave = 0.5

// sensitive reports whether words tell of something that the group must not read: somebody of an office is accused, or a matter that is
// always confidential.
func (f *flow) sensitive(rd understand.Reading) bool {
	return rd.Misconduct || len(rd.Guesses) > 0 && !rd.NoReport && rd.Guesses[0].P >= grave && f.Profile.Sensitive(rd.Guesses[0].Category)
}

// aside answers what is asked of the product itself in a talk; "" where nothing is. The person reads it all the same.
func (f *flow) aside(s flows.State, p flows.Parcel) string {
	v, talk := f.Voice(s), Of(s).Talk
	if talk != nil && talk.About == aboutAbuse && p.Text != "" {
		return f.helps(v, p.Text, f.Reader.Read(p.Text))
	}
	switch topic := f.Answers.Question(p.Text); {
	case p.Text == "", talk == nil, talk.Kind != flows.HumanCall:
	case topic == answer.AskedWho:
		return v.TalkGoesOn() + "\n\n" + v.AnswerWho()
	case topic == answer.AskedFear:
		return v.TalkGoesOn() + "\n\n" + v.Reassure()
	case topic == answer.AskedBot && !talk.Spoken:
		return v.StillCalled(s.At)
	}
	return ""
}

// again answers who asks for a person while one is called already.
func (f *flow) again(s flows.State, p flows.Parcel) (string, bool) {
	talk := Of(s).Talk
	if p.Text == "" || talk == nil || talk.Kind != flows.HumanCall && talk.About != aboutAbuse || talk.Spoken {
		return "", false
	}
	wish := f.Reader.Read(p.Text).Human || f.Answers.After(p.Text).Sequel == answer.WantsPerson
	words := f.Voice(s).StillCalled(s.At)
	if talk.About == aboutAbuse {
		words = f.Voice(s).CompanionCalled(s.At)
	}
	return words, wish && len(strings.Fields(p.Text)) <= 10
}

// helps answers who suffers violence, and asks where to turn or wants no report made of it; "" where neither is said.
func (f *flow) helps(v say.Voice, text string, rd understand.Reading) string {
	said := " " + bot.Fold(text) + " "
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, " "+w+" ") })
	}
	visum := has("visum", "divisum", "visumnya")
	asks := visum || has("kemana", "ke mana", "dimana", "di mana", "ke siapa", "siapa", "nomor", "nomer", "kumaha", "piye", "kepriben", "where", "who", "number") ||
		has("harus", "mesti", "kudu", "should") && has("gimana", "gmn", "bagaimana", "apa", "ngapain", "what", "do") || rd.Kind == report.Question && strings.Contains(text, "?")
	var parts []string
	if rd.Unfiled {
		parts = append(parts, v.HeldBack())
	}
	if asks {
		parts = append(parts, v.HelpWhere(visum))
	}
	return strings.Join(parts, "\n\n")
}
