package intake

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

// What is said in a danger beside the danger: questions, which are answered at once and are no part of the report, and the wish that
// nothing is reported. The room reads all of it.

// query is what is asked in a danger.
type query int

const (
	noQuery    query = iota
	asks112          // what the number is, and what it costs
	asksNumber       // for the number of the police, the power company …
	asksWhat         // what to do now
	unanswered       // the number was called in vain
	asksAid          // where who suffers violence finds help
)

// queryMost is how many words such a text has at most.
const queryMost = 14

// queryOf reads what is asked.
func (f *flow) queryOf(text string) query {
	said, plain := " "+bot.Fold(text)+" ", " "+f.Answers.Plain(text)+" "
	n := len(strings.Fields(said))
	if n == 0 || n > queryMost {
		return noQuery
	}
	asks := strings.Contains(text, "?") || has(said, "apa", "apaan", "apah", "berapa", "brp", "brapa", "nopo", "naon", "opo", "sabaraha", "piro", "pira", "gimana", "gmn", "what", "which", "how")
	switch {
	case mute(said, plain):
		return unanswered
	case has(said, f.EmergencyNumbers()...) && (asks || has(said, "bayar", "mbayar", "mayar", "gratis", "pulsa", "biaya", "free")):
		return asks112
	case has(said, "nomor", "nomornya", "nomer", "nomernya", "nomere", "nomerna", "no", "nope", "telp", "telpon", "telepon", "telponnya", "number", "kontak", "kontaknya") &&
		has(said, "polisi", "polsek", "polres", "damkar", "pemadam", "ambulan", "ambulans", "ambulance", "pln", "rs", "darurat", "police", "fire", "lain", "lainnya", "other") && (asks || n <= 4),
		has(said, "kemana", "ke mana", "siapa", "who", "sopo", "saha") && has(said, "telp", "telpon", "telepon", "nelpon", "nelfon", "hubungi", "call"):
		return asksNumber
	case n <= 9 && asksHelp(said):
		return asksWhat
	}
	return noQuery
}

// mute reports whether a number was called in vain.
func mute(said, plain string) bool {
	called := has(said, "112", "telpon", "telepon", "telfon", "telp", "tlp", "tlpn", "ditelpon", "ditelepon", "ditelp", "ditelfon", "ditelponin", "nelpon", "nelfon", "nelepon", "hubungi", "dihubungi", "ngehubungin", "kontak", "dikontak", "call", "called", "calling", "nomornya", "nomernya", "tilpun", "tak telpon", "rang")
	busy := has(said, "sibuk", "gagal", "busy", "no answer", "not answering", "nobody answers", "nobody picks up", "no one answers", "no one picks up", "doesn t answer", "does not answer", "didn t answer", "dimatiin", "direject", "ditolak")
	words := strings.Fields(plain)
	silent := false
	for i, w := range words {
		if w != "tidak" && w != "belum" {
			continue
		}
		for _, x := range words[i+1 : min(len(words), i+4)] {
			switch x {
			case "diangkat", "ngangkat", "angkat", "mengangkat", "nyambung", "tersambung", "jawab", "dijawab", "njawab", "ngejawab", "dihubungi", "direspon", "aktif", "masuk", "respon", "ngabales", "diwaler":
				silent = true
			}
		}
	}
	lifted := silent && has(said, "diangkat", "angkat", "ngangkat", "diangkat2", "nyambung", "tersambung", "dihubungi")
	return lifted && (called || len(words) <= 5) && !has(said, "bisa diangkat") || called && (busy || silent)
}

// asksHelp reports whether it is asked what to do.
func asksHelp(said string) bool {
	must := has(said, "harus", "hrs", "mesti", "kudu", "should")
	how := has(said, "gimana", "gmn", "bagaimana", "apa", "ngapain", "kemana", "kumaha", "piye", "kepriben", "kepriwe", "do", "naon", "ngapa", "nopo")
	return must && how || has(said, "gimana dong", "gimana nih", "gmn dong", "gmn nih", "gimana ini", "gmn ini", "gimana pak", "gmn pak", "terus gimana", "trus gimana", "trs gmn", "terus gmn", "terus kumaha", "terus piye", "kumaha atuh",
		"kumaha ieu", "piye iki", "kepriben kiye", "ngapain dulu", "ngapain sekarang", "saya gimana", "aku gimana", "what do i do", "what now", "what to do")
}

// replies answers what is asked in a danger; false when nothing is, or when the message tells a danger besides.
func (t *telling) replies(p flows.Parcel, rd understand.Reading) bool {
	f := t.n.Form
	if !t.n.inDanger() || !f.Warned || p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil {
		return false
	}
	q := t.queryOf(p.Text)
	if said := " " + bot.Fold(p.Text) + " "; f.Visibility == report.Confidential && (visum(p.Text) || f.Held && has(said, "kemana", "ke mana", "dimana", "di mana", "siapa", "where", "who")) {
		q = asksAid
	}
	if q == noQuery || rd.Emergency && q != unanswered {
		return false
	}
	what, told := flows.InsistCall, p
	var words string
	switch q {
	case asks112:
		words = t.v.AboutEmergency()
	case asksNumber:
		words = t.v.NumbersInDanger(f.Peril)
	case unanswered:
		words, what = t.v.Unanswered(f.Peril), flows.RaiseCall
		told.Text = "‼️ 112 TIDAK MENJAWAB, kata warga: " + p.Text
	case asksAid:
		words = t.v.HelpWhere(visum(p.Text))
	default:
		words = t.v.WhatToDo(t.peril())
		if f.Visibility == report.Confidential {
			words += "\n\n" + t.v.HelpWhere(visum(p.Text))
		}
	}
	if q == unanswered && rd.Emergency {
		t.note(p, rd)
	}
	t.tell(what, told, f.Place)
	t.say(words)
	t.nextDanger(false)
	return true
}

