//go:build unix && !linux

package embedded

import "syscall"

// dieWithParent does nothing: only Linux has a signal for it.
func dieWithParent(*syscall.SysProcAttr) {}

// sentry posts a guard that stops the server when this process dies.
func sentry(pid int) (*guard, error) { return watch(pid) }

// elsewhere cannot tell here, and then PostgreSQL's own check decides.
func elsewhere(int, string) bool { return false }
