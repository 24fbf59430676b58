package flows

import (
	"strings"

	"rabeg/bot"
)

// Since reports whether words tell since when something is so ("udah dari kemarin sore"), or for how long ("udah 2 minggu"): they are more of
// a story, and choose nothing.
func Since(text string) bool {
	from := false
	before := ""
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		if lasts(before, w) {
			return true
		}
		before = w
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

// lasts reports whether two words tell for how long: a number and what is counted, or both in one word ("2 minggu", "sebulan", "udah lama").
func lasts(before, w string) bool {
	switch w {
	case "sehari", "seharian", "seminggu", "semingguan", "sebulan", "sebulanan", "setahun", "setahunan", "berhari", "berminggu", "berbulan", "bertahun", "saminggu", "sabulan", "sataun":
		return true
	case "lama", "lami", "suwe", "lila", "long":
		return before == "udah" || before == "sudah" || before == "udh" || before == "sdh" || before == "dah" || before == "wis" || before == "geus" || before == "so"
	case "hari", "harian", "malam", "malem", "minggu", "mingguan", "mgg", "bulan", "bulanan", "bln", "tahun", "tahunan", "taun", "thn", "dina", "poe", "wulan", "days", "weeks", "months", "years", "nights": //nolint:misspell // tahun, as it is typed
		return counted(before)
	}
	return false
}

// counted reports whether a word counts more than one thing, or says that they are many.
func counted(w string) bool {
	switch w {
	case "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sepuluh", "beberapa", "bbrp", "berapa", "tilu", "loro", "telu", "two", "three", "four", "five", "several", "many":
		return true
	}
	return w != "" && w[0] >= '0' && w[0] <= '9'
}
