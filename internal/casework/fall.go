package casework

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// What an office has open falls to the coordinator when its last officer goes. A part of it goes at once, the rest a while later and so on:
// each report writes to its citizen and lays a card.

const (
	// fallShown is how many numbers the notice names.
	fallShown = 12
	// fallPause is how long after one part the next one goes.
	fallPause = time.Minute
)

// Left is what becomes of an office when one of its officers goes: nothing, unless it was the last one.
type Left struct {
	Agency string
	// Unmanned says that nobody else serves it; Open are its oldest open reports then, at most HandMost, and More is how many it has beside
	// them.
	Unmanned bool
	Open     []ledger.Case
	More     int
}

// has reports whether a report goes to the coordinator in this breath because nobody serves its office any more.
func (l Left) has(id report.ID) bool {
	return l.Unmanned && slices.ContainsFunc(l.Open, func(k ledger.Case) bool { return k.Report.ID == id })
}

// Vacate is what becomes of an office whose officer goes to another one.
func (o *Office) Vacate(left Left, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	if words := o.fall(&b, left, t); len(words) > 0 {
		b.Letters = slices.Insert(b.Letters, 0, o.notice(strings.Join(words, "\n"), t))
	}
	return b
}

// fall gives the reports of an office that nobody serves any more to the coordinator. Each citizen hears of it, as of every change;
// the coordinator's room gets the cards, which fold when there are many. A timer looks after what is left, and after what was on its way to
// the office just then.
func (o *Office) fall(b *ledger.Batch, left Left, t Occasion) []string {
	if !left.Unmanned || left.Agency == "" {
		return nil
	}
	b.Changes = append(b.Changes, ledger.Timed{Timer: ledger.Timer{Kind: ledger.FallTimer, Subject: ledger.OfRoom(left.Agency), At: t.At.Add(fallPause).UTC()}})
	name := o.OfficeName(left.Agency)
	if len(left.Open) == 0 {
		return []string{fmt.Sprintf("⚠️ %s kini tanpa petugas. Laporan barunya datang ke koordinator.", name)}
	}
	b.Add(o.fallen(left.Open, left.Agency, t))
	var codes []string
	for _, k := range left.Open[:min(len(left.Open), fallShown)] {
		codes = append(codes, string(k.Report.Code))
	}
	list := strings.Join(codes, ", ")
	if n := len(left.Open) - len(codes); n > 0 {
		list += fmt.Sprintf(" … dan %d lagi: /tugas", n)
	}
	text := fmt.Sprintf("⚠️ %s kini tanpa petugas. %d laporannya pindah ke koordinator: %s", name, len(left.Open), list)
	if left.More > 0 {
		text += fmt.Sprintf("\n%s laporan lainnya menyusul, %d sekali jalan.", Many(left.More), HandMost)
	}
	if slices.ContainsFunc(left.Open, func(k ledger.Case) bool { return k.Report.Status == report.Planned }) {
		text += "\nYang sudah direncanakan tetap pada tanggalnya."
	}
	return []string{text}
}

func (o *Office) fallen(cases []ledger.Case, agency string, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	for _, k := range cases {
		b.Add(o.handOn(k, report.Actor{Role: report.System}, report.Fact{What: report.WasForwarded, Meant: agency}, t))
	}
	return b
}

// fallsOn gives the next part of what an office without officers has open to the coordinator, as long as nobody serves it.
func fallsOn(o *Office, m Moment) (ledger.Batch, bool) {
	agency, ok := m.Timer.Subject.Room()
	if !ok || m.Served || len(m.Cases) == 0 {
		return ledger.Batch{}, false
	}
	b := o.fallen(m.Cases, agency, m.Occasion())
	b.Add(later(m, m.At.Add(fallPause)))
	return b, true
}
