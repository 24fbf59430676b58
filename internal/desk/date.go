package desk

import (
	"strconv"
	"strings"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/say"
)

// splitDate reads a date at the beginning of a text ("31-12-2026", "31/12/2026", "2026-12-31", "31 Des 2026"). The time is
// the end of that day in the government's zone. ok is false when there is none.
func splitDate(p *profile.Profile, text string) (t time.Time, rest string, ok bool) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return time.Time{}, text, false
	}
	parts := strings.FieldsFunc(words[0], func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	used := 1
	if len(parts) == 1 && len(words) >= 3 {
		parts, used = words[:3], 3
	}
	if len(parts) != 3 {
		return time.Time{}, text, false
	}
	if len(parts[0]) == 4 {
		parts = []string{parts[2], parts[1], parts[0]}
	}
	d, err1 := strconv.Atoi(parts[0])
	y, err2 := strconv.Atoi(parts[2])
	m := month(parts[1])
	if err1 != nil || err2 != nil || m == 0 || y < 2000 || y > 2200 {
		return time.Time{}, text, false
	}
	t = time.Date(y, time.Month(m), d, 23, 59, 0, 0, p.Location())
	if t.Day() != d || t.Month() != time.Month(m) {
		return time.Time{}, text, false // 31 February
	}
	return t.UTC(), strings.Join(words[used:], " "), true
}

// month reads "12", "des", "Desember"; 0 when it is none.
func month(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		if n >= 1 && n <= 12 {
			return n
		}
		return 0
	}
	m, _ := say.MonthOf(s)
	return int(m)
}
