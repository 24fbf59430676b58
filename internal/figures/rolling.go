package figures

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// unit is a length of time by which people count back from today.
type unit struct{ days, months int }

// unitOf reads "hari", "bln", "weeks".
func unitOf(w string) (unit, bool) {
	switch w {
	case "hari", "hr", "day", "days":
		return unit{days: 1}, true
	case "minggu", "mgg", "mggu", "pekan", "week", "weeks":
		return unit{days: 7}, true
	case "bulan", "bln", "bl", "month", "months":
		return unit{months: 1}, true
	case "triwulan", "kuartal", "quarter", "quarters":
		return unit{months: 3}, true
	case "semester", "smt", "smtr":
		return unit{months: 6}, true
	case "tahun", "thn", "th", "taun", "year", "years": //nolint:misspell // tahun, as it is typed
		return unit{months: 12}, true
	}
	return unit{}, false
}

// fewOf reads how many: "3", "tiga".
func fewOf(w string) (int, bool) {
	if n, err := strconv.Atoi(w); err == nil {
		return n, n > 0 && n <= 400
	}
	n := slices.Index([]string{"", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"}, w)
	return n, n > 0
}

// ago is how many words from a place on say that time is counted back from today: "terakhir", "ke belakang", "yang lalu". sure says that they
// say nothing else.
func (r periodReader) ago(at int) (long int, sure bool) {
	switch r.word(at) {
	case "terakhir", "trakhir", "terahir", "trahir", "terkahir", "trkhr", "terakir", "trakir", "kebelakang", "belakangan", "belakang":
		return 1, true
	case "ini", "lalu":
		return 1, false
	case "ke", "yang", "yg":
		if next := r.word(at + 1); next == "belakang" || next == "lalu" || next == "terakhir" {
			return 2, next != "lalu"
		}
	}
	return 0, false
}

// rolling reads times that end today: "30 hari", "7 hari terakhir", "3 bulan terakhir", "enam bulan ke belakang", "setahun terakhir", "bulan
// terakhir", "last 2 months".
func (r periodReader) rolling(at int) (Period, int) {
	from, before := at, r.word(at) == "last" || r.word(at) == "past"
	if before {
		from++
	}
	n, counted := fewOf(r.word(from))
	of, known := unit{}, false
	long := 1
	switch w := r.word(from); {
	case counted:
		of, known = unitOf(r.word(from + 1))
		long = 2
	case w == "setengah" && isYear(r.word(from+1)):
		n, of, known, long = 6, unit{months: 1}, true, 2
	case len(w) > 2 && w[:2] == "se" && !before:
		n = 1
		of, known = unitOf(w[2:])
	case !before: // "bulan terakhir"
		n = 1
		if of, known = unitOf(w); known {
			_, known = r.ago(from + 1)
		}
	}
	end := dayOf(r.now).AddDate(0, 0, 1)
	if !known || n*of.days > 400 || n*of.months > 60 {
		return Period{}, 0
	}
	trail, _ := r.ago(from + long)
	begin := monthsBefore(end, n*of.months).AddDate(0, 0, -n*of.days)
	return days(begin, end), from + long + trail - at
}

// monthsBefore is the same day so many months before, the month's last where it has no such day.
func monthsBefore(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()-time.Month(n), 1, 0, 0, 0, 0, t.Location())
	return first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
}

// semester reads "semester 1", "semester II 2025", "semester ini", "smt lalu".
func (r periodReader) semester(at int) (Period, int) {
	if w := r.word(at); w != "semester" && w != "smt" && w != "smtr" {
		return Period{}, 0
	}
	half := func(y, n int) Period {
		return months(time.Date(y, time.Month(6*n-5), 1, 0, 0, 0, 0, r.now.Location()), 6, fmt.Sprintf("semester %d %d", n, y))
	}
	now := (int(r.now.Month())-1)/6 + 1
	switch r.word(at + 1) {
	case "ini", "sekarang", "berjalan", "skrg":
		return half(r.now.Year(), now), 2
	case "lalu", "kemarin", "kemaren", "kmrn", "sebelumnya", "lewat":
		return half(r.now.Year()-(2-now), 3-now), 2
	}
	n := slices.Index([]string{"", "1", "2"}, r.word(at+1))
	if n < 1 {
		n = slices.Index([]string{"", "i", "ii"}, r.word(at+1))
	}
	if n < 1 {
		return Period{}, 0
	}
	if y, ok := yearOf(r.word(at + 2)); ok {
		return half(y, n), 3
	}
	return half(r.lately(time.Month(6*n-5)), n), 2
}

func isYear(w string) bool {
	u, ok := unitOf(w)
	return ok && u.months == 12
}
