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

// A part is copied as people copy: without the words that only join, and what is filed is what the citizen wrote.
func TestAPartIsTheCitizensOwnWords(t *testing.T) {
	t.Parallel()
	const text = "2 masalah nih: Sampah numpuk di Pasar Rau trus saluran air di jl ahmad yani juga mampet dan bau, tolong ya pak"
	for words, want := range map[string]string{
		"saluran air di jl ahmad yani mampet bau":               "saluran air di jl ahmad yani juga mampet dan bau",
		"trus saluran air di jl ahmad yani juga mampet dan bau": "saluran air di jl ahmad yani juga mampet dan bau",
		"juga mampet, bau": "mampet dan bau", "dan sampah numpuk": "Sampah numpuk", "SALURAN AIR": "saluran air",
		"sampah numpuk di pasar rau juga tolong pak": "Sampah numpuk di Pasar Rau",
		"sampah menumpuk": "", "air saluran": "", "juga dan trus": "", "": "", "sampah di pasar rau": "", "sampah numpuk pasar rau": "Sampah numpuk di Pasar Rau",
	} {
		if got, ok := report.Span(text, words); got != want || ok != (want != "") {
			t.Errorf("%q is %q (%v), not %q", words, got, ok, want)
		}
	}
}
