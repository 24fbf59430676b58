package app

import (
	"context"
	"io"

	"rabeg/bot"
	"rabeg/internal/media"
)

// looker looks at pictures where their network has them.
type looker struct {
	keeper *media.Keeper
	fetch  func(context.Context, bot.MediaRef) (io.ReadCloser, error)
}

// Look is of engine.Looker.
func (l looker) Look(ctx context.Context, m bot.MediaRef) (string, error) {
	return l.keeper.Look(ctx, func(ctx context.Context) (io.ReadCloser, error) { return l.fetch(ctx, m) })
}
