package app

import (
	"context"
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
