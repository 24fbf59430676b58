package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// The roll call (absen): twice a working day each office is read its open list, and one tap says that it was. The coordinator sees who
// did not look.

// RollIntent begins the intent of a roll call, RollMenuKind the id of its menu; behind both stand its time and its office, and behind those
// of an intent the numbers that the menu offers.
const (
	RollIntent   = "absen"
	RollMenuKind = "r"
	// RollRead is the choice that says that the list was read.
	RollRead = "baca"
	// RollShown is how many reports a roll call names, rollLate by how much it may come late: what is later waits for the next one.
	RollShown = 12
	rollLate  = 2 * time.Hour
)

// rollHours are the hours of the roll call.
func rollHours() []int { return []int{8, 13} }

// RollCall is what a roll call needs to know.
type RollCall struct {
	Timer ledger.Timer
	At    time.Time
	// People are those of the desk, Open what each room ("" is the coordinator's) has open, as of At and Soon.
	People []ledger.Operator
	Open   map[string]ledger.OpenList
	// Handing are the reports that somebody types into LAPOR! and has given no number of, the one first that waits longest, at most OpenMost.
	Handing []report.Report
}

// Rooms are all offices that may own reports, and the coordinator.
func (o *Office) Rooms() []string {
	rooms := []string{""}
	for _, a := range o.Profile.Agencies {
		if o.canOwn(a.Code) {
			rooms = append(rooms, a.Code)
		}
	}
	return rooms
}

// NextRoll is the first roll call after a time: on a working day, and not before the office opens.
func (o *Office) NextRoll(after time.Time) time.Time {
	day := after.In(o.Profile.Location())
	for i := range 400 {
		d := time.Date(day.Year(), day.Month(), day.Day()+i, 0, 0, 0, 0, day.Location())
		if len(o.Profile.Working(d)) == 0 {
			continue
		}
		for _, h := range rollHours() {
			if at := d.Add(time.Duration(h) * time.Hour); at.After(after) {
				return at.UTC()
			}
		}
	}
	return after.AddDate(0, 0, 1).UTC()
}

// FirstRoll is the timer of the roll call where there is none yet.
func (o *Office) FirstRoll(at time.Time) ledger.Batch {
	return ledger.Batch{Cause: "roll:begin", At: at, Changes: []ledger.Change{ledger.Timed{Timer: ledger.Timer{Kind: ledger.RollTimer,
		Subject: ledger.OfRoom(""), At: o.NextRoll(at)}}}}
}

// Roll reads every office its open list. One that was slept through is not made up for. Timer.Rev names the roll call before (earlierRoll).
func (o *Office) Roll(in RollCall) ledger.Batch {
	b := ledger.Batch{Cause: in.Timer.Cause(), At: in.At}
	rung, next := in.Timer, in.Timer
	next.At, next.Tries, next.Rev = o.NextRoll(in.At), 0, in.Timer.Rev
	if roll := o.lastRoll(in.At); !roll.Before(in.Timer.At) && in.At.Sub(roll) <= rollLate {
		in.Timer.At = roll
		before, now := rollBefore(in.Timer.Rev), earlierRoll{at: roll}
		var rows []string
		for _, agency := range o.Rooms() {
			open := in.Open[agency]
			if agency == "" || open.Open == 0 {
				continue
			}
			b.Letters = append(b.Letters, o.rollLetter(agency, open, in.Timer.At, in.At, nil))
			now.offices = append(now.offices, agency)
			row := fmt.Sprintf("%s: %s", bot.Bold(upper(o.OfficeName(agency))), o.tally(open, in.At))
			rows = append(rows, row+o.unread(agency, before, in.People))
		}
		next.Rev = now.rev()
		if l, ok := o.rollCity(in, rows); ok {
			b.Letters = append(b.Letters, l)
		}
		if l, ok := o.rollHanding(in); ok {
			b.Letters = append(b.Letters, l)
		}
	}
	b.Changes = []ledger.Change{ledger.Rung{Timer: rung}, ledger.Timed{Timer: next}}
	return b
}

