package desk

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// News that was held because the number may be somebody else's by now is marked on the card; where nobody may learn who the reporter is,
// it does not tell on which network he or she writes.
func TestTheCardSaysThatANumberMayBeAStrangers(t *testing.T) {
	t.Parallel()
	for visibility, want := range map[report.Visibility]string{report.Normal: "gagal: " + ledger.Stranger, report.Anonymous: "gagal: tidak bisa sampai lagi"} {
		r := report.Report{ID: 7, Code: "CTH-7", Status: report.Assigned, Agency: "DISHUB", Reporter: bot.Address{Network: bot.WhatsApp, ID: "1@lid"},
			Draft: report.Draft{Text: "lampu mati", Category: "penerangan_jalan", Visibility: visibility}}
		m := card(verbs, View{Profile: casetest.Profile(), Report: r, Delivery: ledger.Delivery{State: ledger.Failed, Why: ledger.Stranger}})
		if !strings.Contains(m.Text, "Kabar terakhir ke warga: "+want) {
			t.Errorf("%s: %s", visibility, m.Text)
		}
	}
}
