package jobs_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Three lamps are late at once, several programs look, one of the reports is gone: everybody hears once, in one letter, and each clock
// goes on. The roll call is read once as well, and none that was slept through is made up for.
func TestTheLadderAndTheRollCall(t *testing.T) {
	t.Parallel()
	office := &casework.Office{Profile: casetest.Profile()}
	h := openWith(t, jobs.Models{Office: func() *casework.Office { return office }})
	filed := time.Date(2026, 11, 23, 9, 0, 0, 0, wib)
	now := filed.Add(26 * time.Hour) // Tuesday, 11:00
	h.still.Store(&now)
	for i := range 3 {
		cause := fmt.Sprint("file ", i)
		id, code, err := h.store.NextID(t.Context(), cause)
		if err != nil {
			t.Fatal(err)
		}
		_, b := office.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: filed, Lang: "id", Reporter: bot.Address{Network: bot.Telegram, ID: fmt.Sprint(i)},
			Draft: report.Draft{Kind: report.Complaint, Text: "lampu mati", Category: "penerangan_jalan"}, Served: func(string) bool { return true }})
		if err := h.store.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	h.set("gone", ledger.Timer{Kind: ledger.ClockTimer, Subject: ledger.OfReport(9999), At: filed})
	if err := h.store.Commit(t.Context(), office.FirstRoll(filed)); err != nil { // the one of Monday, 13:00
		t.Fatal(err)
	}
	var programs sync.WaitGroup
	for range 4 {
		programs.Go(func() {
			for range 3 {
				if err := h.jobs.Ring(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	programs.Wait()
	h.ringOut()
	letters := func(where string) []string {
		return h.list(`SELECT purpose || ' ' || coalesce(doc ->> 'Room', '') FROM letters WHERE ` + where + ` ORDER BY id`)
	}
	h.wants("citizens", len(letters(`purpose = 'notice'`)), 3)
	h.wants("rooms", letters(`purpose = 'desk'`), []string{"desk DISHUB", "desk "})
	h.wants("clocks that go on", h.list(`SELECT kind || ' ' || count(*) || ' ' || min(to_char(at AT TIME ZONE 'Asia/Jakarta', 'DD-MM HH24:MI')) FROM timers GROUP BY kind ORDER BY kind`),
		[]string{"clock 3 25-11 09:00", "roll 1 24-11 13:00"})
	afternoon := filed.Add(28*time.Hour + time.Minute) // Tuesday, 13:01
	h.still.Store(&afternoon)
	for range 3 {
		h.ringOut()
	}
	h.wants("roll call", letters(`purpose = 'desk' AND key LIKE 'roll:%'`), []string{"desk DISHUB", "desk "})
}

// farStore is a store so far away that within the time of one commit no more than so many reports can be read.
type farStore struct {
	jobs.Store
	most int
	mu   sync.Mutex
	read map[context.Context]int
}

func (f *farStore) ByID(ctx context.Context, id report.ID) (report.Report, error) {
	f.mu.Lock()
	f.read[ctx]++
	n := f.read[ctx]
	f.mu.Unlock()
	if n > f.most {
		<-ctx.Done()
		return report.Report{}, ctx.Err()
	}
	return f.Store.ByID(ctx, id)
}

// On a morning on which more is due than can be read in time of a database that is far away, the ladder goes up all the same, in parts, and no
// clock fails.
func TestTheLadderFarFromItsDatabase(t *testing.T) {
	t.Parallel()
	office := &casework.Office{Profile: casetest.Profile()}
	h := openWith(t, jobs.Models{Office: func() *casework.Office { return office }})
	filed := time.Date(2026, 11, 23, 9, 0, 0, 0, wib)
	now := filed.Add(26 * time.Hour)
	h.still.Store(&now)
	const many = 60
	for i := range many {
		cause := fmt.Sprint("file ", i)
		id, code := h.store.Draw(cause)
		_, b := office.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: filed, Lang: "id", Reporter: bot.Address{Network: bot.Telegram, ID: fmt.Sprint(i)},
			Draft: report.Draft{Kind: report.Complaint, Text: "lampu mati", Category: "penerangan_jalan"}, Served: func(string) bool { return true }})
		if err := h.store.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	h.jobs.Behind(func(s jobs.Store) jobs.Store { return &farStore{Store: s, most: 20, read: map[context.Context]int{}} })
	h.jobs.Hurry(8 * time.Second)
	for range 9 {
		if err := h.jobs.Ring(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	h.wants("clocks that go on, and how often they failed", h.list(`SELECT count(*) || ' ' || sum(tries) || ' ' || min(to_char(at AT TIME ZONE 'Asia/Jakarta', 'DD-MM HH24:MI')) FROM timers WHERE kind = 'clock'`),
		[]string{fmt.Sprint(many, " 0 25-11 09:00")})
	h.wants("citizens", len(h.list(`SELECT id::text FROM letters WHERE purpose = 'notice'`)), many)
}
