package casework_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Whatever a category is called leads to it, in every profile; a key word leads to it or asks, and never past it.
func TestEveryCategoryIsFoundByItsNames(t *testing.T) {
	t.Parallel()
	for _, city := range profile.Names() {
		p, err := profile.Builtin(city)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.Offered() {
			for _, name := range []string{c.Code, c.Short, c.ShortEN, c.Name, c.NameEN, strings.ToUpper(c.Short), "ke " + c.Short + " aja pak", "harusnya " + c.Name} {
				code, near := casework.FindCategory(p, name)
				if code != c.Code && !(code == "" && slices.Contains(near, c.Code)) {
					t.Errorf("%s: %q is taken for %q (near %q), meant is %s", city, name, code, near, c.Code)
				}
			}
			for _, word := range c.Keywords {
				code, near := casework.FindCategory(p, word)
				other, _ := p.Category(code)
				if code != c.Code && !slices.Contains(near, c.Code) && len(near) < 6 && !strings.EqualFold(bot.Fold(other.Short+other.Name), bot.Fold(word)) &&
					!slices.ContainsFunc([]string{other.Short, other.Name, other.ShortEN, other.NameEN}, func(s string) bool { return bot.Fold(s) == bot.Fold(word) }) {
					t.Errorf("%s: the key word %q is taken for %q (near %q), it is of %s", city, word, code, near, c.Code)
				}
			}
			if code, _ := casework.FindCategory(p, "bukan "+c.Short); code != "" {
				t.Errorf("%s: “bukan %s” is taken for %s", city, c.Short, code)
			}
		}
		for _, g := range p.Groups {
			code, near := casework.FindCategory(p, g.Name)
			if all := p.InGroup(g.Code); len(all) > 1 && code == "" && len(near) < 2 {
				t.Errorf("%s: the group %q finds %q", city, g.Name, near)
			}
		}
	}
}

func TestFindCategory(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, code string }{
		{"lampu jalan", "penerangan_jalan"}, {"pju", "penerangan_jalan"}, {"Drainase", "drainase_banjir"}, {"drainse", "drainase_banjir"},
		{"lampu jalan mati", "penerangan_jalan"}, {"harusnya sampah & kebersihan pak", "sampah_kebersihan"}, {"parkir liar", "parkir"},
		{"penerangan_jalan", "penerangan_jalan"}, {"street lights", "penerangan_jalan"},
		{"jalan", ""}, {"bukan lampu jalan", ""}, {"lampu jalan atau drainase", ""}, {"xyz", ""}, {"", ""}, {"  ", ""}, {"😀", ""},
		{"bukan laporan", ""}, {"warga marah soal sekolah di sana", ""},
	} {
		if code, near := casework.FindCategory(p, c.text); code != c.code {
			t.Errorf("%q is taken for %q (near %q), want %q", c.text, code, near, c.code)
		}
	}
	if _, near := casework.FindCategory(p, "bukan lampu jalan"); len(near) != 0 {
		t.Errorf("what it is not is offered: %q", near)
	}
	if _, near := casework.FindCategory(p, "lampu jalan atau drainase"); !slices.Contains(near, "penerangan_jalan") || !slices.Contains(near, "drainase_banjir") {
		t.Errorf("two are named, near is %q", near)
	}
}

// The menu leads to every category in at most two steps, and its ids fit.
func TestTheMenuLeadsToEveryCategory(t *testing.T) {
	t.Parallel()
	for _, city := range profile.Names() {
		p, err := profile.Builtin(city)
		if err != nil {
			t.Fatal(err)
		}
		r := report.Report{Code: report.NewCode(p.Prefix, 1)}
		found := map[string]bool{}
		first := casework.CategoryMenu(p, r, "")
		for _, c := range first.Choices {
			page, leads := strings.CutPrefix(c.ID, casework.OtherPage)
			found[c.ID] = true
			if leads {
				for _, c := range casework.CategoryMenu(p, r, page).Choices {
					found[c.ID] = true
				}
			}
			if len(first.ID)+len(c.ID) > 60 {
				t.Errorf("%s: %q is too long", city, c.ID)
			}
		}
		for _, c := range p.Offered() {
			if !found[c.Code] {
				t.Errorf("%s: no page offers %s", city, c.Code)
			}
		}
		if len(first.Choices) > 10 {
			t.Errorf("%s: the first page has %d choices", city, len(first.Choices))
		}
	}
}

