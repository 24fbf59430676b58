package main

import (
	"context"
	"errors"

	"rabeg/cmd/internal/cli"
)

type whatsappCmd struct {
	Templates *cli.WhatsAppTemplates `arg:"subcommand:templates" help:"Show where the invitations stand with Meta; --submit hands them in."`
	Subscribe *cli.WhatsAppSubscribe `arg:"subcommand:subscribe" help:"Let Meta tell what comes to the account."`
}

// Run is reached where it is not named.
func (*whatsappCmd) Run(context.Context, cli.Streams) error {
	return errors.New("say what is to be done at Meta, for example: rabeg whatsapp templates")
}
