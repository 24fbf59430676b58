package desk

import (
	"fmt"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// veil is what somebody said, as the group reads it: without what identifies people.
func (w *cardWriter) veil(text string) string {
	if w.Whole {
		return text
	}
	return w.names.Veil(text)
}

// urges counts how often its reporter has asked when.
func urges(facts []report.Fact) (n int) {
	for _, f := range facts {
		if f.What == report.WasUrged {
			n++
		}
	}
	return n
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
	plan, _ := lastOf(w.Facts, report.WasPlanned)
	if f, ok := lastOf(w.Facts, report.WasOpposed); ok && r.Status == report.Planned && f.Seq > plan.Seq { // of another plan nothing was said yet
		w.line("🙅 Pelapor tidak setuju dengan rencananya (%s)", day(f.At, w.Profile))
	}
	if f, ok := lastOf(w.Facts, report.WasJudged); ok {
		words := ""
		if f.Words != "" && !w.Hidden {
			words = ": “" + say.Clip(w.veil(f.Words), cardHint) + "”"
		}
		w.line("🗣 Kata pelapor (%s): %s%s", day(f.At, w.Profile), verdictWord(f.Verdict), words)
	}
	if !r.Left.IsZero() {
		w.line("🚪 Pelapornya mundur; yang mengikuti tetap menunggu")
	}
	if n := urges(w.Facts); n > 0 {
		w.line("⏰ Ditanyakan pelapor %d kali, terakhir %s", n, day(r.Urged, w.Profile))
	}
	if office, undecided := casework.Undecided(r, w.Facts); undecided {
		w.line("⚖️ Pelapor tidak setuju ditolak. Putuskan: balas %s dan alasannya (kembali ke %s), atau tolak", bot.Bold("buka lagi"), w.names.OfficeName(office))
	} else if r.Disputed {
		w.line("⚖️ Pelapor tidak setuju ditolak")
	}
	if r.Stars > 0 {
		w.line("⭐ Nilai dari pelapor: %d dari 5", r.Stars)
	}
}

// withdrawn are the answers, by Seq, that were taken back.
func withdrawn(facts []report.Fact) map[int]bool {
	gone := map[int]bool{}
	for _, f := range facts {
		if f.What == report.WasWithdrawn {
			gone[f.Of] = true
		}
	}
	return gone
}