// categorising is an office with one report at Dishub.
func categorising(change func(*report.Report)) (*casework.Office, report.Report, casework.Occasion) {
	r := report.Report{ID: 1, Code: "CTH-2222-2", Rev: 2, Status: report.Assigned, Agency: "DISHUB", Suggested: "DISHUB", CardKey: "card:1", Lang: "id",
		Reporter: bot.Address{Network: bot.WhatsApp, ID: "62811"}, Due: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)}
	r.Category, r.Visibility, r.Text = "penerangan_jalan", report.Normal, "teksnya"
	if change != nil {
		change(&r)
	}
	at := casework.Occasion{Cause: "e", At: r.Due.Add(-time.Hour), Served: func(a string) bool { return a != "DINSOS" }}
	return &casework.Office{Profile: casetest.Profile(), Desk: bot.Address{Network: bot.Telegram, ID: "-100"}}, r, at
}

func TestCategoriseMovesAReport(t *testing.T) {
	t.Parallel()
	budi := report.Actor{Role: report.Operator, ID: "telegram:Budi", Name: "Budi", Home: "DISHUB"}
	o, r, at := categorising(nil)
	after, b, err := o.Act(r, budi, report.Categorise{Category: "sampah"}, at)
	if err != nil {
		t.Fatal(err)
	}
	if after.Agency != "DLH" || after.Category != "sampah" || after.Status != report.Assigned || after.CardKey == r.CardKey || !after.Due.Equal(r.Due) {
		t.Errorf("%+v", after)
	}
	ch, ok := b.Changes[0].(ledger.Changed)
	if !ok || ch.Was != 2 || len(ch.Facts) != 2 || ch.Facts[0].Was != "penerangan_jalan" || ch.Facts[0].Category != "sampah" || ch.Facts[1].Agency != "DLH" {
		t.Errorf("the facts: %+v", b.Changes)
	}
	notices := 0
	for _, l := range b.Letters {
		if l.Purpose == ledger.Notice {
			notices++
			if !strings.Contains(l.Message.Text, "diteruskan ke Dinas Lingkungan Hidup") || l.Key != ch.Facts[1].Letter {
				t.Errorf("the citizen hears %q", l.Message.Text)
			}
		}
	}
	if notices != 1 {
		t.Errorf("the citizen hears it %d times", notices)
	}
	// Folding the facts gives the report again.
	if again := report.Fold(r, ch.Facts); again.Agency != after.Agency || again.Category != after.Category || again.Rev != after.Rev {
		t.Errorf("folded: %+v", again)
	}
}

// Wherever it stays or goes, the citizen hears of it once.
func TestCategoriseStays(t *testing.T) {
	t.Parallel()
	head := report.Actor{Role: report.Coordinator, ID: "telegram:Rina", Name: "Rina"}
	for name, c := range map[string]struct {
		change    func(*report.Report)
		to        string
		agency    string
		suggested string
	}{
		"nobody serves the new office":                             {nil, "bantuan", "", "DINSOS"},
		"at the coordinator, and nobody serves it":                 {func(r *report.Report) { r.Agency, r.Status, r.Suggested = "", report.Received, "DLH" }, "bantuan", "", "DINSOS"},
		"at the coordinator, and it is nobody's":                   {func(r *report.Report) { r.Agency, r.Status, r.Suggested = "", report.Received, "DLH" }, "kelurahan", "", ""},
		"at the coordinator, and somebody serves it":               {func(r *report.Report) { r.Agency, r.Status, r.Suggested = "", report.Received, "DINSOS" }, "jalan", "DPUPR", "DPUPR"},
		"outside the government":                                   {nil, "luar", "", "LUAR"},
		"forwarded by hand, and now it is known for it":            {func(r *report.Report) { r.Agency = "DLH"; r.Suggested = "DLH" }, "sampah", "DLH", "DLH"},
		"an office keeps its own though nobody serves it just now": {func(r *report.Report) { r.Agency = "DINSOS"; r.Suggested = "DINSOS" }, "bantuan", "DINSOS", "DINSOS"},
	} {
		o, r, at := categorising(c.change)
		after, b, err := o.Act(r, head, report.Categorise{Category: c.to}, at)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		n := 0
		for _, l := range b.Letters {
			if l.Purpose == ledger.Notice {
				n++
			}
		}
		if after.Agency != c.agency || after.Suggested != c.suggested || after.Category != c.to || n != 1 || !after.Due.Equal(r.Due) {
			t.Errorf("%s: at %q, meant for %q, %d notices: %+v", name, after.Agency, after.Suggested, n, after)
		}
	}
}

