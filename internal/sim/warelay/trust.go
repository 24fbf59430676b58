package warelay

import (
	"sync"

	"go.mau.fi/libsignal/logger"
	"go.mau.fi/whatsmeow"
)

// trusting serialises Trust. What it guards is whatsmeow's and libsignal's
// own package state, which is the only way these libraries offer.
var trusting sync.Mutex //nolint:gochecknoglobals // guards foreign globals

// Trust makes every whatsmeow client of this process accept the relay's Noise
// certificates instead of WhatsApp's, and silences libsignal, which prints to
// standard output otherwise. Both are process-wide: call it before the first
// client connects, only in tests and in `try`. Calling it again, also for
// another relay with the same seed, changes nothing.
func (r *Relay) Trust() {
	trusting.Lock()
	defer trusting.Unlock()
	if root := r.RootKey(); whatsmeow.WACertPubKey != root {
		whatsmeow.WACertPubKey = root
	}
	if logger.Logger == nil {
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
