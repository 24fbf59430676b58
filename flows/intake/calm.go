package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// What people write when it is no danger, or over. Each is told only by words that say it out, in a short message: to take
// a cry for help for "never mind" is the worst mistake there is.

// calmMost is how many words a message may have that calls it no danger.
const calmMost = 9

// saysCalm reports whether a message calls it no danger, or a joke. What stands behind the denial and is a danger itself is read by r
// ("bukan kebakaran, tabung gas meledak"); "ga bahaya gimana" means that it is one.
func saysCalm(text string, rd understand.Reading, r understand.Reader) bool {
	said := " " + bot.Fold(text) + " "
	if n := len(strings.Fields(said)); n == 0 || n > calmMost || strings.Contains(text, "?") {
		return false
	}
	joke := has(said, "bercanda", "becanda", "bcanda", "canda", "iseng", "prank", "ngeprank", "joking", "kidding", "a joke", "gurau", "guyon", "heureuy", "gojeg")
	if joke && rd.Danger == "" && (!rd.Emergency || !tellsOf.Any(strings.Fields(said))) { // "ada orang iseng bakar rumah saya" is no joke of the writer's
		return !has(said, "bukan", "gak", "ga", "nggak", "ngga", "tidak", "tdk", "jangan", "serius", "not", "no")
	}
	if ownsUp(strings.Fields(said)) {
		return true
	}
	for _, no := range []string{"bukan", "bkn", "tidak", "tdk", "gak", "ga", "gk", "g", "nggak", "ngga", "enggak", "ndak", "kagak", "ora", "dudu", "sanes", "teu", "henteu", "boten", "not an", "not", "no"} {
		for _, there := range []string{"", " ada", " ana", " aya", " wonten", " keadaan", " in"} {
			for _, what := range []string{"darurat", "bahaya", "emergency", "gawat", "urgent", "danger", "dangerous"} {
				if rest, ok := behind(said, no+there+" "+what); ok {
					return !goesOn(no, rest, r)
				}
			}
		}
		if no != "bukan" && no != "bkn" && no != "dudu" && no != "sanes" {
			continue
		}
		for _, what := range []string{"kebakaran", "kebakar", "kobong", "kahuruan", "banjir", "maling", "api"} {
			if rest, ok := behind(said, no+" "+what); ok {
				return !goesOn(no, rest, r)
			}
		}
	}
	if rd.Emergency {
		return false
	}
	switch strings.TrimSpace(said) {
	case "eh bukan", "bukan kok", "bukan pak", "bukan bu", "bukan min", "bukan kak", "oh bukan", "eh bukan kok", "eh bukan pak", "eh bukan min",
		"false alarm", "salah alarm", "eh salah", "salah kirim", "salah pencet", "eh salah kirim", "maaf salah kirim", "maaf salah pencet":
		return true
	}
	return has(said, "false alarm", "cuma coba coba", "cuma nyoba", "cuma ngetes", "cuma tes", "cuma test", "hanya coba coba", "salah pencet", "salah kirim")
}

// ownsUp reports whether words say that it was a lie of the writer's, softened or laughed at, and nothing else: a bare "bohong" may be said
// to an officer, and "petugasnya bohong" of one.
func ownsUp(words []string) bool {
	soft := func(w string) bool { return jokeSoft[w] || laughs(w) }
	lie := slices.IndexFunc(words, func(w string) bool { return jokeLie[w] })
	if lie < 0 || !slices.ContainsFunc(words, soft) || slices.ContainsFunc(words[:lie], func(w string) bool { return w == "kok" || w == "koq" }) { // "pak kok bohong" is a reproach
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !jokeLie[w] && !jokeBeside[w] && !soft(w) })
}

// laughs reports whether a word is laughter, however long: "wkwkwk", "hahaha", "xixi".
func laughs(w string) bool {
	const least = 4
	return len(w) >= least && (strings.Trim(w, "wk") == "" || strings.Trim(w, "hae") == "" || strings.Trim(w, "hi") == "" || strings.Trim(w, "xi") == "")
}

// behind is what stands in a folded text behind a phrase.
func behind(said, phrase string) (rest string, ok bool) {
	_, rest, ok = strings.Cut(said, " "+phrase+" ")
	return strings.TrimSpace(rest), ok
}

// goesOn reports whether what stands behind a denial tells of a danger all the same, or turns the denial round: "bukan bahaya lagi, gawat".
func goesOn(no, rest string, r understand.Reader) bool {
	words := strings.Fields(rest)
	return len(words) > 0 && (turned[words[0]] || words[0] == "lagi" && strings.HasPrefix(no, "b") || r.Read(rest).Emergency)
}

