package report

import "testing"

// What each word hides (●), and what it leaves to be seen (·). A word without a row hides everything.
func TestWhatAVisibilityHides(t *testing.T) {
	t.Parallel()
	eyes := []Eyes{Operators, OtherOffices, Strangers, Followers, Statistics, Model, Exports, Phone, Group}
	for _, row := range []struct {
		word      Visibility
		sensitive bool
		//     who filed it, from operators
		//     │ words, from other offices
		//     │ │ the report, from strangers
		//     │ │ │ from followers
		//     │ │ │ │ from statistics
		//     │ │ │ │ │ from a language model
		//     │ │ │ │ │ │ from exports
		//     │ │ │ │ │ │ │ the phone's copy
		//     │ │ │ │ │ │ │ │ words, place and pictures, from the operators' group
		hides string
	}{
		{Normal, false, "· · · · · · · · ·"},
		{Anonymous, false, "● · · · · · · ● ·"},
		{Confidential, false, "● ● ● ● ● ● ● ● ●"},
		{Normal, true, "● ● ● ● ● ● ● ● ●"},
		{Anonymous, true, "● ● ● ● ● ● ● ● ●"},
		{Confidential, true, "● ● ● ● ● ● ● ● ●"},
		{"", false, "● ● ● ● ● ● ● ● ●"},
		{"Biasa", false, "● ● ● ● ● ● ● ● ●"},
		{"tetangga", false, "● ● ● ● ● ● ● ● ●"}, // a word of tomorrow
		{"tetangga", true, "● ● ● ● ● ● ● ● ●"},
	} {
		got := ""
		for _, e := range eyes {
			mark := " ·"
			if Shields(row.word, row.sensitive).Hides(e) {
				mark = " ●"
			}
			got += mark
		}
		if got[1:] != row.hides {
			t.Errorf("%q, sensitive %v, hides\n%s, want\n%s", row.word, row.sensitive, got[1:], row.hides)
		}
	}
	all := Eyes(0)
	for _, e := range eyes {
		all |= e
	}
	if all != everybody {
		t.Errorf("the table asks for the eyes %b of %b", all, everybody)
	}
}

// Where nothing is known, nothing is shown.
func TestAShieldFailsClosed(t *testing.T) {
	t.Parallel()
	if !(Shield{}).Hides(Operators) || !(Shield{}).Hides(Statistics) {
		t.Error("no shield at all shows something")
	}
	open := Shields(Normal, false)
	if !open.Hides(0) || !open.Hides(everybody+1) || open.Hides(Operators|Model) {
		t.Error("eyes that nobody knows see something")
	}
	if !Shields(Anonymous, false).Hides(Operators | Model) {
		t.Error("what is hidden from one of two is shown to both")
	}
}

// A language model is not asked about what may well be sensitive, though nobody has said so.
func TestADoubtKeepsTheWordsInTheHouse(t *testing.T) {
	t.Parallel()
	for p, want := range map[float64]bool{0.02: false, 0.1: true, 0.9: true} {
		d := Draft{Visibility: Normal, Category: "jalan", Guesses: []Guess{{"jalan", 0.6}, {"pungli", p}}}
		s := d.Shield(pungli)
		if s.Hides(Model) != want || s.Hides(Operators|OtherOffices|Strangers|Followers|Statistics|Exports|Phone|Group) {
			t.Errorf("with a guess of %v it is %+v", p, s)
		}
	}
}

func pungli(category string) bool { return category == "pungli" }

func TestPublic(t *testing.T) {
	t.Parallel()
	r := Report{ID: 7, Code: "SRG-PSES3-Y", Status: Planned, ReporterName: "Asep", Draft: Draft{Text: "lubang", Category: "jalan",
		Visibility: Normal, Place: Place{Said: "depan rumah Asep", AreaName: "Cipare", DistrictName: "Serang", Note: "RT 02"}}}
	got, ok := Public(r, pungli)
	if want := (Outline{"SRG-PSES3-Y", "jalan", "Cipare", "Serang", Planned}); !ok || got != want {
		t.Errorf("a stranger sees %+v (%v), want %+v", got, ok, want)
	}
	for name, change := range map[string]func(*Report){
		"confidential": func(r *Report) { r.Visibility = Confidential },
		"sensitive":    func(r *Report) { r.Category = "pungli" },
		"a new word":   func(r *Report) { r.Visibility = "tetangga" },
	} {
		hidden := r
		change(&hidden)
		if got, ok := Public(hidden, pungli); ok || got != (Outline{}) {
			t.Errorf("%s: a stranger sees %+v", name, got)
		}
	}
}
