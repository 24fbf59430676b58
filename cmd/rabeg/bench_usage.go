package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// usage is what a process has used so far, as Linux tells in /proc (proc(5)).
type usage struct {
	cpu  time.Duration
	peak int64 // bytes of memory at the highest, the program file's own pages that it touched among them
	own  int64 // bytes now, without those pages: they are the system's cache, and shared
}

// ticksPerSecond is USER_HZ, which is 100 on every Linux that Go runs on.
const ticksPerSecond = 100

func usageOf(pid int) (usage, error) {
	if runtime.GOOS != "linux" {
		return usage{}, nil // figures of CPU and memory are then left out
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return usage{}, fmt.Errorf("read what the product uses: %w", err)
	}
	// The name in parentheses may hold anything; what follows the last one is numbers.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	var u usage
	for _, i := range []int{11, 12} {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			return u, fmt.Errorf("read what the product uses: %w", err)
		}
		u.cpu += time.Duration(n) * time.Second / ticksPerSecond
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return u, fmt.Errorf("read what the product uses: %w", err)
	}
	for line := range strings.Lines(string(status)) {
		for name, into := range map[string]*int64{"VmHWM:": &u.peak, "RssAnon:": &u.own} {
			rest, ok := strings.CutPrefix(line, name)
			if !ok {
				continue
			}
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				return u, fmt.Errorf("read what the product uses: %w", err)
			}
			*into = kb << 10
		}
	}
	return u, nil
}
