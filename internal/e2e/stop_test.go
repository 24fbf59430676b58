package e2e

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/embedded/testdb"
)

// Asked to stop among a hundred talking people the program ends well within ten seconds; its successor goes on without
// anything lost or said twice.
func TestGracefulStop(t *testing.T) {
	t.Parallel()
	const many = 100
	w := newWorld(t, plan{own: true, forum: true})
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	post := w.watchPost(ctx)
	people := make([]*citizen, many)
	var talking sync.WaitGroup
	var failed errs
	c := w.start()
	first := c.up
	for i := range people {
		people[i] = w.citizen("Warga")
		talking.Go(func() { failed.add(people[i].wholeStory(ctx, taleOf(i), true)) })
	}
	var longest time.Duration
	for range 3 {
		post.wait(ctx, 60, nil)
		code, took := c.stop()
		if code != 0 || took > 10*time.Second {
			t.Errorf("the program ended with %d after %s", code, took)
		}
		longest = max(longest, took)
		post.life()
		c = w.start()
	}
	talking.Wait()
	failed.report(t)
	w.quiet()
	twice := 0
	for i, p := range people {
		w.filedOnce(p, taleOf(i))
		twice += p.twice
	}
	if twice != 0 {
		t.Errorf("%d messages came twice although nobody was killed", twice)
	}
	w.nobodyStumbled()
	t.Logf("stopped three times among %d people, within %s; ready %s after the first start, %s after the last", many,
		longest.Round(time.Millisecond), first.Round(time.Millisecond), c.up.Round(time.Millisecond))
}

// Every setting that cannot be used ends the start with one line that names it, says what is wrong, and shows a good one.
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	taken := freePort(t)
	busy := &http.Server{Addr: taken, ReadHeaderTimeout: patience}
	go func() { _ = busy.ListenAndServe() }()
	t.Cleanup(func() { _ = busy.Close() })
	for name, wrong := range map[string][]string{
		"RABEG_PROFILE":           {"atlantis"},
		"DATABASE_URL":            {"nonsense", "postgres://nobody@127.0.0.1:1/none", "mysql://localhost/x"},
		"REDIS_URL":               {"localhost:6379", "redis://127.0.0.1:6379/notanumber"},
		"TELEGRAM_TOKEN":          {"", "hello", "7654321:another-token-than-the-servers"},
		"TELEGRAM_API_URL":        {"api.telegram.org", "ftp://api.telegram.org"},
		"TELEGRAM_WEBHOOK_URL":    {"not an address", "https://lapor.contoh.go.id", "https://lapor.contoh.go.id/webhook/serang/telegram"},
		"TELEGRAM_WEBHOOK_SECRET": {"short"},
		"TELEGRAM_DESK":           {"meja", "1234"},
		"WHATSAPP_ENABLED":        {"ya", ""},
		"WHATSAPP_DESK":           {"meja", "120363000000000000@g.us"}, // the second: WhatsApp is not enabled
		"RABEG_DATA":              {"/dev/null/data"},
		"MEDIA_URL":               {"ftp://x", "file:///dev/null/media"},
		"LISTEN":                  {"somewhere", "127.0.0.1:99999", taken},
		"LISTEN_METRICS":          {"somewhere", "127.0.0.1:99999", taken},
		"LOG_LEVEL":               {"loud"},
	} {
		for _, value := range wrong {
			t.Run(name+"="+strings.ReplaceAll(value, "/", "_"), func(t *testing.T) {
				t.Parallel()
				env := append(w.env(), name+"="+value)
				if name == "TELEGRAM_WEBHOOK_SECRET" {
					env = append(env, "TELEGRAM_WEBHOOK_URL=https://example.com/webhook/telegram")
				}
				code, out, errs := once(t, env, "serve")
				said := lines(out + errs)
				if code != 1 || len(said) != 1 {
					t.Fatalf("exit code %d and %d lines: %q", code, len(said), said)
				}
				if !strings.Contains(said[0], name) || !strings.Contains(said[0], "example") {
					t.Errorf("the line does not name the setting and a good value: %s", said[0])
				}
				if value != "" && name == "TELEGRAM_TOKEN" && strings.Contains(said[0], value) {
					t.Error("the line holds the token")
				}
			})
		}
	}
}

// Where WhatsApp is served alone, or has the desk, the doctor misses nothing of Telegram's.
func TestDoctorOnWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskLID})
	for name, is := range map[string]struct {
		set   []string
		ill   bool
		names string
	}{
		"beside Telegram": {nil, false, "✓ desk: a group on WhatsApp"},
		"alone":           {[]string{"TELEGRAM_TOKEN="}, false, "✓ Telegram: not served"},
		"without a desk":  {[]string{"TELEGRAM_TOKEN=", "WHATSAPP_DESK="}, true, "✗ desk: WHATSAPP_DESK is not set"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := w.once(t, append(w.env(), is.set...), "doctor")
			if ill := strings.Contains(out, "✗"); ill != is.ill || (code != 0) != is.ill || !strings.Contains(out, is.names) {
				t.Errorf("it ends with %d:\n%s%s", code, out, errs)
			}
		})
	}
}

// newer is a database that a later program has made.
func newer(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, `CREATE TABLE rabeg_version (version_id bigint, is_applied boolean);
INSERT INTO rabeg_version VALUES (9001, true)`)
	return err
}

// The doctor finds a healthy set-up well, and names what ails an ill one with the way to mend it.
func TestDoctor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true})
	code, out, errs := once(t, w.env(), "doctor")
	if strings.Contains(out, "✗") || code != 0 || errs != "" {
		t.Errorf("healthy, and the doctor ends with %d: %s%s", code, out, errs)
	}
	if n := len(lines(out)); n < 8 {
		t.Errorf("only %d things were looked at", n)
	}
	for name, ill := range map[string]struct {
		set   []string
		names string
	}{
		"the database":  {[]string{"DATABASE_URL=postgres://nobody@127.0.0.1:1/none"}, "PostgreSQL"},
		"no Redis":      {[]string{"REDIS_URL=redis://127.0.0.1:1/0"}, "Redis"},
		"another token": {[]string{"TELEGRAM_TOKEN=7654321:another-token-than-the-servers"}, "token"},
		"another group": {[]string{"TELEGRAM_DESK=-1009999"}, "desk"},
		"no group":      {[]string{"TELEGRAM_DESK="}, "desk"},
		"the folder":    {[]string{"MEDIA_URL=file:///dev/null/media"}, "media"},
		"a newer shape": {[]string{"DATABASE_URL=" + testdb.New(t, newer)}, "shape"},
		"an address":    {[]string{"LISTEN=127.0.0.1:99999"}, "LISTEN"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := once(t, append(w.env(), ill.set...), "doctor")
			if code != 1 {
				t.Errorf("exit code %d", code)
			}
			found := false
			said := lines(out)
			for i, l := range said {
				if strings.HasPrefix(l, "✗") {
					found = found || strings.Contains(strings.ToLower(l), strings.ToLower(ill.names))
					if i+1 == len(said) || !strings.Contains(said[i+1], "→") {
						t.Errorf("no way to mend: %s", l)
					}
				}
			}
			if !found {
				t.Errorf("%s is not named: %s%s", ill.names, out, errs)
			}
			if strings.Contains(out+errs, token) {
				t.Error("the doctor says the token")
			}
		})
	}
}
