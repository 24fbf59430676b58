package casework

import (
	"cmp"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// replaced gives the report to the office whose duty it is at the place that its reporter has put right; moved is false where that
// is who has it already. Who has it against the rule of the places, because people decided so, keeps it. It is the place that moves it,
// and nobody's judgement of the first guess.
func (c *change) replaced(before report.Place) (moved bool) {
	now := c.now.Place
	if !c.was.Status.Working() || now.District == "" || now.Whose != "" || c.was.Bounces >= Bounces {
		return false
	}
	was, _ := c.Profile.Office(c.was.Category, c.was.Text, before.District)
	right, _ := c.Profile.Office(c.was.Category, c.was.Text, now.District)
	if was == right || c.was.Suggested != was {
		return false
	}
	owner, meant := c.duty(c.was.Category)
	if owner == c.was.Agency && cmp.Or(meant, owner) == c.was.Suggested {
		return false
	}
	c.passOn(report.Fact{What: report.WasForwarded, By: report.Actor{Role: report.System}, Agency: owner, Meant: meant,
		Owner: c.ownerOf(c.was.Category, c.was.Text, now.District), Words: "pelapor membetulkan tempatnya"})
	return true
}

// abroad tells the coordinator that a report of an office seems to lie with a neighbour: people decide whether it is handed over.
func (c *change) abroad(p report.Place) {
	if p.Whose == "" || c.was.Agency == "" || !c.was.Status.Working() {
		return
	}
	c.letter(ledger.Letter{Key: c.key("city"), To: c.Desk, Desk: true, Report: c.was.ID, Purpose: ledger.ToDesk, Message: bot.Message{Text: "📍 Menurut pelapor, tempat laporan " +
		bot.Bold(string(c.was.Code)) + " ada di wilayah " + say.Clip(p.Whose, 80) + ". Laporannya masih di " + c.OfficeName(c.was.Agency) + "; mohon ditetapkan."}})
}
