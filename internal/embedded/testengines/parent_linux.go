package testengines

import "syscall"

// withParent ends a process with this one, even when that is killed.
func withParent() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
