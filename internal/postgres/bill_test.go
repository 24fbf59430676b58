package postgres

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/migrations"
)

// Each message counts once, however often and by however many programs it is told of, on its day and under its category.
func TestWhatWasDeliveredIsCountedOnce(t *testing.T) {
	t.Parallel()
	s, err := New(t.Context(), Options{Pool: testdb.Pool(t, migrations.At), Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	ref := func(n int) bot.MessageRef {
		return bot.MessageRef{Chat: bot.Address{Network: bot.WhatsAppCloud, ID: "ID.7"}, ID: fmt.Sprint("wamid.", n)}
	}
	november := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 30 {
				if _, err := s.Delivered(t.Context(), ref(n), []string{"utility", "service", "service"}[n%3], november.AddDate(0, 0, n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if fresh, err := s.Delivered(t.Context(), ref(3), "service", november); fresh || err != nil {
		t.Errorf("a message is counted again: %v, %v", fresh, err)
	}
	got, err := s.Bills(t.Context(), november, november.AddDate(0, 1, 0))
	if d := cmp.Diff([]ledger.Bill{{Network: bot.WhatsAppCloud, Category: "service", N: 20}, {Network: bot.WhatsAppCloud, Category: "utility", N: 10}}, got); err != nil || d != "" {
		t.Errorf("the month (-want +got):\n%s%v", d, err)
	}
	got, err = s.Bills(t.Context(), november, november.AddDate(0, 0, 1))
	if d := cmp.Diff([]ledger.Bill{{Network: bot.WhatsAppCloud, Category: "utility", N: 1}}, got); err != nil || d != "" {
		t.Errorf("its first day (-want +got):\n%s%v", d, err)
	}
	if err := s.Forget(t.Context(), time.Now().Add(ledger.Remembered+time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Bills(t.Context(), november, november.AddDate(0, 1, 0)); len(n) != 2 || err != nil {
		t.Errorf("what is counted is forgotten: %v, %v", n, err)
	}
}
