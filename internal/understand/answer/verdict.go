package answer

import (
	"slices"
	"strings"
)

// Judgement is what a few words say of work that an office calls done.
type Judgement int

// The judgements. NoJudgement is every other text. JudgedUnfair is for a refusal that is not taken.
const (
	NoJudgement Judgement = iota
	JudgedFixed
	JudgedPart
	JudgedUnfit
	JudgedUnfair
)

// judged is how many words a judgement may have: who writes more tells a story.
const judged = 28

// brief is how many words an outcry may have.
const brief = 8

// What the words of a judgement are, in the spellings and tongues that tokens leaves. The lexicon's own words ("sudah",
// "tidak", "belum") stand for all their spellings.
var (
	fixedWords  = ListOf("fixed")
	brokenWords = ListOf("broken")
	partWords   = ListOf("part")
	lieWords    = ListOf("lie")
	mockWords   = ListOf("mock")
	wrongWords  = ListOf("wrong")
	wronglyDone = ListOf("wrongly-done")
	scornWords  = ListOf("scorn")
	askedWords  = ListOf("asked")
	thenWords   = ListOf("then")
	againWord   = ListOf("again")
	stillWord   = ListOf("still")
	goneWords   = ListOf("gone")
	lookWords   = ListOf("look")
	onlyWords   = ListOf("only")
	ifWords     = ListOf("if")
	askWords    = ListOf("ask")
	notMore     = ListOf("not-more")
	unfair      = ListOf("unfair")
	refused     = ListOf("refused")
	// outright words are said by who does not take a refusal; refused words by many who tell of one.
	outright = ListOf("outright")
	consent  = ListOf("consent")
	dissent  = ListOf("dissent")
	// twofold words are said of what is mended and of what goes wrong as well: "sudah ditutup", "jalan ditutup warga".
	twofold   = ListOf("twofold")
	doers     = ListOf("doers")
	lostWords = ListOf("lost")
	plainDone = ListOf("plain-done")
	thankWord = ListOf("thank")
	turnWords = ListOf("turn")
	butWords  = ListOf("but")
)

// clause is a part of a text that says one thing.
type clause []token

func (c clause) is(i int, of List) bool { return c[i].is(of) }

func (c clause) any(of List) bool { return c.first(of) >= 0 }

func (c clause) first(of List) int {
	for i := range c {
		if c.is(i, of) {
			return i
		}
	}
	return -1
}

func (c clause) has(words ...string) bool {
	return slices.ContainsFunc(c, func(t token) bool { return slices.Contains(words, t.word) || slices.Contains(words, t.raw) })
}

// denied reports whether one of the words stands there with a "not" at most three words before it, plain whether one stands without.
func (c clause) denied(of List) (denied, plain bool) {
	for i := range c {
		if !c.is(i, of) {
			continue
		}
		not := false
		for k := max(0, i-3); k < i; k++ {
			not = not || c[k].word == "belum" || c[k].word == "tidak" || c[k].word == "bukan" || notMore[c[k].raw]
		}
		denied, plain = denied || not, plain || !not
	}
	return denied, plain
}

// says reads one clause: what is fixed, what is not; again says that it was, and broke anew.
func (c clause) says() (fixed, unfit, again bool) {
	badDenied, bad := c.denied(brokenWords)
	goodDenied, good := c.denied(fixedWords)
	goneDenied, _ := c.denied(goneWords)
	switch {
	case c.any(lieWords), c.mocks() && good:
		return false, true, false
	case c.any(onlyWords) && c.any(lookWords), c.any(scornWords):
		return false, true, false
	case c.any(askedWords):
		return false, bad && c.any(stillWord), false
	}
	if at := c.first(thenWords); at >= 0 && c[:at].any(fixedWords) && c[at:].any(brokenWords) {
		return false, true, true
	}
	unfit = c.wrongYet() || goodDenied || goneDenied || bad && (c.any(stillWord) || c.any(againWord) || c.has("belum")) ||
		c[len(c)-1].word == "belum" && len(c) > 1 || c.is(0, butWords) && (bad || c.has("tidak", "belum"))
	fixed = good && !c.any(stillWord) && !(bad && c.any(againWord)) || badDenied && !bad && !c.has("belum")
	return fixed, unfit, bad && c.any(againWord) && !c.any(stillWord)
}

// mocks reports whether what is called good is mocked; a "lah" behind it only agrees ("bagus lah").
func (c clause) mocks() bool {
	return slices.ContainsFunc(c.all(mockWords), func(i int) bool { return i == 0 || c[i].raw != "lah" })
}

// wrongYet reports whether something is wrong still, or again: "ternyata masih salah", "namanya salah lagi". A message may be sent wrongly.
func (c clause) wrongYet() bool {
	if !c.any(stillWord) && !c.any(againWord) {
		return false
	}
	return slices.ContainsFunc(c.all(wrongWords), func(i int) bool { return i+1 == len(c) || !c[i+1].typed(wronglyDone) })
}

// mended reports whether a word tells of what is fixed, and not of what goes wrong as well: of those only one that follows "sudah",
// and that nobody else has done.
func (c clause) mended() bool {
	for i := range c {
		switch {
		case !c.is(i, fixedWords):
		case !c.is(i, twofold):
			return true
		case i > 0 && (c[i-1].word == "sudah" || c[i-1].word == "sekarang") && !c.is(i, lostWords) && !c[i:].any(doers):
			return true
		}
	}
	denied, _ := c.denied(brokenWords)
	return denied
}

