package say

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rabeg/internal/report"
)

// The story tells its reporter what he or she did after filing, in both languages, and not how somebody said that he or she is afraid.
func TestTheStoryTellsWhatCameAfterFiling(t *testing.T) {
	t.Parallel()
	p := serang()
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	r := report.Report{Code: "SRG-7K3MQ-9", Status: report.Closed, Recalled: at, Ended: at, Draft: report.Draft{Text: "lampu mati"}}
	facts := []report.Fact{
		{At: at, What: report.WasFiled},
		{At: at, What: report.WasUrged, Words: "kapan pak"},
		{At: at, What: report.WasHidden, Visibility: report.Anonymous, Words: "takut"},
		{At: at, What: report.WasHidden, Visibility: report.Confidential},
		{At: at, What: report.WasLeft},
		{At: at, What: report.WasResumed},
		{At: at, What: report.WasRecalled, Words: "udah nyala"},
	}
	for lang, want := range map[string][]string{
		"id": {"Anda tarik", "Anda menanyakan kabarnya: “kapan pak”", "Anda menyembunyikan nama Anda", "Anda merahasiakan", "Anda mundur", "Anda melanjutkan", "Anda menarik laporan ini: “udah nyala”"},
		"en": {"taken back by you", "You asked for news: “kapan pak”", "You hid your name", "You made this report confidential", "You left", "You resumed", "You took this report back: “udah nyala”"},
	} {
		got := For(p, lang).Story(r, facts)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, got)
			}
		}
		if strings.Contains(got, "takut") {
			t.Errorf("%s: %s", lang, got)
		}
	}
}

// Who hides something after filing is told honestly what nobody can take back; who asks when is told the clock.
func TestWhatIsAnsweredAfterFilingIsTrue(t *testing.T) {
	t.Parallel()
	p := serang()
	due := time.Date(2026, 11, 26, 2, 0, 0, 0, time.UTC)
	r := report.Report{Code: "SRG-7K3MQ-9", Status: report.Assigned, Agency: "DISHUB", Due: due, Draft: report.Draft{Visibility: report.Anonymous}}
	planned := r
	planned.Status, planned.Until = report.Planned, due
	secret := r
	secret.Visibility = report.Confidential
	for lang, forget := range map[string]string{"id": "tidak bisa dibuat lupa", "en": "cannot be made to forget"} {
		v := For(p, lang)
		for _, s := range []string{v.Hidden(r), v.Hidden(secret)} {
			if n := utf8.RuneCountInString(s); !strings.Contains(s, forget) || n > screen {
				t.Errorf("%s, %d letters: %s", lang, n, s)
			}
		}
		for said, want := range map[string]string{v.News(r, nil, due.AddDate(0, 0, -1), true): v.Due(due), v.News(planned, nil, due.AddDate(0, 0, -1), true): v.LongDay(due)} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: no %q in %s", lang, want, said)
			}
		}
	}
}
