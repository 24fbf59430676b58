package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// CardMenuKind begins the id of a card's menu, OpenMenuKind that of a list whose choices are the numbers of reports to open.
const (
	CardMenuKind = "c"
	OpenMenuKind = "x"
	// LadderIntent is the intent of a list of late reports, before the numbers that it offers.
	LadderIntent = "tenggat"
	// ladderShown is how many reports a letter names, ladderButtons how many of them it has buttons for.
	ladderShown   = 25
	ladderButtons = 8
)

// ladderLetters are one letter for everybody who is to hear of something.
func (o *Office) ladderLetters(told []rung, people []ledger.Operator, cause string, at time.Time) []ledger.Letter {
	var out []ledger.Letter
	rooms := map[string][]rung{}
	leaders := above(people, func(op ledger.Operator) bool { return op.Role == report.Leader && !ledger.Chief(op.Title) })
	var city []rung
	for _, g := range told {
		rooms[g.r.Agency] = append(rooms[g.r.Agency], g)
		if g.r.Agency != "" && (g.news() || g.late() && !leaders.told()) {
			city = append(city, g)
		}
	}
	heads := func(agency string) superiors {
		return above(people, func(op ledger.Operator) bool {
			return op.Role == report.Operator && op.Agency == agency && op.Title == ledger.TitleHead
		})
	}
	for _, agency := range sortedKeys(rooms) {
		all := rooms[agency]
		if agency == "" {
			all = append(all, city...)
		}
		out = append(out, o.roomLetter(agency, all, heads(agency), leaders, cause, at))
	}
	if _, has := rooms[""]; !has && len(city) > 0 {
		out = append(out, o.roomLetter("", city, superiors{}, leaders, cause, at))
	}
	for _, agency := range sortedKeys(rooms) {
		late := slices.DeleteFunc(slices.Clone(rooms[agency]), func(g rung) bool { return !g.news() })
		if agency == "" || len(late) == 0 {
			continue
		}
		for _, op := range heads(agency).reached {
			out = append(out, o.personLetter(op, late, fmt.Sprintf("⏰ Yth. %s, laporan warga di %s ini sudah lewat batas. Mohon dibantu agar warga segera dijawab.",
				op.Name, bot.Bold(o.OfficeName(agency))), cause, at))
		}
	}
	high := slices.DeleteFunc(slices.Clone(told), func(g rung) bool { return g.to < report.Leaders })
	if len(high) > 0 {
		for _, op := range leaders.reached {
			out = append(out, o.personLetter(op, high, fmt.Sprintf("⏰ Yth. %s, laporan warga ini masih lewat batas sesudah kantornya dan koordinator diberi tahu.",
				op.Name), cause, at))
		}
	}
	return slices.DeleteFunc(out, func(l ledger.Letter) bool { return l.Key == "" })
}

func sortedKeys(m map[string][]rung) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// roomLetter is the list for a room of the desk. Whoever answers it where it names one report answers that report.
func (o *Office) roomLetter(agency string, all []rung, heads, leaders superiors, cause string, at time.Time) ledger.Letter {
	text := o.ladderText(all, agency == "", at)
	late := slices.ContainsFunc(all, rung.news)
	high := slices.ContainsFunc(all, func(g rung) bool { return g.to >= report.Leaders })
	switch {
	case agency == "" && high && leaders.told():
		text += "\nPimpinan ikut diberi tahu yang lewat lebih dari sehari."
	case agency == "" && high && len(leaders.unmet) > 0:
		text += "\nPimpinan belum tahu. " + o.reachThem(leaders.unmet)
	case agency == "" && high:
		text += "\nBelum ada Sekda atau Asda yang terdaftar, jadi pimpinan belum tahu. Mereka menulis: /daftar sekda"
	case agency != "" && high && !late && leaders.told():
		text += "\nPimpinan daerah ikut diberi tahu."
	case agency != "" && late && heads.told():
		text += "\nKepala kantor dan koordinator ikut diberi tahu."
	case agency != "" && late && len(heads.unmet) > 0:
		text += "\nKoordinator ikut diberi tahu, kepala kantor belum. " + o.reachThem(heads.unmet)
	case agency != "" && late:
		text += "\nKoordinator ikut diberi tahu. Kepala kantor belum terdaftar: /daftar " + strings.ToLower(agency) + " kepala"
	}
	l := ledger.Letter{Key: cause + "/room" + agency, To: o.Desk, Desk: true, Room: agency, Purpose: ledger.ToDesk, Mentions: o.openlyTold(reportsOf(all))}
	if urgent(all) {
		l.Purpose = ledger.Alarm
	}
	one := all[0].r
	if slices.ContainsFunc(all, func(g rung) bool { return g.r.ID != one.ID }) {
		text += "\nBuka satu: pilih di bawah ini, atau /laporan NOMOR. Jawab dengan membalas kartunya."
		l.Message.Menu = OpenMenu(reportsOf(all), ladderButtons)
		l.Intent = OpenIntent(l.Message.Menu)
	} else {
		l.Report, l.Answers = one.ID, one.CardKey
		l.Message.Menu = actMenu(one)
		if agency == one.Agency && one.CardKey != "" {
			text += "\nBalas pesan ini untuk menjawab warga, atau pilih."
		}
	}
	l.Message.Text = text
	return l
}

