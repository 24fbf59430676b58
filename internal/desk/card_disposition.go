package desk

import (
	"strings"

	"rabeg/internal/casework"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// disposition shows who of the office has the report in private since when; of one that is over, when and why it ended.
func (w *cardWriter) disposition() {
	if line := disposedLine(w.names, w.Report); line != "" {
		w.line("Disposisi: %s (oleh %s)", strings.TrimPrefix(line, "📨 "), say.Clip(w.Report.Disposed.By.Name, 40))
		return
	}
	made, end, ok := report.LastDisposition(w.Report, w.Facts)
	if !ok {
		return
	}
	why := "laporannya " + casework.StatusName(w.Report.Status)
	switch {
	case end.What == report.WasUndisposed && end.By.Role == report.System:
		why = "ia tidak lagi menerima disposisi"
	case end.What == report.WasUndisposed:
		why = "dibatalkan"
	case end.What == report.WasAnswered, end.What == report.WasPlanned:
		why = "sudah dijawab ke warga"
	case moved(end.What):
		why = "laporannya pindah"
	}
	w.line("Disposisi: %s berakhir %s, %s", casework.ReceiverName(made.Receiver), clock(end.At, w.Profile), why)
}

// moved reports whether a fact gives a report to another owner.
func moved(what report.What) bool {
	switch what {
	case report.WasForwarded, report.WasReturned, report.WasCategorised, report.WasTransferred:
		return true
	}
	return false
}
