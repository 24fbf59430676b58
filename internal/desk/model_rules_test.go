package desk_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// commands are what officers write of a report C and another D, by what it is about.
var commands = [][]string{
	{"/ambil C", "/balas C sedang kami cek", "/tanya C di sebelah mana", "/catatan C sudah dihubungi", "/rencana C 31-12-2027 menunggu anggaran", "/urungkan C", "/urungkan C",
		"/tolak C bohong tidak ada", "/selesai C sudah beres", "/bukalagi C keliru", "/identitas C mencocokkan berkas"},
	{"/teruskan C dpupr perlu aspal", "/teruskan C dishub", "/bukan C bukan urusan kami", "/alihkan C pln", "/kategori C jalan", "/kategori C bantuan", "/keluarkan Ani", "/keluarkan Bagas"},
	{"/gabung C D", "/gabung C D", "/pisah C", "/pisah C"},
	{"/pecah C sampah numpuk", "/pecah C sampah numpuk", "/pecah C"},
	{"/disposisi C Ani mohon arahan", "/disposisi C Ani", "/disposisi C Bagas tolong dilihat", "/disposisi C batal", "/konsep C", "/konsep C kami periksa besok"},
	{"/buka C", "/riwayat C", "/laporan C", "/cari C", "/cari lampu", "/cari Marbun", "/tugas", "/tugas semua", "/petugas", "/karantina", "/buka C", "/konsep C"},
}

// replies are what people write in reply to anything.
var replies = []string{"kirim", "ya", "1", "2", "besok kami cek", "/konsep", "/pecah", "/disposisi Ani", "urungkan", "selesai sudah", "cari orang ini", "/gabung D", "sampah numpuk"}

