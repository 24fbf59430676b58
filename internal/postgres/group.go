package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"rabeg/internal/casework"
	"rabeg/internal/gather"
	"rabeg/internal/outbox"
)

// group gathers batches of different chats into one statement, so that many of them share one round trip and one
// fsync. A statement that fails is taken apart and each batch tried alone: one bad batch never fails its neighbours.
type group struct {
	s  *Store
	in *gather.Line[request]
}

type request struct {
	ctx   context.Context
	batch casework.Batch
	reply chan error
}

const (
	groupWriters = 2
	groupMost    = 96
)

func newGroup(s *Store) *group {
	g := &group{s: s}
	g.in = gather.New(groupWriters, groupMost, g.flush)
	return g
}

func (g *group) commit(ctx context.Context, b casework.Batch) error {
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
	var now, later []request
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

const together = `
WITH new AS (
    INSERT INTO handled (cause) SELECT c FROM unnest($1::text[]) AS c ORDER BY c ON CONFLICT DO NOTHING RETURNING cause
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
), woken AS (
    INSERT INTO wakes (chat, draft, at)
    SELECT DISTINCT ON (chat) w.chat, w.draft, w.at FROM unnest($25::text[], $26::text[], $27::text[], $28::timestamptz[]) AS w (cause, chat, draft, at)
    JOIN new USING (cause) ORDER BY chat, at DESC
    ON CONFLICT (chat) DO UPDATE SET draft = excluded.draft, at = excluded.at
), written AS (
    INSERT INTO letters (key, network, lane, report, purpose, fold, hold, doc)
    SELECT l.key, l.network, l.lane, l.report, l.purpose, l.fold, l.hold, l.doc
    FROM unnest($29::text[], $30::text[], $31::text[], $32::text[], $33::bigint[], $34::text[], $35::text[], $36::timestamptz[], $37::json[])
        WITH ORDINALITY AS l (cause, key, network, lane, report, purpose, fold, hold, doc, nth)
    JOIN new USING (cause) ORDER BY l.nth
    RETURNING id, key
)
SELECT 0::bigint, cause FROM new UNION ALL SELECT id, key FROM written`

func (g *group) together(rs []request) {
	ctx, cancel := context.WithTimeout(context.Background(), commitTimeout)
	defer cancel()
	var done map[string]bool
	var ids map[string]int64
	err := guarded(func() (err error) {
		done, ids, err = g.exec(ctx, rs)
		return err
	})
	if err != nil {
		g.alone(rs)
		return
	}
	items := make([]outbox.Item, 0, len(ids))
	for _, r := range rs {
		if !done[r.batch.Cause] {
			continue
		}
		for _, l := range r.batch.Letters {
			items = append(items, outbox.Item{ID: ids[l.Key], Letter: l})
		}
	}
	if len(items) > 0 {
		g.s.Committed(items)
	}
	for _, r := range rs {
		if done[r.batch.Cause] {
			r.reply <- nil
		} else {
			r.reply <- casework.ErrDone
		}
	}
}

func (g *group) exec(ctx context.Context, rs []request) (done map[string]bool, ids map[string]int64, err error) {
	c := columnsFor(rs)
	for _, r := range rs {
		c.add(r.batch)
	}
	rows, err := g.s.Pool.Query(ctx, together, c.args()...)
	if err != nil {
		return nil, nil, err
	}
	done, ids = make(map[string]bool, len(rs)), make(map[string]int64, len(c.key))
	var id int64
	var name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error {
		if id == 0 {
			done[name] = true
		} else {
			ids[name] = id
		}
		return nil
	})
	return done, ids, err
}

// columns are the rows of a group, turned on their side.
type columns struct {
	cause                                                      []string
	rID                                                        []int64
	rCode, rCause                                              []string
	rRev                                                       []int
	rStatus, rAgency, rCategory, rKind, rVis, rReporter, rArea []string
	rDistrict                                                  []string
	rLat, rLon                                                 []*float64
	rFiled                                                     []time.Time
	rDue                                                       []*time.Time
	rDoc                                                       [][]byte
	fCause                                                     []string
	fReport                                                    []int64
	fSeq                                                       []int
	fAt                                                        []time.Time
	fWhat                                                      []string
	fDoc                                                       [][]byte
	wCause, wChat, wDraft                                      []string
	wAt                                                        []time.Time
	lCause, key, network, lane                                 []string
	lReport                                                    []int64
	purpose, fold                                              []string
	hold                                                       []*time.Time
	lDoc                                                       [][]byte
}

