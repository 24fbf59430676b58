package postgres

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// array is a column of many rows on its way into unnest, in PostgreSQL's binary form (array_recv in its arrayfuncs.c):
// written once, where it is sent from. The driver's own way is a slice of values, each copied into a buffer that grows,
// for each statement anew: a fifth of all memory that a conversation took.
type array struct {
	of   uint32 // the elements' type (pg_type)
	n    uint32
	null uint32 // 1 when one of them is
	buf  []byte
	json *json.Encoder // into buf, made when it is needed
}

const (
	arrayHead = 20 // dimensions, whether there are nulls, the elements' type, their number, the first one's index
	// arrayKept is the most room that is kept for the next statement.
	arrayKept = 1 << 18
)

func (a *array) reset() {
	if cap(a.buf) > arrayKept || cap(a.buf) < arrayHead {
		a.buf = make([]byte, arrayHead, 4*arrayHead)
	}
	a.n, a.null, a.buf = 0, 0, a.buf[:arrayHead]
}

// wire is the array as it is sent. It is good until the next reset.
func (a *array) wire() []byte {
	for i, v := range [...]uint32{1, a.null, a.of, a.n, 1} {
		binary.BigEndian.PutUint32(a.buf[4*i:], v)
	}
	if a.n == 0 {
		clear(a.buf[:4]) // an empty array has no dimension, and so nothing behind the type
		return a.buf[:12]
	}
	return a.buf
}

func (a *array) element(size int) {
	a.n++
	a.buf = binary.BigEndian.AppendUint32(a.buf, uint32(size)) // a message has at most a gigabyte
}

func (a *array) text(s string) {
	a.element(len(s))
	a.buf = append(a.buf, s...)
}

func (a *array) bytes(b []byte) {
	a.element(len(b))
	a.buf = append(a.buf, b...)
}

func (a *array) int4(v int) {
	a.element(4)
	a.buf = binary.BigEndian.AppendUint32(a.buf, uint32(v))
}

func (a *array) int8(v int64) {
	a.element(8)
	a.buf = binary.BigEndian.AppendUint64(a.buf, uint64(v))
}

func (a *array) bool(v bool) {
	a.element(1)
	if v {
		a.buf = append(a.buf, 1)
	} else {
		a.buf = append(a.buf, 0)
	}
}

// year2000 is PostgreSQL's zero of time in Unix microseconds.
const year2000 = 946684800_000_000

// time adds a moment, cut to microseconds.
func (a *array) time(t time.Time) { a.int8(t.UnixMicro() - year2000) }

func (a *array) timeOrNull(t time.Time) {
	if t.IsZero() {
		a.null = 1
		a.element(-1)
		return
	}
	a.time(t)
}

// doc adds a value as JSON. It must be of a type of our own that JSON can hold: what it cannot is a panic.
func (a *array) doc(v any) {
	a.element(0)
	at := len(a.buf)
	if a.of == pgtype.JSONBOID {
		a.buf = append(a.buf, 1) // its version (jsonb_recv)
	}
	if a.json == nil {
		a.json = json.NewEncoder((*appender)(a))
		a.json.SetEscapeHTML(false)
	}
	if err := a.json.Encode(v); err != nil {
		panic("marshal: " + err.Error())
	}
	a.buf = a.buf[:len(a.buf)-1] // the encoder ends the line
	binary.BigEndian.PutUint32(a.buf[at-4:], uint32(len(a.buf)-at))
}

// docOrNull adds a document, or NULL where there is none.
func (a *array) docOrNull(v json.RawMessage) {
	if v == nil {
		a.null = 1
		a.element(-1)
		return
	}
	a.doc(v)
}

// appender writes into an array's buffer.
type appender array

func (a *appender) Write(p []byte) (int, error) {
	a.buf = append(a.buf, p...)
	return len(p), nil
}
