package main

import (
	"context"
	"errors"

	"rabeg/cmd/internal/cli"
)

type sp4nCmd struct {
	Import *cli.SP4NImport `arg:"subcommand:import" help:"Bring an export of LAPOR! in, or tell what it would bring."`
	Export *cli.SP4NExport `arg:"subcommand:export" help:"Write our reports in LAPOR!'s columns."`
}

// Run is reached where it is not named.
func (*sp4nCmd) Run(context.Context, cli.Streams) error {
	return errors.New("say what is to be done with SP4N LAPOR!, for example: rabeg sp4n import laporan-ringkas.xlsx --preview")
}