// personLetter is the list for one person, in his or her own chat. Who cannot be written to for long gets the newest one, which says where
// the rest is, and not all of them at once.
func (o *Office) personLetter(op ledger.Operator, all []rung, lead, cause string, at time.Time) ledger.Letter {
	to, ok := bot.ParseAddress(op.ID)
	if !ok {
		return ledger.Letter{}
	}
	menu := OpenMenu(reportsOf(all), ladderButtons)
	return ledger.Letter{Key: cause + "/to/" + op.ID, To: to, Purpose: ledger.ToDesk, Intent: AloneIntent + OpenIntent(menu), Fold: LadderIntent,
		Mentions: o.openlyTold(reportsOf(all)), Message: bot.Message{
			Text: lead + "\n" + o.ladderText(all, true, at) + "\nPilih nomornya untuk membuka. Semua yang lewat batas: /tugas lewat", Menu: menu}}
}

// OpenIntent is the intent of a letter with a menu of OpenMenu.
func OpenIntent(m *bot.Menu) string {
	codes := make([]string, 0, len(m.Choices))
	for _, c := range m.Choices {
		codes = append(codes, c.ID)
	}
	return LadderIntent + ":" + strings.Join(codes, ",")
}

// OpenMenuOf is the menu that a letter with an intent shows; ok is false for another intent.
func OpenMenuOf(intent string) (*bot.Menu, bool) {
	codes, ok := strings.CutPrefix(intent, LadderIntent+":")
	if !ok || codes == "" {
		return nil, false
	}
	return openMenu(strings.Split(codes, ",")), true
}

func openChoice(code string) bot.Choice {
	return bot.Choice{ID: code, Label: "📄 " + code, Also: strings.ToLower(code)}
}

// OpenMenu offers reports to be opened, the first so many of them; there must be one.
func OpenMenu(reports []report.Report, most int) *bot.Menu {
	return openMenu(codesOf(reports[:min(len(reports), most)]))
}

func codesOf(reports []report.Report) []string {
	codes := make([]string, 0, len(reports))
	for _, r := range reports {
		codes = append(codes, string(r.Code))
	}
	return codes
}

// openMenu goes by its first number, as every menu of the desk in somebody's own chat goes by one.
func openMenu(codes []string) *bot.Menu {
	m := &bot.Menu{ID: OpenMenuKind + "." + codes[0], Columns: 2}
	for _, code := range codes {
		m.Choices = append(m.Choices, openChoice(code))
	}
	return m
}

// actMenu are the deeds that a reminder of one report offers: those of its card that stop a clock.
func actMenu(r report.Report) *bot.Menu {
	if r.CardKey == "" {
		return nil
	}
	m := &bot.Menu{ID: CardMenuKind + "." + string(r.Code) + "." + Mark(r), Columns: 2}
	for _, c := range []struct {
		verb, label string
		on          bool
	}{
		{"ambil", "✋ Ambil", r.Status != report.InProgress}, {"balas", "💬 Balas", true}, {"selesai", "✅ Selesai", true},
		{"rencana", "🗓 Rencanakan", true}, {"teruskan", "➡️ Teruskan", true},
	} {
		if c.on {
			m.Choices = append(m.Choices, bot.Choice{ID: c.verb, Label: c.label, Also: c.verb})
		}
	}
	return m
}

// reportsOf are the reports of rungs, each once, those that are latest first.
func reportsOf(all []rung) []report.Report {
	var out []report.Report
	seen := map[report.ID]bool{}
	for _, g := range ordered(all) {
		if !seen[g.r.ID] {
			seen[g.r.ID] = true
			out = append(out, g.r)
		}
	}
	return out
}

// ordered puts danger first, then what is latest; the clocks of one report stay together.
func ordered(all []rung) []rung {
	out := slices.Clone(all)
	due := map[report.ID]time.Time{}
	for _, g := range all {
		if first, has := due[g.r.ID]; !has || g.t.Due.Before(first) {
			due[g.r.ID] = g.t.Due
		}
	}
	slices.SortStableFunc(out, func(a, b rung) int {
		calm := func(g rung) int {
			if g.r.Emergency {
				return 0
			}
			return 1
		}
		return cmp.Or(calm(a)-calm(b), due[a.r.ID].Compare(due[b.r.ID]), cmp.Compare(a.r.ID, b.r.ID), a.t.Due.Compare(b.t.Due))
	})
	return out
}

