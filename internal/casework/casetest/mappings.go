package casetest

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"rabeg/internal/ledger"
)

// Mappings are all versions of all mappings.
func (m *Memory) Mappings(context.Context) ([]ledger.Mapping, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.Clone(m.mappings)
	slices.SortFunc(out, func(a, b ledger.Mapping) int { return cmp.Or(cmp.Compare(a.Category, b.Category), a.Rev-b.Rev) })
	return out, nil
}

func (m *Memory) mappingsOf(category string) (out []ledger.Mapping) {
	for _, v := range m.mappings {
		if v.Category == category {
			out = append(out, v)
		}
	}
	return out
}

// mapped is kept in versions, and refused to who saw an older one.
func mapped(f *fixture) {
	all := func() []ledger.Mapping {
		f.Helper()
		m, err := f.Lapor.Mappings(f.ctx)
		f.must(err)
		return m
	}
	version := func(category string, rev int, code string) ledger.Mapping {
		return ledger.Mapping{Category: category, Rev: rev, Code: code, Name: "Penerangan “Jalan”", By: "sim:rina", Who: "Rina", At: now}
	}
	put := func(cause string, m ledger.Mapping) error {
		return f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{ledger.Mapped{Mapping: m}}})
	}
	f.same("nothing is changed", len(all()), 0)
	lamp, road := version("penerangan_jalan", 1, "1398"), version("jalan_jembatan", 1, "928")
	f.must(put("e1", lamp))
	f.must(put("e2", road))
	f.wants(put("e3", version("penerangan_jalan", 1, "1")), ledger.ErrStale)
	f.wants(put("e4", version("penerangan_jalan", 3, "1")), ledger.ErrStale)
	f.same("by category", all(), []ledger.Mapping{road, lamp})
	back := ledger.Mapping{Category: "penerangan_jalan", Rev: 2, By: "sim:rina", At: now}
	f.must(put("e5", back))
	f.same("all versions", all(), []ledger.Mapping{road, lamp, back})
	one := ledger.Batch{Cause: "e6", At: now, Changes: []ledger.Change{ledger.Mapped{Mapping: version("parkir", 1, "940")}}}
	two := ledger.Batch{Cause: "e7", At: now, Changes: []ledger.Change{ledger.Mapped{Mapping: version("parkir", 1, "941")}}}
	won, lost := race(f, one, two)
	if won != 1 || !errors.Is(lost, ledger.ErrStale) {
		f.Fatalf("%d of 2 first versions of one mapping were kept; the other got %v", won, lost)
	}
}
