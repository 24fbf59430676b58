package intake

import (
	"slices"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Who asks how far it is, or says that it is not done, speaks of something that was sent; and a report in the making was not. He or she
// is told so, how to send it, and how the reports stand that were sent before. The words are no part of the report: no officer could do
// anything with them. Who does not want it any more calls it off, as with "batal".

// about is what is said of a report in the making as if it had been sent.
type about int

const (
	aboutNothing about = iota
	aboutNews          // how far it is; it is not done
	aboutEnd           // it is not wanted any more
)

// awaitUnsent waits for the own reports, to tell how those stand that were sent.
const awaitUnsent = "unsent"

// How sure it must be: from newsFrom words ask how far it is, from endFrom they call it off; and with the word lists from listedFrom.
const (
	newsFrom, endFrom, listedFrom = 0.9, 0.9, 0.6
	// newsMost and endMost are how many words they have at most.
	newsMost, endMost = 9, 12
)

// aboutOf reads what words say of a draft that has a text. What tells something of its matter or of a place is more of the story.
func (f *flow) aboutOf(form *Form, text string) about {
	n := len(strings.Fields(bot.Fold(text)))
	if form == nil || form.Text == "" && !form.Mute || form.Emergency || form.How.OnBehalf() || n == 0 || n > endMost {
		return aboutNothing
	}
	rd := f.Reader.Read(text)
	asks := strings.Contains(text, "?") || f.Answers.AsksAfter(text)
	if rd.Emergency || rd.Harm != understand.NoHarm || rd.Human || f.saysElse(text, asks) {
		return aboutNothing
	}
	var aims understand.Aims
	if r, ok := f.Reader.(understand.Follower); ok {
		aims = r.Aims(f.Answers, text)
	}
	switch {
	case f.ends(text, n, aims):
		return aboutEnd
	case n <= newsMost && !spans(text) && !pleads(text) && (asks || !f.states(text)) && f.wantsNews(form, text, n, rd, aims):
		return aboutNews
	}
	return aboutNothing
}

// saysElse reports whether words are a change, a word that means something of its own, a question about the service, or a yes.
func (f *flow) saysElse(text string, asks bool) bool {
	if _, amends := f.Answers.Changes(text); amends {
		return true
	}
	read := f.Answers.Read(text)
	if m, only := read.Only(); only && m == answer.Good || read.Mutes() { // "ga usah diubah", "ga usah dikabarin"
		return true
	}
	switch w, _ := f.WordOf(text); w {
	case flows.NoWord, flows.WordCancel:
	case flows.WordEdit, flows.WordSend, flows.WordResume:
		if !asks { // "kapan diperbaikin" changes nothing
			return true
		}
	default:
		return true
	}
	switch f.Answers.Question(text) {
	case answer.AskedWho, answer.AskedWhat, answer.AskedBot, answer.AskedThen, answer.AskedFear, answer.AskedCome:
		return true
	case answer.AskedHow, answer.NoTopic:
	}
	said := " " + bot.Fold(text) + " "
	return !asks && (f.Answers.Read(text).Has(answer.Send) || has(said, "kirim", "kirimkan", "kirimin", "send")) || has(said, "dibiarin", "dibiarkan")
}

// ends reports whether a draft is not wanted any more.
func (f *flow) ends(text string, n int, aims understand.Aims) bool {
	if said := " " + bot.Fold(text) + " "; strings.Contains(text, "?") || has(said, "padahal", "disuruh", "gimana", "cara", "caranya", "ditutup", "sepihak", "buang", "malah", "kenapa", "how", "why") {
		return false // it tells, or asks, of calling off
	}
	if judged, sure := f.Answers.Judges(text); judged == answer.JudgedFixed && sure && (n > 3 || stops(text)) && !confirms(text) && aims.P(understand.AimWithdraw, understand.AimFixed) >= endFrom {
		return true
	}
	taken := f.Answers.After(text).Sequel == answer.TakesBack
	return aims.P(understand.AimWithdraw) >= endFrom && stops(text) || taken && aims.P(understand.AimWithdraw, understand.AimFixed) >= listedFrom
}

// wantsNews reports whether it is asked how far it is, or said that it is not done.
func (f *flow) wantsNews(form *Form, text string, n int, rd understand.Reading, aims understand.Aims) bool {
	if f.Answers.AsksAfter(text) {
		return true
	}
	if len(rd.Places) > 0 || len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && matters(rd.Guesses[0].Category, form) {
		return false
	}
	judged, sure := f.Answers.Judges(text)
	switch {
	case !newsy(text):
	case f.Answers.After(text).Sequel == answer.WantsNews && (len(aims) == 0 || aims.P(understand.AimNews) >= listedFrom):
		return true
	case aims.P(understand.AimNews) >= newsFrom, mayAsk(text, aims):
		return true
	}
	return n <= 3 && sure && judged == answer.JudgedUnfit && !confirms(text) && aims.P(understand.AimUnfit, understand.AimNews) >= newsFrom // "belum beres"
}

// aboutNow is aboutOf where the open question allows it: a "no" to some of them calls nothing off.
func (f *flow) aboutNow(s flows.State, form *Form, text string) about {
	kind := ""
	if s.Ask != nil && s.Ask.Flow == Name {
		kind = s.Ask.Kind
	}
	switch kind {
	case askText, askHeard, askTwin:
		return aboutNothing
	case askPlace, askNewPlace, askWhere, askAbout, askCategory:
		it := f.aboutOf(form, text)
		if it == aboutEnd && len(strings.Fields(text)) < 3 { // "gausah" goes without
			return aboutNothing
		}
		return it
	case askOwner, askLate, askElder, askResume, askIsReport, askContact, askPhotos, askVis, askKind, askEdit, askSeveralEdit:
		if it := f.aboutOf(form, text); it != aboutEnd {
			return it
		}
		return aboutNothing
	}
	return f.aboutOf(form, text)
}

// confirms knows the words that say that something is right: at the card they are a yes.
func confirms(text string) bool {
	return has(" "+bot.Fold(text)+" ", "benar", "bener", "betul", "leres", "right", "correct", "cocok", "pas")
}

// stops knows the words of who does not want something any more.
func stops(text string) bool {
	return has(" "+bot.Fold(text)+" ", "usah", "gausah", "gosah", "jadi", "gajadi", "batal", "batalin", "batalkan", "dibatalin", "sida", "sidane", "kedah", "mind", "nevermind", "forget", "cancel", "stop", "urung", "udahan", "perlu", "cabut", "tarik")
}

// newsy reports whether a word of news, of waiting or of an answer stands in a text: "hmm gimana ya" asks for none.
func newsy(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool {
		for _, stem := range [...]string{"kabar", "lama", "lambat", "lemot", "lelet", "suwe", "lila", "nunggu", "tunggu", "respon", "tanggap", "jawab", "balas", "bales", "kapan", "iraha", "sampai", "sampe", "nepi", "dugi", "tekan", "kirim", "dikirim", "terkirim",
			"terima", "diterima", "petugas", "progres", "update", "news", "when", "yet", "sent", "received", "kelanjutan", "lanjut", "proses", "diproses", "laporan", "durung", "belum", "blm", "acan", "status", "datang", "dateng"} {
			if strings.HasPrefix(w, stem) {
				return true
			}
		}
		return false
	})
}

