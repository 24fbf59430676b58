package flowtest

import (
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
)

// BenchmarkSequel is one message that is said to a filed report, from the words to what is done with them, each line only once in a
// while: what was read of it before is forgotten.
func BenchmarkSequel(b *testing.B) {
	p, finder, reader := builtin(b)
	m := whole(p, finder, reader)
	lines, _ := unquoted(b, "unquoted-dev.tsv")
	more, _ := unquoted(b, "unquoted-dev2.tsv")
	third, _ := unquoted(b, "unquoted-dev3.tsv")
	lines = append(append(lines, more...), third...)
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	lamp := report.Report{ID: 1, Code: "SRG-7K3MQ-9", Status: report.Assigned, Filed: at.Add(-72 * time.Hour), Agency: "dishub",
		Draft: report.Draft{Text: "lampu jalan mati di depan SD 3 Kasemen", Category: "penerangan_jalan", Place: report.Place{Said: "Kasemen"}}}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		at = at.Add(time.Hour)
		s, out := m.Step(flows.State{}, flows.Said{Event: bot.Event{ID: "1", At: at, Body: bot.Text{Text: lines[n%len(lines)][0]}}})
		for _, e := range out {
			if _, looks := e.(flows.Look); looks {
				m.Step(s, flows.Found{Mine: []report.Report{lamp}})
			}
		}
		n++
	}
}
