package sp4n

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Most of a packet: what is safe to type into LAPOR!, whose own bounds nobody has published.
const (
	PacketTitle = 100
	PacketText  = 2900
	PacketFiles = 3
	PacketBytes = 1 << 20
)

// RowOf is a report as a row of LAPOR!. It is given as its readers may see it: who filed it is in no field.
func RowOf(p *profile.Profile, r report.Report) Row {
	row := Row{Tracking: r.Tracking(), Own: string(r.Code), Mine: r.Category, Received: r.Filed, Class: className(r), Title: Title(p, r), First: r.Text, Last: r.Text,
		Source: SourceWord(p, r.Channel()), Parent: p.Government, Status: p.LaporWord(Means(r)), District: r.Place.DistrictName, Area: r.Place.AreaName,
		Anonymous: r.Visibility == report.Anonymous, Secret: r.Shield(p.Sensitive).Hides(report.Exports)}
	if c, ok := p.LaporCategory(r.Category); ok {
		row.Category, row.CategoryName = c.Code, c.Name
	}
	if a, ok := p.Agency(r.Agency); ok {
		row.Office = official(p, a)
	}
	if site := say.Site(r.Place); site != "" && (r.Place.Said != "" || r.Place.Note != "" || r.Place.Pin != nil) { // the rest has columns
		row.Last = strings.TrimSpace(r.Text + " Lokasi: " + site)
	}
	if r.Mirror != nil && row.Status == "" {
		row.Status = r.Mirror.Word
	}
	return row
}

func className(r report.Report) string {
	switch {
	case r.Kind == report.Question:
		return "Permintaan Informasi"
	case r.Kind == report.Wish:
		return "Aspirasi"
	case r.Classed() == report.Weighty:
		return "Pengaduan Berkadar Pengawasan"
	}
	return "Pengaduan Tidak Berkadar Pengawasan"
}

// official is an office's name with the government it belongs to.
func official(p *profile.Profile, a profile.Agency) string {
	if strings.Contains(strings.ToLower(a.Name), strings.ToLower(p.City)) {
		return a.Name
	}
	return a.Name + " " + p.City
}

// Means is what how a report stands here is in LAPOR!'s life.
func Means(r report.Report) string {
	switch r.Status {
	case report.Received, report.Quarantined:
		return profile.LaporWaiting
	case report.Assigned, report.Reopened:
		return profile.LaporForwarded
	case report.InProgress, report.Planned:
		if !r.Asked.IsZero() {
			return profile.LaporIncomplete
		}
		return profile.LaporAnswered
	case report.Resolved:
		return profile.LaporAnswered
	case report.Rejected:
		return profile.LaporRefused
	case report.Closed:
		return closedMeans(r)
	case report.Merged, report.Transferred:
		return profile.LaporClosed
	}
	return profile.LaporWaiting
}

func closedMeans(r report.Report) string {
	switch {
	case !r.Recalled.IsZero():
		return profile.LaporWithdrawn
	case r.Verdict == report.Fixed:
		return profile.LaporConfirmed
	case r.Mirror != nil && r.Ended.Equal(r.Mirror.At):
		return r.Mirror.Means
	}
	return profile.LaporLapsed
}

// Title is a title that says what and where: the first sentence, else the matter; of what is secret the matter alone.
func Title(p *profile.Profile, r report.Report) string {
	c, _ := p.Category(r.Category)
	where := ""
	if r.Place.AreaName != "" {
		where = ", " + r.Place.AreaName
	}
	what := strings.TrimRight(sentence(r.Text), ".!? ")
	if r.Shield(p.Sensitive).Hides(report.Exports) || len(strings.Fields(what)) < 2 {
		what = c.Name
	}
	if what == "" {
		what = "Laporan warga"
	}
	if strings.Contains(bot.Fold(what), bot.Fold(r.Place.AreaName)) {
		where = ""
	}
	return upper(say.Clip(what, PacketTitle-say.Units(where)) + where)
}

// sentence is the first sentence of a text, or the beginning of it.
func sentence(s string) string {
	s = oneLine(s)
	for i := range len(s) {
		if end := strings.IndexByte(".!?", s[i]) >= 0; end && (i+1 == len(s) || s[i+1] == ' ') && i >= 12 {
			return s[:i]
		}
	}
	return s
}

func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
