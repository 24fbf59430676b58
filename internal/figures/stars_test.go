package figures_test

import (
	"strings"
	"testing"

	"rabeg/internal/figures"
	"rabeg/internal/report"
)

// Marks count after a verdict of a person on a resolution of the period, with their spread; of fewer than ten no mean is told.
func TestMarksOfReporters(t *testing.T) {
	t.Parallel()
	rated := func(stars int, v report.Verdict) report.Course {
		return report.Course{Filed: on("02 09:00"), Category: "sampah", Status: report.Closed, Office: "DLH", Ended: on("05 09:00"),
			Resolutions: []report.Resolution{{At: on("04 09:00"), Office: "DLH", Verdict: v, Stars: stars}}}
	}
	var all []report.Course
	for i := range 9 {
		all = append(all, rated(4+i%2, report.Fixed))
	}
	all = append(all, rated(0, report.Fixed), rated(0, report.Lapsed))
	f := figures.Count(november(), all).All
	if _, told := f.MeanStars(); told || f.Rated() != 9 {
		t.Errorf("of %d marks a mean is told: %v", f.Rated(), told)
	}
	if text := f.Tell(); !strings.Contains(text, "Nilai warga: 9 dari 10 warga yang menjawab memberi nilai: 5 bintang 4 kali, 4 bintang 5 kali") || strings.Contains(text, "rata-rata") {
		t.Error(text)
	}
	all = append(all, rated(1, report.Unfit))
	f = figures.Count(november(), all).All
	if mean, told := f.MeanStars(); !told || mean != 4.1 {
		t.Errorf("the mean of ten is %v, %v", mean, told)
	}
	if text := f.Tell(); !strings.Contains(text, "Nilai warga: rata-rata 4,1 dari 5; 10 dari 11 warga yang menjawab memberi nilai: 5 bintang 4 kali, 4 bintang 5 kali, 1 bintang 1 kali") {
		t.Error(text)
	}
	cells := map[string]string{}
	for _, c := range f.Cells() {
		cells[c.Name] = c.Text()
	}
	if cells["rated"] != "10" || cells["stars_mean"] != "4.1" || cells["stars_5"] != "4" || cells["stars_1"] != "1" {
		t.Errorf("%v", cells)
	}
	if text := figures.Count(november(), all[9:11]).All.Tell(); strings.Contains(text, "Nilai warga") {
		t.Error(text)
	}
}
