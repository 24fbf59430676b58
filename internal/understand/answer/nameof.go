package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// The words for somebody else: kin who need a "saya" behind them, since whoever writes may be called so, and others.
var (
	kinWords    = ListOf("kin")
	othersWords = ListOf("somebody-else")
	ofSomebody  = ListOf("of-somebody") // what tells who it is
)

// NamesOther reports whether words speak of the name of somebody else ("nama kakek saya jangan ditulis"), not of the writer's own.
func (*Lexicon) NamesOther(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	for i, w := range ws {
		if !ofSomebody[w] {
			continue
		}
		rest := ws[i+1:]
		for len(rest) > 0 && slices.Contains([]string{"si", "dari", "sama", "milik", "punya", "lengkap", "hp", "of", "my"}, rest[0]) {
			rest = rest[1:]
		}
		switch {
		case len(rest) == 0:
		case othersWords[rest[0]]:
			return true
		case kinWords[rest[0]] && len(rest) > 1 && slices.Contains([]string{"saya", "aku", "gue", "gw", "kami", "kita", "sy", "ane", "abdi", "kula", "isun"}, rest[1]):
			return true
		case kinWords[strings.TrimSuffix(rest[0], "ku")] && strings.HasSuffix(rest[0], "ku"), kinWords[strings.TrimSuffix(rest[0], "nya")] && strings.HasSuffix(rest[0], "nya"):
			return true
		}
	}
	return false
}

// The words that announce a photo that comes at once, and what may stand beside them.
var photoNow, photoNowBeside = ListOf("photo-now"), ListOf("photo-now-beside")

// PhotoNow reports whether a few words only say that a photo comes: "ini gw foto", "nih fotonya".
func (lx *Lexicon) PhotoNow(text string) bool {
	const most = 6
	said := strings.Fields(bot.Fold(text))
	return len(said) <= most && photoNow.Any(said) && !strings.Contains(text, "?") &&
		!slices.ContainsFunc(said, func(w string) bool { return !photoNow[w] && !photoNowBeside[w] })
}

// The words by which something comes later, and what may stand beside them; and the hours of a day.
var comesLater, besideLater, dayHours, aroundHours = ListOf("later"), ListOf("later-beside"), ListOf("day-hours"), ListOf("around-hours")

// PhotoOnlyLater reports whether words say that a photo comes later, and hold nothing else: "potona engke nya", "blm sempet foto, sore ya".
func (lx *Lexicon) PhotoOnlyLater(text string) bool {
	said := strings.Fields(bot.Fold(text))
	if strings.Contains(text, "?") || !photoNow.Any(said) || !comesLater.Any(said) && !dayHours.Any(said) {
		return false
	}
	return !slices.ContainsFunc(said, func(w string) bool {
		return !photoNow[w] && !photoNowBeside[w] && !comesLater[w] && !besideLater[w] && !dayHours[w] && !aroundHours[w] && !vocative[w]
	})
}

// PhotoLater reports whether a few words say that a photo will come: "fotonya nyusul besok ya". tells says that they tell something besides,
// which is for who reads the report: "dekat warung bu imah, fotonya nyusul".
func (lx *Lexicon) PhotoLater(text string) (tells, ok bool) {
	ts, mark := lx.tokens(text)
	c := clause(ts)
	const most = 9
	ok = !mark && len(c) <= most && c.has("foto") && !c.has("tidak", "belum", "sudah") &&
		c.raws("nyusul", "menyusul", "nyusulin", "susulin", "susul", "besok", "bsk", "nanti", "ntar", "nti", "sebentar", "bentar", "later", "tomorrow", "isuk", "engke", "mengko")
	return ok && slices.ContainsFunc(ts, func(t token) bool {
		return !t.stop && !photoNow[t.raw] && !comesLater[t.raw] && !besideLater[t.raw] && !dayHours[t.raw] && !aroundHours[t.raw] && lx.Tells(t.raw)
	}), ok
}
