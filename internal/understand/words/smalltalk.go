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
	n, kasih := 0, 0
	for i := range c.Words {
		if !c.Words[i].Number {
			n++
		}
		switch c.Words[i].Form {
		case "kasih", "makasih", "alhamdulillah", "syukron":
			kasih++
		}
	}
	of := func(list string) int { return lx.Count(c, list, len(c.Words)) }
	// A word that greets and thanks ("pak", "semoga") counts once.
	greet, test, spam, plea, trouble := of("greeting"), of("test"), of("spam"), of("plea"), of("trouble")
	chat := lx.either(c, "greeting", "thanks")
	switch {
	case n == 0 && c.Foreign == 0:
		if c.Links > 0 {
			return Spam, true
		}
		return "", true
	case n == 0:
		return "", false
	case lx.all(c, "greeting", "nod") && of("nod") > 0:
		return Thanks, true
	case lx.all(c, "greeting", "opener", "glue") && of("opener") > 0 && of("opener")+greet > 1:
		return Greeting, true
	case trouble > 0:
		return "", false
	case lx.either(c, "greeting", "test") == n && test > 0:
		return Test, true
	case greet == n:
		return Greeting, true
	case chat == n && kasih > 0:
		return Thanks, true
	case spam >= 2 && spam*6 >= n && plea == 0 || spam > 0 && c.Links > 0 && plea == 0:
		return Spam, true
	case test > 0 && n <= 5 && plea == 0 && of("ask") == 0:
		return Test, true
	case kasih > 0 && n <= 30 && plea == 0 && !c.Question && of("praise") > 0 && of("ask") == 0:
		return Thanks, true
	case kasih > 0 && n <= 8 && plea == 0 && chat >= n-2:
		return Thanks, true
	}
	return "", false
}

// all says that every word stands in one of the lists.
func (lx *Lexicon) all(c *Text, lists ...string) bool {
	var bits uint32
	for _, l := range lists {
		bits |= lx.lists[l]
	}
	for i := range c.Words {
		if w := &c.Words[i]; !w.Number && w.in&bits == 0 {
			return false
		}
	}
	return true
}

// either counts the words that stand in one of two lists.
func (lx *Lexicon) either(c *Text, a, b string) int {
	k, bits := 0, lx.lists[a]|lx.lists[b]
	for i := range c.Words {
		if c.Words[i].in&bits != 0 {
			k++
		}
	}
	return k
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
