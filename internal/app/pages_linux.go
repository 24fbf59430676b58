package app

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// forgetStart gives back the pages of the program's own file that only the start read: tables of libraries, code that
// never runs again. Whatever is needed after all is read again from the system's cache, and never as huge pages: of a
// file that was just written 2 MB would come back at a touch. Best effort.
func forgetStart() {
	self, err := os.Executable()
	if err != nil {
		return
	}
	maps, err := os.Open("/proc/self/maps")
	if err != nil {
		return
	}
	defer func() { _ = maps.Close() }()
	for s := bufio.NewScanner(maps); s.Scan(); {
		f := strings.Fields(s.Text()) // range, rights, offset, device, inode, file (proc(5))
		if len(f) < 6 || f[5] != self || strings.Contains(f[1], "w") {
			continue
		}
		from, to, ok := strings.Cut(f[0], "-")
		begin, err := strconv.ParseUint(from, 16, 64)
		end, err2 := strconv.ParseUint(to, 16, 64)
		if !ok || err != nil || err2 != nil {
			return
		}
		for _, advice := range [...]uintptr{syscall.MADV_NOHUGEPAGE, syscall.MADV_DONTNEED} {
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(begin), uintptr(end-begin), advice)
		}
	}
}