func (c *city) step() {
	c.now = c.now.Add(rapid.SampledFrom([]time.Duration{7 * time.Second, 7 * time.Second, 30 * time.Second, 25 * time.Hour}).Draw(c.T, "later"))
	c.ring()
	var meanwhile func()
	if r := c.any(); rapid.IntRange(0, 5).Draw(c.T, "meanwhile") == 0 && !r.Reporter.Zero() {
		words := "masih di " + rapid.SampledFrom([]string{"sana", "sini"}).Draw(c.T, "where")
		meanwhile = func() {
			c.does(r, report.Actor{Role: report.Citizen, ID: "w", Chat: r.Reporter}, report.Add{Words: words})
		}
	}
	name, alone := rapid.SampledFrom(team).Draw(c.T, "who"), rapid.IntRange(0, 2).Draw(c.T, "alone") == 0
	numbered := func(text string) string {
		r := c.any()
		if fit := slices.DeleteFunc(c.mem.Reports(), func(r report.Report) bool {
			return strings.HasPrefix(text, "/pisah") == (r.With == nil) || strings.HasPrefix(text, "/konsep") && r.Disposed == nil || strings.HasPrefix(text, "/urungkan") && r.Replies == 0
		}); len(fit) > 0 {
			r = fit[rapid.IntRange(0, len(fit)-1).Draw(c.T, "fit")]
		}
		if strings.HasPrefix(text, "/gabung") {
			name = "Rina"
		}
		if strings.Contains(text, " C") && rapid.IntRange(0, 3).Draw(c.T, "whose") > 0 { // mostly by who has it
			name = cmp.Or(map[string]string{"DISHUB": "Budi", "DPUPR": "Dewi"}[r.Agency], "Rina")
		}
		return strings.ReplaceAll(strings.ReplaceAll(text, " C", " "+string(r.Code)), " D", " "+string(c.any().Code))
	}
	switch what := rapid.IntRange(0, 12).Draw(c.T, "what"); {
	case what < 5:
		var body bot.Body = bot.Text{Text: numbered(rapid.SampledFrom(rapid.SampledFrom(commands).Draw(c.T, "about")).Draw(c.T, "command"))}
		if strings.HasPrefix(body.(bot.Text).Text, "/selesai") {
			body = bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: fmt.Sprint("p", c.n)}, Caption: body.(bot.Text).Text}
		}
		c.says(name, alone, body, nil, meanwhile)
		for range rapid.IntRange(0, 2).Draw(c.T, "goes on") { // with what is asked back
			before := len(c.sent)
			c.deliver(20)
			if len(c.sent) == before {
				return
			}
			if s := c.sent[len(c.sent)-1]; s.m.Menu != nil && (s.ref.Chat.ID == group || s.ref.Chat.ID == name) {
				c.says(name, s.ref.Chat.ID != group, bot.Pick{Menu: s.m.Menu.ID, Choice: s.m.Menu.Choices[0].ID, Message: s.ref}, nil, nil)
			}
		}
	case what < 7 && len(c.sent) > 0:
		s := c.sent[rapid.IntRange(max(0, len(c.sent)-30), len(c.sent)-1).Draw(c.T, "message")]
		own := s.ref.Chat.ID != group
		if own && !slices.Contains(team, s.ref.Chat.ID) {
			return
		}
		if own {
			name = s.ref.Chat.ID
		}
		c.says(name, own, bot.Text{Text: numbered(rapid.SampledFrom(replies).Draw(c.T, "words"))}, &s.ref, meanwhile)
	case what < 8 && len(c.sent) > 0: // a button, perhaps an old one
		s := c.sent[rapid.IntRange(max(0, len(c.sent)-30), len(c.sent)-1).Draw(c.T, "message")]
		own := s.ref.Chat.ID != group
		if s.m.Menu == nil || own && !slices.Contains(team, s.ref.Chat.ID) {
			return
		}
		if own {
			name = s.ref.Chat.ID
		}
		choice := s.m.Menu.Choices[rapid.IntRange(0, len(s.m.Menu.Choices)-1).Draw(c.T, "choice")]
		c.says(name, own, bot.Pick{Menu: s.m.Menu.ID, Choice: choice.ID, Message: s.ref}, nil, meanwhile)
	case what < 10: // who has a disposition answers it
		if has := slices.DeleteFunc(c.mem.Reports(), func(r report.Report) bool { return r.Disposed == nil }); len(has) > 0 {
			r := has[rapid.IntRange(0, len(has)-1).Draw(c.T, "disposed")]
			if name = strings.TrimPrefix(r.Disposed.ID, "telegram:"); rapid.IntRange(0, 2).Draw(c.T, "answered") > 0 {
				c.says(name, true, bot.Text{Text: string(r.Code) + " sudah kami cek, kabelnya putus"}, nil, meanwhile)
				return
			}
			c.says("Rina", false, bot.Text{Text: "/disposisi " + string(r.Code) + " batal"}, nil, meanwhile)
		}
		if has := slices.DeleteFunc(c.mem.Reports(), func(r report.Report) bool { return r.With == nil }); len(has) > 0 {
			c.says("Rina", false, bot.Text{Text: "/pisah " + string(has[rapid.IntRange(0, len(has)-1).Draw(c.T, "joined")].Code)}, nil, meanwhile)
		}
	case what < 11: // somebody is back, or was never gone
		c.enroll("Ani", "DISHUB", ledger.TitleHead)
	default:
		c.citizen()
	}
}

// citizen lets a reporter, or somebody else, do something.
func (c *city) citizen() {
	if rapid.IntRange(0, 4).Draw(c.T, "a right") == 0 {
		c.erases()
		return
	}
	r := c.any()
	n := rapid.IntRange(0, len(filed)+2).Draw(c.T, "citizen")
	by := report.Actor{Role: report.Citizen, ID: "w", Chat: reporterChat(n)}
	if rapid.Bool().Draw(c.T, "the own one") && !r.Reporter.Zero() {
		by.Chat = r.Reporter
	}
	c.does(r, by, rapid.SampledFrom([]report.Action{
		report.Follow{Lang: "id"}, report.Follow{Lang: "en", With: report.Add{Words: "di sini juga"}}, report.Follow{Lang: "id"}, report.Unfollow{}, report.Add{Words: "masih sama"},
		report.Judge{Verdict: report.Fixed}, report.Judge{Verdict: report.Unfit, Words: "belum"}, report.Disagree{Words: "ada"}, report.Rate{Stars: 4},
		report.Hide{Visibility: report.Confidential}, report.Hide{Visibility: report.Anonymous}, report.Recall{}, report.Resume{}, report.Urge{Words: "kapan"},
	}).Draw(c.T, "deed"))
}