// matters reports whether a category is the draft's own, or one of its guesses.
func matters(category string, f *Form) bool {
	return category == f.Category || slices.ContainsFunc(f.Guesses, func(g report.Guess) bool { return g.Category == category })
}

// spans reports whether words say for how long: that is told of the matter.
func spans(text string) bool {
	said := bot.Fold(text)
	if slices.ContainsFunc(strings.Fields(said), func(w string) bool { return unicode.IsDigit(rune(w[0])) }) { // "kira2" counts nothing
		return true
	}
	return slices.ContainsFunc(strings.Fields(said), func(w string) bool {
		switch w {
		case "hari", "minggu", "bulan", "tahun", "seminggu", "sebulan", "setahun", "sehari", "dina", "wulan", "poe", "days", "weeks", "months", "years", "week", "month", "year":
			return true
		}
		return false
	})
}

// states reports whether words tell what officers have not done, or of others who wait for it: that may be a part of the complaint ("belum
// ada tindakan dari dinas", "warga sudah lama menunggu perbaikannya").
func (f *flow) states(text string) bool {
	said := " " + bot.Fold(text) + " "
	return len(strings.Fields(said)) > 3 && has(said, "dinas", "kelurahan", "kecamatan", "rt", "rw", "lurah", "camat", "pemerintah", "tindakan", "ditindak", "diperbaiki", "diangkut",
		"warga", "masyarakat", "penduduk", "tetangga", "orang", "perbaikan", "perbaikannya", "wong", "jalma", "residents", "neighbours", "people")
}

// mayAsk knows a question in English that the machines have seldom heard.
func mayAsk(text string, aims understand.Aims) bool {
	return strings.Contains(text, "?") && aims.P(understand.AimNews, understand.AimFixed, understand.AimInfo) >= listedFrom && has(" "+bot.Fold(text)+" ", "fixed yet", "sent", "received", "any news", "update", "status")
}

// unsent answers it; false: it is nothing of the kind.
func (t *telling) unsent(p flows.Parcel) bool {
	if p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil {
		return false
	}
	switch t.aboutNow(t.s, t.n.Form, p.Text) {
	case aboutNews:
		t.s.Await(Name, awaitUnsent, nil)
		t.do(flows.Look{})
		return true
	case aboutEnd:
		if !t.takesBack(p.Text) && !t.done(p.Text) {
			t.cancel()
		}
		return true
	case aboutNothing:
	}
	return false
}

// found tells that the report in the making was not sent, and how those stand that were.
func (t *telling) found(in flows.Found) {
	what, _ := t.s.Awaited(Name)
	if what == awaitElder && !t.n.Form.Empty() {
		t.foundElder(in.Mine)
		return
	}
	if what != awaitUnsent || t.n.Form.Empty() {
		return
	}
	t.s.Wait = nil
	t.say(t.v.NotSentYet(t.n.Form.Text, t.ready() || t.n.Form.several()))
	open := slices.DeleteFunc(slices.Clone(in.Mine), func(r report.Report) bool { return !r.Status.Open() })
	if len(open) > 0 {
		t.say(t.v.SentBefore(open[:min(len(open), 3)]))
	}
	t.onward()
}
