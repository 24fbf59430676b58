package bench

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

// cpuOf is the time that a process has worked, and its parent.
func cpuOf(pid int) (cpu time.Duration, parent int, err error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, fmt.Errorf("read what a process uses: %w", err)
	}
	// The name in parentheses may hold anything; what follows the last one is numbers.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	for _, i := range []int{1, 11, 12} {
		n, err := strconv.Atoi(fields[i])
		if err != nil {
			return 0, 0, fmt.Errorf("read what a process uses: %w", err)
		}
		if i == 1 {
			parent = n
			continue
		}
		cpu += time.Duration(n) * time.Second / ticksPerSecond
	}
	return cpu, parent, nil
}

// family is the time that a server and the processes it started have worked; one that has ended in between is left out.
func family(pid int) time.Duration {
	if runtime.GOOS != "linux" || pid == 0 {
		return 0
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0
	}
	var sum time.Duration
	for _, e := range entries {
		id, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if cpu, parent, err := cpuOf(id); err == nil && (id == pid || parent == pid) {
			sum += cpu
		}
	}
	return sum
}

func usageOf(pid int) (usage, error) {
	if runtime.GOOS != "linux" {
		return usage{}, nil // figures of CPU and memory are then left out
	}
	var u usage
	var err error
	if u.cpu, _, err = cpuOf(pid); err != nil {
		return u, err
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

// self is the time that this process alone has worked: it plays the people and their Telegram.
func self() time.Duration {
	if runtime.GOOS != "linux" {
		return 0
	}
	cpu, _, err := cpuOf(os.Getpid())
	if err != nil {
		return 0
	}
	return cpu
}

// shares is what else works on the machine's cores while the product is measured.
type shares struct{ postgres, redis, load time.Duration }

func (b *bench) shares() shares {
	return shares{postgres: family(b.pg.PID()), redis: family(b.redis.PID()), load: self()}
}

func (s shares) since(now shares) shares {
	return shares{postgres: now.postgres - s.postgres, redis: now.redis - s.redis, load: now.load - s.load}
}
