package cli

import (
	"cmp"
	"context"

	"rabeg/internal/app"
)

// Open311Add is the command that lets other software file.
type Open311Add struct {
	ID string `arg:"positional,required" help:"A short name for ever, such as fixmystreet."`
	Home
	Name        string `arg:"--name" help:"What people call it; officers read it. Default: the id."`
	PerMinute   int    `arg:"--per-minute" default:"60" help:"How many calls with its key are taken a minute."`
	Tokens      bool   `arg:"--tokens" help:"Answer a filed report with a token, by which its number is asked for."`
	Answers     bool   `arg:"--answers" help:"Tell it what offices answered to its own reports: it has promised to show that to who reported alone."`
	Phones      bool   `arg:"--phones" help:"It has made sure that a phone it sends is the person's own, by a code sent there: who writes to the bot from it has the report."`
	Hook        string `arg:"--hook" help:"Address that is told what becomes of its own reports."`
	HookPrivate bool   `arg:"--hook-private" help:"That address may be one of a private network."`
}

// Run adds a client and prints its key.
func (c *Open311Add) Run(ctx context.Context, s Streams) error {
	return app.AddClient(ctx, home(c.Home), app.NewClient{ID: c.ID, Name: c.Name, PerMinute: c.PerMinute, Tokens: c.Tokens, Answers: c.Answers, Phones: c.Phones, Hook: c.Hook, Private: c.HookPrivate}, s.Out)
}

// Open311List is the command that lists other software.
type Open311List struct{ Home }

// Run lists all clients.
func (c *Open311List) Run(ctx context.Context, s Streams) error {
	return app.ListClients(ctx, home(c.Home), s.Out)
}

// Open311End is the command that ends a key.
type Open311End struct {
	ID string `arg:"positional,required" help:"The client, as list tells it."`
	Home
}

// Run ends a client.
func (c *Open311End) Run(ctx context.Context, s Streams) error {
	return app.EndClient(ctx, home(c.Home), c.ID, s.Out)
}

// OpenData is the command that writes a month of reports for everybody.
type OpenData struct {
	Dir string `arg:"positional,required" help:"Folder for the files; those of the same month are written anew."`
	Home
	Month   string `arg:"--month" help:"Such as 2026-10. Default: the last month that is over."`
	License string `arg:"--license" default:"CC-BY-4.0" help:"The licence, as SPDX names it."`
}

// Run writes the files.
func (c *OpenData) Run(ctx context.Context, s Streams) error {
	return app.OpenData(ctx, home(c.Home), app.Month{Dir: c.Dir, Month: c.Month, License: c.License}, s.Out)
}

// home is the settings with a government, which these commands need.
func home(h Home) app.Config {
	h.Profile = cmp.Or(h.Profile, "serang")
	return h.config()
}
