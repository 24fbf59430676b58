package sp4n

import (
	"context"
	"errors"
)

// Handover is LAPOR!'s own door for programs. Nobody here has its key yet, so nothing is known of its shape: this is what the desk needs
// of it, and people do the same by hand until then.
type Handover interface {
	// Send files a packet and gives its tracking id. key names the packet: sent twice it is one report with one number. ErrBusy: it may have
	// come or not, and is sent again later. A *RefusedError: it will not be taken as it is.
	Send(ctx context.Context, key string, p Packet, photos [][]byte) (tracking string, err error)
	// Standing tells how a report stands there, in LAPOR!'s own word. ErrUnknown: it has none of that number.
	Standing(ctx context.Context, tracking string) (Standing, error)
}

// Standing is how a report stands in LAPOR!.
type Standing struct{ Status, Why string }

// Errors that a Handover answers with.
var (
	ErrBusy    = errors.New("LAPOR! does not answer now")
	ErrUnknown = errors.New("LAPOR! has no such report")
)

// RefusedError says why a packet is not taken.
type RefusedError struct{ Why string }

func (e *RefusedError) Error() string { return "LAPOR! refuses a packet: " + e.Why }
