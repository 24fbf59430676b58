package meant

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// What asks how a report stands, or is angry about it, is answered with how it stands. What it tells besides ("katanya bisa diambil, saya kesana
// dibilang belum") the office must read.

// barely are the lists of words by which it is only asked, urged, waited for and scolded.
var barely = []answer.List{
	answer.ListOf("news"), answer.ListOf("about"), answer.ListOf("slow"), answer.ListOf("wait"), answer.ListOf("span"), answer.ListOf("mute"), answer.ListOf("come"),
	answer.ListOf("haste"), answer.ListOf("why"), answer.ListOf("the-report"), answer.ListOf("angry"), answer.ListOf("ignored"), answer.ListOf("when"), answer.ListOf("done"),
	answer.ListOf("already"), answer.ListOf("not-yet"), answer.ListOf("asked-of"), answer.ListOf("till"), answer.ListOf("whither"), answer.ListOf("english-news"),
	answer.ListOf("use"), answer.ListOf("ask"), answer.ListOf("still"), answer.ListOf("again"), answer.ListOf("not-more"), answer.ListOf("people"),
	answer.ListOf("praise"), answer.ListOf("greeting"), answer.ListOf("patient"), answer.ListOf("asked"), answer.ListOf("thank"), answer.ListOf("vow"), answer.ListOf("gone"),
	answer.ListOf("more-bare"),
}

// moreFrom is how many words of their own make words tell something beside a question.
const moreFrom = 2

// SaysMore reports whether words that ask how a report stands, or scold, tell its office something besides.
func (m Mind) SaysMore(text string, r report.Report) bool {
	h := m.Hear(text)
	if h.aims.P(understand.AimStray) >= hinted || h.asks || h.Sequel != answer.WantsNews && h.Sequel != answer.Scolds && !h.Is(understand.AimNews, understand.AimAnger, understand.AimUnfit, understand.AimPart, understand.AimDispute, understand.AimOppose, understand.AimDetail) {
		return false // it may have been said to somebody else
	}
	known := m.words(r.Text + " " + r.Place.Said)
	if c, ok := m.Profile.Category(r.Category); ok {
		for w := range m.words(c.Short + " " + strings.Join(c.Keywords, " ")) {
			known[w] = true
		}
	}
	own := map[string]bool{}
	for clause := range strings.FieldsFuncSeq(strings.ReplaceAll(text, "?", "?."), func(r rune) bool { return strings.ContainsRune(".,;!\n", r) }) {
		switch said := strings.Fields(bot.Fold(clause)); {
		case inquires.Any(said): // what stands before it says who asks
			clear(own)
		case m.asksOnly(said, strings.HasSuffix(clause, "?")):
		default:
			m.ownWords(said, known, own)
		}
	}
	return len(own) >= moreFrom
}

// inquires are the words of who says that he or she asks.
var inquires = answer.ListOf("asked-of")

// newsWord are the words that ask for a time.
var newsWord = answer.ListOf("news")

// asksOnly reports whether the words of a clause ask when, or whether it is done yet.
func (m Mind) asksOnly(said []string, mark bool) bool {
	if newsWord.Any(said) {
		return true
	}
	plain := strings.Fields(m.Answers.Plain(strings.Join(said, " ")))
	return mark && len(plain) > 0 && plain[len(plain)-1] == "belum" // "udah bener blm?"
}

// ownWords adds to some words those of a clause that ask nothing, and that are not known from the report.
func (m Mind) ownWords(said []string, known, own map[string]bool) {
	for _, raw := range said {
		plain := strings.Fields(m.Answers.Plain(raw))
		if len(raw) < 3 || len(plain) == 0 || bareWord(raw) || known[stem(raw)] {
			continue
		}
		if !slices.ContainsFunc(plain, func(w string) bool { return bareWord(w) || known[stem(w)] || m.areas[w] }) {
			own[raw] = true
		}
	}
}

func bareWord(w string) bool {
	return slices.ContainsFunc(barely, func(of answer.List) bool { return of[w] || of[strings.TrimSuffix(w, "nya")] })
}

// joinedWords are words for the joining of reports.
var joinedWords = answer.ListOf("joined")

// joined decides about what is said of a joining by whose report was joined: the officers are asked to look again.
func (m Mind) joined(said Said, h Heard, live, named []report.Report) (Decision, bool) {
	switch h.Sequel {
	case answer.Hides, answer.Shows, answer.TakesBack, answer.GoesOn: // that is wanted first
		return Decision{}, false
	}
	if h.is(surely, understand.AimNew) && m.elseTold(said.Text, live) {
		return Decision{}, false
	}
	some := only(live, func(r report.Report) bool { return r.Status == report.Merged })
	if len(some) == 0 || words(said.Text) > story || !joinedWords.Any(strings.Fields(bot.Fold(said.Text))) && !m.parts(said, h, some, named) {
		return Decision{}, false
	}
	return m.one(Words, some, named, said.At, "of the joining"), true
}

// partsMost is how many words somebody takes to say that a report is not the same as another.
const partsMost = 9

// anotherOne are the words by which it is said.
var anotherOne = answer.ListOf("another-one-of")

// parts reports whether words say of a report that was joined lately that it is another than the one that it was joined with: "itu mah lampu
// lain pak", "ga sama".
func (m Mind) parts(said Said, h Heard, some, named []report.Report) bool {
	if words(said.Text) > partsMost || h.Sequel == answer.WantsNews || len(named) > 0 && !meet(some, named) || m.elseTold(said.Text, some) {
		return false
	}
	if !slices.ContainsFunc(some, func(r report.Report) bool { return said.At.Sub(talked(r)) < lately }) {
		return false
	}
	plain := strings.Fields(m.Answers.Plain(said.Text))
	unlike := slices.Contains(plain, "tidak") && slices.ContainsFunc(plain, func(w string) bool { return same[w] })
	return (unlike || anotherOne.Any(strings.Fields(bot.Fold(said.Text)))) && !also(said.Text)
}

// same are the words for what is alike.
var same = answer.ListOf("alike")
