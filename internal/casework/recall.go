package casework

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Shares reports whether others would lose a report that its reporter takes back: they follow it, or reports of theirs were joined with
// it. Who follows what is kept from followers hears nothing of it any more, and loses nothing.
func (o *Office) Shares(r report.Report) bool {
	theirs := func(j report.Joined) bool { return j.Chatless || len(j.Came) > 0 } // none came by what the same person filed
	return slices.ContainsFunc(r.Joined, theirs) || len(r.Followers) > 0 && !r.Shield(o.Profile.Sensitive).Hides(report.Followers)
}

// recall takes the report back. Where others have the same trouble it goes on for them, and its reporter leaves.
func (c *change) recall(a report.Recall) error {
	if err := c.words(a.Words); err != nil {
		return err
	}
	if c.Shares(c.was) {
		return c.leave(a)
	}
	c.fact(report.Fact{What: report.WasRecalled, Words: a.Words})
	for _, k := range []ledger.TimerKind{ledger.AnswerTimer, ledger.PlanTimer, ledger.VerdictTimer} {
		c.untimed(k)
	}
	if c.now.CardKey == "" { // in quarantine no office has heard of it
		return nil
	}
	c.citizenLine("recall", "↩️ Laporan "+bot.Bold(string(c.was.Code))+" ditarik oleh pelapornya. Tidak perlu ditindak lagi.", a.Words)
	c.card()
	return nil
}

// leave lets the report go on without its reporter: it must not end for those who have the same trouble.
func (c *change) leave(a report.Recall) error {
	if !c.was.Left.IsZero() {
		return refuse(Already, "Pelapor %s memang sudah mundur.", c.was.Code)
	}
	c.tell(report.Fact{What: report.WasLeft, Words: a.Words}, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		return bot.Message{Text: v.NoticeLeft(c.now.Code)}
	})
	c.untimed(ledger.AnswerTimer)
	if c.now.CardKey == "" {
		return nil
	}
	c.citizenLine("recall", fmt.Sprintf("↩️ Pelapor %s mundur dari laporannya. Laporan tetap dikerjakan: %d warga lain menunggu kabarnya.",
		bot.Bold(string(c.was.Code)), c.was.People()-1), a.Words)
	c.card()
	return nil
}

// resume undoes a recall: the report is with its owner again, or with the coordinator where nobody serves that office any more. It is
// no verdict on anybody's work.
func (c *change) resume(a report.Resume) error {
	switch {
	case c.was.Recalled.IsZero() && c.was.Left.IsZero(), !c.was.Erased.IsZero():
		return refuse(Already, "Laporan %s tidak sedang ditarik.", c.was.Code)
	case c.was.Left.IsZero() && !c.At.Before(c.was.Recalled.Add(report.Resumable)):
		return refuse(Gone, "Laporan %s sudah lama ditarik.", c.was.Code)
	}
	c.fact(report.Fact{What: report.WasResumed})
	c.comesBack(a.Into)
	if c.now.CardKey == "" {
		return nil
	}
	if c.was.Left.IsZero() && c.unmanned("dilanjutkan oleh pelapor") {
		return nil
	}
	text := "🔁 Pelapor melanjutkan lagi laporan " + bot.Bold(string(c.was.Code)) + " yang tadi ditarik."
	if !c.was.Left.IsZero() {
		text = "🔁 Pelapor " + bot.Bold(string(c.was.Code)) + " kembali ke laporannya dan dikabari lagi."
	}
	c.letter(c.toOwner(c.now, c.key("again"), text))
	c.card()
	return nil
}

// comesBack lets who had left a report, which was joined with another meanwhile, follow that one: its news are told there.
func (c *change) comesBack(into report.Report) {
	hears := into.Follows(c.by.Chat) || into.Reporter.Chat() == c.by.Chat.Chat()
	if into.ID == 0 || hears || len(into.Followers) >= FollowMost || into.Shield(c.Profile.Sensitive).Hides(report.Followers) {
		return
	}
	c.other(into, report.Fact{What: report.WasFollowed, Lang: cmp.Or(c.was.Lang, "id")})
}

// citizenLine is a line in the owner's room, under the card, with what the reporter said where the group may read it.
func (c *change) citizenLine(key, text, words string) {
	switch {
	case words == "":
	case c.Secret(c.now):
		text += "\n" + c.SecretText(c.now)
	default:
		text += c.heard(words, c.was.Code)
	}
	c.letter(c.toOwner(c.now, c.key(key), text))
}
