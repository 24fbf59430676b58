package lab

import (
	"context"
	"testing"
	"time"

	"rabeg/internal/sim/warelay"
)

// What people write on the local WhatsApp is of the time to which the lab's clock was turned, also while it runs.
func TestWhatsAppGoesByTheLabsClock(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var clock turned
	r, err := WhatsApp(ctx, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	budi, err := r.Person(ctx, "6281200000071", "Budi")
	if err != nil {
		t.Fatal(err)
	}
	defer budi.Disconnect()
	siti, err := r.Person(ctx, "6281200000072", "Siti")
	if err != nil {
		t.Fatal(err)
	}
	defer siti.Disconnect()
	for i, ahead := range []time.Duration{0, 72 * time.Hour, 30 * 24 * time.Hour} {
		clock.ahead.Store(int64(ahead))
		before := clock.Now()
		if _, err := budi.Text(ctx, "6281200000072@s.whatsapp.net", "halo"); err != nil {
			t.Fatal(err)
		}
		var got warelay.Received
		if _, err := siti.Wait(ctx, func(in warelay.Inbox) bool {
			if len(in.Messages) <= i {
				return false
			}
			got = in.Messages[i]
			return true
		}); err != nil {
			t.Fatal(err)
		}
		if d := got.At.Sub(before); d < -2*time.Second || d > time.Hour { // stanzas tell whole seconds
			t.Errorf("turned by %s it was written at %v, %s off", ahead, got.At, d)
		}
	}
}
