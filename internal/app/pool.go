package app

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

// withPool does something with the database of the settings, over at most size connections, and their government.
func withPool(ctx context.Context, cfg Config, size int32, do func(*pgxpool.Pool, *profile.Profile) error) error {
	if err := known(cfg.Profile); err != nil {
		return err
	}
	p, err := government(cfg.Profile)
	if err != nil {
		return err
	}
	return poolOf(ctx, cfg, p, size, func(pool *pgxpool.Pool) error { return do(pool, p) })
}

// poolOf does something with the database of a government, over at most size connections.
func poolOf(ctx context.Context, cfg Config, p *profile.Profile, size int32, do func(*pgxpool.Pool) error) (err error) {
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stores.Close()) }()
	if err := ownedBy(ctx, p, stores.Database); err != nil {
		return err
	}
	pool, err := postgres.Connect(ctx, stores.Database, size)
	if err != nil {
		return Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
	}
	defer pool.Close()
	return do(pool)
}
