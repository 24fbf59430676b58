package words

import (
	"slices"
	"strings"
)

// Signals are what a text says beside its matter, as far as words alone can tell.
type Signals struct {
	// SelfHarm: somebody thinks of ending his or her life. Abuse: violence against a woman or a child.
	SelfHarm, Abuse bool
	// Misconduct: somebody of an office is accused. Human: a person is asked for.
	Misconduct, Human bool
	// Hinted: Misconduct stands on weak phrases alone.
	Hinted bool
	// Acting: the self-harm or the abuse happens now.
	Acting bool
	// Other: the self-harm is somebody else's.
	Other bool
	// Held: no report is wanted, only an answer. Away: who tells of violence is safe at this moment, or tells what was and not what is.
	Held, Away bool
	// By are the words that made them.
	By string
}

// Signals reads harm, misconduct and the wish for a person. Self-harm outranks everything.
func (lx *Lexicon) Signals(c *Text) Signals {
	var s Signals
	note := func(m mark) {
		if s.By == "" {
			s.By = phraseText(c.Words[m.first : m.last+1])
		}
	}
	cited, civil, unhuman := c.has("cited"), c.has("civil"), c.has("unhuman")
	plain := false
	for _, m := range c.marks {
		if c.within(m, "un"+m.group) && !m.firm || lx.denied(c, m) || cited && (m.group == "abuse" || strings.HasPrefix(m.group, "self")) {
			continue
		}
		switch m.group {
		case "self", "selfact":
			if lx.ofAnother(c, m) {
				continue
			}
			s.SelfHarm = true
			s.Acting = s.Acting || m.group == "selfact"
		case "abuse":
			s.Abuse = true
			s.Acting = s.Acting || lx.abusedNow(c, m)
		case "misconduct":
			if m.weak && civil {
				continue
			}
			s.Misconduct, plain = true, plain || !m.weak
		case "human":
			if unhuman || m.weak && len(c.Words) > shortWish || len(c.Words) > longWish {
				continue
			}
			s.Human = true
		default:
			continue
		}
		note(m)
	}
	s.Hinted = s.Misconduct && !plain
	s.Held, s.Away = c.has("held"), lx.away(c)
	if s.SelfHarm {
		return Signals{SelfHarm: true, Acting: s.Acting, Other: lx.aboutOther(c), By: s.By}
	}
	return s
}

// ofAnother says whether words of self-harm tell of somebody else whose life is at stake now: that is a danger.
func (lx *Lexicon) ofAnother(c *Text, m mark) bool {
	return lx.another(c, m) || lx.aboutOther(c) && lx.atBrink(c)
}

// away says whether who tells of violence is safe at this moment, or tells of what was: nothing in the text cries for help, and nobody
// is armed.
func (lx *Lexicon) away(c *Text) bool {
	if lx.names(c, "@arm") || c.has("selfact") {
		return false
	}
	said := func(forms ...string) bool {
		return slices.ContainsFunc(c.Words, func(w Word) bool { return slices.Contains(forms, w.Form) })
	}
	for _, m := range c.marks {
		if m.group == "secure" && !lx.denied(c, m) && (m.first == 0 || !c.Words[m.first-1].entry.is(lx.book.classes["@victim"])) {
			return !said("tolong", "help", "berdarah", "pingsan") // "anak saya aman" says nothing of the writer
		}
	}
	return c.has("earlier") && !said("sekarang", "now", "barusan", "masih", "tolong") && !lx.names(c, "@cry")
}

// abusedNow says whether a phrase of abuse tells of what happens at this moment, not of what was, is feared or is a habit.
func (lx *Lexicon) abusedNow(c *Text, m mark) bool {
	often := slices.ContainsFunc(c.Words[m.first:m.last+1], func(w Word) bool { // "kakak saya suka buka baju saya, tolong"
		return w.in&lx.lists["fear"] != 0 || w.entry.is(lx.book.classes["@habit"])
	})
	return !c.Past && !often && (lx.names(c, "@cry") || lx.present(c.Words, m)) && !lx.feared(c.Words, m.first) && !lx.habit(c.Words, m.last)
}

