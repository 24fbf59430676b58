package migrations

import (
	"context"
	"testing"
	"time"
)

// Wake-ups that wait while the program is made new are timers afterwards.
func TestWakesBecomeTimers(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 10, 0, 0, 123456000, time.UTC)
	db, dsn := filled(t, 6, `INSERT INTO wakes (chat, draft, at) VALUES ('telegram:7', 'd7', $1), ('whatsapp:8', 'd8', $2)`, at.Add(time.Hour), at)
	if err := At(context.Background(), dsn); err != nil {
		t.Fatal(err)
	}
	var subject, kind, rev string
	var when time.Time
	var n int
	const find = `SELECT kind, subject, at, rev, (SELECT count(*) FROM timers) FROM timers WHERE tries = 0 AND again IS NULL ORDER BY at LIMIT 1`
	if err := db.QueryRowContext(t.Context(), find).Scan(&kind, &subject, &when, &rev, &n); err != nil {
		t.Fatal(err)
	}
	if kind != "wake" || subject != "whatsapp:8" || rev != "d8" || !when.Equal(at) || n != 2 {
		t.Errorf("%d timers, the first %s of %s at %v for %s", n, kind, subject, when, rev)
	}
}
