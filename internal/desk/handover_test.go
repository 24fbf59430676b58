package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"rabeg/internal/casework"
)

// Of very many reports that wait some go at once, the oldest first, and the others are offered with a button of their own.
func TestManyReportsGoToTheirOfficeInParts(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for i := range casework.HandMost + 3 {
		s.file("sampah", nil, fmt.Sprintf("tumpukan ke-%d", i))
	}
	s.deliver()
	s.enroll("Lina", "DLH")
	of := func(agency string) int {
		open, err := s.mem.OpenOf(t.Context(), agency, 1000)
		if err != nil {
			t.Fatal(err)
		}
		return len(open)
	}
	asked := func(want string) int {
		t.Helper()
		n := len(s.sent)
		for n > 1 && !strings.Contains(s.sent[n-1].m.Text, "Pindahkan ke DLH?") {
			n--
		}
		if !strings.Contains(s.sent[n-1].m.Text, want) {
			t.Fatalf("asked %q, not %q", s.sent[n-1].m.Text, want)
		}
		return n
	}
	s.do("Rina: /pindahkan dlh")
	s.deliver()
	first := asked("103 laporan untuk")
	asked("dan 88 lagi.")
	asked("Sekali tekan 100 yang terlama.")
	s.do(fmt.Sprintf("Rina tekan %d Pindahkan 100 laporan", first))
	s.deliver()
	if of("DLH") != 100 || of("") != 3 || !strings.Contains(s.out.String(), "100 laporan dipindahkan ke DLH. Sisanya di bawah.") {
		t.Fatalf("%d went, %d are left", of("DLH"), of(""))
	}
	second := asked("3 laporan untuk")
	s.do(fmt.Sprintf("Rina tekan %d Pindahkan", first)) // shows others by now
	s.deliver()
	if of("DLH") != 100 {
		t.Fatal("a press moved what its question did not name")
	}
	s.do(fmt.Sprintf("Rina tekan %d Pindahkan", second))
	s.do(fmt.Sprintf("Rina tekan %d Pindahkan", second))
	s.deliver()
	if of("DLH") != 103 || of("") != 0 {
		t.Errorf("%d went, %d are left", of("DLH"), of(""))
	}
}
