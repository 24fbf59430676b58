package casework_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var (
	desk    = bot.Address{Network: bot.Telegram, ID: "-100"}
	citizen = bot.Address{Network: bot.WhatsApp, ID: "62811"}
	start   = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
)

func served(agency string) bool { return agency == "DISHUB" || agency == "DPUPR" }

func open(t rapid.TB, o *casework.Office, m *casetest.Memory, d report.Draft) report.Report {
	return openFor(t, o, m, d, citizen)
}

func openFor(t rapid.TB, o *casework.Office, m *casetest.Memory, d report.Draft, who bot.Address) report.Report {
	return openBy(t, o, m, d, who, "file")
}

func openBy(t rapid.TB, o *casework.Office, m *casetest.Memory, d report.Draft, who bot.Address, cause string) report.Report {
	ctx := context.Background()
	id, code, err := m.NextID(ctx, cause)
	if err != nil {
		t.Fatal(err)
	}
	r, b := o.Open(casework.Filing{ID: id, Code: code, Draft: d, Reporter: who, Person: bot.Person{ID: "62811", Name: "Asep"},
		Lang: "id", Cause: cause, At: start, Served: served})
	if err := m.Commit(ctx, b); err != nil {
		t.Fatal(err)
	}
	return r
}

// After any sequence of acts by anybody a report has exactly one owner, its Rev is the number of its facts, folding the
// facts gives the stored report, its current card lies in its owner's room, and every change of what the citizen may know
// wrote a letter: one to each who hears of it, and none to nobody.
func TestAnySequenceOfActs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
		m := casetest.NewMemory("CTH")
		cat := rapid.SampledFrom([]string{"penerangan_jalan", "jalan", "bantuan", "luar", "kelurahan", "?"}).Draw(t, "category")
		who := rapid.SampledFrom([]bot.Address{citizen, citizen, {}}).Draw(t, "reporter")
		r := openFor(t, o, m, report.Draft{Text: "x", Category: cat, Visibility: report.Normal, Photos: photos(1)}, who)
		followers := rapid.IntRange(0, 2).Draw(t, "followers")
		for i := range followers {
			r = followed(t, m, r, bot.Address{Network: bot.Telegram, ID: fmt.Sprint("f", i)})
		}
		cards := map[string]string{} // key → room
		keys := map[string]bool{}
		look := func() {
			letters, err := m.Waiting(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range letters {
				if l.Purpose == ledger.Card {
					cards[l.Key] = l.Room
				}
				keys[l.Key] = true
			}
		}
		look()
		now := start
		shuttle := rapid.Bool().Draw(t, "only sent around")
		for i := range rapid.IntRange(1, 25).Draw(t, "acts") {
			facts, err := m.Facts(ctx, r.ID)
			if err != nil {
				t.Fatal(err)
			}
			by, a := drawActor(t), drawAction(t, facts)
			if shuttle {
				a = rapid.SampledFrom([]report.Action{report.Forward{To: "DISHUB"}, report.Forward{To: "DPUPR"}, report.NotOurs{Why: "x"}}).Draw(t, "shuttle")
			}
			cause := fmt.Sprintf("e%d", i)
			now = now.Add(rapid.SampledFrom([]time.Duration{7 * time.Second, 7 * time.Second, 7 * time.Second, 25 * time.Hour}).Draw(t, "later"))
			album := rapid.SampledFrom([]string{"", "", "a"}).Draw(t, "album")
			after, b, err := o.Act(r, by, a, casework.Occasion{Cause: cause, At: now, Facts: facts, Served: served, Album: album})
			if err != nil {
				no, ok := casework.AsRefusal(err)
				if !ok || no.Words == "" {
					t.Fatalf("%T by %s: %v", a, by.Role, err)
				}
				continue
			}
			if err := m.Commit(ctx, b); err != nil && !errors.Is(err, ledger.ErrSent) {
				t.Fatalf("%T: %v", a, err)
			} else if err != nil {
				continue
			}
			each(t, b, after)
			disposition(t, r, after, b)
			r = after
			look()
			check(t, o, m, r, cards)
			if rapid.Bool().Draw(t, "send") {
				sendOne(t, m, now)
			}
		}
	})
}

