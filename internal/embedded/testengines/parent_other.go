//go:build !linux

package testengines

import "syscall"

// withParent would end a process with this one, which this system cannot.
func withParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }
