package understand

import "rabeg/internal/report"

// kindByRule reads the kind from the words of wishing and asking.
func (lx *lexicon) kindByRule(c *cleaned) report.Kind {
	var wish, ask int
	for i := range c.words {
		if lx.has("wish", c.words[i].form) {
			wish++
		}
		if lx.has("ask", c.words[i].form) {
			ask++
		}
	}
	switch {
	case wish > 0:
		return report.Wish
	case ask > 0 && (c.question || ask > 1):
		return report.Question
	}
	return report.Complaint
}
