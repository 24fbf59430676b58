// Package whatsappcloud is the bot.Channel of Meta's WhatsApp Business Cloud API, the official way: a webhook that answers
// 200 only after what it brought is handled, and sending with every failure mapped to one bot.SendError.
//
// It is net/http and encoding/json alone. What comes is never decoded strictly: Meta adds fields at will. A person is known by
// the id that the business has for him or her (a BSUID); a phone number is something that may come beside it and may not.
//
// Three things are unlike the other networks. A message that was taken may fail minutes later (bot.Receipts). Words are taken
// for 24 hours after the person wrote (Cold), and outside of that an invitation alone (bot.Waker). Nothing that was sent can be
// changed, so there is no bot.Editor.
package whatsappcloud

import (
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

// DefaultAPI and DefaultVersion are where the Graph API is, and which of its versions is spoken.
const (
	DefaultAPI     = "https://graph.facebook.com"
	DefaultVersion = "v25.0"
)

// VersionEnds is the day on which Meta ends a version, as it said on 29 July 2026; ok is false where that is not known.
func VersionEnds(version string) (day time.Time, ok bool) {
	switch version {
	case "v21.0":
		return time.Date(2027, 1, 21, 0, 0, 0, 0, time.UTC), true
	case "v24.0":
		return time.Date(2028, 2, 18, 0, 0, 0, 0, time.UTC), true
	case "v25.0":
		return time.Date(2028, 7, 29, 0, 0, 0, 0, time.UTC), true
	}
	return time.Time{}, false
}

// Memory keeps what the channel knows of people, over restarts and for all instances. Its methods may be called at once.
type Memory interface {
	// Met says that a person wrote at a time; an earlier one changes nothing. phone is "" where it does not show.
	Met(ctx context.Context, chat, phone string, at time.Time) error
	// Heard tells when a person wrote last, zero when never, or when the network has said since that it is too long ago; and
	// the number, "" where none came.
	Heard(ctx context.Context, chat string) (at time.Time, phone string, err error)
	// Shut says that the network took no words for a person at a time, and takes none until he or she writes.
	Shut(ctx context.Context, chat string, at time.Time) error
	// Renamed says that a person has another id.
	Renamed(ctx context.Context, was, now, phone string) error
	// Forgotten removes what is kept of a person.
	Forgotten(ctx context.Context, chat string) error
}

// Options set up a Channel. Token, PhoneID, AppSecret, VerifyToken and Memory are required; everything else has a default.
type Options struct {
	// Token is a system user's, PhoneID the id of the business's number (not the number), WABA the business account's, which
	// only templates and the subscription need.
	Token, PhoneID, WABA string
	// AppSecret signs what Meta sends, VerifyToken is what it says when the webhook is set.
	AppSecret, VerifyToken string
	// APIURL is the Graph API, Version the one that is spoken.
	APIURL, Version string
	Memory          Memory
	// HTTPClient makes all calls. Default: a client of its own.
	HTTPClient *http.Client
	// Opener reads the files of the product's store that are to be sent. Without it such a message fails with GiveUp.
	Opener bot.Opener
	// LocationHint stands below a message that asks for a location and has a menu. ListLabel stands on the button of a list.
	LocationHint, ListLabel string
	// Templates are the invitations, the first choice first. Default: Invitations.
	Templates []Template
	Now       func() time.Time
	Rand      func() float64 // in [0,1), default math/rand/v2
	// Log hears of failures, by ids only. Default: nothing is logged.
	Log *slog.Logger
	// Lanes is how many events are handled at the same time, default 64. One chat never has more than one.
	Lanes int
	// Settle is how long the first message of a quiet chat waits for others that were sent before it: Meta keeps no order.
	Settle time.Duration
	// Courtesies marks what is handled as read, and shows that an answer is being written.
	Courtesies bool
	// OnUnknown counts what made no event, by its kind. OnFault counts what went wrong: "panic", "handler", "parked", "network",
	// "signature", "memory", "receipt", "count". OnReach is told when Meta answers as it should.
	OnUnknown, OnFault func(kind string)
	OnReach            func()
	// OnDelivered is told of each message that Meta says it delivered, with the category that it bills, at least once: an error says that
	// it is to be told again.
	OnDelivered func(ctx context.Context, ref bot.MessageRef, category string, at time.Time) error
	// OnTrouble is told when Meta takes nothing more until somebody acts, and when it does again (None).
	OnTrouble func(Trouble)
	// Park keeps an event that has been tried in vain for ParkAfter (default 5 seconds) where a person will find it.
	Park      func(ctx context.Context, ev bot.Event, cause error) error
	ParkAfter time.Duration

	SendTimeout   time.Duration // one call without a file, default 20 s
	UploadTimeout time.Duration // one call with a file, and one download, default 60 s
	RetryMin      time.Duration // first pause after a handler's error, default 50 ms; doubles each time
	RetryMax      time.Duration // longest pause, default 5 s
	WebhookWait   time.Duration // how long a webhook call tries an event again before it answers 503, default 10 s
	// Probe is how often Meta is asked whether it knows the token while it does not, ProbeWell while all is well.
	Probe, ProbeWell time.Duration
}

// Channel speaks with Meta. Its methods may be called from several goroutines; Run once at a time.
type Channel struct {
	opt    Options
	client *http.Client
	api    string // {server}/{version}/
	host   string // of the server
	lanes  *lane.Lanes[string]
	sent   *partway.Progress[string]
	loads  *uploads
	steps  *ladder
	pairs  sync.Map // ids whose number was looked for under its own name
	marks  chan struct{}

	told    atomic.Pointer[func(context.Context, bot.Receipt) error]
	number  atomic.Pointer[string] // the business's number, digits, once it is known
	trouble atomic.Value           // Trouble
	since   atomic.Int64           // when it began, Unix seconds
	paid    atomic.Int64           // when Meta delivered last, Unix seconds
	ill     chan struct{}          // signalled when one begins
	brake   atomic.Int64           // until when no invitation is tried, Unix seconds

	mu   sync.Mutex
	runs *running
}

// running is one Run: its handler, its end, and the webhook calls at work.
type running struct {
	ctx    context.Context
	handle bot.Handler
	calls  sync.WaitGroup
}

var (
	_ bot.Channel   = (*Channel)(nil)
	_ bot.Receipts  = (*Channel)(nil)
	_ bot.Waker     = (*Channel)(nil)
	_ bot.Silences  = (*Channel)(nil)
	_ bot.Numbers   = (*Channel)(nil)
	_ bot.Forgetful = (*Channel)(nil)
	_ bot.Linker    = (*Channel)(nil)
	_ http.Handler  = (*Channel)(nil)
)

// New checks the options and makes a channel. It does not call Meta.
func New(o Options) (*Channel, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("whatsapp cloud: %w", err)
	}
	o = o.withDefaults()
	server, err := url.Parse(strings.TrimRight(o.APIURL, "/"))
	if err != nil || server.Host == "" || server.Scheme != "http" && server.Scheme != "https" {
		return nil, errors.New("whatsapp cloud: the API address is no web address such as " + DefaultAPI)
	}
	client := *o.HTTPClient
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // the token goes to no other host
	c := &Channel{
		opt: o, client: &client, api: server.String() + "/" + o.Version + "/", host: server.Host, sent: partway.New[string](4096),
		loads: newUploads(4096), steps: newLadder(), marks: make(chan struct{}, 16),
		ill: make(chan struct{}, 1),
	}
	c.trouble.Store(None)
	c.lanes = lane.New[string](lane.Options{
		Slots: o.Lanes, Min: o.RetryMin, Max: o.RetryMax, Rand: o.Rand, ParkAfter: o.ParkAfter, Settle: o.Settle, Fault: c.fault,
	})
	return c, nil
}

