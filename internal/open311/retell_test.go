package open311_test

import (
	"context"
	"testing"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/open311"
	"rabeg/internal/report"
)

// owing is a store in which clients are owed news, each a moment of so many reports, and a network on which calls take their time.
type owing struct {
	open311.HookStore
	owed []ledger.Owed
	of   map[report.ID]string
	slow map[string]time.Duration
	now  time.Time
	told map[string]int
}

func (o *owing) Owed(context.Context, time.Time, time.Time, int) ([]ledger.Owed, error) {
	return o.owed, nil
}

func (o *owing) Claim(_ context.Context, id report.ID, _, _ time.Time) (ledger.Client, report.Code, int, bool, error) {
	return ledger.Client{ID: o.of[id], Hook: o.of[id]}, "SRG-22222-2", 1, true, nil
}

func (o *owing) Told(_ context.Context, id report.ID, _ int) error {
	o.told[o.of[id]]++
	return nil
}

func (o *owing) Unclaim(context.Context, report.ID) error { return nil }

func (o *owing) Displays(context.Context, ledger.DisplayQuery) ([]report.Display, error) {
	return []report.Display{{Code: "SRG-22222-2", Story: []report.Moment{{Seq: 2, What: report.WasTaken, At: morning.Add(-time.Hour)}}}}, nil
}

// A client that answers slowly and is owed very much keeps no other waiting, whatever they are called; what is left comes the next time.
func TestASlowClientKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	o := &owing{of: map[report.ID]string{}, slow: map[string]time.Duration{"aa": 5 * time.Second, "mm": 5 * time.Second}, now: morning, told: map[string]int{}}
	for client, n := range map[string]int{"aa": 500, "mm": 500, "zz": 3} {
		for range n {
			id := report.ID(len(o.owed) + 1)
			o.of[id] = client
			o.owed = append(o.owed, ledger.Owed{Report: id, Client: client})
		}
	}
	h := &open311.Hooks{Profile: serang().Profile, Public: o, Store: o, Now: func() time.Time { return o.now },
		Send: func(_ context.Context, client string, _ bool, _ map[string]string, _ []byte) error {
			if o.now = o.now.Add(o.slow[client]); o.now.Sub(morning) >= 75*time.Second {
				end() // a job has no more
			}
			return nil
		}}
	if err := h.Retell(ctx); err != nil {
		t.Fatal(err)
	}
	if o.told["zz"] != 3 || o.told["aa"] < 6 || o.told["mm"] < 6 || o.told["aa"]+o.told["mm"] != 15 {
		t.Errorf("within one job they heard %v", o.told)
	}
}
