package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var _ ledger.TwinReader = (*Reader)(nil)

// The squares of the index reports_square: so many to a degree, so many in a row around the earth.
const (
	squares    = 1600
	squaresRow = 1000000
)

// mostRows bounds the rows of one look: profile.MaxRadius takes about 30.
const mostRows = 100

// rowsOf are the rows of squares that a box touches, each from its first square in the west to its last in the east: they lie beside each
// other in the index, so that a row is one stretch of it, however wide the circle.
func rowsOf(b ledger.Box) (west, east []int64) {
	floor := func(degrees, from float64) int64 { return int64(math.Floor((degrees + from) * squares)) }
	first, last := floor(b.West, 180), floor(b.East, 180)
	for y := floor(b.South, 90); y <= floor(b.North, 90) && len(west) < mostRows; y++ {
		west, east = append(west, y*squaresRow+first), append(east, y*squaresRow+last)
	}
	return west, east
}

// The parts of a look around: by the circle, by the kelurahan without what has a pin, by the whole kelurahan, by the person. Each
// finds ids in an index alone; only those are then read from the table.
//
// OFFSET 0 keeps the look into each row of squares an own one: the planner of a database that was not analysed yet would rather read all that
// the city has open.
const (
	openSeen = `status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') AND visibility <> 'rahasia'`

	bySquare = `SELECT r.* FROM unnest($1::text[]) AS c, unnest($3::bigint[], $4::bigint[]) AS q (west, east), LATERAL (
    SELECT id, lat, lon, filed FROM reports WHERE ` + openSeen + ` AND lat IS NOT NULL AND category = c
    AND (floor((lat + 90) * 1600)::bigint * 1000000 + floor((lon + 180) * 1600)::bigint) BETWEEN q.west AND q.east AND filed >= $2 OFFSET 0) AS r`
	byArea = `SELECT id FROM reports WHERE ` + openSeen + ` AND area <> '' AND category = ANY ($1) AND area = $3 AND filed >= $2
ORDER BY filed DESC LIMIT $4`
	byAreaUnpinned = `SELECT id FROM reports WHERE ` + openSeen + ` AND area <> '' AND category = ANY ($1) AND area = $3 AND (lat IS NULL) AND filed >= $2
ORDER BY filed DESC LIMIT $4`
	byNowhere = `SELECT id FROM reports WHERE ` + openSeen + ` AND area = '' AND (lat IS NULL) AND category = ANY ($1) AND filed >= $2 AND $3
ORDER BY filed DESC LIMIT $4`
	byPerson = `SELECT id FROM reports WHERE ` + openSeen + ` AND category = ANY ($1) AND reporter = $3 AND filed >= $2 ORDER BY filed DESC LIMIT $4`
)

// pinned is a report that lies in one of the squares.
type pinned struct {
	id       int64
	lat, lon float64
	filed    time.Time
}

