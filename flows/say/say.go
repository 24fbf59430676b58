// Package say holds every sentence a citizen reads, in Indonesian and English. It is pure.
//
// The tone: warm, short, respectful ("Anda"), plain words, the next step last. Choices are shown by the network, as
// buttons or numbers, so no sentence counts them up. What people wrote stands between “ ” and is never interpreted.
package say

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Voice speaks for one government in one language.
type Voice struct {
	Profile *profile.Profile
	Lang    string // "id" or "en"; anything else is "id"
}

// For gives the voice of a profile in a language.
func For(p *profile.Profile, lang string) Voice { return Voice{Profile: p, Lang: lang} }

// pick chooses between the two languages.
func (v Voice) pick(id, en string) string {
	if v.Lang == "en" {
		return en
	}
	return id
}

// f is pick with values filled in.
func (v Voice) f(id, en string, values ...any) string { return fmt.Sprintf(v.pick(id, en), values...) }

// When is a moment in the profile's zone: "Rabu, 25 Nov 16.05", "Wed, 25 Nov 16:05".
func (v Voice) When(t time.Time) string {
	t = t.In(v.Profile.Location())
	if v.Lang == "en" {
		return t.Format("Mon, 2 Jan 15:04")
	}
	return v.Day(t) + t.Format(" 15.04")
}

// Day is the day of a moment in the profile's zone: "Rabu, 25 Nov", "Wed, 25 Nov".
func (v Voice) Day(t time.Time) string {
	t = t.In(v.Profile.Location())
	if v.Lang == "en" {
		return t.Format("Mon, 2 Jan")
	}
	days := [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}
	months := [...]string{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"}
	return fmt.Sprintf("%s, %d %s", days[t.Weekday()], t.Day(), months[t.Month()-1])
}

// Clip shortens what a person wrote to at most n runes, with "…" at the end of what is left out.
func Clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	count := 0
	for i := range s {
		if count == n {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
		count++
	}
	return s
}

// quote shows words of a person in one line of at most n runes.
func quote(s string, n int) string {
	return "“" + Clip(strings.Join(strings.Fields(s), " "), n) + "”"
}

// Where names a place in one line: always with its kecamatan, for two kelurahan may share a name. "" when nothing is known.
func (v Voice) Where(p report.Place) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if p.Said != "" {
		add(Clip(strings.Join(strings.Fields(p.Said), " "), 120))
	}
	if p.Note != "" && !strings.Contains(strings.ToLower(p.Said), strings.ToLower(p.Note)) {
		add(Clip(strings.Join(strings.Fields(p.Note), " "), 80))
	}
	if p.AreaName != "" {
		add(v.pick("Kel. ", "Kel. ") + p.AreaName)
	}
	if p.DistrictName != "" {
		add("Kec. " + p.DistrictName)
	}
	if !strings.Contains(p.Said, p.Whose) || p.Said == "" {
		add(p.Whose)
	}
	switch {
	case len(parts) == 0 && p.Unknown:
		add(v.pick("belum diketahui", "not known"))
	case len(parts) == 0 && p.Pin != nil:
		add(fmt.Sprintf("pin %.5f, %.5f", p.Pin.Lat, p.Pin.Lon))
	case len(parts) == 0 && p.Nowhere:
		add(v.pick("tidak terkait tempat", "not about a place"))
	}
	return strings.Join(parts, ", ")
}

// English reports whether a text looks English rather than Indonesian: at least two common words, or an English greeting.
func English(text string) bool {
	n := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(Clip(text, 400)), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "hello", "hi", "english":
			return true
		case "the", "is", "are", "and", "not", "my", "our", "there", "please", "street", "broken", "in", "on", "at", "has",
			"have", "been", "to", "of", "with", "near", "this", "since", "want", "report", "for", "no", "light", "road":
			n++
		}
	}
	return n >= 2
}

// Category names a category.
func (v Voice) Category(code string) string {
	c, ok := v.Profile.Category(code)
	switch {
	case !ok:
		return v.pick("belum pasti (petugas memilihkan)", "not sure yet (the officers will choose)")
	case v.Lang == "en" && c.NameEN != "":
		return c.NameEN
	}
	return c.Name
}

// Office names the office a draft goes to; "" is the coordinator.
func (v Voice) Office(code string) string {
	a, ok := v.Profile.Agency(code)
	if !ok || a.Outside || a.Emergency {
		return v.f("koordinator (%s)", "the coordinator (%s)", v.Profile.Coordinator)
	}
	return a.Name
}

// Kind names what the citizen wants.
func (v Voice) Kind(k report.Kind) string {
	switch k {
	case report.Wish:
		return v.pick("aspirasi (usul)", "suggestion")
	case report.Question:
		return v.pick("permintaan informasi", "question")
	default:
		return v.pick("pengaduan", "complaint")
	}
}

// Status names where a report stands, for people.
func (v Voice) Status(s report.Status) string {
	switch s {
	case report.Received:
		return v.pick("diterima, sedang dicarikan kantornya", "received, finding the right office")
	case report.Assigned:
		return v.pick("sudah di kantor yang menangani", "with the office in charge")
	case report.InProgress:
		return v.pick("sedang dikerjakan", "being worked on")
	case report.Planned:
		return v.pick("dijadwalkan", "planned")
	case report.Resolved:
		return v.pick("dinyatakan selesai", "called done")
	case report.Closed:
		return v.pick("ditutup", "closed")
	case report.Rejected:
		return v.pick("tidak dapat ditindaklanjuti", "can not be acted upon")
	case report.Merged:
		return v.pick("digabung dengan laporan yang sama", "joined with the same report")
	case report.Transferred:
		return v.pick("diteruskan ke instansi lain", "passed on to another authority")
	case report.Reopened:
		return v.pick("dibuka kembali", "opened again")
	default:
		return string(s)
	}
}