// columnsFor has room for what every batch brings.
func columnsFor(rs []request) *columns {
	letters := 0
	for _, r := range rs {
		letters += len(r.batch.Letters)
	}
	texts := func() []string { return make([]string, 0, letters) }
	return &columns{
		cause: make([]string, 0, len(rs)), lCause: texts(), key: texts(), network: texts(), lane: texts(), purpose: texts(), fold: texts(),
		lReport: make([]int64, 0, letters), hold: make([]*time.Time, 0, letters), lDoc: make([][]byte, 0, letters),
	}
}

func (c *columns) add(b casework.Batch) {
	c.cause = append(c.cause, b.Cause)
	for _, ch := range b.Changes {
		if o, ok := ch.(casework.Opened); ok {
			c.open(b.Cause, o)
		}
	}
	for _, j := range b.Jobs {
		if w, ok := j.(casework.Wake); ok {
			c.wCause, c.wChat = append(c.wCause, b.Cause), append(c.wChat, w.Chat.String())
			c.wDraft, c.wAt = append(c.wDraft, w.Draft), append(c.wAt, w.At)
		}
	}
	for _, l := range b.Letters {
		network, lane := queueOf(l)
		c.lCause, c.key = append(c.lCause, b.Cause), append(c.key, l.Key)
		c.network, c.lane = append(c.network, network), append(c.lane, lane)
		c.lReport, c.purpose = append(c.lReport, int64(l.Report)), append(c.purpose, string(l.Purpose))
		c.fold, c.hold = append(c.fold, l.Fold), append(c.hold, orNull(l.Hold))
		c.lDoc = append(c.lDoc, mustJSON(l))
	}
}

func (c *columns) open(cause string, o casework.Opened) {
	r := row(o.Report)
	c.rID, c.rCode, c.rCause = append(c.rID, r.id), append(c.rCode, r.code), append(c.rCause, cause)
	c.rRev, c.rStatus, c.rAgency = append(c.rRev, r.rev), append(c.rStatus, r.status), append(c.rAgency, r.agency)
	c.rCategory, c.rKind, c.rVis = append(c.rCategory, r.category), append(c.rKind, r.kind), append(c.rVis, r.visibility)
	c.rReporter, c.rArea, c.rDistrict = append(c.rReporter, r.reporter), append(c.rArea, r.area), append(c.rDistrict, r.district)
	c.rLat, c.rLon = append(c.rLat, r.lat), append(c.rLon, r.lon)
	c.rFiled, c.rDue, c.rDoc = append(c.rFiled, r.filed), append(c.rDue, r.due), append(c.rDoc, r.doc)
	for _, f := range o.Facts {
		c.fCause, c.fReport, c.fSeq = append(c.fCause, cause), append(c.fReport, int64(f.Report)), append(c.fSeq, f.Seq)
		c.fAt, c.fWhat, c.fDoc = append(c.fAt, f.At), append(c.fWhat, string(f.What)), append(c.fDoc, mustJSON(f))
	}
}

// args are the columns in the statement's order. What the driver does not know as a slice is named as one here: it would
// look at each value by reflection.
func (c *columns) args() []any {
	return []any{
		c.cause,
		c.rID, c.rCode, c.rCause, c.rRev, c.rStatus, c.rAgency, c.rCategory, c.rKind, c.rVis, c.rReporter, c.rArea,
		c.rDistrict, flat(c.rLat), flat(c.rLon), c.rFiled, flat(c.rDue), flat(c.rDoc),
		c.fCause, c.fReport, c.fSeq, c.fAt, c.fWhat, flat(c.fDoc),
		c.wCause, c.wChat, c.wDraft, c.wAt,
		c.lCause, c.key, c.network, c.lane, c.lReport, c.purpose, c.fold, flat(c.hold), flat(c.lDoc),
	}
}

func flat[T any](s []T) pgtype.FlatArray[T] { return s }
