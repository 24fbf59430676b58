package postgres

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/report"
)

// NextID draws in rounds that grow: with half of the slice taken, the first round fails once in 65,000 times; with nine of ten the
// second does once in 500 billion. The last round draws from all slices. In the last thousandth of the whole range it stops
// guessing and walks: step numbers at a time, from a place drawn, once around.
const step = 4096

func rounds() []int { return []int{16, 256, step} }

// numbers draws the ids and numbers of reports (ledger.Store).
type numbers struct {
	db          *pgxpool.Pool
	key, prefix string
	slice       int // that numbers are drawn from
	chance      func() uint64
}

// Draw gives the id and code that a cause files its report under, while no other report has that code. The id is a hash of
// the cause and the deployment's key, so that it is the same however often the cause is handled. The code is drawn anew each
// time: nobody can count it up, and who drew a number that is taken never draws only that one again.
func (n *numbers) Draw(cause string) (report.ID, report.Code) {
	return n.id(cause), report.NewCodeIn(n.prefix, n.chance(), n.slice)
}

func (n *numbers) id(cause string) report.ID {
	h := hmac.New(sha256.New, []byte(n.key))
	_, _ = h.Write(binary.LittleEndian.AppendUint64([]byte(cause), idMark))
	return report.ID(binary.BigEndian.Uint64(h.Sum(nil))>>11) + 1 // 53 bits: exact in every JSON reader
}

// idMark tells the hash of an id from others of the same cause; what was handled before keeps its id by it.
const idMark = 12

// NextID gives what Draw does, with the code that the cause has got already, or one that nobody has.
func (n *numbers) NextID(ctx context.Context, cause string) (report.ID, report.Code, error) {
	code, err := n.number(ctx, cause)
	if err != nil {
		return 0, "", fmt.Errorf("draw a report number: %w", err)
	}
	return n.id(cause), code, nil
}

func (n *numbers) number(ctx context.Context, cause string) (report.Code, error) {
	for _, many := range rounds() {
		drawn := make([]string, many)
		for i := range drawn {
			if many == step {
				drawn[i] = string(report.NewCode(n.prefix, n.chance()))
				continue
			}
			drawn[i] = string(report.NewCodeIn(n.prefix, n.chance(), n.slice))
		}
		if code, err := n.free(ctx, cause, drawn); code != "" || err != nil {
			return code, err
		}
	}
	from := n.chance() % uint64(report.Codes)
	next := make([]string, step)
	for at := uint64(0); at < uint64(report.Codes); at += step {
		for i := range next {
			next[i] = string(report.CodeAt(n.prefix, from+at+uint64(i)))
		}
		if code, err := n.free(ctx, cause, next); code != "" || err != nil {
			return code, err
		}
	}
	return "", errors.New("every report number is taken")
}

// free finds the number that a cause has got already, else the first of the codes that no report has, "" for none. Each
// code is looked up on its own, so that whatever the database thinks of its tables it never reads one through.
func (n *numbers) free(ctx context.Context, cause string, codes []string) (report.Code, error) {
	const find = `
SELECT coalesce((SELECT code FROM reports WHERE cause = $1),
    (SELECT c FROM unnest($2::text[]) AS c WHERE (SELECT r.id FROM reports r WHERE r.code = c) IS NULL LIMIT 1), '')`
	var code report.Code
	err := n.db.QueryRow(ctx, find, cause, codes).Scan((*string)(&code))
	return code, err
}

// Numbers tells how many report numbers are taken, of how many. Where there are many it is the database's own estimate,
// which costs nothing; the numbers of the old form, of which there were few, count as taken, too.
func (s *Reader) Numbers(ctx context.Context) (taken, all int, err error) {
	return numbersTaken(ctx, s.db)
}

// Numbers is that of the Reader.
func (s *Store) Numbers(ctx context.Context) (taken, all int, err error) {
	return numbersTaken(ctx, s.Looking())
}

func numbersTaken(ctx context.Context, db *pgxpool.Pool) (taken, all int, err error) {
	const (
		guess  = `SELECT reltuples::bigint FROM pg_class WHERE oid = 'reports'::regclass`
		count  = `SELECT count(*) FROM reports`
		enough = 100_000
	)
	if err = db.QueryRow(ctx, guess).Scan(&taken); err == nil && taken < enough { // -1: it has none yet
		err = db.QueryRow(ctx, count).Scan(&taken)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("count the report numbers: %w", err)
	}
	return taken, report.Codes, nil
}

// chance is a number that nobody can foretell.
func chance() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return binary.LittleEndian.Uint64(b[:])
}
