package casework

import (
	"slices"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// maxExhibits is how much of one report may be shown to everybody, maxCaption how long a sentence for everybody may be.
const (
	maxExhibits = 6
	maxCaption  = 300
)

// Photo is a photo of a report that may be shown to everybody: which of which fact's it is, and whether a citizen sent it.
type Photo struct {
	Of, Nth int
	Citizen bool
	Fact    report.Fact
}

// Photos are the photos of a report that hold, in the order in which they came: officers number them by it.
func Photos(facts []report.Fact) (out []Photo) {
	for _, f := range facts {
		first := f.Seq
		if f.What == report.WasEnclosed {
			first = f.Of
		}
		if taken(facts, first) || f.What == report.WasNoted {
			continue
		}
		for n := range f.Photos {
			out = append(out, Photo{Of: f.Seq, Nth: n, Citizen: f.By.Role == report.Citizen, Fact: f})
		}
	}
	return out
}

// expose clears a picture, a sentence or both for everybody. What strangers must not know of stays hidden whatever is cleared, so it is
// refused; and so is a sentence that names the reporter or has numbers of people in it.
func (c *change) expose(a report.Expose) error {
	d, known := report.DisplayOf(c.was, c.Facts, c.Profile.Sensitive)
	switch words := line(a.Words); {
	case words == "" && a.Of == 0:
		return refuse(Empty, "Sebutkan nomor fotonya, atau kalimat untuk umum, misalnya: /tampilkan kata: Lampu di gang ini sudah diganti.")
	case !known:
		return refuse(Choice, "Laporan %s tidak boleh diketahui umum, jadi tidak ada yang bisa ditampilkan.", c.was.Code)
	case len(d.Exhibits) >= maxExhibits:
		return refuse(TooMany, "Sudah %d yang ditampilkan dari laporan %s. Turunkan satu dulu: /turunkan %s.", len(d.Exhibits), c.was.Code, c.was.Code)
	case say.Units(words) > maxCaption:
		return refuse(TooLong, "Kalimat untuk umum paling panjang %d huruf.", maxCaption)
	case c.Veil(words) != words || c.Own(c.was, words) != words:
		return refuse(Choice, "Kalimat untuk umum tidak boleh memuat nama pelapor, nomor orang, atau pelat kendaraan. Tulis tanpa itu.")
	}
	f := report.Fact{What: report.WasDisplayed, Words: line(a.Words)}
	if a.Of > 0 {
		all := Photos(c.Facts)
		i := slices.IndexFunc(all, func(p Photo) bool { return p.Of == a.Of && p.Nth == a.Nth })
		if i < 0 {
			return refuse(Choice, "Foto itu tidak ada di laporan %s.", c.was.Code)
		}
		f.Of, f.Exposed = a.Of, &report.Exposed{Nth: a.Nth, Before: all[i].Citizen, Mask: a.Mask}
		c.batch.Jobs = append(c.batch.Jobs, ledger.Copy{Report: c.was.ID, Seq: c.now.Rev + 1})
	}
	c.fact(f)
	return nil
}

// unexpose takes back what was cleared.
func (c *change) unexpose(a report.Unexpose) error {
	d, _ := report.DisplayOf(c.was, c.Facts, c.Profile.Sensitive)
	if len(d.Exhibits) == 0 {
		return refuse(Already, "Tidak ada yang ditampilkan dari laporan %s.", c.was.Code)
	}
	if a.Of != 0 && !slices.ContainsFunc(d.Exhibits, func(e report.Exhibit) bool { return e.Seq == a.Of }) {
		return refuse(Choice, "Itu tidak sedang ditampilkan.")
	}
	c.fact(report.Fact{What: report.WasUndisplayed, Of: a.Of})
	return nil
}
