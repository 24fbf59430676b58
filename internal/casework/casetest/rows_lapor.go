package casetest

import (
	"errors"
	"slices"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var chief = report.Actor{Role: report.Coordinator, ID: "telegram:3", Name: "Rina", Chat: desk}

// does lets the coordinator do something to a report as it is kept.
func (f *fixture) does(cause string, id report.ID, a report.Action, at time.Time) report.Report {
	f.Helper()
	r, err := f.Reader.ByID(f.ctx, id)
	f.must(err)
	facts, err := f.Reader.Facts(f.ctx, id)
	f.must(err)
	after, b, err := f.office.Act(r, chief, a, casework.Occasion{Cause: cause, At: at, Facts: facts, Served: func(string) bool { return true }})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	return after
}

// A report is found by its number in LAPOR! once it has one, by what has to be typed in there, and by waiting for a number.
func tracked(f *fixture) {
	a, b, c := f.filed("a"), f.filed("b"), f.filed("c")
	number := func(cause string, r report.Report, n string, at time.Time) report.Report {
		return f.does(cause, r.ID, report.Numbered{Foreign: report.Foreign{Number: n}}, at)
	}
	f.does("h1", a.ID, report.Handed{}, now.Add(time.Hour))
	f.does("h2", b.ID, report.Handed{}, now)
	waiting, err := f.Lapor.HandingOver(f.ctx, now.Add(2*time.Hour), 5)
	f.must(err)
	f.same("who waits longest first", codesOf(waiting), []report.Code{b.Code, a.Code})
	waiting, err = f.Lapor.HandingOver(f.ctx, now.Add(time.Minute), 5)
	f.must(err)
	f.same("of before", codesOf(waiting), []report.Code{b.Code})
	a = number("n1", a, "9000001", now.Add(2*time.Hour))
	c = number("n2", c, "12345678", now.Add(2*time.Hour))
	waiting, err = f.Lapor.HandingOver(f.ctx, now.Add(3*time.Hour), 5)
	f.must(err)
	f.same("without a number", codesOf(waiting), []report.Code{b.Code})
	got, err := f.Lapor.Tracked(f.ctx, []string{"9000001", "12345678", "7777777"})
	f.must(err)
	f.same("by number", got, map[string]ledger.Tracked{"9000001": {ID: a.ID, Mirror: *a.Mirror}, "12345678": {ID: c.ID, Mirror: *c.Mirror}})

	owing := func() []report.Code {
		f.Helper()
		all, err := f.Lapor.Owing(f.ctx, 5)
		f.must(err)
		return codesOf(all)
	}
	f.same("nothing was said", owing(), []report.Code(nil))
	a = f.does("r1", a.ID, report.Reply{Words: "segera"}, now.Add(3*time.Hour))
	f.does("r2", b.ID, report.Reply{Words: "segera"}, now.Add(3*time.Hour))
	f.same("it is to be typed in", owing(), []report.Code{a.Code})
	f.does("k1", a.ID, report.Copied{Seq: a.Mirror.Owing}, now.Add(4*time.Hour))
	f.same("it is typed in", owing(), []report.Code(nil))
}

// twoNumbers lets two give one number of LAPOR! to two reports at once: one of them has it, the other is to decide anew.
func twoNumbers(f *fixture) {
	var all [2]ledger.Batch
	for i, cause := range []string{"a", "b"} {
		r := f.filed(cause)
		facts, err := f.Reader.Facts(f.ctx, r.ID)
		f.must(err)
		_, all[i], err = f.office.Act(r, chief, report.Numbered{Foreign: report.Foreign{Number: "9000001"}}, casework.Occasion{Cause: cause + "/n", At: now, Facts: facts})
		f.must(err)
	}
	won, lost := race(f, all[0], all[1])
	if won != 1 || !errors.Is(lost, ledger.ErrStale) {
		f.Fatalf("%d of 2 have the number; the other got %v", won, lost)
	}
}

// sights keep the newest day of each number; who changes something by an older file is to decide anew.
func sights(f *fixture) {
	day := func(n int) time.Time { return time.Date(2026, time.November, n, 0, 0, 0, 0, time.UTC) }
	put := func(cause string, at time.Time, moved []string, numbers ...string) error {
		return f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{ledger.Sighted{Day: at, Numbers: numbers, Moved: moved}}})
	}
	f.must(put("a", day(14), []string{"1000001"}, "1000002", "1000001"))
	f.must(put("b", day(15), nil, "1000002"))
	f.must(put("c", day(13), nil, "1000001", "1000002", "1000003"))
	f.must(put("e", day(14), []string{"1000001"}, "1000001"))
	f.wants(put("f", day(14), []string{"1000002"}, "1000002", "1000003"), ledger.ErrStale)
	got, err := f.Lapor.Sighted(f.ctx, []string{"1000001", "1000002", "1000003", "1000005"})
	f.must(err)
	f.same("the newest days", got, map[string]ledger.Sighting{"1000001": {Day: day(14)}, "1000002": {Day: day(15)}, "1000003": {Day: day(13)}})

	r := f.filed("r")
	r = f.does("n", r.ID, report.Numbered{Foreign: report.Foreign{Number: "1000009"}}, now)
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	after, changed, said := report.Erase(r, facts, report.Whose{Whole: true}, report.Fact{At: now, By: report.Actor{Role: report.System}}, []byte("key"))
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "gone", At: now, Changes: []ledger.Change{
		ledger.Changed{Report: after, Was: r.Rev, Facts: []report.Fact{said}}, ledger.Redacted{Facts: changed}}}))
	got, err = f.Lapor.Sighted(f.ctx, []string{"1000009"})
	f.must(err)
	f.same("what was erased", got, map[string]ledger.Sighting{"1000009": {Day: time.Unix(0, 0).UTC(), Erased: true}})
}

