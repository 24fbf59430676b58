package main

import (
	"context"
	"os"

	"golang.org/x/term"

	"rabeg/cmd/internal/cli"
	"rabeg/internal/lab"
	"rabeg/internal/lab/bench"
)

// here is where everything runs.
type here struct {
	Profile  string `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government."`
	Database string `arg:"--database-url,env:DATABASE_URL" help:"Use this PostgreSQL instead of a private one."`
	Redis    string `arg:"--redis-url,env:REDIS_URL" help:"Use this Redis instead of a private one."`
	Dir      string `arg:"--dir" default:".rabeg" help:"Where the private PostgreSQL, Redis and photos keep their data."`
	Official bool   `arg:"--official" help:"WhatsApp the official way (Cloud API), with a local Meta, in place of a linked phone."`
	Listen   string `arg:"--listen" default:"127.0.0.1:0" help:"Address of health and metrics."`
}

func (h here) run(ctx context.Context, s cli.Streams, t lab.Try) error {
	t.Profile, t.Database, t.Redis, t.Dir, t.Listen, t.Official = h.Profile, h.Database, h.Redis, h.Dir, h.Listen, h.Official
	return t.Run(ctx, os.Stdin, s.Out)
}

type tryCmd struct {
	here
	Demo    bool `arg:"--demo" help:"Play the case and stop, as 'demo' does."`
	Browser bool `arg:"--browser" help:"Show the phones to a browser alone, until this is ended; where no terminal is."`
}

// Run shows the phones and the desk to a browser where somebody is there, and lets him or her write at the terminal, too. Else it
// plays the case.
func (c *tryCmd) Run(ctx context.Context, s cli.Streams) error {
	here := !c.Demo && (c.Browser || term.IsTerminal(int(os.Stdin.Fd())))
	return c.run(ctx, s, lab.Try{Case: !here, Browse: here, Talk: here && !c.Browser})
}

type demoCmd struct{ here }

// Run plays the case.
func (c *demoCmd) Run(ctx context.Context, s cli.Streams) error {
	return c.run(ctx, s, lab.Try{Case: true})
}

type talkCmd struct{ here }

// Run lets a person go on.
func (c *talkCmd) Run(ctx context.Context, s cli.Streams) error {
	return c.run(ctx, s, lab.Try{Talk: true})
}

type benchCmd struct {
	What     string `arg:"positional" help:"store: how long what the desk asks takes with ten thousand, a hundred thousand and a million reports. quake: two thousand reports in ten minutes. public: how long the public pages take."`
	Reports  int    `arg:"--reports" default:"1000000" help:"The most reports that store and public are measured with."`
	Messages int    `arg:"--messages" default:"20000" help:"How many messages store writes into each store: 180000 are an hour of 50 a second."`
	Seconds  int    `arg:"--seconds" default:"12" help:"How long each measurement lasts."`
	Chats    int    `arg:"--chats" default:"200" help:"How many people talk at once."`
	Only     string `arg:"--only" default:"all" help:"One measurement alone: raw, dialogue, offered, whatsapp, cloud, pace, hurried, governments, hooked (they have webhooks) or flooded (one of them), as many as --chats; hour (--seconds 3600): does it stay as it was."`
	Dir      string `arg:"--dir" help:"Where the data lie; it must be a disk. Default: a folder under the system's state directory."`
	Profile  string `arg:"--profile" help:"Write CPU profiles here (go tool pprof): one of the product for each measurement, and PATH.load of the load."`
	Program  string `arg:"--program" help:"The product that is measured. Default: the rabeg beside this program."`
}

// Run measures.
func (c *benchCmd) Run(ctx context.Context, s cli.Streams) error {
	return bench.Run(ctx, bench.Options(*c), s.Out)
}
