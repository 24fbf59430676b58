package flows

import (
	"strings"

	"rabeg/bot"
)

// Since reports whether words tell since when something is so ("udah dari kemarin sore"): they are more of a story, and choose nothing.
func Since(text string) bool {
	from := false
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "dari", "dr", "sejak", "sjk", "since", "from", "ti", "sing", "wiwit", "awit":
			from = true
		case "kemarin", "kemaren", "kmrn", "kmren", "kemarennya", "tadi", "td", "semalam", "semalem", "smlm", "dulu", "lama", "minggu", "bulan", "tahun", "lebaran", "pagi", "siang", "sore", "malam", "malem", "wingi", "kamari", "yesterday",
			"last", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "ahad":
			if from {
				return true
			}
		}
	}
	return false
}
