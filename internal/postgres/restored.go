package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/report"
)

// restored is one return of this database from a backup: what came after From was lost; Until is when it was put back. Numbers are
// drawn from Slice since.
type restored struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
	Slice int       `json:"slice"`
}

const (
	settingOf  = `SELECT value FROM public.settings WHERE name = $1`
	setSetting = `INSERT INTO public.settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
)

// asker is a pool or a transaction.
type asker interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// restores are all returns of a database, the last one last.
func restores(ctx context.Context, db asker) (all []restored, err error) {
	var doc string
	err = db.QueryRow(ctx, settingOf, "restored").Scan(&doc)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(doc), &all)
	}
	if err != nil {
		return nil, fmt.Errorf("read when the database was restored: %w", err)
	}
	return all, nil
}

// MarkRestored writes into a database that is being put back that everything between taken and now is lost. From then on numbers are
// drawn from another slice: those that were given in the meantime stand in no row, and must not be given again.
func MarkRestored(ctx context.Context, tx pgx.Tx, taken, now time.Time) error {
	all, err := restores(ctx, tx)
	if err != nil {
		return err
	}
	used := []int{0}
	for _, r := range all {
		used = append(used, r.Slice)
	}
	free := slices.DeleteFunc(slices.Collect(slicesOfNumbers), func(n int) bool { return slices.Contains(used, n) })
	if len(free) == 0 {
		free = slices.DeleteFunc(slices.Collect(slicesOfNumbers), func(n int) bool { return n == used[len(used)-1] })
	}
	// The same backup may be put back twice, and then knows nothing of the first time: the minute decides, not the count.
	slice := free[int(now.Unix()/60)%len(free)]
	doc, err := json.Marshal(append(all, restored{From: taken.UTC(), Until: now.UTC(), Slice: slice}))
	if err == nil {
		_, err = tx.Exec(ctx, setSetting, "restored", string(doc))
	}
	if err == nil {
		_, err = tx.Exec(ctx, setSetting, "backup", taken.UTC().Format(time.RFC3339))
	}
	if err != nil {
		return fmt.Errorf("write down that the database was restored: %w", err)
	}
	return nil
}

func slicesOfNumbers(yield func(int) bool) {
	for n := range report.Slices {
		if !yield(n) {
			return
		}
	}
}

// Gap is the time that the last restore of this database lost, zero where there was none.
func (s *Store) Gap() report.Gap { return s.gap }

// MarkBackup writes down when a backup was taken that is whole by now.
func MarkBackup(ctx context.Context, pool *pgxpool.Pool, taken time.Time) error {
	if _, err := pool.Exec(ctx, setSetting, "backup", taken.UTC().Format(time.RFC3339)); err != nil {
		return fmt.Errorf("write down that there is a backup: %w", err)
	}
	return nil
}

// BackedUp is when the last whole backup was taken, zero where none is known of.
func (s *Reader) BackedUp(ctx context.Context) (at time.Time, err error) {
	var text string
	err = s.db.QueryRow(ctx, settingOf, "backup").Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) {
		return at, nil
	}
	if err == nil {
		at, err = time.Parse(time.RFC3339, text)
	}
	if err != nil {
		return at, fmt.Errorf("read when the last backup was made: %w", err)
	}
	return at, nil
}
