package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// What people say beside the matter: anger, "later", "how do I send my location?", "how does this work?". It is answered, and is no part
// of the report nor the answer to what is asked.

// asideOf is what a text says beside the matter.
type asideOf int

const (
	noAside     asideOf = iota
	scolds              // anger, and nothing else
	putsOff             // what is asked for comes later
	asksPin             // how a location is sent
	asksHow             // how a report is made
	knowsNot            // nothing to say to "what is it?"
	wantsCall           // to be called, or not to have to type
	chats               // small talk that is put to the bot
	asksMaker           // who made it
	asksJobs            // work is looked for
	pleadsOnly          // a cry for help that tells nothing
	jests               // a sweetheart who has gone
	asksDoor            // where somebody outside the government is reached
	photoLater          // a picture comes later
	callsNumber         // the emergency number, and nothing else
	misdirected         // the message was for somebody else
)

// asidesMost is how many words such a text has at most; scoldsMost anger that comes first: in more words there is mostly a matter, and a
// foul word may be a machine ("bego").
const asidesMost, scoldsMost = 10, 6

// asideNow reads what a text says beside the matter, where the open question allows it.
func (f *flow) asideNow(s flows.State, form *Form, text string) asideOf {
	kind := ""
	if s.Ask != nil && s.Ask.Flow == Name {
		kind = s.Ask.Kind
	}
	said := " " + bot.Fold(text) + " "
	n := len(strings.Fields(said))
	if n == 0 || n > asidesMost || kind == askText || form != nil && form.Emergency {
		return noAside
	}
	if chat := f.chatNow(form, text); chat != noAside {
		return chat
	}
	if form.several() && f.Answers.Strays(text) { // where one report is asked about, it calls that off
		return misdirected
	}
	if (kind == askPlace || kind == askNewPlace || kind == askWhere) && asksForPin(said) {
		return asksPin
	}
	if kind == askOwner && asksDoorOf(said) {
		return asksDoor
	}
	if off := f.offUntil(form, kind, said); off != noAside {
		return off
	}
	if form.Empty() && has(said, "cara", "caranya", "gimana", "gmn", "bagaimana", "how", "kumaha", "kepriben", "kepriwe") && has(said, "lapor", "lapornya", "melapor", "ngelapor", "laporan", "laporannya", "ngadu", "mengadu", "report", "laporane", "pakainya", "makenya") {
		return asksHow
	}
	if kind == askWhat && dontKnow(text) {
		return knowsNot
	}
	if flows.RatherSpeaks(text) {
		if rd := f.Reader.Read(text); len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Sure {
			return wantsCall
		}
	}
	if kind != askWhere && (n <= scoldsMost || !form.Empty()) && f.scolds(text) {
		return scolds
	}
	return noAside
}

// offUntil reads that something comes later: a photo, or the rest of the report.
func (f *flow) offUntil(form *Form, kind, said string) asideOf {
	switch {
	case !later(said) && !f.defers(strings.Fields(said)):
	case has(said, photoWords...) && (form.Empty() || form.Text != ""):
		return photoLater
	case form != nil && form.Text != "", kind == askWhat:
		return putsOff
	}
	return noAside
}

// asksForPin reports whether somebody asks how to send a pin.
func asksForPin(said string) bool {
	return has(said, "share", "sher", "shareloc", "sharelok", "kirim", "ngirim", "send") && has(said, "loc", "lok", "lokasi", "lokasinya", "location", "shareloc", "sharelok", "peta", "pin") &&
		has(said, "gimana", "gmn", "bagaimana", "caranya", "cara", "how", "kumaha", "kepriben", "kepriwe")
}

// chatNow reads small talk; a cry for help and a joke count only where nothing is told yet.
func (f *flow) chatNow(form *Form, text string) asideOf {
	if f.OfNumber(text) == flows.NumberAlone {
		return callsNumber
	}
	switch understand.ChatIn(text) {
	case understand.ChatLife:
		return chats
	case understand.ChatMaker:
		return asksMaker
	case understand.ChatWork:
		return asksJobs
	case understand.ChatPlea:
		if form.Empty() {
			return pleadsOnly
		}
	case understand.ChatHeart:
		if form.Empty() {
			return jests
		}
	case understand.NoChat:
	}
	return noAside
}

// photoWords are the words for a picture.
var photoWords = []string{"foto", "fotonya", "fotona", "fotone", "poto", "potonya", "gambar", "gambarnya", "photo", "photos", "fotoin", "fotokan", "moto", "foto2"}

