package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Sequel is what a few words want that are said of a report after it was filed, apart from a verdict (Judges).
type Sequel int

// The sequels. NoSequel is every other text: more of the matter, an answer to an office, or something new.
const (
	NoSequel    Sequel = iota
	WantsNews          // when, how far, why nothing happens, hurry up
	TakesBack          // the report is not wanted any more
	Hides              // the name, or the whole report, is to be hidden: After.Who
	Moves              // the place was wrong: After.Words are the right one, "" where only that is said
	Scolds             // anger, and nothing else
	Nods               // "ok", "siap pak", "iya": it is taken note of
	GoesOn             // what was taken back is wanted after all
	WantsPerson        // to talk with somebody of the office
	Shows              // what was hidden may be shown after all
)

// After is a sequel with what it says.
type After struct {
	Sequel Sequel
	// Who is "anonim" or "rahasia" with Hides.
	Who string
	// Words are the place with Moves.
	Words string
}

// The words of sequels, beside the lexicon's own.
var (
	newsWords   = ListOf("news")
	aboutWords  = ListOf("about")
	slowWords   = ListOf("slow")
	waitWords   = ListOf("wait")
	spanWords   = ListOf("span")
	muteWords   = ListOf("mute")
	comeWords   = ListOf("come")
	hasteWords  = ListOf("haste")
	whyWords    = ListOf("why")
	vowWords    = ListOf("vow")
	backVerbs   = ListOf("back")
	theReport   = ListOf("the-report")
	backThings  = ListOf("back-things")
	ownName     = ListOf("own-name")
	coverWord   = ListOf("cover")
	tellWord    = ListOf("tell")
	askedOf     = ListOf("asked-of")
	tillWord    = ListOf("till")
	whither     = ListOf("whither")
	fearWord    = ListOf("fear")
	knownWord   = ListOf("known")
	talkWord    = ListOf("talk")
	somebody    = ListOf("somebody")
	englishNews = ListOf("english-news")
	onWords     = ListOf("on")
	angryWords  = ListOf("angry")
	placeWord   = ListOf("place")
	awaited     = ListOf("awaited")
	fineWords   = ListOf("fine")
	useWords    = ListOf("use")
	seriousPut  = ListOf("serious-put")
)

// sequelMost is how many words a sequel may have: who writes more tells a story.
const sequelMost = 24

// After reads what a text wants of a report that is filed. It looks at the words alone: whether they name another matter is for who
// knows the report.
func (lx *Lexicon) After(text string) After {
	if len(text) > 320 {
		return After{}
	}
	return lx.memo.after.of(lx.memo, text, lx.sequel)
}

func (lx *Lexicon) sequel(text string) After {
	ts, mark := lx.tokens(text)
	c := clause(slices.DeleteFunc(ts, func(t token) bool { return t.stop }))
	switch {
	case len(c) == 0 && mark: // "??" is said by who waits
		return After{Sequel: WantsNews}
	case len(c) == 0 || len(c) > sequelMost:
		return After{}
	}
	named := c.any(ownName) || c.has("anonim", "rahasia", "nama")
	if ch, ok := lx.Changes(text); ok && ch.Field == Who && ch.Who != "biasa" && (named || !lx.takesBack(text, c)) {
		return After{Sequel: Hides, Who: ch.Who}
	}
	if c.hides() {
		return After{Sequel: Hides, Who: "anonim"}
	}
	if ch, ok := lx.Changes(text); ok && ch.Field == Who && ch.Who == "biasa" && len(c) <= 12 && (named || c.typed(coverWord)) {
		if c.asksWhether() || c.shown() { // "bisa ga disamarin yang lapor"
			return After{Sequel: Hides, Who: "anonim"}
		}
		return After{Sequel: Shows}
	}
	switch {
	case c.asksDone(mark):
		return After{Sequel: WantsNews}
	case len(c) <= 4 && c.typed(awaited) && (c.any(fineWords) || c.has("ya")):
		return After{Sequel: Nods}
	case (c.typed(theReport) || c.has("laporan")) && c.typed(onWords) && len(c) <= 6 && !c.any(newsWords):
		return After{Sequel: GoesOn}
	case c.typed(talkWord) && c.typed(somebody) && len(c) <= 10 && !c.has("tidak", "belum"):
		return After{Sequel: WantsPerson}
	case lx.takesBack(text, c):
		return After{Sequel: TakesBack}
	case c.hurries(mark):
		return After{Sequel: WantsNews}
	}
	if words, ok := lx.moves(text, c); ok {
		return After{Sequel: Moves, Words: words}
	}
	switch {
	case lx.AsksAfter(text):
		return After{Sequel: WantsNews}
	case c.scolds() && len(c) <= 12, c.has("tidak") && c.typed(useWords) && len(c) <= 6:
		return After{Sequel: Scolds}
	case lx.nods(text):
		return After{Sequel: Nods}
	}
	return After{}
}

