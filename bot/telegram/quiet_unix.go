//go:build unix

package telegram

import (
	"errors"
	"net"
	"syscall"
)

// quiet reports whether nothing came over a connection while it lay aside: neither its end nor words nobody asked for.
func quiet(c net.Conn) bool {
	tcp, ok := c.(syscall.Conn)
	if !ok {
		return true
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return false
	}
	still := false
	err = raw.Read(func(fd uintptr) bool {
		var b [1]byte
		_, err := syscall.Read(int(fd), b[:])
		still = errors.Is(err, syscall.EAGAIN)
		return true // never wait
	})
	return err == nil && still
}
