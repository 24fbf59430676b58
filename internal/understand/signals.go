package understand

import (
	"slices"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

// The categories that harm and misconduct lead to, and how sure they are: words alone decided, and no other office may
// come before.
const (
	integrity = profile.Integrity
	violence  = profile.Violence
	outside   = "luar_kewenangan"
	certain   = 0.91
	// shortWish: a wish for a person in so few words tells no matter.
	shortWish = 12
)

// The machines of the third table, in its order.
const (
	signSelf = iota
	signAbuse
	signMisconduct
	signHuman
	signals
)

// The probabilities from which they speak where no phrase does.
const (
	selfCut, abuseCut, humanCut = 0.6, 0.5, 0.6
	unnamedCut                  = 0.95 // for these three where no word names what they are about
	// misconductCut is for texts that name an office, its people or money; clearedCut for those in which a phrase speaks for
	// somebody without an office, and for texts that name nothing of it. A phrase needs the model too: plainCut, a weak one hintCut.
	misconductCut, clearedCut, plainCut, hintCut = 0.5, 0.85, 0.3, 0.4
	// allTamedCut: from here the model's word makes an emergency although every phrase of danger is feared or past.
	allTamedCut = 0.95
	// longestSign: a longer text says so many things that the words alone mislead.
	longestSign = 40
)

// Read implements Reader.
func (m *Model) Read(text string) Reading {
	c := m.lx.Read(text)
	out := m.readMatter(c)
	s := m.lx.Signals(&c)
	switch brink := m.lx.Brink(&c); {
	case brink && (!s.SelfHarm || s.Other): // somebody else's life: a rescue, and no letter to who is sad
		s = words.Signals{}
		out.Emergency, out.NoReport, out.Small = true, false, ""
		signal(m.lx, &c, s, &out)
		if out.Danger = Longing; m.lx.Swallowed(&c) {
			out.Danger = "medis"
		}
		m.lead(&out)
		return out
	case !s.SelfHarm:
		m.sense(&c, &s)
	}
	signal(m.lx, &c, s, &out)
	if !out.Emergency && out.Harm == NoHarm && !out.Misconduct && m.lx.Gone(&c) {
		only(&out, outside, "maling yang sudah pergi → polisi")
		out.NoReport, out.Small = false, ""
	}
	if out.Danger != "" && out.Harm == NoHarm && !out.Misconduct {
		m.lead(&out)
	}
	return out
}

// calm is the probability from which the model alone may raise an alarm where the words speak against one: an answer to the
// bot, mere haste, what is over, a figure of speech, phrases of danger that are all feared or past.
func (m *Model) calm(c *words.Text) (cut float64, ok bool) {
	switch {
	case m.lx.Urging(c), m.lx.Answering(c), c.Over(), m.lx.Gone(c):
		return 2, true
	case c.Lucky() && c.Tamed():
		return 2, true
	case c.Figured():
		return tamedCut, true
	case c.Tamed():
		return allTamedCut, true
	}
	return 0, false
}

// sense lets the model speak where no phrase stands in the text.
func (m *Model) sense(c *words.Text, s *words.Signals) {
	if len(c.Words) > longestSign || len(c.Words) < 2 {
		return
	}
	noSelf, noAbuse, noHuman := m.lx.Barred(c)
	self, abuse, human := m.lx.Names(c)
	cut := func(named bool, cut float64) float64 {
		if named {
			return cut
		}
		return unnamedCut
	}
	d, ok := m.signs.Get().(*linear.Scratch)
	if !ok {
		d = linear.NewScratch(len(m.third.IDF))
	}
	defer m.signs.Put(d)
	d.Begin()
	c.Signs(m.lx, func(h uint32, _ int) { d.Add(h) })
	d.End(m.third.IDF)
	var scores [signals]float32
	m.third.Scores(d, scores[:])
	says := func(k int, cut float64, bar bool) bool { return !bar && m.third.Sigmoid(k, scores[k]) >= cut }
	if _, _, danger := m.lx.Emergency(c); !danger && says(signSelf, cut(self, selfCut), noSelf) {
		*s = words.Signals{SelfHarm: true}
		return
	}
	s.Abuse = s.Abuse || says(signAbuse, cut(abuse, abuseCut), noAbuse)
	charge := m.chargeFrom(c)
	switch {
	case s.Hinted:
		charge = min(charge, hintCut)
	case s.Misconduct:
		charge = plainCut
	}
	s.Misconduct = says(signMisconduct, charge, false)
	s.Human = s.Human || says(signHuman, cut(human, humanCut), noHuman)
}

// chargeFrom is the probability from which the model's word alone accuses somebody.
func (m *Model) chargeFrom(c *words.Text) float64 {
	named, cleared := m.lx.Accused(c)
	switch {
	case !slices.ContainsFunc(c.Words, func(w words.Word) bool { return !w.Weak }):
		return 2 // nothing is told: insults, greetings, addresses
	case !named || cleared:
		return clearedCut
	}
	return misconductCut
}

// signal adds what a text says beside its matter: which danger, harm, misconduct, the wish for a person. Whoever thinks
// of ending his or her life gets no form: that outranks everything, and leads to no office.
func signal(lx *words.Lexicon, c *words.Text, s words.Signals, out *Reading) {
	if out.Emergency {
		group, by, _ := lx.Emergency(c)
		out.Danger = kindOf(group, by)
	}
	out.Unfiled = s.Held
	switch {
	case s.SelfHarm:
		*out = Reading{Kind: report.Complaint, Harm: SelfHarm, OfOther: s.Other, Emergency: s.Acting, Places: out.Places, Lang: out.Lang}
		if s.Acting {
			out.Danger = "medis"
		}
		return
	case s.Abuse:
		out.NoReport, out.Small, out.Harm = false, "", Abuse
		calm := s.Away || s.Held && out.Danger != "jahat"
		if out.Emergency = !calm && (s.Acting || out.Danger != ""); out.Emergency && out.Danger == "" {
			out.Danger = "rumah"
		}
		if calm && (out.Danger == "rumah" || out.Danger == "jahat") {
			out.Danger = ""
		}
		only(out, violence, because(s.By)+" → kekerasan")
	}
	if s.Misconduct && out.Danger == "" && (s.By != "" || !out.Emergency || lx.Office(c)) {
		out.Emergency = false // the model's word alone: "petugas damkar minta uang"
		out.NoReport, out.Small, out.Misconduct = false, "", true
		only(out, integrity, because(s.By)+" → perilaku aparat, bukan ke kantornya sendiri")
	}
	if s.Human && out.Danger == "" {
		out.Human = true
		out.Emergency = out.Emergency && lx.Perilous(c) // the model's word alone: who wants to talk wants to talk
		if len(c.Words) <= shortWish && out.Harm == NoHarm && !out.Misconduct && lx.Count(c, "trouble", len(c.Words)) == 0 {
			out.NoReport, out.Small, out.Guesses, out.All = true, "", nil, nil
		}
	}
}

// because names what decided: the words of a phrase, or the model's word alone.
func because(by string) string {
	if by == "" {
		return "kalimatnya"
	}
	return "kata '" + by + "'"
}

// only makes a category the single guess.
func only(out *Reading, category, why string) {
	g := []report.Guess{{Category: category, P: certain}}
	out.Guesses, out.All = g, slices.Clone(g)
	out.Why = []string{why}
}

// accused is Offices for misconduct: whoever looks into what those people do whom the text accuses, and nobody else, whatever offices it
// names.
func accused(p *profile.Profile, r Reading, text, district string) []AgencyP {
	code, _ := p.Office(integrity, text, district)
	if code == "" {
		return nil
	}
	return []AgencyP{{Code: code, P: r.Guesses[0].P}}
}
