package app

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"rabeg/internal/postgres"
)

// Of gives a government its own part of shared stores where its settings name none: a database that is made where it is missing, a
// folder for photos. Redis is shared; keys begin with the government's name.
func (s *Stores) Of(ctx context.Context, name string, cfg Config) (Config, error) {
	cfg.Redis, cfg.Data = s.Redis, ""
	var err error
	own := "rabeg_" + strings.ReplaceAll(name, "-", "_")
	switch {
	case cfg.Database != "":
	case s.Postgres != nil:
		if err = s.Postgres.EnsureDatabase(ctx, own); err != nil {
			return cfg, err
		}
		cfg.Database = s.Postgres.DSN(own)
	default:
		if cfg.Database, err = postgres.Beside(ctx, s.Database, own); err != nil {
			return cfg, Wrong("DATABASE_URL", "the database "+own+" is not there and cannot be made: "+short(err), "createdb "+own)
		}
	}
	if cfg.Media == "" {
		cfg.Media, err = folderIn(s.Media, name)
	}
	return cfg, err
}

// Among gives the settings of one of several governments where a command needs its database and its files alone. c are those of the program
// that serves them all, which may run meanwhile; the stores are those that were opened for it.
func (c Config) Among(ctx context.Context, name string, own Config) (Config, *Stores, error) {
	s, err := openDatabase(ctx, c)
	if err != nil {
		return own, nil, err
	}
	s.Redis = c.Redis
	if s.Media, err = c.mediaAt(); err == nil {
		own, err = s.Of(ctx, name, own)
	}
	if err != nil {
		return own, nil, errors.Join(err, s.Close())
	}
	return own, s, nil
}

// folderIn is a government's folder in the one where all photos lie.
func folderIn(media, name string) (string, error) {
	u, err := url.Parse(media)
	if err != nil || u.Scheme != "file" {
		return "", Wrong("MEDIA_URL", "is no folder, so that each government needs a bucket of its own in its settings", "s3://KEY:SECRET@host/"+name)
	}
	u.Path = filepath.Join(u.Path, name)
	if err := os.MkdirAll(u.Path, 0o700); err != nil {
		return "", Wrong("MEDIA_URL", "photos cannot be kept there: "+short(err), "file:///var/lib/rabeg/media")
	}
	return u.String(), nil
}
