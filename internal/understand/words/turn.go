package words

// Turn is Signs for what somebody says to a report that is filed: short, and said in many ways. Beside the single words and their
// neighbours it tells words that stand one apart, words of the standard tongue beside each other, how a text begins and ends, what
// follows a denial, and cues that others saw in it.
func (c *Text) Turn(lx *Lexicon, cues []string, f func(hash uint32, at int)) {
	c.Signs(lx, f)
	not := lx.book.classes["@not"]
	before, last, denied := -1, -1, 0
	n, clause, begun := 0, 0, 0
	for i := range c.Words {
		w := &c.Words[i]
		if w.Number {
			continue
		}
		n++
		if last >= 0 {
			if a, b := c.Words[last].meaning(), w.meaning(); a != c.Words[last].Form || b != w.Form {
				f(pair(a, b), i)
			}
		}
		if before >= 0 {
			f(tuple('s', c.Words[before].meaning(), w.meaning()), i)
		}
		if denied--; denied >= 0 {
			f(tuple('n', w.meaning(), ""), i)
		}
		if w.entry.is(not) {
			denied = 3
		}
		if n <= 2 {
			f(tuple('0'+byte(n), w.meaning(), ""), i)
		}
		if w.clause != clause { // what is wanted may stand in any clause: each begins and ends like a text of its own
			if clause, begun = w.clause, 0; last >= 0 {
				f(tuple('e', c.Words[last].meaning(), ""), last)
			}
		}
		if begun++; begun <= 2 && n > 2 {
			f(tuple('0'+byte(begun), w.meaning(), ""), i)
		}
		before, last = last, i
	}
	if last >= 0 {
		f(tuple('e', c.Words[last].meaning(), ""), last)
	}
	if before >= 0 {
		f(tuple('f', c.Words[before].meaning(), ""), before)
	}
	c.meanings(lx, f)
	for _, cue := range cues {
		f(tuple('q', cue, ""), -1)
	}
}

// tuple is the hash of one or two words in a role.
func tuple(role byte, a, b string) uint32 {
	h := addString(add(add(add(offset, ofAbout), '~'), role), a)
	return fold32(addString(add(h, '_'), b))
}
