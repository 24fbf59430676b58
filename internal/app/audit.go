package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
)

const exampleHead = "128:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"

// AuditVerify proves the log of who looked: how many looks there are, from when to when, and what its end is, to be noted
// elsewhere. noted is such an end that was noted before, "" for none. The error says where the log is broken first.
func AuditVerify(ctx context.Context, cfg Config, noted string, out io.Writer) (err error) {
	head, ok := readHead(noted)
	if !ok {
		return Wrong("--head", "is no end of the log as it was printed", exampleHead)
	}
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stores.Close()) }()
	if cfg.Profile != "" {
		p, err := government(cfg.Profile)
		if err != nil {
			return err
		}
		if err := ownedBy(ctx, p, stores.Database); err != nil {
			return err
		}
	}
	pool, err := postgres.Connect(ctx, stores.Database, 2)
	if err != nil {
		return Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
	}
	defer pool.Close()
	chain, err := postgres.Audit(ctx, pool, head)
	if broken, ok := errors.AsType[*ledger.BrokenError](err); ok {
		_, _ = fmt.Fprintln(out, held(chain))
		return fmt.Errorf("the log of who looked is broken: %w", broken)
	}
	if err != nil {
		return shapeless(err)
	}
	_, _ = fmt.Fprintln(out, held(chain))
	if chain.Head.N > 0 {
		_, _ = fmt.Fprintf(out, "nothing in it was changed or taken out; its end, to be noted outside of this machine: %s\n", chain.Head)
	}
	return nil
}

// shapeless words the error of a database that was not migrated.
func shapeless(err error) error {
	if postgres.Unshaped(err) {
		return Wrong("DATABASE_URL", "has not the newest shape", "rabeg migrate")
	}
	return err
}

// held tells how far the log is as it was written.
func held(c ledger.Chain) string {
	if c.Head.N == 0 {
		return "who looked: 0 looks"
	}
	return fmt.Sprintf("who looked: %d looks as they were written, the first %s, the last %s", c.Head.N, c.First.Format(time.RFC3339), c.Last.Format(time.RFC3339))
}

// readHead reads an end of the log as it was printed.
func readHead(noted string) (h ledger.Head, ok bool) {
	if noted == "" {
		return h, true
	}
	n, hash, _ := strings.Cut(noted, ":")
	at, err := strconv.ParseInt(n, 10, 64)
	return ledger.Head{N: at, Hash: hash}, err == nil && at > 0 && len(hash) == len(exampleHead)-len("128:")
}