// whole holds all reports to what is true at any time.
func (c *city) whole() {
	for _, r := range c.mem.Reports() {
		facts, err := c.mem.Facts(context.Background(), r.ID)
		c.must(err)
		again := report.Fold(report.Origin(r), facts)
		switch {
		case !r.Owned():
			c.Fatalf("%s has not one owner: %q, %q, %s", r.Code, r.Agency, r.Owner, r.Status)
		case r.Rev != len(facts), again.Status != r.Status, again.Agency != r.Agency, again.Visibility != r.Visibility, len(again.Followers) != len(r.Followers):
			c.Fatalf("%s does not follow from its facts", r.Code)
		case (r.Status == report.Merged) != (r.With != nil):
			c.Fatalf("%s is %s with %v", r.Code, r.Status, r.With)
		case r.Disposed != nil && (r.Disposed.Agency != r.Agency || !r.Status.Working()):
			c.Fatalf("%s has a disposition of %s, and is %s of %q", r.Code, r.Disposed.Agency, r.Status, r.Agency)
		}
		c.stay(r, facts)
	}
}

// deedOf is the deed by which a fact comes about, where it has one of its own.
var deedOf = map[report.What]report.Deed{
	report.WasTaken: report.Taking, report.WasAnswered: report.Replying, report.WasAsked: report.Asking, report.WasNoted: report.Noting, report.WasPlanned: report.Planning,
	report.WasReturned: report.Returning, report.WasCategorised: report.Correcting, report.WasResolved: report.Resolving, report.WasRejected: report.Rejecting,
	report.WasWithdrawn: report.Withdrawing, report.WasIdentified: report.Identifying, report.WasMerged: report.Merging, report.WasUnmerged: report.Parting, report.WasSplit: report.Splitting,
	report.WasDisposed: report.Disposing, report.WasReopened: report.Reopening, report.WasJudged: report.Accepting, report.WasDisputed: report.Disagreeing, report.WasRated: report.Rating,
	report.WasLapsed: report.Lapsing, report.WasTransferred: report.Transferring, report.WasCounselled: report.Counselling, report.WasHidden: report.Hiding, report.WasRecalled: report.Recalling,
	report.WasUrged: report.Urging, report.WasLeft: report.Recalling,
}

// told holds a change to the table: who did it had the right, and who is to hear of it has a letter on the way.
func (c *city) told(was report.Report, ch ledger.Changed, b ledger.Batch) {
	c.waits(was, ch)
	now := was
	for _, f := range ch.Facts {
		before := now
		now = report.Apply(now, f)
		rule := report.Rule{}
		deed := deedOf[f.What]
		if f.What == report.WasReopened && f.By.Role == report.Operator && before.Status == report.Resolved {
			deed = report.Retracting // an office takes its own word back
		}
		for _, l := range report.Life() {
			if l.Deed == deed {
				rule = l
			}
		}
		if rule.Deed == "" {
			continue
		}
		role, may := f.By.Role, false
		switch role {
		case report.Citizen:
			may = rule.By&report.TheReporter != 0 && (f.By.Chat == before.Reporter || before.Reporter == c.erasing && erasesWhole(ch))
		case report.Operator:
			op, err := c.mem.Operator(context.Background(), f.By.ID)
			c.must(err)
			may = rule.By&report.TheOffice != 0 && f.By.Home == before.Agency && op.Agency == f.By.Home ||
				rule.By&report.TheReceiver != 0 && before.Disposed != nil && before.Disposed.ID == f.By.ID
			if f.What == report.WasNoted { // also who passes on to the coordinator what he or she knows of what is there
				may = may || before.Agency == "" && op.Agency == f.By.Home
			}
			if f.What == report.WasUnmerged { // also whoever has the one that it was joined with
				with, err := c.mem.ByID(context.Background(), f.With.ID)
				c.must(err)
				may = may || with.Agency == f.By.Home
			}
		case report.Coordinator:
			may = rule.By&report.TheCoordinator != 0 && f.By.ID == "telegram:Rina"
		case report.System:
			may = rule.By&report.TheClock != 0 || f.What == report.WasForwarded
		}
		if !may {
			c.Fatalf("%s by %s %s of %q, who may not; %q owns it", f.What, role, f.By.ID, f.By.Home, before.Agency)
		}
		c.hears(rule, before, now, f, b)
	}
}

