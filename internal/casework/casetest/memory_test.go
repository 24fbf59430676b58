package casetest_test

import (
	"testing"

	"rabeg/internal/casework/casetest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	casetest.Run(t, func(*testing.T) casetest.House {
		m := casetest.NewMemory("CTH")
		return casetest.House{Store: m, Reader: m, Citizens: m, Figures: m, Twins: m, Handled: m, Search: m, Lapor: m, Post: m, Timers: m}
	})
}
