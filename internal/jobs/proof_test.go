package jobs_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// A photo by which work was said to be done is looked at when it is kept: where it is the citizen's own that is taken back, and where the
// citizen has heard of it by then the desk is told, once; a new one brings nothing, nor does one that was not the proof of anything. What came first is never blamed for what came after it.
func TestAnOldPhotoThatCameAsProof(t *testing.T) {
	t.Parallel()
	office := &casework.Office{Profile: casetest.Profile(), Desk: bot.Address{Network: bot.Telegram, ID: "-1"}}
	h := openWith(t, jobs.Models{Office: func() *casework.Office { return office }})
	gone := make(chan struct{})
	h.keep = func(data string) (ledger.File, error) {
		if data == "copy of dark 5" { // the citizen has been told by then
			<-gone
		}
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
		err := ledger.Again(t.Context(), func(error) error { // a job may stand in its way
			now, err := h.store.ByID(t.Context(), r.ID)
			if err != nil {
				return err
			}
			facts, err := h.store.Facts(t.Context(), r.ID)
			if err != nil {
				return err
			}
			after, b, err := office.Act(now, budi, a, casework.Occasion{Cause: cause, At: at, Facts: facts})
			if err != nil {
				return err
			}
			if err := h.store.Commit(t.Context(), b); err != nil {
				return err
			}
			r = after
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	old := file("e1", "dark 1", began)
	first := file("e2", "dark 2", began.Add(time.Minute))
	late := file("e7", "dark 4", began.Add(90*time.Second))
	fresh := file("e3", "bright, but it came last", began.Add(3*time.Hour))
	h.start()
	for range 4 { // a citizen's photo is kept long before work is done
		<-h.came
	}
	act("e4", old, report.Resolve{Words: "sudah", Photos: []bot.MediaRef{photo("dark again")}}, began.Add(time.Hour))
	act("e5", first, report.Resolve{Words: "sudah", Photos: []bot.MediaRef{photo("bright 1")}}, began.Add(2*time.Hour))
	act("e6", fresh, report.Reply{Words: "kami lihat", Photos: []bot.MediaRef{photo("dark 3")}}, began.Add(4*time.Hour))
	act("e8", late, report.Resolve{Words: "sudah", Photos: []bot.MediaRef{photo("dark 5")}}, began.Add(time.Hour))
	if _, err := h.store.Pool.Exec(t.Context(), `UPDATE letters SET state = 'sent' WHERE key LIKE 'e8/n%'`); err != nil {
		t.Fatal(err)
	}
	close(gone)
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
	for range 4 + 2 { // each file is told of, and so is each old photo
		<-h.came
	}
	got := told()
	want := map[report.ID][]string{old.ID: {"card4", "unproved"}, late.ID: {"city", "office"}}
	var all []string
	for _, r := range []report.Report{old, late} {
		for _, what := range want[r.ID] {
			all = append(all, fmt.Sprintf("job:proof:%d:3/%s", r.ID, what))
		}
	}
	slices.Sort(all)
	if d := cmp.Diff(all, got); d != "" {
		t.Errorf("the desk heard (-want +got):\n%s", d)
	}
	for id, status := range map[report.ID]report.Status{old.ID: report.Assigned, late.ID: report.Resolved, first.ID: report.Resolved} {
		if r, err := h.store.ByID(t.Context(), id); err != nil || r.Status != status {
			t.Errorf("it is %s, not %s (%v)", r.Status, status, err)
		}
	}
}
