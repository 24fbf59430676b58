package sequel

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

// A wish about a report is carried out also while an office waits for an answer, or a person is spoken with; one tap says that it was
// said to them. So neither a wish nor an answer is lost.

// talking is Notes.Meant for the person who is spoken with.
const talking = "talk"

// commands reports whether an act is a wish that nobody says to a person.
func commands(a meant.Act) bool {
	return a == meant.Hide || a == meant.Show || a == meant.Withdraw || a == meant.Resume
}

// wishes reports whether words want something done to a report, said while a person is spoken with. A wish counts where its own words stand in
// them: what only sounds like one ("saya takut anak-anak jatuh") is said to the person.
func (f *flow) wishes(text string) bool {
	listed := f.Answers.After(text).Sequel
	switch f.mind.Hear(text).Sequel {
	case answer.Hides:
		return listed == answer.Hides
	case answer.GoesOn:
		return listed == answer.GoesOn || withdraws(text)
	}
	return f.mind.Commands(text)
}

// meanwhile takes what is said while a person is spoken with, and may be a wish about a report.
func (f *flow) meanwhile(s flows.State, ev bot.Event) (flows.State, []flows.Effect) {
	p := flows.ParcelOf(ev)
	around, _ := report.AroundCode(f.Profile.Prefix, p.Text)
	n := Of(s)
	if n.Tried == s.Turn || !f.wishes(around) {
		return s, nil
	}
	if s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askBack && f.mind.Hear(around).Sequel == answer.GoesOn {
		return f.choose(s, flows.Said{Event: ev, Choice: "keepit"}) // "eh ga jadi dicabut"
	}
	n.Tried = s.Turn
	s.Await(Name, awaitMine, &p).Anew = true
	return s.With(Name, &n), []flows.Effect{flows.Look{}}
}

// meantFor is who words may have been said to that are taken for a wish, see Notes.Meant.
func (f *flow) meantFor(s flows.State, mine []report.Report) string {
	if f.InTalk(s) != nil {
		return talking
	}
	for _, r := range mine {
		if !r.Asked.IsZero() && r.Status.Open() {
			return string(r.Code)
		}
	}
	return ""
}

// orMeant are the choices of a question, with one more where what was said may be an answer.
func (n Notes) orMeant(ids ...string) []string {
	if n.Meant != "" {
		ids = append(ids, say.ToOfficer)
	}
	return ids
}

// after is what is kept, and offered, once a wish was carried out.
func (n Notes) after(v say.Voice) (*Notes, *bot.Menu) {
	if n.Meant == "" {
		return &Notes{Tried: n.Tried}, nil
	}
	return &Notes{Tried: n.Tried, Meant: n.Meant, Said: n.Said}, v.MeantMenu(n.Meant, which(n.Said))
}

// orMeant answers that nothing was done, with the tap that says who the words were for.
func (f *flow) orMeant(s flows.State, n Notes, text string) (flows.State, []flows.Effect) {
	s.Wait = nil
	next, menu := n.after(f.Voice(s))
	return s.With(Name, next), []flows.Effect{flows.Say{Message: bot.Message{Text: text, Menu: menu}}}
}

// passOn gives words that were taken for a wish to whom they were said: as the answer to an office, or to the person.
func (f *flow) passOn(s flows.State, n Notes) (flows.State, []flows.Effect) {
	if n.Meant == talking {
		call := flows.Call{What: flows.InsistCall, Said: n.Said}
		if talk := f.Stands(s).Talk; talk != nil {
			call.ID, call.Kind = talk.ID, talk.Kind
		}
		s.Await(Name, awaitToldTo, nil)
		return s.With(Name, &Notes{Tried: n.Tried}), []flows.Effect{call}
	}
	return f.meant(s, Notes{Act: meant.Answer, Said: n.Said, Tried: n.Tried}, report.Code(n.Meant))
}

// passedOn answers that words have reached the person.
func (f *flow) passedOn(s flows.State, in flows.Called) (flows.State, []flows.Effect) {
	if await, _ := s.Awaited(Name); await != awaitToldTo {
		return s, nil
	}
	s.Wait = nil
	if in.ID == "" {
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).SayAgain()}}}
	}
	return s, []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).TalkGoesOn()}}}
}

// unname hides who talks, or talked last, with a person, once a report of theirs is hidden.
func (f *flow) unname(s flows.State, r report.Report) []flows.Effect {
	talk := f.Stands(s).Talk
	if talk == nil {
		return nil
	}
	return []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.HideCall, Unnamed: true, Secret: r.Visibility == report.Confidential}}
}

// withdraws reports whether words are said of what is sent, and not of what is in the making.
func withdraws(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool {
		return w == "tarik" || w == "ditarik" || w == "cabut" || w == "dicabut" || w == "withdraw"
	})
}

func only(mine []report.Report, code report.Code) []report.Report {
	return slices.DeleteFunc(slices.Clone(mine), func(r report.Report) bool { return r.Code != code })
}
