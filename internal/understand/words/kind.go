package words

import "rabeg/internal/report"

// Kind reads the kind from the words of wishing and asking.
func (lx *Lexicon) Kind(c *Text) report.Kind {
	var wish, ask int
	for i := range c.Words {
		if lx.has("wish", c.Words[i].Form) {
			wish++
		}
		if lx.has("ask", c.Words[i].Form) {
			ask++
		}
	}
	switch {
	case wish > 0:
		return report.Wish
	case ask > 0 && (c.Question || ask > 1):
		return report.Question
	}
	return report.Complaint
}
