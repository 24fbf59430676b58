package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// The word lists know what is exact. What was learnt of how officers talk is weighed beside them: the worst is that a citizen reads what
// colleagues say to each other, the next that something is done that nobody meant, the least that an answer is asked about once more. So
// what was learnt holds words back, offers a verb and does none, and lets an answer go only where it is sure.

const (
	// sendsFrom is from which probability of an answer words are sent that the lists take for one, and spokenFrom where they speak to the
	// citizen in so many words ("mohon maaf").
	sendsFrom, spokenFrom = 0.3, 0.1
	// freesFrom is from which one words are sent that the lists would ask about, freesLong where they are longWords or more, for what
	// colleagues call to each other is short, and freesAmong where a word in them is one that colleagues use.
	freesFrom, freesLong, longWords, freesAmong = 0.8, 0.6, 6, 0.9
	// offersFrom is from which probability a verb is offered.
	offersFrom = 0.5
	// against is from which probability what was learnt speaks against a verb that the lists see, where it has at most rarely.
	against, rarely = 0.8, 0.1
)

// gistVerbs are the verbs that words may mean, by their gist.
var gistVerbs = []struct {
	gist understand.Gist
	verb Verb
}{
	{understand.GistTake, Take}, {understand.GistForward, Forward}, {understand.GistResolve, Resolve}, {understand.GistReject, Reject}, {understand.GistAsk, Ask}, {understand.GistNotOurs, NotOurs},
	{understand.GistPlan, Plan}, {understand.GistMerge, Merge}, {understand.GistIdentify, Identity}, {understand.GistNote, Note},
}

func verbOf(g understand.Gist) Verb {
	for _, v := range gistVerbs {
		if v.gist == g {
			return v.verb
		}
	}
	return Silent
}

func gistOf(verb Verb) understand.Gist {
	for _, v := range gistVerbs {
		if v.verb == verb {
			return v.gist
		}
	}
	return understand.NoGist
}

// parser reads words of this desk that reply to nothing.
func (h *handling) parser() parser {
	listener, _ := h.Hears.(understand.Listener)
	return parser{profile: h.office.Profile, lexicon: h.Answers, listener: listener, verbs: h.verbs}
}

// replies reads words in reply to what the event replies to.
func (h *handling) replies() parser {
	p := h.parser()
	p.target = h.to
	return p
}

// gists is what was learnt of words like these; nothing where nobody listens.
func (p parser) gists(words string) understand.Gists {
	if p.listener == nil || words == "" {
		return nil
	}
	return p.listener.Gists(p.lexicon, words)
}

// amongPeople reports whether words are plainly said to colleagues, by the lists or by what was learnt.
func (p parser) amongPeople(words string) bool {
	return amongColleagues(words) || p.gists(words).P(understand.GistTalk, understand.GistNote) >= against
}

// weigh is what words mean, where said is what the lists make of them.
func (p parser) weigh(c, said Command) Command {
	if said.Verb == Silent && provesEnd(c) {
		c.Verb, c.For, c.Guessed = Unsure, Resolve, true
		return c
	}
	g := p.gists(c.Words)
	if len(g) == 0 || said.Then != nil {
		return said
	}
	switch {
	case said.Verb == Silent:
		return p.doubted(c, g)
	case said.Verb == Unsure && said.For == "" && said.Words == c.Words:
		return p.cleared(c, said, g)
	case gistOf(said.Verb) != understand.NoGist:
		return p.checked(c, said, g)
	}
	return said
}

// toSuperior reports whether words speak to somebody by a title that only those of an office have: "baik pak kadis kami laksanakan". Who is
// spoken of ("sudah kami sampaikan ke pak kadis") is not spoken to.
func toSuperior(text string) bool {
	words := strings.Fields(bot.Fold(text))
	for i := 1; i < len(words); i++ {
		switch words[i] {
		case "kabid", "kadis", "kasi", "kasie", "kasubag", "kasubbag", "kabag", "sekdis", "sekban", "kaban", "danru", "korlap", "kadin":
		default:
			continue
		}
		switch words[i-1] {
		case "pak", "pa", "bu", "ibu", "bapak", "bpk":
			if i == 1 || !slices.Contains([]string{"ke", "kepada", "kpd", "dengan", "dgn", "sama", "oleh", "dari", "bersama", "ka", "ning", "ti", "jeung", "karo"}, words[i-2]) {
				return true
			}
		}
	}
	return false
}

// doubted holds back what the lists take for an answer and does not sound like one.
func (p parser) doubted(c Command, g understand.Gists) Command {
	from := sendsFrom
	switch {
	case toSuperior(c.Words):
		c.Verb = Unsure
		return c
	case c.media(): // a picture tells something by itself
		if g.P(understand.GistTalk, understand.GistNote) < against {
			return Command{}
		}
	case toCitizen(c.Words), visits(c.Words):
		from = spokenFrom
	}
	if g.P(understand.GistAnswer) >= from {
		return Command{}
	}
	return p.guessed(c, g)
}

// cleared makes more of what the lists would only ask about: an answer that plainly is one, or the verb that is meant.
func (p parser) cleared(c, said Command, g understand.Gists) Command {
	opened, _ := p.verbs.opens(c.Words)
	room := withheld(c.Words) || noted(c.Words) || tellsColleague(c.Words) || begsWork(c.Words) || onlyGreets(c.Words) || toSuperior(c.Words)
	switch {
	case room || opened != Silent || c.media():
		return said
	case frees(c.Words, g) && !nodding(p.lexicon, c.Words):
		return Command{}
	case asksCitizen(c.Words) && g.P(understand.GistAsk, understand.GistTalk, understand.GistNod, understand.GistAnswer) >= 1-offersFrom: // it is offered as a question
		return said
	}
	return p.guessed(c, g)
}

