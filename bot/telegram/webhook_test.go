package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/telegram"
)

const oneUpdate = `{"update_id":5,"message":{"message_id":1,"from":{"id":1001,"first_name":"B"},"chat":{"id":1001,"type":"private"},"date":1,"text":"a"}}`

func TestWebhookAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, method, secret, body string
		fail                       bool
		status, handled            int
	}{
		{"good", "POST", secret, oneUpdate, false, 200, 1},
		{"get", "GET", secret, oneUpdate, false, 405, 0},
		{"no secret", "POST", "", oneUpdate, false, 401, 0},
		{"wrong secret", "POST", secret + "x", oneUpdate, false, 401, 0},
		{"beginning of the secret", "POST", secret[:5], oneUpdate, false, 401, 0},
		{"wrong secret and too long", "POST", "x", strings.Repeat("a", 2<<20), false, 401, 0},
		{"too long", "POST", secret, `{"update_id":5,"x":"` + strings.Repeat("a", 1<<20) + `"}`, false, 413, 0},
		{"just not too long", "POST", secret, `{"update_id":5,"x":"` + strings.Repeat("a", 1<<20-100) + `"}`, false, 200, 0},
		{"not JSON", "POST", secret, `hello`, false, 400, 0},
		{"empty", "POST", secret, ``, false, 400, 0},
		{"half", "POST", secret, oneUpdate[:50], false, 400, 0},
		{"two", "POST", secret, oneUpdate + oneUpdate, false, 400, 0},
		{"a list", "POST", secret, `[]`, false, 400, 0},
		{"null", "POST", secret, `null`, false, 400, 0},
		{"no number", "POST", secret, `{"message":{}}`, false, 400, 0},
		{"unknown", "POST", secret, `{"update_id":5,"telepathy":{}}`, false, 200, 0},
		{"malformed", "POST", secret, `{"update_id":5,"message":7}`, false, 200, 0},
		{"handler fails", "POST", secret, oneUpdate, true, 503, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var handled atomic.Int32
			ch := newFake(t).open(t, func(o *telegram.Options) { o.WebhookWait = 30 * time.Millisecond })
			h := ch.Webhook(secret, func(context.Context, bot.Event) error {
				if c.fail {
					return errors.New("no")
				}
				handled.Add(1)
				return nil
			})
			r := httptest.NewRequestWithContext(t.Context(), c.method, "/telegram", strings.NewReader(c.body))
			r.Header.Set("X-Telegram-Bot-Api-Secret-Token", c.secret)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != c.status || handled.Load() != int32(c.handled) {
				t.Errorf("status %d, handled %d; want %d, %d", w.Code, handled.Load(), c.status, c.handled)
			}
		})
	}
}

func TestWebhookWithoutSecret(t *testing.T) {
	t.Parallel()
	h := newFake(t).open(t, nil).Webhook("", func(context.Context, bot.Event) error { t.Error("handled"); return nil })
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(oneUpdate)))
	if w.Code != 401 {
		t.Errorf("status %d", w.Code)
	}
}

