package cli

import (
	"context"

	"rabeg/internal/app"
)

// keep says where all data lie: a backup takes them from there, and they are restored to there.
type keep struct {
	Home
	Redis string `arg:"--redis-url,env:REDIS_URL" help:"Redis. It is in no backup; where it is set as for serve, photos are looked for in the same place."`
	Media string `arg:"--media-url,env:MEDIA_URL" help:"Where photos are kept, as for serve."`
}

func (k keep) config() app.Config {
	cfg := k.Home.config()
	cfg.Redis, cfg.Media = k.Redis, k.Media
	return cfg
}

// Backup is the command that writes the database and all files into a folder.
type Backup struct {
	Dir string `arg:"positional,required" help:"The folder: a new one, or that of an earlier backup, which this one takes the place of once it is whole."`
	keep
}

// Run makes a backup.
func (c *Backup) Run(ctx context.Context, s Streams) error {
	return app.Backup(ctx, c.config(), c.Dir, s.Out)
}

// Restore is the command that fills an empty database from a backup.
type Restore struct {
	Dir   string `arg:"positional,required" help:"The folder of the backup."`
	Check bool   `arg:"--check" help:"Only look whether the backup is whole."`
	keep
}

// Run restores.
func (c *Restore) Run(ctx context.Context, s Streams) error {
	return app.Restore(ctx, c.config(), c.Dir, c.Check, s.Out)
}
