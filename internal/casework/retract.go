package casework

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// HeldUntil is until when what is said to a citizen at a time can be taken back unread; zero where nothing is held.
func (o *Office) HeldUntil(at time.Time) time.Time { return o.hold(at) }

// retract takes back that a report is done, when the citizen knows it already: the office goes on with it, and the citizen is told that the
// word was an error. Why is for the desk.
func (c *change) retract(a report.Retract) error {
	if a.Why == "" {
		return refuse(Empty, "Sebutkan alasannya, misalnya: /belumselesai salah pencet.")
	}
	if err := c.words(a.Why); err != nil {
		return err
	}
	c.untimed(ledger.VerdictTimer)
	c.tell(report.Fact{What: report.WasReopened, Words: a.Why}, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		return bot.Message{Text: v.NoticeRetracted(c.now)}
	})
	if c.now.Agency != "" && !served(c.Served, c.now.Agency) {
		c.handBack(report.Fact{What: report.WasForwarded, Meant: c.now.Agency, Words: "ternyata belum selesai"})
		return nil
	}
	c.cardAgain()
	return nil
}
