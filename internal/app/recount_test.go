package app

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// A changed profile is looked at first, and kept only where that is asked for.
func TestRecount(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	mem, office := casetest.NewMemory("SRG"), &casework.Office{Profile: p}
	filed := time.Date(2026, 11, 30, 2, 0, 0, 0, time.UTC)
	for i, category := range []string{"penerangan_jalan", "jalan_jembatan"} {
		id, code, err := mem.NextID(t.Context(), category)
		if err != nil {
			t.Fatal(err)
		}
		_, b := office.Open(casework.Filing{ID: id, Code: code, Cause: category, At: filed, Lang: "id", Reporter: bot.Address{Network: bot.WhatsApp, ID: string(rune('1' + i))},
			Draft: report.Draft{Kind: report.Complaint, Text: "x", Category: category}, Served: func(string) bool { return true }})
		if err := mem.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	now := func() time.Time { return filed.Add(time.Hour) }
	said := func(p *profile.Profile, apply bool) string {
		var out bytes.Buffer
		if err := recountDues(t.Context(), mem, p, apply, now, &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got := said(p, false); got != "2 open reports: all their clocks are as the profile says now\n" {
		t.Errorf("nothing changed: %s", got)
	}
	other := *p
	other.Clocks = append([]profile.Clock(nil), p.Clocks...)
	for i := range other.Clocks {
		if other.Clocks[i].Hours == 72 {
			other.Clocks[i].Hours, other.Clocks[i].Name = 96, "Jawaban pertama 2027"
		}
	}
	shown := said(&other, false)
	if !strings.Contains(shown, `answer  2026-12-03 09:00 -> 2026-12-04 09:00 ("Jawaban pertama 2027", was "Jawaban pertama")`) ||
		!strings.HasSuffix(shown, "1 of 2 open reports would have new due times. Nothing is changed yet; to keep this: rabeg recount --apply\n") {
		t.Errorf("shown:\n%s", shown)
	}
	if again := said(&other, false); again != shown {
		t.Errorf("looking changed something:\n%s", again)
	}
	if kept := said(&other, true); !strings.HasSuffix(kept, "1 of 2 open reports have new due times; citizens who were promised another day are told\n") {
		t.Errorf("kept:\n%s", kept)
	}
	if got := said(&other, true); !strings.HasPrefix(got, "2 open reports: all their clocks") {
		t.Errorf("kept twice: %s", got)
	}
	letters, err := mem.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, l := range letters {
		if l.Purpose == ledger.Notice && strings.Contains(l.Message.Text, "Jumat, 4 Des") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%d citizens are told", told)
	}
}