var (
	idShape      = regexp.MustCompile(`^[0-9]{5,30}$`)
	versionShape = regexp.MustCompile(`^v[0-9]{1,3}\.[0-9]$`)
)

func (o Options) check() error {
	switch {
	case o.Token == "" || strings.ContainsFunc(o.Token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return errors.New("the token is empty or holds spaces")
	case !idShape.MatchString(o.PhoneID):
		return errors.New("the phone id is not digits; it is the id of the number, not the number")
	case o.WABA != "" && !idShape.MatchString(o.WABA):
		return errors.New("the business account's id is not digits")
	case o.AppSecret == "" || o.VerifyToken == "":
		return errors.New("the app secret or the verify token is missing")
	case o.Version != "" && !versionShape.MatchString(o.Version):
		return errors.New("the version is not like " + DefaultVersion)
	case o.Memory == nil:
		return errors.New("there is no memory of people")
	}
	return nil
}

func (o Options) withDefaults() Options {
	wait := func(v *time.Duration, d time.Duration) {
		if *v <= 0 {
			*v = d
		}
	}
	wait(&o.SendTimeout, 20*time.Second)
	wait(&o.UploadTimeout, time.Minute)
	wait(&o.RetryMin, 50*time.Millisecond)
	wait(&o.RetryMax, 5*time.Second)
	wait(&o.WebhookWait, 10*time.Second)
	wait(&o.ParkAfter, 5*time.Second)
	wait(&o.Probe, 15*time.Second)
	wait(&o.ProbeWell, 5*time.Minute)
	words := func(v *string, d string) {
		if *v == "" {
			*v = d
		}
	}
	words(&o.APIURL, DefaultAPI)
	words(&o.Version, DefaultVersion)
	words(&o.LocationHint, "📎 → Lokasi → Kirim lokasi saat ini")
	words(&o.ListLabel, "Pilih")
	if o.Templates == nil {
		o.Templates = Invitations()
	}
	if o.HTTPClient == nil {
		o.HTTPClient = &http.Client{Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConns: 128, MaxIdleConnsPerHost: 64,
			IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		}}
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
	if o.Lanes <= 0 {
		o.Lanes = 64
	}
	if o.OnDelivered == nil {
		o.OnDelivered = func(context.Context, bot.MessageRef, string, time.Time) error { return nil }
	}
	for _, f := range []*func(string){&o.OnUnknown, &o.OnFault} {
		if *f == nil {
			*f = func(string) {}
		}
	}
	if o.OnReach == nil {
		o.OnReach = func() {}
	}
	if o.OnTrouble == nil {
		o.OnTrouble = func(Trouble) {}
	}
	return o
}

// Network is bot.WhatsAppCloud.
func (c *Channel) Network() bot.Network { return bot.WhatsAppCloud }

// Close ends the connections that are kept alive. Call it after Run has returned.
func (c *Channel) Close() { c.client.CloseIdleConnections() }

// Receipts implements bot.Receipts.
func (c *Channel) Receipts(told func(context.Context, bot.Receipt) error) { c.told.Store(&told) }

// Run lets the webhook (ServeHTTP) hand its events to h until ctx is done, and looks now and then whether Meta knows the token.
// A token that is refused is a Trouble and no end: what comes is handled all the same, and what goes out waits.
func (c *Channel) Run(ctx context.Context, h bot.Handler) error {
	r := &running{ctx: ctx, handle: h}
	c.mu.Lock()
	c.runs = r
	c.mu.Unlock()
	c.watch(ctx)
	c.mu.Lock()
	c.runs = nil
	c.mu.Unlock()
	r.calls.Wait()
	return nil
}

// join enters a webhook call into the Run that is on; nil when none is. Who joins says so when it is done: calls.Done.
func (c *Channel) join() *running {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.runs == nil || c.runs.ctx.Err() != nil {
		return nil
	}
	c.runs.calls.Add(1)
	return c.runs
}

func (c *Channel) fault(kind string, err error) {
	c.opt.OnFault(kind)
	c.opt.Log.Warn("whatsapp cloud", "fault", kind, "err", err)
}