// lastRoll is the newest roll call that was due at a time; of a day on which nobody works it is none that day.
func (o *Office) lastRoll(at time.Time) time.Time {
	day := at.In(o.Profile.Location())
	var last time.Time
	for _, h := range rollHours() {
		if r := time.Date(day.Year(), day.Month(), day.Day(), h, 0, 0, 0, day.Location()); !r.After(at) && len(o.Profile.Working(day)) > 0 {
			last = r.UTC()
		}
	}
	return last
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// rollMark writes the time of a roll call.
func rollMark(at time.Time) string { return strconv.FormatInt(at.Unix(), 36) }

func rollTime(mark string) (time.Time, bool) {
	n, err := strconv.ParseInt(mark, 36, 64)
	return time.Unix(n, 0).UTC(), err == nil && mark != ""
}

// earlierRoll is the roll call before, zero where none was read since the program is there: when it was, and to which offices it was read.
type earlierRoll struct {
	at      time.Time
	offices []string
}

// rev writes it, rollBefore reads that. One of before the offices stood there blames nobody.
func (e earlierRoll) rev() string { return rollMark(e.at) + "/" + strings.Join(e.offices, ",") }

func rollBefore(rev string) earlierRoll {
	mark, offices, _ := strings.Cut(rev, "/")
	at, ok := rollTime(mark)
	if !ok || offices == "" {
		return earlierRoll{}
	}
	return earlierRoll{at, strings.Split(offices, ",")}
}

// unread says that nobody of an office serves it, or that nobody has read a roll call that was read to it; "" for everything else. Who was let
// in later than that could not.
func (o *Office) unread(agency string, before earlierRoll, people []ledger.Operator) string {
	serves, could := false, false
	for _, op := range people {
		if !op.In() || op.Agency != agency || op.Role != report.Operator {
			continue
		}
		serves, could = true, could || !op.Since.After(before.at)
		if !op.Roll.Before(before.at) {
			return ""
		}
	}
	switch {
	case !serves:
		return " · 🚫 tanpa petugas"
	case could && slices.Contains(before.offices, agency):
		return " · 👀 absen " + say.For(o.Profile, "id").When(before.at) + " belum dibaca"
	}
	return ""
}

// Soon is until when a limit may come that stands as one of a day: offices read no limit on days on which they are shut.
func (o *Office) Soon(at time.Time) time.Time {
	day := at.In(o.Profile.Location())
	next := func() { day = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, day.Location()) }
	next()
	for range 400 {
		if len(o.Profile.Working(day)) > 0 {
			break
		}
		next()
	}
	next()
	return day.UTC()
}

// tally is what an open list comes to, in a line.
func (o *Office) tally(l ledger.OpenList, at time.Time) string {
	s := fmt.Sprintf("%d terbuka", l.Open)
	day, today := at.In(o.Profile.Location()).Format(time.DateOnly), 0
	for _, t := range l.Soon {
		if deadline.ForOffice(o.Profile, t.From, t.Due).Format(time.DateOnly) <= day {
			today++
		}
	}
	if today > 0 {
		s += fmt.Sprintf(" · %d jatuh tempo hari ini", today)
	}
	if l.Late > 0 {
		s += fmt.Sprintf(" · ⚠️ %d lewat batas", l.Late)
	}
	return s
}

// rollLetter is the roll call of one room. seen are the names of those who have read it.
func (o *Office) rollLetter(agency string, open ledger.OpenList, roll, at time.Time, seen []string) ledger.Letter {
	var b strings.Builder
	fmt.Fprintf(&b, "📋 %s\n%s", bot.Bold("Absen "+upper(o.OfficeName(agency))+", "+say.For(o.Profile, "id").When(roll)), o.tally(open, at))
	shown := open.First
	for _, r := range shown {
		b.WriteString("\n" + o.rollLine(r, at))
	}
	if n := open.Open - len(shown); n > 0 {
		fmt.Fprintf(&b, "\n… dan %d lagi: /tugas", n)
	}
	b.WriteString(rollSeen(seen))
	codes := codesOf(shown[:min(len(shown), ladderButtons-1)])
	menu := rollMenu(rollMark(roll), agency, codes)
	return ledger.Letter{Key: rollKey(roll, agency), To: o.Desk, Desk: true, Room: agency, Purpose: ledger.ToDesk, Mentions: o.openlyTold(shown),
		Intent: strings.Join([]string{RollIntent, rollMark(roll), agency, strings.Join(codes, ",")}, ":"), Message: bot.Message{Text: b.String(), Menu: &menu}}
}

