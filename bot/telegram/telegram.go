// Package telegram is the bot.Channel of Telegram's Bot API: an own getUpdates loop and an own webhook, both of which
// acknowledge an update only after it was handled, and sending with every failure mapped to one bot.SendError.
//
// Types of the wire come from github.com/go-telegram/bot. Its poller and webhook are not used because they acknowledge
// before handling; its methods are not used because each call is a chunked multipart form, which costs twice the CPU of
// a JSON body (see BenchmarkSend and BenchmarkLibrarySend), and because its errors can carry what people wrote.
package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rabeg/bot"
	"rabeg/bot/lane"
	"rabeg/bot/partway"
)

// Options set up a Channel. Token is required; everything else has a default.
type Options struct {
	// Token is what BotFather gave: digits, a colon, letters.
	Token string
	// APIURL is the Bot API server, default https://api.telegram.org.
	APIURL string
	// HTTPClient's Transport makes all calls, and the client itself downloads; its Timeout must be 0 or above a minute.
	// Default: a client of its own that keeps 128 connections alive.
	HTTPClient *http.Client
	// Opener reads the files of the product's store that are to be sent. Without it such a message fails with GiveUp.
	Opener bot.Opener
	// LocationLabel stands on the key that sends one's position. Default "Kirim lokasi".
	LocationLabel string
	// Now is the clock of events Telegram gives no date for (presses). Default time.Now.
	Now func() time.Time
	// Rand gives numbers in [0,1) that spread retries. Default math/rand/v2.
	Rand func() float64
	// Log hears of failures, by ids only. Default: nothing is logged.
	Log *slog.Logger
	// Lanes is how many events are handled at the same time, default 64. One chat never has more than one.
	Lanes int
	// OnUnknown counts updates that made no event, by their kind. It may be called from several goroutines.
	OnUnknown func(kind string)
	// OnFault counts what went wrong while receiving: "panic", "handler", "conflict", "network", "stuck", "parked", "undelivered".
	OnFault func(kind string)
	// OnReach is told whenever Telegram answered as it should: after the start, and with each poll or look at the webhook.
	OnReach func()
	// OnDate is told now and then what time it is for Telegram, to the second.
	OnDate func(time.Time)
	// Park keeps an event that has been tried in vain for ParkAfter (default 5 seconds) where a person will find it; it is
	// given the last error. When it returns nil the event counts as handled and its chat goes on. While polling, an event
	// that is never handled stops all chats after 99 later updates. Without Park such an event is tried for ever.
	Park      func(ctx context.Context, ev bot.Event, cause error) error
	ParkAfter time.Duration

	// WebhookURL makes Run set a webhook in place of polling. WebhookSecret must be given with it.
	WebhookURL, WebhookSecret string

	SendTimeout   time.Duration // one call without a file, default 15 s
	UploadTimeout time.Duration // one call with files, and one download, default 60 s
	PollTimeout   time.Duration // how long Telegram holds a poll open, whole seconds, default 50 s
	RetryMin      time.Duration // first pause after a handler's error, default 50 ms; doubles each time
	RetryMax      time.Duration // longest pause, default 5 s
	// WebhookWait is how long a webhook call tries an event again before it answers 503, default 10 s.
	WebhookWait time.Duration
	// WebhookLook is how often Telegram is asked whether its calls arrive, default 30 s.
	WebhookLook time.Duration
}

// Channel speaks with Telegram. Its methods may be called from several goroutines.
type Channel struct {
	opt     Options
	client  *http.Client
	base    url.URL     // {server}/bot{token}/
	json    http.Header // of a call in JSON, with the server's own password where its address has one
	methods sync.Map    // their addresses: string → *url.URL
	files   string      // {server}/file/bot{token}/
	sent    *partway.Progress[int]
	hooks   *lane.Lanes[int64] // of webhook calls
	called  atomic.Int64       // when the last of them came, in seconds since 1970
	buffers sync.Pool          // of *bytes.Buffer, in which calls are written and their answers read

	mu sync.Mutex
	me self

	dating sync.Mutex
	dated  time.Time // when Telegram's time was last told
}

var (
	_ bot.Channel  = (*Channel)(nil)
	_ bot.Editor   = (*Channel)(nil)
	_ bot.Topics   = (*Channel)(nil)
	_ bot.Answerer = (*Channel)(nil)
	_ bot.Roles    = (*Channel)(nil)
	_ bot.Members  = (*Channel)(nil)
)

// New checks the options and makes a channel. It does not call Telegram.
func New(o Options) (*Channel, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	o = o.withDefaults()
	server := strings.TrimRight(o.APIURL, "/")
	base, err := url.Parse(server + "/bot" + o.Token + "/")
	if err != nil {
		return nil, errors.New("telegram: the API address cannot be used") // err holds the token
	}
	c := &Channel{
		opt:   o,
		base:  *base,
		files: server + "/file/bot" + o.Token + "/",
		sent:  partway.New[int](4096),
	}
	if o.HTTPClient == nil {
		o.HTTPClient = defaultClient()
	}
	client := *o.HTTPClient
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.client = &client
	c.json = http.Header{"Content-Type": {inJSON}}
	if u := base.User; u != nil {
		pass, _ := u.Password()
		(&http.Request{Header: c.json}).SetBasicAuth(u.Username(), pass)
	}
	if client.Transport == nil {
		client.Transport = http.DefaultTransport
	}
	c.buffers.New = func() any { return new(bytes.Buffer) }
	c.hooks = c.newLanes()
	return c, nil
}

