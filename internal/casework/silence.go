package casework

import (
	"fmt"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Silence is after how many working days a report that is called done is closed when its reporter says nothing (SP4N LAPOR!:
// 10). Unanswered is after how many days the reporter is reminded of a question, and as many later its office of having asked
// (report.LongestWait);
// PlanAgain is after how many days an office is asked again about a plan whose date has passed.
const (
	Silence    = 10
	Unanswered = 3
	PlanAgain  = 7
)

// lapses is when a report that was called done at a time is closed without its reporter's word: at the end of the day that he or she reads.
func (o *Office) lapses(done time.Time) (time.Time, bool) {
	at, ok := deadline.AddWorkingDays(o.Profile, done, Silence)
	if !ok {
		return at, false
	}
	return deadline.DayOver(o.Profile, at), true
}

// clocks sets what an answer lets somebody wait for.
func (c *change) clocks(f report.Fact) {
	switch f.What {
	case report.WasResolved:
		if at, ok := c.lapses(c.At); ok {
			c.timed(ledger.VerdictTimer, at)
		}
	case report.WasPlanned:
		c.timed(ledger.PlanTimer, f.Until)
	case report.WasAsked:
		if c.was.Hears() {
			c.timed(ledger.AnswerTimer, c.At.AddDate(0, 0, Unanswered))
		}
	}
}

func (c *change) timed(k ledger.TimerKind, at time.Time) {
	c.batch.Changes = append(c.batch.Changes, ledger.Timed{Timer: ledger.Timer{Kind: k, Subject: ledger.OfReport(c.was.ID), At: at.UTC()}})
}

func (c *change) untimed(k ledger.TimerKind) {
	c.batch.Changes = append(c.batch.Changes, ledger.Untimed{Kind: k, Subject: ledger.OfReport(c.was.ID)})
}

// later is the timer anew, and nothing else.
func later(m Moment, at time.Time) ledger.Batch {
	t := m.Timer
	t.At, t.Tries = at.UTC(), 0
	return ledger.Batch{Changes: []ledger.Change{ledger.Timed{Timer: t}}}
}

// unjudged closes a report that is called done and was not judged in time. One that was called done anew since the timer was
// set has its own time.
func unjudged(o *Office, m Moment) (ledger.Batch, bool) {
	f, ok := standing(m.Facts, report.WasResolved)
	if !ok || m.Report.Status != report.Resolved {
		return ledger.Batch{}, false
	}
	if due, ok := o.lapses(f.At); !ok || m.At.Before(due) {
		return later(m, due), ok
	}
	_, b, err := o.Act(m.Report, report.Actor{Role: report.System}, report.Lapse{}, m.Occasion())
	return b, err == nil
}

// planDue asks the office whose plan's date has come, and again every while as long as it stays a plan. Those who wait for it are told
// once, on the day that they were promised: a day that passes without a word is what they would complain of next.
func planDue(o *Office, m Moment) (ledger.Batch, bool) {
	r := m.Report
	if r.Status != report.Planned {
		return ledger.Batch{}, false
	}
	if m.At.Before(r.Until) {
		return later(m, r.Until), true
	}
	b := later(m, m.At.AddDate(0, 0, PlanAgain))
	if !m.Timer.At.After(r.Until) {
		b.Letters = append(b.Letters, o.echoed(r, m.Timer.Cause(), func(v say.Voice) string { return v.NoticePlanCame(r) })...)
	}
	b.Letters = append(b.Letters, o.toOwner(r, m.Timer.Cause()+"/plan", fmt.Sprintf(
		"🗓 Rencana laporan %s sudah jatuh tempo (%s). Sudah dikerjakan? Balas kartunya dengan /ambil, /selesai, atau /rencana dengan tanggal baru dan alasannya.",
		bot.Bold(string(r.Code)), say.For(o.Profile, "id").LongDay(r.Until))), o.renew(r, r.CardKey, r.Agency, m.Timer.Cause()+"/card"))
	return b, true
}

// unanswered reminds the reporter once of a question, and then tells the office that no answer came. Whatever the reporter adds
// is an answer.
func unanswered(o *Office, m Moment) (ledger.Batch, bool) {
	r := m.Report
	f, ok := asked(m.Facts)
	if !ok || !r.Status.Open() || !r.Hears() || saidSince(m.Facts, f.Seq) {
		return ledger.Batch{}, false
	}
	first, second := f.At.AddDate(0, 0, Unanswered), f.At.AddDate(0, 0, 2*Unanswered)
	switch {
	case m.At.Before(first):
		return later(m, first), true
	case m.At.Before(second):
		v := say.For(o.Profile, r.Lang)
		b := later(m, second)
		b.Letters = append(b.Letters, ledger.Letter{Key: m.Timer.Cause() + "/ask", To: r.Reporter, Report: r.ID, Purpose: ledger.Notice,
			Message: bot.Message{Text: quietly(v, r, stillAsked(v, r, f))}})
		return b, true
	}
	return ledger.Batch{Letters: []ledger.Letter{o.toOwner(r, m.Timer.Cause()+"/ask", fmt.Sprintf(
		"❓ Pelapor %s belum menjawab pertanyaan dari %s. Lanjutkan dengan yang sudah ada, atau tolak dengan alasan keterangannya kurang.",
		bot.Bold(string(r.Code)), say.For(o.Profile, "id").When(f.At)))}}, true
}

// asked is what the reporter was asked last, by an officer or by LAPOR!.
func asked(facts []report.Fact) (report.Fact, bool) {
	f, ok := standing(facts, report.WasAsked)
	for _, m := range facts {
		if m.What == report.WasMirrored && m.Turn == report.Waits && m.Seq > f.Seq {
			f, ok = m, true
		}
	}
	return f, ok
}

func stillAsked(v say.Voice, r report.Report, f report.Fact) string {
	if f.What == report.WasMirrored {
		return v.NoticeLaporWaits(r)
	}
	return v.NoticeStillAsked(r, f.Words)
}

// toOwner is a line in the room of a report's owner, under its card.
func (o *Office) toOwner(r report.Report, key, text string) ledger.Letter {
	return ledger.Letter{Key: key, To: o.Desk, Desk: true, Room: r.Agency, Report: r.ID, Purpose: ledger.ToDesk, Answers: r.CardKey,
		Message: bot.Message{Text: text}}
}

// standing is the newest answer of a kind that was not taken back.
func standing(facts []report.Fact, what report.What) (report.Fact, bool) {
	for _, f := range slices.Backward(facts) {
		if f.What == what && !taken(facts, f.Seq) {
			return f, true
		}
	}
	return report.Fact{}, false
}

// saidSince reports whether the reporter said anything of the matter after the fact seq: who asks when, or hides his or her name, has
// answered nothing.
func saidSince(facts []report.Fact, seq int) bool {
	for _, f := range facts {
		if f.Seq > seq && f.By.Role == report.Citizen && !f.Beside && f.What != report.WasUrged && f.What != report.WasOpposed && f.What != report.WasHidden && f.What != report.WasRevealed && f.What != report.WasFollowed && f.What != report.WasUnfollowed {
			return true
		}
	}
	return false
}
