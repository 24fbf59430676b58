package postgres

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// placeOf says which process of which machine somebody is, "" where that cannot be said: the machine's name and start, and the
// process within what it sees of the machine.
func placeOf(pid int) string {
	host, err := os.Hostname()
	if err != nil {
		return ""
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	within, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return ""
	}
	began := beganAt(pid)
	if began == "" {
		return ""
	}
	return strings.Join([]string{host, strings.TrimSpace(string(boot)), within, strconv.Itoa(pid), began}, "/")
}

// beganAt is when a process began, "" where it does not live or nobody may know.
func beganAt(pid int) string {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return ""
	}
	// The name in parentheses may hold anything; state and the rest follow the last one.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 20 || fields[0][0] == 'Z' || fields[0][0] == 'X' {
		return ""
	}
	return string(fields[19])
}

// ended reports whether a place was a process of this machine and is one no more. One that only stands still has not ended.
func ended(place string) bool {
	fields := strings.Split(place, "/")
	here := strings.Split(placeOf(os.Getpid()), "/")
	if len(fields) != len(here) || len(fields) < 5 {
		return false
	}
	machine := len(here) - 2
	if strings.Join(fields[:machine], "/") != strings.Join(here[:machine], "/") {
		return false
	}
	pid, err := strconv.Atoi(fields[machine])
	if err != nil {
		return false
	}
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	stat, err := os.Stat(fmt.Sprintf("/proc/%d", pid))
	if err != nil || !stat.IsDir() {
		return false
	}
	if _, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); errors.Is(err, fs.ErrPermission) {
		return false // it lives, and nobody may know since when
	}
	return beganAt(pid) != fields[machine+1]
}
