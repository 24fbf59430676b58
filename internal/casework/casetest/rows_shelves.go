package casetest

import (
	"errors"

	"rabeg/internal/ledger"
)

// shelves are kept by office, whole, and are refused to who saw an older one.
func shelves(f *fixture) {
	shelf := func(office string) ledger.Shelf {
		f.Helper()
		s, err := f.Reader.Shelf(f.ctx, office)
		f.must(err)
		return s
	}
	put := func(cause string, s ledger.Shelf, was int) error {
		return f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{ledger.Shelved{Shelf: s, Was: was}}})
	}
	first := ledger.PutBy{Title: "Menunggu lampu", Words: "Laporan {nomor} “menunggu”\nlampu.", At: now}
	second := ledger.PutBy{Title: "Sudah", Words: "Sudah.", At: now}
	f.same("nothing is put by", shelf("DISHUB"), ledger.Shelf{Office: "DISHUB"})
	one := ledger.Shelf{Office: "DISHUB", Rev: 1, Answers: []ledger.PutBy{first}}
	f.must(put("e1", one, 0))
	f.same("the first", shelf("DISHUB"), one)
	f.same("the other offices have none of it", []ledger.Shelf{shelf(""), shelf("DPUPR")}, []ledger.Shelf{{}, {Office: "DPUPR"}})
	two := ledger.Shelf{Office: "DISHUB", Rev: 2, Answers: []ledger.PutBy{first, second}}
	f.must(put("e2", two, 1))
	f.same("in their order", shelf("DISHUB"), two)
	f.wants(put("e3", one, 0), ledger.ErrStale)
	f.wants(put("e4", one, 1), ledger.ErrStale)
	f.wants(put("e5", ledger.Shelf{Office: "DPUPR", Rev: 3}, 2), ledger.ErrStale)
	f.same("what was refused changed nothing", shelf("DISHUB"), two)
	f.must(put("e6", ledger.Shelf{Rev: 1, Answers: []ledger.PutBy{second}}, 0))
	f.same("the coordinator's", shelf(""), ledger.Shelf{Rev: 1, Answers: []ledger.PutBy{second}})
	f.must(put("e7", ledger.Shelf{Office: "DISHUB", Rev: 3}, 2))
	f.same("emptied", shelf("DISHUB"), ledger.Shelf{Office: "DISHUB", Rev: 3})
}

// twoShelves lets two officers of one office put something by at once: the second one decides anew.
func twoShelves(f *fixture) {
	put := func(cause, title string) ledger.Batch {
		return ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{
			ledger.Shelved{Shelf: ledger.Shelf{Office: "DISHUB", Rev: 1, Answers: []ledger.PutBy{{Title: title, Words: "Ya.", At: now}}}}}}
	}
	won, lost := race(f, put("e1", "satu"), put("e2", "dua"))
	if won != 1 || !errors.Is(lost, ledger.ErrStale) {
		f.Fatalf("%d of 2 first answers of one office were put by; the other got %v", won, lost)
	}
}
