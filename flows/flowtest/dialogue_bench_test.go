package flowtest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
)

// BenchmarkDialogue is the dialogue of rabeg-lab bench through the product's own reader, flows and places: one greeting, one complaint,
// one pin, one more sentence, sent. The state is written and read between the messages, as the engine does it.
func BenchmarkDialogue(b *testing.B) {
	p, finder, r := builtin(b)
	m := whole(p, finder, r)
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		bodies := []bot.Body{
			bot.Text{Text: "halo"},
			bot.Text{Text: fmt.Sprintf("lampu pju mati dari kemarin, jalan gelap sekali, tiang %d rt %d", n%9973, n%97)},
			bot.Location{Lat: -6.1116 + float64(n%360)*0.00001, Lon: 106.2},
			bot.Text{Text: "warga sudah lama menunggu perbaikannya"},
			bot.Text{Text: "kirim"},
		}
		var kept []byte
		filed := false
		for i, body := range bodies {
			at = at.Add(time.Second)
			ev := bot.Event{ID: bot.EventID(fmt.Sprint(n, i)), Chat: bot.Address{Network: bot.Telegram, ID: fmt.Sprint(n)}, At: at, Body: body}
			queue := []flows.Input{flows.Said{Event: ev}}
			s, err := m.Read(kept)
			if err != nil {
				b.Fatal(err)
			}
			for len(queue) > 0 {
				var out []flows.Effect
				s, out = m.Step(s, queue[0])
				queue = queue[1:]
				for _, e := range out {
					switch e := e.(type) {
					case flows.Look:
						queue = append(queue, flows.Found{})
					case flows.Seek:
						queue = append(queue, flows.Sought{Draft: e.Draft.ID})
					case flows.Inquire:
						queue = append(queue, flows.Known{})
					case flows.File:
						filed = true
						queue = append(queue, flows.Filed{Report: report.Report{ID: 7, Code: report.NewCode("SRG", 7), Draft: e.Draft, Status: report.Received}})
					}
				}
			}
			if kept, err = json.Marshal(s); err != nil {
				b.Fatal(err)
			}
		}
		if !filed {
			b.Fatal("nothing was filed")
		}
	}
}