// openlyTold are those of some reports of which the group is shown something that it may not read once they are confidential.
func (o *Office) openlyTold(of []report.Report) (ids []report.ID) {
	for _, r := range of {
		if !o.Secret(r) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func rollKey(roll time.Time, agency string) string { return "roll:" + rollMark(roll) + "/" + agency }

func (o *Office) rollLine(r report.Report, at time.Time) string {
	mark := "▫️"
	due, has := r.Next()
	switch {
	case r.Emergency:
		mark = "🚨"
	case has && due.Due.Before(at):
		mark = "🔴"
	case has && !due.Due.After(at.Add(24*time.Hour)):
		mark = "🟠"
	}
	line := mark + " " + bot.Bold(string(r.Code)) + " · " + o.CategoryName(r.Category)
	if where := o.where(r); where != "" {
		line += " · " + where
	}
	if limit := o.Limit(r, at); limit != "" {
		line += " · " + limit
	}
	if r.Status == report.Planned && !r.Until.IsZero() && r.Until.Before(at) { // the citizen was promised that day
		line += " · ⚠️ rencana " + say.For(o.Profile, "id").Day(r.Until) + " sudah lewat: jawab warga, atau /rencana lagi"
	}
	return line
}

func rollSeen(seen []string) string {
	if len(seen) == 0 {
		return "\nSudah dibaca? Tandai di bawah ini, satu orang cukup."
	}
	return "\n👀 Sudah dibaca: " + strings.Join(seen, ", ")
}

// rollMenu is under a roll call: that it was read, and its first reports to open.
func rollMenu(mark, agency string, codes []string) bot.Menu {
	m := bot.Menu{ID: RollMenuKind + "." + mark + "." + agency, Columns: 2, Choices: []bot.Choice{
		{ID: RollRead, Label: "👀 Sudah dibaca", Also: "dibaca|baca|sudah|siap|sudah baca|sudah kami baca|hadir|oke|ok|noted|terima kasih"}}}
	for _, code := range codes {
		m.Choices = append(m.Choices, openChoice(code))
	}
	return m
}

// RollMenuOf is the menu that a roll call with an intent shows, and its office; ok is false for another intent. One from before intents
// held numbers has none to open.
func RollMenuOf(intent string) (m bot.Menu, agency string, ok bool) {
	rest, ok := strings.CutPrefix(intent, RollIntent+":")
	mark, rest, cut := strings.Cut(rest, ":")
	if _, dated := rollTime(mark); !ok || !cut || !dated {
		return bot.Menu{}, "", false
	}
	agency, list, _ := strings.Cut(rest, ":")
	var codes []string
	if list != "" {
		codes = strings.Split(list, ",")
	}
	return rollMenu(mark, agency, codes), agency, true
}

// RollOf is the roll call that a menu is of, by what stands behind RollMenuKind: "TIME.OFFICE".
func RollOf(rest string) (at time.Time, agency string, ok bool) {
	mark, agency, cut := strings.Cut(rest, ".")
	at, ok = rollTime(mark)
	return at, agency, ok && cut
}

// rollCity is the coordinator's part: the own list, what every office has, who did not look at the roll call before, and what the
// profile lacks.
func (o *Office) rollCity(in RollCall, rows []string) (ledger.Letter, bool) {
	l := o.rollLetter("", in.Open[""], in.Timer.At, in.At, nil)
	if in.Open[""].Open == 0 {
		l.Message, l.Intent, l.Mentions = bot.Message{}, "", nil
	}
	if len(rows) > 0 {
		const most = 40
		l.Message.Text += "\n\n📋 " + bot.Bold("Semua kantor, "+say.For(o.Profile, "id").When(in.Timer.At))
		for _, r := range rows[:min(len(rows), most)] {
			l.Message.Text += "\n" + r
		}
	}
	at := in.Timer.At.In(o.Profile.Location())
	if year, missing := o.Profile.CalendarEnds(at); missing && at.Weekday() == time.Monday && at.Hour() == rollHours()[0] {
		l.Message.Text += fmt.Sprintf("\n\n📅 Hari libur %d belum ada di profil, jadi batas waktu tahun itu bisa keliru. Minta pengelola menambahkannya sesudah SKB terbit (holidays.csv).", year)
	}
	l.Message.Text = strings.TrimLeft(l.Message.Text, "\n")
	return l, l.Message.Text != ""
}

// ReadRoll puts on record that somebody has read a roll call, and shows it there. open is what its room has open now, people are those of
// the desk. The error is a *Refusal.
func (o *Office) ReadRoll(op ledger.Operator, agency string, roll time.Time, open ledger.OpenList, people []ledger.Operator, t Occasion) (ledger.Batch, error) {
	switch {
	case !op.In() || op.Role == report.Leader || op.Agency != agency:
		return ledger.Batch{}, refuse(NoRight, "Absen ini untuk petugas %s.", o.OfficeName(agency))
	case roll.Sub(t.At) > rollLate: // forged: it would stand as having read all that come until then
		return ledger.Batch{}, refuse(Gone, "Absen itu belum dibacakan.")
	case !op.Roll.Before(roll):
		return ledger.Batch{}, refuse(Already, "Sudah tercatat, terima kasih.")
	}
	was := op.Rev
	op.Rev, op.Roll = was+1, roll
	var seen []string
	for _, p := range append(slices.Clone(people), op) {
		if p.In() && p.Agency == agency && !p.Roll.Before(roll) && (p.ID != op.ID || p.Rev == op.Rev) {
			seen = append(seen, say.Clip(p.Name, 30))
		}
	}
	l := o.rollLetter(agency, open, roll, t.At, seen)
	l.Edits, l.Key, l.Only, l.Fold = l.Key, t.Cause+"/roll", true, l.Key
	return ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{ledger.Enrolled{Operator: op, Was: was}}, Letters: []ledger.Letter{l}}, nil
}
