package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// Who sees the card and says that it is no new report, but of the one from yesterday, agrees to nothing. It is asked whether it shall be
// added to that one, and nothing is filed meanwhile.

// awaitElder waits for the own reports, to find the one that is meant.
const awaitElder = "elder"

// elderMost is how many words such a text has at most.
const elderMost = 9

// saysElder reports whether words say of the report in the making that it is of one that was filed before: it is not new, or is that of
// an earlier day; and tell nothing else.
func saysElder(text string) bool {
	said := strings.Fields(bot.Fold(text))
	if len(said) < 2 || len(said) > elderMost || strings.Contains(text, "?") {
		return false
	}
	denied, earlier, report := false, false, false
	for i, w := range said {
		switch {
		case refusesNew(w) && slices.ContainsFunc(said[i+1:min(i+4, len(said))], freshWord):
			denied = true
		case earlierDay(w):
			earlier = true
		case reportWord(w):
			report = true
		case !besideElder(w) && !freshWord(w) && !refusesNew(w):
			return false
		}
	}
	named := report || slices.Contains(said, "yg") || slices.Contains(said, "yang")
	return denied || earlier && named && !slices.ContainsFunc(said, refusesNew)
}

func refusesNew(w string) bool {
	return has(" "+w+" ", "bukan", "bkn", "bukannya", "dudu", "sanes", "tidak", "ga", "gak", "not", "isn", "jangan")
}

func freshWord(w string) bool { return has(" "+w+" ", "baru", "anyar", "bru", "new") }

func reportWord(w string) bool {
	return has(" "+w+" ", "laporan", "laporannya", "lapor", "laporanku", "lapuran", "aduan", "pengaduan", "dilaporin", "dilaporkan", "report", "reported")
}

func earlierDay(w string) bool {
	return has(" "+w+" ", "kemarin", "kemaren", "kmrn", "kmren", "kmaren", "kemarennya", "kemarinnya", "kamari", "wingi", "dulu", "lama", "sebelumnya", "sebelum", "lalu", "minggu", "bulan", "yesterday", "earlier", "before", "old", "last", "week")
}

// besideElder knows what may stand beside these words and tells nothing.
func besideElder(w string) bool {
	return has(" "+w+" ", "itu", "ini", "yg", "yang", "ya", "y", "pak", "pa", "bu", "bapak", "ibu", "min", "admin", "kak", "bang", "mas", "mbak", "kang", "teh", "eh", "oh", "loh", "lho", "sih", "kok", "mah", "kan", "saya", "sy", "aku", "gw", "gue",
		"masih", "sama", "lanjutan", "lanjutannya", "sambungan", "sambungannya", "udah", "sudah", "udh", "tapi", "tp", "soal", "tentang", "hari", "dong", "nih", "tuh", "sing", "nu", "eta", "the", "a", "it", "is", "s", "this", "my", "one", "from", "t", "maaf")
}

// elderNow is saysElder where a report in the making is asked about.
func (f *flow) elderNow(s flows.State, form *Form, text string) bool {
	if s.Ask == nil || s.Ask.Flow != Name || form == nil || form.Text == "" || form.Emergency || form.How.OnBehalf() {
		return false
	}
	switch s.Ask.Kind {
	case askReview, askPlace, askWhere, askAbout, askCategory, askSeveral, askRival, askTwin, askElder:
		return saysElder(text)
	}
	return false
}

// elder looks for the report that is meant; false where the words say something else.
func (t *telling) elder(p flows.Parcel) bool {
	if p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil || !t.elderNow(t.s, t.n.Form, p.Text) {
		return false
	}
	t.s.Await(Name, awaitElder, nil)
	t.do(flows.Look{})
	return true
}

// foundElder asks about the newest open report of the same matter, else the newest of all.
func (t *telling) foundElder(mine []report.Report) {
	f := t.n.Form
	t.s.Wait = nil
	mine = slices.DeleteFunc(slices.Clone(mine), func(r report.Report) bool { return !r.Status.Open() || r.How.OnBehalf() || t.shows(f, r) })
	if len(mine) == 0 {
		t.say(t.v.NoElder())
		t.next()
		return
	}
	r := mine[0]
	if i := slices.IndexFunc(mine, func(r report.Report) bool { return r.Category == f.Category }); i >= 0 {
		r = mine[i]
	}
	t.n.Elder = &Elder{ID: r.ID, Code: r.Code, Category: r.Category}
	t.ask(askElder)
}

// shows reports whether a filed report would show what the one in the making hides.
func (t *telling) shows(f *Form, r report.Report) bool {
	if r.Visibility == report.Confidential {
		return false
	}
	return r.Visibility != f.Visibility && f.Visibility != report.Normal || t.Profile.Sensitive(f.Category) && r.Category != f.Category
}

// askElderOf words the question whether it is of that one.
func askElderOf(m *bot.Message, s flows.State, n *Notes, v say.Voice) {
	m.Text = v.Invite()
	if e := n.Elder; e != nil {
		m.Text = v.AskElder(string(e.Code), e.Category)
	}
	m.Menu = v.MenuOf(s.Ask.ID, "yes", "newreport")
}

// chooseElder adds the report in the making to the earlier one, or leaves it as it is.
func (t *telling) chooseElder(id string) {
	f, e := t.n.Form, t.n.Elder
	t.n.Elder = nil
	if id != "yes" || e == nil || f.Empty() {
		t.next()
		return
	}
	p := flows.Parcel{Text: f.Text, Parts: f.Parts, Photos: f.Photos, Files: f.Files, Pin: f.Place.Pin}
	if where := toldApart(f); where != "" {
		p.Text, p.Parts = strings.TrimSpace(p.Text+"\n"+where), nil
	}
	waits := f.behind()
	f.Off = true
	t.n.lay(f, t.s.At) // the earlier one may have ended, or take no more: "urungkan" brings it back
	t.n.Form, t.n.Before, t.s.Ask = nil, nil, nil
	t.hand(flows.Addition{Report: e.ID, Said: p})
	t.bringBack(waits, true)
}

// elderMore takes what is said instead as more of the report in the making.
func (t *telling) elderMore(p flows.Parcel, rd understand.Reading) {
	t.n.Elder, t.s.Ask = nil, nil
	t.absorb(p, rd)
}

// toldApart is the place of a report in words, as far as its text does not name it.
func toldApart(f *Form) string {
	var parts []string
	for _, part := range []string{f.Place.Said, f.Place.Note, f.Place.AreaName} {
		if said := bot.Fold(f.Text + " " + strings.Join(parts, " ")); part != "" && !strings.Contains(said, bot.Fold(part)) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
