package desk

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/say"
)

// planned is what an officer wrote of a date.
type planned struct {
	// until is the end of the last day that is meant, in the government's zone; zero where none is known.
	until time.Time
	// year is a year of which the month is not said ("tahun depan"), 0 for none.
	year int
	// why is the rest of the words.
	why string
}

// readDate reads a date as officers write it, at the beginning of a text or else anywhere in it: "31-12-2026,", "tgl 31/12/26",
// "31 Des 2026", "Maret 2027", "minggu depan", "akhir tahun". A month or a week means its last day. ok is false when there is none.
func readDate(p *profile.Profile, now time.Time, text string) (planned, bool) {
	d := dates{now: now.In(p.Location()), words: strings.Fields(spaced(unstyled(text)))}
	d.folded = make([]string, len(d.words))
	for i, w := range d.words {
		if d.folded[i] = bot.Fold(w); d.folded[i] == "thn" { //nolint:misspell // tahun, as it is typed
			d.folded[i] = "tahun"
		}
	}
	for _, read := range []func(int) (time.Time, int){d.week, d.days, d.months, d.near} {
		for at := range d.words {
			if until, n := read(at); n > 0 {
				return planned{until: until.UTC(), why: d.without(at, n)}, true
			}
		}
	}
	for at := range d.words {
		if year, n := d.year(at); n > 0 {
			return planned{year: year, why: d.without(at, n)}, true
		}
	}
	return planned{}, false
}

// unstyled makes plain dashes and digits of those that phones put in.
func unstyled(text string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := bot.Digit(r); ok {
			return '0' + rune(d)
		}
		switch {
		case r >= '\u2010' && r <= '\u2015', r == '\u2212':
			return '-'
		case bot.Invisible(r):
			return -1
		}
		return r
	}, text)
}

