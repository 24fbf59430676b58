// Package clocktest makes clocks that are set, for tests.
package clocktest

import (
	"time"
	"unsafe"
)

// Set is a reading of a clock whose time of day was set, by whole seconds. As on a real machine, what measures how time goes on (the other
// half of a time.Time, which t must have) is not touched; nothing but the library's own form of it can be made so.
func Set(t time.Time, by time.Duration) time.Time {
	const seconds = 30                                                  // their place: above the bits of the nanoseconds
	*(*uint64)(unsafe.Pointer(&t)) += uint64(by/time.Second) << seconds //nolint:gosec // see above; its test would notice another form
	return t
}
