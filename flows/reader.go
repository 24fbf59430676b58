package flows

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync/atomic"

	"rabeg/bot"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// onceReader reads a text once where several flows ask about the same message in turn. A reading is never changed by who gets
// it, so that it can be given again.
type onceReader struct {
	understand.Reader
	answers *answer.Lexicon
	read    *remembered[understand.Reading]
	aims    *remembered[understand.Aims]
}

// keptTexts is how many texts are remembered: those of the messages that are being answered at once, for an answer may have to wait for the
// database, and their pieces.
const keptTexts = 256

// remembered is what was made of the texts that came last; of two that meet in one place the newer stays.
type remembered[V any] struct {
	seed maphash.Seed
	at   [keptTexts]atomic.Pointer[madeOf[V]]
}

type madeOf[V any] struct {
	text  string
	value V
}

func newRemembered[V any]() *remembered[V] { return &remembered[V]{seed: maphash.MakeSeed()} }

// of gives what was made of a text before, or makes it; nil remembers nothing.
func (r *remembered[V]) of(text string, fresh func(text string) V) V {
	if r == nil {
		return fresh(text)
	}
	at := &r.at[maphash.String(r.seed, text)%keptTexts]
	if was := at.Load(); was != nil && was.text == text {
		return was.value
	}
	value := fresh(text)
	at.Store(&madeOf[V]{text: text, value: value})
	return value
}

// Aims implements understand.Follower.
func (r *onceReader) Aims(lx *answer.Lexicon, text string) understand.Aims {
	f, ok := r.Reader.(understand.Follower)
	if !ok {
		return nil
	}
	return r.aims.of(text, func(text string) understand.Aims {
		if hails(text) {
			return understand.Aims{{Aim: understand.AimGreet, P: 1}}
		}
		return f.Aims(lx, text)
	})
}

// hails reports whether words only call somebody ("woi", "permisi pak", "p"): they greet.
func hails(text string) bool {
	words := strings.Fields(bot.Fold(text))
	switch strings.Join(words, " ") {
	case "ini nomer apa ya", "ini nomor apa ya", "ini nomor apa", "ini nomer apa", "ini siapa", "ini siapa ya", "siapa ini", "ini apa", "ini apa ya", "ini apa sih", "who is this", "what is this", "saha ieu", "iki sapa":
		return true
	}
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	calls := false
	for _, w := range words {
		switch w {
		case "woi", "woy", "woii", "wooi", "hoi", "hoy", "oi", "oy", "hei", "hey", "p", "pp", "ping", "permisi", "punten", "kulanuwun", "hallo", "halo", "helo", "hello", "halooo", "haloo", "anybody", "spada", "jawab", "bales", "balas", "jawaban", "misi", "knock", "sampurasun", "punteun":
			calls = true
		case "pak", "bu", "min", "admin", "kak", "bang", "mas", "mbak", "gan", "bos", "om", "kang", "teh", "ada", "orang", "orangnya", "dong", "pemkot", "pemda", "rabeg", "dinas", "bapak", "ibu":
		default:
			return false
		}
	}
	return calls
}

// From which probability words that no list knows want a person, as it was learnt from talk: the same as after a report. Where somebody of
// an office may be accused besides, it must be surer, for that is filed.
const wantsFrom, wantsAccused = 0.7, 0.95

// wantsPerson reports whether a few words that no list knows plainly want a person, as it was learnt from talk, and tell of nothing.
func (r *onceReader) wantsPerson(text string, got understand.Reading) bool {
	const most = 12
	if got.Emergency || got.Harm != understand.NoHarm || len(got.Places) > 0 || len(strings.Fields(text)) > most ||
		r.answers.AsksNumber(text) || r.answers.Bond(text).Want != answer.NoBond || r.answers.Wonders(text) != answer.NoFact || r.answers.Question(text) != answer.NoTopic ||
		RatherSpeaks(text) {
		return false
	}
	least := wantsFrom
	if got.Misconduct {
		least = wantsAccused
	}
	aim, p := r.Aims(r.answers, text).First()
	return aim == understand.AimHuman && p >= least
}

