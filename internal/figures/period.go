package figures

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/say"
)

// Period is a time that people speak of: whole days of a zone.
type Period struct {
	// From is its first moment, To the first after it.
	From, To time.Time
	// Name is what people call it: "Oktober 2026".
	Name string
}

// Month is the month of a moment, in the moment's zone.
func Month(t time.Time) Period {
	from := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
	return Period{from, from.AddDate(0, 1, 0), fmt.Sprintf("%s %d", say.MonthName(from), from.Year())}
}

// Week is the week of a moment, from Monday on, in the moment's zone.
func Week(t time.Time) Period {
	from := dayOf(t)
	from = from.AddDate(0, 0, -int(from.Weekday()+6)%7)
	return days(from, from.AddDate(0, 0, 7))
}

func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// days is a period named by its first and its last day.
func days(from, to time.Time) Period {
	last := to.AddDate(0, 0, -1)
	name := func(t time.Time) string { return fmt.Sprintf("%d %s %d", t.Day(), say.MonthName(t), t.Year()) }
	switch {
	case from.Equal(last):
		return Period{from, to, name(from)}
	case from.Year() == last.Year() && from.Month() == last.Month():
		return Period{from, to, fmt.Sprintf("%d–%s", from.Day(), name(last))}
	case from.Year() == last.Year():
		return Period{from, to, fmt.Sprintf("%d %s – %s", from.Day(), say.MonthName(from), name(last))}
	}
	return Period{from, to, name(from) + " – " + name(last)}
}

func months(from time.Time, n int, name string) Period {
	return Period{from, from.AddDate(0, n, 0), name}
}

// Before is the period of the same kind that ended where this one begins.
func (p Period) Before() Period {
	if p.From.Day() == 1 && p.To.Day() == 1 {
		n := 0
		for from := p.From; from.Before(p.To); from = from.AddDate(0, 1, 0) {
			n++
		}
		if n == 1 {
			return Month(p.From.AddDate(0, -1, 0))
		}
		from := p.From.AddDate(0, -n, 0)
		return days(from, p.From)
	}
	n := int(p.To.Sub(p.From).Round(24*time.Hour) / (24 * time.Hour))
	return days(p.From.AddDate(0, 0, -n), p.From)
}

// ReadPeriod finds a period in what somebody writes, in the zone of now: "bulan ini", "minggu lalu", "2026-10", "Oktober", "okt 25",
// "30 hari", "3 bulan terakhir", "semester 1", "triwulan lalu", "2025", "1-15 Oktober", "2026-10-01 s.d. 2026-10-15". rest is the text without it. ok is false where
// there is none.
func ReadPeriod(now time.Time, text string) (p Period, rest string, ok bool) {
	words := strings.Fields(strings.NewReplacer("–", "-", "—", "-", "s.d.", " sd ", "s/d", " sd ").Replace(text))
	r := periodReader{now: now, words: make([]string, len(words))}
	for i, w := range words {
		w = strings.Trim(strings.ToLower(w), ".,;:()?!")
		if f := bot.Fold(w); !strings.ContainsAny(w, "-/0123456789") {
			w = f
		}
		r.words[i] = w
	}
	for at := range words {
		for _, read := range []func(int) (Period, int){r.span, r.semester, r.named, r.rolling, r.count, r.month, r.digits} {
			if p, n := read(at); n > 0 {
				from := at
				for from > 0 && slices.Contains([]string{"pada", "di", "untuk", "periode", "bulan", "tahun", "selama", "dari", "tgl", "tanggal"}, r.words[from-1]) {
					from--
				}
				return p, strings.Join(append(slices.Clone(words[:from]), words[at+n:]...), " "), true
			}
		}
	}
	return Period{}, text, false
}

type periodReader struct {
	now   time.Time
	words []string
}

func (r periodReader) word(at int) string {
	if at < len(r.words) {
		return r.words[at]
	}
	return ""
}

// named reads "bulan ini", "minggu lalu", "hari ini", "kemarin", "triwulan ini".
func (r periodReader) named(at int) (Period, int) {
	today := dayOf(r.now)
	switch r.word(at) {
	case "kemarin", "kmrn", "kemaren", "yesterday":
		return days(today.AddDate(0, 0, -1), today), 1
	case "today":
		return days(today, today.AddDate(0, 0, 1)), 1
	}
	unit, long := r.word(at), 2
	past, known := false, true
	switch r.word(at + 1) {
	case "ini", "sekarang", "berjalan", "skrg":
	case "lalu", "kemarin", "kemaren", "kmrn", "sebelumnya", "lewat":
		past = true
	case "yang", "yg":
		past, long, known = true, 3, r.word(at+2) == "lalu" || r.word(at+2) == "lewat"
	default:
		known = false
	}
	if unit == "this" || unit == "last" {
		past, known, long = unit == "last", true, 2
		unit = map[string]string{"week": "minggu", "month": "bulan", "year": "tahun", "quarter": "triwulan"}[r.word(at+1)]
	}
	if !known {
		return Period{}, 0
	}
	var p Period
	switch unit {
	case "hari", "hr":
		p = days(today, today.AddDate(0, 0, 1))
	case "minggu", "mgg", "pekan", "mggu":
		p = Week(r.now)
	case "bulan", "bln", "bl":
		p = Month(r.now)
	case "triwulan", "kuartal", "tw":
		p = quarter(r.now.Year(), int(r.now.Month()-1)/3+1, r.now.Location())
		if past {
			before := p.From.AddDate(0, -3, 0)
			return quarter(before.Year(), int(before.Month()-1)/3+1, r.now.Location()), long
		}
	case "tahun", "thn", "th", "taun": //nolint:misspell // tahun, as it is typed
		p = year(r.now.Year(), r.now.Location())
		if past {
			return year(r.now.Year()-1, r.now.Location()), long
		}
	default:
		return Period{}, 0
	}
	if past {
		p = p.Before()
	}
	return p, long
}

