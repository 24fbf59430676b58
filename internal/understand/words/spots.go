package words

// lastSpot is how many words a landmark may have: "depan kantor kelurahan".
const lastSpot = 4

// aside marks as weak what stands in a text and is not its matter: landmarks after words like "depan", and insults. They
// stay what they are where nothing else is said.
func (lx *Lexicon) aside(c *Text) {
	w := c.Words
	var spots, insults [maxWords + 8]bool
	cue, spot, insult, swear, blamed := lx.lists["cue"], lx.lists["spot"], lx.lists["insult"], lx.lists["swear"], lx.lists["blamed"]
	found := false
	for i := range min(len(w), len(spots)) {
		switch {
		case w[i].in&cue != 0:
			from := i + 1
			for from < len(w) && from <= i+2 && w[from].in&spot == 0 && lx.Filler(&w[from]) {
				from++ // "depan dari rumah", "near the school"
			}
			for j := from; j < len(w) && j < from+lastSpot && j < len(spots) && w[j].in&spot != 0; j++ {
				spots[j], found = true, true
			}
		case w[i].in&insult != 0, w[i].in&swear != 0 && lx.scolds(w, i, insult|blamed):
			insults[i], found = true, true
		}
	}
	if !found {
		return
	}
	left, scolded, thrown := 0, false, true
	for i := range min(len(w), len(spots)) {
		if insults[i] {
			scolded = true
			w[i].Weak = true
		}
		if w[i].Weak || w[i].Number || w[i].in&cue != 0 || lx.Filler(&w[i]) {
			continue
		}
		if !spots[i] {
			left++
		}
		thrown = thrown && w[i].in&blamed != 0
	}
	for i := range min(len(w), len(spots)) {
		if spots[i] && left > 0 || scolded && thrown {
			w[i].Weak = true
		}
	}
}

// Beside says that the word at a place only tells where something is: "depan dermaga", "near the jetty".
func (lx *Lexicon) Beside(c *Text, at int) bool {
	cue := lx.lists["cue"]
	for i := at - 1; i >= 0 && i >= at-3; i-- {
		if c.Words[i].in&cue != 0 {
			return true
		}
		if !lx.Filler(&c.Words[i]) {
			return false
		}
	}
	return false
}

// scolds says that the animal at i is thrown at somebody and no animal.
func (lx *Lexicon) scolds(w []Word, i int, by uint32) bool {
	for j := max(0, i-1); j <= i+1 && j < len(w); j++ {
		if j != i && w[j].in&by != 0 {
			return true
		}
	}
	return false
}
