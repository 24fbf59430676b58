package desk_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// Two officers correct one category at once: one does, and the other learns what the report is now.
func TestTwoCorrectACategoryAtOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.file("penerangan_jalan", nil, "mati")
	s.deliver()
	ctx := context.Background()
	say := func(id, name, category string) bot.Event {
		return bot.Event{ID: bot.EventID(id), Chat: s.office.Desk, Group: true, At: s.now, From: bot.Person{ID: name, Name: name},
			Body: bot.Text{Text: "/kategori " + category}, ReplyTo: &s.sent[0].ref}
	}
	for _, c := range []struct{ name, first, second, told string }{
		{"an officer of the office that has it no longer", "jalan", "sampah", "ada di PUPR"},
		{"the coordinator, to the same", "sampah", "sampah", "memang sudah berkategori Sampah"},
	} {
		name, other := "Budi", "Sari"
		if c.first == "sampah" {
			name, other = "Rina", "Rina"
		}
		first, err := s.desk.Handle(ctx, say("1"+c.first, name, c.first))
		if err != nil {
			t.Fatal(err)
		}
		second, err := s.desk.Handle(ctx, say("2"+c.first, other, c.second))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.mem.Commit(ctx, first); err != nil {
			t.Fatal(err)
		}
		if err := s.mem.Commit(ctx, second); !errors.Is(err, ledger.ErrStale) {
			t.Fatalf("%s: the second: %v", c.name, err)
		}
		if second, err = s.desk.Handle(ctx, say("2"+c.first, other, c.second)); err != nil {
			t.Fatal(err)
		}
		if len(second.Changes) != 0 || len(second.Letters) != 1 || !strings.Contains(second.Letters[0].Message.Text, c.told) {
			t.Errorf("%s: %+v", c.name, second)
		}
	}
}

// A city with many categories offers groups first: a press leads to one of them, a number or a name typed there chooses, and
// the way back is open.
func TestTheMenuOfCategoriesHasTwoSteps(t *testing.T) {
	t.Parallel()
	p := serang(t)
	r := report.Report{ID: 1, Code: report.NewCode(p.Prefix, 7), Status: report.Assigned, Agency: "DISHUB"}
	r.Category = "penerangan_jalan"
	read := func(intent, words string) desk.Command {
		c, err := desk.Parse(p, answer.Must(), bot.Event{Body: bot.Text{Text: words}}, desk.Target{Known: true, Report: r, Intent: intent})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := casework.CategoryMenu(p, r, "")
	at := slices.IndexFunc(first.Choices, func(c bot.Choice) bool { return c.ID == casework.OtherPage+"air" })
	if at < 0 {
		t.Fatalf("no group of water: %+v", first)
	}
	for _, words := range []string{first.Choices[at].Label, string(rune('1' + at)), "air & banjir"} {
		if c := read("kategori:", words); c.Verb != desk.Category || c.Arg != casework.OtherPage+"air" || !c.Exact {
			t.Errorf("%q on the first page is read as %+v", words, c)
		}
	}
	second := casework.CategoryMenu(p, r, "air")
	if c := read("kategori:air", "1"); c.Arg != second.Choices[0].ID || !c.Exact {
		t.Errorf("1 on the page of water is read as %+v", c)
	}
	if c := read("kategori:air", "semua kategori"); c.Arg != casework.OtherPage {
		t.Errorf("the way back is read as %+v", c)
	}
	if c := read("kategori:air", "lampu jalan"); c.Verb != desk.Category || c.Arg != "lampu jalan" || c.Exact {
		t.Errorf("a name from elsewhere is read as %+v", c)
	}
	for _, words := range []string{"kategori: drainase", "pak kategorinya drainase", "ganti kategori ke drainase", "salah kategori, drainase"} {
		if c := read("", words); c.Verb != desk.Category || !strings.Contains(c.Arg, "drainase") {
			t.Errorf("%q is read as %+v", words, c)
		}
	}
	if c := read("", "kategorinya apa ini pak"); c.Verb == desk.Reply {
		t.Errorf("a question among colleagues goes to the citizen: %+v", c)
	}
}