func year(y int, in *time.Location) Period {
	return months(time.Date(y, 1, 1, 0, 0, 0, 0, in), 12, strconv.Itoa(y))
}

func quarter(y, n int, in *time.Location) Period {
	return months(time.Date(y, time.Month(3*n-2), 1, 0, 0, 0, 0, in), 3, fmt.Sprintf("triwulan %d %d", n, y))
}

// count reads "triwulan 3", "triwulan 3 2026".
func (r periodReader) count(at int) (Period, int) {
	if w := r.word(at); w == "triwulan" || w == "kuartal" || w == "tw" {
		n := slices.Index([]string{"", "1", "2", "3", "4"}, r.word(at+1))
		if n < 1 {
			n = slices.Index([]string{"", "i", "ii", "iii", "iv"}, r.word(at+1))
		}
		if n < 1 {
			return Period{}, 0
		}
		if y, ok := yearOf(r.word(at + 2)); ok {
			return quarter(y, n, r.now.Location()), 3
		}
		return quarter(r.lately(time.Month(3*n-2)), n, r.now.Location()), 2
	}
	return Period{}, 0
}

// lately is the year in which a month of the calendar began last.
func (r periodReader) lately(m time.Month) int {
	if m > r.now.Month() {
		return r.now.Year() - 1
	}
	return r.now.Year()
}

func yearOf(w string) (int, bool) {
	n, err := strconv.Atoi(w)
	switch {
	case err != nil:
		return 0, false
	case len(w) == 4 && n >= 2000 && n < 2100:
		return n, true
	case len(w) == 2 && n >= 15:
		return 2000 + n, true
	}
	return 0, false
}

// month reads "Oktober", "okt 2026". A word that is only the beginning of one ("mar", "mei") needs three letters.
func (r periodReader) month(at int) (Period, int) {
	m, ok := say.MonthOf(r.word(at))
	if !ok || at > 0 && strings.ContainsAny(r.words[at-1], "0123456789") && strings.Trim(r.words[at-1], "0123456789-") == "" {
		return Period{}, 0 // with a day that it does not have
	}
	if y, ok := yearOf(r.word(at + 1)); ok {
		return Month(time.Date(y, m, 1, 0, 0, 0, 0, r.now.Location())), 2
	}
	return Month(time.Date(r.lately(m), m, 1, 0, 0, 0, 0, r.now.Location())), 1
}

// digits reads "2026-10", "10/2026", "2026", and a day alone.
func (r periodReader) digits(at int) (Period, int) {
	w := strings.ReplaceAll(r.word(at), "/", "-")
	in := r.now.Location()
	for _, form := range []string{"2006-01", "2006-1", "01-2006", "1-2006"} {
		if t, err := time.ParseInLocation(form, w, in); err == nil {
			return Month(t), 1
		}
	}
	if d, n := r.day(at); n > 0 {
		return days(d, d.AddDate(0, 0, 1)), n
	}
	if y, ok := yearOf(w); ok && len(w) == 4 {
		return year(y, in), 1
	}
	return Period{}, 0
}

// day reads "2026-10-01", "1/10/2026", "1-10-26", "1 Oktober 2026", "1 okt".
func (r periodReader) day(at int) (time.Time, int) {
	w := strings.ReplaceAll(r.word(at), "/", "-")
	in := r.now.Location()
	for _, form := range []string{time.DateOnly, "2006-1-2", "2-1-2006", "2-1-06"} {
		if t, err := time.ParseInLocation(form, w, in); err == nil {
			return t, 1
		}
	}
	n, err := strconv.Atoi(w)
	m, ok := say.MonthOf(r.word(at + 1))
	if err != nil || !ok || n < 1 || n > 31 {
		return time.Time{}, 0
	}
	y, long := r.lately(m), 2
	if said, ok := yearOf(r.word(at + 2)); ok {
		y, long = said, 3
	}
	t := time.Date(y, m, n, 0, 0, 0, 0, in)
	if t.Day() != n {
		return time.Time{}, 0
	}
	return t, long
}

// span reads "1 Okt sd 15 Okt", "2026-10-01 2026-10-15", "1-15 Oktober 2026", "1 - 15 oktober".
func (r periodReader) span(at int) (Period, int) {
	if first, last, ok := strings.Cut(r.word(at), "-"); ok {
		a, err := strconv.Atoi(first)
		joined := periodReader{r.now, append([]string{last}, r.words[at+1:]...)}
		if d, n := joined.day(0); err == nil && n > 1 && a >= 1 && a <= d.Day() {
			return days(d.AddDate(0, 0, a-d.Day()), d.AddDate(0, 0, 1)), n
		}
	}
	from, n := r.day(at)
	bare := 0
	if n == 0 {
		if a, err := strconv.Atoi(r.word(at)); err == nil && a >= 1 && a <= 31 {
			bare, n = a, 1
		}
	}
	if n == 0 {
		return Period{}, 0
	}
	next := at + n
	joins := slices.Contains([]string{"sd", "sampai", "hingga", "-", "ke", "to"}, r.word(next))
	if joins {
		next++
	}
	to, m := r.day(next)
	switch {
	case m == 0 || bare > 0 && (!joins || bare > to.Day()):
		return Period{}, 0
	case bare > 0:
		from = to.AddDate(0, 0, bare-to.Day())
	}
	if to.Before(from) {
		from, to = to, from
	}
	return days(from, to.AddDate(0, 0, 1)), next + m - at
}