// The words of who would rather speak than type, and those that name somebody to speak with.
var phoneWords, ratherWords, somebodyWords = answer.ListOf("phone-it"), answer.ListOf("phone-rather"), answer.ListOf("somebody")

// RatherSpeaks reports whether words would rather be on the phone than type ("males ngetik, telpon aja") and name nobody: they are answered
// with voice notes, and how a person is reached.
func RatherSpeaks(text string) bool {
	said := bot.Fold(text)
	words := strings.Fields(said)
	if somebodyWords.Any(words) {
		return false
	}
	return phoneWords.Any(words) && ratherWords.Any(words) ||
		slices.ContainsFunc(untyped[:], func(w string) bool { return strings.Contains(" "+said+" ", " "+w+" ") })
}

// untyped is how people say that they do not type.
var untyped = [...]string{"males ngetik", "malas ngetik", "ga bisa ngetik", "gak bisa ngetik", "susah ngetik", "cape ngetik", "capek ngetik", "tidak bisa mengetik", "ora bisa ngetik", "can t type"}

// WantsPerson reports whether words want a person. What changes a report in the making ("hanya petugas yang boleh lihat") does not, unless
// it plainly does ("kasih ke orang beneran dong", "a person, not a bot").
func (o Options) WantsPerson(s State, text string) bool {
	const plainly = 0.8
	if text == "" || !o.Reader.Read(text).Human {
		return false
	}
	c, changes := o.Answers.Changes(text)
	if !changes || !c.Pure || c.Field == answer.Something || !o.Open(s) {
		return true
	}
	learnt, reads := o.Reader.(understand.Follower)
	return reads && learnt.Aims(o.Answers, text).P(understand.AimHuman) >= plainly
}

// stray reports whether words were plainly meant for another chat ("mah jemput adek jam 3 ya"), as it was learnt from talk: they tell
// of no danger and no wrong, and of nothing that an office sees to.
func (r *onceReader) stray(text string, got understand.Reading) bool {
	const surely, certainly, sure = 0.6, 0.85, 0.5
	if got.NoReport && got.Small != "" || got.Emergency || got.Harm != understand.NoHarm || got.Misconduct || got.Human {
		return false
	}
	aim, p := r.Aims(r.answers, text).First()
	return aim == understand.AimStray && p >= surely && (len(got.Places) == 0 || p >= certainly) && (len(got.Guesses) == 0 || got.Guesses[0].P < sure || p >= certainly)
}

func readOnce(r understand.Reader, answers *answer.Lexicon) *onceReader {
	return &onceReader{Reader: r, answers: answers, read: newRemembered[understand.Reading](), aims: newRemembered[understand.Aims]()}
}

// Read implements understand.Reader.
func (r *onceReader) Read(text string) understand.Reading { return r.read.of(text, r.fresh) }

// fresh reads a text, and mends by what was learnt of talk what is read in it.
func (r *onceReader) fresh(text string) understand.Reading {
	got := r.Reader.Read(text)
	if got.Emergency && got.Harm == understand.NoHarm {
		got = got.Calmed(r.Aims(r.answers, text))
	}
	if got.Human && (r.Aims(r.answers, text).Against(understand.AimHuman) || r.answers.AsksNumber(text) || r.answers.Bond(text).Want != answer.NoBond) { // "sambungkan whatsapp saya" is no wish for a person
		got.Human = false
	}
	if !got.Human && r.wantsPerson(text, got) {
		got.Human = true
	}
	if !got.Human && r.answers.Question(text) == answer.AskedBot && r.answers.After(text).Sequel == answer.WantsPerson {
		got.Human = true // "ini robot apa orang? saya mau ngomong sama orang"
	}
	switch understand.LureIn(text) {
	case understand.Fraud: // who pretends to be an office is none of its people
		got.Human, got.Misconduct, got.NoReport, got.Small = false, false, false, ""
	case understand.Advert:
		if !got.Emergency && got.Harm == understand.NoHarm {
			got.NoReport, got.Small, got.Guesses = true, "spam", nil
		}
	case understand.NoLure:
		if r.stray(text, got) {
			got.NoReport, got.Small, got.Guesses = true, "spam", nil
		}
	}
	if hails(text) {
		got.NoReport, got.Small, got.Guesses = true, "greeting", nil
	}
	return got
}
