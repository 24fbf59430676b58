package lab

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"
)

// emptyRedis throws away all that the lab's own Redis holds: every conversation that is under way.
func emptyRedis(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("empty Redis: %w", err)
	}
	network, where := "tcp", u.Host
	if u.Scheme == "unix" {
		network, where = "unix", u.Path
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, where)
	if err != nil {
		return fmt.Errorf("empty Redis: %w", err)
	}
	defer func() { _ = conn.Close() }()
	if end, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(end)
	}
	if _, err := conn.Write([]byte("*1\r\n$8\r\nFLUSHALL\r\n")); err != nil {
		return fmt.Errorf("empty Redis: %w", err)
	}
	said, err := bufio.NewReader(conn).ReadString('\n')
	if err == nil && !strings.HasPrefix(said, "+OK") {
		err = fmt.Errorf("it answers %q", strings.TrimSpace(said))
	}
	if err != nil {
		return fmt.Errorf("empty Redis: %w", err)
	}
	return nil
}
