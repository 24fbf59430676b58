// Package whatsapp is the bot.Channel of WhatsApp: a linked device of an ordinary account, through go.mau.fi/whatsmeow.
//
// What comes in is decrypted, written into an inbox of its own in PostgreSQL, acknowledged, and then handled from there,
// one chat's events in order and the chats side by side. WhatsApp delivers a message again only on the next connection
// and one connection hands its messages over one by one, so without the inbox one chat whose handler fails would stop
// all others. Until a message lies in the inbox it is not acknowledged; until the handler returned nil it stays there.
//
// The library loses messages silently in six situations (see buffer.go, session.go, decode.go and send.go); each has its cure
// here and its test. Nothing of the library's log is kept, because it holds texts and numbers.
package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/libsignal/logger"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"

	"rabeg/bot"
)

// DefaultSchema is where the tables of this package and of whatsmeow live.
const DefaultSchema = "wa"

// Options set up a Channel. DB is required; everything else has a default.
type Options struct {
	// DB is PostgreSQL through pgx, its connections with Schema first on their search_path, as OpenDB makes it. It holds
	// private keys.
	DB *sql.DB
	// Schema is the schema of the tables, default "wa". It is made when it is missing.
	Schema string
	// Opener reads the files of the product's store that are to be sent. Without it such a message fails with GiveUp.
	Opener bot.Opener
	// HTTP reaches WhatsApp: websocket, pairing and media. Its Transport must stay on HTTP/1.1 for the websocket. Default:
	// a client of its own.
	HTTP *http.Client
	// Now is the clock, default time.Now. Rand gives numbers in [0,1), default math/rand/v2.
	Now  func() time.Time
	Rand func() float64
	// Log hears of failures, by ids only. Default: nothing is logged.
	Log *slog.Logger
	// DeskGroup is the operators' group ("1203…@g.us"). When it is set, messages of all other groups are left alone.
	DeskGroup string
	// OnAlarm is told when WhatsApp refuses the account, and when all is well again. It must not block.
	OnAlarm func(Alarm)
	// OnOffice is told what a person of the office wrote to a citizen by hand, on the account's phone, in the order of the
	// chat. Reactions and deletions are nothing written. An error makes it come again.
	OnOffice func(context.Context, Office) error
	// OnUnknown counts what made no event, by its kind.
	OnUnknown func(kind string)
	// OnFault counts what went wrong: "panic", "handler", "database", "undecryptable", "poison", "unreadable", "parked", "reset",
	// "connect".
	OnFault func(kind string)
	// Park keeps an event that has failed for ParkAfter (default 5 seconds) where a person will find it; it is given the last
	// error. When it returns nil the event counts as handled and its chat goes on. Without it such an event is tried for ever.
	Park      func(ctx context.Context, ev bot.Event, cause error) error
	ParkAfter time.Duration
	// Polls shows menus of 2 to 12 choices as a poll below the written menu.
	Polls bool
	// Typing is how long "mengetik…" is shown before a message to a person; between both, by chance. Zero shows it
	// without waiting; a negative First shows none.
	Typing Span
	// LocationHint stands below a message that asks for a location. Default "📎 → Lokasi → Kirim lokasi saat ini".
	LocationHint string
	// Lanes is how many events are handled at the same time, default 64. One chat never has more than one.
	Lanes int

	SendTimeout  time.Duration // waiting for WhatsApp to take one message, default 20 s
	MediaTimeout time.Duration // one upload or download, default 60 s
	RetryMin     time.Duration // first pause after a handler's error, default 50 ms; doubles each time
	RetryMax     time.Duration // longest pause, default 5 s
}

// Span is a duration between two bounds.
type Span struct{ First, Last time.Duration }

// Office is a message that somebody of the office sent to a citizen by hand.
type Office struct {
	ID bot.EventID // the same when it is told again
	To bot.Address
	At time.Time
	// Text is the words or the caption, empty for a picture without one.
	Text string
	// Kind is "text", "photo", "voice", "document", "location" or the network's own word.
	Kind string
}

// Channel speaks with WhatsApp. Its methods may be called from several goroutines; Run once at a time.
type Channel struct {
	opt       Options
	timing    timing
	cures     cures
	container *sqlstore.Container
	trouble   *trouble
	people    *people
	rows      *rows
	sent      *notes
	ratchet   chan struct{} // one place: held while decrypting and while sending
	unsealed  atomic.Int64  // how often the database failed while a message was encrypted for a device

	mu       sync.Mutex
	session  *session // nil while not connected
	standing standing
	replaced time.Time      // when another program took the link last
	panics   map[string]int // by message, see poisonous
	wake     chan struct{}  // a device may be there now
	risen    chan struct{}  // closed and replaced when a connection stands
}

var (
	_ bot.Channel = (*Channel)(nil)
	_ bot.Editor  = (*Channel)(nil)
	_ bot.Roles   = (*Channel)(nil)
	_ bot.Members = (*Channel)(nil)

	_ bot.Silences = (*Channel)(nil)
)

