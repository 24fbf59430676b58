package main

import (
	"context"
	"os"

	"rabeg/cmd/internal/cli"
	"rabeg/internal/app"
	"rabeg/internal/lab"
)

// local says which WhatsApp is trusted in place of the real one.
type local struct {
	Local string `arg:"--whatsapp-local,env:RABEG_WHATSAPP_LOCAL" help:"A file that says how to reach a local WhatsApp on this machine."`
}

// with runs a part of the product that reaches the local WhatsApp, where one is named. It needs no manners, unless the pace is
// to be the network's.
func (l local) with(pace string, run func(app.Options) error) error {
	client, err := lab.Reach(l.Local)
	if err != nil {
		return err
	}
	return run(app.Options{WhatsAppHTTP: client, Hasty: client != nil && pace != "network"})
}

type serveCmd struct {
	cli.Serve
	local
	Led bool `arg:"--led,hidden" help:"Be the program of 'try': standard input says how far the clock is turned, and that it goes on."`
}

// Run serves.
func (c *serveCmd) Run(ctx context.Context, s cli.Streams) error {
	return c.with(c.Pace, func(o app.Options) error {
		if !c.Led {
			return c.With(ctx, s, o)
		}
		led, o := lab.Led(ctx, os.Stdin, o)
		return c.With(led, s, o)
	})
}

type pairCmd struct {
	cli.Pair
	local
}

// Run links a number of the local WhatsApp.
func (c *pairCmd) Run(ctx context.Context, s cli.Streams) error {
	return c.with("", func(o app.Options) error { return c.With(ctx, s, o) })
}

type doctorCmd struct {
	cli.Doctor
	local
}

// Run checks.
func (c *doctorCmd) Run(ctx context.Context, s cli.Streams) error {
	return c.with("", func(o app.Options) error { return c.With(ctx, s, o) })
}
