package meant

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// What somebody says who does not want to wait until the day of a plan. Who asks when, or how far it is, opposes nothing.

var (
	tooLong  = set("kelamaan kesuwen kesuen kalamian lamanya lama lami lila suwe suwi lawas ngaret molor lelet lambat long")
	waiting  = set("nunggu tunggu menunggu nungguin ditunggu ngenteni ngantosan nungguan nunggunya wait waiting nanti entar")
	refusing = set("ogah emoh embung moal males malas masa masak masya mosok kok koq ko naha knp kenapa mengapa why cannot cant refuse keburu")
	denying  = set("tidak tdk gak ga gk nggak ngga engga enggak ora teu ndak not dont jangan jgn ojo ulah")
	willing  = set("mau terima setuju sanggup bisa sabar kuat ikhlas kersa purun gelem accept agree")
	spans    = set("tahun taun bulan depan desember januari februari maret april mei juni juli agustus september oktober november year month week")
	against  = set("keberatan protes tolak menolak komplain object objection protest")
	passed   = set("sudah udah udh dah wis tos already masih msh")
	vows     = set("katanya janjinya janji jarene saurna cenah said promised")
	asking   = set("how kapan kpn kapankah when iraha berapa brp mana status kabar kabarnya update")
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// opposesMost is how many words somebody takes to say so; who writes more tells a story.
const opposesMost = 24

// Opposes reports whether words do not take a plan: "kelamaan pak", "ga mau nunggu tahun depan", "masa harus nunggu sampai desember",
// "saya keberatan".
func (m Mind) Opposes(text string) bool {
	said := strings.Fields(bot.Fold(text))
	if len(said) == 0 || len(said) > opposesMost {
		return false
	}
	has := func(of map[string]bool) bool {
		return slices.ContainsFunc(said, func(w string) bool { return of[w] || of[strings.TrimSuffix(w, "nya")] })
	}
	switch {
	case has(asking) && !has(against) && !has(denying):
		return false
	case m.Answers.Disagrees(text), has(against):
		return true
	case len(said) == 1 && (tooLong[said[0]] && said[0] != "kelamaan" && said[0] != "kesuwen" && said[0] != "kesuen" && said[0] != "kalamian"):
		return false // it may be said of anything
	case has(tooLong) && len(said) <= 8 && !has(waiting):
		return !strings.Contains(text, "?") && !has(passed) && !has(vows)
	case has(waiting) && (has(refusing) && !has(passed) || has(denying) && has(willing)):
		return true
	case has(spans) && has(refusing) && len(said) <= 10:
		return true
	}
	return has(denying) && (has(willing) && has(spans) || nextYear(said))
}

// nextYear reports whether a later year or month is named as one.
func nextYear(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool { return w == "tahun" || w == "taun" || w == "bulan" }) && slices.Contains(said, "depan")
}
