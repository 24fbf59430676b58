package telegram_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"rabeg/bot"
	"rabeg/bot/telegram"
)

// line is a Bot API server at the level of bytes: it says what a test tells it to, and counts.
type line struct {
	net.Listener
	open, asked atomic.Int64
	// say answers the n-th request of a connection, and tells whether the connection goes on.
	say func(c net.Conn, n int, body string) bool
	all sync.WaitGroup
	// over is told of each connection that the server has ended.
	over chan struct{}
}

func newLine(t *testing.T, say func(c net.Conn, n int, body string) bool) *line {
	t.Helper()
	l := &line{say: say, over: make(chan struct{}, 1000)}
	var err error
	if l.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	l.all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			l.open.Add(1)
			l.all.Go(func() { l.serve(c) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); l.all.Wait() })
	return l
}

func (l *line) serve(c net.Conn) {
	defer func() { _ = c.Close(); l.over <- struct{}{} }()
	in := bufio.NewReader(c)
	for n := 1; ; n++ {
		req, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return
		}
		l.asked.Add(1)
		if !l.say(c, n, string(body)) {
			return
		}
	}
}

func (l *line) channel(t *testing.T) *telegram.Channel {
	t.Helper()
	return opened(t, telegram.Options{Token: token, APIURL: "http://" + l.Addr().String()})
}

func answers(id int) string {
	body := fmt.Sprintf(`{"ok":true,"result":{"message_id":%d}}`, id)
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

func sends(c *telegram.Channel, n int) (string, error) {
	ref, err := c.Send(context.Background(), bot.Address{Network: bot.Telegram, ID: strconv.Itoa(n)}, "", bot.Message{Text: "halo"})
	return ref.ID, err
}

// What a server may say and still be understood.
func TestAnswersOnTheWire(t *testing.T) {
	t.Parallel()
	const body = `{"ok":true,"result":{"message_id":7}}`
	for name, answer := range map[string]string{
		"plain":            answers(7),
		"in pieces":        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 9, body[:9], len(body)-9, body[9:]),
		"with a hint":      "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + answers(7),
		"of an old server": "HTTP/1.0 200 OK\r\n\r\n" + body,
		"until it ends":    "HTTP/1.1 200 OK\r\n\r\n" + body,
		"and goodbye":      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ends := name == "of an old server" || name == "until it ends" || name == "and goodbye"
			l := newLine(t, func(w net.Conn, _ int, _ string) bool {
				_, err := io.WriteString(w, answer)
				return err == nil && !ends
			})
			ch := l.channel(t)
			for range 3 {
				if id, err := sends(ch, 1); err != nil || id != "7" {
					t.Fatalf("message %q, %v", id, err)
				}
			}
		})
	}
}

// What is no answer is told as what it is, without its words, and nothing is sent a second time by itself.
func TestNoAnswerOnTheWire(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ answer, want string }{
		"nothing":         {"", "ended before the answer"},
		"half a head":     {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", "ended before the answer"},
		"half a body":     {"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true", "ended before the answer"},
		"not HTTP":        {"SSH-2.0 rahasia warga\r\n\r\n", "cannot be read"},
		"a head too long": {"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 3<<20), "cannot be read"},
		"too long":        {"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", "longer than"},
		"endless":         {"HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", 3<<20), "longer than"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLine(t, func(w net.Conn, n int, _ string) bool {
				if n == 1 {
					_, _ = io.WriteString(w, answers(1))
					return true
				}
				_, _ = io.WriteString(w, c.answer)
				return false
			})
			ch := l.channel(t)
			if _, err := sends(ch, 1); err != nil {
				t.Fatal(err)
			}
			_, err := sends(ch, 2)
			if se := bot.AsSendError(err); se.Remedy != bot.Retry || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "rahasia") {
				t.Errorf("it is told as %v, want %q", err, c.want)
			}
			if n := l.asked.Load(); n != 2 {
				t.Errorf("two messages were given to the network %d times", n)
			}
			if _, err := sends(ch, 3); err != nil {
				t.Errorf("the next message: %v", err)
			}
		})
	}
}

// Each call gets its own answer, however many are made at once, and some of them given up in the middle of it.
func TestAnswersAreNotMixedUp(t *testing.T) {
	t.Parallel()
	var giveUp sync.Map // call → what gives it up
	l := newLine(t, func(w net.Conn, _ int, body string) bool {
		_, rest, _ := strings.Cut(body, `"chat_id":`)
		id, _, _ := strings.Cut(rest, ",")
		n, _ := strconv.Atoi(id)
		a := answers(n)
		_, _ = io.WriteString(w, a[:n%50])
		if cancel, ok := giveUp.Load(n); ok {
			cancel.(context.CancelFunc)()
		}
		_, err := io.WriteString(w, a[n%50:])
		return err == nil
	})
	c := l.channel(t)
	var all sync.WaitGroup
	for g := range 32 {
		all.Go(func() {
			for i := range 40 {
				n := 1 + g*40 + i
				ctx, cancel := context.WithCancel(context.Background())
				if n%7 == 0 {
					giveUp.Store(n, cancel)
				}
				ref, err := c.Send(ctx, bot.Address{Network: bot.Telegram, ID: strconv.Itoa(n)}, "", bot.Message{Text: "halo"})
				cancel()
				switch {
				case err == nil && ref.ID != strconv.Itoa(n):
					t.Errorf("call %d got the answer of %s", n, ref.ID)
				case err != nil && !errors.Is(err, context.Canceled):
					t.Errorf("call %d: %v", n, err)
				}
			}
		})
	}
	all.Wait()
	if n := l.asked.Load(); n != 32*40 {
		t.Errorf("%d calls were made %d times", 32*40, n)
	}
}
