package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

type profileCmd struct {
	Check *profileCheckCmd `arg:"subcommand:check" help:"Say what is wrong in a city's folder, with file, line and column, or what it holds."`
	New   *profileNewCmd   `arg:"subcommand:new" help:"Write the folder of a new city, explained, to go on from."`
}

// Run is reached where neither is named.
func (*profileCmd) Run(context.Context, streams) error {
	return errors.New("say what is to be done with the profile, for example: rabeg profile check ./city")
}

type profileCheckCmd struct {
	Dir string `arg:"positional,required" help:"The folder, or the name of a profile that comes with the program."`
}

// Run checks one profile.
func (c *profileCheckCmd) Run(_ context.Context, s streams) error { return profile.Check(s.out, c.Dir) }

type profileNewCmd struct {
	Dir string `arg:"positional,required" help:"The folder, which must be new or empty."`
}

// Run writes a folder to begin with.
func (c *profileNewCmd) Run(_ context.Context, s streams) error {
	if err := profile.New(c.Dir); err != nil {
		return err
	}
	_, err := fmt.Fprintf(s.out, "%s is written: begin with profile.yaml in it, then run: rabeg profile check %s\n", c.Dir, c.Dir)
	return err
}

// government reads the profile that RABEG_PROFILE names.
func government(name string) (*profile.Profile, error) {
	p, err := profile.Open(name)
	if ps, ok := errors.AsType[profile.Problems](err); ok {
		return nil, fmt.Errorf("RABEG_PROFILE: the folder %s cannot be used:\n%w", name, ps)
	}
	if err != nil {
		return nil, fmt.Errorf("RABEG_PROFILE: %w", err)
	}
	return p, nil
}

// cityOf is what a database remembers of a profile.
func cityOf(p *profile.Profile) postgres.City {
	return postgres.City{Prefix: p.Prefix, Region: p.Region(), Name: p.City}
}

// owned checks, before anything is written, that the database is this city's or nobody's. An empty name asks nothing.
func owned(ctx context.Context, name, dsn string) error {
	if name == "" {
		return nil
	}
	p, err := government(name)
	if err != nil {
		return err
	}
	return ownedBy(ctx, p, dsn)
}

func ownedBy(ctx context.Context, p *profile.Profile, dsn string) error {
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err != nil {
		return wrong("DATABASE_URL", "can not be used: "+short(err), "postgres://rabeg:secret@localhost:5432/rabeg")
	}
	defer pool.Close()
	err = postgres.Owned(ctx, pool, cityOf(p))
	if other, ok := errors.AsType[*postgres.OtherCityError](err); ok {
		return elsewhere(other)
	}
	return err
}

// elsewhere words the refusal of a database that is another city's.
func elsewhere(err *postgres.OtherCityError) error {
	return wrong("DATABASE_URL", "this database "+err.Error(), "set RABEG_PROFILE to its city, or give the other one a database of its own: createdb rabeg_"+strings.ToLower(err.Wanted.Prefix))
}