func urgent(all []rung) bool {
	return slices.ContainsFunc(all, func(g rung) bool { return g.r.Emergency })
}

// ladderText is the list itself. office says that each line names the office.
func (o *Office) ladderText(all []rung, office bool, at time.Time) string {
	var b strings.Builder
	heads := []struct {
		is   func(rung) bool
		text string
	}{
		{rung.late, "🔴 " + bot.Bold("Lewat batas")},
		{func(g rung) bool { return g.to == report.LastReminder }, "🟠 " + bot.Bold("Hampir habis waktunya")},
		{func(g rung) bool { return g.to == report.FirstReminder }, "🟡 " + bot.Bold("Sudah separuh waktunya")},
	}
	shown, left := 0, 0
	for _, h := range heads {
		first, before := true, map[report.ID]string{}
		for _, g := range ordered(all) {
			if !h.is(g) {
				continue
			}
			if shown == ladderShown {
				left++
				continue
			}
			if first {
				b.WriteString("\n" + h.text)
				first = false
			}
			due := o.dueText(g.t, at)
			switch told := before[g.r.ID]; {
			case told == due: // two clocks of one report that end together: the line above says so
				continue
			case told != "":
				b.WriteString("\n   juga " + o.waits(g, all, at))
				continue
			}
			before[g.r.ID] = due
			shown++
			b.WriteString("\n" + o.ladderLine(g, o.waits(g, all, at), office))
		}
	}
	if left > 0 {
		fmt.Fprintf(&b, "\n… dan %d lagi: /tugas", left)
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// waits is what a clock waits for and until when, with the other clocks of the report that end just then: "diteruskan dan dijawab paling lambat …".
func (o *Office) waits(g rung, all []rung, at time.Time) string {
	due, text := o.dueText(g.t, at), waitsFor(g.t)
	for _, other := range ordered(all) {
		if other.r.ID == g.r.ID && other.t.Stage != g.t.Stage && o.dueText(other.t, at) == due {
			text += " dan " + waitsFor(other.t)
		}
	}
	return text + " " + due
}

// ladderLine is one clock of a report: nothing that its citizen said is in it.
func (o *Office) ladderLine(g rung, waits string, office bool) string {
	line := bot.Bold(string(g.r.Code)) + " · " + o.CategoryName(g.r.Category)
	if g.r.Emergency {
		line = "🚨 " + line
	}
	if where := o.where(g.r); where != "" {
		line += " · " + where
	}
	line += " · " + waits
	switch {
	case office && g.r.Agency != "":
		line += " · " + o.OfficeName(g.r.Agency)
	case g.r.Agency == "" && g.r.Suggested != "":
		line += " · untuk " + o.OfficeName(g.r.Suggested)
	}
	if g.r.Officer.Name != "" && g.r.Status != report.Assigned && g.r.Status != report.Received {
		line += " · " + say.Clip(g.r.Officer.Name, 30)
	}
	return line
}

// where is the place of a report as far as everybody in the group may know it.
func (o *Office) where(r report.Report) string {
	if o.Secret(r) {
		return say.Area(report.Place{DistrictName: r.Place.DistrictName})
	}
	return say.Area(r.Place)
}

// waitsFor is what a clock waits for.
func waitsFor(t report.Term) string {
	switch profile.Stage(t.Stage) {
	case profile.Verify:
		return "diteruskan"
	case profile.Finish:
		return "diselesaikan"
	}
	return "dijawab"
}

// dueText is a term's limit for officers, and by how much it is over.
func (o *Office) dueText(t report.Term, at time.Time) string {
	text := "paling lambat " + say.For(o.Profile, "id").When(deadline.ForOffice(o.Profile, t.From, t.Due))
	over := at.Sub(t.Due)
	switch days := int(over / (24 * time.Hour)); {
	case over < 0:
	case days >= 1:
		text += fmt.Sprintf(" (lewat %d hari)", days)
	case over >= time.Hour:
		text += fmt.Sprintf(" (lewat %d jam)", int(over/time.Hour))
	default:
		text += " (baru lewat)"
	}
	return text
}

// Limit is the limit that a report has to keep next, for officers; "" where no clock runs.
func (o *Office) Limit(r report.Report, at time.Time) string {
	if !r.Status.Open() {
		return ""
	}
	next, ok := r.Next()
	if !ok {
		return ""
	}
	return waitsFor(next) + " " + o.dueText(next, at)
}