// spans are read page by page, whatever comes in at one moment; what was joined with another is counted with that.
func spans(f *fixture) {
	var codes []report.Code
	for _, cause := range []string{"a", "b", "c", "d"} {
		codes = append(codes, f.filed(cause).Code)
	}
	var got []report.Code
	var at ledger.Mark
	for {
		page, err := f.Lapor.Between(f.ctx, now, now.Add(time.Second), at, 3)
		f.must(err)
		if len(page) == 0 {
			break
		}
		got, at = append(got, codesOf(page)...), ledger.MarkOf(page[len(page)-1])
	}
	f.same("every report once", sorted(got), sorted(codes))
	none, err := f.Lapor.Between(f.ctx, now.Add(time.Second), now.Add(time.Hour), ledger.Mark{}, 3)
	f.must(err)
	f.same("after it", none, []report.Report(nil))
	taken, err := f.Lapor.Taken(f.ctx, []report.Code{codes[1], "SRG-ZZZZZ-Z"})
	f.must(err)
	f.same("numbers that are taken", taken, map[report.Code]bool{codes[1]: true})

	first, err := f.Reader.ByCode(f.ctx, codes[0])
	f.must(err)
	second, err := f.Reader.ByCode(f.ctx, codes[1])
	f.must(err)
	f.does("m", second.ID, report.Merge{Into: first}, now)
	f.does("n", first.ID, report.Numbered{Foreign: report.Foreign{Number: "9000001"}}, now)
	id, code := f.Store.Draw("lapor")
	_, b := f.office.Import(casework.Imported{ID: id, Code: code, Cause: "lapor", Filed: now, At: now, Mirror: report.Mirror{Number: "9000002", Word: "Belum Terverifikasi", Means: "waiting"},
		Draft: report.Draft{Kind: report.Complaint, Text: "x", Visibility: report.Normal, Via: report.ChanLapor}})
	b.Cause = "lapor"
	f.must(f.Store.Commit(f.ctx, b))
	counts, err := f.Lapor.Channels(f.ctx, now, now.Add(time.Second))
	f.must(err)
	f.same("by channel", counts, []ledger.ChannelCount{{Channel: "whatsapp", Reports: 3, Linked: 1}, {Channel: report.ChanLapor, Reports: 1, Linked: 1, Tracked: 1}})

	var alone []report.Code
	for at = (ledger.Mark{}); ; {
		page, err := f.Lapor.Unlinked(f.ctx, now, now.Add(time.Second), at, 1)
		f.must(err)
		if len(page) == 0 {
			break
		}
		alone, at = append(alone, codesOf(page)...), ledger.MarkOf(page[0])
	}
	f.same("those that are here alone", sorted(alone), sorted(codes[1:]))
	none, err = f.Lapor.Unlinked(f.ctx, now.Add(time.Second), now.Add(time.Hour), ledger.Mark{}, 3)
	f.must(err)
	f.same("after it", none, []report.Report(nil))
}

func codesOf(all []report.Report) []report.Code {
	var out []report.Code
	for _, r := range all {
		out = append(out, r.Code)
	}
	return out
}

func sorted(codes []report.Code) []report.Code { return slices.Sorted(slices.Values(codes)) }
