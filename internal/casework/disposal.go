package casework

import (
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// never is what is left of a report that nothing is due of.
const never = 10 * 365 * 24 * time.Hour

// disposalSpan is after how long the receiver of a disposition is reminded, and as long after that the office hears that no answer came.
func (o *Office) disposalSpan(r report.Report) time.Duration {
	left := never
	if t, owed := r.Owes(); owed && r.Disposed != nil {
		left = t.Due.Sub(r.Disposed.At)
	}
	return o.Profile.Disposition.Reminded(left)
}

// uncounselled reminds who has a disposition once, and then tells its office that no answer came. The report's own clock runs on.
func uncounselled(o *Office, m Moment) (ledger.Batch, bool) {
	r, d := m.Report, m.Report.Disposed
	if !d.Waits() {
		return ledger.Batch{}, false
	}
	v, span := say.For(o.Profile, "id"), o.disposalSpan(r)
	first, second := d.At.Add(span), d.At.Add(2*span)
	code := bot.Bold(string(r.Code))
	switch {
	case m.At.Before(first):
		return later(m, first), true
	case m.At.Before(second):
		b := later(m, second)
		due := ""
		if t, owed := r.Owes(); owed {
			due = " Batas jawab ke warga " + v.When(deadline.ForOffice(o.Profile, t.From, t.Due)) + "."
		}
		text := fmt.Sprintf("⏰ Disposisi laporan %s dari %s menunggu jawaban Anda sejak %s.%s Balas pesan ini dengan kata-kata atau foto.",
			code, say.Clip(d.By.Name, 40), v.When(d.At), due)
		if l, ok := o.letterTo(d, r.ID, m.Timer.Cause()+"/disposal", bot.Message{Text: text}); ok {
			b.Letters = append(b.Letters, l)
		}
		return b, true
	}
	return ledger.Batch{Letters: []ledger.Letter{o.toOwner(r, m.Timer.Cause()+"/disposal", fmt.Sprintf(
		"📨 Belum ada jawaban disposisi laporan %s dari %s sejak %s. %s, tagih langsung, disposisikan ke orang lain, atau jawab sendiri; batas jawab ke warga tetap berjalan.",
		code, ReceiverName(d.Receiver), v.When(d.At), say.Clip(d.By.Name, 40)))}}, true
}
