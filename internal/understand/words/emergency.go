package words

import (
	"slices"
	"strings"
)

// Alarm is a phrase of danger that stands in a text.
type Alarm struct {
	Group       string
	First, Last int // the words it stands in
	// Feared says that fear, habit, prevention or a negation stands before it: the danger is not there now.
	Feared bool
	// Past says that it is told of what is over.
	Past bool
	weak bool
}

// shortText and longText bound the rules of emergency: in a short text the phrase alone is enough, a longer one needs a
// word of time, help or victims, and nobody in danger writes a long one. cryText is how short a text is in which a weak
// phrase needs neither.
const (
	cryText   = 7
	shortText = 30
	longText  = 70
)

// Emergency says whether the rules see danger to life or property now, which group of them, and the words that made
// them.
func (lx *Lexicon) Emergency(c *Text) (group, by string, ok bool) {
	if len(c.Alarms) == 0 || len(c.Words) > longText {
		return "", "", false
	}
	called := c.called || lx.Count(c, "now", len(c.Words)) > 0
	if len(c.Words) > shortText && !called {
		return "", "", false
	}
	for _, a := range c.Alarms {
		if a.Feared || a.Past || a.weak && !called && (len(c.Words) > cryText || a.Group == "runtuh" || a.Group == "banjir") {
			continue
		}
		return a.Group, phraseText(c.Words[a.First : a.Last+1]), true
	}
	return "", "", false
}

// Figured says that words of danger stand in it only as a figure of speech.
func (c *Text) Figured() bool { return len(c.Alarms) == 0 && c.has("figure") }

// Figuring says that a figure of speech stands in it.
func (c *Text) Figuring() bool { return c.has("figure") }

// Lucky says that nobody was hurt.
func (c *Text) Lucky() bool { return c.has("lucky") }

// Tamed says that words of danger stand in it, all of them said with fear, of habit or of the past.
func (c *Text) Tamed() bool {
	return len(c.Alarms) > 0 && !slices.ContainsFunc(c.Alarms, func(a Alarm) bool { return !a.Feared && !a.Past })
}

// Over says that a text tells of a danger that is over ("sudah padam, terima kasih").
func (c *Text) Over() bool { return c.over }

// Gone says that a text tells of a theft whose thief has got away, with nobody hurt and nobody armed: it is for the police, and no danger
// any more.
func (lx *Lexicon) Gone(c *Text) bool {
	fresh := slices.ContainsFunc(c.Words, func(w Word) bool {
		return w.Form == "barusan" || w.Form == "baru" || w.Form == "tolong" || w.Form == "kejar" || w.Form == "disekap" || w.Form == "diculik"
	})
	return !fresh && c.has("gone") && lx.names(c, "@thief", "@stolen") && !lx.names(c, "@hurt", "@arm", "@attack", "@beaten", "@kill")
}

// alarmsIn judges the phrases of danger that stand in a text, and whether it speaks of the past.
func (lx *Lexicon) alarmsIn(c *Text) {
	w := c.Words
	for i := range w {
		c.Past = c.Past || lx.past(w, i)
		c.called = c.called || w[i].entry.is(lx.book.classes["@call"])
	}
	if group, at := cry(w); at >= 0 {
		c.Alarms = append(c.Alarms, Alarm{Group: group, First: at, Last: at})
	}
	over := slices.ContainsFunc(c.marks, func(m mark) bool { return m.group == "over" })
	c.Past, c.over = c.Past || over, over
	gone := lx.Gone(c)
	lucky := c.has("lucky")
	for _, m := range c.marks {
		if !m.danger || len(c.Alarms) == 8 || lx.spent(c, m) || m.first == m.last && w[m.first].Weak && w[m.first].in&lx.lists["insult"] != 0 {
			continue
		}
		a := Alarm{Group: m.group, First: m.first, Last: m.last, weak: m.weak}
		a.Feared = lx.habit(w, m.last) || !m.due && (lx.feared(w, m.first) || lx.coming(w, m)) || m.due && lx.supposed(w, m)
		a.Past = over || gone && m.group == "jahat" || lucky && (m.group == "runtuh" || m.group == "lalin" || m.group == "medis") || !m.firm && c.Past && !lx.present(w, m)
		if m.group == "lalin" && !c.called && fell(w[m.first:m.last+1]) { // who fell is up again
			a.Past, a.Feared = a.Past || lx.lately(c), a.Feared || lx.severally(c, m)
		}
		c.Alarms = append(c.Alarms, a)
	}
}

