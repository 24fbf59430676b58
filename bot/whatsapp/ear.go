package whatsapp

import (
	"strings"

	waLog "go.mau.fi/whatsmeow/util/log"
)

// ear stands where the library's log would: it keeps nothing, because the log holds texts and numbers, and listens for the
// one failure that the library tells nobody else of. A device that a message could not be encrypted for is left out, and
// the message counts as sent; where the database was the reason, it has to be sent again.
type ear struct{ c *Channel }

// Warnf is of waLog.Logger, as are the others.
func (e ear) Warnf(format string, args ...any) {
	if !strings.HasPrefix(format, "Failed to encrypt") {
		return
	}
	for _, a := range args {
		if err, ok := a.(error); ok && ofDatabase(err) {
			e.c.unsealed.Add(1)
		}
	}
}

func (ear) Errorf(string, ...any) {}
func (ear) Infof(string, ...any)  {}
func (ear) Debugf(string, ...any) {}

func (e ear) Sub(string) waLog.Logger { return e }
