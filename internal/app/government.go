package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"

	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/migrations"
)

// government reads the profile that RABEG_PROFILE names.
func government(name string) (*profile.Profile, error) {
	p, err := profile.Open(name)
	if ps, ok := errors.AsType[profile.Problems](err); ok {
		return nil, fmt.Errorf("RABEG_PROFILE: the folder %s cannot be used:\n%w", name, ps)
	}
	if err != nil {
		return nil, fmt.Errorf("RABEG_PROFILE: %w", err)
	}
	return p, nil
}

// cityOf is what a database remembers of a profile.
func cityOf(p *profile.Profile) postgres.City {
	return postgres.City{Prefix: p.Prefix, Region: p.Region(), Name: p.City}
}

// owned checks, before anything is written, that the database is this city's or nobody's. An empty name asks nothing.
func owned(ctx context.Context, name, dsn string) error {
	if name == "" {
		return nil
	}
	p, err := government(name)
	if err != nil {
		return err
	}
	return ownedBy(ctx, p, dsn)
}

func ownedBy(ctx context.Context, p *profile.Profile, dsn string) error {
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err != nil {
		return Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
	}
	defer pool.Close()
	db := stdlib.OpenDBFromPool(pool)
	defer func() { _ = db.Close() }()
	err = migrations.Fits(ctx, db)
	if newer, ok := errors.AsType[*migrations.NewerError](err); ok {
		return outdated(newer)
	}
	if err != nil {
		return err
	}
	err = postgres.Owned(ctx, pool, cityOf(p))
	if other, ok := errors.AsType[*postgres.OtherCityError](err); ok {
		return elsewhere(other)
	}
	return err
}

// outdated words the refusal of a database that a newer program has made.
func outdated(err *migrations.NewerError) error {
	return Wrong("DATABASE_URL", "this database "+err.Error(), "install that version or a later one; a backup goes with the version that made it")
}

// elsewhere words the refusal of a database that is another city's.
func elsewhere(err *postgres.OtherCityError) error {
	return Wrong("DATABASE_URL", "this database "+err.Error(), "set RABEG_PROFILE to its city, or give the other one a database of its own: createdb rabeg_"+strings.ToLower(err.Wanted.Prefix))
}