// visum reports whether it is asked for the medical report of an injury.
func visum(text string) bool {
	return has(" "+bot.Fold(text)+" ", "visum", "divisum", "visumnya", "visum et")
}

// peril is the kind of danger, as the advice goes by it: who writes of somebody inside is not sent away from there.
func (t *telling) peril() string {
	f := t.n.Form
	switch {
	case f.Visibility == report.Confidential && f.Peril == "jahat":
		return "rumah"
	case f.Peril == say.Missing, f.Peril == "rumah", f.Peril == "medis", f.Peril == "jahat":
		return f.Peril
	}
	said := " " + bot.Fold(f.Text) + " "
	person := has(said, "anak", "anakku", "bayi", "balita", "ibu", "bapak", "nenek", "kakek", "istri", "suami", "adik", "kakak", "orang", "emak", "mbah", "abah", "child", "baby", "kid", "kids", "mother", "father", "son", "daughter", "people", "somebody", "someone", "budak", "bocah", "lare", "wong")
	in := has(said, "di dalam", "didalam", "di dlm", "didlm", "dalem", "di dalem", "di jero", "jero", "terjebak", "kejebak", "kajebak", "terkurung", "kekunci", "terkunci", "ga bisa keluar", "gak bisa keluar", "tidak bisa keluar", "inside", "trapped", "di lantai 2", "di atap", "di kamar", "ketinggalan", "ning jero", "nang jero")
	if person && in {
		return say.Inside
	}
	return f.Peril
}

// wantsNone takes the wish that nothing is reported: from here on nothing is filed by itself. What is asked with it is answered; a person
// has been called.
func (t *telling) wantsNone(p flows.Parcel, rd understand.Reading) bool {
	f := t.n.Form
	if !rd.Unfiled || rd.Emergency || !t.n.inDanger() || t.overheard {
		return false
	}
	f.Held = true
	t.tell(flows.InsistCall, p, f.Place)
	t.say(t.v.HeldBack())
	if f.Visibility == report.Confidential {
		t.say(t.v.HelpWhere(visum(p.Text)))
	}
	t.nextDanger(false)
	return true
}

// handled takes word that others have seen to the danger: the room knows, and it is asked whether a report is wanted.
func (t *telling) handled(p flows.Parcel) {
	f := t.n.Form
	t.tell(flows.SafeCall, p, f.Place)
	t.say(t.v.GladSafe(f.Peril, f.ofOther()))
	if f.Held {
		t.letGo()
		return
	}
	f.Handled = true
	t.do(flows.Nudge{Draft: f.ID, After: flows.SilenceFiles})
	t.ask(askHandled)
}

// letGo ends a danger without a report. "Urungkan" brings it back, but for what its citizen wanted no report of and what is confidential:
// of that nothing stays.
func (t *telling) letGo() {
	f, waits := t.n.Form, t.n.Form.behind()
	if !f.Held && f.Visibility != report.Confidential {
		f.Off = true
		t.n.lay(f, t.s.At)
	}
	t.n.Form, t.s.Ask = nil, nil
	t.send(bot.Message{Text: t.v.NotFiled(), Want: bot.WantDone})
	t.bringBack(waits, true)
}

// saysHandled reports whether a message says that somebody has come, or has seen to it: not that he who does violence has come back.
func saysHandled(text string, rd understand.Reading, peril string) bool {
	said := " " + bot.Fold(text) + " "
	for _, no := range [...]string{"ga usah", "gak usah", "tidak usah", "tdk usah", "nggak usah", "ga perlu", "gak perlu", "tidak perlu"} {
		said = strings.Replace(said, " "+no+" ", " ", 1)
	}
	words := strings.Fields(said)
	if len(words) < 2 || len(words) > calmMost || strings.Contains(text, "?") || rd.Emergency || rd.Harm != understand.NoHarm || refuses(said) || stillOn(said) {
		return false
	}
	official := slices.ContainsFunc(words, helpers.Begins)
	violent := peril == "rumah" || peril == "jahat"
	for i, w := range words {
		if !already[w] {
			continue
		}
		next := words[i+1 : min(len(words), i+5)]
		for k, x := range next {
			switch {
			case handledDone[x] && (x != "dibawa" || taken(words[min(len(words), i+2+k):])):
				return true
			case handledCame[x] && (official || !violent && thereIs.Any(next[:k+1])):
				return true
			}
		}
	}
	return official && has(said, "udah ada", "sudah ada", "udh ada", "sdh ada", "dah ada", "wis ana", "geus aya", "is here", "are here", "arrived") && !has(said, "udah ada laporan", "sudah ada laporan")
}

// Who sees to a danger, by how their names begin; what they do, and that they come.
var helpers, handledDone, handledCame, thereIs = answer.ListOf("helper-stems"), answer.ListOf("handled-done"), answer.ListOf("handled-came"), answer.ListOf("there-is")
