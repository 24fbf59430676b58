package desk_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

func serang(t *testing.T) *profile.Profile {
	t.Helper()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestFindOffice(t *testing.T) {
	t.Parallel()
	p := serang(t)
	tests := []struct{ text, code, rest string }{
		{"dishub", "DISHUB", ""},
		{"DISHUB", "DISHUB", ""},
		{"dinas perhubungan", "DISHUB", ""},
		{"ke dishub karena tiangnya milik dishub", "DISHUB", "karena tiangnya milik dishub"},
		{"dishb", "DISHUB", ""},
		{"dihsub lampu", "DISHUB", "lampu"},
		{"pu", "DPUPR", ""},
		{"pupr jalan kota", "DPUPR", "jalan kota"},
		{"bina mraga", "DPUPR", ""},
		{"satpol pp", "SATPOLPP", ""},
		{"polpp", "SATPOLPP", ""},
		{"dinas lingkungan hidup", "DLH", ""},
		{"kecamatan taktakan", "KEC-TAKTAKAN", ""},
		{"kec-serang", "KEC-SERANG", ""},
		{"koordinator tolong", "", "tolong"},
		{"kordinator", "", ""},
	}
	for _, tt := range tests {
		codes, rest := desk.FindOffice(p, tt.text)
		if len(codes) != 1 || codes[0] != tt.code || rest != tt.rest {
			t.Errorf("%q: %q, rest %q", tt.text, codes, rest)
		}
	}
	for _, text := range []string{"", "  ", "entah apa", "x", "dd", strings.Repeat("dishub", 1000), "😀"} {
		if codes, _ := desk.FindOffice(p, text); len(codes) != 0 {
			t.Errorf("%.20q: %q", text, codes)
		}
	}
}

// Every menu of every profile keeps to what a menu's ids may hold.
func TestMenuIDsFit(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		p, err := profile.Builtin(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		code := report.NewCode(p.Prefix, 1)
		for _, c := range p.Categories {
			r := report.Report{Code: code, Status: report.Assigned, Agency: "X"}
			r.Category = c.Code
			f := desk.ForwardMenu(p, r)
			for _, m := range []bot.Menu{*desk.CardMenu(p, r), f, desk.ReasonMenu(p, code), casework.UndoMenu(code, 1234)} {
				for _, choice := range m.Choices {
					if len(m.ID)+len(choice.ID) > 60 || strings.Trim(m.ID+choice.ID, ascii) != "" {
						t.Errorf("%s: menu %q choice %q", name, m.ID, choice.ID)
					}
				}
			}
		}
	}
}

const ascii = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

// The longest card still is one message, whatever people wrote and whatever they are called.
func TestCardFits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("😀", 4000)
	by := report.Actor{Name: long}
	r := report.Report{Code: "CTH-2222-2", Status: report.InProgress, Officer: by, Additions: 9, ReporterName: long, CardKey: "card:1"}
	r.Text, r.Place, r.Emergency = long, report.Place{Said: long, Note: long, AreaName: "A", DistrictName: "B", Pin: &report.Pin{}, Unsure: true}, true
	facts := []report.Fact{{What: report.WasFiled, Photos: make([]bot.MediaRef, 5), Lost: 1}, {What: report.WasReturned, By: by, Words: long},
		{What: report.WasNoted, By: by, Words: long}, {What: report.WasPhoned, Words: long}, {What: report.WasAnswered, By: by, Words: long, Seq: 4}}
	for _, moved := range []bool{false, true} {
		m := desk.Card(desk.View{Profile: casetest.Profile(), Report: r, Facts: facts, Moved: moved,
			Delivery: ledger.Delivery{State: ledger.Cold, Why: "tidak sampai: warga lama diam; hubungi dengan cara lain"}})
		if n := say.Units(bot.Unmark(m.Text)); n > 4096 || !utf8.ValidString(m.Text) {
			t.Errorf("moved %v: %d units", moved, n)
		}
		if moved && m.Menu != nil {
			t.Error("a card that moved on has buttons")
		}
	}
}

