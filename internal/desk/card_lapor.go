package desk

import (
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// came tells that a report came here out of another channel.
func came(r report.Report) string {
	switch r.Via {
	case report.ChanLapor:
		return " · dari " + report.Lapor
	case report.ChanOpen311:
		return " · dari perangkat lunak lain"
	}
	return ""
}

// mirror shows how the report stands in LAPOR!, as it is called there, and what is to be typed in there.
func (w *cardWriter) mirror() {
	m := w.Report.Mirror
	if m == nil {
		return
	}
	if w.Report.HandingOver() {
		w.line("⏳ Menunggu Tracking ID dari LAPOR! sejak %s", clock(m.Asked, w.Profile))
	}
	if m.Word != "" {
		line := "Di LAPOR!: " + say.Clip(m.Word, 60)
		if !m.Seen.IsZero() {
			line += " (per " + say.For(w.Profile, "id").Day(m.Seen) + ")"
		}
		w.line("%s", line)
	}
	if m.Why != "" && !w.Hidden {
		w.line("Alasan di sana: %s", say.Clip(m.Why, 160))
	}
	if m.Owing > 0 && m.Number != "" {
		w.line("✍️ Ada yang perlu disalin ke LAPOR!")
	}
}
