package app

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

// withPool does something with the database of the settings, over at most size connections, and their government.
func withPool(ctx context.Context, cfg Config, size int32, do func(*pgxpool.Pool, *profile.Profile) error) (err error) {
	if err := known(cfg.Profile); err != nil {
		return err
	}
	p, err := government(cfg.Profile)
	if err != nil {
		return err
	}
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
	return do(pool, p)
}
