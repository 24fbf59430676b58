package inquiry

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Follow is a question that leans on one asked before: it names nobody.
type Follow struct {
	Wants Want
	// Day is the day of the week that it asks for ("sabtu"), Today or Tomorrow; "" for none.
	Day string
	// Asks says that a word or a mark in it asks.
	Asks bool
}

// The days that are told by when it is asked.
const (
	Today    = "today"
	Tomorrow = "tomorrow"
)

// leaning is what begins or fills a question that goes on from what was just said, and spellings that only stand there.
//
//nolint:gochecknoglobals // a table that never changes
var leaning = spellings(map[string]string{
	"lalu":      "terus trs trus trz tros teros then and",
	"kalau":     "kalo klo kl klu kalu mun lamun nek yen if",
	"sampai":    "smp sampe smpe nyampe ampe until till",
	"buka":      "bka bukak bukana bukane muka dibuka bukaknya kerja kerjanya layanan layanannya pelayanan pelayanannya",
	"tutup":     "ttp tutupnya",
	"hari":      "hr hri harinya dino dina poe",
	"ini":       "segini gini skrg skrng sekarang now saiki ayeuna today",
	"besok":     "bsk besuk tomorrow",
	"jumat":     "jum'at jmat friday",
	"sabtu":     "sbtu saptu setu septu saturday",
	"minggu":    "mggu ahad sunday",
	"senin":     "snin monday",
	"nya":       "itu sana situ",
	"berapa":    "brpa",
	"istirahat": "break",
})

// most of the words that a question may have that leans on another.
const leans = 9

// Follows reads a question that leans on the one before ("trs jm brp bukanya", "klo sabtu bka ga", "minta no tlp nya"): every word of it
// asks or says nothing. It names nobody; whom it is about was said before.
func Follows(text string) (q Follow, ok bool) {
	ws, ok := leantWords(text)
	if !ok || len(ws) == 0 || len(ws) > leans {
		return q, false
	}
	lean, timed := false, false
	for _, w := range ws {
		counts := strings.Trim(w, "0123456789") == ""
		switch w {
		case "lalu", "kalau", "sampai":
			lean = true
		case "istirahat":
			timed = true
		case "besok":
			q.Day = Tomorrow
		case "pagi", "siang", "sore", "malam":
		case "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu":
			q.Day = w
		default:
			if !counts && sorts[w]&(asking|begging|number|address|where|opening|clock|courtesy|empty|not) == 0 || sorts[w]&(way|cost|service|rescue) != 0 {
				return Follow{}, false
			}
		}
	}
	if q.Day == "" && slices.Contains(ws, "ini") && (slices.Contains(ws, "hari") || slices.Contains(ws, "jam") || len(ws) <= 4) {
		q.Day = Today
	}
	has := func(s sort) bool { return slices.ContainsFunc(ws, func(w string) bool { return sorts[w]&s != 0 }) }
	asks := strings.Contains(text, "?") || lean || slices.Contains(strings.Fields(bot.Fold(text)), "kan") || has(asking|begging|not) || len(ws) <= 2 && (has(number|address) || slices.Contains(ws, "buka"))
	q.Asks = strings.Contains(text, "?") || has(asking|not)
	opens := slices.Contains(ws, "buka") || slices.Contains(ws, "tutup")
	switch {
	case !asks:
	case has(number):
		q.Wants = Phone
	case opens, timed, has(clock), q.Day != "" && lean && q.Day != Today && q.Day != Tomorrow:
		q.Wants = Hours
	case has(address), has(where) && len(ws) <= 4:
		q.Wants = Address
	}
	return q, q.Wants != 0
}

// leantWords are the words of such a question as the tables have them, without those that say nothing; ok is false where one makes it
// another.
func leantWords(text string) (ws []string, ok bool) {
	said := strings.Fields(bot.Fold(text))
	for i, w := range said {
		next := ""
		if i+1 < len(said) {
			next = leant(said[i+1])
		}
		if w == "smp" && !untilWhen(next) || w == "masih" && next != "buka" { // the school; and what is still shut is a complaint
			return nil, false
		}
		if w = leant(w); w != "nya" && w != "masih" && !heeds(w) {
			ws = append(ws, w)
		}
	}
	return ws, true
}

// untilWhen reports whether a word may follow "sampai", which people write like the school ("smp jam 2").
func untilWhen(next string) bool {
	switch next {
	case "jam", "hari", "kapan", "berapa", "ini", "pagi", "siang", "sore", "malam", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu":
		return true
	}
	return next != "" && strings.Trim(next, "0123456789") == ""
}

// leant is a word of such a question as the tables have it.
func leant(w string) string {
	for _, form := range []string{w, strings.TrimSuffix(w, "nya")} {
		if same := leaning[form]; same != "" {
			return same
		}
		if same := alike[form]; same != "" {
			return same
		}
		if sorts[form] != 0 {
			return form
		}
	}
	return w
}

// heeds reports whether a word only says that what was answered before is understood: "oh gitu, kalo hari sabtu?".
func heeds(w string) bool {
	switch w {
	case "oh", "ooh", "oo", "owh", "oalah", "gitu", "begitu", "ok", "oke", "sip", "siap", "hmm", "eh", "iya", "baik", "lah", "loh", "lho", "nah", "yowes", "yaudah", "wes", "wis", "juga", "jg", "jga", "kan":
		return true
	}
	return false
}
