package warelay

import (
	"fmt"
	"sync"

	"go.mau.fi/libsignal/logger"
	"go.mau.fi/whatsmeow"
)

// foreign serialises the changes of whatsmeow's and libsignal's own package
// state, which is the only way these libraries offer.
var foreign sync.Mutex //nolint:gochecknoglobals // guards foreign globals

// Trust makes every whatsmeow client of this process accept the relay's Noise
// certificates instead of WhatsApp's. It is process-wide: call it before the
// first client connects, only in tests and in `try`. Calling it again, also
// for another relay with the same seed, changes nothing.
func (r *Relay) Trust() {
	foreign.Lock()
	defer foreign.Unlock()
	if root := r.RootKey(); whatsmeow.WACertPubKey != root {
		whatsmeow.WACertPubKey = root
	}
}

// hush silences libsignal, which prints to standard output and sets its
// default logger up at the first call without a lock: so it has to happen
// before a relay makes its first key. A logger somebody else has set stays.
func hush() {
	foreign.Lock()
	defer foreign.Unlock()
	if logger.Logger == nil || fmt.Sprintf("%T", logger.Logger) == "*logger.defaultLogger" {
		var quiet logger.Loggable = silent{}
		logger.Setup(&quiet)
	}
}

// silent is a libsignal logger that says nothing.
type silent struct{}

func (silent) Debug(_, _ string)   {}
func (silent) Info(_, _ string)    {}
func (silent) Warning(_, _ string) {}
func (silent) Error(_, _ string)   {}
func (silent) Configure(string)    {}
