package desk

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/report"
)

// leading reads a report's number at the beginning of a text. Only there it is an address; in the middle it is talk. It may be
// dressed: stand between stars or brackets, behind "No." or "untuk laporan", without its prefix. found without valid says that
// a number is meant that is none.
func leading(prefix, text string) (code report.Code, rest string, found, valid bool) {
	at := 0
	for range 4 { // three words at most stand before a number
		at += undress(text[at:])
		code, end, found, valid := numbered(prefix, text[at:])
		switch {
		case found && valid:
			return code, stripped(text[at+end:], text[:at]), true, true
		case found:
			return code, text, true, false
		}
		word := letters(text[at:])
		if !introduces(bot.Fold(text[at : at+word])) {
			break
		}
		at += word
	}
	return "", text, false, false
}

// numbered reads a number that a text begins with.
func numbered(prefix, text string) (code report.Code, end int, found, valid bool) {
	if code, end, ok := report.LeadingCode(prefix, text); ok && parted(text[end:]) {
		return code, end, true, true
	}
	words := strings.Fields(text)
	if len(words) > 0 && strings.Contains(words[0], "/") { // "SRG/7K3MQ/9"
		if code, end, ok := report.LeadingCode(prefix, strings.ReplaceAll(words[0], "/", "-")); ok && parted(text[end:]) {
			return code, end, true, true
		}
	}
	if short, ok := unchecked(prefix, words); ok {
		return short, 0, true, false
	}
	for n := 1; n <= min(3, len(words)); n++ { // "SRG 7K3MQ 8"
		said := strings.Join(words[:n], " ")
		if len(said) < len(prefix) || !strings.EqualFold(said[:len(prefix)], prefix) {
			break
		}
		wrong, found, valid := report.FindCode(prefix, said)
		if found && !valid && (n == 1 || strings.ContainsAny(string(wrong[:len(wrong)-1]), "0123456789") && n == 3) {
			return wrong, 0, true, false
		}
	}
	if introduces(bot.Fold(text[:letters(text)])) { // "no. 7K3MQ-9": no is no prefix
		return "", 0, false, false
	}
	code, seen, end, ok := report.StrayCode(prefix, text)
	switch {
	case !ok || !parted(text[end:]):
		return "", 0, false, false
	case code != "":
		return code, end, true, true
	}
	return report.Code(seen), 0, true, false
}

// unchecked reads a number behind its prefix that lacks its last character: "SRG 7K3MQ".
func unchecked(prefix string, words []string) (code report.Code, ok bool) {
	for n := 1; n <= min(2, len(words)); n++ {
		said := strings.TrimRight(strings.Join(words[:n], " "), ",.;:")
		if len(said) <= len(prefix) || !strings.EqualFold(said[:len(prefix)], prefix) || n < len(words) && len(words[n]) == 1 {
			continue
		}
		if whole, ok := report.CompleteCode(prefix, said); ok {
			return whole[:strings.LastIndexByte(string(whole), '-')], true
		}
	}
	return "", false
}

