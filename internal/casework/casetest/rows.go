package casetest

import (
	"context"
	"errors"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

func (f *fixture) wants(err, want error) {
	f.Helper()
	if !errors.Is(err, want) {
		f.Fatalf("got error %v, want %v", err, want)
	}
}

func causeOnce(f *fixture) {
	r, b := f.filing("e1", "penerangan_jalan")
	f.must(f.Store.Commit(f.ctx, b))
	before := f.waiting()
	f.wants(f.Store.Commit(f.ctx, b), ledger.ErrDone)
	f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e1", At: now}), ledger.ErrDone)
	f.same("letters", f.waiting(), before)
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	f.same("facts", len(facts), r.Rev)
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "empty", At: now}))
	f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "empty", At: now}), ledger.ErrDone)
}

func allOrNothing(f *fixture) {
	r := f.filed("e1")
	before := f.waiting()
	_, bad := f.filing("e2", "jalan")
	bad.Changes = append(bad.Changes, ledger.Changed{Report: r, Was: r.Rev + 7},
		ledger.Enrolled{Operator: ledger.Operator{ID: "telegram:9", Role: report.Operator, Agency: "DISHUB", Since: now}})
	f.wants(f.Store.Commit(f.ctx, bad), ledger.ErrStale)
	f.same("letters", f.waiting(), before)
	opened := bad.Changes[0].(ledger.Opened)
	_, err := f.Reader.ByID(f.ctx, opened.Report.ID)
	f.wants(err, ledger.ErrUnknown)
	_, err = f.Reader.Operator(f.ctx, "telegram:9")
	f.wants(err, ledger.ErrUnknown)
	// the cause is not used up by a failure
	bad.Changes = bad.Changes[:1]
	f.must(f.Store.Commit(f.ctx, bad))
}

func stale(f *fixture) {
	r := f.filed("e1")
	taken, take := f.acting(r, "e2", report.Take{})
	_, note := f.acting(r, "e3", report.Note{Words: "x"})
	f.must(f.Store.Commit(f.ctx, take))
	f.wants(f.Store.Commit(f.ctx, note), ledger.ErrStale)
	got, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	f.same("report", got, taken)
	_, note = f.acting(got, "e3", report.Note{Words: "x"})
	f.must(f.Store.Commit(f.ctx, note))
	ghost := r
	ghost.ID = 999999
	for _, facts := range [][]report.Fact{nil, {{Report: ghost.ID, Seq: 2, At: now, What: report.WasNoted}}} {
		f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e4", At: now, Changes: []ledger.Change{
			ledger.Changed{Report: ghost, Was: 1, Facts: facts}}}), ledger.ErrUnknown)
	}
}

func sameNumber(f *fixture) {
	r := f.filed("e1")
	id, code, err := f.Store.NextID(f.ctx, "e1")
	f.must(err)
	f.same("id", id, r.ID)
	f.same("code", code, r.Code)
	id, code, err = f.Store.NextID(f.ctx, "e2")
	f.must(err)
	if id == r.ID || code == r.Code {
		f.Fatalf("another cause got the same number %v", code)
	}
	// until it is committed, a cause draws anew each time
	seen := map[report.Code]bool{code: true}
	for range 5 {
		drawnID, drawn := f.Store.Draw("e2")
		nextID, next, err := f.Store.NextID(f.ctx, "e2")
		f.must(err)
		f.same("drawn id", drawnID, id)
		f.same("next id", nextID, id)
		if seen[drawn] || seen[next] || drawn == next {
			f.Fatalf("%v and %v were drawn once more", drawn, next)
		}
		seen[drawn], seen[next] = true, true
	}
	f.same("committed code", f.filed("e3").Code, f.numberOf("e3"))
}

func (f *fixture) numberOf(cause string) report.Code {
	f.Helper()
	_, code, err := f.Store.NextID(f.ctx, cause)
	f.must(err)
	return code
}

// oldNumber is a report of the days when numbers had a character less.
func oldNumber(f *fixture) {
	r, b := f.filing("e1", "jalan")
	code, ok := report.ParseCode("CTH", "cth 7k3m 6")
	if !ok {
		f.Fatal("the old number does not fit")
	}
	o := b.Changes[0].(ledger.Opened)
	o.Report.Code, r.Code = code, code
	b.Changes[0] = o
	f.must(f.Store.Commit(f.ctx, b))
	got, err := f.Reader.ByCode(f.ctx, code)
	f.must(err)
	f.same("by its old number", got, r)
	f.same("the cause's number", f.numberOf("e1"), code)
}

