package jobs_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// A photo by which work was said to be done is looked at when it is kept: where it is the citizen's own the desk hears of it, once; a
// new one brings nothing, nor does one that was not the proof of anything. What came first is never blamed for what came after it.
func TestAnOldPhotoThatCameAsProof(t *testing.T) {
	t.Parallel()
	office := &casework.Office{Profile: casetest.Profile(), Desk: bot.Address{Network: bot.Telegram, ID: "-1"}}
	h := openWith(t, jobs.Models{Office: func() *casework.Office { return office }})
	h.keep = func(data string) (ledger.File, error) {
		look := map[bool]string{true: "0123456789abcdef", false: "fedcba9876543210"}[strings.Contains(data, "dark")]
		return ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: data}, Look: look}, nil
	}
	began := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	budi := report.Actor{Role: report.Operator, ID: "telegram:9", Name: "Budi", Home: "DISHUB", Chat: office.Desk}
	file := func(cause, picture string, at time.Time) report.Report {
		t.Helper()
		id, code, err := h.store.NextID(t.Context(), cause)
		if err != nil {
			t.Fatal(err)
		}
		r, b := office.Open(casework.Filing{ID: id, Code: code, Reporter: chat, Cause: cause, At: at, Served: func(string) bool { return true },
			Draft: report.Draft{Text: "lampu mati", Category: "penerangan_jalan", Visibility: report.Normal, Photos: []bot.MediaRef{photo(picture)}}})
		if err := h.store.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		return r
	}
	act := func(cause string, r report.Report, a report.Action, at time.Time) report.Report {
		t.Helper()
		facts, err := h.store.Facts(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		r, b, err := office.Act(r, budi, a, casework.Occasion{Cause: cause, At: at, Facts: facts})
		if err == nil {
			err = h.store.Commit(t.Context(), b)
		}
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	old := file("e1", "dark 1", began)
	first := file("e2", "dark 2", began.Add(time.Minute))
	fresh := file("e3", "bright, but it came last", began.Add(3*time.Hour))
	h.start()
	for range 3 { // a citizen's photo is kept long before work is done
		<-h.came
	}
	act("e4", old, report.Resolve{Words: "sudah", Photos: []bot.MediaRef{photo("dark again")}}, began.Add(time.Hour))
	act("e5", first, report.Resolve{Words: "sudah", Photos: []bot.MediaRef{photo("bright 1")}}, began.Add(2*time.Hour))
	act("e6", fresh, report.Reply{Words: "kami lihat", Photos: []bot.MediaRef{photo("dark 3")}}, began.Add(4*time.Hour))
	told := func() (keys []string) {
		rows, err := h.store.Pool.Query(t.Context(), `SELECT key FROM letters WHERE key LIKE 'job:proof:%' ORDER BY key`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var key string
			if err := rows.Scan(&key); err != nil {
				t.Fatal(err)
			}
			keys = append(keys, key)
		}
		return keys
	}
	for range 3 + 1 { // each file is told of, and so is the old photo
		<-h.came
	}
	want := []string{"city", "office"}
	got := told()
	if len(got) != len(want) {
		t.Fatalf("the desk heard %v", got)
	}
	for i, key := range got {
		if !strings.Contains(key, "/"+want[i]) || !strings.HasPrefix(key, fmt.Sprintf("job:proof:%d:", old.ID)) {
			t.Errorf("the desk heard %v", got)
		}
	}
}