// Around finds open reports that may be about the same trouble as another.
func (s *Reader) Around(ctx context.Context, a ledger.Around) ([]ledger.Nearby, error) {
	var ids []int64
	var near []pinned
	var all pgx.Batch // one round trip
	find := func(sql string, by any, most int) {
		all.Queue(sql, a.Categories, a.Since, by, most).Query(func(rows pgx.Rows) error {
			var id int64
			_, err := pgx.ForEachRow(rows, []any{&id}, func() error { ids = append(ids, id); return nil })
			return err
		})
	}
	inArea := byArea
	if a.Pin != nil {
		queueCircle(&all, a, &near)
		inArea = byAreaUnpinned
	}
	if a.Area != "" {
		find(inArea, a.Area, ledger.AreaMost)
	}
	if a.Nowhere {
		find(byNowhere, true, ledger.NowhereMost)
	}
	if !a.Reporter.Chat().Zero() {
		find(byPerson, a.Reporter.Chat().String(), ledger.OwnMost)
	}
	if err := s.db.SendBatch(ctx, &all).Close(); err != nil {
		return nil, fmt.Errorf("look around: %w", err)
	}
	if a.Pin != nil {
		ids = append(ids, nearest(near, a)...)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	const read = `SELECT doc FROM reports WHERE id = ANY ($1) ORDER BY id`
	docs, err := many[report.Report](ctx, s, "read what is around", read, ids)
	if err != nil {
		return nil, err
	}
	return s.withPhotos(ctx, docs)
}

// queueCircle asks for what lies in the squares that a circle touches.
func queueCircle(all *pgx.Batch, a ledger.Around, found *[]pinned) {
	take := func(rows pgx.Rows) error {
		var r pinned
		_, err := pgx.ForEachRow(rows, []any{&r.id, &r.lat, &r.lon, &r.filed}, func() error { *found = append(*found, r); return nil })
		return err
	}
	west, east := rowsOf(ledger.BoxAround(*a.Pin, a.Metres))
	all.Queue(bySquare, a.Categories, a.Since, west, east).Query(take)
}

// nearest are the ids of what lies nearest within the box of a circle, the newest first where two are as near.
func nearest(found []pinned, a ledger.Around) []int64 {
	box := ledger.BoxAround(*a.Pin, a.Metres)
	far := func(r pinned) float64 { x, y := r.lat-a.Pin.Lat, r.lon-a.Pin.Lon; return x*x + y*y }
	found = slices.DeleteFunc(found, func(r pinned) bool { return !box.Holds(report.Pin{Lat: r.lat, Lon: r.lon}) })
	slices.SortFunc(found, func(a, b pinned) int {
		return cmp.Or(cmp.Compare(far(a), far(b)), b.filed.Compare(a.filed), cmp.Compare(a.id, b.id))
	})
	var ids []int64
	for _, r := range found[:min(len(found), ledger.NearMost)] {
		ids = append(ids, r.id)
	}
	return ids
}

// withPhotos adds what became of the pictures that the reports came with.
func (s *Reader) withPhotos(ctx context.Context, all []report.Report) ([]ledger.Nearby, error) {
	out := make([]ledger.Nearby, 0, len(all))
	var sources []string
	for _, r := range all {
		out = append(out, ledger.Nearby{Report: r})
		for _, m := range r.Photos {
			sources = append(sources, SourceKey(m))
		}
	}
	if len(sources) == 0 {
		return out, nil
	}
	kept, err := s.kept(ctx, sources)
	if err != nil {
		return nil, err
	}
	for i, n := range out {
		for _, m := range n.Report.Photos {
			if f, ok := kept[SourceKey(m)]; ok && f.Lost == "" && f.Waits == "" {
				out[i].Photos = append(out[i].Photos, f)
			}
		}
	}
	return out, nil
}

// Memo is what a cause that was handled found and acted upon.
func (s *Reader) Memo(ctx context.Context, cause string) (json.RawMessage, error) {
	const read = `SELECT memo FROM handled WHERE cause = $1`
	var memo *json.RawMessage
	if err := s.db.QueryRow(ctx, read, cause).Scan(&memo); errors.Is(err, pgx.ErrNoRows) || err == nil && memo == nil {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("read what a cause has found: %w", err)
	}
	return *memo, nil
}

// Handled reports whether the batch of a cause was committed.
func (s *Reader) Handled(ctx context.Context, cause string) (done bool, err error) {
	const read = `SELECT EXISTS (SELECT FROM handled WHERE cause = $1)`
	if err := s.db.QueryRow(ctx, read, cause).Scan(&done); err != nil {
		return false, fmt.Errorf("ask whether a cause was handled: %w", err)
	}
	return done, nil
}

// Followed are the reports that a chat follows, newest first, at most limit.
func (s *Reader) Followed(ctx context.Context, chat bot.Address, limit int) ([]report.Report, error) {
	if chat.Chat().Zero() {
		return nil, nil
	}
	who, err := json.Marshal([]report.Follower{{Chat: chat.Chat()}})
	if err != nil {
		return nil, fmt.Errorf("name a follower: %w", err)
	}
	const find = `SELECT doc FROM reports WHERE doc ? 'followers' AND doc -> 'followers' @> $1::jsonb ORDER BY filed DESC, id LIMIT $2`
	return many[report.Report](ctx, s, "read what somebody follows", find, string(who), limit)
}
