package understand

// The small talks of Reading.Small.
const (
	Greeting = "greeting"
	Thanks   = "thanks"
	Test     = "test"
	Spam     = "spam"
)

// smallTalk says by rules that a text is no report, and what it is instead ("" when it is nothing that has a name). It
// answers only where it is certain; the model answers for the rest.
func (lx *lexicon) smallTalk(c *cleaned) (small string, ok bool) {
	var n, greet, thank, test, spam, plea, trouble, kasih int
	for i := range c.words {
		w := &c.words[i]
		if w.number {
			continue
		}
		n++
		switch {
		case lx.has("greeting", w.form):
			greet++
		case lx.has("thanks", w.form):
			thank++
		}
		if w.form == "kasih" || w.form == "makasih" || w.form == "alhamdulillah" || w.form == "syukron" {
			kasih++
		}
		if lx.has("test", w.form) {
			test++
		}
		if lx.has("spam", w.form) {
			spam++
		}
		if lx.has("plea", w.form) {
			plea++
		}
		if lx.has("trouble", w.form) {
			trouble++
		}
	}
	switch {
	case n == 0 && c.foreign == 0:
		if c.links > 0 {
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
	case spam >= 2 && spam*6 >= n && plea == 0 || spam > 0 && c.links > 0 && plea == 0:
		return Spam, true
	case test > 0 && n <= 5 && plea == 0:
		return Test, true
	case kasih > 0 && n <= 8 && plea == 0 && thank+greet >= n-2:
		return Thanks, true
	}
	return "", false
}
