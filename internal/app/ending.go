package app

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"runtime/pprof"
	"time"

	"rabeg/internal/guard"
)

// endMost is how long the program may take to end. Everything that ends it has bounds of its own, which together are shorter;
// this one is for what nobody thought of. To be cut off is no harm: what was at work comes again.
const endMost = 15 * time.Second

// ended runs work, and gives up waiting for it a while after ctx is done. The log says what it was waiting for: names of
// functions, and nothing of what they worked on.
func ended(ctx context.Context, log *slog.Logger, work func(context.Context) error) error {
	done := make(chan error, 1)
	go func() { done <- guard.Do(func() error { return work(ctx) }) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	limit := time.NewTimer(endMost)
	defer limit.Stop()
	select {
	case err := <-done:
		return err
	case <-limit.C:
	}
	var at bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&at, 1); err == nil {
		log.Error("the end takes too long", "at", at.String())
	}
	return fmt.Errorf("it did not end within %s and was cut off; what was at work comes again", endMost)
}
