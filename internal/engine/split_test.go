package engine_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// splitting splits a report by an officer's word, as the desk does it: a number drawn, the batch settled under the event's cause.
func (s *stand) splitting(o *casework.Office, id report.ID, words, cause string) error {
	officer := report.Actor{Role: report.Coordinator, ID: "telegram:21", Name: "Rina", Chat: deskAt}
	return ledger.Settle(s.Context(), s.store, func(error) (ledger.Batch, error) {
		ctx := context.WithoutCancel(s.Context())
		w, err := s.store.Whole(ctx, id)
		if err != nil {
			return ledger.Batch{}, err
		}
		a := report.Split{Part: report.Draft{Text: words, Category: "sampah_kebersihan", Place: w.Report.Place}}
		if a.ID, a.Code, err = s.store.NextID(ctx, cause); err != nil {
			return ledger.Batch{}, err
		}
		for _, p := range w.Report.Parts {
			part, err := s.store.ByID(ctx, p.ID)
			if err != nil {
				return ledger.Batch{}, err
			}
			a.Before = append(a.Before, part)
		}
		_, b, err := o.Act(w.Report, officer, a, casework.Occasion{Cause: cause, At: began.Add(48 * time.Hour), Facts: w.Facts})
		if _, refused := casework.AsRefusal(err); refused {
			return ledger.Batch{}, nil
		}
		return b, err
	})
}

// However often a word to split is delivered, and whoever says it at the same time, there is one second report: with one owner, the
// reporter's, as hidden as the first, and the citizen has one letter with both numbers.
func TestAReportIsSplitOnce(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	o := s.office()
	s.at(budi, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap, sekalian sampah numpuk di depan pasar"})
	s.at(budi, bot.Location{Lat: -6.1227, Lon: 106.1754})
	s.at(budi, bot.Text{Text: "satu aja"}) // and an officer takes it apart all the same
	s.at(budi, bot.Text{Text: "kirim secara rahasia"})
	s.at(budi, bot.Text{Text: "1"}) // of the categories that it may be
	s.at(budi, bot.Text{Text: "kirim"})
	mine, err := s.store.Mine(s.Context(), budi, 9)
	if err != nil || len(mine) != 1 {
		t.Fatalf("budi has filed %d reports (%v): %s", len(mine), err, s.lastTo(budi).Message.Text)
	}
	first := mine[0]
	if first.Visibility != report.Confidential {
		t.Fatalf("it is %s", first.Visibility)
	}
	var all sync.WaitGroup
	for _, cause := range []string{"desk:1", "desk:1", "desk:2", "desk:3"} {
		all.Go(func() {
			if err := s.splitting(o, first.ID, "sampah numpuk di depan pasar", cause); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := s.splitting(o, first.ID, "sampah numpuk di depan pasar", "desk:1"); err != nil { // delivered again, long after
		t.Error(err)
	}
	mine, err = s.store.Mine(s.Context(), budi, 9)
	if err != nil || len(mine) != 2 {
		t.Fatalf("budi has %d reports (%v)", len(mine), err)
	}
	w := s.whole(first.ID)
	if len(w.Report.Parts) != 1 {
		t.Fatalf("parts: %+v", w.Report.Parts)
	}
	part := s.whole(w.Report.Parts[0].ID)
	r := part.Report
	if r.PartOf == nil || r.PartOf.ID != first.ID || r.Reporter != budi || r.Visibility != first.Visibility || !r.Filed.Equal(first.Filed) || !r.Owned() {
		t.Errorf("the part: %+v", r)
	}
	if again := report.Fold(report.Origin(r), part.Facts); again.Rev != r.Rev || again.Agency != r.Agency || again.PartOf == nil {
		t.Errorf("the part does not follow from its facts: %+v", again)
	}
	l := s.lastTo(budi)
	if !strings.Contains(l.Message.Text, string(r.Code)) || !strings.Contains(l.Message.Text, string(first.Code)) {
		t.Errorf("budi reads %q", l.Message.Text)
	}
	var told, leaked int
	if err := s.store.Pool.QueryRow(s.Context(), `SELECT count(*) FILTER (WHERE purpose = 'notice'), count(*) FILTER (WHERE lane = $2 AND doc::text LIKE '%numpuk%') FROM letters WHERE report = $1 OR report = $3`,
		int64(first.ID), deskAt.String(), int64(r.ID)).Scan(&told, &leaked); err != nil {
		t.Fatal(err)
	}
	if told != 1 || leaked != 0 {
		t.Errorf("%d letters tell of it, %d of the desk's hold the words", told, leaked)
	}
}

func (s *stand) office() *casework.Office {
	s.Helper()
	c, err := serang()
	if err != nil {
		s.Fatal(err)
	}
	return &casework.Office{Profile: c.profile, Desk: deskAt}
}
