package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/internal/casework"
)

// Of very many reports some fall to the coordinator at once, and the rest goes on its own until the office has none, unless somebody
// serves it again.
func TestManyReportsFallToTheCoordinator(t *testing.T) {
	t.Parallel()
	for _, back := range []bool{false, true} {
		s := newStage(t)
		const all = 2*casework.HandMost + 3
		for i := range all {
			s.file("jalan", []string{"oleh=warga"}, fmt.Sprintf("lubang ke-%d", i))
		}
		s.deliver()
		of := func(agency string) int {
			open, err := s.mem.OpenOf(t.Context(), agency, 2*all)
			if err != nil {
				t.Fatal(err)
			}
			return len(open)
		}
		s.do("Dewi keluar")
		s.deliver()
		if of("") != casework.HandMost || !strings.Contains(s.out.String(), "100 laporannya pindah ke koordinator") || !strings.Contains(s.out.String(), "103 laporan lainnya menyusul, 100 sekali jalan.") {
			t.Fatalf("%d fell at once, %d are left", of(""), of("DPUPR"))
		}
		left := 0
		if back {
			s.enroll("Ani", "DPUPR")
			left = all - casework.HandMost
		}
		for range 4 {
			s.now = s.now.Add(2 * time.Minute)
			s.ring()
		}
		if of("DPUPR") != left || of("") != all-left {
			t.Errorf("somebody is back: %v; %d fell, %d are left", back, of(""), of("DPUPR"))
		}
	}
}
