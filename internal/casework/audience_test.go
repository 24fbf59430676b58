package casework_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var (
	neighbour = bot.Address{Network: bot.Telegram, ID: "77"}
	budi      = report.Actor{Role: report.Operator, ID: "telegram:1", Name: "Budi", Home: "DISHUB", Chat: desk}
	rina      = report.Actor{Role: report.Coordinator, ID: "telegram:3", Name: "Rina", Chat: desk}
)

// city is an office with a store, and one report in it.
type city struct {
	*testing.T
	*casework.Office
	mem *casetest.Memory
	r   report.Report
	now time.Time
	n   int
}

// newCity files one report about a street lamp; how changes what is filed.
func newCity(t *testing.T, how func(*casework.Filing)) *city {
	t.Helper()
	c := &city{T: t, Office: &casework.Office{Profile: casetest.Profile(), Desk: desk}, mem: casetest.NewMemory("CTH"), now: start}
	id, code, err := c.mem.NextID(t.Context(), "file")
	if err != nil {
		t.Fatal(err)
	}
	f := casework.Filing{ID: id, Code: code, Reporter: citizen, Person: bot.Person{ID: "62811", Name: "Asep"}, Lang: "id", Cause: "file", At: start, Served: served,
		Draft: report.Draft{Kind: report.Complaint, Text: "lampu mati", Category: "penerangan_jalan", Visibility: report.Normal, Photos: photos(1)}}
	how(&f)
	var b ledger.Batch
	c.r, b = c.Open(f)
	if err := c.mem.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return c
}

func atCounter(f *casework.Filing) {
	f.Reporter, f.Person, f.Draft.How = bot.Address{}, bot.Person{Name: "Asep Sunarya"}, report.AtCounter
}

// try does an action and commits it; a failed commit leaves everything as it was.
func (c *city) try(by report.Actor, a report.Action, album string, late bool) (ledger.Batch, error) {
	c.Helper()
	facts, err := c.mem.Facts(c.Context(), c.r.ID)
	if err != nil {
		c.Fatal(err)
	}
	c.n++
	after, b, err := c.Act(c.r, by, a, casework.Occasion{Cause: fmt.Sprintf("e%d", c.n), At: c.now, Facts: facts, Served: served, Album: album, Late: late})
	if err == nil {
		err = c.mem.Commit(c.Context(), b)
	}
	if err == nil {
		c.r = after
	}
	return b, err
}

func (c *city) act(by report.Actor, a report.Action) ledger.Batch {
	c.Helper()
	b, err := c.try(by, a, "", false)
	if err != nil {
		no, _ := casework.AsRefusal(err)
		c.Fatalf("%T: %v %+v", a, err, no)
	}
	return b
}

// follow lets somebody hear the news of the report too.
func (c *city) follow(who bot.Address, lang string) {
	c.Helper()
	c.n++
	f := report.Fact{Report: c.r.ID, Seq: c.r.Rev + 1, At: c.now, What: report.WasFollowed, Lang: lang, By: report.Actor{Role: report.Citizen, Chat: who}}
	after := report.Apply(c.r, f)
	err := c.mem.Commit(c.Context(), ledger.Batch{Cause: fmt.Sprintf("e%d", c.n), At: c.now,
		Changes: []ledger.Change{ledger.Changed{Report: after, Was: c.r.Rev, Facts: []report.Fact{f}}}})
	if err != nil {
		c.Fatal(err)
	}
	c.r = after
}

// heard is what a batch says to whom outside the desk.
func heard(b ledger.Batch) map[bot.Address][]string {
	out := map[bot.Address][]string{}
	for _, l := range b.Letters {
		if !l.Desk && l.To.Chat() != desk {
			out[l.To] = append(out[l.To], l.Message.Text)
		}
	}
	return out
}

