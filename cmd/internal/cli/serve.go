package cli

import (
	"cmp"
	"context"
	"fmt"

	"rabeg/internal/app"
	"rabeg/internal/fleet"
)

// Serve is the command that serves citizens and operators.
type Serve struct {
	app.Config
	NoMigrate  bool   `arg:"--no-migrate" help:"Leave the database's shape alone; run 'rabeg migrate' yourself."`
	CPUProfile string `arg:"--cpu-profile,env:RABEG_CPU_PROFILE,hidden" help:"Write a CPU profile here."`
	// Governments is the folder of several governments.
	Governments string `arg:"--governments,env:RABEG_GOVERNMENTS" help:"Serve several governments: a folder with a folder for each, in which lie settings.env and its profile."`
}

// Run serves until the program is told to stop.
func (c *Serve) Run(ctx context.Context, s Streams) error {
	if c.Governments == "" {
		return c.With(ctx, s, app.Options{})
	}
	if err := c.Shared(); err != nil {
		return err
	}
	return fleet.Serve(ctx, fleet.Options{Dir: c.Governments, Settings: c.Config, Out: s.Out, Log: Logger(s.Err, c.LogLevel)})
}

// With is Run with what the lab sets differently.
func (c *Serve) With(ctx context.Context, s Streams, o app.Options) error {
	return app.Serve(ctx, c.Config, app.Serving{Options: o, NoMigrate: c.NoMigrate, CPUProfile: c.CPUProfile}, s.Out, Logger(s.Err, c.LogLevel))
}

// Home says where the data lie, for commands that need no more of the settings.
type Home struct {
	Profile  string `arg:"--profile,env:RABEG_PROFILE" help:"The government; where it is named, another one's database is left alone."`
	Database string `arg:"--database-url,env:DATABASE_URL" help:"PostgreSQL; without it the private one."`
	Data     string `arg:"--data,env:RABEG_DATA" help:"Folder of the private PostgreSQL."`
}

func (h Home) config() app.Config {
	return app.Config{Profile: h.Profile, Database: h.Database, Data: h.Data}
}

// Migrate is the command that brings the database to the newest shape.
type Migrate struct{ Home }

// Run migrates.
func (c *Migrate) Run(ctx context.Context, s Streams) error {
	if err := app.MigrateAlone(ctx, c.config()); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(s.Out, "the database has the newest shape")
	return nil
}

// Pair is the command that links the office's WhatsApp.
type Pair struct {
	Home
	Phone string `arg:"--phone" help:"The office's number (62812…): shows a code to type into the phone beside the QR code."`
}

// Run links a device to the office's WhatsApp.
func (c *Pair) Run(ctx context.Context, s Streams) error { return c.With(ctx, s, app.Options{}) }

// With is Run with what the lab sets differently.
func (c *Pair) With(ctx context.Context, s Streams, o app.Options) error {
	return app.Pair(ctx, c.config(), c.Phone, o, s.Out)
}

// Doctor is the command that checks everything serve needs.
type Doctor struct {
	app.Config
	Government string `arg:"--government,env:RABEG_GOVERNMENT,hidden" help:"Which of several governments it is for."`
}

// Run checks one thing after the other and says how to mend what is wrong.
func (c *Doctor) Run(ctx context.Context, s Streams) error {
	return c.With(ctx, s, app.Options{Government: c.Government})
}

// With is Run with what the lab sets differently.
func (c *Doctor) With(ctx context.Context, s Streams, o app.Options) error {
	return app.Doctor(ctx, c.Config, s.Out, o)
}

// Corrections is the command that writes what officers corrected.
type Corrections struct {
	Home
	Since string `arg:"--since" help:"Only reports filed on this day or later, such as 2026-09-01."`
}

// Run writes what officers corrected as JSON lines for training.
func (c *Corrections) Run(ctx context.Context, s Streams) error {
	cfg := c.config()
	cfg.Profile = cmp.Or(c.Profile, "serang")
	return app.Corrections(ctx, cfg, c.Since, s.Out, s.Err)
}

// Recount is the command that reckons the clocks of open reports anew after the profile has changed.
type Recount struct {
	Home
	Apply bool `arg:"--apply" help:"Keep what is shown; without it nothing is changed."`
}

// Run shows due times before and after, and keeps them where that is wanted.
func (c *Recount) Run(ctx context.Context, s Streams) error {
	cfg := c.config()
	cfg.Profile = cmp.Or(c.Profile, "serang")
	return app.Recount(ctx, cfg, c.Apply, s.Out)
}

// AuditVerify is the command that proves the log of who looked.
type AuditVerify struct {
	Home
	Head string `arg:"--head" help:"An end of the log that was noted before, such as 128:5f70…: the log must still hold it."`
}

// Run proves the log, and says where it is broken first.
func (c *AuditVerify) Run(ctx context.Context, s Streams) error {
	return app.AuditVerify(ctx, c.config(), c.Head, s.Out)
}

// AuditLooks is the command that lists who looked, and why.
type AuditLooks struct {
	Home
	Report string `arg:"--report" help:"Only the looks at one report, such as SRG-7K3MQ-9."`
	Most   int    `arg:"--most" default:"100" help:"How many, the newest first."`
}

// Run lists them.
func (c *AuditLooks) Run(ctx context.Context, s Streams) error {
	return app.AuditLooks(ctx, c.config(), c.Report, c.Most, s.Out)
}
