package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// No two verbs answer to the same words, and every row says what it must.
func TestTheTableOfVerbsIsWhole(t *testing.T) {
	t.Parallel()
	commands, phrases, places := map[string]Verb{}, map[string]Verb{}, map[int]Verb{}
	kinds := map[string]Verb{cardKind: "", unsureKind: "", undoKind: "", joinMenuKind: "", dismissKind: "", handKind: "", casework.CallMenuKind: "", casework.OpenMenuKind: "", casework.RollMenuKind: ""}
	claim := func(seen map[string]Verb, what, bars string, v Verb) {
		for s := range strings.SplitSeq(bars, "|") {
			if other, ok := seen[s]; ok && s != "" {
				t.Errorf("%s %q is of %q and of %q", what, s, other, v)
			}
			seen[s] = v
		}
	}
	for _, r := range verbs {
		claim(commands, "the command", string(r.name)+"|"+r.also, r.name)
		claim(phrases, "the phrase", r.said, r.name)
		if strings.Trim(string(r.name), "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is no command that a network can show", r.name)
		}
		for s := range strings.SplitSeq(r.said, "|") {
			if s != bot.Fold(s) || len(strings.Fields(s)) > 3 {
				t.Errorf("%s is never heard in %q", r.name, s)
			}
		}
		n := 0
		for _, has := range []bool{r.act != nil, r.look != nil, r.do != nil} {
			if has {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s does %d things", r.name, n)
		}
		if r.act != nil && r.may != officers && r.may != coordinators || r.may == coordinators && r.deed == "" {
			t.Errorf("%s: nobody says who may", r.name)
		}
		if r.takes != 0 && r.menu == nil && r.asks == nil {
			t.Errorf("%s: nobody says what it wants when it stands alone", r.name)
		}
		if (r.label.text == "") != (r.on == nil) {
			t.Errorf("%s: a button and the cards it stands on belong together", r.name)
		}
		if other, ok := places[r.label.place]; ok && r.label.text != "" {
			t.Errorf("%s and %s stand in one place of the card", r.name, other)
		}
		if r.label.text != "" {
			places[r.label.place] = r.name
		}
		if r.menu != nil {
			claim(kinds, "the kind of menu", r.menu.kind, r.name)
		}
	}
}

// borrow is a verb as somebody would add it: an office lends what another needs.
func borrow() row {
	return row{
		name: "pinjam", also: "borrow", said: "pinjamkan|kami pinjam", label: label{11, "🧰 Pinjam"}, on: open,
		usage: "/pinjam alat", about: "Pinjam alat: balas kartu dengan /pinjam alat", may: officers,
		takes: takesWords, asks: fixed("alat yang dipinjam"),
		done: func(_ *casework.Office, _, r report.Report) string {
			return fmt.Sprintf("Pinjaman untuk %s dicatat.", r.Code)
		},
		act: plain(func(c Command) report.Action { return report.Note{Words: "pinjam " + c.Words} }),
	}
}

// counter is a desk with one report in it, and a table of its own.
type counter struct {
	*testing.T
	desk *Desk
	mem  *casetest.Memory
	r    report.Report
	n    int
}

func newCounter(t *testing.T, verbs table) *counter {
	t.Helper()
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	office := &casework.Office{Profile: casetest.Profile(), Desk: bot.Address{Network: bot.Telegram, ID: "-100"}}
	c := &counter{T: t, mem: casetest.NewMemory("CTH")}
	c.desk = &Desk{Office: func() *casework.Office { return office }, Reader: c.mem, Answers: answer.Must(), verbs: verbs}
	id, code, err := c.mem.NextID(t.Context(), "wa:1")
	if err != nil {
		t.Fatal(err)
	}
	d := report.Draft{Kind: report.Complaint, Text: "lampu mati", Category: "penerangan_jalan", Visibility: report.Normal}
	r, b := office.Open(casework.Filing{ID: id, Code: code, Draft: d, Reporter: bot.Address{Network: bot.WhatsApp, ID: "62811"}, Cause: "wa:1", At: at,
		Served: func(string) bool { return true }})
	b.Changes = append(b.Changes, ledger.Enrolled{Operator: ledger.Operator{ID: "telegram:Budi", Name: "Budi", Agency: "DISHUB",
		Role: report.Operator, Approved: "x", Since: at}})
	if err := c.mem.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	c.r = r
	return c
}

