package embedded

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

// redisChild is a redis-server as a child process, its data on disk.
type redisChild struct {
	program, data, socket string
	as                    *account
	log                   io.Writer

	proc *process // nil when stopped
}

// redisKind is the program's name and version.
func redisKind(program string) string {
	name := filepath.Base(program)
	found := regexp.MustCompile(`v=(\S+)`).FindStringSubmatch(versionLine(program))
	if found == nil {
		return name
	}
	return name + " " + found[1]
}

func (c *redisChild) start(ctx context.Context, lock *os.File) error {
	if err := ownedFolder(c.data, c.as); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	// Settings go in by standard input: as arguments, older versions split
	// paths at blanks.
	settings := strings.Join([]string{
		"port 0", "unixsocket " + quote(c.socket), "unixsocketperm 700", "dir " + quote(c.data),
		"databases " + strconv.Itoa(RedisDatabases), "daemonize no", `save ""`,
		"appendonly yes", "appendfsync everysec", "",
	}, "\n")
	proc, err := launch(spec{
		path: c.program, args: []string{"-"}, dir: c.data, stdin: strings.NewReader(settings),
		as: c.as, lock: lock, log: c.log,
	})
	if err != nil {
		return err
	}
	ready := func() bool {
		answer, err := ask(ctx, c.socket, "PING")
		return err == nil && answer == "+PONG" // "-LOADING" while it reads its data
	}
	if err := proc.await(ctx, ready); err != nil {
		proc.kill()
		return err
	}
	c.proc = proc
	return nil
}

func (c *redisChild) stop(ctx context.Context) error {
	if c.proc == nil {
		return nil
	}
	err := c.proc.stop(ctx, syscall.SIGTERM)
	c.proc = nil
	return err
}

func (c *redisChild) kill() {
	if c.proc != nil {
		c.proc.kill()
		c.proc = nil
	}
}

func (c *redisChild) running() (pid int, up bool) {
	if c.proc == nil || c.proc.ended() {
		return 0, false
	}
	return c.proc.pid(), true
}

func (c *redisChild) erase() error { return os.RemoveAll(c.data) }

// quote writes a value the way Redis reads its settings.
func quote(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(value) + `"`
}
