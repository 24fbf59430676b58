package ledger

import (
	"context"
	"errors"
	"time"
)

// ErrNotLed says that another may act by now in this one's place: nothing was done.
var ErrNotLed = errors.New("the lead is not sure")

// Hold is a name that this program alone has for a while: it leads. The zero Hold is that of a program nobody competes with.
type Hold struct {
	Name string
	// Fence is greater for each who has the name after another. What is written under an older one is refused.
	Fence int64
	// After says that somebody else had the name before.
	After bool
	// Losses tells how often a connection to the database was made anew so far or did not answer: each such moment other
	// answers may have been lost, though the name was not.
	Losses func() int64
	// Still reports whether the name is surely this program's at this moment, also right after it was frozen for a while.
	Still func() bool
	// Unsure is how long the name has not surely been this program's, 0 while it is. Only time that goes on counts: a clock that is
	// set ends nothing. nil: it is always sure.
	Unsure func() time.Duration
}

// Sure reports whether nobody else can have the name now. It asks no one, and is to be asked right before each act that two
// must not do.
func (h Hold) Sure() bool { return h.Still == nil || h.Still() }

type holdKey struct{}

// Holding gives a context the hold under which is done what is done with it.
func Holding(ctx context.Context, h Hold) context.Context {
	return context.WithValue(ctx, holdKey{}, h)
}

// HoldOf is the hold of a context, the zero one where there is none.
func HoldOf(ctx context.Context) Hold {
	h, _ := ctx.Value(holdKey{}).(Hold)
	return h
}

// Led is asked right before each act that two must not do: it fails with ErrNotLed unless the hold of the context is sure. Who is
// frozen between the two can be held back by nobody: a network takes no fence with what it is sent.
func Led(ctx context.Context) error {
	if !HoldOf(ctx).Sure() {
		return ErrNotLed
	}
	return nil
}
