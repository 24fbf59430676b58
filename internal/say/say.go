// Package say holds every sentence a citizen reads, in Indonesian and English. It is pure.
//
// The tone: warm, short, respectful ("Anda"), plain words, the next step last. Choices are shown by the network, as
// buttons or numbers, so no sentence counts them up. What people wrote stands between “ ” and is never interpreted.
package say

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode"

	"rabeg/internal/deadline"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Voice speaks for one government in one language.
type Voice struct {
	Profile *profile.Profile
	Lang    string // "id" or "en"; anything else is "id"
	// Follows says that who listens only follows a report.
	Follows bool
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

// quote shows words of a person in one line of at most n runes.
func quote(s string, n int) string {
	return "“" + Clip(strings.Join(strings.Fields(s), " "), n) + "”"
}

// Due is the day by which an answer is due, as people mean it: "Rabu, 2 Des", "Wednesday, 2 Dec". No time of day, and no
// day on which the office is shut (deadline.Day).
func (v Voice) Due(t time.Time) string {
	day := deadline.Day(v.Profile, t)
	if v.Lang == "en" {
		return day.Format("Monday, 2 Jan")
	}
	return v.Day(day)
}

// area names where a place lies: by its kelurahan alone where that is enough ("Cipare"), with the kecamatan where two are
// called so ("Sukawana (Kasemen)"), with the word where the kecamatan is called so too ("Kelurahan Curug"), else by its
// kecamatan ("Kecamatan Curug").
func (v Voice) area(p report.Place) string {
	switch {
	case p.AreaName == "" && p.DistrictName == "":
		return ""
	case p.AreaName == "":
		return "Kecamatan " + p.DistrictName
	case p.DistrictName != "" && v.Profile.Shared(p.AreaName):
		return p.AreaName + " (" + p.DistrictName + ")"
	case strings.EqualFold(p.AreaName, p.DistrictName) && rural(p.Area):
		return "Desa " + p.AreaName
	case strings.EqualFold(p.AreaName, p.DistrictName):
		return "Kelurahan " + p.AreaName
	}
	return p.AreaName
}

// rural tells a desa from a kelurahan: the last part of its official code begins with a 2.
func rural(code string) bool {
	return strings.HasPrefix(code[strings.LastIndexByte(code, '.')+1:], "2")
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

// Category names a category in plain words.
func (v Voice) Category(code string) string {
	c, ok := v.Profile.Category(code)
	if !ok {
		return v.pick("belum pasti", "not sure yet")
	}
	return v.pick(cmp.Or(c.Short, c.Name), cmp.Or(c.ShortEN, c.NameEN, c.Short, c.Name))
}

// Topic is a category's name with its icon before it: "💡 Lampu jalan".
func (v Voice) Topic(code string) string {
	c, ok := v.Profile.Category(code)
	if !ok {
		return "❔ " + v.Category(code)
	}
	return strings.TrimSpace(c.Icon + " " + v.Category(code))
}

// Group names a group of categories.
func (v Voice) Group(g profile.Group) string { return v.pick(g.Name, cmp.Or(g.NameEN, g.Name)) }

// Office names the office a report is with, in full; "" are the officers who find one.
func (v Voice) Office(code string) string {
	if a, ok := v.office(code); ok {
		return a.Name
	}
	return v.f("petugas %s", "officers of %s", v.Profile.Coordinator)
}

// short is what people call an office; "" where officers have to find one.
func (v Voice) short(code string) string {
	a, ok := v.office(code)
	switch {
	case !ok:
		return ""
	case a.District != "" || a.Short == "":
		return a.Name
	}
	return a.Short
}

// office finds an office that acts by itself: reports for those outside stay with the officers who find one.
func (v Voice) office(code string) (profile.Agency, bool) {
	a, ok := v.Profile.Agency(code)
	return a, ok && !a.Outside && !a.Emergency
}

// Kind names what the citizen wants.
func (v Voice) Kind(k report.Kind) string {
	switch k {
	case report.Wish:
		return v.pick("usul", "suggestion")
	case report.Question:
		return v.pick("pertanyaan", "question")
	default:
		return v.pick("keluhan", "complaint")
	}
}

// Status names where a report stands, for people.
func (v Voice) Status(s report.Status) string {
	switch s {
	case report.Received:
		return v.pick("diterima, sedang dicarikan kantornya", "received; we are finding the right office")
	case report.Assigned:
		return v.pick("sudah di kantor yang menangani", "with the office in charge")
	case report.InProgress:
		return v.pick("sedang dikerjakan", "being worked on")
	case report.Planned:
		return v.pick("dijadwalkan", "planned")
	case report.Resolved:
		return v.pick("selesai menurut kantor", "done, says the office")
	case report.Closed:
		return v.pick("ditutup", "closed")
	case report.Rejected:
		return v.pick("tidak bisa dikerjakan", "cannot be acted upon")
	case report.Merged:
		return v.pick("digabung dengan laporan yang sama", "joined with a report of the same")
	case report.Transferred:
		return v.pick("diteruskan ke instansi lain", "passed on to another authority")
	case report.Reopened:
		return v.pick("dibuka kembali", "opened again")
	case report.Quarantined:
		return v.pick("disimpan, dilihat petugas dulu", "kept; officers look at it first")
	default:
		return string(s)
	}
}
