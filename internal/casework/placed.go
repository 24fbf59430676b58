package casework

import (
	"slices"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// placed is whose duty the report is at another place, and the office meant where that is the coordinator in its place; moves is false
// where nothing follows of the place. Who has the report against the rule of the places, because people decided so, keeps it.
func (c *change) placed(p report.Place) (owner, meant string, moves bool) {
	if !c.was.Status.Open() || p.District == "" || p.Whose != "" || c.was.Bounces >= Bounces {
		return "", "", false
	}
	was, _ := c.Profile.OfficeAt(c.was.Category, c.was.Text, c.was.Place.District, c.was.Abroad())
	right, _ := c.Profile.Office(c.was.Category, c.was.Text, p.District)
	if c.was.Suggested == right || c.was.Suggested != was && !c.behind() {
		return "", "", false
	}
	if c.was.Status == report.Quarantined { // it goes there once it is let in
		return "", right, true
	}
	owner, meant = c.dutyAt(c.was.Category, p.District)
	return owner, meant, true
}

// behind reports whether nobody has decided whose the report is since its place moved it last: where its place has another office by now,
// it has stayed behind corrections that were not followed.
func (c *change) behind() bool {
	for _, f := range slices.Backward(c.Facts) {
		switch f.What {
		case report.WasForwarded:
			return f.By.Role == report.System
		case report.WasFiled, report.WasAssigned, report.WasReturned, report.WasTransferred, report.WasAdmitted, report.WasCategorised:
			return false
		}
	}
	return false
}

// follows gives the report to the office whose duty it is at its new place. It is the place that moves it, and nobody's judgement of the
// first guess.
func (c *change) follows(owner, meant string) {
	c.passOn(report.Fact{What: report.WasForwarded, By: report.Actor{Role: report.System}, Agency: owner, Meant: meant,
		Owner: c.ownerOf(c.was.Category, c.was.Text, c.now.Place.District), Words: "pelapor membetulkan tempatnya"})
}

// abroad tells the coordinator that a report of an office seems to lie with a neighbour: people decide whether it is handed over.
func (c *change) abroad(p report.Place) {
	if p.Whose == "" || c.was.Agency == "" || !c.was.Status.Working() {
		return
	}
	c.letter(ledger.Letter{Key: c.key("city"), To: c.Desk, Desk: true, Report: c.was.ID, Purpose: ledger.ToDesk, Message: bot.Message{Text: "📍 Menurut pelapor, tempat laporan " +
		bot.Bold(string(c.was.Code)) + " ada di wilayah " + say.Clip(p.Whose, 80) + ". Laporannya masih di " + c.OfficeName(c.was.Agency) + "; mohon ditetapkan."}})
}
