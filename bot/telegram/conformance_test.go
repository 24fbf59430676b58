package telegram_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rabeg/bot"
	"rabeg/bot/bottest"
	"rabeg/bot/telegram"
	"rabeg/internal/sim/botapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestPollingConforms(t *testing.T) {
	t.Parallel()
	bottest.Run(t, func(t *testing.T) bottest.Harness { return newSite(t).harness(false) })
}

func TestWebhookConforms(t *testing.T) {
	t.Parallel()
	bottest.Run(t, func(t *testing.T) bottest.Harness { return newSite(t).harness(true) })
}

// site is a local Telegram.
type site struct {
	*botapi.Server
	store *bottest.Store
	last  atomic.Int64
}

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{
		Server: botapi.New(botapi.Options{WebhookRetryMin: 20 * time.Millisecond, WebhookRetryMax: 200 * time.Millisecond}),
		store:  bottest.NewStore(),
	}
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func (s *site) options() telegram.Options {
	return telegram.Options{Token: s.Token(), APIURL: s.URL(), Opener: s.store, RetryMin: 5 * time.Millisecond}
}

func (s *site) open(t testing.TB, change func(*telegram.Options)) *telegram.Channel {
	t.Helper()
	o := s.options()
	if change != nil {
		change(&o)
	}
	return opened(t, o)
}

func (s *site) harness(hook bool) bottest.Harness {
	h := bottest.Harness{
		Open:  func(t testing.TB) bot.Channel { return s.open(t, nil) },
		Phone: func(testing.TB) bottest.Phone { return s.phone() },
		Store: s.store,
		Faults: bottest.Faults{
			FailSends: func(n int) { s.Fail(botapi.Fault{Kind: botapi.BadGateway, Methods: []string{"sendMessage"}, Times: n}) },
			Slow: func(d time.Duration) {
				s.Fail(botapi.Fault{Kind: botapi.TooMany, Methods: []string{"sendMessage"}, Times: 1, RetryAfter: int(d / time.Second)})
			},
			Redeliver: s.Duplicate,
			Lose:      func(m bot.MediaRef) { s.DropFile(m.ID) },
		},
	}
	if hook {
		h.Open = s.openHook
		h.Faults.Redeliver = nil // the local server repeats only what was polled
	}
	return h
}

const secret = "rahasia-sekali_1"

// hooked is a channel in webhook mode: its Run serves the webhook as well.
type hooked struct {
	*telegram.Channel
	handler atomic.Pointer[http.Handler]
}

func (h *hooked) Run(ctx context.Context, handle bot.Handler) error {
	web := h.Webhook(secret, handle)
	h.handler.Store(&web)
	defer h.handler.Store(nil)
	return h.Channel.Run(ctx, func(context.Context, bot.Event) error { return nil })
}

func (h *hooked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	web := h.handler.Load()
	if web == nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	(*web).ServeHTTP(w, r)
}

func (s *site) openHook(t testing.TB) bot.Channel {
	h := &hooked{}
	web := httptest.NewServer(h)
	t.Cleanup(web.Close)
	h.Channel = s.open(t, func(o *telegram.Options) {
		o.WebhookURL, o.WebhookSecret, o.WebhookWait = web.URL+"/telegram", secret, 300*time.Millisecond
		o.HTTPClient = &http.Client{Transport: &http.Transport{}} // calls go the way that they go over TLS
	})
	return h
}

// phone is a person of the local Telegram.
type phone struct {
	s *site
	p *botapi.Person
}

func (s *site) phone() *phone {
	id := 1000 + s.last.Add(1)
	return &phone{s: s, p: s.Person(id, "Budi "+strconv.FormatInt(id, 10))}
}

func (p *phone) Chat() bot.Address {
	return bot.Address{Network: bot.Telegram, ID: strconv.FormatInt(p.p.ID(), 10)}
}

func (p *phone) Send(_ context.Context, o bottest.Out) (string, error) {
	if len(o.Photos) > 1 {
		list, err := p.p.Album(o.Text, o.Photos...)
		if err != nil {
			return "", err
		}
		return strconv.Itoa(list[0].MessageID), nil
	}
	out := botapi.Out{Text: o.Text, Voice: o.Voice, Seconds: 3}
	if len(o.Photos) == 1 {
		out.Text, out.Caption, out.Photo = "", o.Text, o.Photos[0]
	}
	if o.Location != nil {
		if math.IsNaN(o.Location.Lat) || math.IsInf(o.Location.Lon, 0) {
			return "", fmt.Errorf("a pin in JSON: %w", bottest.ErrCannot)
		}
		out.Location = &botapi.Location{Latitude: o.Location.Lat, Longitude: o.Location.Lon}
	}
	if o.ReplyTo != "" {
		id, err := strconv.Atoi(o.ReplyTo)
		if err != nil {
			return "", err
		}
		out.ReplyTo = id
	}
	m, err := p.p.Send(out)
	return strconv.Itoa(m.MessageID), err
}

func (p *phone) Choose(_ context.Context, on bottest.Shown, nth int) error {
	id, err := strconv.Atoi(on.ID)
	if err != nil {
		return err
	}
	_, err = p.p.Press(id, on.Choices[nth])
	return err
}

func (p *phone) Edit(_ context.Context, id, text string) error {
	n, err := strconv.Atoi(id)
	if err != nil {
		return err
	}
	_, err = p.p.Edit(n, text)
	return err
}

func (p *phone) Block(context.Context) error { p.p.Block(); return nil }

func (p *phone) Wait(ctx context.Context, ok func([]bottest.Shown) bool) ([]bottest.Shown, error) {
	list, err := p.s.WaitFor(ctx, p.p.ID(), func(list []botapi.Seen) bool { return ok(p.shown(list)) })
	return p.shown(list), err
}

func (p *phone) shown(list []botapi.Seen) []bottest.Shown {
	var out []bottest.Shown
	for _, m := range list {
		if !m.FromBot {
			continue
		}
		s := bottest.Shown{ID: strconv.Itoa(m.MessageID), Text: m.Text + m.Caption}
		if m.ReplyMarkup != nil {
			for _, row := range m.ReplyMarkup.Rows {
				for _, b := range row {
					s.Choices = append(s.Choices, b.Text)
				}
			}
		}
		if n := len(m.Photo); n > 0 {
			s.Photo, _ = p.s.File(m.Photo[n-1].FileID)
		}
		if m.ReplyToMessage != nil {
			s.ReplyTo = strconv.Itoa(m.ReplyToMessage.MessageID)
		}
		out = append(out, s)
	}
	return out
}
