package casetest

import (
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// carriedKey is what a posting of a client is known by when it is sent again.
type carriedKey struct {
	client string
	print  [32]byte
}

// carried lets a client bring a report, the same once more, and the same again when that is long ago.
func carried(f *fixture) {
	bring := func(cause, client string, mark byte, at time.Time) error {
		f.Helper()
		id, code, err := f.Store.NextID(f.ctx, cause)
		f.must(err)
		_, b := f.office.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: at,
			Draft: report.Draft{Kind: report.Complaint, Text: "lubang", Category: "jalan", Via: report.ChanOpen311}})
		b.Changes = append(b.Changes, ledger.Carried{Report: id, Client: client, Token: "t" + cause, Print: [32]byte{mark}, At: at, Since: at.Add(-time.Minute)})
		return f.Store.Commit(f.ctx, b)
	}
	f.must(bring("e1", "fms", 1, now))
	f.wants(bring("e2", "fms", 1, now.Add(time.Minute)), ledger.ErrDone)
	f.must(bring("e3", "fms", 2, now.Add(time.Second)))
	f.must(bring("e4", "other", 1, now.Add(time.Second)))
	f.must(bring("e5", "fms", 1, now.Add(2*time.Minute)))
	f.wants(bring("e6", "fms", 1, now.Add(2*time.Minute)), ledger.ErrDone)
	open, err := f.Reader.OpenOf(f.ctx, "", 9)
	f.must(err)
	f.same("reports that were brought", len(open), 4)
	f.same("their channel", open[0].Channel(), report.ChanOpen311)
}