// shortWish is how many words a text may have in which a weak
const shortWish = 4

// shortCall is how long a text may be that asks for a person without naming one.
const shortCall = 14

// longWish: "hubungi saya di nomor …" at the end of a long story asks for no talk instead of it.
const longWish = 30

// within says whether a mark of the group lies over m.
func (c *Text) within(m mark, group string) bool {
	return slices.ContainsFunc(c.marks, func(f mark) bool {
		return f.group == group && f.first <= m.last && f.last >= m.first
	})
}

// Barred says which signals the model may not read into a text, because a phrase says that its words mean something else
// (a figure of speech, teaching, somebody who does not come).
func (lx *Lexicon) Barred(c *Text) (self, abuse, human bool) {
	cited := c.has("cited")
	return cited || c.has("unself"), cited || c.has("unabuse"), c.has("unhuman")
}

// Names says for which signals a word of a text names what the signal is about; where none does, the model must be all the
// surer.
func (lx *Lexicon) Names(c *Text) (self, abuse, human bool) {
	self = lx.names(c, "@life", "@die", "@act", "@endself", "@self")
	abuse = lx.names(c, "@victim", "@violated", "@violates", "@touch")
	human = len(c.Words) <= shortCall || lx.names(c, "@person", "@talk")
	return self, abuse, human
}

// Accused says whether a text names an office, its people, money or a bribe, and whether a phrase clears them: it is said of
// somebody without an office, or of something else.
func (lx *Lexicon) Accused(c *Text) (named, cleared bool) {
	return lx.names(c, "@staff", "@office", "@money", "@bribe"), c.has("thug") || c.has("unmisconduct")
}

// Office says whether a text names an office or its people.
func (lx *Lexicon) Office(c *Text) bool { return lx.names(c, "@staff", "@office") }

// names says whether a word of a text stands in one of the classes.
func (lx *Lexicon) names(c *Text, classes ...string) bool {
	for _, class := range classes {
		k := lx.book.classes[class]
		if slices.ContainsFunc(c.Words, func(w Word) bool { return w.entry.is(k) }) {
			return true
		}
	}
	return false
}

func (c *Text) has(group string) bool {
	return slices.ContainsFunc(c.marks, func(m mark) bool { return m.group == group })
}

// denied says whether a negation stands directly before a mark.
func (lx *Lexicon) denied(c *Text, m mark) bool {
	return m.first > 0 && c.Words[m.first-1].clause == c.Words[m.first].clause &&
		c.Words[m.first-1].entry.is(lx.book.classes["@not"])
}

// another says whether somebody else than the writer is about to end his or her life: that is danger now, and no thought of
// the writer's. What a relative says ("anak saya bilang ingin mati") counts as the writer's: it wants the same care.
func (lx *Lexicon) another(c *Text, m mark) bool {
	acts := false
	for i := m.first; i <= m.last; i++ {
		acts = acts || c.Words[i].entry.is(lx.book.classes["@act"])
	}
	return acts && lx.third(c, m.first)
}

// Brink says that somebody else than the writer is about to end his or her life at this moment: where it is done, or with what.
func (lx *Lexicon) Brink(c *Text) bool {
	return lx.aboutOther(c) && lx.atBrink(c) && !c.has("cited") && !c.has("unself") && slices.ContainsFunc(c.marks, func(m mark) bool {
		return m.group == "self" || m.group == "selfact" || m.group == "medis" && lx.deed(c, m)
	})
}

// Swallowed says that something was drunk or swallowed: that is for a doctor, whoever meant what by it.
func (lx *Lexicon) Swallowed(c *Text) bool { return lx.names(c, "@swallow") }

// deed says whether a phrase of danger tells of ending a life.
func (lx *Lexicon) deed(c *Text, m mark) bool {
	return slices.ContainsFunc(c.Words[m.first:m.last+1], func(w Word) bool { return w.entry.is(lx.book.classes["@act"]) })
}

