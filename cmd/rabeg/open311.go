package main

import (
	"context"
	"errors"

	"rabeg/cmd/internal/cli"
)

type open311Cmd struct {
	Client *open311ClientCmd `arg:"subcommand:client" help:"Let other software file, list it, end it."`
	Dump   *cli.OpenData     `arg:"subcommand:dump" help:"Write a month of reports as open data: CSV, GeoJSON, and what the columns mean."`
}

// Run is reached where neither is named.
func (*open311Cmd) Run(context.Context, cli.Streams) error {
	return errors.New("say what is to be done, for example: rabeg open311 client list")
}

type open311ClientCmd struct {
	Add  *cli.Open311Add  `arg:"subcommand:add" help:"Add a client and print its key, once."`
	List *cli.Open311List `arg:"subcommand:list" help:"All clients, with how many reports each brought."`
	End  *cli.Open311End  `arg:"subcommand:end" help:"End a client's key."`
}

// Run is reached where none is named.
func (*open311ClientCmd) Run(context.Context, cli.Streams) error {
	return errors.New("say what is to be done with a client, for example: rabeg open311 client add fixmystreet")
}
