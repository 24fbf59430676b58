package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/say"
)

// Times that are a stretch of days: what is meant is their last day.

// until reports whether a word stands between the ends of a time ("30 Nov s.d. 31 Des").
func until(word string) bool {
	switch word {
	case "s d", "sd", "sampai", "sampe", "hingga", "":
		return true
	}
	return false
}

// days reads a day, or of two that stand for a time the later ("30 Nov s.d. 31 Des 2026", "10-12 Des 2026").
func (d dates) days(at int) (time.Time, int) {
	if at+2 < len(d.words) && dayNumber(d.words[at]) && until(d.folded[at+1]) && d.folded[at+2] != "" {
		if later, n := d.day(at + 2); n > 0 && monthOf(strings.Trim(d.folded[at+2], "0123456789 ")) == 0 && !d.whole(at) {
			return later, 2 + n
		}
	}
	if ends := strings.FieldsFunc(d.words[at], separates); len(ends) == 2 && dayNumber(ends[0]) && dayNumber(ends[1]) && at+1 < len(d.words) {
		if _, name := say.MonthOf(d.folded[at+1]); name {
			d.words = slices.Clone(d.words)
			d.words[at] = ends[1]
			return d.day(at)
		}
	}
	t, n := d.day(at)
	if n == 0 || at+n+1 >= len(d.words) {
		return t, n
	}
	if until(d.folded[at+n]) {
		if later, m := d.day(at + n + 1); m > 0 {
			return later, n + 1 + m
		}
	}
	return t, n
}

// whole reports whether a date with its month stands at a word, so that the number there is none of a stretch's.
func (d dates) whole(at int) bool {
	_, n := d.day(at)
	return n > 0
}

// scheduled reports whether a word that sets a day stands right before one: "kita jadwalin rabu".
func (d dates) scheduled(at int) bool {
	for at > 0 && leads(d.folded[at-1]) {
		at--
	}
	return at > 0 && slices.ContainsFunc([]string{"jadwal", "dijadwal", "agenda", "diagenda", "rencana", "direncana"}, func(lead string) bool { return strings.HasPrefix(d.folded[at-1], lead) })
}

// onlyDay reports whether a day of the week is all that is told of a date: neither a number nor a distance stands beside it ("kamis tgl 10",
// "senin dua minggu lagi").
func (d dates) onlyDay(at int) bool {
	for i, w := range d.folded {
		if i != at && strings.ContainsAny(w, "0123456789") || i > at && (w == "lagi" || w == "depan" || w == "minggu" || w == "pekan" || w == "bulan") {
			return false
		}
	}
	return true
}

// next is the end of the next such day of the week, never of today.
func (d dates) next(day time.Weekday) time.Time {
	return d.end(d.now.Year(), d.now.Month(), d.now.Day()+(int(day)-int(d.now.Weekday())+6)%7+1)
}

func dayNumber(word string) bool {
	n, err := strconv.Atoi(word)
	return err == nil && n >= 1 && n <= 31
}

// months reads a month, or of two the later ("Maret s/d April 2027").
func (d dates) months(at int) (time.Time, int) {
	t, n := d.month(at)
	if n == 0 || at+n+1 >= len(d.words) || !until(d.folded[at+n]) {
		return t, n
	}
	if later, m := d.month(at + n + 1); m > 0 {
		return later, n + 1 + m
	}
	return t, n
}

// week reads a week of a month by its place in it: "minggu ke-2 Maret", "minggu kedua bulan depan", "pekan terakhir Desember".
func (d dates) week(at int) (time.Time, int) {
	if at+2 >= len(d.words) || d.folded[at] != "minggu" && d.folded[at] != "pekan" && d.folded[at] != "mgg" {
		return time.Time{}, 0
	}
	place, used := weekPlace(d.folded[at+1]), 2
	if place == 0 && d.folded[at+1] == "ke" {
		place, used = weekPlace("ke "+d.folded[at+2]), 3
	}
	if place == 0 || at+used >= len(d.words) {
		return time.Time{}, 0
	}
	var end time.Time
	n := 2
	switch d.span(at+used, 2) {
	case "bulan depan", "bln depan":
		end = d.end(d.now.Year(), d.now.Month()+2, 0)
	case "bulan ini", "bln ini":
		end = d.end(d.now.Year(), d.now.Month()+1, 0)
	default:
		if name := d.folded[at+used]; name == "bulan" || name == "bln" {
			used++
		}
		if at+used >= len(d.words) {
			return time.Time{}, 0
		}
		rest := dates{now: d.now, words: d.words[at+used:], folded: d.folded[at+used:]}
		if end, n = rest.month(0); n == 0 {
			return time.Time{}, 0
		}
	}
	const last, days = 5, 7
	if place < last {
		end = d.end(end.Year(), end.Month(), min(place*days, end.Day()))
	}
	return end, used + n
}

// weekPlace reads which week of a month is meant; 5 is the last, 0 none.
func weekPlace(word string) int {
	word = strings.TrimSpace(strings.TrimPrefix(word, "ke "))
	for i, names := range [...]string{"1 i pertama kesatu satu ke1", "2 ii kedua dua ke2", "3 iii ketiga tiga ke3", "4 iv keempat empat ke4", "5 v kelima lima ke5 terakhir akhir"} {
		if slices.Contains(strings.Fields(names), word) {
			return i + 1
		}
	}
	return 0
}

// one reads a single week, month or year from now: "seminggu lagi", "sebulan ke depan".
func (d dates) one(at int) (time.Time, int) {
	used := 2
	switch d.span(at+1, 1) {
	case "lagi", "kedepan":
	case "ke":
		if d.span(at+1, 2) != "ke depan" {
			return time.Time{}, 0
		}
		used = 3
	default:
		return time.Time{}, 0
	}
	y, m, day := d.now.Date()
	switch d.folded[at] {
	case "seminggu", "sepekan":
		return d.end(y, m, day+7), used
	case "sebulan":
		return d.end(y, m+1, day), used
	case "setahun":
		return d.end(y+1, m, day), used
	}
	return time.Time{}, 0
}

// partOfMonth reads "akhir bulan", "awal bulan depan".
func (d dates) partOfMonth(two, three string) (time.Time, int) {
	month, n := d.now.Month(), 2
	switch three {
	case two + " depan":
		month, n = month+1, 3
	case two + " ini":
		n = 3
	}
	switch two {
	case "akhir bulan":
		return d.end(d.now.Year(), month+1, 0), n
	case "awal bulan":
		month += soonest(d.now.Day() > 10 && n == 2)
		return d.end(d.now.Year(), month, 10), n
	}
	month += soonest(d.now.Day() > 20 && n == 2)
	return d.end(d.now.Year(), month, 20), n
}

// soonest is a month more where this one's is over.
func soonest(over bool) time.Month {
	if over {
		return 1
	}
	return 0
}
