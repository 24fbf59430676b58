package casetest

import (
	"fmt"
	"strings"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// said are reports that are searched below: in their order the newest last.
func (f *fixture) said(cause, category, text string, vis report.Visibility, after time.Duration) report.Report {
	f.Helper()
	return f.placed(cause, citizen, report.Draft{Kind: report.Complaint, Text: text, Category: category, Visibility: vis,
		Place: report.Place{Said: "Jl. Ahmad Yani", Note: "depan SD 3, RT 02/05", AreaName: "Sukawana", DistrictName: "Kota"}}, now.Add(after))
}

// searches finds reports by words and by parts of their number, and never by words that are kept from the desk.
func searches(f *fixture) {
	const lamp, road, aid = "penerangan_jalan", "jalan", "bantuan"
	a := f.said("e1", lamp, "Lampunya MATI, sudah 3 hari; hubungi 081234567890", report.Normal, 0)
	b := f.said("e2", road, "lampu 100% padam_total \\ 'di jembatan'", report.Anonymous, time.Minute)
	c := f.said("e3", lamp, "lampu mati, uangnya diminta", report.Confidential, 2*time.Minute)
	d := f.said("e4", aid, "lampu mati dan bansos", report.Normal, 3*time.Minute)
	f.said("e5", road, strings.Repeat("panjangsekali", 300)+" "+strings.Repeat("kata ", 900), report.Normal, 4*time.Minute)
	f.said("e6", road, "", report.Normal, 5*time.Minute)
	number := func(r report.Report) string {
		return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(string(r.Code), strings.SplitN(string(r.Code), "-", 2)[0]+"-"), "-", ""))
	}
	find := func(q ledger.Search) (out []report.ID) {
		f.Helper()
		if q.Most == 0 {
			q.Most = 9
		}
		q.Categories = []string{lamp, road, ""}
		got, err := f.Search.Search(f.ctx, q)
		f.must(err)
		out = []report.ID{}
		for _, r := range got.Reports {
			out = append(out, r.ID)
		}
		return out
	}
	all := func(words string) ledger.Search {
		return ledger.Search{Words: ledger.SearchWords(words), Everywhere: true}
	}
	ids := func(list ...report.Report) []report.ID {
		out := []report.ID{}
		for _, r := range list {
			out = append(out, r.ID)
		}
		return out
	}
	f.same("newest first, without what is kept", find(all("lampu")), ids(b, a))
	f.same("all words", find(all("Lampu, mati!")), ids(a))
	f.same("of the place", find(all("lampu ahmad yani sukawana rt 02 sd")), ids(b, a))
	f.same("a short word is whole", find(all("lampu pa")), ids())
	f.same("no word of anything", find(all("gajah")), ids())
	f.same("a number of somebody", find(all("lampu 0812")), ids(b, a)) // it is no word
	f.same("signs are no words", find(all(`100% padam_total '\`)), ids(b))
	f.same("an office's own", find(ledger.Search{Words: []string{"lampu"}, Agency: a.Agency}), ids(a))
	f.same("in other words", find(ledger.Search{Words: []string{"bohlam|lampu|pju"}, Agency: a.Agency}), ids(a))
	f.same("in none of other words", find(ledger.Search{Words: []string{"bohlam|pju"}, Agency: a.Agency}), ids())
	f.same("the coordinator's own", find(ledger.Search{Words: []string{"lampu"}}), ids())
	f.same("nothing", find(ledger.Search{Everywhere: true}), ids())
	f.same("the number of what is kept", find(ledger.Search{Part: number(c), Everywhere: true}), ids(c))
	f.same("a part of it", find(ledger.Search{Part: number(d)[1:5], Everywhere: true}), ids(d))
	f.same("of another office", find(ledger.Search{Part: number(d), Agency: a.Agency}), ids())
	f.same("a number or words", find(ledger.Search{Part: number(d), Words: []string{"jembatan"}, Everywhere: true}), ids(d, b))
	got, err := f.Search.Search(f.ctx, ledger.Search{Words: []string{"lampu"}, Categories: []string{lamp, road, aid}, Everywhere: true, Most: 1})
	f.must(err)
	f.same("how many more", fmt.Sprint(len(got.Reports), got.More, got.AtLeast), "1 2 false")
}

// waitsFor lists what lies at the coordinator because nobody serves the office.
func waitsFor(f *fixture) {
	_, b := f.filing("e1", "jalan")
	f.must(f.Store.Commit(f.ctx, b)) // its office has it
	unserved := func(cause, category string, after time.Duration) report.Report {
		f.Helper()
		r := f.said(cause, category, "x", report.Normal, after)
		now := r
		fact := report.Fact{Report: r.ID, Seq: r.Rev + 1, At: r.Filed, What: report.WasForwarded, Meant: r.Agency, By: report.Actor{Role: report.System}}
		now = report.Apply(now, fact)
		f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: cause + "/f", At: r.Filed, Changes: []ledger.Change{
			ledger.Changed{Report: now, Was: r.Rev, Facts: []report.Fact{fact}}}}))
		return now
	}
	second, first := unserved("e2", "jalan", time.Hour), unserved("e3", "jalan", time.Minute)
	unserved("e4", "sampah", 0)
	list := func(agency string, limit int) []report.ID {
		f.Helper()
		got, err := f.Search.WaitingFor(f.ctx, agency, limit)
		f.must(err)
		ids := []report.ID{}
		for _, r := range got {
			ids = append(ids, r.ID)
		}
		return ids
	}
	f.same("the oldest first", list("DPUPR", 9), []report.ID{first.ID, second.ID})
	f.same("at most one", list("DPUPR", 1), []report.ID{first.ID})
	f.same("of nobody", list("DISHUB", 9), []report.ID{})
	f.same("of the coordinator", list("", 9), []report.ID{})
}
