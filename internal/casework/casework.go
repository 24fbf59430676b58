// Package casework decides what happens to a report: pure decisions that end in a ledger.Batch, which a Store commits at
// once or not at all.
package casework

import (
	"slices"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// fetch is the job for a fact's files; ok is false where it has none that lie in a network.
func fetch(f report.Fact) (j ledger.FetchMedia, ok bool) {
	for _, m := range slices.Concat(f.Photos, f.Files) {
		if m.Network != bot.Store {
			return ledger.FetchMedia{Report: f.Report, Seq: f.Seq, Network: m.Network}, true
		}
	}
	return ledger.FetchMedia{}, false
}
