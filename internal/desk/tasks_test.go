package desk_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// wants is what a person of the desk writes there, and what is answered.
func (s *stage) wants(name, words string) string {
	s.Helper()
	n := len(s.sent)
	s.event(name, bot.Text{Text: words}, nil, false)
	s.deliver()
	if len(s.sent) == n {
		return ""
	}
	return s.sent[len(s.sent)-1].m.Text
}

// lead enrols somebody as a leader, who has opened the own chat.
func (s *stage) lead(name string) {
	s.Helper()
	op := ledger.Operator{ID: string(s.network) + ":" + name, Name: name, Role: report.Leader, Title: "sekda", Approved: string(s.network) + ":Rina", Since: s.now, Met: s.now}
	if err := s.mem.Commit(context.Background(), ledger.Batch{Cause: "setup:" + name, At: s.now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}); err != nil {
		s.Fatal(err)
	}
}

// A long list is one message of any network: it tells how many there are, and is leafed through to the last report, each once.
func TestALongListIsLeafedThrough(t *testing.T) {
	t.Parallel()
	const filed = 47
	for _, network := range []bot.Network{bot.Telegram, bot.WhatsApp} {
		t.Run(string(network), func(t *testing.T) {
			t.Parallel()
			s := newStageOn(t, network)
			long := strings.Repeat("Perkampungan Lama ", 8)
			s.office.Profile.Categories[0].Name = "Penerangan jalan, taman, jembatan penyeberangan dan terowongan kota " + long
			for i := range filed {
				s.do(fmt.Sprintf("lapor penerangan_jalan dari=%d: lampu mati nomor %d", 62900+i, i))
			}
			s.do("+30h")
			s.lead("Ratna")
			codes := regexp.MustCompile(`CTH-[0-9A-Z]{5}-[0-9A-Z]`)
			for _, c := range []struct{ who, asks string }{{"Budi", "/tugas"}, {"Budi", "/tugas lewat"}, {"Rina", "/tugas dishub"}, {"Ratna", "/tugas dishub"}, {"Ratna", "/tugas lewat dishub"}} {
				seen := map[string]int{}
				for asks, pages := c.asks, 0; asks != ""; pages++ {
					s.apart = c.who == "Ratna"
					text := s.wants(c.who, asks)
					if n := say.Units(text); n > 4096 || pages > 3 {
						t.Fatalf("%s %q: page %d has %d units:\n%s", c.who, asks, pages+1, n, text)
					}
					if !strings.Contains(text, fmt.Sprintf("(%d", filed)) {
						t.Errorf("%s %q: how many there are is not told:\n%s", c.who, asks, text)
					}
					for _, code := range codes.FindAllString(text, -1) {
						seen[code]++
					}
					_, asks, _ = strings.Cut(text, " lagi: ")
					asks, _, _ = strings.Cut(asks, "\n")
				}
				if len(seen) != filed {
					t.Errorf("%s %q shows %d reports of %d", c.who, c.asks, len(seen), filed)
				}
				for code, n := range seen {
					if n != 1 {
						t.Errorf("%s %q shows %s %d times", c.who, c.asks, code, n)
					}
				}
			}
			s.apart = false
			if text := s.wants("Rina", "/tugas semua"); !strings.Contains(text, "di semua kantor: 47, lewat batas 47.") || !strings.Contains(text, "• "+bot.Bold("Dishub")+": 47, lewat batas 47") || codes.MatchString(text) {
				t.Errorf("all offices: %s", text)
			}
			if text := s.wants("Rina", "/tugas lewat"); !strings.Contains(text, "(47)") || !strings.Contains(text, "… dan 27 lagi; ini yang paling mendesak.") || say.Units(text) > 4096 {
				t.Errorf("what is late everywhere: %s", text)
			}
			if text := s.wants("Budi", "/tugas 9"); !strings.Contains(text, "Halaman 9 tidak ada: laporannya 47.") {
				t.Errorf("a page too far: %s", text)
			}
		})
	}
}

