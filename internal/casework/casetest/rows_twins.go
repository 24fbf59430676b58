package casetest

import (
	"errors"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// inOrder are ids as a look around gives them.
func inOrder(ids ...report.ID) []report.ID {
	slices.Sort(ids)
	return ids
}

// placed files a report at a place.
func (f *fixture) placed(cause string, who bot.Address, d report.Draft, at time.Time) report.Report {
	f.Helper()
	id, code, err := f.Store.NextID(f.ctx, cause)
	f.must(err)
	r, b := f.office.Open(casework.Filing{ID: id, Code: code, Reporter: who, Cause: cause, At: at, Draft: d, Served: func(string) bool { return true }})
	f.must(f.Store.Commit(f.ctx, b))
	return r
}

// around looks for open reports in a circle, in a kelurahan, and of a person.
func around(f *fixture) {
	const lamp, road = "penerangan_jalan", "jalan_jembatan"
	other := bot.Address{Network: bot.WhatsApp, ID: "62812@s"}
	here := report.Pin{Lat: -6.115, Lon: 106.15}
	at := func(metresNorth float64, area string) report.Place {
		return report.Place{Pin: &report.Pin{Lat: here.Lat + metresNorth/111194.9, Lon: here.Lon}, Area: area}
	}
	photo := bot.MediaRef{Network: bot.WhatsApp, ID: "p1"}
	near := f.placed("e1", citizen, report.Draft{Category: lamp, Place: at(20, "a1"), Visibility: report.Normal, Photos: []bot.MediaRef{photo}}, now)
	far := f.placed("e2", citizen, report.Draft{Category: lamp, Place: at(900, "a1"), Visibility: report.Normal}, now)
	unpinned := f.placed("e3", other, report.Draft{Category: lamp, Place: report.Place{Area: "a1"}, Visibility: report.Anonymous}, now.Add(time.Minute))
	f.placed("e4", citizen, report.Draft{Category: lamp, Place: at(5, "a1"), Visibility: report.Confidential}, now)
	f.placed("e5", citizen, report.Draft{Category: road, Place: at(5, "a1"), Visibility: report.Normal}, now)
	f.placed("e6", citizen, report.Draft{Category: lamp, Place: at(5, "a1"), Visibility: report.Normal}, now.Add(-48*time.Hour))
	ended := f.placed("e7", citizen, report.Draft{Category: lamp, Place: at(5, "a1"), Visibility: report.Normal}, now)
	fact := report.Fact{Report: ended.ID, Seq: ended.Rev + 1, At: now, What: report.WasRejected}
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "end", At: now, Changes: []ledger.Change{
		ledger.Changed{Report: report.Apply(ended, fact), Was: ended.Rev, Facts: []report.Fact{fact}}}}))
	kept := ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "ab/cd.jpg"}, Look: "00ff00ff00ff00ff"}
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "kept", At: now, Changes: []ledger.Change{ledger.Stored{Report: near.ID, From: photo, File: kept}}}))

	look := func(a ledger.Around) (out []report.ID) {
		f.Helper()
		a.Categories, a.Since = []string{lamp, "pohon_taman"}, now.Add(-24*time.Hour)
		got, err := f.Twins.Around(f.ctx, a)
		f.must(err)
		for _, n := range got {
			out = append(out, n.Report.ID)
			if n.Report.ID == near.ID {
				f.same("its picture", n.Photos, []ledger.File{kept})
			}
		}
		return out
	}
	f.same("in the circle", look(ledger.Around{Pin: &here, Metres: 40}), inOrder(near.ID))
	f.same("in a wider one", look(ledger.Around{Pin: &here, Metres: 1000}), inOrder(near.ID, far.ID))
	f.same("in the circle, and without a pin", look(ledger.Around{Pin: &here, Metres: 40, Area: "a1"}), inOrder(near.ID, unpinned.ID))
	f.same("in the kelurahan", look(ledger.Around{Area: "a1"}), inOrder(near.ID, far.ID, unpinned.ID))
	f.same("of another person", look(ledger.Around{Reporter: other}), inOrder(unpinned.ID))
	f.same("nobody asked for", look(ledger.Around{}), inOrder())
	placeless := f.placed("e8", other, report.Draft{Category: lamp, Place: report.Place{Nowhere: true}, Visibility: report.Normal}, now)
	f.placed("e9", other, report.Draft{Category: lamp, Place: report.Place{Nowhere: true}, Visibility: report.Confidential}, now)
	f.same("nowhere", look(ledger.Around{Nowhere: true}), inOrder(placeless.ID))
	f.same("in another kelurahan", look(ledger.Around{Area: "a2"}), inOrder())
}

