package desk

import (
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