func (c *city) hears(rule report.Rule, before, now report.Report, f report.Fact, b ledger.Batch) {
	to := map[bot.Address]bool{}
	for _, l := range b.Letters {
		if l.Purpose.News() {
			to[l.To.Chat()] = true
		}
	}
	if _, waits := casework.Pending([]report.Fact{f}); waits || f.What == report.WasEnclosed {
		return
	}
	if rule.Hears&(report.TheCitizens|report.TheReporterAlone) != 0 && now.Hears() && !to[now.Reporter.Chat()] {
		c.Fatalf("%s, and who filed %s hears nothing", f.What, now.Code)
	}
	if rule.Hears&(report.TheCitizens|report.TheFollowers) == 0 || now.Shield(c.office.Profile.Sensitive).Hides(report.Followers) {
		return
	}
	for _, fo := range before.Followers {
		if now.Follows(fo.Chat) && !to[fo.Chat.Chat()] {
			c.Fatalf("%s, and %v, who follows %s, hears nothing", f.What, fo.Chat, now.Code)
		}
	}
}

// isOpen reports whether a report with a word is open to the group. A part that was split off has a number and a place of its own.
func (c *city) isOpen(word string) bool {
	return slices.ContainsFunc(c.mem.Reports(), func(r report.Report) bool {
		return strings.Contains(r.Text+r.Place.Said, word) && !c.office.Secret(r)
	})
}

// reads holds what somebody reads to who may read it.
func (c *city) reads(l ledger.Letter, m bot.Message) {
	chat := l.To.Chat()
	officer, grouped := chat.Network == bot.Telegram && chat.ID != group, chat.ID == group
	if officer {
		c.done["read alone"]++
	}
	for n, f := range filed {
		if chat == reporterChat(n).Chat() || slices.Contains(c.erased, reporterChat(n).Chat()) { // what the desk keeps of who was erased is looked at in rights
			continue
		}
		own := strings.Contains(m.Text, f.word)
		number := strings.Contains(m.Text, fmt.Sprintf("3456-789%d", n)) || strings.Contains(m.Text, fmt.Sprintf("367301010190000%d", n))
		secret := !c.isOpen(f.word)
		nameless := true
		for _, r := range c.mem.Reports() {
			nameless = nameless && (r.Reporter != reporterChat(n) || r.Visibility != report.Normal)
		}
		switch {
		case number && !officer:
			c.Fatalf("%v reads a number of a person: %s", chat, m.Text)
		case own && secret && grouped:
			c.Fatalf("the group reads what is confidential: %s", m.Text)
		case own && secret && officer && !c.may[l.Key][chat.String()]:
			c.Fatalf("%v reads what is confidential, without the right: %s: %s", chat, l.Key, m.Text)
		case own && secret && !officer && !grouped:
			c.Fatalf("another citizen reads what is confidential: %s", m.Text)
		case strings.Contains(m.Text, reporterChat(n).ID) && (nameless || !officer):
			c.Fatalf("%v reads who filed it: %s", chat, m.Text)
		}
	}
	if strings.Contains(m.Text, "Zulkifli") && !officer {
		c.Fatalf("%v reads who filed it: %s", chat, m.Text)
	}
}