// severalFiled files two reports for one event: each keeps the number that its own cause got, and a number that is another's is
// refused for both.
func severalFiled(f *fixture) {
	first, b := f.filing("e1", "jalan")
	second, more := f.filing("e1+1", "penerangan_jalan")
	b.Add(more)
	f.must(f.Store.Commit(f.ctx, b))
	f.wants(f.Store.Commit(f.ctx, b), ledger.ErrDone)
	f.same("the first's number", f.numberOf("e1"), first.Code)
	f.same("the second's number", f.numberOf("e1+1"), second.Code)
	for _, r := range []report.Report{first, second} {
		got, err := f.Reader.ByID(f.ctx, r.ID)
		f.must(err)
		f.same("the report", got, r)
	}
	_, b = f.filing("e2", "jalan")
	_, more = f.filing("e2+1", "jalan")
	o := more.Changes[0].(ledger.Opened)
	o.Report.Code = first.Code
	more.Changes[0] = o
	b.Add(more)
	f.wants(f.Store.Commit(f.ctx, b), ledger.ErrTaken)
	mine, err := f.Citizens.Mine(f.ctx, f.who, 9)
	f.must(err)
	f.same("how many there are", len(mine), 2)
}

// onceFiled files a draft by two events: there is one report, and nothing of the second batch.
func onceFiled(f *fixture) {
	r, first := f.filing("draft:1", "jalan")
	_, second := f.filing("draft:1", "jalan")
	first.Cause, second.Cause = "e1", "e2"
	second.Letters = append(second.Letters, ledger.Letter{Key: "e2/r0", To: f.who, Purpose: ledger.Reply, Message: bot.Message{Text: "hai"}})
	f.must(f.Store.Commit(f.ctx, first))
	f.wants(f.Store.Commit(f.ctx, second), ledger.ErrDone)
	f.same("the draft's number", f.numberOf("draft:1"), r.Code)
	mine, err := f.Citizens.Mine(f.ctx, f.who, 9)
	f.must(err)
	f.same("how many there are", len(mine), 1)
	second.Changes, second.Letters = nil, second.Letters[len(second.Letters)-1:]
	f.must(f.Store.Commit(f.ctx, second)) // the event itself is not known
}

func taken(f *fixture) {
	r := f.filed("e1")
	_, b := f.filing("e2", "jalan")
	o := b.Changes[0].(ledger.Opened)
	o.Report.Code = r.Code
	b.Changes[0] = o
	f.wants(f.Store.Commit(f.ctx, b), ledger.ErrTaken)
	_, b = f.filing("e2", "jalan")
	f.must(f.Store.Commit(f.ctx, b))
}

func opened(f *fixture) {
	id, code, err := f.Store.NextID(f.ctx, "e1")
	f.must(err)
	r, b := f.office.Open(casework.Filing{
		ID: id, Code: code, Reporter: citizen, Person: bot.Person{ID: "62811", Name: "Asep"}, Lang: "id", Cause: "e1",
		At:     now.Add(123456789 * time.Nanosecond),
		Draft:  report.Draft{Kind: report.Complaint, Text: "lubang", Category: "jalan", Begun: now, Place: report.Place{Said: "alun-alun"}},
		Served: func(string) bool { return true },
	})
	o := b.Changes[0].(ledger.Opened)
	f.must(f.Store.Commit(f.ctx, b))
	whole, err := f.Reader.Whole(f.ctx, r.ID)
	f.must(err)
	f.same("what is kept", ledger.Whole{Report: r, Facts: o.Facts}, whole)
}

