package flowtest

import (
	"encoding/json"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
)

// BenchmarkStep is one message of a usual dialogue: step, and the state written and reread, as the engine does it. It
// reports the size of the state.
func BenchmarkStep(b *testing.B) {
	m, city := Machine(), City()
	city.Location()
	bodies := []bot.Body{
		bot.Text{Text: "assalamualaikum pak, mau lapor got mampet sudah seminggu dan baunya sampai ke rumah warga"},
		bot.Location{Lat: -6.12, Lon: 106.15},
		bot.Photo{Media: media("AgACAgUAAxkBAAIBZ2c9e1l5dGVzdGZpbGVpZGxvbmdlbm91Z2h0b2JlcmVhbAAC", "image/jpeg")},
		bot.Text{Text: "di depan masjid persis, airnya masuk ke teras kalau hujan"},
		bot.Text{Text: "batal"},
		bot.Text{Text: "urungkan"},
	}
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	var kept []byte
	biggest, n := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		var s flows.State
		var err error
		if n%len(bodies) != 0 {
			if s, err = m.Read(kept); err != nil {
				b.Fatal(err)
			}
		}
		at = at.Add(7 * time.Second)
		s, out := m.Step(s, flows.Said{Event: bot.Event{ID: "12345", At: at, Body: bodies[n%len(bodies)]}})
		if len(out) == 0 {
			b.Fatal("no answer")
		}
		if kept, err = json.Marshal(s); err != nil {
			b.Fatal(err)
		}
		biggest = max(biggest, len(kept))
		n++
	}
	b.ReportMetric(float64(biggest), "state-bytes")
}
