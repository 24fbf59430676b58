package sequel

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// may reports whether a message may be about a filed report. Of who is known to have filed something all is looked at, of others what is
// not plainly the beginning of a complaint.
func (f *flow) may(s flows.State, ev bot.Event, p flows.Parcel) bool {
	if ev.Edited || ev.ReplyTo != nil || p.Empty() || p.BadPin || strings.HasPrefix(p.Text, "/") || Of(s).Tried == s.Turn {
		return false
	}
	if st := f.Stands(s); st.Open || st.Urgent || st.Subject != "" || f.InTalk(s) != nil || s.Ask != nil && !s.Ask.Light {
		return false
	}
	if around, coded := report.AroundCode(f.Profile.Prefix, p.Text); coded {
		return f.mind.Commands(around)
	}
	if _, coded, _ := report.FindCode(f.Profile.Prefix, p.Text); coded {
		return false
	}
	if f.Answers.Wonders(p.Text) != answer.NoFact {
		return true
	}
	switch w, _ := f.WordOf(p.Text); w {
	case flows.NoWord:
	case flows.WordCancel:
		if f.Stands(s).Shelved != "" && !withdraws(p.Text) { // what was just called off
			return false
		}
	case flows.WordMenu: // also what is next to nothing: "nah gitu dong"
		if !chats(p.Text) || f.Stands(s).Ended.Code == "" {
			return false
		}
	case flows.WordStart, flows.WordHelp, flows.WordPrivacy, flows.WordLanguage, flows.WordIndonesian, flows.WordEnglish, flows.WordReport,
		flows.WordStatus, flows.WordMine, flows.WordForget, flows.WordSpare, flows.WordUnknown:
		if w == flows.WordForget && strings.Contains(bot.Fold(p.Text), "data") {
			return false
		}
		if h := f.mind.Hear(p.Text); !h.Outspoken(p.Text) || f.Stands(s).Ended.Code == "" && h.Aim != understand.AimThanks {
			return false
		}
	default: // nothing is open that they could answer
		resumes := w == flows.WordResume && f.Answers.After(p.Text).Sequel == answer.GoesOn // "lanjutkan laporan", as it was told to say
		if !resumes {
			return f.Stands(s).Ended.Code != "" && f.Stands(s).Shelved == "" && f.mind.Hear(p.Text).Follows()
		}
	}
	if p.Text == "" || f.Stands(s).Ended.Code != "" {
		return p.Text != "" || f.Stands(s).Ended.Code != ""
	}
	return !f.begins(p.Text)
}

// chats reports whether words that ask for the menu do not say so: they are mere particles, more than one.
func chats(text string) bool {
	folded := bot.Fold(text)
	if folded == "" {
		return strings.Contains(text, "?") // "??" is said by who waits
	}
	return len(strings.Fields(folded)) > 1 && !strings.Contains(folded, "menu")
}

// begins reports whether a text plainly begins a complaint.
func (f *flow) begins(text string) bool {
	rd := f.Reader.Read(text)
	if rd.Emergency {
		return true // it is never looked at as talk
	}
	if f.mind.Hear(text).Known() {
		return false
	}
	return len(rd.Guesses) > 0 && rd.Guesses[0].P >= sureOf && len(strings.Fields(text)) >= 4
}