// saysSafe reports whether a message says that the danger is over, for the one who writes or for whom he or she wrote for.
// Where somebody does violence, "udah balik" may tell that he is back. What stands behind the word for the end and is another danger is read
// by r ("udah surut, kabelnya nyetrum").
func saysSafe(text string, rd understand.Reading, peril string, r understand.Reader) bool {
	said := " " + bot.Fold(text) + " "
	words := strings.Fields(said)
	n := len(words)
	if n == 0 || n > calmMost || strings.Contains(text, "?") || refuses(said) {
		return false
	}
	violent := peril == "rumah" || peril == "jahat"
	isOver := func(w string) bool { return over[w] || !violent && (w == "balik" || w == "pulang") }
	if n > 1 && (already[words[0]] || words[0] == "iya" || words[0] == "ya" || words[0] == "iy") && isOver(words[1]) && !stillOn(said) {
		return endsPeril(words[1], words[2:], peril, r)
	}
	if n == 1 && (words[0] == "aman" || words[0] == "safe") || has(said, "aman pak", "aman bu", "aman min", "aman kak", "aman kok", "aman mas", "aman mbak", "aman bang") && n <= 3 {
		return true
	}
	if (has(said, "aman", "safe") || savedAll.Any(words) && has(said, "semua", "semuanya", "kabeh", "sadayana", "sekeluarga", "all")) && !slices.ContainsFunc(words, func(w string) bool { return !overOnly[w] }) {
		return true // and nothing else: "saya aman di atap, air makin tinggi" is no end
	}
	if stillOn(said) {
		return false
	}
	if !rd.Emergency && has(said, "ketemu pak", "ketemu bu", "ketemu min", "we found", "found him", "found her", "aman sekarang", "sudah bisa keluar", "safe now", "it is over", "it s over", "its over") {
		return true
	}
	for i, w := range words {
		if already[w] && !rd.Emergency && slices.ContainsFunc(words[i+1:min(n, i+3)], isOver) {
			return true
		}
		if already[w] && i+1 < n && (words[i+1] == "mati" && has(said, "apinya", "apine", "seuneuna", "api") || words[i+1] == "dibawa" && taken(words[i+2:])) {
			return true
		}
	}
	return false
}

// endsPeril reports whether what stands behind a word for the end is no danger of its own: "sudah ketemu anak yang hilang" tells of the one that
// is over, "udah ditangkep malingnya" whom.
func endsPeril(end string, rest []string, peril string, r understand.Reader) bool {
	next := r.Read(strings.Join(rest, " "))
	if goesAside.Any(rest) {
		return !next.Emergency // the same, and somewhere else
	}
	return !next.Emergency || next.Danger == peril || caught[end] && (next.Danger == "jahat" || next.Danger == "hewan")
}

// goesAside is what says that something goes on beside, or began anew.
var goesAside = answer.ListOf("over-goes-on")

// What says that a danger is over, that something has happened already, that it has not, and where there is help.
var over, already, notSo, helpPlaces = answer.ListOf("over"), answer.ListOf("over-already"), answer.ListOf("over-nothing"), answer.ListOf("over-help")

// savedAll are words for being unhurt; one alone also greets ("selamat pagi"), with "all" it does not.
var savedAll = answer.ListOf("over-saved")

// overOnly are the words in which somebody says that he or she is safe, and nothing else.
var overOnly = answer.ListOf("over-only")

// What turns a denial round, what is no good end or none, and whom a joke is told of that is not the writer's own.
var turned, noEnd, tellsOf = answer.ListOf("denied-turned"), answer.ListOf("over-badly"), answer.ListOf("joke-others")

// A lie, what softens the word for it where it is the writer's own, and what else may stand beside it.
var jokeLie, jokeSoft, jokeBeside = answer.ListOf("joke-lie"), answer.ListOf("joke-soft"), answer.ListOf("joke-beside")

// taken reports whether who was "dibawa" was brought to where there is help: a child may be carried off, too.
func taken(rest []string) bool {
	if len(rest) == 0 || rest[0] == "makasih" || rest[0] == "terima" || rest[0] == "pak" || rest[0] == "bu" {
		return true
	}
	return helpPlaces.Any(rest)
}

// stillOn reports whether something in a message goes on, or somebody is hurt.
func stillOn(said string) bool {
	dead := has(said, "mati") && !has(said, "apinya", "apine", "seuneuna", "api")
	return dead || noEnd.Any(strings.Fields(said)) || stricken(strings.Fields(said)) || spreads(strings.Fields(said)) || has(said, "masih", "tapi", "tp", "malah", "malahan", "keneh", "korban", "darah", "berdarah", "tolong", "tulung", "luka", "sekarat", "pingsan", "kritis", "meninggal", "tewas", "kabur", "lari", "lagi", "maning", "deui", "still", "but", "again", "help", "hampir", "mau", "sampai", "orang jahat")
}

// stricken reports whether it is told what has befallen somebody or something ("sudah ketemu kelelep"). What only says who it is that was saved is
// no such news ("sudah ditolong yang kejebur"); of who is found it leaves open whether alive.
func stricken(words []string) bool {
	for i, w := range words {
		if befallen[w] && (i == 0 || !whoIs[words[i-1]] || foundWord.Any(words[:i])) {
			return true
		}
	}
	return false
}

// spreads reports whether a fire goes on somewhere else: "udah reda, apinya pindah ke sebelah".
func spreads(words []string) bool {
	const near = 2
	for i, w := range words {
		if spreading[w] && fireWord.Any(words[max(0, i-near):i]) {
			return true
		}
	}
	return false
}

// What befalls people in a danger, what says who it is, that somebody is found, and how a fire goes on.
var befallen, whoIs, foundWord = answer.ListOf("over-befallen"), answer.ListOf("over-who"), answer.ListOf("over-found")
var spreading, fireWord = answer.ListOf("over-spreading"), answer.ListOf("over-fire")

// caught are the words for who or what was caught.
var caught = answer.ListOf("over-caught")

// saysUnsafe reports whether a message says that it is not safe yet.
func saysUnsafe(text string) bool {
	said := " " + bot.Fold(text) + " "
	return len(strings.Fields(said)) <= calmMost && (has(said, "belum", "blm", "not yet", "durung", "tacan", "belum aman") || has(said, "masih bahaya"))
}

// refuses reports whether a message says no to something.
func refuses(said string) bool { return notSo.Any(strings.Fields(said)) }

// has reports whether one of the words stands in a folded text with a space on either side.
func has(said string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, " "+w+" ") })
}
