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
	back, err := c.undoEnd(a.Why, "Sebutkan alasannya, misalnya: /belumselesai salah pencet.", "ternyata belum selesai", say.Voice.NoticeRetracted)
	if back || err != nil {
		return err
	}
	c.cardAgain()
	return nil
}

// reopen undoes an end, by a coordinator. The report is again where it was, or with the coordinator where nobody serves that office any more.
func (c *change) reopen(a report.Reopen) error {
	back, err := c.undoEnd(a.Why, "Sebutkan alasannya, misalnya: /bukalagi salah tekan, belum dikerjakan.", "dibuka lagi oleh koordinator", say.Voice.NoticeReopened)
	if back || err != nil {
		return err
	}
	text := "🔁 Dibuka lagi oleh koordinator: " + bot.Bold(string(c.was.Code))
	if !c.Secret(c.was) {
		text += "\n“" + a.Why + "”"
	}
	c.cardAgain()
	c.letter(c.toOwner(c.now, c.key("again"), text))
	return nil
}

// undoEnd puts on record that an end is undone by the desk, for a reason, and tells the citizens; without one it asks for it in the words of
// ask. back says that the coordinator has the report from now on, because of to.
func (c *change) undoEnd(why, ask, to string, notice func(say.Voice, report.Report) string) (back bool, err error) {
	if why == "" {
		return false, &Refusal{Why: Empty, Words: ask}
	}
	if err := c.words(why); err != nil {
		return false, err
	}
	c.untimed(ledger.VerdictTimer)
	c.tell(report.Fact{What: report.WasReopened, Words: why}, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		return bot.Message{Text: notice(v, c.now)}
	})
	return c.unmanned(to), nil
}

// unmanned gives what begins again to the coordinator where nobody serves its office any more; why is put on record.
func (c *change) unmanned(why string) bool {
	if c.now.Agency == "" || served(c.Served, c.now.Agency) {
		return false
	}
	c.handBack(report.Fact{What: report.WasForwarded, Meant: c.now.Agency, Words: why})
	return true
}
