package postgres_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
)

// Steps are added up by the day, whoever counted them.
func TestFootfalls(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.FixedZone("WIB", 7*3600))
	tread := func(on time.Time, all ...ledger.Footfall) {
		t.Helper()
		if err := s.Trod(t.Context(), on, all); err != nil {
			t.Fatal(err)
		}
	}
	tread(day, ledger.Footfall{Network: bot.WhatsApp, Step: ledger.StepBegan, N: 3}, ledger.Footfall{Network: bot.Telegram, Step: ledger.StepBegan, N: 1},
		ledger.Footfall{Network: bot.WhatsApp, Step: ledger.StepBegan, N: 1})
	tread(day, ledger.Footfall{Network: bot.WhatsApp, Step: ledger.StepBegan, N: 2})
	tread(day.AddDate(0, 0, 6), ledger.Footfall{Network: bot.WhatsApp, Step: ledger.StepFiled, N: 4})
	tread(day.AddDate(0, 0, 7), ledger.Footfall{Network: bot.WhatsApp, Step: ledger.StepFiled, N: 9})
	got, err := s.Footfalls(t.Context(), day, day.AddDate(0, 0, 7))
	want := []ledger.Footfall{{Network: bot.Telegram, Step: ledger.StepBegan, N: 1}, {Network: bot.WhatsApp, Step: ledger.StepBegan, N: 6}, {Network: bot.WhatsApp, Step: ledger.StepFiled, N: 4}}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, d)
	}
}