// Somebody told it at a counter: there is nobody to write to, and everything is done and kept all the same.
func TestAReportWithoutAChat(t *testing.T) {
	t.Parallel()
	verbs := map[string][]report.Action{
		"ambil":             {report.Take{}},
		"balas":             {report.Reply{Words: "besok kami ke sana"}},
		"balas dengan foto": {report.Reply{Words: "ini fotonya", Photos: photos(2)}},
		"tanya":             {report.Ask{Words: "lampu yang mana?"}},
		"catatan":           {report.Note{Words: "sudah disurvei"}},
		"teruskan":          {report.Forward{To: "DPUPR", Why: "jalan"}},
		"ke koordinator":    {report.Forward{To: ""}},
		"bukan kewenangan":  {report.NotOurs{Why: "milik provinsi"}},
		"rencana":           {report.Plan{Until: start.AddDate(0, 6, 0), Why: "menunggu anggaran"}},
		"selesai":           {report.Resolve{Words: "sudah menyala", Photos: photos(1)}},
		"tolak":             {report.Reject{Reason: "bohong", Words: "lampunya menyala"}},
		"nomor lain":        {report.Link{Foreign: report.Foreign{Source: "SP4N LAPOR!", Number: "1234567", URL: "https://www.lapor.go.id/x"}}},
		"sepanjang jalan": {report.Take{}, report.Reply{Words: "besok"}, report.Ask{Words: "yang mana?"}, report.Plan{Until: start.AddDate(0, 6, 0), Why: "anggaran"},
			report.Note{Words: "disurvei"}, report.Resolve{Words: "menyala", Photos: photos(1)}, report.Reply{Words: "terima kasih"}},
	}
	for name, acts := range verbs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCity(t, atCounter)
			for _, a := range acts {
				b := c.act(budi, a)
				if got := heard(b); len(got) > 0 {
					t.Errorf("%T writes to %v", a, got)
				}
				for _, l := range b.Letters {
					if l.Purpose.News() || !l.Desk && l.To.Zero() {
						t.Errorf("%T writes a letter to nobody: %+v", a, l)
					}
				}
			}
			facts, err := c.mem.Facts(t.Context(), c.r.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range facts {
				if f.Letter != "" || len(f.Also) > 0 || strings.HasPrefix(f.By.ID, ":") {
					t.Errorf("%s tells of a letter that nobody wrote, or of nobody: %+v", f.What, f)
				}
			}
			if c.r.Rev != len(facts) {
				t.Errorf("rev %d after %d facts", c.r.Rev, len(facts))
			}
		})
	}
}

// An answer that nobody was told of can be taken back as long as any other, and no longer.
func TestTakingBackWhatNobodyHeard(t *testing.T) {
	t.Parallel()
	last := func(c *city) report.Withdraw { return report.Withdraw{Of: c.r.Rev} }
	t.Run("at once", func(t *testing.T) {
		t.Parallel()
		c := newCity(t, atCounter)
		was := c.r.Status
		c.act(budi, report.Reject{Reason: "bohong", Words: "salah tekan"})
		c.now = c.now.Add(casework.Holding - time.Second)
		back := last(c)
		if b := c.act(budi, back); c.r.Status != was || len(b.Changes) != 2 { // the report, and the timer of its clocks, which run again
			t.Errorf("%s after the withdrawal, was %s: %+v", c.r.Status, was, b.Changes)
		}
		if _, err := c.try(budi, back, "", false); err == nil {
			t.Error("withdrawn twice")
		}
	})
	t.Run("with an album", func(t *testing.T) {
		t.Parallel()
		c := newCity(t, atCounter)
		if _, err := c.try(budi, report.Reply{Words: "ini", Photos: photos(1)}, "a", false); err != nil {
			t.Fatal(err)
		}
		back := last(c)
		c.now = c.now.Add(15 * time.Second)
		b, err := c.try(budi, report.Reply{Photos: photos(2)[1:]}, "a", false)
		if err != nil || len(b.Changes) != 1 {
			t.Fatalf("the second photo: %+v %v", b.Changes, err)
		}
		c.now = c.now.Add(15 * time.Second) // counted from the last photo, as with a letter
		c.act(budi, back)
		if c.r.Replies != 0 {
			t.Errorf("%d answers are left", c.r.Replies)
		}
	})
	t.Run("too late", func(t *testing.T) {
		t.Parallel()
		c := newCity(t, atCounter)
		c.act(budi, report.Reply{Words: "besok"})
		c.now = c.now.Add(casework.Holding)
		_, err := c.try(budi, last(c), "", false)
		if no, ok := casework.AsRefusal(err); !ok || no.Why != casework.Gone {
			t.Errorf("%v", err)
		}
	})
}