// What says that something comes later, and what may stand beside it.
var putOff, putOffBeside = answer.ListOf("later"), answer.ListOf("later-beside")

// later reports whether words only say that something comes later.
func later(said string) bool {
	words := strings.Fields(said)
	off := false
	for _, w := range words {
		if !putOff[w] && !putOffBeside[w] {
			return false
		}
		off = off || putOff[w]
	}
	return off
}

// asksDoorOf reports whether words ask where one turns to: "trus lapor kemana dong", "nomornya berapa", "hubungi siapa".
func asksDoorOf(said string) bool {
	return understand.AsksWhere(said) || has(said, "kemana", "ke mana", "ke siapa", "kesiapa", "sama siapa", "ka mana", "ka saha", "ning endi", "ning sapa", "where", "to whom") && len(strings.Fields(said)) <= 6 ||
		has(said, "nomor", "nomornya", "nomer", "nomernya", "telp", "telpon", "telepon", "hubungi", "kontak", "number", "call") && has(said, "berapa", "brp", "mana", "siapa", "apa", "what", "who")
}

// scolds reports whether words are anger and nothing else: they name neither a place nor anything that is wrong.
func (f *flow) scolds(text string) bool {
	var aims understand.Aims
	if r, ok := f.Reader.(understand.Follower); ok {
		aims = r.Aims(f.Answers, text)
	}
	listed := f.Answers.After(text).Sequel == answer.Scolds
	rd := f.Reader.Read(text)
	if rd.Emergency || rd.Harm != understand.NoHarm || rd.Human || rd.Misconduct && len(rd.Places) > 0 || len(rd.Places) > 0 {
		return false
	}
	if f.Answers.Curses(text) {
		return true
	}
	angry := aims.P(understand.AimAnger)
	said := " " + bot.Fold(text) + " "
	grumbles := slices.ContainsFunc(grumbling[:], func(g string) bool { return strings.Contains(said, " "+g+" ") })
	sure := len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure
	plain := len(rd.Guesses) > 0 && rd.Guesses[0].P >= plainMatter
	return grumbles && !sure || listed && (angry >= newsFrom && !plain || angry >= halfAngry && !sure) || angry >= newsFrom && !sure && len(strings.Fields(text)) > 1
}

// halfAngry is from which probability words that are listed as foul are nothing but anger.
const halfAngry = 0.5

// plainMatter is from which probability of a category a text tells of it, however angry it is.
const plainMatter = 0.95

// grumbling is what people say to being asked.
var grumbling = [...]string{"nanya mulu", "nanya terus", "tanya mulu", "tanya terus", "banyak tanya", "banyak nanya", "ribet amat", "ribet banget", "ribet bgt", "ribet", "cerewet", "bawel", "kepo", "so many questions"}

// saysAside answers it; false: the text is none.
func (t *telling) saysAside(p flows.Parcel) bool {
	if p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil {
		return false
	}
	switch t.asideNow(t.s, t.n.Form, p.Text) {
	case scolds:
		if t.n.Form.Empty() && t.kind() == "" {
			t.close(t.v.SorryToFail())
			return true
		}
		t.say(t.v.Scolded())
	case pleadsOnly:
		t.close(t.v.AskWrong())
		return true
	case callsNumber:
		t.say(t.v.NumberTyped())
	case misdirected:
		t.say(t.v.NotAdded())
	case jests:
		t.close(t.v.IsOneMissing())
		return true
	case asksDoor:
		t.askPage(askOwner, shortly)
		return true
	case photoLater:
		t.say(t.v.PhotoLater())
	case putsOff:
		if t.kind() == askReview {
			t.s.Ask.Light = true
			t.send(bot.Message{Text: t.v.KeptForNow()})
			return true
		}
		t.send(bot.Message{Text: t.v.Waiting()})
		return true
	case asksPin:
		t.n.Form.Helped = true // the question tells it then
	case asksHow:
		t.say(t.v.AnswerHow())
		if t.kind() == "" {
			t.ask(askWhat)
			return true
		}
	case wantsCall:
		t.say(t.v.NoTyping())
	case knowsNot:
		t.say(t.v.NoHurry())
	case chats:
		t.say(t.v.Chatting())
	case asksMaker:
		t.say(t.v.AnswerBot())
	case asksJobs:
		t.say(t.v.NoJobs())
	default:
		return false
	}
	if t.n.Form.Empty() && t.kind() == "" {
		t.ask(askWhat)
		return true
	}
	t.onward()
	return true
}
