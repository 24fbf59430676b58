package casetest

import (
	"errors"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

func refreshing(key, fold string, to bot.Address) ledger.Letter {
	return ledger.Letter{Key: key, To: to, Desk: true, Purpose: ledger.ToDesk, Fold: fold, Message: bot.Message{Text: key}}
}

func (f *fixture) letters(cause string, l ...ledger.Letter) {
	f.Helper()
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Letters: l}))
}

func folds(f *fixture) {
	f.letters("e1", refreshing("a", "x", desk), refreshing("b", "y", desk), refreshing("c", "", desk), refreshing("d", "", desk))
	f.letters("e2", refreshing("e", "x", desk), refreshing("g", "x", citizen))
	f.same("waiting", f.waiting(), []string{"b", "c", "d", "e", "g"})
	f.letters("e3", refreshing("h", "x", desk))
	f.same("waiting", f.waiting(), []string{"b", "c", "d", "g", "h"})
	f.letters("e4", refreshing("i", "z", desk), refreshing("j", "z", desk)) // of one batch the last one waits
	f.same("waiting", f.waiting(), []string{"b", "c", "d", "g", "h", "j"})
	// what one batch takes back is taken back before its own letter could replace it
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e5", At: now, Changes: []ledger.Change{ledger.Unsent{Key: "j"}},
		Letters: []ledger.Letter{refreshing("k", "z", desk)}}))
	f.same("waiting", f.waiting(), []string{"b", "c", "d", "g", "h", "k"})
}

func foldsNotSent(f *fixture) {
	f.letters("e1", refreshing("a", "x", desk), refreshing("b", "y", desk))
	f.must(f.Post.Start(f.ctx, "a"))
	f.letters("e2", refreshing("c", "x", desk))
	f.same("waiting", f.waiting(), []string{"b", "c"})
	f.must(f.Post.Sent(f.ctx, "a", bot.MessageRef{Chat: desk, ID: "1"}))
	f.letters("e3", refreshing("d", "x", desk))
	f.same("waiting", f.waiting(), []string{"b", "d"})
}

func unsent(f *fixture) {
	r := f.filed("e1")
	r, b := f.acting(r, "e2", report.Reply{Words: "besok"})
	f.must(f.Store.Commit(f.ctx, b))
	notice := noticeKey(b)
	_, back := f.acting(r, "e3", report.Withdraw{Letter: notice})
	f.must(f.Store.Commit(f.ctx, back))
	for _, key := range f.waiting() {
		if key == notice {
			f.Fatal("the letter still waits")
		}
	}
	w, err := f.Reader.Whole(f.ctx, r.ID)
	f.must(err)
	f.same("delivery", w.Delivery.State, ledger.Taken)
	f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e4", At: now, Changes: []ledger.Change{ledger.Unsent{Key: notice}}}),
		ledger.ErrSent)
}

func unsentLate(f *fixture) {
	r := f.filed("e1")
	r, b := f.acting(r, "e2", report.Reply{Words: "besok"})
	f.must(f.Store.Commit(f.ctx, b))
	notice := noticeKey(b)
	_, back := f.acting(r, "e3", report.Withdraw{Letter: notice})
	f.must(f.Post.Start(f.ctx, notice))
	f.wants(f.Store.Commit(f.ctx, back), ledger.ErrSent)
	f.must(f.Post.Sent(f.ctx, notice, bot.MessageRef{Chat: citizen, ID: "5"}))
	f.wants(f.Store.Commit(f.ctx, back), ledger.ErrSent)
	got, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	f.same("report", got, r)
	f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e4", At: now, Changes: []ledger.Change{ledger.Unsent{Key: "never"}}}),
		ledger.ErrSent)
}

func noticeKey(b ledger.Batch) string {
	for _, l := range b.Letters {
		if l.Purpose == ledger.Notice {
			return l.Key
		}
	}
	return ""
}