func found(f *fixture) {
	r := f.filed("e1")
	got, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	f.same("by id", got, r)
	got, err = f.Reader.ByCode(f.ctx, r.Code)
	f.must(err)
	f.same("by code", got, r)
	ref := bot.MessageRef{Chat: desk, ID: "77"}
	_, _, err = f.Reader.ByRef(f.ctx, ref)
	f.wants(err, ledger.ErrUnknown)
	f.send(r.CardKey, "77")
	got, intent, err := f.Reader.ByRef(f.ctx, ref)
	f.must(err)
	f.same("by message", got, r)
	f.same("intent", intent, casework.CardIntent(r))
	topic := ref
	topic.Chat.Topic = "4"
	_, _, err = f.Reader.ByRef(f.ctx, topic)
	f.must(err)

	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e2", At: now, Letters: []ledger.Letter{
		{Key: "e2/ask", To: desk, Report: r.ID, Purpose: ledger.ToDesk, Intent: "resolve", Message: bot.Message{Text: "?"}},
		{Key: "e2/join", To: desk, Purpose: ledger.ToDesk, Intent: "join:telegram:4", Message: bot.Message{Text: "?"}},
		{Key: "e2/talk", To: desk, Purpose: ledger.ToDesk, Message: bot.Message{Text: "."}},
	}}))
	f.send("e2/ask", "78")
	f.send("e2/join", "79")
	f.send("e2/talk", "80")
	f.letters("e3", ledger.Letter{Key: "e3/again", Edits: "e2/join", To: desk, Purpose: ledger.ToDesk, Intent: "join1:telegram:4", Message: bot.Message{Text: "?"}})
	got, intent, err = f.Reader.ByRef(f.ctx, bot.MessageRef{Chat: desk, ID: "78"})
	f.must(err)
	f.same("report of a prompt", got.ID, r.ID)
	f.same("intent of a prompt", intent, "resolve")
	got, intent, err = f.Reader.ByRef(f.ctx, bot.MessageRef{Chat: desk, ID: "79"})
	f.must(err)
	f.same("report of a request", got.ID, report.ID(0))
	f.same("intent of a request", intent, "join:telegram:4")
	f.send("e3/again", "79")
	_, intent, err = f.Reader.ByRef(f.ctx, bot.MessageRef{Chat: desk, ID: "79"})
	f.must(err)
	f.same("intent of a request as it was changed", intent, "join1:telegram:4")
	for _, ref := range []bot.MessageRef{{Chat: desk, ID: "80"}, {Chat: desk, ID: "7"}, {Chat: citizen, ID: "77"}} {
		_, _, err = f.Reader.ByRef(f.ctx, ref)
		f.wants(err, ledger.ErrUnknown)
	}
	_, err = f.Reader.ByID(f.ctx, 999)
	f.wants(err, ledger.ErrUnknown)
	_, err = f.Reader.ByCode(f.ctx, "CTH-0000-0")
	f.wants(err, ledger.ErrUnknown)
	_, err = f.Reader.Facts(f.ctx, 999)
	f.wants(err, ledger.ErrUnknown)
}

func facts(f *fixture) {
	r := f.filed("e1")
	r, b := f.acting(r, "e2", report.Take{})
	f.must(f.Store.Commit(f.ctx, b))
	gone := bot.MediaRef{Network: bot.Telegram, ID: "p2"}
	r, b = f.acting(r, "e3", report.Reply{Words: "segera", Photos: []bot.MediaRef{gone}})
	f.must(f.Store.Commit(f.ctx, b))
	got, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	var story []report.What
	for i, fact := range got {
		story = append(story, fact.What)
		f.same("seq", fact.Seq, i+1)
	}
	f.same("story", story, []report.What{report.WasFiled, report.WasAssigned, report.WasTaken, report.WasAnswered})
	f.same("folded facts", report.Fold(report.Origin(r), got), r)

	was := bot.MediaRef{Network: bot.WhatsApp, ID: "p1", MIME: "image/jpeg", Size: 7}
	kept := bot.MediaRef{Network: bot.Store, ID: "ab/cd", MIME: "image/jpeg", Size: 5}
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "job:1", At: now, Changes: []ledger.Change{
		ledger.Stored{Report: r.ID, From: was, File: ledger.File{Ref: kept, Hash: "abcd", Width: 4, Height: 3, Taken: now,
			Pin: &report.Pin{Lat: -6, Lon: 106}}},
		ledger.Stored{Report: r.ID, From: gone, File: ledger.File{Lost: "dihapus"}},
	}}))
	got, err = f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	f.same("kept photo", got[0].Photos, []bot.MediaRef{kept})
	f.same("lost photo", got[3].Photos, []bot.MediaRef(nil))
	f.same("lost", got[3].Lost, 1)
	after, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	f.same("rev", after.Rev, r.Rev)
}