// atBrink says that a text names where or with what a life is ended, or says that it happens now.
func (lx *Lexicon) atBrink(c *Text) bool {
	return lx.names(c, "@brink", "@rightnow")
}

// aboutOther says that a text begins with somebody else: what it tells is told of him or her ("pacar aku", "temen saya", "my friend").
func (lx *Lexicon) aboutOther(c *Text) bool {
	other := lx.book.classes["@beloved"]
	for i := range min(len(c.Words), openers) {
		w := &c.Words[i]
		switch {
		case w.Form == "dia" || w.Form == "doi":
			// "dia ninggalin aku aku mau bunuh diri": who speaks of himself or herself as well is meant
			return !slices.ContainsFunc(c.Words, func(x Word) bool { return lx.mine(&x) })
		case w.entry.is(other):
			// "suami saya mukul, saya ingin mati": who comes second speaks of himself or herself
			return !slices.ContainsFunc(c.marks, func(m mark) bool {
				in := c.Words[m.first].clause
				return strings.HasPrefix(m.group, "self") && in > w.clause &&
					slices.ContainsFunc(c.Words, func(x Word) bool { return x.clause == in && lx.mine(&x) })
			})
		case lx.mine(w) && c.Words[i].Form != "my":
			return false
		}
	}
	return false
}

func (lx *Lexicon) mine(w *Word) bool { return w.entry.is(lx.book.classes["@me"]) }

// openers are how many words may stand before the one whom a text tells of.
const openers = 4

// third says whether what begins at word i is said of somebody else.
func (lx *Lexicon) third(c *Text, i int) bool {
	person, me, link := lx.book.classes["@orang"], lx.book.classes["@me"], lx.book.classes["@link"]
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		switch e := c.Words[j].entry; {
		case e.is(person) && !e.is(me), c.Words[j].Form == "ada":
			return true
		case !e.is(link) && !e.is(me):
			return false
		}
	}
	return false
}

// Answering says that a text only answers the bot, maybe in its own words: it raises no alarm.
func (lx *Lexicon) Answering(t *Text) bool {
	answers := lx.book.classes["@answer"]
	for i := range t.Words {
		w := &t.Words[i]
		if !w.Number && !w.entry.is(answers) && w.in&lx.lists["urge"] == 0 && !lx.Filler(w) {
			return false
		}
	}
	return true
}

// Signs is All with the phrases of danger, harm, misconduct and the wish for a person that stand in a text, the classes
// that its words are in, and which of them stand close together: "the officer" and "for petrol" say nothing alone.
func (c *Text) Signs(lx *Lexicon, f func(hash uint32, at int)) {
	c.All(lx, f)
	for _, m := range c.marks {
		f(fold32(addString(add(add(offset, ofAbout), '='), m.group)), m.first)
	}
	var first, last [len(signClasses)]int
	for k, class := range signClasses {
		first[k] = -1
		number := lx.book.classes[class]
		for i := range c.Words {
			if c.Words[i].entry.is(number) {
				if first[k] < 0 {
					first[k] = i
					f(fold32(addString(add(add(offset, ofAbout), '@'), class)), i)
				}
				last[k] = i
			}
		}
	}
	for a := range signClasses {
		for b := a + 1; b < len(signClasses) && first[a] >= 0; b++ {
			if first[b] >= 0 && first[b]-last[a] <= together && first[a]-last[b] <= together {
				f(fold32(add(add(add(add(offset, ofAbout), '&'), byte(a)), byte(b))), first[b])
			}
		}
	}
}

// together is how near to each other the words of two classes say something as one.
const together = 8

// signClasses are the classes that Signs tells of.
var signClasses = [...]string{
	"@staff", "@money", "@ask", "@person", "@talk", "@victim", "@violated", "@rude", "@me", "@life", "@die", "@civilian", "@office",
	"@not", "@doer", "@violates", "@pay", "@bribe", "@lewd", "@misuse", "@cut", "@aid", "@slack", "@theirs", "@hit", "@thug", "@hint",
	"@free", "@asset", "@private", "@receipt", "@provided", "@paper", "@crew", "@abroad",
}