// typed reports whether one of the words was typed.
func (c clause) typed(of List) bool { return c.firstTyped(of) >= 0 }

func (c clause) firstTyped(of List) int {
	for i := range c {
		if c[i].typed(of) {
			return i
		}
	}
	return -1
}

// hides reports whether somebody does not want to be known: "bisa ga nama saya disembunyiin", "jangan sampai tetangga tahu saya yang lapor".
func (c clause) hides() bool {
	self := c.any(ownName) || c.typed(theReport) || c.has("saya", "lapor") || slices.ContainsFunc(c, func(t token) bool { return strings.HasPrefix(t.raw, "mengadu") })
	fears := c.typed(fearWord) || c.has("tidak") && c.has("mau")
	if fears && c.known() && len(c) <= 12 {
		return true
	}
	dont := c.has("jangan") || slices.ContainsFunc(c, func(t token) bool {
		return t.raw == "aja" || t.raw == "aje" || t.raw == "ojo" || t.raw == "ulah" || t.raw == "dont"
	})
	switch {
	case c.any(ownName) && c.typed(coverWord):
		return true
	case dont && c.any(ownName) && c.typed(tellWord):
		return true
	}
	return dont && self && c.typed(tellWord) && c.has("jangan") && (c.has("lapor", "nama") || c.any(ownName) || slices.ContainsFunc(c, func(t token) bool {
		return strings.HasPrefix(t.raw, "mengadu") || t.raw == "pelapor" || t.raw == "pelapornya"
	}))
}

// shown reports whether somebody complains that a name is to be read: "kok nama saya muncul di grup?? siapa yg nyebarin" wants it hidden. Who
// asks why it is not to be read wants it shown.
func (c clause) shown() bool {
	if c.typed(coverWord) || c.has("tidak", "belum", "anonim", "rahasia") || c.has("boleh", "iya", "silakan", "gapapa", "saja", "pakai", "biar") {
		return false // "boleh kok sebut nama saya"
	}
	return c.typed(whyWords) || c.has("siapa")
}

// takesBack reports whether a report is taken back: "tarik laporan saya", "ga jadi deh, udah nyala", "gausah dilanjut pak".
func (lx *Lexicon) takesBack(text string, c clause) bool {
	at := c.firstTyped(backVerbs)
	if at < 0 {
		at = slices.IndexFunc(c, func(t token) bool { return t.word == "batal" || t.word == "hapus" })
	}
	if at >= 0 && c.ofReport(at) {
		return !slices.ContainsFunc(c[:at], func(t token) bool {
			return t.word == "jangan" || t.word == "kenapa" || t.word == "siapa" || whyWords[t.raw]
		})
	}
	for i := 0; i+1 < len(c) && i < 4; i++ {
		rest := c[i+2:]
		switch {
		case c[i].word != "tidak":
			continue
		case c[i+1].word == "jadi" && len(rest) > 0 && strings.HasPrefix(rest[0].raw, "di"): // "ga jadi dibenerin?"
			continue
		case c[i+1].word == "jadi", c[i+1].word == "usah" && (len(rest) == 0 || rest.typed(backThings) || rest.typed(theReport)):
			return i == 0 || !lx.Tells(c[0].word)
		}
	}
	m, ok := lx.Read(text).Only()
	return ok && (m == Cancel || m == Needless)
}

