package figures_test

import (
	"testing"

	"rabeg/internal/casework/casetest"
	"rabeg/internal/figures"
	"rabeg/internal/report"
)

// What counting costs a report, unpacking and counting (go test -bench Count).
func BenchmarkCount(b *testing.B) {
	reports, facts := casetest.Lives(3, 2000, on("01 00:00"))
	packed := make([][]byte, len(reports))
	for i, r := range reports {
		c := report.CourseOf(r, facts[i])
		packed[i] = c.Pack(nil)
	}
	q := november()
	q.By = figures.ByOffice
	q.To = q.To.AddDate(0, 6, 0)
	b.Run("unpack", func(b *testing.B) {
		var c report.Course
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if err := c.Unpack(packed[i%len(packed)]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("count", func(b *testing.B) {
		var c report.Course
		b.ReportAllocs()
		k := figures.NewCounter(q)
		for i := 0; b.Loop(); i++ {
			if err := c.Unpack(packed[i%len(packed)]); err != nil {
				b.Fatal(err)
			}
			k.Add(c)
		}
	})
}
