package whatsapp

import (
	"context"
	"fmt"
)

// Linked reports whether a device is linked to the account, without reaching WhatsApp.
func (c *Channel) Linked(ctx context.Context) (bool, error) {
	all, err := c.container.GetAllDevices(ctx)
	if err != nil {
		return false, fmt.Errorf("look for a linked device: %w", err)
	}
	return len(all) > 0, nil
}
