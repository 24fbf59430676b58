package words

import "rabeg/internal/report"

// Kind reads the kind from the words of wishing and asking.
func (lx *Lexicon) Kind(c *Text) report.Kind {
	wish, ask := lx.Count(c, "wish", len(c.Words)), lx.Count(c, "ask", len(c.Words))
	switch {
	case wish > 0:
		return report.Wish
	case ask > 0 && (c.Question || ask > 1):
		return report.Question
	}
	return report.Complaint
}
