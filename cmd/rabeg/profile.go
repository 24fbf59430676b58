package main

import (
	"context"
	"errors"
	"fmt"

	"rabeg/cmd/internal/cli"
	"rabeg/internal/profile"
)

type profileCmd struct {
	Check *profileCheckCmd `arg:"subcommand:check" help:"Say what is wrong in a city's folder, with file, line and column, or what it holds."`
	New   *profileNewCmd   `arg:"subcommand:new" help:"Write the folder of a new city, explained, to go on from."`
}

// Run is reached where neither is named.
func (*profileCmd) Run(context.Context, cli.Streams) error {
	return errors.New("say what is to be done with the profile, for example: rabeg profile check ./city")
}

type profileCheckCmd struct {
	Dir string `arg:"positional,required" help:"The folder, or the name of a profile that comes with the program."`
}

// Run checks one profile.
func (c *profileCheckCmd) Run(_ context.Context, s cli.Streams) error {
	return profile.Check(s.Out, c.Dir)
}

type profileNewCmd struct {
	Dir string `arg:"positional,required" help:"The folder, which must be new or empty."`
}

// Run writes a folder to begin with.
func (c *profileNewCmd) Run(_ context.Context, s cli.Streams) error {
	if err := profile.New(c.Dir); err != nil {
		return err
	}
	_, err := fmt.Fprintf(s.Out, "%s is written: begin with profile.yaml in it, then run: rabeg profile check %s\n", c.Dir, c.Dir)
	return err
}
