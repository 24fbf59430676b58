package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

func (w *cardWriter) said() {
	r := w.Report
	w.b.WriteByte('\n')
	switch {
	case !r.Erased.IsZero():
		w.line("🗑 %s", bot.Bold(erasedWord(w.Facts)))
	case w.Hidden:
		w.line("%s", w.names.SecretText(r))
	case r.Text != "":
		w.line("“%s”", say.Clip(w.veil(r.Text), cardText))
	}
	where := w.veil(say.Site(r.Place))
	if w.Hidden {
		where = area(w.names, r)
	}
	if where != "" {
		w.line("📍 %s", where)
	}
	if r.Place.Unsure && !w.Hidden {
		w.line("   (dekat batas wilayah; pastikan kelurahannya)")
	}
	photos, files, lost, waiting := media(w.Facts)
	var parts []string
	if photos > 0 {
		parts = append(parts, fmt.Sprintf("🖼 %d foto", photos))
	}
	if files > 0 {
		parts = append(parts, fmt.Sprintf("📎 %d berkas", files))
	}
	if lost > 0 {
		parts = append(parts, fmt.Sprintf("%d lampiran tidak bisa dibuka", lost))
	}
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf("⏳ %d lampiran belum dapat disimpan, dicoba terus", waiting))
	}
	if len(parts) > 0 {
		w.line("%s", strings.Join(parts, " · "))
	}
}

// erasedWord says why a report is empty.
func erasedWord(facts []report.Fact) string {
	if f, ok := lastOf(facts, report.WasErased); ok && f.Reason == report.ErasedAged {
		return "Dihapus karena masa simpannya berakhir"
	}
	return "Dihapus atas permintaan pelapor"
}

// media counts what the citizen sent.
func media(facts []report.Fact) (photos, files, lost, waiting int) {
	for _, f := range facts {
		if f.What == report.WasFiled || f.What == report.WasAdded {
			photos += len(f.Photos)
			files += len(f.Files)
			lost += f.Lost
			waiting += f.Waiting
		}
	}
	return photos, files, lost, waiting
}

// silent counts the additions that no message told of.
func silent(facts []report.Fact) (n int) {
	for _, f := range facts {
		if f.Silent {
			n++
		}
	}
	return n
}
