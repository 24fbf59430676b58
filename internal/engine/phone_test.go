package engine_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// phone lets somebody of the office write to ani by hand, told until it is taken, and once more with other words.
func (p *play) phone(n int, words, others string) {
	p.t.Helper()
	for taken := 0; taken < 2; {
		err := p.life.engine.Phoned(p.t.Context(), casework.Phoned{To: ani, Words: words}, fmt.Sprintf("wa:%d", n), began.Add(time.Duration(n)*time.Minute))
		switch {
		case err == nil:
			taken++
			words = others
		case errors.Is(err, errDead):
			p.life.end()
			p.life = p.live()
		default:
			p.t.Fatalf("by hand: %v", err)
		}
	}
	p.quiet()
}

// told are the facts of one kind.
func told(facts []report.Fact, what report.What) []report.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f report.Fact) bool { return f.What != what })
}

// busyStore lets somebody else change the report between reading and writing, so many times.
type busyStore struct {
	*postgres.Store
	office *casework.Office
	times  int
}

func (s *busyStore) LastActive(ctx context.Context, who bot.Address, limit int) ([]report.Report, error) {
	reports, err := s.Store.LastActive(ctx, who, limit)
	if err == nil && s.times > 0 && len(reports) > 0 {
		s.times--
		r := reports[0]
		by := report.Actor{Role: report.Coordinator, ID: "telegram:1", Name: "Rina"}
		_, b, err := s.office.Act(r, by, report.Note{Words: "x"}, casework.Occasion{Cause: r.Filed.String() + string(rune('a'+s.times)), At: r.Filed})
		if err != nil {
			return nil, err
		}
		return reports, s.Commit(ctx, b)
	}
	return reports, err
}

func TestPhoned(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	store, err := postgres.New(ctx, postgres.Options{Pool: testdb.Pool(t, migrations.At), Prefix: "CTH"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	office := &casework.Office{Profile: casetest.Profile(), Desk: deskAt}
	cases := &busyStore{Store: store, office: office}
	e := engine.New(engine.Options{Cases: engine.Cases{Store: store, Citizens: cases, Stumbles: store}, Office: func() *casework.Office { return office }, Now: time.Now,
		Log: slog.New(slog.DiscardHandler)})
	byHand := func(cause, words string) error {
		return e.Phoned(ctx, casework.Phoned{To: ani, Words: words}, cause, began.Add(time.Hour))
	}
	if err := byHand("wa:0", "siapa ini?"); err != nil {
		t.Errorf("a citizen without a report: %v", err)
	}
	id, code, err := store.NextID(ctx, "file")
	if err != nil {
		t.Fatal(err)
	}
	_, b := office.Open(casework.Filing{ID: id, Code: code, Reporter: ani, Cause: "file", At: began,
		Draft: report.Draft{Text: "x", Category: "jalan", Visibility: report.Normal}})
	if err := store.Commit(ctx, b); err != nil {
		t.Fatal(err)
	}
	cases.times = 3
	for range 2 {
		if err := byHand("wa:1", "segera"); err != nil {
			t.Errorf("while others change the report: %v", err)
		}
	}
	facts, err := store.Facts(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if got := told(facts, report.WasPhoned); len(got) != 1 || got[0].Words != "segera" {
		t.Errorf("on record: %+v", got)
	}
	if w, err := store.Whole(ctx, id); err != nil || w.Delivery.State != ledger.NoLetter {
		t.Errorf("the citizen gets a letter: %+v (%v)", w.Delivery, err)
	}
	cases.times = 99
	if err := byHand("wa:2", "lagi"); !errors.Is(err, ledger.ErrStale) {
		t.Errorf("a report that is never at rest: %v", err)
	}
}
