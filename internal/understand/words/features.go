package words

// Bits is how wide a feature's hash is: 2^Bits rows before those that do not matter are left out.
const Bits = 17

// MaxFeatures bounds the features of one text: the words of a text that is read, with their character n-grams.
const maxGramWord = 24

// Kinds of features, mixed into the hash so that a word and an n-gram of the same letters stay apart.
const (
	ofWord  = 'w'
	ofPair  = 'b'
	ofGram  = 'c'
	ofAbout = 'm'
)

// Features calls f with the hash of every feature of the matter of a text: words, pairs of neighbours, and character
// 3- and 4-grams of each word. Weak words (greetings, names of cities, addresses) and numbers give none. at is the index
// of the word a feature comes from. A feature that occurs twice is told twice.
func (c *Text) Features(f func(hash uint32, at int)) { c.features(false, f) }

// WithArguments is Features with the words that only argue.
func (c *Text) WithArguments(f func(hash uint32, at int)) { c.features(true, f) }

func (c *Text) features(argued bool, f func(hash uint32, at int)) {
	last := -1
	for i := range c.Words {
		w := &c.Words[i]
		if w.Weak && (!argued || !w.argued) {
			continue
		}
		c.ofWord(i, f)
		if last >= 0 {
			f(pair(c.Words[last].Form, w.Form), i)
			if a, b := c.Words[last].meaning(), w.meaning(); a != c.Words[last].Form || b != w.Form {
				f(pair(a, b), i)
			}
		}
		last = i
	}
}

// All is Features over all words, weak ones as well, with what can be said about the text as a whole (length, question,
// links, digits, shouting): what tells small talk and kind.
func (c *Text) All(lx *Lexicon, f func(hash uint32, at int)) {
	last := -1
	for i := range c.Words {
		if c.Words[i].Number {
			continue
		}
		c.ofWord(i, f)
		if last >= 0 {
			f(pair(c.Words[last].Form, c.Words[i].Form), i)
		}
		last = i
	}
	c.about(lx, func(s string) { f(fold32(addString(add(offset, ofAbout), s)), -1) })
}

// meaning is the word in standard Indonesian.
func (w *Word) meaning() string {
	if len(w.Gloss) > 0 {
		return w.Gloss[len(w.Gloss)-1]
	}
	return w.Form
}

// pair is the hash of two neighbours.
func pair(a, b string) uint32 {
	h := addString(add(add(offset, ofPair), 0), a)
	return fold32(addString(add(h, '_'), b))
}

func (c *Text) ofWord(i int, f func(uint32, int)) {
	ofForm(c.Words[i].Form, i, f)
	for _, g := range c.Words[i].Gloss {
		ofForm(g, i, f)
	}
}

func ofForm(form string, i int, f func(uint32, int)) {
	f(fold32(addString(add(offset, ofWord), form)), i)
	var b [maxGramWord + 2]byte
	n := copy(b[1:maxGramWord+1], form)
	b[0], b[n+1] = '^', '$'
	g := b[:n+2]
	for j := 0; j+3 <= len(g); j++ {
		h := add(add(add(add(offset, ofGram), g[j]), g[j+1]), g[j+2])
		f(fold32(h), i)
		if j+4 <= len(g) {
			f(fold32(add(h, g[j+3])), i)
		}
	}
}

// length is the word for how many words a text has.
func length(n int) string {
	switch {
	case n <= 1:
		return "len1"
	case n <= 3:
		return "len3"
	case n <= 6:
		return "len6"
	case n <= 12:
		return "len12"
	case n <= 25:
		return "len25"
	case n <= 50:
		return "len50"
	}
	return "len99"
}

// about tells the properties of the text as words of their own.
func (c *Text) about(lx *Lexicon, f func(string)) {
	n, first, last := 0, -1, -1
	for i := range c.Words {
		w := &c.Words[i]
		if w.Number {
			continue
		}
		n++
		if w.Weak || w.in&lx.lists["greeting"] != 0 {
			continue
		}
		if last = i; first < 0 {
			first = i
		}
	}
	if first >= 0 { // "kapan …", "usul …", "… tidak?", "… dong"
		f("begins " + c.Words[first].meaning())
		f("ends " + c.Words[last].meaning())
	}
	f(length(n))
	if c.Question {
		f("question")
	}
	if c.Past {
		f("past")
	}
	for _, a := range c.Alarms {
		if a.Feared {
			f("feared")
			continue
		}
		f("alarm")
		f("alarm " + a.Group)
	}
	if c.Links > 0 {
		f("link")
	}
	if n < len(c.Words) {
		f("digits")
	}
	if c.Letters > 12 && c.Upper*2 > c.Letters {
		f("shout")
	}
	for _, list := range [...]string{"greeting", "thanks", "plea", "trouble", "ask", "wish", "now", "fear", "past", "span", "praise", "spam", "build", "hope"} {
		k := lx.Count(c, list, len(c.Words))
		switch {
		case k == 0:
			f("no " + list)
		case k*2 > n:
			f("mostly " + list)
		default:
			f("some " + list)
		}
	}
}

// FNV-1a, 32 bits.
const (
	offset = 2166136261
	prime  = 16777619
)

func add(h uint32, b byte) uint32 { return (h ^ uint32(b)) * prime }

func addString(h uint32, s string) uint32 {
	for i := range len(s) {
		h = add(h, s[i])
	}
	return h
}

// fold32 mixes the high half of a hash into the low one, which rows are taken from.
func fold32(h uint32) uint32 { return (h ^ h>>16) & (1<<Bits - 1) }
