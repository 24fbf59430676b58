package sp4n

import (
	"fmt"
	"strings"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Packet is a report as it is typed into LAPOR!, field by field in the order of its form.
type Packet struct {
	Code              report.Code
	Kind, Title       string
	Class             string   // "Pengaduan Berkadar Pengawasan", "" where nobody has said
	Text              []string // in parts where it is longer than a form may take
	Date, Place       string
	Office, Category  string
	Anonymous, Secret bool
	// Photos is how many pictures go with it.
	Photos int
}

// Compose makes the packet of a report, with what its reporter added since. The report is given as its readers may see it.
func Compose(p *profile.Profile, r report.Report, added []string, photos int) Packet {
	k := Packet{Code: r.Code, Title: Title(p, r), Date: say.For(p, "id").LongDay(r.Filed), Place: say.Site(r.Place), Anonymous: r.Visibility == report.Anonymous,
		Secret: r.Shield(p.Sensitive).Hides(report.Exports), Photos: min(photos, PacketFiles)}
	k.Kind = map[report.Kind]string{report.Wish: "Aspirasi", report.Question: "Permintaan Informasi"}[r.Kind]
	if k.Kind == "" {
		k.Kind = "Pengaduan"
	}
	if r.Classed() != report.Unclassed {
		k.Class = className(r)
	}
	if c, ok := p.LaporCategory(r.Category); ok {
		k.Category = c.Code + " · " + c.Name
	}
	if a, ok := p.Agency(r.Agency); ok && !a.Emergency {
		k.Office = official(p, a)
	} else {
		k.Office = p.Government
	}
	var text strings.Builder
	text.WriteString(strings.TrimSpace(r.Text))
	for _, more := range added {
		if more = strings.TrimSpace(more); more != "" {
			text.WriteString("\n\nTambahan pelapor: " + more)
		}
	}
	fmt.Fprintf(&text, "\n\n(Nomor laporan di %s: %s)", p.Product, r.Code)
	k.Text = Split(strings.TrimSpace(text.String()), PacketText)
	return k
}

// Split parts a text into pieces of at most so many units, at the end of a line, a sentence or a word where there is one. Of several each
// says which it is.
func Split(text string, most int) []string {
	if say.Units(text) <= most {
		return []string{text}
	}
	const note = 40 // "(bagian 12 dari 34, bersambung)"
	var parts []string
	for rest := text; rest != ""; {
		end := fit(rest, most-note)
		parts = append(parts, strings.TrimSpace(rest[:end]))
		rest = strings.TrimSpace(rest[end:])
	}
	for i := range parts {
		tail := ", bersambung)"
		if i == len(parts)-1 {
			tail = ")"
		}
		parts[i] += fmt.Sprintf("\n(bagian %d dari %d%s", i+1, len(parts), tail)
	}
	return parts
}

// fit is how much of a text goes into so many units, without cutting a word where that can be.
func fit(s string, most int) int {
	n, end := 0, len(s)
	for i, r := range s {
		w := 1
		if r > 0xffff {
			w = 2
		}
		if n+w > most {
			end = i
			break
		}
		n += w
	}
	if end == len(s) {
		return end
	}
	for _, at := range []int{strings.LastIndex(s[:end], "\n"), strings.LastIndex(s[:end], ". ") + 1, strings.LastIndex(s[:end], " ")} {
		if at > end/2 {
			return at
		}
	}
	return end
}

// Fields are the short fields, one on each line.
func (k Packet) Fields() string {
	yes := map[bool]string{true: "ya", false: "tidak"}
	lines := []string{"Jenis: " + k.Kind, "Tanggal kejadian: " + k.Date, "Instansi tujuan: " + k.Office}
	if k.Class != "" {
		lines = append(lines, "Klasifikasi: "+k.Class)
	}
	if k.Category != "" {
		lines = append(lines, "Kategori: "+k.Category)
	} else {
		lines = append(lines, "Kategori: pilih sendiri, belum ada padanannya")
	}
	lines = append(lines, "Anonim: "+yes[k.Anonymous], "Rahasia: "+yes[k.Secret])
	if k.Photos > 0 {
		lines = append(lines, fmt.Sprintf("Lampiran: %d foto, menyusul dalam berkas zip", k.Photos))
	}
	return strings.Join(lines, "\n")
}

// Document is the whole packet as one text, for the zip.
func (k Packet) Document() string {
	return fmt.Sprintf("%s\n\nJUDUL\n%s\n\nISI\n%s\n\nLOKASI KEJADIAN\n%s\n\n%s\n", k.Code, k.Title, strings.Join(k.Text, "\n\n"), k.Place, k.Fields())
}
