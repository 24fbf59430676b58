package flowtest

import (
	"strings"
	"testing"
	"time"
)

// After the verdict, and after the mark, what is wrong still or again opens the report anew; a message that was sent wrongly opens nothing.
func TestWrongAgainAfterTheVerdict(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for _, mark := range []string{"", "5", "bagus lah, lima"} {
		for words, again := range map[string]bool{"eh ternyata masih salah": true, "lah mati lagi": true, "eh salah lagi pak": true, "salah kirim lagi": false, "makasih ya pak": false} {
			e := situation(t, m, p, "resolved")
			meanwhileIn(t, e, "udh beres pa nuhun")
			if mark != "" {
				meanwhileIn(t, e, mark)
			}
			if mark != "" && e.reports[0].Stars != 5 {
				t.Errorf("%q gives %d stars", mark, e.reports[0].Stars)
			}
			if err := e.Pass(2 * time.Hour); err != nil {
				t.Fatal(err)
			}
			got := strings.Join(meanwhileIn(t, e, words), " ;; ")
			if opened := strings.Contains(got, "! judged belum"); opened != again {
				t.Errorf("%q after %q: opened again %v: %s", words, mark, opened, got)
			}
		}
	}
}

// A question behind thanks is answered; thanks alone are welcomed.
func TestQuestionBehindThanks(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	e := situation(t, whole(p, finder, reader), p, "two")
	for words, want := range map[string]string{
		"mksh pa. eh yg sampah gmn?": "🗑️ Sampah", "makasih pak, yang lampu kapan?": "💡 Lampu jalan", "nuhun, sampahna iraha diangkutna?": "🗑️ Sampah",
		"mksh, td yg sampah udah sampe mana ya?": "🗑️ Sampah", "makasih pak, mantap": "Sama-sama", "mksh pa": "Sama-sama",
	} {
		if got := strings.Join(meanwhileIn(t, e.Copy(), words), " ;; "); !strings.Contains(got, want) {
			t.Errorf("%q: %s", words, got)
		}
	}
}