// Cries says that a text is a call for help and nothing else ("darurat", "gawat darurat pak", "apiii"): who writes so has no time to tell.
func (c *Text) Cries() bool {
	_, at := cry(c.Words)
	return at >= 0
}

// cry is the word of a text that is nothing but a call for help, and its group; -1 where it tells more or calls for none.
func cry(w []Word) (group string, at int) {
	at = -1
	for i := range w {
		form := w[i].Form
		if w[i].entry != nil {
			form = w[i].entry.form // as it is meant: "darutat"
		}
		switch form {
		case "darurat", "emergency", "sos", "mayday":
			if at < 0 {
				group, at = "darurat", i
			}
		case "api", "geni", "seuneu", "apuy", "fire":
			group, at = "api", i
		case "gawat", "ini", "itu", "tolong", "tolongin", "cepat", "sekarang", "banget", "sekali", "sangat", "nih", "ini nih", "urgent", "please", "help":
		default:
			if !w[i].Weak || w[i].Number {
				return "", -1
			}
		}
	}
	return group, at
}

// spent says that a mark lies within a figure of speech ("mati gaya", "kebakaran jenggot"). What drifts away with somebody is none: "bocah
// pakai helm hanyut".
func (lx *Lexicon) spent(c *Text, m mark) bool {
	return slices.ContainsFunc(c.marks, func(f mark) bool {
		return f.group == "figure" && f.first <= m.last && f.last >= m.first && !(m.group == "air" && lx.somebody(c, f.first))
	})
}

// somebody says that a person who may be in danger is named shortly before a word, in its clause.
func (lx *Lexicon) somebody(c *Text, at int) bool {
	for j := max(0, at-4); j < at; j++ {
		if c.Words[j].clause == c.Words[at].clause && c.Words[j].entry.is(lx.book.classes["@afloat"]) {
			return true
		}
	}
	return false
}

// past says whether the word at i puts what is told into the past. "lalu lintas" is traffic, "minggu" may be a Sunday,
// and "sejak tadi" goes on until now.
func (lx *Lexicon) past(w []Word, i int) bool {
	switch w[i].Form {
	case "lalu", "ago", "kepungkur", "kaliwat":
		if i == 0 || i+1 < len(w) && w[i+1].Form == "lintas" {
			return false
		}
		return w[i-1].in&lx.lists["span"] != 0 || w[i-1].Number || i > 1 && w[i-1].Form == "yang" && w[i-2].in&lx.lists["span"] != 0
	case "last":
		return i+1 < len(w) && w[i+1].entry.is(lx.book.classes["@span"])
	case "sejak", "semenjak", "dari":
		return i+1 < len(w) && (w[i+1].entry.is(lx.book.classes["@longago"]) || w[i+1].Number && i+2 < len(w) && w[i+2].entry.is(lx.book.classes["@longago"]))
	}
	return w[i].in&lx.lists["past"] != 0
}

// fell says that words tell of a fall, and not of what runs into somebody.
func fell(words []Word) bool {
	return slices.ContainsFunc(words, func(w Word) bool {
		form := w.Form
		if w.entry != nil {
			form = w.entry.form
		}
		switch form {
		case "jatuh", "jatoh", "kepleset", "terpeleset", "kepeleset", "tergelincir", "keserempet", "nyusruk", "nyungsep", "labuh", "tigebrus", "tiba", "ngglundung", "gelosor":
			return true
		}
		return false
	})
}

// lately says that a text tells of earlier today or of last night ("tadi malem"), and of nothing that goes on.
func (lx *Lexicon) lately(c *Text) bool {
	return c.has("earlier") && !slices.ContainsFunc(c.Words, func(w Word) bool {
		return w.Form != "tadi" && w.entry.is(lx.book.classes["@present"]) || w.Form == "belum"
	})
}

// severally says that a mark tells of several, one after the other: "motor pada jatuh di tikungan itu", "udah 5 motor jatuh".
func (lx *Lexicon) severally(c *Text, m mark) bool {
	for j := max(1, m.first-2); j <= m.first; j++ {
		if c.Words[j].Number && c.Words[j-1].Form == "sudah" {
			return true
		}
	}
	for j := max(1, m.first-1); j <= m.last; j++ {
		if w := c.Words[j]; w.Form == "pada" && w.clause == c.Words[m.first].clause {
			return true
		}
	}
	return false
}

// present says whether what a mark tells is said to happen now: in its clause, or just beside it.
func (lx *Lexicon) present(w []Word, m mark) bool {
	now, clause := lx.book.classes["@present"], w[m.first].clause
	for j := range w {
		if w[j].clause == clause && w[j].entry.is(now) {
			return true
		}
	}
	return false
}