// What is kept from the group is in no list of what is open, whoever asks for whichever.
func TestListsOfOpenReportsKeepSecrets(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.lead("Ratna")
	s.do("lapor penerangan_jalan rahasia: katarahasia petugas minta uang")
	s.do("lapor bantuan dari=62822: katarahasia bantuan saya dipotong")
	s.do("+100h")
	for _, who := range []string{"Budi", "Rina", "Ratna"} {
		s.apart = who == "Ratna"
		for _, asks := range []string{"/tugas", "/tugas semua", "/tugas lewat", "/tugas dishub", "/tugas dinsos", "yang lewat apa saja", "tugas semua"} {
			if text := s.wants(who, asks); text == "" || strings.Contains(text, "katarahasia") || strings.Contains(text, "Sukawana") && strings.Contains(text, "penerangan") {
				t.Errorf("%s %q: %q", who, asks, text)
			}
		}
	}
}

// roles are the roles of the desk with who has them here; "" is nobody's.
var roles = map[report.Role]string{report.Operator: "Budi", report.Coordinator: "Rina", report.Leader: "Ratna", "": "Tini"}

// The help names to each role every verb that it may do, and none that it may not: what is done to a report as the table of its life says,
// everything else as the desk itself lets or refuses it.
func TestHelpIsWhatOneMayDo(t *testing.T) {
	t.Parallel()
	who := map[report.Role]report.Who{report.Operator: report.TheOffice, report.Coordinator: report.TheCoordinator}
	for role, name := range roles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.lead("Ratna")
			s.apart = role == report.Leader
			help := s.wants(name, "/bantuan")
			for _, v := range desk.AllVerbs() {
				if v.Verb == desk.TakeSheet { // a file
					continue
				}
				named := slices.ContainsFunc(v.Commands, func(c string) bool { return regexp.MustCompile(`/` + c + `\b`).MatchString(help) })
				may := false
				switch {
				case v.Heads && (v.Acts && role != report.Coordinator || role == report.Leader): // a leader's goes to the coordinator as words
				case v.Verb == desk.LetGo || v.Verb == desk.KeepOn:
					may = true
				case v.Acts:
					may = report.MayDo(v.Does, who[role])
				default:
					may = s.lets(role, name, v.Verb)
				}
				if named != may {
					t.Errorf("%s may /%s: %v; the help names it: %v\n%s", name, v.Verb, may, named, help)
				}
			}
			if n := say.Units(help); n > 4096 {
				t.Errorf("the help of %s has %d units", name, n)
			}
		})
	}
}

// lets reports whether the desk lets somebody do what is about no report, or looks at one.
func (s *stage) lets(role report.Role, name string, v desk.Verb) bool {
	s.Helper()
	s.do(lampFiled)
	s.apart = role == report.Leader
	clear(s.became)
	n := s.out.Len()
	says := walked[v].says
	if says == "" || v == desk.Duty { // whose duty begins is another question
		says = "/" + string(v)
	}
	s.wants(name, s.filled(says))
	s.apart = false
	if strings.Contains(s.out.String()[n:], "seperti warga") {
		return false
	}
	return len(s.became) > 0 && !s.became[string(v)+" "+string(casework.NoRight)]
}

// filled puts the numbers of reports in.
func (s *stage) filled(words string) string {
	return strings.ReplaceAll(words, "@1", string(s.report().Code))
}

// The column that says what a verb does to a report is that of the table of its life.
func TestVerbsDoTheirDeeds(t *testing.T) {
	t.Parallel()
	does := map[desk.Verb]report.Deed{}
	for _, v := range desk.AllVerbs() {
		does[v.Verb] = v.Does
		if v.Acts != (v.Does != "") && v.Verb != desk.LetGo && v.Verb != desk.KeepOn {
			t.Errorf("%s acts: %v, and does %q", v.Verb, v.Acts, v.Does)
		}
	}
	for deed, d := range deedVerbs {
		if deed != report.Undisposing && deed != report.Numbering && does[d.verb] != deed {
			t.Errorf("%s does %q, not %q", d.verb, does[d.verb], deed)
		}
	}
}