func openOf(f *fixture) {
	a, b := f.filed("e1"), f.filed("e2")
	other, batch := f.filing("e3", "jalan")
	f.must(f.Store.Commit(f.ctx, batch))
	c := f.filed("e4")
	_, batch = f.acting(b, "e5", report.Reject{Reason: "bohong", Words: "sudah menyala"})
	f.must(f.Store.Commit(f.ctx, batch))
	list := func(agency string, limit int) []report.ID {
		got, err := f.Reader.OpenOf(f.ctx, agency, limit)
		f.must(err)
		ids := []report.ID{}
		for _, r := range got {
			ids = append(ids, r.ID)
		}
		slices.Sort(ids) // filed in the same second: any order among them
		return ids
	}
	want := []report.ID{a.ID, c.ID}
	slices.Sort(want)
	f.same("dishub", list("DISHUB", 10), want)
	f.same("pupr", list("DPUPR", 10), []report.ID{other.ID})
	f.same("coordinator", list("", 10), []report.ID{})
	f.same("limit", len(list("DISHUB", 1)), 1)

	id, code, err := f.Store.NextID(f.ctx, "e6")
	f.must(err)
	old, batch := f.office.Open(casework.Filing{ID: id, Code: code, Reporter: citizen, Cause: "e6", At: now.Add(-time.Hour),
		Draft: report.Draft{Category: "penerangan_jalan"}, Served: func(string) bool { return true }})
	f.must(f.Store.Commit(f.ctx, batch))
	f.same("oldest first", list("DISHUB", 1), []report.ID{old.ID})
}

// citizens lists reports of two people; acts move them to the front, opinions of machines do not.
func citizens(f *fixture) {
	list := func(get func(context.Context, bot.Address, int) ([]report.Report, error), who bot.Address, limit int) []report.ID {
		f.Helper()
		got, err := get(f.ctx, who, limit)
		f.must(err)
		ids := []report.ID{}
		for _, r := range got {
			ids = append(ids, r.ID)
		}
		return ids
	}
	at := func(cause string, who bot.Address, after time.Duration) report.Report {
		f.Helper()
		id, code, err := f.Store.NextID(f.ctx, cause)
		f.must(err)
		r, b := f.office.Open(casework.Filing{ID: id, Code: code, Reporter: who, Cause: cause, At: now.Add(after),
			Draft: report.Draft{Text: "x"}, Served: func(string) bool { return true }})
		f.must(f.Store.Commit(f.ctx, b))
		return r
	}
	other := bot.Address{Network: bot.WhatsApp, ID: "62812@s"}
	a, b := at("e1", citizen, 0), at("e2", citizen, time.Minute)
	c := at("e3", other, time.Hour)
	f.same("newest first", list(f.Citizens.Mine, citizen, 9), []report.ID{b.ID, a.ID})
	f.same("at most one", list(f.Citizens.Mine, citizen, 1), []report.ID{b.ID})
	f.same("somebody else's", list(f.Citizens.Mine, other, 9), []report.ID{c.ID})
	f.same("last active is last filed", list(f.Citizens.LastActive, citizen, 9), []report.ID{b.ID, a.ID})

	act := func(r report.Report, cause string, fact report.Fact) report.Report {
		f.Helper()
		fact.Report, fact.Seq = r.ID, r.Rev+1
		after := report.Apply(r, fact)
		f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: fact.At, Changes: []ledger.Change{
			ledger.Changed{Report: after, Was: r.Rev, Facts: []report.Fact{fact}}}}))
		return after
	}
	a = act(a, "e4", report.Fact{At: now.Add(2 * time.Minute), What: report.WasAdvised})
	f.same("an opinion is no act", list(f.Citizens.LastActive, citizen, 9), []report.ID{b.ID, a.ID})
	a = act(a, "e5", report.Fact{At: now.Add(3 * time.Minute), What: report.WasNoted})
	f.same("an act is", list(f.Citizens.LastActive, citizen, 9), []report.ID{a.ID, b.ID})
	f.same("at most one", list(f.Citizens.LastActive, citizen, 1), []report.ID{a.ID})
	act(a, "e6", report.Fact{At: now.Add(4 * time.Minute), What: report.WasRejected})
	f.same("whatever became of it", list(f.Citizens.LastActive, citizen, 9), []report.ID{a.ID, b.ID})
	f.same("nobody's", list(f.Citizens.LastActive, desk, 9), []report.ID{})
}
