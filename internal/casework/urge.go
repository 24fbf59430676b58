package casework

import (
	"cmp"
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// UrgeAgain is how long after a reporter has asked when it will be done the owner's room is not told again.
const UrgeAgain = 24 * time.Hour

// urge tells the owner's room that the reporter asks when, and the coordinator's as well where the answer is overdue: once a day at the
// most. It neither answers a question nor moves a clock.
func (c *change) urge(a report.Urge) error {
	if !c.was.Urged.IsZero() && c.At.Before(c.was.Urged.Add(UrgeAgain)) {
		return refuse(Already, "Kabar laporan %s sudah ditanyakan hari ini.", c.was.Code)
	}
	if err := c.words(a.Words); err != nil {
		return err
	}
	c.fact(report.Fact{What: report.WasUrged, Words: a.Words})
	n := 0
	for _, f := range c.Facts {
		if f.What == report.WasUrged {
			n++
		}
	}
	text := fmt.Sprintf("⏰ Pelapor menanyakan kabar laporan %s (ke-%d). ", bot.Bold(string(c.was.Code)), n+1) + c.waits()
	c.citizenLine("urge", text, a.Words)
	if c.was.Agency != "" && c.Overdue(c.was, c.At) {
		c.letter(ledger.Letter{Key: c.key("city"), To: c.Desk, Desk: true, Report: c.was.ID, Purpose: ledger.ToDesk,
			Message: bot.Message{Text: text + " Laporannya di " + c.OfficeName(c.was.Agency) + "."}})
	}
	c.card()
	return nil
}

// Overdue reports whether an office should have answered a report by now and has not.
func (o *Office) Overdue(r report.Report, at time.Time) bool {
	t, owed := r.Owes()
	return owed && r.Status.Working() && at.After(t.Due)
}

// waits tells what the citizen waits for.
func (c *change) waits() string {
	v := say.For(c.Profile, "id")
	t, owed := c.was.Owes()
	switch {
	case c.was.Status == report.Planned && !c.was.Until.IsZero():
		return "Direncanakan sampai " + v.LongDay(c.was.Until) + "."
	case !owed && !c.was.Answered.IsZero(): // reports of the first days do not know when they were told last
		return "Terakhir dikabari " + v.Day(cmp.Or(c.was.Told, c.was.Answered)) + "."
	case !owed:
		return "Belum dijawab."
	case c.Overdue(c.was, c.At):
		return "Batas jawab " + v.Due(t.Due) + " sudah lewat; belum dijawab."
	}
	return "Batas jawab " + v.Due(t.Due) + "; belum dijawab."
}
