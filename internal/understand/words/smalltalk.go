package words

// The small talks that have a name.
const (
	Greeting = "greeting"
	Thanks   = "thanks"
	Test     = "test"
	Spam     = "spam"
)

// SmallTalk says by rules that a text is no report, and what it is instead ("" when it is nothing that has a name). It
// answers only where it is certain; the model answers for the rest.
func (lx *Lexicon) SmallTalk(c *Text) (small string, ok bool) {
	var n, greet, thank, test, spam, plea, trouble, kasih int
	for i := range c.Words {
		w := &c.Words[i]
		if w.Number {
			continue
		}
		n++
		switch {
		case lx.has("greeting", w.Form):
			greet++
		case lx.has("thanks", w.Form):
			thank++
		}
		if w.Form == "kasih" || w.Form == "makasih" || w.Form == "alhamdulillah" || w.Form == "syukron" {
			kasih++
		}
		if lx.has("test", w.Form) {
			test++
		}
		if lx.has("spam", w.Form) {
			spam++
		}
		if lx.has("plea", w.Form) {
			plea++
		}
		if lx.has("trouble", w.Form) {
			trouble++
		}
	}
	switch {
	case n == 0 && c.Foreign == 0:
		if c.Links > 0 {
			return Spam, true
		}
		return "", true
	case n == 0:
		return "", false
	case trouble > 0:
		return "", false
	case greet+test == n && test > 0:
		return Test, true
	case greet == n:
		return Greeting, true
	case greet+thank == n && kasih > 0:
		return Thanks, true
	case spam >= 2 && spam*6 >= n && plea == 0 || spam > 0 && c.Links > 0 && plea == 0:
		return Spam, true
	case test > 0 && n <= 5 && plea == 0:
		return Test, true
	case kasih > 0 && n <= 30 && plea == 0 && !c.Question && lx.Count(c, "praise", n) > 0 && lx.Count(c, "ask", n) == 0:
		return Thanks, true
	case kasih > 0 && n <= 8 && plea == 0 && thank+greet >= n-2:
		return Thanks, true
	}
	return "", false
}

// NameSmallTalk names the small talk of a text that is known to be no report: by which of the lists most of its words
// are in, "" when none.
func (lx *Lexicon) NameSmallTalk(c *Text) string {
	best, most := "", 0
	for _, kind := range [...]string{Spam, Thanks, Test, Greeting} {
		if n := lx.Count(c, kind, len(c.Words)); n > most {
			best, most = kind, n
		}
	}
	return best
}
