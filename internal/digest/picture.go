package digest

import (
	"cmp"
	"fmt"
	"slices"

	"rabeg/bot"
	"rabeg/internal/figures"
	"rabeg/internal/figures/chart"
	"rabeg/internal/profile"
)

// weekPicture shows what is open at each office, those first that have most past its time.
func weekPicture(p *profile.Profile, week figures.Period, s figures.Sheet) chart.Week {
	w := chart.Week{Title: p.City, Period: week.Name, Head: "Terbuka di akhir pekan, per kantor", Empty: "Tidak ada laporan yang terbuka.",
		Foot:    "Tepat waktu: dari yang batas jawabnya jatuh di pekan ini. /statistik semua",
		Numbers: []chart.Number{{Value: fmt.Sprint(s.All.Filed), Name: "masuk"}, {Value: inTime(s.All), Name: "tepat waktu"}, {Value: fmt.Sprint(s.All.Open), Name: fmt.Sprintf("terbuka, %d lewat", s.All.Late)}}}
	for _, l := range s.Lines {
		if l.Open == 0 {
			continue
		}
		b := chart.Bar{Name: figures.NameOf(p, figures.ByOffice, l.Key), All: l.Open, Late: l.Late}
		if l.Hushed > 0 && max(l.Filed, l.Spells) < figures.Few {
			continue // it stands in no picture that goes around: who knows of one could read how it stands
		}
		if l.Due > 0 {
			b.Beside = "tepat waktu " + inTime(l.Figures)
		}
		w.Bars = append(w.Bars, b)
	}
	slices.SortStableFunc(w.Bars, func(a, b chart.Bar) int {
		return cmp.Or(cmp.Compare(b.Late, a.Late), cmp.Compare(b.All, a.All))
	})
	if len(w.Bars) == 0 && s.All.Open > 0 {
		w.Empty = "Yang terbuka terlalu sedikit untuk ditampilkan per kantor."
	}
	return w
}

// inTime is a percentage, or of few the numbers themselves.
func inTime(f figures.Figures) string {
	switch {
	case f.Due == 0:
		return "–"
	case f.Due < figures.Enough:
		return fmt.Sprintf("%d/%d", f.InTime, f.Due)
	}
	return fmt.Sprintf("%d %%", (200*f.InTime+f.Due)/(2*f.Due))
}

// monthMap shows where the reports of a month came from; those that must not be recognised are not on it.
func monthMap(p *profile.Profile, month figures.Period, s figures.Sheet) (chart.Map, string) {
	m := chart.Map{Title: "Laporan " + p.City, Period: month.Name + ", per kelurahan"}
	placed := 0
	for _, a := range p.Areas {
		n := s.Line(a.Code).Filed
		placed += n
		m.Places = append(m.Places, chart.Place{Name: a.Name, Reports: n, Outlines: a.Polygons})
	}
	rest := s.All.Filed - placed
	m.Foot = fmt.Sprintf("%d laporan; %d tanpa tempat atau dirahasiakan, tidak di peta.", s.All.Filed, rest)
	text := fmt.Sprintf("🗺 %s, %s: %d laporan, %d di antaranya tanpa tempat atau dirahasiakan (tidak di peta). Per kelurahan: /statistik per kelurahan bulan lalu",
		bot.Bold("Peta laporan "+p.City), month.Name, s.All.Filed, rest)
	return m, text
}
