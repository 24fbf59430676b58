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
	if !c.has("argued") && !c.has("bound") && !c.has(unheard) || c.has("dues") {
		return
	}
	w := c.Words
	var out, gone [maxWords + 8]bool
	spot := lx.book.classes["@spot"]
	for _, m := range c.marks {
		if m.group != "argued" && m.group != "bound" && m.group != unheard {
			continue
		}
		for i := m.first; i <= m.last && i < len(out); i++ {
			if m.group != "bound" || w[i].entry.is(spot) {
				out[i] = true
			}
			gone[i] = gone[i] || m.group == unheard
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
			w[i].Weak, w[i].argued = true, !gone[i]
			c.Argued = c.Argued || !gone[i]
		}
	}
}

// unheard is the group of the phrases that tell that nobody answered what was reported.
const unheard = "unheard"

// Unheard reports whether a text tells that, and nothing else.
func (lx *Lexicon) Unheard(c *Text) bool {
	var told [maxWords + 8]bool
	for _, m := range c.marks {
		for i := m.first; m.group == unheard && i <= m.last && i < len(told); i++ {
			told[i] = true
		}
	}
	left := 0
	for i := range min(len(c.Words), len(told)) {
		if w := &c.Words[i]; !told[i] && !w.Weak && !w.Number && !lx.Filler(w) {
			left++
		}
	}
	return left < 2 && c.has(unheard)
}
