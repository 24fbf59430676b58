package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// reason waits until /readyz tells why a check fails, and gives the words.
func (c *child) reason(check string) string {
	c.t.Helper()
	why := ""
	eventually(c.t, "/readyz to tell of "+check, func(ctx context.Context) bool {
		code, body := c.get(ctx, "/readyz")
		var state map[string]string
		_ = json.Unmarshal([]byte(body), &state)
		why = state[check]
		return code == http.StatusServiceUnavailable && why != "" && why != "ok"
	})
	return why
}

// Citizens hear nothing though everything answers a ping: /readyz is red and says why, a line for each reason; it is green
// again when that is over. On a quiet night it is green.
func TestReadinessMeasuresTheWork(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{own: true, forum: true})
	c := w.start()
	c.becomes(http.StatusOK)
	for name, ill := range map[string]struct {
		goes         func() (back func())
		check, words string
	}{
		"Redis is full": {func() func() {
			w.tellsRedis("CONFIG SET maxmemory 1")
			return func() { w.tellsRedis("CONFIG SET maxmemory 0") }
		}, "redis", "memory is full"},
		"PostgreSQL is read-only": {func() func() {
			w.tellsPostgres(`ALTER SYSTEM SET default_transaction_read_only = on`)
			return func() { w.tellsPostgres(`ALTER SYSTEM RESET default_transaction_read_only`) }
		}, "postgresql", "read-only"},
		"Telegram is cut off": {func() func() { return w.api.Fail(botapi.Fault{Kind: botapi.Cut}) }, "telegram", "not reached"},
	} {
		back := ill.goes()
		if said := c.reason(ill.check); !strings.Contains(said, ill.words) {
			t.Errorf("%s: it says %q", name, said)
		}
		back()
		c.becomes(http.StatusOK)
	}
	ctx, cancel := story(time.Minute)
	defer cancel()
	ani := w.citizen("Ani")
	if err := ani.wholeStory(ctx, taleOf(1), true); err != nil {
		t.Fatal(err)
	}
	for _, figure := range []string{`rabeg_ready{check="redis"} 1`, `rabeg_poll_age_seconds{network="telegram"}`, `rabeg_event_age_seconds{network="telegram"}`,
		`rabeg_leads{network="telegram",what="send"} 1`, `rabeg_clock_offset_seconds`, `rabeg_jobs{`, `rabeg_letters_failed_total{network="telegram"} 0`} {
		if _, page := c.get(ctx, "/metrics"); !strings.Contains(page, figure) {
			t.Errorf("the metrics have no %s", figure)
		}
	}
	if code, _ := c.get(ctx, "/readyz"); code != http.StatusOK {
		t.Error("it is not green in the end")
	}
	host, _, _ := net.SplitHostPort(c.page)
	if host != "127.0.0.1" {
		t.Errorf("the metrics are to be had at %s", c.page)
	}
	w.nobodyStumbled()
}

// tellsRedis speaks with the test's own Redis.
func (w *world) tellsRedis(command string) {
	w.t.Helper()
	at := strings.TrimPrefix(w.rds.URL(), "unix://")
	at, _, _ = strings.Cut(at, "?")
	conn, err := net.Dial("unix", at)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	answer := make([]byte, 64)
	if _, err = fmt.Fprintf(conn, "%s\r\n", command); err == nil {
		_, err = conn.Read(answer)
	}
	if err != nil || !strings.HasPrefix(string(answer), "+OK") {
		w.t.Fatalf("Redis answers %q (%v)", answer, err)
	}
}

// tellsPostgres changes how the test's own PostgreSQL works.
func (w *world) tellsPostgres(statement string) {
	w.t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	for _, s := range []string{statement, `SELECT pg_reload_conf()`} {
		if _, err := w.db.Exec(ctx, s); err != nil {
			w.t.Fatal(err)
		}
	}
}

// The bot's token is revoked: Telegram is over, with a line, a red /readyz and a word to the desk on WhatsApp; who writes there
// is served as ever, also by a program that is started after it.
func TestARevokedTokenEndsTelegramAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskLID})
	var revoked atomic.Bool
	bots := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if !revoked.Load() {
			w.api.ServeHTTP(rw, r)
			return
		}
		rw.Header().Set("Content-Type", "application/json")
		rw.WriteHeader(http.StatusUnauthorized)
		_, _ = rw.Write([]byte(`{"ok":false,"error_code":401,"description":"Unauthorized"}`))
	}))
	t.Cleanup(bots.Close)
	t.Cleanup(bots.CloseClientConnections)
	at := "TELEGRAM_API_URL=" + bots.URL
	c := w.start(at)
	ratna := w.colleague(t, "dishub")
	c.becomes(http.StatusOK)
	revoked.Store(true)
	bots.CloseClientConnections()
	if said := c.reason("telegram"); !strings.Contains(said, "refuses") {
		t.Errorf("/readyz says %q", said)
	}
	w.inRoom(t, ratna, 0, "word of the token", func(m warelay.Received) bool { return strings.Contains(m.Text, "TELEGRAM_TOKEN") })
	_, code := w.called(t, lamp(1))
	w.waCard(t, ratna, code)
	c.stop()
	w.start(at)
	_, code = w.called(t, lamp(2))
	w.waCard(t, ratna, code)
	w.nobodyStumbled()
}
