package words

// told finds the phrases that stand in a text, and what they do to it.
func (lx *Lexicon) told(c *Text) {
	lx.book.marksIn(c)
	lx.alarmsIn(c)
	lx.argued(c)
}

// argued takes what is only an argument out of the matter of a text: that taxes are paid, who suffers, what is near (argued.txt).
// It stays what it is where nothing else is told.
func (lx *Lexicon) argued(c *Text) {
	if !c.has("argued") && !c.has("bound") || c.has("dues") {
		return
	}
	w := c.Words
	var out [maxWords + 8]bool
	spot := lx.book.classes["@spot"]
	for _, m := range c.marks {
		if m.group != "argued" && m.group != "bound" {
			continue
		}
		for i := m.first; i <= m.last && i < len(out); i++ {
			if m.group == "argued" || w[i].entry.is(spot) {
				out[i] = true
			}
		}
	}
	trouble, left, ill := lx.lists["trouble"], 0, false
	for i := range min(len(w), len(out)) {
		if out[i] || w[i].Weak || w[i].Number {
			continue
		}
		ill = ill || w[i].in&trouble != 0
		if !lx.Filler(&w[i]) {
			left++
		}
	}
	if left < 2 && (left == 0 || !ill) {
		return
	}
	for i := range min(len(w), len(out)) {
		if out[i] && !w[i].Weak {
			w[i].Weak, w[i].argued, c.Argued = true, true, true
		}
	}
}
