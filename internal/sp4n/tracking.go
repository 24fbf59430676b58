package sp4n

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"rabeg/bot"
)

// Shortest and Longest are how many digits a tracking id has: seven at the end of 2024, with room for what comes.
const (
	Shortest = 6
	Longest  = 10
)

// TrackingID reads a tracking id that stands alone; ok is false for everything else.
func TrackingID(s string) (number string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < Shortest || len(s) > Longest || s[0] == '0' {
		return "", false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return "", false
		}
	}
	return s, true
}

var (
	link = regexp.MustCompile(`(?i)(?:https?://)?[a-z0-9.-]*lapor\.go\.id[^\s]*`)
	// runs are digits that belong together: groups of them with one sign between.
	runs      = regexp.MustCompile(`[0-9]+(?:[-., \x{a0}][0-9]+)*`)
	groups    = regexp.MustCompile(`[0-9]+`)
	thousands = regexp.MustCompile(`^[0-9]{1,3}(?:[-., \x{a0}][0-9]{3})+$`)
	// times are days and hours as people write them beside a number, years a year alone.
	times = regexp.MustCompile(`(?i)\b[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:19|20)[0-9]{2}\b|\b(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}\b|` +
		`\b[0-9]{1,2} +[a-z]{3,9}\.? +(?:19|20)[0-9]{2}\b|\b[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?\b`)
	// code is a report's number of ours, which people write beside it.
	code  = regexp.MustCompile(`(?i)\b[a-z]{2,6}-[a-z0-9]{3,8}-[a-z0-9]\b`)
	years = regexp.MustCompile(`^(?:19|20)[0-9]{2}$`)
	// alike are digits among which a letter stands, mostly one that looks like a digit.
	alike = regexp.MustCompile(`(?i)\b(?:[0-9]+[oilsb]+|[0-9]+[a-z]{1,2}[0-9]|[oilsb]{1,2}[0-9]|[a-z][0-9])[0-9oilsb]*\b|\b[0-9]+[a-z]\b`)
)

// What people are told whose number cannot be taken.
const (
	noNumber   = "Belum ada nomornya. Kirim Tracking ID dari LAPOR!, misalnya: 8123456, atau tautan halamannya."
	noneInLink = "Tautan itu tidak memuat Tracking ID. Kirim angkanya saja, misalnya: 8123456."
	oddNumber  = "Tracking ID terdiri dari 6 sampai 10 angka tanpa nol di depan, misalnya: 8123456. Periksa lagi di halaman LAPOR!."
	letterIn   = "Ada huruf di antara angkanya (O bukan nol, I bukan satu). Kirim Tracking ID dengan angka saja, misalnya: 8123456."
	twoNumbers = "Ada lebih dari satu nomor. Kirim Tracking ID laporan ini saja, misalnya: 8123456."
	parted     = "Angkanya terpisah; saya tidak tahu mana yang termasuk nomornya. Kirim Tracking ID tanpa spasi, misalnya: 8123456."
)

// Found is a tracking id that somebody wrote, with the page it was in, "" for none.
type Found struct{ Number, URL string }