// parted reports whether what follows a number is no part of it.
func parted(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// undress is how much of a text stands before its first letter or digit: stars, brackets, bullets, pictures, marks of direction.
// A command is no dress, nor is what stands for somebody who was mentioned.
func undress(text string) int {
	const most = 16
	n := 0
	for i, r := range text {
		if n++; n > most || r == '/' || r == '@' && (i+1 == len(text) || text[i+1] == ' ') {
			return 0
		}
		if _, digit := bot.Digit(r); digit || unicode.IsLetter(r) {
			return i
		}
	}
	return 0
}

func letters(text string) int {
	for i, r := range text {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(text)
}

// introduces reports whether a word stands before a number to say that one comes.
func introduces(word string) bool {
	switch word {
	case "lapor", "no", "nomor", "nomer", "nmr", "nomornya", "number", "num", "lap", "laporan", "laporannya", "tiket", "ticket", "id", "kode", "re", "utk", "untuk", "u",
		"aduan", "pengaduan", "report", "kasus", "perihal", "hal", "jawaban", "jawab", "balasan", "balas", "buat", "soal", "tentang", "terkait", "ref":
		return true
	}
	return false
}

// stripped is what follows a number, without what dressed it.
func stripped(rest, dress string) string {
	const closers = ".…,:;!?*_~`])}>\"'”’»"
	end := strings.IndexFunc(rest, func(r rune) bool { return !strings.ContainsRune(closers, r) && !bot.Invisible(r) })
	if end < 0 {
		return ""
	}
	closed := rest[:end]
	if gap := strings.TrimLeft(rest[end:], " "); gap != "" && strings.ContainsRune("])}", rune(gap[0])) { // "[ NUMBER ] …"
		rest, closed, end = gap, closed+gap[:1], 1
	}
	rest = strings.TrimLeftFunc(rest[end:], func(r rune) bool { return unicode.IsSpace(r) || bot.Invisible(r) })
	rest = strings.TrimSpace(strings.TrimLeft(loosened(rest), ":;,.=|>-–—→… \n\t"))
	for _, pair := range [...]string{"**", "__", "~~", "``", "\"\"", "“”", "[]", "()", "«»"} { // "*NUMBER: all of it is bold*"
		r, n := utf8.DecodeRuneInString(pair)
		closer := pair[n:]
		if strings.ContainsRune(dress, r) && !strings.Contains(closed, closer) && strings.HasSuffix(rest, closer) && strings.Count(rest, closer)%2 == 1 {
			rest = strings.TrimSpace(strings.TrimSuffix(rest, closer))
		}
	}
	return rest
}

// loosened is a text without a slash that stands by itself before it: one that hangs on a word makes a command of it.
func loosened(rest string) string {
	if after, ok := strings.CutPrefix(rest, "/"); ok && strings.HasPrefix(after, " ") {
		return after
	}
	return rest
}

// another reads a second number that follows the first ("SRG-7K3MQ-9 dan SRG-PSES3-Y sudah kami cek").
func another(prefix, rest string) (code report.Code, after string, ok bool) {
	first, more, _ := strings.Cut(rest, " ")
	switch bot.Fold(first) {
	case "dan", "", "n", "sama", "juga", "serta":
		rest = more
	}
	rest = rest[undress(rest):]
	code, end, ok := report.LeadingCode(prefix, rest)
	if !ok || !parted(rest[end:]) {
		return "", "", false
	}
	return code, stripped(rest[end:], ""), true
}

// addressed reads the report that a text is for: its number at the beginning, or right behind a verb ("selesai NUMBER").
func (p parser) addressed(text string) (code report.Code, rest string, found, valid bool) {
	code, rest, found, valid = leading(p.profile.Prefix, text)
	if found {
		return code, rest, found, valid
	}
	words := strings.Fields(text)
	for n := 1; n <= min(3, len(words)-1); n++ {
		verb := strings.Join(words[:n], " ")
		if p.verbs.meant(bot.Fold(verb)) == Silent {
			continue
		}
		if code, rest, found, valid := leading(p.profile.Prefix, strings.Join(words[n:], " ")); found {
			return code, strings.TrimSpace(verb + " " + rest), found, valid
		}
	}
	return "", text, false, false
}

// behind reads a text that is a reply to nothing and names a report further on. A clear order is one; everything else is asked about, for
// who names a report wants something with it. Where none is named it is people's own talk. among says that it answers somebody of the room.
func (p parser) behind(c Command, among bool) Command {
	code, rest, ok := mentioned(p.profile.Prefix, c.Words)
	if !ok {
		return p.loose(c, among)
	}
	if other, _, two := mentioned(p.profile.Prefix, rest); two && other != code {
		c.Verb, c.Code, c.Also = Several, code, []report.Code{other}
		c.Words, c.Passing = unnumbered(p.profile.Prefix, c.Words), true
		return c
	}
	asks := strings.HasSuffix(strings.TrimSpace(c.Words), "?")
	if verb, _ := p.verbs.opens(rest); verb != Silent && !asks && !c.media() && clearOrder(p.verbs, strings.Fields(bot.Fold(rest))) && !withheld(rest) && p.verbs.row(verb).act != nil { // "ambil dong yang 2SACB-8"
		if order := p.spoken(report.Report{}, Command{Words: rest}); order.Verb == verb {
			order.Code = code
			return order
		}
	}
	out := Command{Verb: Unsure, Code: code, Words: c.Words, Photos: c.Photos, Files: c.Files, Album: c.Album, Passing: true}
	if arg, _ := officeLater(p.profile, rest); arg != "" && !asks && !c.media() && givesOn(rest) { // "tolong cek NUMBER kasih ke dlh"
		out.For, out.Arg = Forward, arg
	}
	return out
}

// mentioned finds the report that a text names anywhere, by its whole number or without the prefix; rest is the text without it.
func mentioned(prefix, text string) (code report.Code, rest string, ok bool) {
	if code, found, valid := report.FindCode(prefix, text); found && valid {
		rest, _ := report.AroundCode(prefix, text)
		return code, nameless(rest), true
	}
	words := strings.Fields(text)
	for i, w := range words {
		bare := strings.Trim(w, "()[]{}*_~`\"'.,:;!?")
		if code, seen, end, ok := report.StrayCode(prefix, bare); ok && end == len(bare) && code != "" && (strings.Contains(seen, "-") || strings.ToUpper(bare) == bare) {
			return code, nameless(strings.Join(append(append([]string{}, words[:i]...), words[i+1:]...), " ")), true
		}
	}
	return "", text, false
}

// nameless is a text without what only led to a number: "ambil dong yang".
func nameless(text string) string {
	words := strings.Fields(text)
	for len(words) > 0 {
		switch bot.Fold(words[len(words)-1]) {
		case "yang", "yg", "nomor", "no", "laporan", "itu", "":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	return strings.Join(words, " ")
}

// givesOn reports whether words give something to an office: "kasih ke dlh", "lempar ke perkim aja".
func givesOn(text string) bool {
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "kasih", "kasihkan", "kasiin", "kasi", "oper", "operin", "lempar", "lemparin", "terusin", "teruskan", "diteruskan", "serahin", "serahkan", "pindahin", "alihkan", "dialihkan", "limpahkan", "kirim", "balikin", "buang", "geser":
			return true
		}
	}
	return false
}

// offersForward asks whether a report goes to the office that was named in passing.
func (h *handling) offersForward(c Command, r report.Report, by report.Actor) error {
	a := report.Forward{}
	if err := h.office.Permit(r, by, a); err != nil {
		return err
	}
	k := kept{Words: c.Words, For: Forward}
	codes, _ := FindOffice(h.office.Profile, c.Arg)
	if len(codes) != 1 || codes[0] == r.Agency { // "ini bagian dishub", said in its own room
		c.For = ""
		return h.unsure(c)
	}
	k.Arg = codes[0]
	if k.Arg == "" {
		k.Arg = ToCoordinator
	}
	h.confirm(r, k, fmt.Sprintf("Belum saya tindak: %s.\nTeruskan %s ke %s?", k.shown(h.secret(r)), r.Code, h.office.OfficeName(codes[0])))
	return nil
}

// loose reads what replies to nothing and names no report: an order as it is given to the bot, or an answer as it is given to a citizen, was
// meant for one. Everything else is people's own talk.
func (p parser) loose(c Command, among bool) Command {
	c.Verb = Loose
	order := unpointed(c.Words)
	if first, more, _ := strings.Cut(order, " "); p.verbs.meant(bot.Fold(first)) == Silent { // "selesaiin", "pisahin": in reply to nothing it is only asked which
		order = strings.TrimSpace(strings.TrimSuffix(first, "in") + " " + more)
	}
	words := strings.Fields(bot.Fold(order))
	verb, rest := p.verbs.opens(order)
	orders := p.verbs.row(verb).act != nil && clearOrder(p.verbs, words) && p.completes(verb, rest)
	switch {
	case len(words) == 0 && c.media() && !among:
		return c
	case len(words) == 0 || strings.HasSuffix(strings.TrimSpace(c.Words), "?") || strings.HasPrefix(c.Words, "@") || !orders && amongColleagues(c.Words):
	case callsOff(c.Words) && !among && words[0] != "salah" || callsOff(c.Words) && !among && len(words) > 1:
		return c
	case orders:
		c.For = verb
		return c
	case !among && (answersSomebody(words) || c.media() && (verb != Silent || speaks(c.Words) || tells(c.Words) || saysDone(c.Words))):
		return c
	}
	return Command{}
}

// clearOrder reports whether words begin with one that nobody says in passing: "beres", "sama" and "otw" are said of anything.
func clearOrder(t table, folded []string) bool {
	for len(folded) > 0 && polite(folded[0]) {
		folded = folded[1:]
	}
	if len(folded) == 0 {
		return false
	}
	switch folded[0] {
	case "ambil", "diambil", "tolak", "ditolak", "reject", "teruskan", "terusin", "diteruskan", "dioper", "operkan", "limpahkan", "dilimpahkan", "alihkan", "selesai", "selesaikan", "tuntas", "rencanakan",
		"jadwalkan", "gabung", "gabungkan", "pisah", "pisahkan", "dipisah", "pecah", "pecahkan", "disposisi", "disposisikan", "urungkan", "kategori", "bukan", "balas", "jawab", "tanya", "tanyakan", "catatan", "take", "done":
		return true
	}
	v := t.meant(strings.Join(folded[:min(2, len(folded))], " "))
	return v == Take || v == Unmerge
}

// completes reports whether what stands behind a verb says nothing, or names its object.
func (p parser) completes(v Verb, rest string) bool {
	words := strings.Fields(bot.Fold(rest))
	for len(words) > 0 && polite(words[0]) {
		words = words[1:]
	}
	switch {
	case len(words) == 0 || points(words[0]) && len(words) <= 3:
		return true
	case v == Forward:
		arg, _ := officeFirst(p.profile, rest)
		return arg != ""
	case v == NotOurs:
		return true
	case v == Reject:
		code, _ := splitReason(p.profile, rest)
		return code != ""
	}
	return false
}

// points reports whether a word says no more of a report than that it was spoken of.
func points(w string) bool {
	switch w {
	case "tadi", "td", "barusan", "baru2", "kemarin", "kmrn", "tersebut", "tsb", "sebelumnya", "terakhir", "eta", "ieu", "nu", "wau", "kae", "niku":
		return true
	}
	return false
}

// unpointed is a text without the words in front that only point: "yg barusan tolong dipisah lagi".
func unpointed(text string) string {
	words := strings.Fields(text)
	at := 0
	for at < len(words) && (points(bot.Fold(words[at])) || polite(bot.Fold(words[at])) && at+1 < len(words) && points(bot.Fold(words[at+1]))) {
		at++
	}
	if at == len(words) {
		return text
	}
	return strings.Join(words[at:], " ")
}

// answersSomebody reports whether words speak to a citizen, and say more than a greeting.
func answersSomebody(folded []string) bool {
	const least = 4
	said := " " + strings.Join(folded, " ") + " "
	for i, w := range folded[:max(0, len(folded)-1)] {
		switch w {
		case "sudah", "udah", "sdh", "udh", "dah", "telah":
			if done(folded[i+1]) && len(folded) > 2 {
				return true
			}
		}
	}
	if len(folded) < least {
		return false
	}
	for _, cue := range [...]string{" sudah kami ", " akan kami ", " telah kami ", " kami sudah ", " kami akan ", " kami telah ", " segera kami ", " sedang kami ", " mohon maaf atas ", " terima kasih atas laporan",
		" laporan bapak ", " laporan ibu ", " laporannya sudah ", " petugas kami ", " regu kami "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	return false
}

// done reports whether a word says that field work was done.
func done(w string) bool {
	switch w {
	case "nyala", "menyala", "diganti", "diperbaiki", "diangkut", "ditambal", "dibersihkan", "dibersihin", "dikerjakan", "dikerjain", "ditangani", "dipangkas", "ditebang", "dikeruk", "disedot", "diaspal", "disurvei", "dicek":
		return true
	}
	return false
}
