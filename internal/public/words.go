package public

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// words are what a page says in one language.
type words struct {
	say.Voice
}

// L picks between the two languages.
func (w words) L(id, en string) string {
	if w.Lang == "en" {
		return en
	}
	return id
}

// F is L with values filled in.
func (w words) F(id, en string, values ...any) string { return fmt.Sprintf(w.L(id, en), values...) }

// Short is where a report stands, in one or two words.
func (w words) Short(s report.Status) string {
	switch s {
	case report.Received:
		return w.L("Diterima", "Received")
	case report.Assigned:
		return w.L("Di kantor", "With the office")
	case report.InProgress:
		return w.L("Dikerjakan", "In progress")
	case report.Planned:
		return w.L("Dijadwalkan", "Planned")
	case report.Resolved:
		return w.L("Selesai menurut kantor", "Done, says the office")
	case report.Closed:
		return w.L("Ditutup", "Closed")
	case report.Rejected:
		return w.L("Tidak bisa dikerjakan", "Cannot be acted upon")
	case report.Merged:
		return w.L("Digabung", "Joined")
	case report.Transferred:
		return w.L("Di instansi lain", "With another authority")
	case report.Reopened:
		return w.L("Dibuka lagi", "Open again")
	default:
		return w.L("Diproses", "In process")
	}
}

// Long says what a status means for whoever waits.
func (w words) Long(d report.Display) string {
	switch d.Status {
	case report.Received:
		return w.L("Petugas sedang mencari kantor yang tepat.", "Officers are finding the right office.")
	case report.Assigned:
		return w.L("Kantor sudah menerima laporan ini, dan belum mulai.", "The office has this report and has not begun yet.")
	case report.InProgress:
		return w.L("Petugas sedang menangani laporan ini.", "Officers are working on it.")
	case report.Planned:
		return w.F("Dijadwalkan untuk %s.", "Planned for %s.", w.LongDay(d.Planned))
	case report.Resolved:
		return w.L("Kantor menyatakan selesai. Pelapornya dapat menilai benar tidaknya.", "The office says that it is done. Who reported it can say whether that is so.")
	case report.Closed:
		return w.L("Laporan ini sudah ditutup.", "This report is closed.")
	case report.Rejected:
		return w.L("Laporan ini tidak bisa dikerjakan.", "This report cannot be acted upon.")
	case report.Merged:
		return w.L("Laporan ini ditangani bersama laporan lain.", "This report is handled together with another.")
	case report.Transferred:
		return w.F("Ini tugas %s, dan sudah diteruskan ke sana.", "This is the duty of %s, and was passed on to it.", w.Owner(d.Owner))
	case report.Reopened:
		return w.L("Laporan ini ditangani lagi.", "This report is being handled again.")
	default:
		return ""
	}
}

// Owner is somebody outside the government.
func (w words) Owner(code string) string {
	if o, ok := w.Profile.Owner(code); ok {
		return o.Name
	}
	return w.L("instansi lain", "another authority")
}

// Told is one line of a report's story.
func (w words) Told(m report.Moment) string {
	switch m.What {
	case report.WasFiled:
		return w.L("Laporan diterima", "The report was received")
	case report.WasAssigned, report.WasAdmitted:
		return w.F("Masuk ke %s", "Went to %s", w.Office(m.Office))
	case report.WasForwarded:
		return w.F("Diteruskan ke %s", "Passed on to %s", w.Office(m.Office))
	case report.WasReturned:
		return w.F("%s: bukan kewenangannya; dicarikan kantor lain", "%s: not its duty; another office is being found", w.Office(m.Office))
	case report.WasTaken:
		return w.L("Mulai ditangani petugas", "An officer took it in hand")
	case report.WasAnswered:
		return w.F("%s menjawab pelapor", "%s answered the reporter", w.Office(m.Office))
	case report.WasAsked:
		return w.L("Petugas meminta keterangan kepada pelapor", "Officers asked the reporter for more")
	case report.WasPlanned:
		return w.F("Dijadwalkan untuk %s", "Planned for %s", w.LongDay(m.Until))
	case report.WasResolved:
		return w.F("%s menyatakan selesai", "%s said that it is done", w.Office(m.Office))
	case report.WasRejected:
		return w.refused(m)
	case report.WasJudged:
		return w.judged(m.Verdict)
	case report.WasDisputed:
		return w.L("Pelapor tidak setuju; petugas memeriksanya lagi", "The reporter disagreed; officers look at it again")
	case report.WasLapsed:
		return w.L("Ditutup tanpa tanggapan pelapor", "Closed without a word from the reporter")
	case report.WasReopened:
		return w.L("Dibuka lagi oleh petugas", "Opened again by officers")
	case report.WasResumed:
		return w.L("Dilanjutkan oleh pelapor", "Resumed by the reporter")
	case report.WasTransferred:
		return w.F("Diteruskan ke %s", "Passed on to %s", w.Owner(m.Owner))
	case report.WasMerged:
		return w.L("Digabung dengan laporan lain tentang hal yang sama", "Joined with another report of the same")
	case report.WasUnmerged:
		return w.L("Dipisah lagi dari laporan lain", "Parted again from the other report")
	case report.WasMirrored:
		return w.mirrored(m.Turn)
	default:
		return ""
	}
}