// The reporter and a neighbour who follows each hear once, each in their own language; a question is the reporter's alone.
func TestNewsInTwoLanguages(t *testing.T) {
	t.Parallel()
	c := newCity(t, func(*casework.Filing) {})
	c.follow(neighbour, "en")
	c.follow(citizen, "en") // who filed it hears as who filed it
	keys := map[string]bool{}
	for _, step := range []struct {
		by     report.Actor
		a      report.Action
		id, en string
	}{
		{budi, report.Take{}, "sudah di tangan", "now in the hands"},
		{budi, report.Reply{Words: "besok"}, "Jawaban dari", "Answer from"},
		{budi, report.Ask{Words: "yang mana?"}, "Pertanyaan dari", ""},
		{budi, report.Note{Words: "disurvei"}, "", ""},
		{budi, report.Plan{Until: start.AddDate(0, 1, 0), Why: "suku cadang"}, "dijadwalkan", "has been planned"},
		{rina, report.Forward{To: "DPUPR"}, "diteruskan ke", "passed on to"},
		{rina, report.Forward{To: "DISHUB"}, "diteruskan ke", "passed on to"},
		{budi, report.Resolve{Words: "menyala", Photos: photos(1)}, "dinyatakan selesai", "is done"},
		{rina, report.Link{Foreign: report.Foreign{Source: "SP4N", Number: "1"}}, "", ""},
	} {
		b := c.act(step.by, step.a)
		got := heard(b)
		for who, want := range map[bot.Address]string{citizen: step.id, neighbour: step.en} {
			switch said := got[who]; {
			case want == "" && len(said) > 0:
				t.Errorf("%T: %s hears %q", step.a, who.Network, said)
			case want != "" && (len(said) != 1 || !strings.Contains(said[0], want)):
				t.Errorf("%T: %s hears %q, want once %q", step.a, who.Network, said, want)
			}
		}
		if said := strings.Join(got[neighbour], ""); strings.Contains(said, "Reply to this message") {
			t.Errorf("%T: a follower is asked to reply: %q", step.a, said)
		}
		for _, l := range b.Letters {
			if keys[l.Key] {
				t.Errorf("the key %q is used twice", l.Key)
			}
			keys[l.Key] = true
			switch {
			case l.To == citizen && (l.Purpose != ledger.Notice || l.Key != fmt.Sprintf("%s/n%d", b.Cause, c.r.Rev)):
				t.Errorf("%T: the reporter's letter %q is a %s", step.a, l.Key, l.Purpose)
			case l.To == neighbour && l.Purpose != ledger.Echo:
				t.Errorf("%T: a follower's letter is a %s", step.a, l.Purpose)
			}
		}
	}
}

// What is taken back is taken back from all.
func TestTakingBackFromAll(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]func(*casework.Filing){"filed in a chat": func(*casework.Filing) {}, "told at a counter": atCounter} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCity(t, how)
			c.follow(neighbour, "en")
			if _, err := c.try(budi, report.Reply{Words: "ini", Photos: photos(1)}, "a", false); err != nil {
				t.Fatal(err)
			}
			answer := c.r.Rev
			c.follow(bot.Address{Network: bot.WhatsApp, ID: "62899"}, "id") // hears of the whole album
			if _, err := c.try(budi, report.Reply{Photos: photos(2)[1:]}, "a", false); err != nil {
				t.Fatal(err)
			}
			waiting := func() (n int) {
				letters, err := c.mem.Waiting(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range letters {
					if l.Purpose.News() {
						n++
						if len(l.Message.Photos) != 2 {
							t.Errorf("%s gets %d photos", l.To.Network, len(l.Message.Photos))
						}
					}
				}
				return n
			}
			want := len(c.Audience(c.r))
			if got := waiting(); got != want {
				t.Errorf("%d letters for %d people", got, want)
			}
			facts, err := c.mem.Facts(t.Context(), c.r.ID)
			if err != nil {
				t.Fatal(err)
			}
			c.act(budi, report.Withdraw{Letter: facts[answer-1].Letter, Of: answer})
			if got := waiting(); got != 0 {
				t.Errorf("%d letters are left", got)
			}
		})
	}
}

// Once one of them has it, nothing can be taken back.
func TestTakingBackWhatOneHasHeard(t *testing.T) {
	t.Parallel()
	c := newCity(t, func(*casework.Filing) {})
	c.follow(neighbour, "en")
	b := c.act(budi, report.Reply{Words: "besok"})
	for _, l := range b.Letters {
		if l.To == neighbour {
			if err := c.mem.Start(t.Context(), l.Key); err != nil {
				t.Fatal(err)
			}
		}
	}
	back := report.Withdraw{Of: c.r.Rev}
	if _, err := c.try(budi, back, "", false); !errors.Is(err, ledger.ErrSent) {
		t.Fatalf("%v", err)
	}
	_, err := c.try(budi, back, "", true)
	if no, ok := casework.AsRefusal(err); !ok || no.Why != casework.Gone {
		t.Errorf("%v", err)
	}
}

