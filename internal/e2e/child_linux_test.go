package e2e

import "syscall"

// withParent ends a child with this process, even when that is killed.
func withParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
