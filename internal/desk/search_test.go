package desk

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// What may be a part of a number is looked for as one; what can be nothing else is not looked for as a word.
func TestPartsOfNumbers(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]struct {
		part string
		only bool
	}{
		"CTH-7K3": {"7k3", true}, "cth 7k3mq": {"7k3mq", true}, "cth7k3": {"7k3", true}, "CTH 7K3MQ 9": {"7k3mq9", true}, "nomor CTH-7K3": {"7k3", true},
		"no. 7k3": {"7k3", false}, "#7K3M": {"7k3m", false}, "7K3MQ-9": {"7k3mq9", true}, "7k3": {"7k3", false}, "k3m": {"k3m", false}, "1234": {"1234", false},
		"cth-psq": {"psq", true}, "cth psq": {"psq", true}, "cthulhu": {"", false}, "lampu": {"", false}, "7k": {"", false}, "7k3mq99": {"", false}, "": {"", false},
		"rt 02": {"", false}, "sd 3": {"", false}, "lampu 7k3": {"", false}, "dekat sd3 baru": {"", false}, "7k3'; --": {"", false}, "%7k3%": {"", false},
	} {
		if part, only := numberPart("CTH", said); part != want.part || only != want.only {
			t.Errorf("%q is %q (%v), not %q", said, part, only, want.part)
		}
	}
}

// A list says how old each report is and how many there are besides, and veils numbers of people.
func TestWhatWasFound(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	h := &handling{office: o}
	h.ev.At = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for days, want := range map[int]string{0: "hari ini", 1: "kemarin", 2: "2 hari lalu", 59: "59 hari lalu", 60: "2 bulan lalu", 729: "24 bulan lalu", 730: "2 tahun lalu"} {
		if got := age(h.ev.At.AddDate(0, 0, -days), h.ev.At, o.Profile.Location()); got != want {
			t.Errorf("%d days are %q, not %q", days, got, want)
		}
	}
	r := report.Report{Code: "CTH-7K3MQ-9", Agency: "DPUPR", Status: report.Assigned, Filed: h.ev.At,
		Draft: report.Draft{Text: strings.Repeat("telepon 081234567890 ", 20), Visibility: report.Normal, Category: "jalan"}}
	for more, want := range map[int]string{0: "", 7: "… dan 7 lagi. Persempit", -7: "… dan lebih dari 7 lagi. Persempit"} {
		got := h.foundList("x", ledger.Found{Reports: []report.Report{r}, More: max(more, -more), AtLeast: more < 0}, narrowText)
		if !strings.Contains(got, want) || want == "" && strings.Contains(got, "lagi") || strings.Contains(got, "081") || len(got) > 400 {
			t.Errorf("%d more: %s", more, got)
		}
	}
}

// lists answers searches: the first with one list, that in other words with another.
type lists struct {
	Reader
	wide ledger.Found
}

func (l lists) Search(context.Context, ledger.Search) (ledger.Found, error) { return l.wide, nil }

// What says the same in other words stands behind what was found, each once, and what is left over is counted once.
func TestOtherWordsAreCountedOnce(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	reports := func(from, to report.ID) (out []report.Report) {
		for id := from; id < to; id++ {
			out = append(out, report.Report{ID: id})
		}
		return out
	}
	for _, c := range []struct {
		own, wide []report.Report
		more      int
		want      []report.ID
		left      int
	}{
		{reports(1, 4), reports(4, 14), 5, []report.ID{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 5}, // the three own ones are among the five older ones
		{reports(4, 7), reports(4, 14), 5, []report.ID{4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 5},
		{reports(1, 3), reports(1, 3), 0, []report.ID{1, 2}, 0},
		{nil, reports(1, 3), 0, []report.ID{1, 2}, 0},
	} {
		h := &handling{Desk: &Desk{Reader: lists{wide: ledger.Found{Reports: c.wide, More: c.more}}}, office: &casework.Office{Profile: p}}
		got, err := h.otherwise(ledger.Search{Words: []string{"lampu"}, Most: 10}, ledger.Found{Reports: c.own})
		if err != nil {
			t.Fatal(err)
		}
		var ids []report.ID
		for _, r := range got.Reports {
			ids = append(ids, r.ID)
		}
		if !slices.Equal(ids, c.want) || got.More != c.left {
			t.Errorf("%d and %d: %v, and %d more", len(c.own), len(c.wide), ids, got.More)
		}
	}
}

// A word for a matter finds what people call otherwise; what only tells what is wrong with it finds itself alone.
func TestAMatterIsFoundByItsOtherNames(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string][]string{"lampu": {"pju", "penerangan", "bohlam"}, "pju": {"lampu", "penerangan"}, "banjir": {"genangan"}, "padam": nil, "ciceri": nil, "xyz": nil} {
		got := strings.Split(synonyms(p, word), "|")
		if got[0] != word || want == nil && len(got) > 1 {
			t.Errorf("%q is called %q", word, got)
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%q is not called %q: %q", word, w, got)
			}
		}
	}
}
