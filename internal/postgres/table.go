package postgres

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

// column is one column of a table: its name, the type its values are sent as, and what it holds of a row.
type column[R any] struct {
	name string
	of   uint32 // pg_type
	put  func(*array, R)
	// fixed says that a row keeps what it was written with.
	fixed bool
}

// table is rows on their way into one table of the database, turned on their side: an array for each column, and one before
// them that holds the cause each row is of. Its columns are named here and nowhere else: all SQL that writes them is made of
// this list.
type table[R any] struct {
	name    string
	columns []column[R]
	causes  array
	values  []array
	first   int // the number of the first array among the statement's parameters
}

func (t *table[R]) with(name string, columns []column[R]) {
	t.name, t.columns, t.values = name, columns, make([]array, len(columns))
	t.causes.of = pgtype.TextOID
	t.causes.reset()
	for i, c := range columns {
		t.values[i].of = c.of
		t.values[i].reset()
	}
}

func (t *table[R]) empty() bool { return t.causes.n == 0 }

func (t *table[R]) begin(first int) { t.first = first }

func (t *table[R]) add(cause string, row R) {
	t.causes.text(cause)
	for i := range t.columns {
		t.columns[i].put(&t.values[i], row)
	}
}

// arrays are the table's parameters, in their order.
func (t *table[R]) arrays() []*array {
	all := []*array{&t.causes}
	for i := range t.values {
		all = append(all, &t.values[i])
	}
	return all
}

// list joins what f says of each column.
func (t *table[R]) list(f func(i int, c column[R]) string) string {
	var out []string
	for i, c := range t.columns {
		if s := f(i, c); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

func (t *table[R]) names(of string) string {
	return t.list(func(_ int, c column[R]) string { return of + c.name })
}

// param is the array of a column as SQL names it.
func (t *table[R]) param(i int) string {
	return fmt.Sprintf("$%d::%s[]", t.first+1+i, sqlType(t.columns[i].of))
}

// source is the rows as SQL reads them: r, with the cause as r.because and the row's place as r.nth.
func (t *table[R]) source() string {
	return fmt.Sprintf("unnest($%d::text[], %s) WITH ORDINALITY AS r (because, %s, nth)", t.first, t.list(func(i int, _ column[R]) string { return t.param(i) }), t.names(""))
}

// insert writes the rows whose cause may be handled now; pick stands before what is selected, rest after it all.
func (t *table[R]) insert(pick, rest string) string {
	return fmt.Sprintf("INSERT INTO %s (%s) SELECT %s %s FROM %s JOIN may ON may.cause = r.because %s",
		t.name, t.names(""), pick, t.names("r."), t.source(), rest)
}

// overwrite sets what may change to what a row that stands in the way was to hold.
func (t *table[R]) overwrite() string {
	return t.list(func(_ int, c column[R]) string {
		if c.fixed {
			return ""
		}
		return c.name + " = excluded." + c.name
	})
}

// set sets what may change to the first of the rows. It takes no join: the plan of one that was made when the table was
// empty would read the whole table.
func (t *table[R]) set() string {
	return t.list(func(i int, c column[R]) string {
		if c.fixed {
			return ""
		}
		return fmt.Sprintf("%s = (%s)[1]", c.name, t.param(i))
	})
}

func sqlType(of uint32) string {
	switch of {
	case pgtype.TextOID:
		return "text"
	case pgtype.ByteaOID:
		return "bytea"
	case pgtype.BoolOID:
		return "boolean"
	case pgtype.Int4OID:
		return "int"
	case pgtype.Int8OID:
		return "bigint"
	case pgtype.TimestamptzOID:
		return "timestamptz"
	case pgtype.JSONBOID:
		return "jsonb"
	case pgtype.JSONOID:
		return "json"
	default:
		panic(fmt.Sprintf("no name for the type %d", of)) // at start: see TestEveryColumnIsWrittenInOnePlace
	}
}
