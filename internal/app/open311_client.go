package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"text/tabwriter"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/ledger"
	"rabeg/internal/open311"
	"rabeg/internal/open311/fetch"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

// NewClient is what rabeg open311 client add is told.
type NewClient struct {
	ID, Name  string
	PerMinute int
	// Tokens, Answers, Phones and Private are as in ledger.Client.
	Tokens, Answers, Phones, Private bool
	Hook                             string
}

var clientShape = regexp.MustCompile(`^[a-z][a-z0-9-]{1,30}$`)

// exampleClient is a command as it should be.
const exampleClient = "rabeg open311 client add fixmystreet --name FixMyStreet --per-minute 60"

func (c NewClient) check() error {
	switch {
	case !clientShape.MatchString(c.ID):
		return Wrong("ID", "is not 2 to 31 small letters, digits and hyphens", exampleClient)
	case len(c.Name) > 60:
		return Wrong("--name", "has more than 60 letters", exampleClient)
	case c.PerMinute < 1 || c.PerMinute > 10_000:
		return Wrong("--per-minute", "is not between 1 and 10000", exampleClient)
	case c.Hook == "":
		return nil
	}
	look := fetch.Checked
	if c.Private {
		look = fetch.Check
	}
	if err := look(c.Hook); err != nil {
		return Wrong("--hook", err.Error(), "https://example.org/rabeg")
	}
	return nil
}

// AddClient adds other software and prints its key, which is kept nowhere.
func AddClient(ctx context.Context, cfg Config, c NewClient, out io.Writer) error {
	if c.Name == "" {
		c.Name = c.ID
	}
	if err := c.check(); err != nil {
		return err
	}
	return withPool(ctx, cfg, 2, func(pool *pgxpool.Pool, _ *profile.Profile) error {
		key, secret := open311.NewKey(), ""
		if c.Hook != "" {
			secret = open311.NewKey()
		}
		err := postgres.NewCarriers(pool).AddClient(ctx, ledger.Client{ID: c.ID, Name: c.Name, PerMinute: c.PerMinute, Tokens: c.Tokens, Answers: c.Answers, Phones: c.Phones, Hook: c.Hook, Secret: secret, Private: c.Private, Added: time.Now()},
			open311.KeyHash(key))
		if errors.Is(err, ledger.ErrTaken) {
			return Wrong("ID", "is another client's, or was once", exampleClient)
		}
		if err != nil {
			return shapeless(err)
		}
		_, err = fmt.Fprintf(out, "api_key %s\n", key)
		if secret != "" && err == nil {
			_, err = fmt.Fprintf(out, "hook secret %s\n", secret)
		}
		return err
	})
}

// ListClients lists all clients.
func ListClients(ctx context.Context, cfg Config, out io.Writer) error {
	return withPool(ctx, cfg, 2, func(pool *pgxpool.Pool, p *profile.Profile) error {
		all, brought, err := postgres.NewCarriers(pool).AllClients(ctx)
		if err != nil {
			return shapeless(err)
		}
		yes := func(is bool) string {
			if is {
				return "yes"
			}
			return "no"
		}
		day := func(t time.Time) string {
			if t.IsZero() {
				return "-"
			}
			return t.In(p.Location()).Format(time.DateOnly)
		}
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(w, "id\tname\treports\tper minute\tanswered with\tanswers\tphones\ttold\tadded\tended")
		for i, c := range all {
			with := "number"
			if c.Tokens {
				with = "token"
			}
			_, _ = fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\n", c.ID, c.Name, brought[i], c.PerMinute, with, yes(c.Answers), yes(c.Phones), yes(c.Hook != ""), day(c.Added), day(c.Ended))
		}
		return w.Flush()
	})
}

// EndClient ends a client's key. What it brought stays.
func EndClient(ctx context.Context, cfg Config, id string, out io.Writer) error {
	return withPool(ctx, cfg, 2, func(pool *pgxpool.Pool, _ *profile.Profile) error {
		err := postgres.NewCarriers(pool).EndClient(ctx, id, time.Now())
		if errors.Is(err, ledger.ErrNoClient) {
			return Wrong("ID", "is no client whose key is good", "rabeg open311 client list")
		}
		if err != nil {
			return shapeless(err)
		}
		_, err = fmt.Fprintf(out, "the key of %s is not good any more\n", id)
		return err
	})
}
