package sp4n

import (
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
	runs = regexp.MustCompile(`\b[0-9]{1,3}(?:[. ][0-9]{3})+\b|[0-9]+`)
)

// Found is a tracking id that somebody wrote, with the page it was in, "" for none.
type Found struct{ Number, URL string }

// FindTracking reads the tracking id that somebody gives back: alone, behind words ("ID 8123456", "#8123456"), with dots between, or in
// the address of the page. why says in words for officers what is wrong, "" where nothing is: no number, one that cannot be one, or
// two of them.
func FindTracking(said string) (f Found, why string) {
	said = strings.Map(func(r rune) rune { // digits of any script, no marks that nobody sees
		if d, ok := bot.Digit(r); ok {
			return '0' + rune(d)
		}
		if bot.Invisible(r) {
			return -1
		}
		return r
	}, said)
	if at := link.FindString(said); at != "" {
		if f, ok := inLink(at); ok {
			return f, ""
		}
		said = strings.Replace(said, at, " ", 1)
	}
	var numbers, odd []string
	for _, run := range runs.FindAllString(said, -1) {
		digits := strings.NewReplacer(".", "", " ", "").Replace(run)
		if n, ok := TrackingID(digits); ok {
			numbers = append(numbers, n)
		} else if len(digits) > 3 || len(said) <= Shortest {
			odd = append(odd, digits)
		}
	}
	switch {
	case len(numbers) == 1 && len(odd) == 0, len(numbers) == 2 && numbers[0] == numbers[1]:
		return Found{Number: numbers[0]}, ""
	case len(numbers) > 1:
		return Found{}, "Ada lebih dari satu nomor. Kirim Tracking ID laporan ini saja, misalnya: 8123456."
	case len(odd) > 0:
		return Found{}, "Tracking ID terdiri dari 6 sampai 10 angka tanpa nol di depan, misalnya: 8123456. Periksa lagi di halaman LAPOR!."
	}
	return Found{}, "Belum ada nomornya. Kirim Tracking ID dari LAPOR!, misalnya: 8123456, atau tautan halamannya."
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
