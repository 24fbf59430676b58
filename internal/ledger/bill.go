package ledger

import (
	"context"
	"time"

	"rabeg/bot"
)

// Bill is how many messages a network says it delivered, under one of the categories that it bills them by.
type Bill struct {
	Network  bot.Network
	Category string
	N        int
}

// Bills count what is delivered, by the day.
type Bills interface {
	// Delivered counts a message on a day, as its own zone has it; fresh is false where it was counted before.
	Delivered(ctx context.Context, ref bot.MessageRef, category string, day time.Time) (fresh bool, err error)
	// Bills are those of the days from one until before another, added up, by network and category.
	Bills(ctx context.Context, from, to time.Time) ([]Bill, error)
}
