package postgres

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5/pgtype"

	"rabeg/internal/gather"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// group gathers batches of different chats into one statement, so that many of them share one round trip and one
// fsync. A statement that fails is taken apart and each batch tried alone: one bad batch never fails its neighbours.
type group struct {
	s    *Store
	in   *gather.Line[request]
	room sync.Pool // of *columns
}

type request struct {
	ctx   context.Context
	batch ledger.Batch
	reply chan error
}

const (
	groupWriters = 2
	groupMost    = 96
)

func newGroup(s *Store) *group {
	g := &group{s: s, room: sync.Pool{New: func() any { return newColumns() }}}
	g.in = gather.New(groupWriters, groupMost, g.flush)
	return g
}

func (g *group) commit(ctx context.Context, b ledger.Batch) error {
	r := request{ctx: ctx, batch: b, reply: make(chan error, 1)}
	if err := g.in.Put(ctx, r); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	// The answer always comes: each statement is bounded. Leaving earlier would not stop the commit.
	return <-r.reply
}

func (g *group) flush(all []request) {
	// A cause that stands twice in one group waits for the outcome of the first.
	seen := make(map[string]bool, len(all))
	now := all[:0]
	var later []request
	for _, r := range all {
		if err := r.ctx.Err(); err != nil {
			r.reply <- err
			continue
		}
		if seen[r.batch.Cause] {
			later = append(later, r)
			continue
		}
		seen[r.batch.Cause] = true
		now = append(now, r)
	}
	if len(now) > 0 {
		g.together(now) // one alone too: a statement is one round trip, a transaction is four
	}
	g.alone(later)
}

func (g *group) alone(rs []request) {
	for _, r := range rs {
		r.reply <- guarded(func() error { return g.s.commitAlone(r.ctx, r.batch) })
	}
}

// guarded turns a panic over one batch into its failure: here it would end the program, and again at every delivery of
// the event behind it.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("commit: panic: %T", r)
		}
	}()
	return f()
}

// together writes a group. It answers each cause that was new with 0, each whose report's number is another's with -1, and
// each letter's key with its id, which is above 0.
const together = `
WITH taken AS (
    SELECT r.cause FROM unnest($4::text[], $3::text[]) AS r (cause, code) WHERE (SELECT o.cause <> r.cause FROM reports o WHERE o.code = r.code)
), new AS (
    INSERT INTO handled (cause) SELECT c FROM unnest($1::text[]) AS c WHERE c NOT IN (SELECT cause FROM taken)
    ORDER BY c ON CONFLICT DO NOTHING RETURNING cause
), opened AS (
    INSERT INTO reports (id, code, cause, rev, status, agency, category, kind, visibility, reporter, area, district, lat, lon, filed, due, doc)
    SELECT r.* FROM unnest($2::bigint[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
        $10::text[], $11::text[], $12::text[], $13::text[], $14::float8[], $15::float8[], $16::timestamptz[], $17::timestamptz[], $18::jsonb[])
        AS r (id, code, cause, rev, status, agency, category, kind, visibility, reporter, area, district, lat, lon, filed, due, doc)
    JOIN new USING (cause)
    RETURNING id
), told AS (
    INSERT INTO facts (report, seq, at, what, doc)
    SELECT f.report, f.seq, f.at, f.what, f.doc
    FROM unnest($19::text[], $20::bigint[], $21::int[], $22::timestamptz[], $23::text[], $24::jsonb[]) AS f (cause, report, seq, at, what, doc)
    JOIN new USING (cause)
), timed AS (
    INSERT INTO timers (kind, subject, at, rev)
    SELECT DISTINCT ON (subject, kind) t.kind, t.subject, t.at, t.rev
    FROM unnest($25::text[], $26::text[], $27::text[], $28::timestamptz[], $29::text[]) WITH ORDINALITY AS t (cause, kind, subject, at, rev, nth)
    JOIN new USING (cause) ORDER BY subject, kind, nth DESC
    ON CONFLICT (subject, kind) DO UPDATE SET at = excluded.at, rev = excluded.rev, tries = 0, again = NULL
), written AS (
    INSERT INTO letters (key, network, lane, report, purpose, fold, hold, doc)
    SELECT l.key, l.network, l.lane, l.report, l.purpose, l.fold, l.hold, l.doc
    FROM unnest($30::text[], $31::text[], $32::text[], $33::text[], $34::bigint[], $35::text[], $36::text[], $37::timestamptz[], $38::json[])
        WITH ORDINALITY AS l (cause, key, network, lane, report, purpose, fold, hold, doc, nth)
    JOIN new USING (cause) ORDER BY l.nth
    RETURNING id, key
)
SELECT 0::bigint, cause FROM new UNION ALL SELECT -1, cause FROM taken UNION ALL SELECT id, key FROM written`

