package casework

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Contests is how often a reporter says that a report is not fixed until the coordinator has it.
const Contests = 2

// judge keeps what the reporter says of work that is called done. What is not fixed goes back to the officer who had it, and the
// coordinator hears of it; the second time the coordinator has it.
func (c *change) judge(a report.Judge) error {
	switch {
	case a.Verdict != report.Fixed && a.Verdict != report.Part && a.Verdict != report.Unfit:
		return refuse(Choice, "Pilih: sudah beres, sebagian, atau belum.")
	case !c.was.Recalled.IsZero(): // no office has called it done: there is nothing to judge
		return refuse(Over, "Laporan %s sudah ditarik pelapornya.", c.was.Code)
	case len(a.Photos)+len(a.Files) > MaxMedia:
		return refuse(TooMany, "Terlalu banyak lampiran untuk satu laporan.")
	case c.was.Status == report.Closed && a.Verdict == report.Fixed && c.was.Verdict == report.Fixed:
		return refuse(Already, "Laporan %s sudah dinyatakan beres.", c.was.Code)
	case c.was.Status == report.Closed && a.Verdict != report.Fixed && !c.was.Reopenable(c.At, c.Profile.ReopenDays(c.was.Category)):
		return refuse(Gone, "Laporan %s sudah lama ditutup.", c.was.Code)
	}
	a.Words = say.Clip(a.Words, MaxWords) // a verdict counts, however much is said with it
	c.toFollowers(report.Fact{What: report.WasJudged, Verdict: a.Verdict, Words: a.Words, Photos: a.Photos, Files: a.Files, Album: c.Album})
	c.untimed(ledger.VerdictTimer)
	if a.Verdict == report.Fixed {
		if a.Words != "" || len(a.Photos)+len(a.Files) > 0 {
			c.fromReporter("✅ Pelapor: sudah beres", a.Words, a.Photos, a.Files)
		}
		c.card()
		return nil
	}
	head := "🔁 Pelapor: belum beres"
	if a.Verdict == report.Part {
		head = "🔁 Pelapor: baru sebagian yang beres"
	}
	c.beginAgain(head, a.Words, a.Photos, a.Files, c.now.Contests >= Contests)
	return nil
}

// disagree lets the coordinator decide over a refusal that the reporter does not take.
func (c *change) disagree(a report.Disagree) error {
	if c.was.Disputed {
		return refuse(Final, "Penolakan laporan %s sudah diperiksa koordinator.", c.was.Code)
	}
	if f, ok := standing(c.Facts, report.WasRejected); ok {
		if why, _ := c.Profile.Rejection(f.Reason); why.Final {
			return refuse(Final, "Penolakan laporan %s dengan alasan itu tidak diperiksa lagi.", c.was.Code)
		}
	}
	if err := c.words(a.Words); err != nil {
		return err
	}
	c.toFollowers(report.Fact{What: report.WasDisputed, Words: a.Words})
	c.beginAgain("🔁 Pelapor tidak setuju dengan penolakannya", a.Words, nil, nil, true)
	return nil
}

// Undecided is the office that refused a report, where its reporter does not take that and the coordinator has not decided about it yet; ok
// is false for every other report.
func Undecided(r report.Report, facts []report.Fact) (refused string, ok bool) {
	if !r.Disputed || r.Agency != "" || !r.Status.Open() {
		return "", false
	}
	at := -1
	for i, f := range facts {
		switch {
		case f.What == report.WasRejected:
			refused = report.Fold(report.Report{}, facts[:i]).Agency
		case f.What == report.WasDisputed:
			at = i
		case at >= 0 && f.What == report.WasForwarded && f.By.Role != report.System:
			return "", false
		}
	}
	return refused, at >= 0 && refused != ""
}

// beginAgain tells whoever has the report now that it has begun again: its office, or the coordinator, who else hears of it.
func (c *change) beginAgain(head, words string, photos, files []bot.MediaRef, city bool) {
	const why = "dibuka lagi oleh pelapor"
	switch {
	case c.now.Agency == "":
		c.cardAgain()
		c.fromReporter(head, words, photos, files)
	case city:
		c.handBack(report.Fact{What: report.WasForwarded, Words: why})
		c.fromReporter(head, words, photos, files)
	case c.unmanned(why):
		c.fromReporter(head, words, photos, files)
	default:
		c.fromReporter(head, words, photos, files)
		c.letter(ledger.Letter{Key: c.key("city"), To: c.Desk, Desk: true, Report: c.was.ID, Purpose: ledger.ToDesk,
			Message: bot.Message{Text: head + ": " + bot.Bold(string(c.was.Code)) + ". Laporannya kembali ke " + c.OfficeName(c.now.Agency) + "."}})
		c.card()
	}
}

// handBack gives the report to the coordinator for a reason that is nobody's judgement of whose duty it is.
func (c *change) handBack(f report.Fact) {
	f.By = report.Actor{Role: report.System}
	c.fact(f)
	c.handedOver()
}

// toFollowers puts on record what the reporter said, and tells those who follow the report.
func (c *change) toFollowers(f report.Fact) {
	c.tell(f, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		return bot.Message{Text: v.NoticeJudged(c.now, f.Verdict)}
	})
}

// fromReporter shows in the owner's room what the reporter said, under the card that the report has there.
func (c *change) fromReporter(head, words string, photos, files []bot.MediaRef) {
	m := bot.Message{Text: head + " " + bot.Bold(string(c.was.Code)), Photos: photos, Files: files}
	switch {
	case c.Secret(c.was):
		m = bot.Message{Text: m.Text + "\n" + c.SecretText(c.was)}
	case words != "":
		m.Text += c.heard(c.Own(c.was, words), c.was.Code)
	}
	c.letter(ledger.Letter{Key: c.key("said"), To: c.Desk, Desk: true, Room: c.now.Agency, Report: c.was.ID, Purpose: ledger.ToDesk,
		Answers: c.now.CardKey, Message: m})
}

// rate keeps the reporter's mark. It follows a verdict, and is given once.
func (c *change) rate(a report.Rate) error {
	switch {
	case a.Stars < 1 || a.Stars > 5:
		return refuse(Choice, "Nilainya 1 sampai 5.")
	case c.was.Verdict == "":
		return refuse(Empty, "Laporan %s belum dinilai beres atau belum.", c.was.Code)
	case c.was.Stars != 0:
		return refuse(Already, "Laporan %s sudah diberi nilai.", c.was.Code)
	}
	if err := c.words(a.Words); err != nil {
		return err
	}
	c.fact(report.Fact{What: report.WasRated, Stars: a.Stars, Words: a.Words})
	c.card()
	return nil
}

// lapse closes what nobody has judged. It says so, and gives no verdict.
func (c *change) lapse() error {
	c.tell(report.Fact{What: report.WasLapsed}, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		return bot.Message{Text: v.NoticeLapsed(c.now, c.Profile.ReopenDays(c.now.Category))}
	})
	c.card()
	return nil
}
