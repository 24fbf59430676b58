package cli

import (
	"cmp"
	"context"

	"rabeg/internal/app"
)

// Stats is the command that counts.
type Stats struct {
	Home
	From    string `arg:"--from" help:"The first day, such as 2026-10-01. Default: the first of this month."`
	To      string `arg:"--to" help:"The last day, such as 2026-10-31. Default: today."`
	By      string `arg:"--by" help:"A line for each office, category or area."`
	JSON    bool   `arg:"--json" help:"As JSON."`
	CSV     bool   `arg:"--csv" help:"As CSV, for a spreadsheet."`
	Facts   bool   `arg:"--facts" help:"All facts as CSV, without persons and words, to count anew elsewhere."`
	Rebuild bool   `arg:"--rebuild" help:"Make what the figures are counted of anew, from the facts."`
}

// Run writes the figures.
func (c *Stats) Run(ctx context.Context, s Streams) error {
	cfg := c.config()
	cfg.Profile = cmp.Or(c.Profile, "serang")
	ask := app.Counted{From: c.From, To: c.To, By: c.By, JSON: c.JSON, CSV: c.CSV, Facts: c.Facts, Rebuild: c.Rebuild}
	return app.Stats(ctx, cfg, ask, s.Out, s.Err)
}