// frees reports whether words are an answer for certain.
func frees(words string, g understand.Gists) bool {
	p := g.P(understand.GistAnswer)
	if amongColleagues(words) {
		return p >= freesAmong
	}
	return p >= freesFrom || p >= freesLong && len(strings.Fields(words)) >= longWords
}

// checked looks at a verb that the lists see in words which sound like something else altogether.
func (p parser) checked(c, said Command, g understand.Gists) Command {
	first, most := g.First()
	if most < against || g.P(gistOf(said.Verb)) > rarely || c.media() {
		return said
	}
	opened, _ := p.verbs.opens(c.Words)
	named := opened == said.Verb // its word stands in front
	switch {
	case named && (said.Bare && said.Said == "" || first != understand.GistAnswer && !reads(said.Verb)):
	case named && first == understand.GistAnswer:
		return p.offered(c, said.Verb)
	case said.For == Plan: // it is asked, and may be sent as the answer that it sounds like
	case first == understand.GistAnswer:
		return Command{}
	case said.For == "" && (first == understand.GistTalk || first == understand.GistNod):
		c.Verb = Unsure
		return c
	}
	return said
}

// guessed asks about words which are no answer, with the verb that they most likely mean, if any.
func (p parser) guessed(c Command, g understand.Gists) Command {
	for _, x := range g {
		if x.Gist == understand.GistAnswer {
			continue
		}
		if verb := verbOf(x.Gist); verb != Silent && x.P >= offersFrom && !c.media() {
			return p.offered(c, verb)
		}
		break
	}
	c.Verb = Unsure
	return c
}

// offered asks whether a verb is meant.
func (p parser) offered(c Command, verb Verb) Command {
	if verb == Plan && dated(c.Words) {
		return hinted(p.profile, c, Plan)
	}
	c.Verb, c.For, c.Guessed = Unsure, verb, true
	if verb == Forward {
		c.Arg = p.officeIn(c.Words)
	}
	return c
}

// officeIn is the first office that words name, wherever it stands.
func (p parser) officeIn(words string) string {
	fields := strings.Fields(words)
	for i := range fields {
		rest := strings.Join(fields[i:], " ")
		if codes, _ := FindOffice(p.profile, rest); len(codes) == 1 && codes[0] != "" {
			return rest
		}
	}
	return ""
}

// offers asks whether the verb is meant that words most likely are. Where it cannot be done now, it is only asked what they are.
func (h *handling) offers(c Command, r report.Report) (asked bool) {
	v := h.verbs.row(c.For)
	if h.holds(r) || v.on != nil && !v.on(r) || v.identity && !needsIdentity(h.office.Profile, r) {
		return false
	}
	k := kept{Words: c.Words, Photos: c.Photos, For: c.For, Guessed: true, Rev: r.Rev, Alone: !c.media() && h.nameOnly(c.For, r)}
	whom := "kantor lain"
	if codes, _ := FindOffice(h.office.Profile, c.Arg); c.For == Forward && c.Arg != "" && len(codes) == 1 && codes[0] != "" {
		if codes[0] == r.Agency { // "ini dishub deh", said in its own room
			return false
		}
		k.Arg, whom = codes[0], h.office.OfficeName(codes[0])
	}
	h.confirm(r, k, fmt.Sprintf("Belum saya kirim ke warga: %s.\n%s", k.shown(h.secret(r)), k.question(r.Code, whom)))
	return true
}

// question asks whether a verb is meant, and tells who reads the words then.
func (k kept) question(code report.Code, whom string) string {
	done := "Nyatakan %s selesai? Kata-kata itu ikut dibaca warga."
	if len(k.Photos) > 0 {
		done = "Nyatakan %s selesai? Foto dan kata-kata itu dibaca warga."
	}
	if k.Alone {
		done = "Nyatakan %s selesai? Fotonya diminta sesudah ini."
	}
	ask := map[Verb]string{
		Take:     "Ambil %s?",
		Forward:  "Teruskan %s ke " + whom + "?",
		Resolve:  done,
		Reject:   "Tolak %s? Alasannya ditanyakan sesudah ini.",
		Ask:      "Tanyakan itu ke pelapor %s?",
		NotOurs:  "Kembalikan %s ke koordinator dengan kata-kata itu?",
		Plan:     "Rencanakan %s? Kata-kata itu alasannya, dibaca warga.",
		Merge:    "Gabungkan %s dengan laporan lain?",
		Identity: "Lihat identitas pelapor %s?",
		Note:     "Simpan sebagai catatan %s untuk rekan?",
	}[k.For]
	if k.Alone && k.Words != "" {
		ask += " Kata-kata itu tidak ikut dikirim atau dicatat."
	}
	return fmt.Sprintf(ask, code)
}

// nameOnly reports whether words that were guessed to mean a verb do not go with it. What a photo must show is told under the photo.
func (h *handling) nameOnly(verb Verb, r report.Report) bool {
	switch verb {
	case Take, Forward, Reject, Merge, Identity:
		return true
	case Resolve:
		c, _ := h.office.Profile.Category(r.Category)
		return c.Physical
	}
	return false
}

// talks reports whether doubt about words is that they are said to colleagues.
func (h *handling) talks(words string) bool {
	first, _ := h.parser().gists(words).First()
	return first == understand.GistTalk || first == understand.GistNote || amongColleagues(words) || aside(h.Answers, words) || forColleague(words)
}
