package cli

import (
	"context"

	"rabeg/internal/app"
)

// WhatsAppTemplates is the command that shows the invitations of the Cloud API, and hands them in.
type WhatsAppTemplates struct {
	app.Cloud
	Submit bool `arg:"--submit" help:"Hand in those that Meta does not know yet."`
}

// Run shows where each invitation stands with Meta.
func (c *WhatsAppTemplates) Run(ctx context.Context, s Streams) error {
	return app.WhatsAppTemplates(ctx, app.Config{Cloud: c.Cloud}, c.Submit, s.Out)
}

// WhatsAppSubscribe is the command that lets Meta tell what comes to the account.
type WhatsAppSubscribe struct{ app.Cloud }

// Run subscribes the token's app to the account.
func (c *WhatsAppSubscribe) Run(ctx context.Context, s Streams) error {
	return app.WhatsAppSubscribe(ctx, app.Config{Cloud: c.Cloud}, s.Out)
}