func delivery(f *fixture) {
	state := func(id report.ID) ledger.Delivery {
		w, err := f.Reader.Whole(f.ctx, id)
		f.must(err)
		w.Delivery.At = time.Time{}
		return w.Delivery
	}
	r := f.filed("e1")
	f.same("nothing written", state(r.ID), ledger.Delivery{})
	whole, err := f.Reader.Whole(f.ctx, r.ID)
	f.must(err)
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	f.same("the whole report", whole.Report, r)
	f.same("with its facts", whole.Facts, facts)
	_, err = f.Reader.Whole(f.ctx, r.ID+1)
	f.wants(err, ledger.ErrUnknown)
	r, b := f.acting(r, "e2", report.Take{})
	f.must(f.Store.Commit(f.ctx, b))
	first := noticeKey(b)
	f.same("waiting", state(r.ID).State, ledger.Waiting)
	f.must(f.Post.Start(f.ctx, first))
	f.must(f.Post.Sent(f.ctx, first, bot.MessageRef{Chat: citizen, ID: "1"}))
	f.same("sent", state(r.ID).State, ledger.Sent)
	r, b = f.acting(r, "e3", report.Reply{Words: "besok"})
	f.must(f.Store.Commit(f.ctx, b))
	f.same("the newest waits", state(r.ID).State, ledger.Waiting)
	f.must(f.Post.Start(f.ctx, noticeKey(b)))
	f.must(f.Post.Failed(f.ctx, noticeKey(b), "diblokir warga"))
	f.same("failed", state(r.ID), ledger.Delivery{State: ledger.Failed, Why: "diblokir warga"})
	got, _, err := f.Reader.ByRef(f.ctx, bot.MessageRef{Chat: citizen, ID: "1"})
	f.must(err)
	f.same("a notice leads to its report", got.ID, r.ID)
}

func operators(f *fixture) {
	op := ledger.Operator{ID: "telegram:5", Name: "Siti", Agency: "DISHUB", Role: report.Operator, Since: now}
	write := func(cause string) {
		f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}))
		got, err := f.Reader.Operator(f.ctx, op.ID)
		f.must(err)
		f.same("operator", got, op)
	}
	serves := func(want bool) {
		f.Helper()
		got, err := f.Reader.Served(f.ctx, "DISHUB")
		f.must(err)
		f.same("served", got, want)
	}
	_, err := f.Reader.Operator(f.ctx, op.ID)
	f.wants(err, ledger.ErrUnknown)
	serves(false)
	write("e1")
	serves(false)
	op.Approved = "telegram:1"
	write("e2")
	serves(true)
	other, err := f.Reader.Served(f.ctx, "DPUPR")
	f.must(err)
	f.same("another office", other, false)
	op.Ended = now.Add(time.Hour)
	write("e3")
	serves(false)
	op.Ended, op.Agency, op.Role = time.Time{}, "", report.Coordinator
	write("e4")
	serves(false)
}

func twoChanges(f *fixture) {
	r := f.filed("e1")
	_, a := f.acting(r, "e2", report.Take{})
	_, b := f.acting(r, "e3", report.Note{Words: "x"})
	won, lost := race(f, a, b)
	if won != 1 || !errors.Is(lost, ledger.ErrStale) {
		f.Fatalf("%d of 2 changes of one revision were written; the other got %v", won, lost)
	}
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	f.same("facts", len(facts), r.Rev+1)
}

func twoCauses(f *fixture) {
	r, a := f.filing("e1", "jalan")
	won, lost := race(f, a, a)
	if won != 1 || !errors.Is(lost, ledger.ErrDone) {
		f.Fatalf("%d of 2 commits of one cause were written; the other got %v", won, lost)
	}
	_, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
}

// race commits two batches at once: how many were written, and what the other one got.
func race(f *fixture, a, b ledger.Batch) (won int, lost error) {
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, batch := range []ledger.Batch{a, b} {
		wg.Go(func() { errs[i] = f.Store.Commit(f.ctx, batch) })
	}
	wg.Wait()
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			lost = err
		}
	}
	return won, lost
}