// Who hears: the reporter always, followers only where the report's news may be theirs, nobody twice.
func TestAudience(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	reporter := casework.Addressee{To: citizen, Lang: "id", Reporter: true, Words: true}
	follower := casework.Addressee{To: neighbour, Lang: "en", Words: true}
	both := []casework.Addressee{reporter, follower}
	for name, c := range map[string]struct {
		word     report.Visibility
		category string
		who      bot.Address
		want     []casework.Addressee
	}{
		"an ordinary report":      {report.Normal, "jalan", citizen, both},
		"a nameless report":       {report.Anonymous, "jalan", citizen, both},
		"a confidential report":   {report.Confidential, "jalan", citizen, both[:1]},
		"a sensitive matter":      {report.Normal, "bantuan", citizen, both[:1]},
		"a word of tomorrow":      {"tetangga", "jalan", citizen, both[:1]},
		"without a chat":          {report.Normal, "jalan", bot.Address{}, both[1:]},
		"confidential, no chat":   {report.Confidential, "jalan", bot.Address{}, nil},
		"who filed it follows it": {report.Normal, "jalan", neighbour, []casework.Addressee{{To: neighbour, Lang: "id", Reporter: true, Words: true}}},
	} {
		r := report.Report{Reporter: c.who, Lang: "id", Draft: report.Draft{Visibility: c.word, Category: c.category},
			Followers: []report.Follower{{Chat: neighbour, Lang: "en"}, {Chat: neighbour, Lang: "id"}, {}}}
		if d := cmp.Diff(c.want, o.Audience(r)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// A report from a network that nobody serves (any more) has its letters written as every other: they wait for it.
func TestANetworkThatNobodyKnows(t *testing.T) {
	t.Parallel()
	far := bot.Address{Network: "surat", ID: "9"}
	c := newCity(t, func(f *casework.Filing) { f.Reporter, f.Lang = far, "xx" })
	if got := heard(c.act(budi, report.Take{})); len(got[far]) != 1 || !strings.Contains(got[far][0], "sudah di tangan") {
		t.Errorf("heard %v", got)
	}
	w, err := c.mem.Whole(context.Background(), c.r.ID)
	if err != nil || w.Delivery.State != ledger.Waiting {
		t.Errorf("%+v (%v)", w.Delivery, err)
	}
}

func TestNumberElsewhere(t *testing.T) {
	t.Parallel()
	c := newCity(t, atCounter)
	link := func(source, number, url string) report.Link {
		return report.Link{Foreign: report.Foreign{Source: source, Number: number, URL: url}}
	}
	for _, bad := range []report.Link{
		{}, link("SP4N", " ", ""), link("", "1", ""), link(strings.Repeat("x", 41), "1", ""), link("SP4N", strings.Repeat("1", 61), ""),
		link("SP4N", "1", "javascript:alert(1)"), link("SP4N", "1", "https://"), link("SP4N", "1", "www.lapor.go.id"), link("SP4N", "1", "https://x y.id"),
	} {
		_, err := c.try(rina, bad, "", false)
		if no, ok := casework.AsRefusal(err); !ok || no.Words == "" {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if _, err := c.try(report.Actor{Role: report.Citizen}, link("SP4N", "1", ""), "", false); err == nil {
		t.Error("a citizen gives it a number")
	}
	c.act(rina, link(" SP4N \n LAPOR! ", "123", ""))
	c.act(budi, link("SP4N LAPOR!", "1234", "https://www.lapor.go.id/1234"))
	if want := []report.Foreign{{Source: "SP4N LAPOR!", Number: "1234", URL: "https://www.lapor.go.id/1234"}}; !cmp.Equal(c.r.Foreign, want) {
		t.Errorf("%+v", c.r.Foreign)
	}
	_, err := c.try(rina, link("SP4N LAPOR!", "1234", "https://www.lapor.go.id/1234"), "", false)
	if no, ok := casework.AsRefusal(err); !ok || no.Why != casework.Already {
		t.Errorf("the same again: %v", err)
	}
}