func TestCategoriseIsRefused(t *testing.T) {
	t.Parallel()
	budi := report.Actor{Role: report.Operator, ID: "telegram:Budi", Name: "Budi", Home: "DISHUB"}
	dewi := report.Actor{Role: report.Operator, ID: "telegram:Dewi", Name: "Dewi", Home: "DPUPR"}
	status := func(s report.Status) func(*report.Report) { return func(r *report.Report) { r.Status = s } }
	for name, c := range map[string]struct {
		by     report.Actor
		change func(*report.Report)
		to     string
		why    casework.Why
	}{
		"it is so":                 {budi, nil, "penerangan_jalan", casework.Already},
		"another office":           {dewi, nil, "sampah", casework.NoRight},
		"a citizen":                {report.Actor{Role: report.Citizen}, nil, "sampah", casework.NoRight},
		"a leader":                 {report.Actor{Role: report.Leader}, nil, "sampah", casework.NoRight},
		"closed":                   {budi, status(report.Closed), "sampah", casework.Over},
		"resolved":                 {budi, status(report.Resolved), "sampah", casework.Over},
		"rejected":                 {budi, status(report.Rejected), "sampah", casework.Over},
		"no such category":         {budi, nil, "perang", casework.Choice},
		"nothing":                  {budi, nil, "", casework.Choice},
		"bounced twice, and moves": {budi, func(r *report.Report) { r.Bounces = 2 }, "sampah", casework.Final},
	} {
		o, r, at := categorising(c.change)
		_, b, err := o.Act(r, c.by, report.Categorise{Category: c.to}, at)
		var no *casework.Refusal
		if !errors.As(err, &no) || no.Why != c.why || len(b.Changes) != 0 {
			t.Errorf("%s: %v, %+v", name, err, b)
		}
	}
}

// A category that is sensitive hides from then on; one that is not never opens what was hidden.
func TestCategoriseNeverOpens(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	head := report.Actor{Role: report.Coordinator, ID: "telegram:Rina", Name: "Rina"}
	eyes := []report.Eyes{report.Operators, report.OtherOffices, report.Strangers, report.Followers, report.Statistics, report.Model, report.Exports, report.Phone, report.Group}
	for _, vis := range []report.Visibility{report.Normal, report.Anonymous, report.Confidential, "tetangga", ""} {
		for _, from := range []string{"penerangan_jalan", "bantuan", "sampah", "", "dari_zaman_dulu"} {
			for _, path := range [][]string{{"jalan"}, {"bantuan"}, {"bantuan", "jalan"}, {"jalan", "bantuan", "sampah"}} {
				o, r, at := categorising(func(r *report.Report) { r.Visibility, r.Category = vis, from })
				for _, to := range path {
					was := r
					if r.Category == to {
						continue
					}
					after, _, err := o.Act(r, head, report.Categorise{Category: to}, at)
					if err != nil {
						t.Fatal(err)
					}
					for _, e := range eyes {
						if was.Shield(p.Sensitive).Hides(e) && !after.Shield(p.Sensitive).Hides(e) {
							t.Errorf("%q from %q to %q opens it to %b", vis, was.Category, to, e)
						}
						if p.Sensitive(to) && !after.Shield(p.Sensitive).Hides(e) {
							t.Errorf("%q from %q to %q does not hide it from %b", vis, was.Category, to, e)
						}
					}
					r = after
				}
			}
		}
	}
}
