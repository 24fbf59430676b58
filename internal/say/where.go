package say

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Where names a place in one line, as people would: what was said, then the kelurahan. "" when nothing is known.
func (v Voice) Where(p report.Place) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	said, note := beside(p)
	if said != "" {
		add(Clip(strings.Join(strings.Fields(said), " "), 120))
	}
	if note != "" && !strings.Contains(strings.ToLower(said), strings.ToLower(note)) {
		add(Clip(strings.Join(strings.Fields(note), " "), 80))
	}
	if area := v.area(p); !strings.Contains(" "+bot.Fold(strings.Join(parts, " "))+" ", " "+bot.Fold(area)+" ") {
		add(area) // who wrote the kelurahan reads it once
	}
	if !strings.Contains(p.Said, p.Whose) || p.Said == "" {
		add(p.Whose)
	}
	switch {
	case p.Unknown && p.Said == "": // a note beside it is a hint, and no place
		parts = append([]string{v.pick("belum diketahui", "not known")}, parts...)
	case len(parts) == 0 && p.Pin != nil:
		add(fmt.Sprintf("pin %.5f, %.5f", p.Pin.Lat, p.Pin.Lon))
	case len(parts) == 0 && p.Nowhere:
		add(v.pick("tidak terkait tempat", "not about a place"))
	}
	return strings.Join(parts, ", ")
}

// beside puts the word that says on which side of a place it is before its name again, where it was said: "depan Pasar Rau", not "Pasar
// Rau, depan". note is what is left of the note.
func beside(p report.Place) (said, note string) {
	side, rest, _ := strings.Cut(p.Note, ", ")
	lone := side != "" && strings.IndexFunc(side, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
	if p.Said == "" || !lone || strings.Contains(strings.ToLower(p.Said), side) {
		return p.Said, p.Note
	}
	return side + " " + p.Said, rest
}

// Site is a place in an officer's words: kelurahan always with its kecamatan, then what was said, then a link to the pin.
func Site(p report.Place) string {
	var parts []string
	if area := Area(p); area != "" {
		parts = append(parts, area)
	}
	said, note := beside(p)
	if said != "" {
		parts = append(parts, "“"+Clip(said, 200)+"”")
	}
	if note != "" {
		parts = append(parts, Clip(note, 200))
	}
	if p.Pin != nil {
		parts = append(parts, fmt.Sprintf("https://maps.google.com/?q=%.6f,%.6f", p.Pin.Lat, p.Pin.Lon))
	}
	if p.Whose != "" {
		parts = append(parts, "sepertinya wilayah "+p.Whose)
	}
	if p.Unknown {
		parts = append(parts, "pelapor tidak tahu tempatnya")
	}
	if len(parts) == 0 && p.Nowhere {
		return "tidak terkait tempat"
	}
	return strings.Join(parts, " · ")
}

// Area names the kelurahan with its kecamatan ("Kel. Cipare, Kec. Serang"): two kelurahan may share a name.
func Area(p report.Place) string {
	var parts []string
	if p.AreaName != "" {
		parts = append(parts, "Kel. "+p.AreaName)
	}
	if p.DistrictName != "" {
		parts = append(parts, "Kec. "+p.DistrictName)
	}
	return strings.Join(parts, ", ")
}
