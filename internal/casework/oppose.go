package casework

import (
	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// OpposeAgain is how long after a reporter has opposed a plan the rooms are not told again: what is said meanwhile is added.
const OpposeAgain = UrgeAgain

// oppose tells the owner's room and the coordinator's that the reporter does not take the plan. It moves nothing: only who made the plan,
// or the coordinator, makes another.
func (c *change) oppose(a report.Oppose) error {
	if a.Words == "" {
		return refuse(Empty, "Sebutkan keberatannya.")
	}
	for _, f := range c.Facts {
		if f.What == report.WasOpposed && c.At.Before(f.At.Add(OpposeAgain)) {
			return refuse(Already, "Keberatan atas rencana laporan %s sudah disampaikan hari ini.", c.was.Code)
		}
	}
	if err := c.words(a.Words); err != nil {
		return err
	}
	c.fact(report.Fact{What: report.WasOpposed, Words: a.Words})
	text := "🙅 Pelapor tidak setuju dengan rencana laporan " + bot.Bold(string(c.was.Code))
	if !c.was.Until.IsZero() {
		text += " (sampai " + say.For(c.Profile, "id").LongDay(c.was.Until) + ")"
	}
	c.citizenLine("urge", text+". Mohon dijawab: alasannya, atau rencana yang lain.", a.Words)
	if c.was.Agency != "" {
		c.letter(ledger.Letter{Key: c.key("city"), To: c.Desk, Desk: true, Report: c.was.ID, Purpose: ledger.ToDesk,
			Message: bot.Message{Text: text + ". Laporannya di " + c.OfficeName(c.was.Agency) + "."}})
	}
	c.card()
	return nil
}