// timing holds the waits that tests shorten.
type timing struct {
	look     time.Duration // between two looks for a device
	ban      time.Duration // a ban without an end
	retake   time.Duration // before the link is taken back from another program, the first time
	replaced time.Duration // and again
	outdated time.Duration
	refused  time.Duration
	lookup   time.Duration // asking WhatsApp for a LID
	insert   time.Duration // writing into the inbox before the message is given back
	reset    time.Duration // before the first new connection; doubles
	resetMax time.Duration
	end      time.Duration // for the client to notice that its connection is gone
	connect  time.Duration // a letter waits for the connection, before it is to be tried again
}

func realTiming() timing {
	return timing{
		look: 3 * time.Second, ban: time.Hour, retake: 4 * time.Second, replaced: 5 * time.Minute, outdated: time.Hour, refused: 5 * time.Minute,
		lookup: 5 * time.Second, insert: 3 * time.Second, reset: 200 * time.Millisecond, resetMax: 5 * time.Minute,
		end: 2 * time.Second, connect: 2 * time.Second,
	}
}

// cures are what keeps messages from being lost. Tests take one out at a time and see the loss.
type cures struct {
	buffer  bool // plaintext kept until handled
	recover bool // a panic is no success
	outage  bool // a database error is no undecryptable message
	lock    bool // never encrypt while decrypting
	keyOnly bool // an event that holds only a key is none
	nobody  bool // a message is not sent when the keys of its readers could not be read
	// before and within are called, when set, before a message is written down and inside a decryption.
	before func(id string) error
	within func()
}

func allCures() cures {
	return cures{buffer: true, recover: true, outage: true, lock: true, keyOnly: true, nobody: true}
}

// New checks the options, brings the tables to their newest shape and makes a channel. It does not reach WhatsApp.
func New(ctx context.Context, o Options) (*Channel, error) {
	if o.DB == nil {
		return nil, errors.New("whatsapp: no database is given")
	}
	hush()
	o = o.withDefaults()
	if err := prepare(ctx, o.DB, o.Schema); err != nil {
		return nil, fmt.Errorf("whatsapp: %w", err)
	}
	c := &Channel{
		opt: o, timing: realTiming(), cures: allCures(), trouble: &trouble{}, sent: newNotes(1024, o.Now),
		ratchet: make(chan struct{}, 1), wake: make(chan struct{}, 1), risen: make(chan struct{}),
		people: newPeople(o.DB, o.Now), rows: newRows(o.DB, o.Now),
	}
	var err error
	if c.container, err = openContainer(ctx, o.DB, c.trouble); err != nil {
		return nil, fmt.Errorf("whatsapp: %w", err)
	}
	return c, nil
}

func (o Options) withDefaults() Options {
	wait := func(v *time.Duration, d time.Duration) {
		if *v <= 0 {
			*v = d
		}
	}
	wait(&o.SendTimeout, 20*time.Second)
	wait(&o.MediaTimeout, 60*time.Second)
	wait(&o.RetryMin, 50*time.Millisecond)
	wait(&o.RetryMax, 5*time.Second)
	wait(&o.ParkAfter, 5*time.Second)
	if o.Schema == "" {
		o.Schema = DefaultSchema
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{}
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
	if o.OnAlarm == nil {
		o.OnAlarm = func(Alarm) {}
	}
	if o.OnUnknown == nil {
		o.OnUnknown = func(string) {}
	}
	if o.OnFault == nil {
		o.OnFault = func(string) {}
	}
	if o.LocationHint == "" {
		o.LocationHint = "📎 → Lokasi → Kirim lokasi saat ini"
	}
	if o.Lanes <= 0 {
		o.Lanes = 64
	}
	return o
}

// Network is bot.WhatsApp.
func (c *Channel) Network() bot.Network { return bot.WhatsApp }

// Devices is where the credentials of the linked device are kept. A local WhatsApp puts one there without pairing.
func (c *Channel) Devices() store.DeviceContainer { return c.container }

// client is the current connection's client; nil when there is none.
func (c *Channel) client() *whatsmeow.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session == nil {
		return nil
	}
	return c.session.cli
}

func (c *Channel) fault(kind string, err error) {
	c.opt.OnFault(kind)
	if err != nil {
		c.opt.Log.Warn("whatsapp: receiving", "fault", kind, "err", scrub(err))
		return
	}
	c.opt.Log.Warn("whatsapp: receiving", "fault", kind)
}

// hush silences libsignal, which prints to standard output. Its logger belongs to the process; one that is set stays.
var hush = sync.OnceFunc(func() {
	if logger.Logger == nil {
		var quiet logger.Loggable = silent{}
		logger.Setup(&quiet)
	}
})

type silent struct{}

func (silent) Debug(_, _ string)   {}
func (silent) Info(_, _ string)    {}
func (silent) Warning(_, _ string) {}
func (silent) Error(_, _ string)   {}
func (silent) Configure(string)    {}