func (g *group) together(rs []request) {
	ctx, cancel := context.WithTimeout(context.Background(), commitTimeout)
	defer cancel()
	c := g.room.Get().(*columns) //nolint:forcetypeassert // only columns are in it
	err := guarded(func() error {
		c.fill(rs)
		return g.exec(ctx, c)
	})
	if err != nil {
		g.alone(rs) // the columns may be half written: they are not used again
		return
	}
	defer g.room.Put(c)
	items, nth := c.items[:0], 0
	for i, r := range rs {
		for _, l := range r.batch.Letters {
			if c.ends[i] == nil {
				items = append(items, outbox.Item{ID: c.ids[nth], Letter: l})
			}
			nth++
		}
	}
	if len(items) > 0 {
		g.s.Committed(items)
	}
	clear(items)
	c.items = items
	for i, r := range rs {
		r.reply <- c.ends[i]
	}
}

// exec runs the statement and reads what became of the causes, and the ids of their letters.
func (g *group) exec(ctx context.Context, c *columns) error {
	conn, err := g.s.Pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	known, err := conn.Conn().Prepare(ctx, "together", together) // once a connection
	if err != nil {
		return err
	}
	inBinary, values, size := []int16{1}, c.wire(), room(frame)
	for _, v := range values {
		size += room(4 + len(v)) // a length goes before each
	}
	on := conn.Conn().PgConn()
	on.Frontend().Send(size)
	rows := on.ExecStatement(ctx, known, values, inBinary, inBinary)
	for rows.NextRow() {
		row := rows.Values()
		switch id := int64(binary.BigEndian.Uint64(row[0])); id {
		case 0:
			c.ends[c.nthCause[string(row[1])]] = nil
		case -1:
			c.ends[c.nthCause[string(row[1])]] = ledger.ErrTaken
		default:
			c.ids[c.nthLetter[string(row[1])]] = id
		}
	}
	_, err = rows.Close()
	return err
}

// frame is more than all else that goes with a statement's values.
const frame = 256

// room is a message of no length. Sent before another it makes room for that in the connection's buffer, which would else
// grow from a kilobyte step by step, for each statement anew.
type room int

// Encode, Decode and Frontend make it a pgproto3.FrontendMessage.
func (r room) Encode(buf []byte) ([]byte, error) { return slices.Grow(buf, int(r)), nil }
func (room) Decode([]byte) error                 { return errors.New("nobody sends room") }
func (room) Frontend()                           {}

// columns are the rows of a group, turned on their side: one array for each of the statement's parameters.
type columns struct {
	cause  array
	report struct {
		id, code, cause, rev, status, agency, category, kind, visibility, reporter, area, district, lat, lon, filed, due, doc array
	}
	fact   struct{ cause, report, seq, at, what, doc array }
	timer  struct{ cause, kind, subject, at, rev array }
	letter struct{ cause, key, network, lane, report, purpose, fold, hold, doc array }

	all    []*array // in the statement's order
	values [][]byte

	// What became of it: for each request nil, ErrDone or ErrTaken, for each letter its id.
	ends                []error
	ids                 []int64
	nthCause, nthLetter map[string]int
	items               []outbox.Item // room for those letters
}