// An update that failed and the ones of its chat that came after it are all refused, so that their order stays; another
// chat is not touched; the answer comes only after the handler.
func TestWebhookOrder(t *testing.T) {
	t.Parallel()
	ch := newFake(t).open(t, func(o *telegram.Options) { o.WebhookWait = 200 * time.Millisecond })
	inside := make(chan struct{}, 100)
	var handled atomic.Int32
	web := httptest.NewServer(ch.Webhook(secret, func(ctx context.Context, ev bot.Event) error {
		if ev.Chat.ID == "1" {
			if ev.ID != "tg:1" {
				handled.Add(1)
				return nil
			}
			inside <- struct{}{}
			return errors.New("no")
		}
		return nil
	}))
	t.Cleanup(web.Close)
	post := func(id, chat int) int {
		body := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":1,"from":{"id":1},"chat":{"id":%d,"type":"private"},"date":1,"text":"a"}}`, id, chat)
		r, err := http.NewRequestWithContext(t.Context(), "POST", web.URL, strings.NewReader(body))
		if err != nil {
			t.Error(err)
			return 0
		}
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		resp, err := web.Client().Do(r)
		if err != nil {
			t.Error(err)
			return 0
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	first, second := make(chan int, 1), make(chan int, 1)
	go func() { first <- post(1, 1) }()
	receive(t, inside)
	go func() { second <- post(2, 1) }()
	if code := post(3, 2); code != 200 {
		t.Errorf("another chat: %d", code)
	}
	if a, b := receive(t, first), receive(t, second); a != 503 || b != 503 || handled.Load() != 0 {
		t.Errorf("the failed one %d, the one behind it %d, handled %d", a, b, handled.Load())
	}
	if code := post(2, 1); code != 200 {
		t.Errorf("delivered again: %d", code)
	}
}

func TestWebhookIsSet(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	var n atomic.Int32
	set := make(chan struct{})
	f.handle("setWebhook", func(w http.ResponseWriter, _ *http.Request) {
		if n.Add(1) == 1 {
			w.WriteHeader(502)
			return
		}
		_, _ = io.WriteString(w, `{"ok":true,"result":true,"description":"Webhook was set"}`)
		close(set)
	})
	c := f.open(t, func(o *telegram.Options) { o.WebhookURL, o.WebhookSecret = "https://rabeg.example/telegram", secret })
	stop := start(t, c, nil)
	receive(t, set)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	body := f.made("setWebhook")[0].body
	if body["url"] != "https://rabeg.example/telegram" || body["secret_token"] != secret || len(f.made("deleteWebhook")) != 0 {
		t.Errorf("set with %v", body)
	}
}

// Whoever gives an address at which nobody listens, or whose certificate has run out, learns it: Telegram is asked whether its calls arrive. A call
// that comes ends it; a webhook that somebody has changed is set again.
func TestCallsThatDoNotArriveAreNoticed(t *testing.T) {
	t.Parallel()
	const at = "https://rabeg.example/webhook/telegram"
	f := newFake(t)
	tell := func(format string, args ...any) {
		f.on("getWebhookInfo", `{"ok":true,"result":`+fmt.Sprintf(format, args...)+`}`)
	}
	var clock atomic.Int64 // seconds
	begun := time.Now()
	now := func() time.Time { return begun.Add(time.Duration(clock.Load()) * time.Second) }
	failed := func(after time.Duration) {
		tell(`{"url":%q,"pending_update_count":3,"last_error_date":%d,"last_error_message":"Wrong response from the webhook: 404 Not Found"}`, at, begun.Add(after).Unix())
	}
	failed(-time.Hour) // long ago, before this program listened
	faults, reached := make(chan string, 1000), make(chan bool, 1000)
	c := f.open(t, func(o *telegram.Options) {
		o.WebhookURL, o.WebhookSecret, o.WebhookLook = at, secret, time.Millisecond
		o.OnFault = func(kind string) { faults <- kind }
		o.OnReach, o.Now = func() { reached <- true }, now
	})
	start(t, c, nil)
	awaits := func(kind string) {
		t.Helper()
		for got := ""; got != kind; {
			got = receive(t, faults)
		}
	}
	receive(t, reached) // it was set
	receive(t, reached) // and all is well
	clock.Store(200)
	failed(180 * time.Second)
	awaits("undelivered")
	if log := f.log.String(); !strings.Contains(log, "nobody listens at this path") {
		t.Errorf("the log does not say why: %s", log)
	}
	for len(reached) > 0 {
		<-reached
	}
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(oneUpdate))
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	c.Webhook(secret, func(context.Context, bot.Event) error { return nil }).ServeHTTP(httptest.NewRecorder(), r)
	receive(t, reached)
	set := len(f.made("setWebhook"))
	tell(`{"url":"https://elsewhere.example/"}`)
	awaits("conflict")
	for len(f.made("setWebhook")) == set {
		awaits("conflict")
	}
}
