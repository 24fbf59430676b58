package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// City is whose database it is. What a city changes in its profile leaves these as they are.
type City struct {
	// Prefix begins report numbers; Region is the government's code, "" where none is known.
	Prefix, Region string
	// Name is for people.
	Name string
}

func (c City) String() string {
	about := c.Prefix
	if c.Region != "" {
		about += ", " + c.Region
	}
	if c.Name == "" {
		return "the city of the numbers " + c.Prefix + "-…"
	}
	return c.Name + " (" + about + ")"
}

// Same reports whether two are one city. A region counts as the same where it only became wider or narrower, as when the
// file of areas takes in one kelurahan from across the border.
func (c City) Same(other City) bool {
	within := func(a, b string) bool { return a == "" || b == "" || a == b || strings.HasPrefix(b, a+".") }
	return c.Prefix == other.Prefix && (within(c.Region, other.Region) || within(other.Region, c.Region))
}

// OtherCityError says that a database belongs to another city than the one that is to be served with it.
type OtherCityError struct {
	Owner, Wanted City
}

// Error is one line.
func (e *OtherCityError) Error() string {
	return fmt.Sprintf("belongs to %s and cannot serve %s", e.Owner, e.Wanted)
}

// Owned checks, without writing anything, that a database belongs to nobody or to this city: an *OtherCityError when not. It may
// be a database that is not migrated yet.
func Owned(ctx context.Context, pool *pgxpool.Pool, by City) error {
	const (
		tables = `SELECT to_regclass('city') IS NOT NULL, to_regclass('reports') IS NOT NULL`
		older  = `SELECT split_part(code, '-', 1), '', '' FROM reports ORDER BY id LIMIT 1`
	)
	var knows, reports bool
	if err := pool.QueryRow(ctx, tables).Scan(&knows, &reports); err != nil {
		return fmt.Errorf("ask whose database it is: %w", err)
	}
	switch {
	case knows:
		return judge(pool.QueryRow(ctx, ownerOf), by)
	case reports:
		return judge(pool.QueryRow(ctx, older), by)
	}
	return nil
}

const ownerOf = `SELECT prefix, region, name FROM city`

func judge(row pgx.Row, by City) error {
	var owner City
	switch err := row.Scan(&owner.Prefix, &owner.Region, &owner.Name); {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("read whose database it is: %w", err)
	case !owner.Same(by):
		return &OtherCityError{Owner: owner, Wanted: by}
	}
	return nil
}

// claim makes a migrated database this city's, unless it is another one's already. Of two that come at once the first has it.
func claim(ctx context.Context, pool *pgxpool.Pool, city City) error {
	const take = `
INSERT INTO city (prefix, region, name) VALUES ($1, $2, $3)
ON CONFLICT (one) DO UPDATE SET region = excluded.region, name = excluded.name
WHERE city.prefix = excluded.prefix AND (city.region = '' OR city.region = excluded.region)
  AND (city.region, city.name) IS DISTINCT FROM (excluded.region, excluded.name)`
	if _, err := pool.Exec(ctx, take, city.Prefix, city.Region, city.Name); err != nil {
		return fmt.Errorf("write whose database it is: %w", err)
	}
	return judge(pool.QueryRow(ctx, ownerOf), city)
}
