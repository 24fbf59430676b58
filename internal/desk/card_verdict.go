package desk

import (
	"fmt"

	"rabeg/internal/casework"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// veil is what somebody said, as the group reads it: without what identifies people.
func (w *cardWriter) veil(text string) string {
	if w.Whole {
		return text
	}
	return casework.Veil(text)
}

// verdict shows how often the report began again, and what its reporter said last of the work.
func (w *cardWriter) verdict() {
	r := w.Report
	if r.Reopens > 0 {
		times := ""
		if r.Reopens > 1 {
			times = fmt.Sprintf(" %d kali", r.Reopens)
		}
		w.line("🔁 Pernah dibuka lagi%s", times)
	}
	if f, ok := lastOf(w.Facts, report.WasJudged); ok {
		words := ""
		if f.Words != "" && !w.Hidden {
			words = ": “" + say.Clip(w.veil(f.Words), cardHint) + "”"
		}
		w.line("🗣 Kata pelapor (%s): %s%s", day(f.At, w.Profile), verdictWord(f.Verdict), words)
	}
	if r.Disputed {
		w.line("⚖️ Pelapor tidak setuju ditolak")
	}
	if r.Stars > 0 {
		w.line("⭐ Nilai dari pelapor: %d dari 5", r.Stars)
	}
}