// No card shows who a nameless reporter is, nor what is confidential to eyes that moved on. A sensitive report counts as
// confidential however it was sent, and so does one under a word that nobody knows.
func TestNothingPersonal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		vis                report.Visibility
		category           string
		nameless, wordless bool
	}{
		{report.Normal, "jalan", false, false},
		{report.Anonymous, "jalan", true, false},
		{report.Confidential, "jalan", true, true},
		{report.Normal, "bantuan", true, true},
		{report.Anonymous, "bantuan", true, true},
		{"tetangga", "jalan", true, true},
	} {
		vis := c.vis
		r := report.Report{ID: 1, Code: "CTH-2222-2", Status: report.Received, ReporterName: "Asep Sunarya",
			Reporter: bot.Address{Network: bot.WhatsApp, ID: "628111222"}}
		r.Visibility, r.Category, r.Text = vis, c.category, "rahasiaku"
		for _, v := range []desk.View{{}, {Moved: true}, {Hidden: true}} {
			v.Profile, v.Report = casetest.Profile(), r
			v.Delivery = ledger.Delivery{State: ledger.Cold, Why: "tidak sampai: warga lama diam"}
			text := desk.Card(v).Text
			if strings.Contains(text, "Asep") || strings.Contains(text, "628111222") {
				t.Errorf("%s: the card names the reporter", vis)
			}
			if c.nameless && (strings.Contains(text, "WhatsApp") || strings.Contains(text, "diam")) {
				t.Errorf("%s: the card tells the network", vis)
			}
			if c.wordless && (v.Moved || v.Hidden) && strings.Contains(text, "rahasiaku") {
				t.Errorf("%s: the words are shown to eyes that moved on", vis)
			}
			hides := strings.Contains(text, "Pelapor: "+casework.Nameless) && vis != report.Normal || strings.Contains(text, "Pelapor: tidak ditampilkan (hal peka)") && vis == report.Normal
			if !v.Moved && hides != c.nameless {
				t.Errorf("%s, %s: the reporter is shown wrongly: %s", vis, c.category, text)
			}
		}
	}
}

