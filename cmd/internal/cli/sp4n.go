package cli

import (
	"cmp"
	"context"
	"runtime/debug"

	"rabeg/internal/app"
)

// SP4NImport is the command that brings an export of LAPOR! in.
type SP4NImport struct {
	File string `arg:"positional,required" help:"Laporan Ringkas of SP4N LAPOR!, XLSX or CSV."`
	Home
	Preview bool   `arg:"--preview" help:"Only tell what it would bring."`
	JSON    bool   `arg:"--json" help:"Tell it as JSON: new, changed, unchanged, doubles, unknown_statuses, refused."`
	Apart   bool   `arg:"--apart" help:"Open doubles as reports of their own, in place of giving their numbers to the reports that are here."`
	AsOf    string `arg:"--as-of" help:"The day the file is of, such as 2026-11-14, where it does not say."`
}

// importMemory is how much a large file may take: the collector works harder before more is asked of the machine.
const importMemory = 170 << 20

// Run imports.
func (c *SP4NImport) Run(ctx context.Context, s Streams) error {
	debug.SetMemoryLimit(importMemory)
	cfg := c.config()
	cfg.Profile = cmp.Or(c.Profile, "serang")
	return app.SP4NImport(ctx, cfg, app.LaporImport{File: c.File, Preview: c.Preview, JSON: c.JSON, Apart: c.Apart, AsOf: c.AsOf}, s.Out)
}

// SP4NExport is the command that writes our reports in LAPOR!'s columns.
type SP4NExport struct {
	File string `arg:"positional,required" help:"The file to make, .xlsx or .csv."`
	Home
	From         string `arg:"--from,required" help:"The first day, such as 2026-11-01."`
	To           string `arg:"--to,required" help:"The last day."`
	Confidential bool   `arg:"--confidential" help:"Write confidential and sensitive reports too."`
}

// Run exports.
func (c *SP4NExport) Run(ctx context.Context, s Streams) error {
	cfg := c.config()
	cfg.Profile = cmp.Or(c.Profile, "serang")
	return app.SP4NExport(ctx, cfg, app.LaporExport{From: c.From, To: c.To, File: c.File, Confidential: c.Confidential}, s.Err)
}