func (w words) refused(m report.Moment) string {
	if r, ok := w.Profile.Rejection(m.Reason); ok && w.Lang != "en" {
		return "Tidak bisa dikerjakan: " + r.Name
	}
	return w.L("Tidak bisa dikerjakan", "Cannot be acted upon")
}

func (w words) judged(v report.Verdict) string {
	switch v {
	case report.Fixed:
		return w.L("Pelapor: sudah beres", "The reporter: it is fixed")
	case report.Part:
		return w.L("Pelapor: baru sebagian beres; ditangani lagi", "The reporter: partly fixed; it is handled again")
	default:
		return w.L("Pelapor: belum beres; ditangani lagi", "The reporter: not fixed; it is handled again")
	}
}

func (w words) mirrored(t report.Turn) string {
	switch t {
	case report.Waits:
		return w.L("LAPOR! meminta keterangan kepada pelapor", "LAPOR! asked the reporter for more")
	case report.Answers:
		return w.L("Dijawab di LAPOR!", "Answered in LAPOR!")
	case report.Shuts:
		return w.L("Ditutup di LAPOR!", "Closed in LAPOR!")
	case report.Refuses:
		return w.L("Tidak dapat ditindaklanjuti di LAPOR!", "Cannot be acted upon, says LAPOR!")
	default:
		return w.L("Ditangani lagi di LAPOR!", "Handled again in LAPOR!")
	}
}

// Area names a kelurahan with its kecamatan.
func (w words) Area(code string) string {
	if a, ok := w.Profile.Area(code); ok {
		return a.Name + ", " + "Kecamatan " + a.DistrictName
	}
	return w.L("Tanpa kelurahan", "No kelurahan")
}

// Kelurahan is the same in a table, whose heading says what the names are.
func (w words) Kelurahan(code string) string {
	if a, ok := w.Profile.Area(code); ok {
		return a.Name + " (" + a.DistrictName + ")"
	}
	return w.L("Tanpa kelurahan", "No kelurahan")
}

// Where is the kelurahan of a report, or its kecamatan.
func (w words) Where(d report.Display) string {
	if _, ok := w.Profile.Area(d.Area); ok {
		return w.Area(d.Area)
	}
	for _, a := range w.Profile.Areas {
		if a.District == d.District && d.District != "" {
			return "Kecamatan " + a.DistrictName
		}
	}
	return ""
}

// ShortOffice is what people call an office.
func (w words) ShortOffice(code string) string {
	if a, ok := w.Profile.Agency(code); ok && !a.Outside && !a.Emergency {
		return cmp.Or(a.Short, a.Name)
	} else if !ok && code != "" { // of a profile of before
		return code
	}
	return w.L("Koordinator", "Coordinator")
}

// Percent is a share.
func (w words) Percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return strconv.Itoa((100*n+of/2)/of) + " %"
}

// Days is a percentile in days.
func (w words) Days(m Measure) string {
	switch {
	case !m.Told:
		return "–"
	case !m.Reached:
		return w.L("belum tercapai", "not reached yet")
	}
	s := strconv.FormatFloat(m.Days, 'f', 1, 64)
	if w.Lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// ISO is a moment as machines read it.
func (w words) ISO(t time.Time) string { return t.In(w.Profile.Location()).Format(time.RFC3339) }

// Network is what people call the network that a link leads to.
func (w words) Network(link string) string {
	switch {
	case strings.Contains(link, "wa.me"):
		return "WhatsApp"
	case strings.Contains(link, "t.me"):
		return "Telegram"
	}
	return "Chat"
}

// speak is the voice of a government for its pages.
func speak(p *profile.Profile, lang string) words { return words{say.For(p, lang)} }
