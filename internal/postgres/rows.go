package postgres

import (
	"slices"

	"github.com/jackc/pgx/v5/pgtype"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// filing is a row of reports. Columns that say in SQL how they come of doc are not written (GENERATED, see the migrations).
type filing struct {
	cause  string
	report *report.Report
	was    int // the Rev that a change found
}

func reportColumns() []column[filing] {
	return []column[filing]{
		{"id", pgtype.Int8OID, func(a *array, f filing) { a.int8(int64(f.report.ID)) }, true},
		{"code", pgtype.TextOID, func(a *array, f filing) { a.text(string(f.report.Code)) }, true},
		{"cause", pgtype.TextOID, func(a *array, f filing) { a.text(f.cause) }, true},
		{"reporter", pgtype.TextOID, func(a *array, f filing) { a.text(f.report.Reporter.String()) }, false},
		{"filed", pgtype.TimestamptzOID, func(a *array, f filing) { a.time(f.report.Filed) }, true},
		{"due", pgtype.TimestamptzOID, func(a *array, f filing) { a.timeOrNull(f.report.Due) }, false},
		{"next_from", pgtype.TimestamptzOID, func(a *array, f filing) { a.timeOrNull(f.next().From) }, false},
		{"next_due", pgtype.TimestamptzOID, func(a *array, f filing) { a.timeOrNull(f.next().Due) }, false},
		{"doc", pgtype.JSONBOID, func(a *array, f filing) { a.doc(f.report) }, false},
	}
}

// next is the clock of an open report that is due next.
func (f filing) next() report.Term {
	if !f.report.Status.Working() {
		return report.Term{}
	}
	t, _ := f.report.Next()
	return t
}

// changeColumns are what a change of a report is sent as.
func changeColumns() []column[filing] {
	key := []column[filing]{reportColumns()[0], {"was", pgtype.Int4OID, func(a *array, f filing) { a.int4(f.was) }, true}}
	return append(key, slices.DeleteFunc(reportColumns(), func(c column[filing]) bool { return c.fixed })...)
}

func factColumns() []column[*report.Fact] {
	return []column[*report.Fact]{
		{"report", pgtype.Int8OID, func(a *array, f *report.Fact) { a.int8(int64(f.Report)) }, true},
		{"seq", pgtype.Int4OID, func(a *array, f *report.Fact) { a.int4(f.Seq) }, true},
		{"at", pgtype.TimestamptzOID, func(a *array, f *report.Fact) { a.time(f.At) }, true},
		{"what", pgtype.TextOID, func(a *array, f *report.Fact) { a.text(string(f.What)) }, true},
		{"doc", pgtype.JSONBOID, func(a *array, f *report.Fact) { a.doc(f) }, true},
	}
}

func timerColumns() []column[*ledger.Timer] {
	return []column[*ledger.Timer]{
		{"kind", pgtype.TextOID, func(a *array, t *ledger.Timer) { a.text(string(t.Kind)) }, true},
		{"subject", pgtype.TextOID, func(a *array, t *ledger.Timer) { a.text(string(t.Subject)) }, true},
		{"at", pgtype.TimestamptzOID, func(a *array, t *ledger.Timer) { a.time(t.At) }, false},
		{"rev", pgtype.TextOID, func(a *array, t *ledger.Timer) { a.text(t.Rev) }, false},
	}
}

// mail is a row of letters.
type mail struct {
	network, lane string
	letter        *ledger.Letter
}

func letterColumns() []column[mail] {
	return []column[mail]{
		{"key", pgtype.TextOID, func(a *array, m mail) { a.text(m.letter.Key) }, true},
		{"network", pgtype.TextOID, func(a *array, m mail) { a.text(m.network) }, true},
		{"lane", pgtype.TextOID, func(a *array, m mail) { a.text(m.lane) }, true},
		{"report", pgtype.Int8OID, func(a *array, m mail) { a.int8(int64(m.letter.Report)) }, true},
		{"purpose", pgtype.TextOID, func(a *array, m mail) { a.text(string(m.letter.Purpose)) }, true},
		{"fold", pgtype.TextOID, func(a *array, m mail) { a.text(m.letter.Fold) }, true},
		{"hold", pgtype.TimestamptzOID, func(a *array, m mail) { a.timeOrNull(m.letter.Hold) }, true},
		{"doc", pgtype.JSONOID, func(a *array, m mail) { a.doc(m.letter) }, true},
	}
}

// SourceKey is the name under which a network's file is remembered.
func SourceKey(m bot.MediaRef) string { return string(m.Network) + ":" + m.ID }