// FindTracking reads the tracking id that somebody gives back: alone, behind words ("ID 8123456", "#8123456"), with signs between, beside a
// day, or in the address of the page. why says in words for officers what is wrong, "" where nothing is: no number, one that cannot be one,
// or two of them.
func FindTracking(said string) (f Found, why string) {
	said, none := plain(said), noNumber
	if at := link.FindString(said); at != "" {
		if f, ok := inLink(at); ok {
			return f, ""
		}
		said, none = strings.Replace(said, at, " ", 1), noneInLink
	}
	said = code.ReplaceAllString(said, ", ")
	for _, w := range alike.FindAllString(said, -1) {
		if len(w) >= Shortest {
			return Found{}, letterIn
		}
	}
	said = times.ReplaceAllString(said, ", ")
	var numbers []string
	odd := ""
	for _, run := range runs.FindAllString(said, -1) {
		some, wrong := numbersIn(run)
		if wrong == oddNumber && len(run) <= 3 && len(said) > Shortest { // "3 titik"
			wrong = ""
		}
		odd = cmp.Or(odd, wrong)
		for _, n := range some {
			if !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
	}
	switch {
	case len(numbers) == 1 && (odd == "" || odd == aYear):
		return Found{Number: numbers[0]}, ""
	case len(numbers) > 1:
		return Found{}, twoNumbers
	case odd == aYear:
		return Found{}, oddNumber
	}
	return Found{}, cmp.Or(odd, none)
}

// aYear is a number that is wrong where no other is there.
const aYear = "a year"

// numbersIn are the tracking ids in digits that stand together, and what is wrong with the others.
func numbersIn(run string) (numbers []string, wrong string) {
	parts := groups.FindAllString(run, -1)
	joined, whole := TrackingID(strings.Join(parts, ""))
	if len(parts) == 1 || thousands.MatchString(run) {
		switch {
		case whole:
			return []string{joined}, ""
		case years.MatchString(run):
			return nil, aYear
		}
		return nil, oddNumber
	}
	for _, p := range parts {
		n, ok := TrackingID(p)
		switch {
		case ok:
			numbers = append(numbers, n)
		case years.MatchString(p):
			wrong = cmp.Or(wrong, aYear)
		case len(p) > 3:
			wrong = oddNumber
		case wrong != oddNumber:
			wrong = parted
		}
	}
	switch {
	case len(numbers) == 0 && whole && len(parts) == 2 && !strings.ContainsAny(run, ".,") && min(len(parts[0]), len(parts[1])) > 1:
		return []string{joined}, ""
	case len(numbers) == 0:
		return nil, oddNumber
	case wrong == parted && !whole:
		wrong = ""
	}
	return numbers, wrong
}

// plain is what somebody wrote with digits of any script as ours, and without marks that nobody sees.
func plain(said string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := bot.Digit(r); ok {
			return '0' + rune(d)
		}
		if bot.Invisible(r) {
			return -1
		}
		return r
	}, said)
}

var (
	before   = regexp.MustCompile(`^(?i)(?:(?:no|nomor|id|tracking)\b[.:\s]*|#\s*)+`)
	computed = regexp.MustCompile(`^[0-9]+,[0-9]+(?:[eE]\+?[0-9]+)?$`)
)

// cellID is the tracking id of a cell, whatever a sheet or a person has put around it; ok is false for what is none.
func cellID(cell string) (number string, ok bool) {
	if n, ok := TrackingID(cell); ok {
		return n, true
	}
	if len(cell) > 200 {
		return "", false
	}
	cell = strings.TrimSpace(plain(cell))
	if link.MatchString(cell) {
		f, ok := inLink(cell)
		return f.Number, ok
	}
	if inner, found := strings.CutPrefix(cell, `="`); found { // by which a sheet is told to leave digits alone
		cell = strings.TrimSuffix(inner, `"`)
	}
	cell = before.ReplaceAllString(strings.TrimPrefix(cell, "'"), "")
	switch {
	case thousands.MatchString(cell) && !strings.Contains(cell, "-"):
		cell = strings.Join(groups.FindAllString(cell, -1), "")
	case computed.MatchString(cell):
		cell = strings.Replace(cell, ",", ".", 1)
	}
	return TrackingID(whole(cell))
}

// inLink reads the number in an address: the last part of its path, or a word of its query.
func inLink(at string) (Found, bool) {
	whole := at
	if !strings.Contains(strings.ToLower(at), "://") {
		whole = "https://" + at
	}
	u, err := url.Parse(strings.TrimRight(whole, ".,;:)!?\"'"))
	if err != nil {
		return Found{}, false
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for _, part := range slices.Backward(parts) {
		if n, ok := TrackingID(part); ok {
			return Found{Number: n, URL: "https://" + u.Host + u.Path}, true
		}
	}
	for _, values := range u.Query() {
		for _, v := range values {
			if n, ok := TrackingID(v); ok {
				return Found{Number: n, URL: "https://" + u.Host + u.Path}, true
			}
		}
	}
	return Found{}, false
}
