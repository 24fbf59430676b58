package casetest

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// chatless is a report without a chat: nobody has filed it as far as chats go, and its facts and numbers are kept as others'.
func chatless(f *fixture) {
	f.who = bot.Address{}
	r := f.filed("e1")
	f.who = citizen
	mine := f.filed("e2")
	for i, a := range []report.Action{report.Take{}, report.Reply{Words: "segera"}, report.Link{Foreign: report.Foreign{Source: "SP4N", Number: "12"}}} {
		after, b := f.acting(r, "act"+string(rune('a'+i)), a)
		f.must(f.Store.Commit(f.ctx, b))
		r = after
	}
	got, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	f.same("the report", got, r)
	f.same("its number elsewhere", got.Foreign, []report.Foreign{{Source: "SP4N", Number: "12"}})
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	f.same("folded facts", report.Fold(report.Origin(got), facts), got)
	whole, err := f.Reader.Whole(f.ctx, r.ID)
	f.must(err)
	f.same("its news", whole.Delivery.State, ledger.NoLetter)
	for _, who := range []bot.Address{{}, {Topic: "4"}} {
		none, err := f.Citizens.Mine(f.ctx, who, 9)
		f.must(err)
		f.same("nobody's reports", none, []report.Report{})
		none, err = f.Citizens.LastActive(f.ctx, who, 9)
		f.must(err)
		f.same("nobody's last reports", none, []report.Report{})
	}
	own, err := f.Citizens.Mine(f.ctx, citizen, 9)
	f.must(err)
	f.same("a citizen's reports", own, []report.Report{mine})
	open, err := f.Reader.OpenOf(f.ctx, r.Agency, 9)
	f.must(err)
	f.same("open reports", len(open), 2)
}

// albums lets two officers answer with an album each.
func albums(f *fixture) {
	act := func(r report.Report, cause, person, album string) report.Report {
		f.Helper()
		facts, err := f.Reader.Facts(f.ctx, r.ID)
		f.must(err)
		by := report.Actor{Role: report.Operator, ID: person, Name: "x", Home: r.Agency, Chat: desk}
		after, b, err := f.office.Act(r, by, report.Reply{Photos: []bot.MediaRef{{Network: bot.Telegram, ID: cause}}},
			casework.Occasion{Cause: cause, At: now, Facts: facts, Album: album})
		f.must(err)
		f.must(f.Store.Commit(f.ctx, b))
		return after
	}
	one := act(f.filed("e1"), "e2", "telegram:1", "a")
	two := act(act(f.filed("e3"), "e4", "telegram:2", "a"), "e5", "telegram:1", "b")
	for _, c := range []struct {
		person, album string
		want          report.ID
	}{{"telegram:1", "a", one.ID}, {"telegram:2", "a", two.ID}, {"telegram:1", "b", two.ID}} {
		got, err := f.Reader.ByAlbum(f.ctx, c.person, c.album)
		f.must(err)
		f.same("the report of album "+c.album+" of "+c.person, got.ID, c.want)
	}
	for _, c := range [][2]string{{"telegram:2", "b"}, {"telegram:3", "a"}, {"telegram:1", ""}, {"", "a"}, {"", ""}} {
		_, err := f.Reader.ByAlbum(f.ctx, c[0], c[1])
		f.wants(err, ledger.ErrUnknown)
	}
}

// ways lets one report stay where it was guessed to belong, and one be passed on.
func ways(f *fixture) {
	stays, goes := f.filed("e1"), f.filed("e2")
	_, b := f.acting(stays, "e3", report.Take{})
	f.must(f.Store.Commit(f.ctx, b))
	facts, err := f.Reader.Facts(f.ctx, goes.ID)
	f.must(err)
	by := report.Actor{Role: report.Coordinator, ID: "telegram:9", Name: "Rina", Chat: desk}
	_, b, err = f.office.Act(goes, by, report.Forward{To: "DPUPR"}, casework.Occasion{Cause: "e4", At: now, Facts: facts, Served: func(string) bool { return true }})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	want := []ledger.Route{{Report: stays.ID, First: "DISHUB", Last: "DISHUB", Judged: true}, {Report: goes.ID, First: "DISHUB", Last: "DPUPR", Judged: true}}
	got, err := f.Reader.Routes(f.ctx, now)
	f.must(err)
	byID := func(a, b ledger.Route) int { return int(a.Report - b.Report) } // both were filed in the same moment
	slices.SortFunc(got, byID)
	slices.SortFunc(want, byID)
	f.same("ways", got, want)
	got, err = f.Reader.Routes(f.ctx, now.Add(time.Second))
	f.must(err)
	f.same("ways since then", got, []ledger.Route{})
}
