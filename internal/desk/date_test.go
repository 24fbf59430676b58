package desk

import (
	"testing"
	"time"

	"rabeg/internal/casework/casetest"
)

func TestSplitDate(t *testing.T) {
	t.Parallel()
	p := casetest.Profile() // Asia/Jakarta: a day ends at 23.59 there, 16.59 UTC
	for text, want := range map[string]string{
		"31-12-2026 menunggu anggaran": "2026-12-31|menunggu anggaran",
		"31/12/2026 x":                 "2026-12-31|x",
		"31.12.2026":                   "2026-12-31|",
		"2026-12-31 x y":               "2026-12-31|x y",
		"1 Des 2026 x":                 "2026-12-01|x",
		"1 desember 2026":              "2026-12-01|",
		"17 agt 2027 upacara":          "2027-08-17|upacara",
		"29-02-2028":                   "2028-02-29|",
		"29-02-2027 x":                 "",
		"32-01-2027":                   "",
		"1-13-2027":                    "",
		"besok":                        "",
		"1 ma 2027":                    "",
		"":                             "",
		"31-12-26 x":                   "",
	} {
		got, rest, ok := splitDate(p, text)
		said := ""
		if ok {
			said = got.In(p.Location()).Format(time.DateOnly) + "|" + rest
			if h, m, _ := got.Clock(); h != 16 || m != 59 {
				t.Errorf("%q ends at %v", text, got)
			}
		}
		if said != want {
			t.Errorf("%q: %q, want %q", text, said, want)
		}
	}
}