func (o Options) check() error {
	token := regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	secret := regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
	switch {
	case o.Token == "":
		return errors.New("the token is empty; BotFather gives one, such as 123456:ABC-def")
	case !token.MatchString(o.Token):
		return errors.New("the token has not the form 123456:ABC-def")
	case o.Lanes < 0:
		return fmt.Errorf("lanes is %d; it must be 1 or more", o.Lanes)
	case o.PollTimeout < 0 || o.SendTimeout < 0 || o.UploadTimeout < 0:
		return errors.New("a timeout is negative")
	case o.HTTPClient != nil && o.HTTPClient.Timeout != 0 && o.HTTPClient.Timeout < time.Minute:
		return fmt.Errorf("the HTTP client's timeout of %v ends every long poll; leave it 0", o.HTTPClient.Timeout)
	case o.WebhookURL != "" && !secret.MatchString(o.WebhookSecret):
		return errors.New("a webhook needs a secret of 1 to 256 letters, digits, '_' or '-'")
	}
	for name, raw := range map[string]string{"API address": o.APIURL, "webhook address": o.WebhookURL} {
		if raw == "" {
			continue
		}
		u, err := url.Parse(raw)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			return fmt.Errorf("the %s is not a web address such as https://api.telegram.org", name)
		}
	}
	return nil
}

func (o Options) withDefaults() Options {
	wait := func(v *time.Duration, d time.Duration) {
		if *v <= 0 {
			*v = d
		}
	}
	wait(&o.SendTimeout, 15*time.Second)
	wait(&o.UploadTimeout, 60*time.Second)
	wait(&o.PollTimeout, 50*time.Second)
	wait(&o.RetryMin, 50*time.Millisecond)
	wait(&o.RetryMax, 5*time.Second)
	wait(&o.WebhookWait, 10*time.Second)
	wait(&o.WebhookLook, 30*time.Second)
	wait(&o.ParkAfter, 5*time.Second)
	if o.APIURL == "" {
		o.APIURL = "https://api.telegram.org"
	}
	if o.LocationLabel == "" {
		o.LocationLabel = "Kirim lokasi"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.OnDate == nil {
		o.OnDate = func(time.Time) {}
	}
	if o.OnReach == nil {
		o.OnReach = func() {}
	}
	if o.Lanes == 0 {
		o.Lanes = 64
	}
	if o.OnUnknown == nil {
		o.OnUnknown = func(string) {}
	}
	if o.OnFault == nil {
		o.OnFault = func(string) {}
	}
	return o
}

func (o Options) backoff() *lane.Backoff { return lane.NewBackoff(o.RetryMin, o.RetryMax, o.Rand) }

func (c *Channel) newLanes() *lane.Lanes[int64] {
	return lane.New[int64](lane.Options{
		Slots: c.opt.Lanes, Min: c.opt.RetryMin, Max: c.opt.RetryMax, Rand: c.opt.Rand, ParkAfter: c.opt.ParkAfter, Fault: c.fault,
	})
}

// defaultClient keeps enough connections alive for 64 parallel sends beside polling and downloads. Compression is off:
// answers are short, and unpacking them costs more CPU than it saves.
func defaultClient() *http.Client {
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          256,
		MaxIdleConnsPerHost:   128,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
		DisableCompression:    true,
		// A head of more bytes is none: the default is ten megabytes.
		MaxResponseHeaderBytes: 64 << 10,
	}
	return &http.Client{Transport: t}
}

// Network is bot.Telegram.
func (c *Channel) Network() bot.Network { return bot.Telegram }

// Close ends the connections that are kept alive. Call it after Run has returned.
func (c *Channel) Close() { c.client.CloseIdleConnections() }

// Run receives until ctx is done: by polling, or with Options.WebhookURL by setting the webhook and waiting (the events
// then come through the handler that Webhook makes). It returns an error only when Telegram refuses the token.
func (c *Channel) Run(ctx context.Context, h bot.Handler) error {
	if err := c.begin(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	c.opt.OnReach()
	if c.opt.WebhookURL != "" {
		return c.watchWebhook(ctx)
	}
	return c.poll(ctx, h)
}

// begin learns who the bot is and sets or removes the webhook, trying again until it works, the token is refused or ctx
// is done.
func (c *Channel) begin(ctx context.Context) error {
	wait := c.opt.backoff()
	for ctx.Err() == nil {
		_, err := c.Me(ctx)
		if err == nil {
			err = c.chooseWay(ctx)
		}
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			continue // told to stop
		case refused(err):
			return fmt.Errorf("telegram: the token is refused: %w", err)
		}
		c.fault("network", err)
		wait.Pause(ctx, retryAfter(err))
	}
	return nil
}

func (c *Channel) chooseWay(ctx context.Context) error {
	if c.opt.WebhookURL != "" {
		return c.SetWebhook(ctx, c.opt.WebhookURL, c.opt.WebhookSecret)
	}
	return c.deleteWebhook(ctx)
}

func (c *Channel) deleteWebhook(ctx context.Context) error {
	return c.quick(ctx, "deleteWebhook", struct{}{}, nil)
}

func (c *Channel) fault(kind string, err error) {
	c.opt.OnFault(kind)
	c.opt.Log.Warn("telegram: receiving", "fault", kind, "err", err)
}
