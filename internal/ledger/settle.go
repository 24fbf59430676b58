package ledger

import (
	"context"
	"errors"
	"fmt"
)

// Committer is what writes batches. Every Store is one.
type Committer interface {
	// Commit writes a batch: all or nothing, ErrDone when its cause was committed before.
	Commit(ctx context.Context, b Batch) error
}

// tries is how often something is decided because something else came in between.
const tries = 8

// Settle decides and commits until it stands. decide reads, and gives the batch; was is why the last try did not stand, nil
// at first. It is asked again when what it had read has changed meanwhile (ErrStale), when the number it drew went to
// another report (ErrTaken), and when a letter it wanted back has left (ErrSent). A batch without a Cause says that there is
// nothing to commit. A cause that was committed before is settled. Every other error is the end, as is that of the last try.
func Settle(ctx context.Context, c Committer, decide func(was error) (Batch, error)) error {
	return Again(ctx, func(was error) error {
		b, err := decide(was)
		if err != nil || b.Cause == "" {
			return err
		}
		if err = c.Commit(ctx, b); errors.Is(err, ErrDone) {
			return nil
		}
		return err
	})
}

// Again is Settle for those who commit by themselves: try reads, decides and commits, and is asked again for the same reasons.
func Again(ctx context.Context, try func(was error) error) error {
	var was error
	for range tries {
		err := try(was)
		if !overtaken(err) {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("decide again: %w", ctx.Err())
		}
		was = err
	}
	return fmt.Errorf("decided %d times in vain: %w", tries, was)
}

func overtaken(err error) bool {
	return errors.Is(err, ErrStale) || errors.Is(err, ErrTaken) || errors.Is(err, ErrSent)
}