// clauses parts a text where it turns.
func (lx *Lexicon) clauses(text string) (whole clause, parts []clause, mark bool) {
	for piece := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",.;\n!", r) }) {
		ts, asks := lx.tokens(piece)
		mark = mark || asks
		ts = slices.DeleteFunc(ts, func(t token) bool { return t.stop })
		whole = append(whole, ts...)
		from := 0
		for i := range ts {
			if c := clause(ts); i > from && c.is(i, turnWords) {
				parts = append(parts, c[from:i])
				from = i
			}
		}
		if from < len(ts) {
			parts = append(parts, ts[from:])
		}
	}
	return whole, parts, mark
}

// Judges reads what a text says of work that is called done: "udah nyala makasih", "mati lagi bos", "baru sebelah doang". sure is
// false for words that say so only where it was asked ("belum", "iya sudah").
func (lx *Lexicon) Judges(text string) (j Judgement, sure bool) {
	if len(text) > 280 {
		return NoJudgement, false
	}
	was := lx.memo.judges.of(lx.memo, text, func(text string) judges {
		j, sure := lx.judges(text)
		return judges{judged: j, sure: sure}
	})
	return was.judged, was.sure
}

func (lx *Lexicon) judges(text string) (j Judgement, sure bool) {
	whole, parts, mark := lx.clauses(text)
	if len(whole) == 0 {
		return byFace(text), false
	}
	if len(whole) > judged {
		return NoJudgement, false
	}
	if denied, _ := whole.denied(unfair); denied || whole.any(refused) {
		return JudgedUnfair, whole.disagrees() || len(whole) <= brief && (denied || whole.any(outright)) // a story may tell of somebody who got nothing
	}
	mocks := whole.any(vowWords) && whole.any(fixedWords) && (whole.has("mana", "belum") || whole.any(goneWords)) // "katanya udah dibenerin, mana?"
	if mocks || whole.any(lieWords) || whole.any(scornWords) {
		return whole.mocked(mocks, mark)
	}
	if whole.judgesNothing(mark) {
		return NoJudgement, false
	}
	fixed, unfit, again := false, false, false
	for _, c := range parts {
		f, u, a := c.says()
		fixed, unfit, again = fixed || f, unfit || u, again || a
	}
	return whole.judgement(fixed, unfit, again)
}

// judgement is what the clauses of a text say together.
func (c clause) judgement(fixed, unfit, again bool) (Judgement, bool) {
	done := c.has("sudah", "sekarang", "now") || c.any(plainDone) || c.any(thankWord)
	switch {
	case fixed && c.mocksPraise():
		return JudgedUnfit, true
	case fixed && !unfit && c.doneByOthers():
		return NoJudgement, false
	case c.any(partWords), c.has("sebelah") && (c.any(onlyWords) || c.has("baru")), c.has("semua") && c.has("belum", "tidak"), c.has("baru") && numbered(c) && fixed, fixed && unfit && !again, fixed && c.any(onlyWords) && len(c) <= 6:
		return JudgedPart, fixed || unfit || len(c) <= 4
	case unfit:
		return JudgedUnfit, true
	case c.has("belum") && len(c) <= 4:
		return JudgedUnfit, false
	case c.any(brokenWords) && len(c) <= 4 && !fixed:
		return JudgedUnfit, false
	case fixed:
		return JudgedFixed, done && (c.any(plainDone) || c.any(thankWord) || c.mended())
	case len(c) <= 3 && (c.has("sudah", "ya", "iya", "benar") || c.any(plainDone)):
		return JudgedFixed, false
	case len(c) <= 2 && c.has("tidak"):
		return JudgedUnfit, false
	}
	return NoJudgement, false
}

// mocked is the judgement of who does not believe a word of it; a question is none, unless it mocks.
func (c clause) mocked(mocks, mark bool) (Judgement, bool) {
	if !mocks && c.judgesNothing(mark) {
		return NoJudgement, false
	}
	return JudgedUnfit, true
}

// judgesNothing reports whether words only ask, or speak of what may be ("kalau nanti sudah nyala saya kabari").
func (c clause) judgesNothing(mark bool) bool {
	return c.any(ifWords) && len(c) <= 12 || c.any(askWords) || mark && c.has("belum")
}

// Disagrees reports whether a text says outright that its writer does not agree.
func (lx *Lexicon) Disagrees(text string) bool {
	whole, _, _ := lx.clauses(text)
	return whole.disagrees()
}

func (c clause) disagrees() bool {
	denied, _ := c.denied(consent)
	return denied || c.any(dissent)
}

// numbered reports whether a number stands in it.
func numbered(c clause) bool { return slices.ContainsFunc(c, func(t token) bool { return t.digits }) }

// byFace reads a text without words.
func byFace(text string) Judgement {
	switch {
	case strings.ContainsAny(text, "👎❌✖"):
		return JudgedUnfit
	case strings.ContainsAny(text, "👍✅✔👌"):
		return JudgedFixed
	}
	return NoJudgement
}