// says gives what Budi's message or press is answered with, after it is done.
func (c *counter) says(body bot.Body) string {
	c.Helper()
	c.n++
	b, err := c.desk.Handle(context.Background(), bot.Event{ID: bot.EventID(fmt.Sprintf("tg:%d", c.n)), Chat: bot.Address{Network: bot.Telegram, ID: "-100"},
		Group: true, From: bot.Person{ID: "Budi", Name: "Budi"}, At: time.Date(2026, 11, 23, 3, 0, c.n, 0, time.UTC), Body: body})
	if err != nil {
		c.Fatal(err)
	}
	if err := c.mem.Commit(context.Background(), b); err != nil {
		c.Fatal(err)
	}
	var out []string
	for _, l := range b.Letters {
		if l.Message.Text != "" {
			out = append(out, l.Message.Text)
		}
	}
	return strings.Join(out, "\n")
}

// A verb is a row: with it, it is understood as a command, by its other words, from its button, as officers say it; it asks
// for what is missing, tells what was done, and stands on cards, in the help and in the menu beside the input field.
func TestANewVerbIsOneRow(t *testing.T) {
	t.Parallel()
	c := newCounter(t, append(slices.Clone(verbs), borrow()))
	code := string(c.r.Code)
	const done = "Pinjaman untuk CTH-PSES3-Y dicatat."
	for _, words := range []string{"/pinjam " + code + " tangga", "/borrow " + code + " tangga", code + " kami pinjam tangga", code + " /pinjam tangga"} {
		if got := c.says(bot.Text{Text: words}); got != done {
			t.Errorf("%q is answered with %q", words, got)
		}
	}
	facts, err := c.mem.Facts(t.Context(), c.r.ID)
	if err != nil || len(facts) != 6 || facts[5].Words != "pinjam tangga" {
		t.Errorf("%v: the record is %+v", err, facts)
	}
	const asks = "CTH-PSES3-Y: balas pesan ini dengan alat yang dipinjam."
	if got := c.says(bot.Pick{Menu: cardKind + "." + code, Choice: "pinjam"}); !strings.HasPrefix(got, asks) {
		t.Errorf("the button is answered with %q", got)
	}
	if got := c.says(bot.Text{Text: "/pinjam " + code}); got != asks {
		t.Errorf("alone it is answered with %q", got)
	}
	if got := c.says(bot.Text{Text: "/bantuan"}); !strings.Contains(got, " · /pinjam alat") {
		t.Errorf("the help does not know it:\n%s", got)
	}
	m := c.desk.table().card(casetest.Profile(), c.r)
	if !slices.ContainsFunc(m.Choices, func(o bot.Choice) bool { return o.ID == "pinjam" && o.Label == "🧰 Pinjam" }) {
		t.Errorf("the card does not offer it: %+v", m)
	}
	if !slices.Contains(c.desk.table().lines(), MenuLine{"pinjam", "Pinjam alat: balas kartu dengan /pinjam alat"}) {
		t.Error("the menu beside the input field does not show it")
	}
	reply := parser{profile: casetest.Profile(), lexicon: c.desk.Answers, verbs: c.desk.verbs, target: Target{Known: true, Report: c.r, Intent: "pinjam"}}
	if got, err := reply.parse(bot.Event{Body: bot.Text{Text: "tangga"}}); err != nil || got.Verb != "pinjam" || got.Words != "tangga" {
		t.Errorf("a reply to its question is read as %+v (%v)", got, err)
	}

	// Without the row nobody knows it.
	without := newCounter(t, nil)
	if got := without.says(bot.Text{Text: "/pinjam " + code + " tangga"}); got != unknownText {
		t.Errorf("without a row it is answered with %q", got)
	}
	if got := without.says(bot.Pick{Menu: cardKind + "." + code, Choice: "pinjam"}); got != staleText {
		t.Errorf("without a row its button is answered with %q", got)
	}
}
