package postgres

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
)

// Two that stand in each other's way: the database lets one go on, and the other hears that it has to decide anew.
func TestOneOfTwoInEachOthersWayDecidesAnew(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, nil)
	if _, err := pool.Exec(t.Context(), `CREATE TABLE rows (n int PRIMARY KEY, v int); INSERT INTO rows VALUES (1, 0), (2, 0)`); err != nil {
		t.Fatal(err)
	}
	var first, both sync.WaitGroup
	first.Add(2)
	ends := make([]error, 2)
	for i, order := range [2][2]int{{1, 2}, {2, 1}} {
		both.Go(func() {
			tx, err := pool.Begin(t.Context())
			if err != nil {
				first.Done()
				ends[i] = err
				return
			}
			defer func() { _ = tx.Rollback(t.Context()) }()
			for n, row := range order {
				if _, err = tx.Exec(t.Context(), `UPDATE rows SET v = v + 1 WHERE n = $1`, row); err != nil {
					break
				}
				if n == 0 {
					first.Done()
					first.Wait()
				}
			}
			if err == nil {
				err = tx.Commit(t.Context())
			}
			ends[i] = known(fmt.Errorf("commit: %w", err))
			if err == nil {
				ends[i] = nil
			}
		})
	}
	both.Wait()
	if errors.Is(ends[0], ledger.ErrStale) == errors.Is(ends[1], ledger.ErrStale) || ends[0] != nil && ends[1] != nil {
		t.Errorf("they end with %v and %v", ends[0], ends[1])
	}
}
