package open311

import (
	"rabeg/internal/report"
)

// standing is what a status is in the two words of the standard, in the finer ones of the updates extension, and in words for people.
type standing struct {
	status       report.Status
	open         bool
	fine, people string
}

// standings are all statuses that other software may see.
func standings() []standing {
	return []standing{
		{report.Received, true, "for_triage", "Diterima; koordinator menentukan instansinya."},
		{report.Assigned, true, "open", "Diterima instansi yang berwenang."},
		{report.InProgress, true, "in_progress", "Sedang ditangani."},
		{report.Planned, true, "planned", "Pengerjaannya direncanakan."},
		{report.Reopened, true, "reopen", "Dibuka lagi karena belum beres."},
		{report.Resolved, false, "fixed", "Dinyatakan selesai oleh instansi."},
		{report.Closed, false, "closed", "Selesai dan ditutup."},
		{report.Rejected, false, "no_further_action", "Tidak dapat ditindaklanjuti."},
		{report.Merged, false, "duplicate", "Digabung dengan laporan lain tentang hal yang sama."},
		{report.Transferred, false, "not_councils_responsibility", "Diserahkan kepada pihak yang berwenang di luar pemerintah kota."},
	}
}

func standingOf(s report.Status) standing {
	for _, st := range standings() {
		if st.status == s {
			return st
		}
	}
	return standing{status: s, open: true, fine: "open"}
}

// word is "open" or "closed".
func (s standing) word() string {
	if s.open {
		return "open"
	}
	return "closed"
}

// statusesOf are the statuses behind "open" or "closed", nil for any other word.
func statusesOf(word string) []report.Status {
	var out []report.Status
	for _, s := range standings() {
		if s.word() == word {
			out = append(out, s.status)
		}
	}
	return out
}
