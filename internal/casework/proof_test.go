package casework_test

import (
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// An old photo is no proof when it comes back as it was, in a mirror or with a little cut off, and says of which report it is; a new one is.
func TestAnOldPhotoInDisguiseIsNoProof(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	shot := bot.MediaRef{Network: bot.WhatsApp, ID: "old"}
	other := report.Report{ID: 7, Code: "CTH-PSES3-Y"}
	facts := []report.Fact{{Report: 7, Seq: 1, At: at, What: report.WasFiled, By: report.Actor{Role: report.Citizen}, Photos: []bot.MediaRef{shot}}}
	kept := []ledger.Picture{{Report: 7, From: shot, File: ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "aa"}, Look: "00ff00ff00ff00ff", Disguises: "123456789abcdef0 fedcba9876543210"}}}
	load := func(report.ID) (report.Report, []report.Fact, error) { return other, facts, nil }
	for look, old := range map[string]bool{"00ff00ff00ff00ff": true, "123456789abcdef1": true, "fedcba9876543210": true, "0f0f0f0f0f0f0f0f": false, "": false} {
		p := casework.Proving{Alike: ledger.Alike{Report: 9, From: bot.MediaRef{Network: bot.Telegram, ID: "new"}, Look: look}, Report: report.Report{ID: 9}, At: at.Add(time.Hour)}
		u, err := casework.UsedBefore(p, kept, load)
		if err != nil || (u != nil) != old || old && (u.Report.Code != other.Code || !u.Citizen) {
			t.Errorf("%q: %+v, %v", look, u, err)
		}
	}
}