// feared says whether fear, habit, prevention or a negation stands within six words before i in the same clause, a
// condition in the clause before ("tiap hujan, air masuk rumah"), or "many" just before.
func (lx *Lexicon) feared(w []Word, i int) bool {
	fear, b := lx.lists["fear"], lx.book
	for j := max(0, i-6); j < i; j++ {
		if w[j].in&fear != 0 && w[j].clause == w[i].clause && (j == 0 || !w[j-1].entry.is(b.classes["@not"])) {
			return true
		}
		if w[j].clause == w[i].clause-1 && w[j].entry.is(b.classes["@condition"]) && !w[i-1].entry.is(b.classes["@present"]) {
			return true
		}
		if j >= i-3 && w[j].clause == w[i].clause && w[j].entry.is(b.classes["@many"]) {
			return true
		}
	}
	if i > 1 && w[i-2].clause == w[i].clause && w[i-2].entry.is(b.classes["@not"]) && w[i-1].entry.is(b.classes["@until"]) {
		return true // "belum sampai berantem"
	}
	return i > 0 && w[i-1].clause == w[i].clause && w[i-1].in&lx.lists["undo"] != 0
}

// Perilous says whether a word stands in a text that could name a danger: without one the model's word alone raises no alarm.
func (lx *Lexicon) Perilous(c *Text) bool {
	return lx.names(c, "@peril", "@api", "@bakar", "@leak", "@arus", "@stuck", "@crash", "@hurt", "@arm", "@attack", "@thief", "@beaten",
		"@beating", "@kill", "@breath", "@sunk", "@beast", "@bite", "@suicide", "@fall", "@tumbang", "@hit", "@cry")
}

// Wonted says that a text tells of what happens again and again, or would.
func (lx *Lexicon) Wonted(c *Text) bool { return lx.names(c, "@habit", "@condition") }

// habit says whether habit or condition stands within four words after i: "masuk rumah kalau hujan".
func (lx *Lexicon) habit(w []Word, i int) bool {
	for j := i + 1; j < len(w) && j <= i+4; j++ {
		if w[j].clause == w[i].clause && w[j].entry.is(lx.book.classes["@habit"]) {
			return true
		}
	}
	return false
}

// coming says that fear or the future stands within a mark: "pohon sudah miring takut roboh", "tiang mau roboh".
func (lx *Lexicon) coming(w []Word, m mark) bool {
	fear, soon := lx.lists["fear"], lx.book.classes["@soon"]
	for j := m.first + 1; j < m.last; j++ {
		if w[j].in&fear != 0 && !w[j-1].entry.is(lx.book.classes["@not"]) {
			return true
		}
		if w[j].entry.is(soon) && (m.group == "pohon" || m.group == "runtuh" || m.group == "setrum") {
			return true
		}
	}
	return false
}

// supposed says that a mark of what is about to come is told on a condition, of many, as slight, or out of fear alone: what leans
// already is feared with reason.
func (lx *Lexicon) supposed(w []Word, m mark) bool {
	b, fear := lx.book, lx.lists["fear"]
	leans := slices.ContainsFunc(w[m.first:m.last+1], func(x Word) bool { return x.entry.is(b.classes["@lean"]) })
	for j := max(0, m.first-4); j <= m.last; j++ {
		e := w[j].entry
		switch {
		case w[j].clause != w[m.first].clause:
		case e.is(b.classes["@condition"]), e.is(b.classes["@slight"]), e.is(b.classes["@many"]) && j > m.first, w[j].in&fear != 0 && !leans,
			j < m.first && e.is(b.classes["@not"]):
			return true
		}
	}
	return false
}

// clauses numbers the clauses of a text: they end at punctuation, at a line's end and before "but".
func clauses(c *Text) {
	for i := 1; i < len(c.Words); i++ {
		w, prev := &c.Words[i], &c.Words[i-1]
		w.clause = prev.clause
		if w.From < prev.To {
			continue // both from one written word
		}
		between := c.Plain[prev.To:w.From]
		if strings.ContainsAny(between, ",;:!?\n") || strings.Contains(between, ".") && prev.To-prev.From > 3 {
			w.clause++
			continue
		}
		switch w.Form {
		case "tapi", "tetapi", "padahal", "but", "terus":
			w.clause++
		}
	}
}

func phraseText(w []Word) string {
	var b strings.Builder
	for i := range w {
		if w[i].Number {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w[i].Form)
	}
	return b.String()
}

// Joking says that a text laughs.
func (lx *Lexicon) Joking(c *Text) bool { return lx.names(c, "@laugh") }