// hurries reports whether somebody asks when, or how far it is, or complains that nothing happens.
func (c clause) hurries(mark bool) bool {
	return c.asksWhen(mark) || c.asksHowFar(mark) || c.waits(mark)
}

// asksWhen reports whether a time is asked for.
func (c clause) asksWhen(mark bool) bool {
	switch {
	case c.typed(newsWords), c.has("jam") && c.has("berapa"), c.has("berapa") && (c.typed(slowWords) || c.typed(spanWords)):
		return true
	}
	return c.typed(vowWords) && c.typed(spanWords) && c.has("sudah") || c.typed(vowWords) && (c.has("belum", "tidak", "masih") || mark)
}

// asksHowFar reports whether it is asked how it stands.
func (c clause) asksHowFar(mark bool) bool {
	denied := c.has("belum", "tidak", "masih")
	asks := mark || c.has("belum", "mana", "gimana", "berapa", "apa") || c.typed(whyWords)
	about := c.typed(theReport) || c.has("laporan")
	switch {
	case c.has("sampai") && c.has("mana"), c.typed(tillWord) && c.typed(whither):
		return true
	case c.has("gimana") && (len(c) <= 3 && !mark || mark && len(c) <= 6 || len(c) <= 5 && c.typed(theReport)):
		return true
	case c.has("sudah") && c.has("belum") && (mark || c[len(c)-1].word == "belum" && len(c) <= 6):
		return true
	case c.typed(askedOf) && (about || c.typed(aboutWords) || c.typed(slowWords) || c.has("sudah")), mark && c.typed(englishNews) && c.has("laporan"):
		return true
	case c.typed(aboutWords) && (asks || denied || len(c) <= 4):
		return true
	}
	return (asks || denied) && slices.ContainsFunc(c, func(t token) bool { return strings.Contains(t.raw, "ndaklanjut") })
}

// waits reports whether somebody complains of waiting, or urges.
func (c clause) waits(mark bool) bool {
	denied := c.has("belum", "tidak", "masih")
	span := c.typed(spanWords) && (denied || c.has("sudah", "berapa") || slices.ContainsFunc(c, func(t token) bool { return t.digits }))
	switch {
	case span && (denied || c.slow() || c.typed(waitWords) || c.typed(whyWords) || c.has("loh", "lho", "lo") || len(c) <= 5):
		return true
	case c.slow() && (len(c) <= 6 || c.typed(whyWords) || c.waiting()), c.waiting() && len(c) <= 8:
		return true
	case c.typed(ignored) && len(c) <= 8, c.typed(whyWords) && c.has("belum", "tidak"), denied && c.typed(muteWords) && (c.has("ada", "belum") || len(c) <= 8):
		return true
	case c.has("mana") && (c.typed(comeWords) || c.typed(muteWords)), c.has("belum") && c.typed(comeWords) && (mark || c.has("ada")):
		return true
	}
	return c.hasty() && len(c) <= 9
}

// moves reports whether words say that the place of a report is wrong, and give the right one where they do.
func (lx *Lexicon) moves(text string, c clause) (right string, ok bool) {
	wrong := c.has("salah", "harusnya", "maksudnya", "ralat", "bukan", "pindah")
	ch, change := lx.Changes(text)
	switch {
	case change && ch.Field == Where:
		return ch.Words, true
	case change && ch.Field == Something && ch.Words != "" && (ch.At || ch.Not != "") && (ch.At || c.typed(placeWord)):
		return ch.Words, true
	case wrong && c.typed(seriousPut):
		words, _ := lx.right(lx.pieces(text), "tempat")
		return strings.TrimSpace(words), true
	}
	return "", false
}

// nods reports whether words only take note.
func (lx *Lexicon) nods(text string) bool {
	said := lx.Read(text)
	if said.Asks || said.Long || len(said.Rest) > 0 || said.Number != 0 {
		return false
	}
	if ts, _ := lx.tokens(text); slices.ContainsFunc(ts, func(t token) bool { return t.word == "sudah" || t.word == "belum" }) {
		return false // it says how it stands
	}
	for _, m := range said.Means {
		if m != Yes && m != Good && m != praise {
			return false
		}
	}
	return !said.Empty && bot.Fold(text) != ""
}
