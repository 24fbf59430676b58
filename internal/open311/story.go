package open311

import (
	"slices"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// told is a moment of a report's story as the updates extension tells it: the fine status, and words for people. None of them is anybody's.
func told(p *profile.Profile, m report.Moment) (status, words string) {
	office := "koordinator"
	if ag, ok := p.Agency(m.Office); ok {
		office = ag.Name
	}
	switch m.What {
	case report.WasFiled:
		return "open", "Laporan diterima."
	case report.WasAssigned, report.WasForwarded, report.WasAdmitted, report.WasUnmerged, report.WasResumed:
		if m.Office == "" {
			return "for_triage", "Laporan ada pada koordinator."
		}
		return "open", "Laporan ada pada " + office + "."
	case report.WasReturned:
		return "for_triage", "Dikembalikan oleh " + office + " kepada koordinator: bukan kewenangannya."
	case report.WasTaken:
		return "in_progress", "Sedang ditangani " + office + "."
	case report.WasAnswered:
		return "in_progress", "Sudah dijawab " + office + "."
	case report.WasAsked:
		return "in_progress", office + " menanyakan keterangan tambahan kepada pelapor."
	case report.WasPlanned:
		words = "Pengerjaan direncanakan oleh " + office
		if !m.Until.IsZero() {
			words += ", sampai " + m.Until.In(p.Location()).Format("02-01-2006")
		}
		return "planned", words + "."
	case report.WasResolved:
		return "fixed", "Dinyatakan selesai oleh " + office + "."
	default:
		return ended(p, m)
	}
}

// goesOn tells where the story of a report goes on that was joined with another.
func goesOn(code report.Code) string {
	return "Kabar selanjutnya ada pada laporan " + string(code) + "."
}

// joinedWith is the report that a moment joined its own with, while it is: of several the last one counts.
func joinedWith(d report.Display, m report.Moment) report.Code {
	for _, later := range slices.Backward(d.Story) {
		if later.What == report.WasMerged {
			if later.Seq == m.Seq {
				return d.With
			}
			break
		}
	}
	return ""
}

// ended is told for moments at the end of a report, or after it.
func ended(p *profile.Profile, m report.Moment) (status, words string) {
	switch m.What {
	case report.WasRejected:
		words = "Tidak dapat ditindaklanjuti"
		for _, r := range p.Rejections {
			if r.Code == m.Reason {
				words += ": " + r.Name
			}
		}
		return "no_further_action", words + "."
	case report.WasJudged:
		if m.Verdict == report.Fixed {
			return "closed", "Pelapor menyatakan sudah beres."
		}
		return "reopen", "Pelapor menyatakan belum beres."
	case report.WasLapsed:
		return "closed", "Ditutup tanpa tanggapan pelapor."
	case report.WasDisputed, report.WasReopened:
		return "reopen", "Dibuka lagi."
	case report.WasTransferred:
		name := "pihak di luar pemerintah kota"
		for _, o := range p.Owners {
			if o.Code == m.Owner {
				name = o.Name
			}
		}
		return "not_councils_responsibility", "Diserahkan kepada " + name + "."
	case report.WasMerged:
		return "duplicate", "Digabung dengan laporan lain tentang hal yang sama."
	case report.WasMirrored:
		return mirrored(m.Turn), "Ada kabar dari SP4N LAPOR!."
	}
	return "unchanged", "Ada kabar baru."
}

func mirrored(t report.Turn) string {
	switch t {
	case report.Shuts:
		return "closed"
	case report.Refuses:
		return "no_further_action"
	case report.Revives:
		return "reopen"
	}
	return "in_progress"
}