// memos are kept with their cause, in a batch that only adds as in one that changes something, and the first one counts.
func memos(f *fixture) {
	op := ledger.Operator{ID: "telegram:9", Role: report.Operator, Agency: "DISHUB", Since: now}
	say := ledger.Letter{Key: "m1/1", To: citizen, Purpose: ledger.Reply}
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "m1", At: now, Letters: []ledger.Letter{say}, Memo: []byte(`{"a":1}`)}))
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "m2", At: now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}, Memo: []byte(`[2]`)}))
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "m3", At: now}))
	if err := f.Store.Commit(f.ctx, ledger.Batch{Cause: "m2", At: now, Memo: []byte(`[3]`)}); !errors.Is(err, ledger.ErrDone) {
		f.Errorf("a second memo: %v", err)
	}
	for cause, want := range map[string]string{"m1": `{"a":1}`, "m2": `[2]`, "m3": "", "m4": ""} {
		got, err := f.Twins.Memo(f.ctx, cause)
		f.must(err)
		f.same("the memo of "+cause, string(got), want)
	}
}

// handled are causes whose batch was committed, whatever was in it; one that failed, and one that only looks like it, are not.
func handled(f *fixture) {
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "h1", At: now}))
	f.filed("h2")
	_, bad := f.filing("h3", "jalan")
	bad.Changes = append(bad.Changes, ledger.Changed{Report: f.filed("h4"), Was: 99})
	f.wants(f.Store.Commit(f.ctx, bad), ledger.ErrStale)
	for cause, want := range map[string]bool{"h1": true, "h2": true, "h3": false, "h": false, "h11": false, "": false} {
		got, err := f.Handled.Handled(f.ctx, cause)
		f.must(err)
		f.same("whether "+cause+" was handled", got, want)
	}
}

// followed lists what somebody follows, as long as he or she does.
func followed(f *fixture) {
	who := bot.Address{Network: bot.WhatsApp, ID: "62812@s"}
	list := func(chat bot.Address, limit int) []report.ID {
		f.Helper()
		got, err := f.Twins.Followed(f.ctx, chat, limit)
		f.must(err)
		ids := []report.ID{}
		for _, r := range got {
			ids = append(ids, r.ID)
		}
		return ids
	}
	fact := func(r report.Report, cause string, w report.What) report.Report {
		f.Helper()
		fact := report.Fact{Report: r.ID, Seq: r.Rev + 1, At: now, What: w, By: report.Actor{Role: report.Citizen, Chat: who}, Lang: "id"}
		after := report.Apply(r, fact)
		f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{
			ledger.Changed{Report: after, Was: r.Rev, Facts: []report.Fact{fact}}}}))
		return after
	}
	a := f.placed("e1", citizen, report.Draft{Text: "x"}, now)
	b := f.placed("e2", citizen, report.Draft{Text: "y"}, now.Add(time.Minute))
	a, b = fact(a, "f1", report.WasFollowed), fact(b, "f2", report.WasFollowed)
	f.same("what is followed", list(who, 9), []report.ID{b.ID, a.ID})
	f.same("at most one", list(who, 1), []report.ID{b.ID})
	f.same("of somebody else", list(citizen, 9), []report.ID{})
	f.same("of nobody", list(bot.Address{}, 9), []report.ID{})
	fact(b, "f3", report.WasUnfollowed)
	f.same("what is left", list(who, 9), []report.ID{a.ID})
}