// Two operators press at once: one has it, the other is told who.
func TestTwoPressAtOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.file("penerangan_jalan", nil, "mati")
	s.deliver()
	ctx := context.Background()
	press := func(name string) bot.Event {
		return bot.Event{ID: bot.EventID("p" + name), Chat: s.office.Desk, Group: true, At: s.now, From: bot.Person{ID: name, Name: name},
			Body: bot.Pick{Menu: s.sent[0].menu.ID, Choice: "ambil", Message: s.sent[0].ref}}
	}
	budi, err := s.desk.Handle(ctx, press("Budi"))
	if err != nil {
		t.Fatal(err)
	}
	sari, err := s.desk.Handle(ctx, press("Sari"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.mem.Commit(ctx, budi); err != nil {
		t.Fatal(err)
	}
	if err := s.mem.Commit(ctx, sari); !errors.Is(err, ledger.ErrStale) {
		t.Fatalf("the second press: %v", err)
	}
	sari, err = s.desk.Handle(ctx, press("Sari"))
	if err != nil {
		t.Fatal(err)
	}
	if len(sari.Changes) != 0 || len(sari.Letters) != 1 || !strings.Contains(sari.Letters[0].Message.Text, "sudah diambil Budi") {
		t.Fatalf("%+v", sari)
	}
	if l := sari.Letters[0]; l.Purpose != ledger.ToPress || l.Press != "pSari" {
		t.Errorf("the press is not answered: %+v", l)
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	var cards []ledger.Letter
	for range 60 {
		s.file("penerangan_jalan", nil, strings.Repeat("panjang ", 40))
	}
	s.file("bantuan", []string{"rahasia"}, "rahasiaku")
	letters, err := s.mem.Waiting(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range letters {
		if l.Purpose == ledger.Card {
			cards = append(cards, l)
		}
	}
	m, _, err := s.desk.Digest(context.Background(), cards)
	if err != nil {
		t.Fatal(err)
	}
	if n := say.Units(m.Text); n > 4096 || !strings.Contains(m.Text, "61 laporan baru") || !strings.Contains(m.Text, "lagi: /tugas") {
		t.Errorf("%d units: %s", n, m.Text)
	}
	m, _, err = s.desk.Digest(context.Background(), cards[60:])
	if err != nil || strings.Contains(m.Text, "rahasiaku") {
		t.Errorf("digest of a confidential report: %v %s", err, m.Text)
	}
	if _, _, err := s.desk.Digest(context.Background(), []ledger.Letter{{Report: 999}}); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("unknown report: %v", err)
	}
	if _, err := s.desk.Compose(context.Background(), ledger.Letter{Report: 999, Purpose: ledger.Card}); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("unknown report: %v", err)
	}
}

// Of many cards at once danger stands first, and what may be one event stands together; nothing is left out.
func TestADigestOfAnEarthquake(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.file("jalan", nil, "jalan retak")
	s.file("sampah", nil, "tembok roboh menutup jalan")
	s.file("jalan", nil, "jembatan miring")
	s.file("jalan", []string{"darurat"}, "orang tertimpa di jembatan")
	s.file("jalan", nil, "jalan terbelah")
	letters, err := s.mem.Waiting(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var cards []ledger.Letter
	for _, l := range letters {
		if l.Purpose == ledger.Card {
			cards = append(cards, l)
		}
	}
	m, intent, err := s.desk.Digest(context.Background(), cards)
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, want := range []string{"5 laporan baru", "🚨 ", "orang tertimpa", "3 serupa, mungkin satu kejadian:", "jalan retak", "jembatan miring", "jalan terbelah", "tembok roboh"} {
		i := strings.Index(m.Text, want)
		if i <= at {
			t.Errorf("%q does not stand where it should:\n%s", want, m.Text)
		}
		at = i
	}
	menu, ok := casework.OpenMenuOf(intent)
	if !ok || m.Menu == nil || len(menu.Choices) != 5 || !reflect.DeepEqual(menu, m.Menu) {
		t.Fatalf("a reply to %q has the menu %+v, shown is %+v", intent, menu, m.Menu)
	}
	for i, c := range menu.Choices { // they stand in the order of the rows
		if n := strings.Index(m.Text, c.ID); n < 0 || i > 0 && n < strings.Index(m.Text, menu.Choices[i-1].ID) {
			t.Errorf("%s is choice %d:\n%s", c.ID, i+1, m.Text)
		}
	}
}

// A reader that fails is an error of the turn, never an answer to a person.
type broken struct{ desk.Reader }

func (broken) ByRef(context.Context, bot.MessageRef) (report.Report, string, error) {
	return report.Report{}, "", errors.New("database away")
}

func (broken) Operator(context.Context, string) (ledger.Operator, error) {
	return ledger.Operator{}, errors.New("database away")
}

func TestFailureToReadIsAnError(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	d := *s.desk
	d.Reader = broken{s.mem}
	for _, ev := range []bot.Event{
		{ID: "1", Body: bot.Text{Text: "x"}, ReplyTo: &bot.MessageRef{ID: "1"}},
		{ID: "2", Body: bot.Text{Text: "/tugas"}},
		{ID: "3", Body: bot.Text{Text: "/daftar dishub"}, From: bot.Person{ID: "x"}},
	} {
		if b, err := d.Handle(context.Background(), ev); err == nil || b.Cause != "" {
			t.Errorf("%v: %+v", ev.ID, b)
		}
	}
}

func FuzzHandle(f *testing.F) {
	for _, s := range []string{"/selesai beres", "CTH-PSES3-Y teks", "/teruskan dishub x", "/rencana 1 2 3", "/tolak 1 x", "1", "/daftar pu", "cth pses3 y", "/"} {
		f.Add(s, "c.CTH-PSES3-Y", "ambil", uint8(0))
	}
	f.Fuzz(func(t *testing.T, text, menu, choice string, kind uint8) {
		s := newStage(t)
		s.file("penerangan_jalan", nil, "mati")
		s.deliver()
		body := bot.Body(bot.Text{Text: text})
		switch kind % 3 {
		case 1:
			body = bot.Pick{Menu: menu, Choice: choice}
		case 2:
			body = bot.Photo{Caption: text, Album: choice, Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}}
		}
		ev := bot.Event{ID: "fuzz", Chat: s.office.Desk, Group: true, At: s.now, From: bot.Person{ID: "Budi", Name: "Budi"}, Body: body}
		if kind&4 != 0 {
			ev.ReplyTo = &s.sent[0].ref
		}
		b, err := s.desk.Handle(context.Background(), ev)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.mem.Commit(context.Background(), b); err != nil && !errors.Is(err, ledger.ErrSent) {
			t.Fatal(err)
		}
		for _, l := range b.Letters {
			if m := l.Message; l.Purpose != ledger.Refresh && l.Purpose != ledger.Card && l.Purpose != ledger.ToPress && m.Text == "" {
				t.Errorf("an empty letter: %+v", l)
			}
			if say.Units(l.Message.Text) > 4096 {
				t.Errorf("a letter of %d units", say.Units(l.Message.Text))
			}
		}
	})
}

func TestPeopleWithLongIDs(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := strings.Repeat("9", 60) + "@lid"
	ev := bot.Event{ID: "1", Chat: s.office.Desk, Group: true, At: s.now, From: bot.Person{ID: id, Name: "Lama"}, Body: bot.Text{Text: "/daftar dlh"}}
	b, err := s.desk.Handle(context.Background(), ev)
	if err != nil {
		t.Fatal(err)
	}
	m := b.Letters[0].Message.Menu
	if m == nil || len(m.ID)+len(m.Choices[0].ID) > 60 {
		t.Fatalf("menu %+v", m)
	}
	if b.Letters[0].Intent != "join:1:telegram:"+id {
		t.Errorf("intent %q", b.Letters[0].Intent)
	}
}

// What became of the last news to the citizen, in the operators' words.
func TestCardTellsTheFateOfALetter(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	for want, d := range map[string]ledger.Delivery{
		"":               {},
		"sedang dikirim": {State: ledger.Sending},
		"menunggu dikirim (warga sudah lama diam, mungkin tidak sampai)": {State: ledger.Waiting, Why: "warga sudah lama diam, mungkin tidak sampai"},
		"warga sudah lama diam, mungkin tidak sampai":                    {State: ledger.Cold, Why: "warga sudah lama diam, mungkin tidak sampai"},
		"tidak sampai: warga lama diam; hubungi dengan cara lain":        {State: ledger.Cold, Why: "tidak sampai: warga lama diam; hubungi dengan cara lain"},
		"terkirim (warga sudah lama diam, mungkin tidak sampai)":         {State: ledger.Sent, Why: "warga sudah lama diam, mungkin tidak sampai"},
		"terkirim":                {State: ledger.Sent},
		"gagal: ditolak jaringan": {State: ledger.Failed, Why: "ditolak jaringan"},
	} {
		text := desk.Card(desk.View{Profile: p, Delivery: d,
			Report: report.Report{Code: "CTH-RY77R-W", Status: report.Assigned, Reporter: bot.Address{Network: bot.WhatsApp, ID: "62811"}, Draft: report.Draft{Visibility: report.Normal}}}).Text
		_, got, _ := strings.Cut(text, "Kabar terakhir ke warga: ")
		if got != want {
			t.Errorf("%+v is shown as %q, want %q", d, got, want)
		}
	}
}
