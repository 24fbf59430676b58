package answer

import (
	"slices"
	"strings"
)

// Words by which people urge, scold, fear and judge are words of things as well: "lampu model lama", "orang buta", "nunggu angkot", "lampunya
// hilang dicuri". What stands beside them tells which.

var (
	agedWords, swiftWords, riddenWords = ListOf("aged"), ListOf("swift"), ListOf("ridden")
	closedWords, asToldWords           = ListOf("closed"), ListOf("as-told")
	othersHarmed, stolenWords          = ListOf("others-harmed"), ListOf("stolen")
	doneAway, byOthers, worseWords     = ListOf("done-away"), ListOf("by-others"), ListOf("worse")
	foulToo                            = ListOf("foul-too")
	// knownVague are what also happens to holes and houses, knownBy who does it to people, knownAside what may stand between that and the fear.
	knownVague, knownBy, knownAside = ListOf("known-vague"), ListOf("known-by"), ListOf("known-aside")
)

// slow reports whether something takes long; what is old does not.
func (c clause) slow() bool {
	return slices.ContainsFunc(c.all(slowWords), func(i int) bool { return i == 0 || !c[i-1].typed(agedWords) })
}

// waiting reports whether somebody waits for an officer; who waits for a bus does not.
func (c clause) waiting() bool {
	return slices.ContainsFunc(c.all(waitWords), func(i int) bool { return i+1 == len(c) || !c[i+1].typed(riddenWords) })
}

// hasty reports whether somebody urges; what moves fast does not.
func (c clause) hasty() bool {
	return slices.ContainsFunc(c.all(hasteWords), func(i int) bool { return i == 0 || !c[i-1].typed(swiftWords) })
}

// scolds reports whether an insult is said. Of words that are none alone it takes two.
func (c clause) scolds() bool {
	all := c.all(angryWords)
	return len(all) > 1 || len(all) == 1 && !c[all[0]].typed(foulToo)
}

// known reports whether somebody may come to be known, and not somebody else who is named right before it.
func (c clause) known() bool {
	return slices.ContainsFunc(c.all(knownWord), func(i int) bool {
		if c[i].typed(knownVague) {
			return c.feared(i)
		}
		for i > 0 && (c[i-1].raw == "itu" || c[i-1].raw == "ini") {
			i--
		}
		return i == 0 || !c[i-1].typed(othersHarmed)
	})
}

// feared reports whether the word at i is what the writer fears to befall himself or herself for reporting: "takut didatengin preman", "wedi saya
// ditandai". Holes are marked too, and snakes come to houses.
func (c clause) feared(i int) bool {
	const near = 4
	at := i - 1
	for at >= 0 && at > i-near && !c[at].typed(fearWord) {
		at--
	}
	if at < 0 || !c[at].typed(fearWord) {
		return false
	}
	self := false
	for _, t := range c[at+1 : i] {
		switch {
		case isMe(t.raw):
			self = true
		case !knownAside[t.raw] && !t.typed(theReport) && t.word != "lapor": // "takut kucing saya dicariin"
			return false
		}
	}
	return self || c.typed(theReport) || c.has("lapor") || i+1 == len(c) || c[i+1].typed(knownBy)
}

// MarksOnly reports whether what might make somebody known befalls something else in a text, and nothing in it speaks of a name or of who
// reports: "lubangnya tolong ditandai, takut ada yang jatuh".
func (lx *Lexicon) MarksOnly(text string) bool {
	ts, _ := lx.tokens(text)
	c := clause(slices.DeleteFunc(ts, func(t token) bool { return t.stop }))
	all := c.all(knownWord)
	return len(all) > 0 && !c.known() && !slices.ContainsFunc(all, func(i int) bool { return !c[i].typed(knownVague) }) &&
		!c.any(ownName) && !c.typed(theReport) && !c.typed(coverWord) && !c.typed(tellWord) && !c.has("lapor", "anonim", "rahasia", "sembunyi")
}

// ofReport reports whether the verb at a place is done to a report: what is closed may be a hole, "as reported".
func (c clause) ofReport(at int) bool {
	report := slices.IndexFunc(c, func(t token) bool { return t.typed(theReport) || t.word == "laporan" })
	if report < 0 {
		return false
	}
	if !c[at].typed(closedWords) {
		return true
	}
	const near = 2
	return max(report-at, at-report) <= near && (report == 0 || !c[report-1].typed(asToldWords))
}

// all are the places of the words of a list that were typed.
func (c clause) all(of List) (at []int) {
	for i := range c {
		if c[i].typed(of) {
			at = append(at, i)
		}
	}
	return at
}

// doneByOthers reports whether what sounds mended was stolen, or done by somebody else, or to the place: "jalannya ditutup warga".
func (c clause) doneByOthers() bool {
	if c.any(stolenWords) {
		return true
	}
	return slices.ContainsFunc(c.all(doneAway), func(i int) bool { return i+1 < len(c) && c[i+1].typed(byOthers) })
}

// mocksPraise reports whether praise is taken back in the same breath: "bagus ya kerjanya, makin gelap".
func (c clause) mocksPraise() bool {
	return slices.ContainsFunc(c.all(worseWords), func(i int) bool {
		return slices.ContainsFunc(c[i+1:], func(t token) bool { return brokenWords[t.raw] || brokenWords[strings.TrimSuffix(t.raw, "nya")] })
	})
}