func check(t *rapid.T, o *casework.Office, m *casetest.Memory, r report.Report, cards map[string]string) {
	ctx := context.Background()
	stored, err := m.ByID(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := m.Facts(ctx, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if r.Rev != len(facts) {
		t.Fatalf("rev %d after %d facts", r.Rev, len(facts))
	}
	folded := report.Fold(report.Origin(stored), facts)
	if d := cmp.Diff(stored, folded, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("facts do not give the stored report:\n%s", d)
	}
	if r.Agency != "" && !served(r.Agency) {
		t.Fatalf("%q owns it and nobody serves there", r.Agency)
	}
	if (r.Status == report.Received) && r.Agency != "" || r.Status == report.Assigned && r.Agency == "" {
		t.Fatalf("status %s with owner %q", r.Status, r.Agency)
	}
	if room, ok := cards[r.CardKey]; !ok || room != r.Agency {
		t.Fatalf("owner %q, card %q in room %q (%v)", r.Agency, r.CardKey, room, ok)
	}
	if r.Bounces > casework.Bounces {
		t.Fatalf("bounced %d times", r.Bounces)
	}
	whose(t, r, facts)
	after(t, r, facts)
	last := facts[len(facts)-1]
	switch last.What {
	case report.WasNoted, report.WasAdded, report.WasWithdrawn, report.WasLinked, report.WasJudged, report.WasDisputed, report.WasRated,
		report.WasDisposed, report.WasUndisposed, report.WasCounselled,
		report.WasHidden, report.WasRecalled, report.WasLeft, report.WasResumed, report.WasUrged, report.WasOpposed:
	default:
		if last.What == report.WasForwarded && last.By.Role == report.System {
			break // it tells of nothing but what the reporter has just said, or a coordinator
		}
		if (last.Letter == "") == r.Hears() {
			t.Fatalf("%s reaches %q of %v", last.What, last.Letter, r.Reporter)
		}
	}
}

// whose holds a story to the table: nothing is put on record by anybody who may not, above all no verdict.
func whose(t *rapid.T, r report.Report, facts []report.Fact) {
	disputes := 0
	for _, f := range facts {
		role, ok := f.By.Role, true
		switch f.What {
		case report.WasJudged, report.WasRated, report.WasOpposed:
			ok = role == report.Citizen && f.By.Chat == r.Reporter
		case report.WasDisputed:
			disputes++
			ok = role == report.Citizen && f.By.Chat == r.Reporter
		case report.WasLapsed:
			ok = role == report.System && f.Verdict == "" && f.Stars == 0
		case report.WasReopened:
			ok = role == report.Coordinator && f.Words != ""
		case report.WasDisposed, report.WasUndisposed:
			ok = role == report.Operator || role == report.Coordinator
		case report.WasCounselled:
			ok = f.Receiver != nil && f.By.ID == f.Receiver.ID
		case report.WasTaken, report.WasAnswered, report.WasAsked, report.WasPlanned, report.WasResolved, report.WasRejected, report.WasReturned:
			ok = role == report.Operator || role == report.Coordinator
		}
		if !ok {
			t.Fatalf("%s by %s", f.What, role)
		}
	}
	if disputes > 1 || r.Disputed != (disputes == 1) {
		t.Fatalf("%d disputes, disputed %v", disputes, r.Disputed)
	}
	if r.Status == report.Closed && r.Ended.IsZero() || r.Status != report.Closed && !r.Ended.IsZero() {
		t.Fatalf("%s, ended %s", r.Status, r.Ended)
	}
}

// after holds a story to what a reporter may do after filing: only the reporter, each thing only where it makes sense.
func after(t *rapid.T, r report.Report, facts []report.Fact) {
	shows := map[report.Visibility]int{report.Confidential: 0, report.Anonymous: 1, report.Normal: 2}
	now, urged, back, asked := report.Normal, time.Time{}, false, time.Time{}
	for _, f := range facts {
		switch f.What {
		case report.WasHidden:
			if shows[f.Visibility] >= shows[now] {
				t.Fatalf("%s is shown again as %s", now, f.Visibility)
			}
			now = f.Visibility
		case report.WasUrged:
			if !urged.IsZero() && f.At.Sub(urged) < casework.UrgeAgain {
				t.Fatalf("urged at %s and %s", urged, f.At)
			}
			urged = f.At
		case report.WasRecalled, report.WasLeft:
			back = true
		case report.WasResumed:
			if !back {
				t.Fatal("resumed what was not taken back")
			}
			back = false
		case report.WasAsked:
			asked = f.At
		default:
			continue
		}
		if f.What != report.WasAsked && (f.By.Role != report.Citizen || f.By.Chat != r.Reporter) {
			t.Fatalf("%s by %s", f.What, f.By.Role)
		}
	}
	switch {
	case !r.Recalled.IsZero() && (r.Status != report.Closed || !r.Left.IsZero()), !r.Left.IsZero() && len(r.Followers) == 0:
		t.Fatalf("recalled %s, left %s, and it stands as %s", r.Recalled, r.Left, r.Status)
	case !r.Urged.Equal(urged), r.Asked.After(asked), r.Asked.After(r.Told):
		t.Fatalf("urged %s, asked %s, told %s", r.Urged, r.Asked, r.Told)
	}
}

// each holds a batch to those who hear of the report: one letter for each at the most, and nobody else.
func each(t *rapid.T, b ledger.Batch, r report.Report) {
	heard := map[bot.Address]int{}
	for _, l := range b.Letters {
		if l.Purpose.News() {
			heard[l.To]++
			if mine := l.Purpose == ledger.Notice; l.To.Zero() || mine != (l.To == r.Reporter) || heard[l.To] > 1 {
				t.Fatalf("a %s to %v, who hears %d letters", l.Purpose, l.To, heard[l.To])
			}
		}
	}
}

// followed lets somebody hear the news of a report too.
func followed(t rapid.TB, m *casetest.Memory, r report.Report, who bot.Address) report.Report {
	f := report.Fact{Report: r.ID, Seq: r.Rev + 1, What: report.WasFollowed, By: report.Actor{Role: report.Citizen, Chat: who}, Lang: "en"}
	after := report.Apply(r, f)
	b := ledger.Batch{Cause: "follow:" + who.ID, Changes: []ledger.Change{ledger.Changed{Report: after, Was: r.Rev, Facts: []report.Fact{f}}}}
	if err := m.Commit(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	return after
}

func sendOne(t *rapid.T, m *casetest.Memory, now time.Time) {
	ctx := context.Background()
	letters, err := m.Waiting(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range letters {
		if l.Purpose.News() && !l.Hold.After(now) {
			if err := m.Start(ctx, l.Key); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
}

func photos(n int) (out []bot.MediaRef) {
	for i := range n {
		out = append(out, bot.MediaRef{Network: bot.Telegram, ID: fmt.Sprintf("p%d", i)})
	}
	return out
}

func drawActor(t *rapid.T) report.Actor {
	return rapid.SampledFrom([]report.Actor{
		{Role: report.Operator, ID: "telegram:1", Name: "Budi", Home: "DISHUB", Chat: desk},
		{Role: report.Operator, ID: "telegram:2", Name: "Dewi", Home: "DPUPR", Chat: desk},
		ani, bagas,
		{Role: report.Coordinator, ID: "telegram:3", Name: "Rina", Chat: desk},
		{Role: report.Coordinator, ID: "telegram:3", Name: "Rina", Chat: desk},
		{Role: report.Citizen, ID: "whatsapp:62811", Chat: citizen},
		{Role: report.Citizen, ID: "whatsapp:62811", Chat: citizen},
		{Role: report.Citizen, ID: "whatsapp:62899", Chat: bot.Address{Network: bot.WhatsApp, ID: "62899"}},
		{Role: report.Leader, ID: "telegram:4", Chat: desk},
		{Role: report.System},
		{},
	}).Draw(t, "by")
}

func drawAction(t *rapid.T, facts []report.Fact) report.Action {
	words := rapid.SampledFrom([]string{"", "kata", strings.Repeat("x", casework.MaxWords+1)}).Draw(t, "words")
	if rapid.IntRange(0, 3).Draw(t, "usual") > 0 {
		words = "kata"
	}
	pics := photos(rapid.SampledFrom([]int{0, 0, 1, 2, 11}).Draw(t, "photos"))
	letter := ""
	if n := rapid.IntRange(0, len(facts)-1).Draw(t, "letter"); n < len(facts) {
		letter = facts[n].Letter
	}
	place := &report.Place{Said: "gang"}
	return rapid.SampledFrom([]report.Action{
		report.Add{Words: words, Photos: pics}, report.Add{Place: place},
		report.Take{}, report.Reply{Words: words, Photos: pics}, report.Reply{Words: words}, report.Withdraw{Letter: letter}, report.Withdraw{Letter: letter, Of: len(facts)}, report.Link{Foreign: report.Foreign{Source: words, Number: "1"}},
		report.Forward{To: "DISHUB", Why: words}, report.Forward{To: "DPUPR"}, report.Forward{To: "DINSOS"}, report.Forward{To: ""},
		report.Forward{To: "LUAR"}, report.Forward{To: "112"}, report.Forward{To: "?"}, report.NotOurs{Why: words}, report.NotOurs{Why: words},
		report.Ask{Words: words}, report.Note{Words: words}, report.Plan{Until: start.AddDate(1, 0, 0), Why: words}, report.Plan{Until: start, Why: words},
		report.Resolve{Words: words, Photos: pics}, report.Reject{Reason: "bohong", Words: words}, report.Reject{Reason: "?", Words: words},
		report.Judge{Verdict: report.Fixed, Words: words}, report.Judge{Verdict: report.Unfit, Words: words}, report.Judge{Verdict: report.Part, Photos: pics},
		report.Judge{}, report.Disagree{Words: words}, report.Rate{Stars: 5, Words: words}, report.Rate{Stars: 6}, report.Reopen{Why: words}, report.Retract{Why: words}, report.Lapse{},
		report.Reject{Reason: "lama", Words: words}, report.Reject{Reason: "bukan_wewenang", Words: words, Owner: "PLN"}, report.Reject{Reason: "bukan_wewenang", Words: words, Owner: "?"},
		report.Reject{Reason: "sudah_dilaporkan", Words: words, Other: "CTH-7K3MQ-9"}, report.Reject{Reason: "sudah_selesai", Words: words, Photos: pics},
		report.Hide{Visibility: report.Anonymous, Words: words}, report.Hide{Visibility: report.Confidential}, report.Hide{Visibility: report.Normal}, report.Hide{},
		report.Recall{Words: words}, report.Recall{}, report.Resume{}, report.Resume{}, report.Urge{Words: words}, report.Urge{}, report.Oppose{Words: words}, report.Oppose{},
		report.Add{Place: &report.Place{District: "99.01.01"}}, report.Add{Words: words, Place: &report.Place{District: "99.01.02"}}, report.Add{Place: &report.Place{Whose: "Sebelah"}},
		report.Transfer{Owner: "PLN", Why: words}, report.Transfer{Owner: "PLN", Number: "12"}, report.Transfer{Owner: "KEMENAG"}, report.Transfer{Owner: "?"},
		report.Dispose{To: toAni, Why: words}, report.Dispose{To: toBagas, Why: words}, report.Dispose{}, report.Undispose{}, report.Counsel{Words: words, Photos: pics}, report.Counsel{Words: words},
	}).Draw(t, "action")
}

func TestOpenGoesToItsOffice(t *testing.T) {
	t.Parallel()
	tests := []struct {
		category, text, district string
		owner, suggested         string
		status                   report.Status
	}{
		{"penerangan_jalan", "mati", "", "DISHUB", "DISHUB", report.Assigned},
		{"jalan", "berlubang", "", "DPUPR", "DPUPR", report.Assigned},
		{"jalan", "tolong listrik rumah", "", "", "LUAR", report.Received},
		{"luar", "x", "", "", "LUAR", report.Received},
		{"sampah", "x", "", "", "DLH", report.Received},
		{"kelurahan", "x", "99.01.01", "", "KEC-KOTA", report.Received},
		{"kelurahan", "x", "", "", "", report.Received},
		{"?", "x", "", "", "", report.Received},
		{"", "x", "", "", "", report.Received},
	}
	for _, tt := range tests {
		o := &casework.Office{Profile: casetest.Profile()}
		m := casetest.NewMemory("CTH")
		r := open(t, o, m, report.Draft{Visibility: report.Normal, Text: tt.text, Category: tt.category, Place: report.Place{District: tt.district}, Photos: photos(2)})
		if r.Agency != tt.owner || r.Suggested != tt.suggested || r.Status != tt.status || r.Rev == 0 {
			t.Errorf("%s %q: owner %q, suggested %q, %s", tt.category, tt.text, r.Agency, r.Suggested, r.Status)
		}
		letters, err := m.Waiting(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if tt.category == "?" && len(letters) == 1 {
			continue // nobody knows what it is about: no picture of it is shown to the group
		}
		if len(letters) != 2 {
			t.Fatalf("%d letters", len(letters))
		}
		card, media := letters[0], letters[1]
		if card.Key != "card:1" || card.Purpose != ledger.Card || !card.Desk || !card.To.Zero() || card.Room != tt.owner || card.Fold != "" {
			t.Errorf("card %+v", card)
		}
		if media.Answers != card.Key || len(media.Message.Photos) != 2 || media.Room != tt.owner {
			t.Errorf("media %+v", media)
		}
		if d := cmp.Diff(m.Jobs(), []ledger.Job{ledger.FetchMedia{Report: 1, Seq: 1, Network: bot.Telegram}}); d != "" {
			t.Errorf("jobs %s", d)
		}
	}
}

func TestOpenSetsTheClock(t *testing.T) {
	t.Parallel()
	for category, hours := range map[string]int{"penerangan_jalan": 24, "jalan": 72, "": 72} {
		r := open(t, &casework.Office{Profile: casetest.Profile()}, casetest.NewMemory("CTH"), report.Draft{Category: category})
		if want := start.Add(time.Duration(hours) * time.Hour); !r.Due.Equal(want) {
			t.Errorf("%q: due %v, want %v", category, r.Due, want)
		}
	}
	p := casetest.Profile()
	p.Clocks = nil
	if r := open(t, &casework.Office{Profile: p}, casetest.NewMemory("CTH"), report.Draft{}); !r.Due.IsZero() {
		t.Errorf("no clock: due %v", r.Due)
	}
}

func TestRefusalsTellWhatToDo(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	budi := report.Actor{Role: report.Operator, ID: "telegram:1", Name: "Budi", Home: "DISHUB", Chat: desk}
	sari := report.Actor{Role: report.Operator, ID: "telegram:2", Name: "Sari", Home: "DISHUB", Chat: desk}
	dewi := report.Actor{Role: report.Operator, ID: "telegram:3", Name: "Dewi", Home: "DPUPR", Chat: desk}
	warga := report.Actor{Role: report.Citizen}
	tests := []struct {
		name string
		by   report.Actor
		a    report.Action
		why  casework.Why
		says string
	}{
		{"other office", dewi, report.Take{}, casework.NoRight, "Dishub"},
		{"nobody", report.Actor{}, report.Take{}, casework.NoRight, "/daftar"},
		{"a citizen answers himself", warga, report.Reply{Words: "x"}, casework.NoRight, "/daftar"},
		{"an operator adds", budi, report.Add{Words: "x"}, casework.NoRight, "pelapor"},
		{"taken", sari, report.Take{}, casework.Held, "Budi"},
		{"taken by myself", budi, report.Take{}, casework.Already, "sudah Anda ambil"},
		{"no photo", budi, report.Resolve{Words: "beres"}, casework.Evidence, "foto"},
		{"no words", budi, report.Reject{Reason: "bohong"}, casework.Evidence, "penjelasan"},
		{"no reason", budi, report.Reject{Reason: "x", Words: "y"}, casework.Choice, "Tolak"},
		{"empty answer", budi, report.Reply{}, casework.Empty, "kosong"},
		{"too long", budi, report.Reply{Words: strings.Repeat("😀", 2000)}, casework.TooLong, "4000"},
		{"too many photos", budi, report.Reply{Photos: photos(11)}, casework.TooMany, "10"},
		{"too many added", warga, report.Add{Photos: photos(11)}, casework.TooMany, "lampiran"},
		{"nothing to withdraw", budi, report.Withdraw{Letter: "x"}, casework.Gone, "ditarik"},
		{"withdraw nothing", budi, report.Withdraw{}, casework.Gone, "ditarik"},
		{"same office", budi, report.Forward{To: "DISHUB"}, casework.Already, "Dishub"},
		{"112", budi, report.Forward{To: "112"}, casework.Choice, "bukan kantor"},
		{"yesterday's plan", budi, report.Plan{Until: start.AddDate(0, 0, -1), Why: "x"}, casework.Choice, "Tanggal"},
	}
	m := casetest.NewMemory("CTH")
	r := open(t, o, m, report.Draft{Text: "x", Category: "penerangan_jalan"})
	facts, err := m.Facts(context.Background(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	r, _, err = o.Act(r, budi, report.Take{}, casework.Occasion{Cause: "t", At: start, Facts: facts})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		_, b, err := o.Act(r, tt.by, tt.a, casework.Occasion{Cause: "c", At: start, Facts: facts, Served: served})
		no, ok := casework.AsRefusal(err)
		if !ok || no.Why != tt.why || !strings.Contains(no.Words, tt.says) {
			t.Errorf("%s: %v %+v", tt.name, err, no)
		}
		if len(b.Changes)+len(b.Letters) > 0 {
			t.Errorf("%s: a refusal changes something", tt.name)
		}
		if ok && strings.Contains(no.Error(), "Budi") {
			t.Errorf("%s: the error names a person", tt.name)
		}
	}
	if _, _, err := o.Act(r, budi, nil, casework.Occasion{}); err == nil {
		t.Error("no action was done without an error")
	}
}