// spaced puts a space between a sign and the word behind it: "31-12-2026,menunggu".
func spaced(text string) string {
	var b strings.Builder
	var last rune
	for _, r := range text {
		if strings.ContainsRune(",:;)", last) && unicode.IsLetter(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// dates reads one text.
type dates struct {
	now           time.Time
	words, folded []string
}

// without is the text without the n words of the date, and without what only led to it.
func (d dates) without(at, n int) string {
	from := at
	for from > 0 && leads(d.folded[from-1]) {
		from--
	}
	rest := strings.Join(d.words[at+n:], " ")
	rest = strings.TrimSpace(strings.TrimLeft(rest, ",.:;-–— "))
	if first, more, _ := strings.Cut(rest, " "); bot.Fold(first) == "karena" || bot.Fold(first) == "krn" || bot.Fold(first) == "alasan" {
		rest = more
	}
	why := strings.TrimRight(strings.TrimSpace(strings.TrimRight(strings.Join(d.words[:from], " "), ",:;- ")+" "+rest), ",:;- ")
	for w := range strings.FieldsSeq(bot.Fold(why)) {
		if !polite(w) {
			return why
		}
	}
	return "" // "besok saja pak"
}

// leads reports whether a word only says that a date comes.
func leads(word string) bool {
	switch word {
	case "", "tgl", "tanggal", "pada", "di", "sampai", "s d", "sd", "sampe", "hingga", "paling", "lambat", "selambatnya", "sebelum", "target", "targetnya", "per", "hari", "bulan", "bln",
		"tahun", "th", "dalam", "dlm", "awal", "akhir", "pertengahan", "tengah", "sekitar", "estimasi", "perkiraan", "mulai", "rencananya", "dinten", "dina", "poe", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu":
		return true
	}
	return false
}

// day reads a day of a month with its year, or without one: then the next such day.
func (d dates) day(at int) (time.Time, int) {
	parts := strings.FieldsFunc(d.words[at], separates)
	used := 1
	for len(parts) < 3 && at+used < len(d.words) && used < 5 { // "31 Des 2026", "31 - 12 - 2026", "31 Desember, 2026"
		next := strings.FieldsFunc(d.words[at+used], separates)
		if len(parts)+len(next) > 3 {
			break
		}
		if len(next) > 0 && !numeral(next[0]) && monthOf(next[0]) == 0 {
			break
		}
		parts = append(parts, next...)
		used++
	}
	switch len(parts) {
	case 3:
		if len(parts[0]) == 4 {
			parts[0], parts[2] = parts[2], parts[0]
		}
		if t, ok := d.on(parts[0], parts[1], yearOf(parts[2])); ok {
			return t, used
		}
	case 2:
		if numeral(parts[1]) { // "31-12": as likely a house's number, or a time
			return time.Time{}, 0
		}
	default:
		return time.Time{}, 0
	}
	if monthOf(parts[1]) == 0 || numeral(parts[1]) {
		return time.Time{}, 0
	}
	for _, year := range [...]int{d.now.Year(), d.now.Year() + 1} {
		if t, ok := d.on(parts[0], parts[1], year); ok && t.After(d.now) {
			return t, min(used, 2)
		}
	}
	return time.Time{}, 0
}

// on is the end of a day.
func (d dates) on(day, month string, year int) (time.Time, bool) {
	n, err := strconv.Atoi(day)
	m := monthOf(month)
	if err != nil || m == 0 || year == 0 {
		return time.Time{}, false
	}
	t := d.end(year, m, n)
	return t, t.Day() == n && t.Month() == m // not 31 February
}

func (d dates) end(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 23, 59, 0, 0, d.now.Location())
}

// month reads a month with its year, or without one: then the next such month.
func (d dates) month(at int) (time.Time, int) {
	name, in := d.folded[at], 0
	if parts := strings.FieldsFunc(d.words[at], separates); len(parts) == 2 && len(parts[1]) == 4 && yearOf(parts[1]) != 0 { // "12/2026", "Maret-2027"
		if m := monthOf(parts[0]); m != 0 {
			return d.end(yearOf(parts[1]), m+1, 0), 1
		}
		return time.Time{}, 0
	}
	m, ok := say.MonthOf(name)
	if !ok || at > 0 && numeral(d.folded[at-1]) { // "31 Februari"
		return time.Time{}, 0
	}
	if at+2 < len(d.words) && dayNumber(strings.Trim(d.folded[at+1], "stndrh")) && len(d.folded[at+2]) == 4 && yearOf(d.folded[at+2]) != 0 { // "Dec 31, 2026"
		t, ok := d.on(strings.Trim(d.folded[at+1], "stndrh"), name, yearOf(d.folded[at+2]))
		if !ok {
			return time.Time{}, 0
		}
		return t, 3
	}
	n := 1
	if at+1 < len(d.words) {
		if next := d.folded[at+1]; len(next) == 4 || len(next) == 2 && numeral(next) {
			in = yearOf(next)
		}
	}
	switch {
	case in != 0:
		n = 2
	case at+2 < len(d.words) && d.folded[at+1] == "tahun" && d.folded[at+2] == "depan":
		in, n = d.now.Year()+1, 3
	case at+1 < len(d.words) && d.folded[at+1] == "depan":
		n = 2
		fallthrough
	default:
		if at > 0 && !leads(d.folded[at-1]) { // "mei" within a sentence
			return time.Time{}, 0
		}
		in = d.now.Year()
		if !d.end(in, m+1, 0).After(d.now) {
			in++
		}
	}
	if at > 0 {
		switch d.folded[at-1] {
		case "awal":
			return d.end(in, m, 10), n
		case "pertengahan", "tengah":
			return d.end(in, m, 20), n
		}
	}
	return d.end(in, m+1, 0), n
}

// near is loose where the text begins with it or ends with it: within a sentence it tells something else ("menunggu rapat besok pagi").
func (d dates) near(at int) (time.Time, int) {
	t, n := d.loose(at)
	if n == 0 || at+n == len(d.words) && (n > 1 && !strings.HasPrefix(d.folded[at], "bes") || d.scheduled(at)) {
		return t, n
	}
	for _, w := range d.folded[:at] {
		if !leads(w) {
			return time.Time{}, 0
		}
	}
	return t, n
}

// loose reads a day by its distance: "besok", "minggu depan", "2 minggu lagi", "akhir tahun".
func (d dates) loose(at int) (time.Time, int) {
	in := func(days int) time.Time { return d.end(d.now.Year(), d.now.Month(), d.now.Day()+days) }
	sunday := (7 - int(d.now.Weekday())) % 7
	two, three := d.span(at, 2), d.span(at, 3)
	switch d.folded[at] {
	case "besok", "bsk", "esok", "besuk":
		if at+1 < len(d.words) {
			if day, ok := weekday(d.folded[at+1]); ok { // "besok kamis" is the next Thursday
				return d.next(day), 2
			}
		}
		switch two {
		case d.folded[at] + " lusa":
			return in(2), 2
		case d.folded[at] + " pagi", d.folded[at] + " siang", d.folded[at] + " sore", d.folded[at] + " malam", d.folded[at] + " hari":
			return in(1), 2
		}
		return in(1), 1
	case "lusa":
		return in(2), 1
	}
	switch two {
	case "hari ini":
		return in(0), 2
	case "minggu ini", "pekan ini":
		return in(sunday), 2
	case "minggu depan", "pekan depan", "mgg depan":
		return in(sunday + 7), 2
	case "awal bulan", "pertengahan bulan", "tengah bulan", "akhir bulan":
		if until, n := d.partOfMonth(two, three); n > 0 {
			return until, n
		}
	case "bulan ini":
		return d.end(d.now.Year(), d.now.Month()+1, 0), 2
	case "bulan depan", "bln depan":
		return d.end(d.now.Year(), d.now.Month()+2, 0), 2
	case "akhir tahun":
		if three == "akhir tahun depan" {
			return d.end(d.now.Year()+1, time.December, 31), 3
		}
		if at+2 < len(d.words) && yearOf(d.folded[at+2]) != 0 && len(d.folded[at+2]) == 4 {
			return d.end(yearOf(d.folded[at+2]), time.December, 31), 3
		}
		return d.end(d.now.Year(), time.December, 31), 2
	}
	if day, ok := weekday(d.folded[at]); ok && (three == d.folded[at]+" minggu depan" || three == d.folded[at]+" pekan depan") {
		return in(sunday + (int(day)+6)%7 + 1), 3
	}
	if day, ok := weekday(d.folded[at]); ok && (two == d.folded[at]+" besok" || two == d.folded[at]+" depan" || two == d.folded[at]+" ini") {
		days := (int(day) - int(d.now.Weekday()) + 7) % 7
		if !strings.HasSuffix(two, " ini") && days == 0 {
			days = 7
		}
		return in(days), 2
	}
	if day, ok := weekday(d.folded[at]); ok && d.onlyDay(at) { // the next one
		return d.next(day), 1
	}
	return d.later(at, three)
}

// later reads "2 minggu lagi", "dalam 3 hari", "satu bulan lagi".
func (d dates) later(at int, three string) (time.Time, int) {
	if until, used := d.one(at); used > 0 {
		return until, used
	}
	n, ok := counted(d.folded[at])
	if !ok || at+1 >= len(d.words) {
		return time.Time{}, 0
	}
	used := 2
	if strings.HasSuffix(three, " lagi") || strings.HasSuffix(three, " kedepan") {
		used = 3
	} else if at == 0 || d.folded[at-1] != "dalam" && d.folded[at-1] != "dlm" {
		return time.Time{}, 0
	}
	switch d.folded[at+1] {
	case "hari":
		return d.end(d.now.Year(), d.now.Month(), d.now.Day()+n), used
	case "minggu", "pekan", "mgg":
		return d.end(d.now.Year(), d.now.Month(), d.now.Day()+7*n), used
	case "bulan", "bln":
		return d.end(d.now.Year(), d.now.Month()+time.Month(n), d.now.Day()), used
	}
	return time.Time{}, 0
}

// year reads a year whose month is not said: "tahun depan", "tahun 2027", "2027".
func (d dates) year(at int) (year, n int) {
	switch d.span(at, 2) {
	case "tahun depan", "th depan":
		return d.now.Year() + 1, 2
	case "tahun ini", "th ini":
		return d.now.Year(), 2
	}
	if w := d.folded[at]; len(w) == 4 && numeral(w) && yearOf(w) >= d.now.Year() && yearOf(w) <= d.now.Year()+20 && (at == 0 || monthOf(d.folded[at-1]) == 0) {
		return yearOf(w), 1
	}
	return 0, 0
}

// span is n words from one on, folded.
func (d dates) span(at, n int) string {
	return strings.Join(d.folded[at:min(len(d.folded), at+n)], " ")
}

func separates(r rune) bool { return strings.ContainsRune("-/.,:;()'’*_~[]\"“”`", r) }

func numeral(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// yearOf reads a year of four digits or two, 0 when it is none.
func yearOf(s string) int {
	y, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return 0
	case len(s) == 2:
		return 2000 + y
	case y >= 2000 && y <= 2200:
		return y
	}
	return 0
}

// monthOf reads "12", "des", "Desember"; 0 when it is none.
func monthOf(s string) time.Month {
	if n, err := strconv.Atoi(s); err == nil {
		if n >= 1 && n <= 12 {
			return time.Month(n)
		}
		return 0
	}
	m, _ := say.MonthOf(s)
	return m
}

func weekday(word string) (time.Weekday, bool) {
	for i, names := range [...]string{"", "senin|senen", "selasa|slasa|salasa", "rabu|rebo|rebu", "kamis|kemis", "jumat|jum at|jumaat|jemuah", "sabtu|saptu|setu"} { // "minggu" is the week
		if oneOf(names, word) {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

// counted reads a small number in digits or words.
func counted(word string) (int, bool) {
	for i, w := range [...]string{"satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"} {
		if word == w {
			return i + 1, true
		}
	}
	n, err := strconv.Atoi(word)
	return n, err == nil && n >= 1 && n <= 366
}
