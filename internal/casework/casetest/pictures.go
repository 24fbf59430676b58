package casetest

import (
	"context"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var _ ledger.PictureReader = (*Memory)(nil)

// Pictures are files that may show the same as a picture. No play keeps so many that the oldest are left out.
func (m *Memory) Pictures(_ context.Context, a ledger.Alike) (out []ledger.Picture, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, f := range m.files {
		p := ledger.Picture{Report: key.report, From: bot.MediaRef{Network: key.network, ID: key.id}, File: f}
		named := key.network == a.From.Network && key.id == a.From.ID
		kept := a.Ref.ID != "" && f.Ref.ID == a.Ref.ID
		if f.Lost == "" && f.Waits == "" && (key.report == a.Report || named || kept || f.Look != "") {
			out = append(out, p)
		}
	}
	return out, nil
}

// pictures are found by their report, their name, their content and their look.
func pictures(f *fixture) {
	ref := func(id string) bot.MediaRef { return bot.MediaRef{Network: bot.WhatsApp, ID: id} }
	keep := func(r report.Report, id string, file ledger.File) {
		f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "kept:" + id, At: now, Changes: []ledger.Change{ledger.Stored{Report: r.ID, From: ref(id), File: file}}}))
	}
	stored := func(id string) bot.MediaRef { return bot.MediaRef{Network: bot.Store, ID: id} }
	a, b := f.filed("a"), f.filed("b")
	keep(a, "plain", ledger.File{Ref: stored("aa/1.jpg")})
	keep(a, "looked", ledger.File{Ref: stored("aa/2.jpg"), Look: "00ff00ff00ff00ff"})
	keep(a, "lost", ledger.File{Lost: "hilang"})
	keep(b, "waits", ledger.File{Waits: "penuh", Look: "00ff00ff00ff00ff"})
	keep(b, "other", ledger.File{Ref: stored("bb/1.jpg")})
	find := func(q ledger.Alike) map[string]report.ID {
		f.Helper()
		got, err := f.Reader.Pictures(f.ctx, q)
		f.must(err)
		out := map[string]report.ID{}
		for _, p := range got {
			if out[p.From.ID] != 0 || p.From.Network != bot.WhatsApp || p.File.Ref.ID == "" {
				f.Errorf("found twice, or not as it was kept: %+v", p)
			}
			out[p.From.ID] = p.Report
		}
		return out
	}
	f.same("the newest with a look", find(ledger.Alike{}), map[string]report.ID{"looked": a.ID})
	f.same("those of a report", find(ledger.Alike{Report: a.ID}), map[string]report.ID{"looked": a.ID, "plain": a.ID})
	f.same("by its name", find(ledger.Alike{From: ref("other")}), map[string]report.ID{"looked": a.ID, "other": b.ID})
	f.same("by its content", find(ledger.Alike{Ref: stored("aa/1.jpg")}), map[string]report.ID{"looked": a.ID, "plain": a.ID})
	f.same("by its look", find(ledger.Alike{Look: "00ff00ff00ff00ff"}), map[string]report.ID{"looked": a.ID})
}
