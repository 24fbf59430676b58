package casetest

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"rabeg/internal/ledger"
)

// Known is what officers have answered to what people ask.
func (m *Memory) Known(context.Context) ([]ledger.Known, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []ledger.Known
	for _, k := range m.known {
		k.Answers = slices.Clone(k.Answers)
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b ledger.Known) int { return cmp.Compare(a.Category, b.Category) })
	return out, nil
}

// known is kept by category, whole, and refused to who saw an older one.
func known(f *fixture) {
	all := func() []ledger.Known {
		f.Helper()
		k, err := f.Reader.Known(f.ctx)
		f.must(err)
		return k
	}
	put := func(cause string, k ledger.Known, was int) error {
		return f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{ledger.Taught{Known: k, Was: was}}})
	}
	first := ledger.Answer{Question: "PPDB kapan?", Words: "Mulai “1 Juni”,\ndi sekolah.", By: "sim:budi", Name: "Budi", At: now}
	second := ledger.Answer{Question: "Kuota SD?", Words: "28.", By: "sim:sari", At: now}
	f.same("nothing is known", len(all()), 0)
	one := ledger.Known{Category: "pendidikan", Rev: 1, Answers: []ledger.Answer{first}}
	f.must(put("e1", one, 0))
	f.same("the first", all(), []ledger.Known{one})
	two := ledger.Known{Category: "pendidikan", Rev: 2, Answers: []ledger.Answer{first, second}}
	f.must(put("e2", two, 1))
	f.same("in their order", all(), []ledger.Known{two})
	f.wants(put("e3", one, 0), ledger.ErrStale)
	f.wants(put("e4", one, 1), ledger.ErrStale)
	f.wants(put("e5", ledger.Known{Category: "kesehatan", Rev: 3}, 2), ledger.ErrStale)
	f.same("what was refused changed nothing", all(), []ledger.Known{two})
	other := ledger.Known{Category: "kesehatan", Rev: 1, Answers: []ledger.Answer{second}}
	f.must(put("e6", other, 0))
	f.same("by category", all(), []ledger.Known{other, two})
	gone := ledger.Known{Category: "pendidikan", Rev: 3}
	f.must(put("e7", gone, 2))
	f.same("emptied", all(), []ledger.Known{other, gone})
}

// twoAnswers lets two officers give the first answer of a category at once: the second one decides anew.
func twoAnswers(f *fixture) {
	put := func(cause, question string) ledger.Batch {
		return ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{
			ledger.Taught{Known: ledger.Known{Category: "pendidikan", Rev: 1, Answers: []ledger.Answer{{Question: question, Words: "Ya.", By: "sim:budi", At: now}}}}}}
	}
	won, lost := race(f, put("e1", "satu"), put("e2", "dua"))
	if won != 1 || !errors.Is(lost, ledger.ErrStale) {
		f.Fatalf("%d of 2 first answers of one category were kept; the other got %v", won, lost)
	}
}
