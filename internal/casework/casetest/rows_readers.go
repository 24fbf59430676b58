package casetest

import (
	"fmt"
	"slices"
	"strings"
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

// opens is what roll calls read of two rooms: danger first, then what is due first, however old it is; what is late and what is due soon.
func opens(f *fixture) {
	lists, ok := f.Reader.(ledger.RollReader)
	if !ok {
		f.Fatalf("%T reads no roll calls", f.Reader)
	}
	file := func(cause, category string, at time.Time, danger bool) report.Report {
		f.Helper()
		id, code, err := f.Store.NextID(f.ctx, cause)
		f.must(err)
		r, b := f.office.Open(casework.Filing{ID: id, Code: code, Reporter: citizen, Cause: cause, At: at,
			Draft: report.Draft{Category: category, Emergency: danger}, Served: func(string) bool { return true }})
		f.must(f.Store.Commit(f.ctx, b))
		return r
	}
	hour := func(n int) time.Time { return now.Add(time.Duration(n) * time.Hour) }
	newer, older := file("e1", "penerangan_jalan", hour(2), false), file("e2", "penerangan_jalan", hour(0), false)
	danger, road := file("e3", "penerangan_jalan", hour(3), true), file("e4", "jalan", hour(1), false)
	done := file("e5", "penerangan_jalan", hour(0), false)
	_, b := f.acting(done, "e6", report.Reject{Reason: "bohong", Words: "sudah menyala"})
	f.must(f.Store.Commit(f.ctx, b))
	due := func(r report.Report) time.Time {
		t, ok := r.Next()
		if !ok {
			f.Fatalf("%s has no limit", r.Code)
		}
		return t.Due
	}
	read := func(at, soon time.Time, most int) (out []string) {
		f.Helper()
		got, err := lists.Opens(f.ctx, []string{"DISHUB", "DPUPR", ""}, at, soon, most)
		f.must(err)
		for _, room := range []string{"", "DISHUB", "DPUPR"} {
			l, has := got[room]
			if !has {
				continue
			}
			names := map[report.ID]string{newer.ID: " newer", older.ID: " older", danger.ID: " danger", road.ID: " road"}
			var shown strings.Builder
			for _, r := range l.First {
				shown.WriteString(names[r.ID])
			}
			out = append(out, fmt.Sprintf("%s: %d, %d late, %d soon:%s", room, l.Open, l.Late, len(l.Soon), shown.String()))
		}
		return out
	}
	f.same("on the same day", read(hour(4), hour(5), 9), []string{"DISHUB: 3, 0 late, 0 soon: danger older newer", "DPUPR: 1, 0 late, 0 soon: road"})
	f.same("what is due at the moment itself is soon", read(due(older), due(newer), 2), []string{"DISHUB: 3, 0 late, 1 soon: danger older", "DPUPR: 1, 0 late, 0 soon: road"})
	f.same("all late", read(due(road).AddDate(0, 1, 0), due(road).AddDate(0, 2, 0), 1), []string{"DISHUB: 3, 3 late, 0 soon: danger", "DPUPR: 1, 1 late, 0 soon: road"})
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
