package call

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/understand/answer"
)

// A matter that is told to a person and that nobody takes up would be lost: who tells one is asked once whether a report shall be made of it
// as well, and who says so in words of his or her own is answered as if the button was pressed.

// The words by which a report is wanted of what was told (lists.txt).
var (
	makeVerb, makeOut      = answer.ListOf("make-verb"), answer.ListOf("make-out")
	makeReport, makeAround = answer.ListOf("make-report"), answer.ListOf("make-around")
)

// worded takes a word of the product, and words that want a report of the talk. ok is false for everything else.
func (f *flow) worded(s flows.State, ev bot.Event, words string) (_ flows.State, _ []flows.Effect, ok bool) {
	if _, plain := ev.Body.(bot.Text); !plain {
		return s, nil, false
	}
	talk := f.Talking(s)
	if f.makes(s, ev, words, talk) {
		s, out := f.make(s, talk)
		return s, out, true
	}
	w, _ := f.WordOf(words)
	if spoken := talk != nil && !talk.Over; w == flows.NoWord || spoken && !flows.Commanded(w, words) && !f.files(s, w, talk) {
		return s, nil, false
	}
	s, out := f.word(s, w)
	return s, out, true
}

// make begins a report with all that was said in a talk.
func (f *flow) make(s flows.State, talk *flows.Talk) (flows.State, []flows.Effect) {
	s.Await(Name, awaitMake, nil)
	return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.MakeCall}}
}

// makes reports whether words want a report of what was told in a talk: "jadiin laporan aja lah", "kirim laporannya aja"; a yes where that was
// asked.
func (f *flow) makes(s flows.State, ev bot.Event, words string, talk *flows.Talk) bool {
	if talk == nil || talk.Over || talk.Kind != flows.HumanCall || talk.Report != 0 || ev.Edited || ev.ReplyTo != nil || busy(s) || f.Open(s) {
		return false
	}
	if s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askKeep {
		if means, ok := f.Answers.Read(words).Only(); ok && (means == answer.Yes || means == answer.Good) {
			return true
		}
	}
	return wantsReport(words, talk.Told)
}

// files reports whether "kirim" makes a report of what was told in a talk: nobody has answered in it, and nothing else could be sent.
func (f *flow) files(s flows.State, w flows.Word, talk *flows.Talk) bool {
	return w == flows.WordSend && talk != nil && !talk.Over && talk.Kind == flows.HumanCall && talk.Told && !talk.Spoken && talk.Report == 0 && !busy(s) && !f.Open(s)
}

// wantsReport reports whether words say that a report be made, and nothing else. Where nothing was told, "buat laporan" begins one of its own.
func wantsReport(text string, told bool) bool {
	const most = 8
	words := strings.Fields(bot.Fold(text))
	if len(words) > most || strings.Contains(text, "?") {
		return false
	}
	if !makeReport.Any(words) || slices.ContainsFunc(words, func(w string) bool { return !makeVerb[w] && !makeOut[w] && !makeReport[w] && !makeAround[w] }) {
		return false
	}
	return makeVerb.Any(words) || told && makeOut.Any(words)
}
