package embedded

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// converse sends each command, words parted by blanks, and reads its one-line
// answer.
func converse(ctx context.Context, conn net.Conn, commands []string) (string, error) {
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	lines := bufio.NewReader(conn)
	answer := ""
	for _, command := range commands {
		if _, err := conn.Write(request(command)); err != nil {
			return "", err
		}
		line, err := lines.ReadString('\n')
		if err != nil {
			return "", err
		}
		answer = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(answer, "-") {
			return "", errors.New(answer[1:])
		}
	}
	return answer, nil
}

// request is a command as Redis' protocol has it: an array of strings.
func request(command string) []byte {
	words := strings.Fields(command)
	b := fmt.Appendf(nil, "*%d\r\n", len(words))
	for _, word := range words {
		b = fmt.Appendf(b, "$%d\r\n%s\r\n", len(word), word)
	}
	return b
}
