package casework

import (
	"fmt"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// BoundsSpan is the time over which filed reports are counted for the profile's bound by the hour.
const BoundsSpan = time.Hour

// Why a report is in quarantine, in the words of its fact.
const (
	OverHour  = "hour"  // more filed in an hour than the profile's bound
	OverOpen  = "open"  // more open than the profile's bound
	WhenMuted = "muted" // a coordinator muted the reporter
)

// quarantine tells why a report waits for the coordinator's look, "" where it goes its way. Bounds are of one person alone: however
// many people tell of the same, none of them is held up. A danger passes all of them, as does what has no chat, and what an officer
// files.
func (o *Office) quarantine(in Filing) string {
	d, b := in.Draft, o.Profile.Bounds
	if d.Emergency || d.How == report.ByOfficer || d.How == report.BySilence || in.Reporter.Zero() {
		return ""
	}
	switch m := in.Load.Conduct.Holds(in.At); {
	case m == report.Muted || m == report.Blocked: // who was blocked a moment ago, as another instance knows already
		return WhenMuted
	case b.PerHour > 0 && in.Load.Recent >= b.PerHour:
		return OverHour
	case b.Open > 0 && in.Load.Open >= b.Open:
		return OverOpen
	}
	return ""
}

// lookAt tells the coordinator's room that there is something in quarantine: once for all that one person has there.
func (o *Office) lookAt(in Filing) []ledger.Letter {
	if in.Load.Quarantined > 0 || in.Load.Conduct.Holds(in.At) == report.Muted {
		return nil
	}
	return []ledger.Letter{{
		Key: in.Cause + "/quarantine", To: o.Desk, Desk: true, Purpose: ledger.ToDesk, Fold: "quarantine",
		Message: bot.Message{Text: "🗂 Ada nomor yang mengirim lebih banyak laporan dari batas. Laporannya disimpan di karantina dan menunggu Anda lihat: /karantina"},
	}}
}

// admit takes a report out of quarantine. It goes where it would have gone at once. Its clock has run since it was filed: the citizen
// has waited since then.
func (c *change) admit() error {
	f := report.Fact{What: report.WasAdmitted, Agency: c.was.Suggested}
	switch {
	case !c.canOwn(f.Agency):
		f.Agency, f.Meant = "", c.was.Suggested
	case !served(c.Served, f.Agency):
		f.Agency, f.Meant = "", f.Agency
	}
	c.tell(f, time.Time{}, func(v say.Voice, _ Addressee) bot.Message { return bot.Message{Text: v.NoticeAdmitted(c.now)} })
	facts := append(slices.Clone(c.Facts), c.facts...)
	c.batch.Letters = append(c.batch.Letters, c.cardLetters(c.now, facts)...)
	if c.Consults && !Advised(facts) && c.Doubtful(c.now.Draft) {
		c.batch.Jobs = append(c.batch.Jobs, ledger.Consult{Report: c.was.ID})
	}
	return nil
}

// longestMeasure bounds what somebody may set: what is meant for longer is looked at again.
const longestMeasure = 366 * 24 * time.Hour

// restrain sets a measure against who filed a report, or ends one. Nobody in the desk learns who it is: the report's number is the
// name. The citizen reads the reason, the end, and that one appeal is heard.
func (c *change) restrain(a report.Restrain) error {
	now := c.Conduct.Holds(c.At)
	switch {
	case c.was.Reporter.Zero():
		return refuse(Choice, "Pelapor %s tidak punya chat di sini; tidak ada yang bisa dibatasi.", c.was.Code)
	case a.Measure == report.NoMeasure && now == report.NoMeasure:
		return refuse(Already, "Pelapor %s memang sedang tidak dibatasi.", c.was.Code)
	case a.Why == "":
		return refuse(Empty, "Sebutkan alasannya; warga membacanya. Misalnya: %s", restrainExample(a.Measure, c.was.Code))
	case a.Measure == report.Warned && now != report.NoMeasure && now != report.Warned:
		return refuse(Already, "Pelapor %s sudah %s sampai %s. Akhiri dulu dengan /bukablokir kalau hanya perlu peringatan.",
			c.was.Code, MeasureName(now), c.day(c.Conduct.Until))
	case a.Measure != report.NoMeasure && !a.Until.After(c.At):
		return refuse(Choice, "Akhirnya harus sesudah hari ini, misalnya: %s", restrainExample(a.Measure, c.was.Code))
	case a.Until.Sub(c.At) > longestMeasure:
		return refuse(Choice, "Paling lama satu tahun; sesudah itu dilihat lagi. Misalnya: %s", restrainExample(a.Measure, c.was.Code))
	}
	if err := c.words(a.Why); err != nil {
		return err
	}
	next := ledger.Conduct{Chat: c.was.Reporter.Chat(), Rev: c.Conduct.Rev + 1, Measure: a.Measure, At: c.At, Until: a.Until, Why: a.Why,
		By: c.by, Report: c.was.ID, Code: c.was.Code, Unnamed: c.was.Shield(c.Profile.Sensitive).Hides(report.Operators)}
	if a.Measure == report.NoMeasure {
		next.Until = c.At
	}
	c.batch.Changes = append(c.batch.Changes, ledger.Restrained{Conduct: next, Was: c.Conduct.Rev})
	f := report.Fact{What: report.WasRestrained, Measure: a.Measure, Words: a.Why, Until: next.Until, Letter: c.key("n")}
	c.fact(f)
	v := say.For(c.Profile, c.was.Lang)
	c.letter(ledger.Letter{Key: f.Letter, To: c.was.Reporter, Report: c.was.ID, Purpose: ledger.Notice,
		Message: bot.Message{Text: quietly(v, c.was, v.Restrained(a.Measure, c.was.Code, say.Clip(a.Why, 600), next.Until))}})
	c.letter(ledger.Letter{Key: c.key("restrained"), To: c.by.Chat, Report: c.was.ID, Purpose: ledger.ToDesk,
		Message: bot.Message{Text: c.restrained(next)}})
	c.card()
	return nil
}

// restrained tells the coordinator what holds now, and what it took the place of: another one may have been faster.
func (c *change) restrained(next ledger.Conduct) string {
	text := fmt.Sprintf("Pelapor %s kini %s sampai %s. Alasan dan cara berkeberatan sudah dikirim kepadanya.", c.was.Code, MeasureName(next.Measure), c.day(next.Until))
	switch next.Measure {
	case report.NoMeasure:
		text = fmt.Sprintf("Pembatasan pelapor %s berakhir; ia diberi tahu.", c.was.Code)
	case report.Warned:
		text = fmt.Sprintf("Peringatan dikirim kepada pelapor %s. Ia tetap bisa melapor.", c.was.Code)
	}
	if was := c.Conduct.Holds(c.At); was != report.NoMeasure && next.Measure != report.NoMeasure && c.Conduct.Unnamed == next.Unnamed {
		text += fmt.Sprintf("\nMenggantikan: %s sampai %s (oleh %s).", MeasureName(was), c.day(c.Conduct.Until), say.Clip(c.Conduct.By.Name, 40))
	}
	return text
}

func (o *Office) day(t time.Time) string { return say.For(o.Profile, "id").LongDay(t) }

// MeasureName is a measure in operators' words.
func MeasureName(m report.Measure) string {
	switch m {
	case report.NoMeasure:
		return "tidak dibatasi"
	case report.Warned:
		return "diperingatkan"
	case report.Muted:
		return "dibisukan"
	case report.Blocked:
		return "diblokir"
	}
	return string(m)
}

func restrainExample(m report.Measure, code report.Code) string {
	switch m {
	case report.Warned:
		return fmt.Sprintf("/peringatkan %s laporan yang sama dikirim berkali-kali", code)
	case report.Muted:
		return fmt.Sprintf("/bisukan %s 7 hari laporan yang sama dikirim berkali-kali", code)
	case report.Blocked:
		return fmt.Sprintf("/blokir %s 30 hari menghina petugas terus-menerus", code)
	default:
		return fmt.Sprintf("/bukablokir %s keberatannya diterima", code)
	}
}

// MeasureDays is how many days a measure lasts where nobody says.
func MeasureDays(p *profile.Profile, m report.Measure) int {
	days, usual := p.Bounds.BlockDays, 30
	if m == report.Muted {
		days, usual = p.Bounds.MuteDays, 7
	}
	if days < 1 {
		return usual
	}
	return days
}

// Appeal brings what a citizen wrote against a measure to the coordinator's room, once. r is the report by which he or she was named.
func (o *Office) Appeal(r report.Report, now ledger.Conduct, by report.Actor, words string, t Occasion) ledger.Batch {
	c := &change{Office: o, Occasion: t, by: by, was: r, now: r, batch: ledger.Batch{Cause: t.Cause, At: t.At}}
	words = say.Clip(words, MaxWords)
	f := report.Fact{What: report.WasAppealed, Words: words, Measure: now.Measure}
	if !r.Erased.IsZero() { // nobody who was taken out of a report comes back into it
		f.Words = ""
	}
	c.fact(f)
	said := o.heard(o.Own(r, words), r.Code)
	if o.Secret(r) {
		said = "\n" + o.SecretText(r)
	}
	next := now
	next.Rev, next.Appealed = now.Rev+1, t.At
	c.letter(ledger.Letter{Key: t.Cause + "/appeal", To: o.Desk, Desk: true, Report: r.ID, Purpose: ledger.ToDesk,
		Message: bot.Message{Text: fmt.Sprintf("✋ Keberatan pelapor %s, yang %s sampai %s (alasan: %s):%s\nUntuk mengakhirinya: /bukablokir %s alasan. Kalau tetap, tidak perlu apa-apa.",
			bot.Bold(string(r.Code)), MeasureName(now.Measure), o.day(now.Until), say.Clip(now.Why, 200), said, r.Code)}})
	b := c.batch
	b.Changes = append([]ledger.Change{ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts}, ledger.Restrained{Conduct: next, Was: now.Rev}}, b.Changes...)
	return b
}
