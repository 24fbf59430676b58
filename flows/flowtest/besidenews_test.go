package flowtest

import (
	"strings"
	"testing"

	"rabeg/internal/report"
)

// What is told beside a question reaches the office, unless a reminder carries it; a bare question is answered with how it stands, and that is all.
func TestWhatIsToldBesideAQuestion(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	e := situation(t, whole(p, finder, reader), p, "late")
	if err := e.Act("jawab: lampunya sudah bisa dicek senin"); err != nil {
		t.Fatal(err)
	}
	for words, told := range map[string]bool{
		"maksudnya senin kapan? resi sy ilang gmn": true, "katanya pak bisa diambil, saya kesana dibilang belum. gmn sih": true,
		"kapan?": false, "gimana kabarnya": false, "??": false, "senin jam berapa?": false, "kapan lampunya dibenerin pak": false, "udah bener blm lampunya?": false,
	} {
		got := strings.Join(meanwhileIn(t, e.Copy(), words), " ;; ")
		if passed := strings.Contains(got, "! add to"); passed != told || told != strings.Contains(got, "Tulisan Anda saya sampaikan ke Dishub") {
			t.Errorf("%q: told %v: %s", words, passed, got)
		}
		if !strings.Contains(got, "< ") {
			t.Errorf("%q is not answered", words)
		}
	}
}

// Who reads that a report was joined with another and fears for it is told that nothing is lost, and the officers read the fear.
func TestAJoinedReportIsNotLost(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for _, words := range []string{"kok digabung? laporan saya ilang dong", "lah kok digabung, ini beda tempat pak", "kenapa digabung sama punya orang",
		"kok digabung? beda lampu itu", "itu mah lampu lain pak", "ga sama, lampu saya yang depan sd"} {
		e := situation(t, m, p, "late")
		e.reports[0].Status, e.reports[0].With = report.Merged, &report.Joined{ID: 99, Code: "SRG-7K3MQ-9"}
		got := strings.Join(meanwhileIn(t, e, words), " ;; ")
		if !strings.Contains(got, "! add to") || !strings.Contains(got, "Tidak ada yang hilang") {
			t.Errorf("%q: %s", words, got)
		}
	}
}
