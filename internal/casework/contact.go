package casework

import (
	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// ClaimMost is how many reports that were taken for somebody become his or hers at once.
const ClaimMost = 50

// Claim gives the reports that were taken for somebody, or sent by other software that made sure of the number, to the chat that writes
// from the number he or she left. From now on it hears their news; of what was said until then one letter tells, with the numbers alone.
func (o *Office) Claim(reports []report.Report, now bot.Address, lang string, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	var codes, sent []report.Code // by officers, and by the person through other software
	silent := false
	for _, r := range reports {
		b.Changes = append(b.Changes, ledger.Claimed{Report: r.ID})
		if !r.Reporter.Zero() { // somebody has it already
			continue
		}
		at := t
		at.Cause = t.Cause + "/" + string(r.Code)
		c := &change{Office: o, Occasion: at, by: report.Actor{Role: report.System, Chat: now.Chat()}, was: r, now: r}
		c.fact(report.Fact{What: report.WasMoved})
		c.card()
		b.Changes = append(b.Changes, ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts})
		b.Add(c.batch)
		if quiet(r) {
			silent = true
			continue
		}
		if r.Via == report.ChanOpen311 {
			sent = append(sent, r.Code)
			continue
		}
		codes = append(codes, r.Code)
	}
	tell := func(key, text string) {
		b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + key, To: now.Chat(), Purpose: ledger.Reply, Message: bot.Message{Text: text}})
	}
	v := say.For(o.Profile, lang)
	if len(codes) > 0 {
		tell("/yours", v.NoticeYours(codes))
	}
	if len(sent) > 0 {
		tell("/sent", v.NoticeSent(sent))
	}
	if silent {
		tell("/news", v.QuietNews())
	}
	return b
}
