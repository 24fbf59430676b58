package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

const exampleHead = "128:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"

// AuditVerify proves the log of who looked: how many looks there are, from when to when, and what its end is, to be noted
// elsewhere. noted is such an end that was noted before, "" for none. The error says where the log is broken first.
func AuditVerify(ctx context.Context, cfg Config, noted string, out io.Writer) (err error) {
	head, ok := readHead(noted)
	if !ok {
		return Wrong("--head", "is no end of the log as it was printed", exampleHead)
	}
	pool, done, err := auditing(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
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

// auditing opens the database for whoever audits.
func auditing(ctx context.Context, cfg Config) (pool *pgxpool.Pool, done func() error, err error) {
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	if cfg.Profile != "" {
		var p *profile.Profile
		if p, err = government(cfg.Profile); err == nil {
			err = ownedBy(ctx, p, stores.Database)
		}
	}
	if err == nil {
		if pool, err = postgres.Connect(ctx, stores.Database, 2); err != nil {
			err = Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
		}
	}
	if err != nil {
		return nil, nil, errors.Join(err, stores.Close())
	}
	return pool, func() error {
		pool.Close()
		return stores.Close()
	}, nil
}

// AuditLooks lists who looked at what is kept from others, the newest first, with the reason where one had to be given. code asks for the
// looks at one report, "" for all.
func AuditLooks(ctx context.Context, cfg Config, code string, most int, out io.Writer) (err error) {
	if most < 1 || most > mostLooks {
		return Wrong("--most", fmt.Sprintf("is not between 1 and %d", mostLooks), "100")
	}
	pool, done, err := auditing(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	looks, err := postgres.LooksOf(ctx, pool, strings.ToUpper(strings.TrimSpace(code)), most)
	if err != nil {
		return shapeless(err)
	}
	if len(looks) == 0 {
		_, err = fmt.Fprintln(out, "nobody has looked")
		return err
	}
	for _, l := range looks {
		line := fmt.Sprintf("%d  %s  %s  %s %s", l.N, l.At.UTC().Format(time.RFC3339), l.Who, l.Act, l.About)
		if l.Code != "" {
			line += "  " + l.Code
		}
		if l.Why != "" {
			line += "  “" + l.Why + "”"
		}
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return nil
}

const mostLooks = 10_000

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
