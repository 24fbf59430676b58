package report_test

import (
	"testing"

	"rabeg/internal/report"
)

func TestWhatIsWithin(t *testing.T) {
	t.Parallel()
	text := "Lampu mati di jl A, sekalian sampah numpuk."
	for words, want := range map[string]bool{"sampah numpuk": true, "SAMPAH, numpuk!": true, "sampah": true, "sampah menumpuk": false, "": false, "...": false, "pah numpuk": false} {
		if report.Within(text, words) != want {
			t.Errorf("%q within: %v", words, !want)
		}
	}
}
