package casework

import (
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// A report can be in SP4N LAPOR! as well: handed over by us, or come from there. Both channels are run beside each other: what LAPOR! says
// of it moves it here, and what is said here has to be typed in there.

// ended reports whether a meaning is an end of a report's life in LAPOR!.
func ended(means string) bool {
	switch means {
	case profile.LaporLapsed, profile.LaporConfirmed, profile.LaporClosed, profile.LaporRefused, profile.LaporExpired, profile.LaporWithdrawn:
		return true
	}
	return false
}

// TurnOf is what a status of LAPOR! does to a report as it stands here. Nobody's silence or word there becomes a verdict here.
func (o *Office) TurnOf(r report.Report, means string) report.Turn {
	live, was := r.Status.Working(), report.Mirror{}
	if r.Mirror != nil {
		was = *r.Mirror
	}
	switch {
	case means == "" || !r.Erased.IsZero():
		return report.Nothing
	case means == profile.LaporRefused && live:
		return report.Refuses
	case ended(means) && means != profile.LaporRefused && (live || r.Status == report.Resolved):
		return report.Shuts
	case ended(means):
		return report.Nothing
	case was.Over && (r.Status == report.Closed || r.Status == report.Rejected) && r.Recalled.IsZero() && r.Verdict == "":
		return report.Revives
	case !live:
		return report.Nothing
	case means == profile.LaporIncomplete && was.Means != means:
		return report.Waits
	case means == profile.LaporAnswered && was.Means != means:
		return report.Answers
	}
	return report.Nothing
}

// hand says that somebody types the report into LAPOR!.
func (c *change) hand() error {
	if n := c.was.Tracking(); n != "" {
		return refuse(Already, "Laporan %s sudah ada di SP4N LAPOR! dengan nomor %s.", c.was.Code, n)
	}
	if !c.was.Erased.IsZero() {
		return refuse(Gone, "Isi laporan %s sudah dihapus.", c.was.Code)
	}
	c.fact(report.Fact{What: report.WasHanded})
	c.card()
	return nil
}

// Packed is what a packet for LAPOR! takes of a report besides its text: what its reporter added, and the pictures, as its readers may see them.
func (o *Office) Packed(r report.Report, facts []report.Fact) (added []string, photos []bot.MediaRef) {
	for _, f := range o.DiscreetFacts(r, facts) {
		switch f.What {
		case report.WasAdded:
			added = append(added, f.Words)
			photos = append(photos, f.Photos...)
		case report.WasFiled:
			photos = append(photos, f.Photos...)
		}
	}
	return added, photos
}

// number keeps under which number the report is in LAPOR!, and tells its reporter both.
func (c *change) number(a report.Numbered) error {
	f := report.Foreign{Source: report.Lapor, Number: line(a.Number), URL: strings.TrimSpace(a.URL)}
	switch {
	case f.Number == "":
		return refuse(Choice, "Kirim Tracking ID dari LAPOR!, misalnya: 8123456.")
	case f.URL != "" && (!webLink(f.URL) || say.Units(f.URL) > maxLink):
		f.URL = ""
	}
	if c.was.Tracking() == f.Number {
		return refuse(Already, "Nomor %s memang sudah tercatat di laporan %s.", f.Number, c.was.Code)
	}
	c.toReporter(report.Fact{What: report.WasLinked, Foreign: &f}, func(v say.Voice) string { return v.NoticeTracked(c.now, f.Number) })
	c.card()
	return nil
}

// toReporter puts a fact on record of which the reporter alone hears, where he or she has a chat here.
func (c *change) toReporter(f report.Fact, words func(say.Voice) string) {
	if !c.was.Hears() {
		c.fact(f)
		return
	}
	f.Letter = c.key("n")
	c.fact(f)
	v := say.For(c.Profile, c.was.Lang)
	c.letter(ledger.Letter{Key: f.Letter, To: c.was.Reporter, Report: c.was.ID, Purpose: ledger.Notice,
		Message: bot.Message{Text: quietly(v, c.was, words(v))}})
}

// mirror takes what LAPOR! says of the report.
func (c *change) mirror(a report.Mirrored) error {
	m := a.Mirror
	if c.was.Via != report.ChanLapor { // what leads from a citizen of ours to LAPOR! stands in one place, which can be erased
		m.Number = ""
	}
	f := report.Fact{What: report.WasMirrored, Mirror: &m, Turn: a.Turn, Words: m.Why}
	switch a.Turn {
	case report.Waits:
		c.toReporter(f, func(v say.Voice) string { return v.NoticeLaporWaits(c.now) })
		if c.was.Hears() {
			c.timed(ledger.AnswerTimer, c.At.AddDate(0, 0, Unanswered))
		}
	case report.Answers, report.Shuts, report.Refuses, report.Revives:
		c.tell(f, time.Time{}, func(v say.Voice, to Addressee) bot.Message { return c.mirrored(v, to, a) })
	default:
		c.fact(f)
	}
	switch a.Turn {
	case report.Shuts, report.Refuses:
		for _, k := range []ledger.TimerKind{ledger.AnswerTimer, ledger.PlanTimer, ledger.VerdictTimer} {
			c.untimed(k)
		}
	case report.Revives:
		return c.revived()
	case report.Nothing:
		if m.Means == profile.LaporSpoken && c.was.CardKey != "" && c.was.Status.Working() {
			c.letter(c.toOwner(c.now, c.key("spoken"), "🗣 Pelapor "+bot.Bold(string(c.was.Code))+" menanggapi di LAPOR!. Baca tanggapannya di sana"+trackingNote(c.now)+"."))
		}
	}
	c.card()
	return nil
}

func trackingNote(r report.Report) string {
	if n := r.Tracking(); n != "" {
		return " (nomor " + n + ")"
	}
	return ""
}

// mirrored is what those read who hear of it.
func (c *change) mirrored(v say.Voice, to Addressee, a report.Mirrored) bot.Message {
	why := a.Why
	if !to.Words {
		why = ""
	}
	switch a.Turn {
	case report.Answers:
		return bot.Message{Text: v.NoticeLaporAnswered(c.now, c.now.Tracking())}
	case report.Refuses:
		m := bot.Message{Text: v.NoticeLaporRefused(c.now, why)}
		if to.Reporter {
			m.Menu = v.RefusalMenu(c.now.Code)
		}
		return m
	case report.Revives:
		if a.Means == profile.LaporIncomplete && to.Reporter {
			return bot.Message{Text: v.NoticeLaporWaits(c.now)}
		}
		return bot.Message{Text: v.NoticeLaporRevived(c.now)}
	}
	return bot.Message{Text: v.NoticeLaporShut(c.now, c.Profile.ReopenDays(c.now.Category))}
}

// revived gives what LAPOR! has opened again to its owner, or to the coordinator where nobody serves that office now.
func (c *change) revived() error {
	if c.unmanned("dibuka lagi di LAPOR!") {
		return nil
	}
	c.letter(c.toOwner(c.now, c.key("revived"), fmt.Sprintf("🔁 Laporan %s dibuka lagi di LAPOR!%s.", bot.Bold(string(c.was.Code)), trackingNote(c.now))))
	c.cardAgain()
	return nil
}

// copied says that what was said here is typed in there.
func (c *change) copied(a report.Copied) error {
	m := c.was.Mirror
	if m == nil || m.Owing == 0 {
		return refuse(Already, "Tidak ada yang perlu disalin ke LAPOR! untuk laporan %s.", c.was.Code)
	}
	if a.Seq < m.Owing {
		return refuse(Choice, "Sejak daftar itu tampil ada yang baru di laporan %s. Lihat lagi dengan /salinan.", c.was.Code)
	}
	c.fact(report.Fact{What: report.WasCopied, Of: a.Seq})
	c.card()
	return nil
}

// StrangeStatus alarms the coordinator of a status of LAPOR! that nobody has said the meaning of. It is kept as it is written, and moves
// nothing.
func (o *Office) StrangeStatus(word, cause string, at time.Time) ledger.Batch {
	return ledger.Batch{Cause: cause, At: at, Letters: []ledger.Letter{{Key: cause, To: o.Desk, Desk: true, Purpose: ledger.ToDesk, Message: bot.Message{Text: fmt.Sprintf(
		"⚠️ Status baru di LAPOR! yang belum dikenal: “%s”. Laporannya tetap disimpan dengan kata itu, tetapi tidak mengubah apa pun di sini. Minta pengelola menambahkannya di profil (lapor: statuses).",
		say.Clip(word, 100))}}}}
}
