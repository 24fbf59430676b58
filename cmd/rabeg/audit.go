package main

import (
	"context"
	"errors"

	"rabeg/cmd/internal/cli"
)

type auditCmd struct {
	Looks  *cli.AuditLooks  `arg:"subcommand:looks" help:"List who looked, at which report, and why."`
	Verify *cli.AuditVerify `arg:"subcommand:verify" help:"Prove that nothing in the log of who looked was changed or taken out."`
}

// Run is reached where it is not named.
func (*auditCmd) Run(context.Context, cli.Streams) error {
	return errors.New("say what is to be done with the log of who looked, for example: rabeg audit verify")
}
