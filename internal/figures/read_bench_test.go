package figures_test

import (
	"context"
	"testing"
	"time"

	"rabeg/internal/casework/casetest"
	"rabeg/internal/figures"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// packedCourses are courses as the store hands them out.
type packedCourses [][]byte

func (p packedCourses) Courses(_ context.Context, _, _ time.Time, each func(*report.Course)) error {
	var c report.Course
	var u report.Unpacker
	for _, b := range p {
		if err := u.Unpack(&c, b); err != nil {
			return err
		}
		each(&c)
	}
	return nil
}

// What a month costs for each of its reports, by office, as /statistik asks for it (go test -bench Read).
func BenchmarkRead(b *testing.B) {
	p, err := profile.Builtin("serang")
	if err != nil {
		b.Fatal(err)
	}
	reports, facts := casetest.Lives(3, 2000, on("01 00:00"))
	var kept packedCourses
	for i, r := range reports {
		c := report.CourseOf(r, facts[i])
		kept = append(kept, c.Pack(nil))
	}
	for _, by := range []figures.By{figures.ByNothing, figures.ByOffice, figures.ByArea} {
		b.Run("by "+string(by), func(b *testing.B) {
			q := figures.Ask(p, figures.Month(on("15 00:00")), on("30 12:00"), by)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := figures.Read(b.Context(), kept, q); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(kept)), "ns/report")
		})
	}
}