func newColumns() *columns {
	c := &columns{nthCause: map[string]int{}, nthLetter: map[string]int{}}
	of := func(oid uint32, arrays ...*array) {
		for _, a := range arrays {
			a.of = oid
		}
	}
	r, f, t, l := &c.report, &c.fact, &c.timer, &c.letter
	c.all = []*array{
		&c.cause,
		&r.id, &r.code, &r.cause, &r.rev, &r.status, &r.agency, &r.category, &r.kind, &r.visibility, &r.reporter, &r.area,
		&r.district, &r.lat, &r.lon, &r.filed, &r.due, &r.doc,
		&f.cause, &f.report, &f.seq, &f.at, &f.what, &f.doc,
		&t.cause, &t.kind, &t.subject, &t.at, &t.rev,
		&l.cause, &l.key, &l.network, &l.lane, &l.report, &l.purpose, &l.fold, &l.hold, &l.doc,
	}
	of(pgtype.TextOID, c.all...)
	of(pgtype.Int8OID, &r.id, &f.report, &l.report)
	of(pgtype.Int4OID, &r.rev, &f.seq)
	of(pgtype.Float8OID, &r.lat, &r.lon)
	of(pgtype.TimestamptzOID, &r.filed, &r.due, &f.at, &t.at, &l.hold)
	of(pgtype.JSONBOID, &r.doc, &f.doc)
	of(pgtype.JSONOID, &l.doc)
	return c
}

// fill writes a group's batches into the columns, whose last use is forgotten.
func (c *columns) fill(rs []request) {
	for _, a := range c.all {
		a.reset()
	}
	clear(c.nthCause)
	clear(c.nthLetter)
	c.ends, c.ids = c.ends[:0], c.ids[:0]
	for _, r := range rs {
		c.add(r.batch)
	}
}

// wire is the arrays as they are sent.
func (c *columns) wire() [][]byte {
	c.values = c.values[:0]
	for _, a := range c.all {
		c.values = append(c.values, a.wire())
	}
	return c.values
}

func (c *columns) add(b ledger.Batch) {
	c.nthCause[b.Cause] = len(c.ends)
	c.ends = append(c.ends, ledger.ErrDone)
	c.cause.text(b.Cause)
	for _, ch := range b.Changes {
		switch ch := ch.(type) { // addsOnly lets no others in
		case ledger.Opened:
			c.open(b.Cause, ch)
		case ledger.Timed:
			c.time(b.Cause, ch.Timer)
		}
	}
	for i := range b.Letters {
		c.write(b.Cause, &b.Letters[i])
	}
}

func (c *columns) time(cause string, t ledger.Timer) {
	to := &c.timer
	to.cause.text(cause)
	to.kind.text(string(t.Kind))
	to.subject.text(string(t.Subject))
	to.at.time(t.At)
	to.rev.text(t.Rev)
}

func (c *columns) write(cause string, l *ledger.Letter) {
	c.nthLetter[l.Key] = len(c.ids)
	c.ids = append(c.ids, 0)
	network, lane := queueOf(*l)
	to := &c.letter
	to.cause.text(cause)
	to.key.text(l.Key)
	to.network.text(network)
	to.lane.text(lane)
	to.report.int8(int64(l.Report))
	to.purpose.text(string(l.Purpose))
	to.fold.text(l.Fold)
	to.hold.time(l.Hold)
	to.doc.doc(l)
}

func (c *columns) open(cause string, o ledger.Opened) {
	r, to := row(o.Report), &c.report
	to.id.int8(r.id)
	to.code.text(r.code)
	to.cause.text(cause)
	to.rev.int4(r.rev)
	to.status.text(r.status)
	to.agency.text(r.agency)
	to.category.text(r.category)
	to.kind.text(r.kind)
	to.visibility.text(r.visibility)
	to.reporter.text(r.reporter)
	to.area.text(r.area)
	to.district.text(r.district)
	to.lat.float(r.lat)
	to.lon.float(r.lon)
	to.filed.time(r.filed)
	to.due.time(o.Report.Due)
	to.doc.doc(&o.Report)
	for i := range o.Facts {
		f := &o.Facts[i]
		c.fact.cause.text(cause)
		c.fact.report.int8(int64(f.Report))
		c.fact.seq.int4(f.Seq)
		c.fact.at.time(f.At)
		c.fact.what.text(string(f.What))
		c.fact.doc.doc(f)
	}
}
