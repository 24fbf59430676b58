package whatsapp

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"rabeg/bot"
)

// Run receives until ctx is done. While no device is linked, or WhatsApp refuses it, it waits and tries again by itself;
// Ready and the alarms say so. It returns nil.
func (c *Channel) Run(ctx context.Context, h bot.Handler) error {
	f := newFeeder(c, func(ctx context.Context, r row) error { return c.hand(ctx, r, h) })
	fed := make(chan struct{})
	go func() { defer close(fed); f.run(ctx) }()
	for ctx.Err() == nil {
		dev := c.device(ctx)
		if dev == nil {
			break // ctx is done
		}
		over := c.live(ctx, dev)
		if ctx.Err() == nil {
			c.rest(ctx, over.wait)
		}
	}
	<-fed
	return nil
}

// hand gives one event of the inbox to whom it is for.
func (c *Channel) hand(ctx context.Context, r row, h bot.Handler) error {
	ev, office, err := unpack(r.id, r.event)
	if err != nil {
		if ev, err = c.unread(ctx, r); err != nil {
			return err
		}
		office = false
	}
	if !office {
		return h(ctx, ev)
	}
	if c.opt.OnOffice == nil {
		return nil
	}
	kind := kindOf(ev.Body)
	if u, ok := ev.Body.(bot.Unsupported); ok {
		kind = u.Kind
	}
	switch kind {
	case "reaction", "vote", "revoke":
		return nil // nothing was written
	}
	return c.opt.OnOffice(ctx, Office{ID: ev.ID, To: ev.Chat, At: ev.At, Text: bot.Words(ev.Body), Kind: kind})
}

// rest waits before the next session; a fresh pairing ends it early.
func (c *Channel) rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-c.wake:
	case <-ctx.Done():
	}
}

// device waits until a device is linked, and none is just being linked; nil when ctx is done.
func (c *Channel) device(ctx context.Context) *store.Device {
	for ctx.Err() == nil {
		dev, pairing, err := c.linked(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			c.fault("database", err)
		case dev != nil && !pairing:
			return dev
		case err == nil && dev == nil:
			c.raise(Unpaired, time.Time{})
		}
		c.rest(ctx, c.timing.look)
	}
	return nil
}

// session is one device's life on the network: from its first connection to the last, over all in between.
type session struct {
	c     *Channel
	cli   *whatsmeow.Client
	wire  *wire
	me    own
	life  context.Context
	over  chan ending
	away  atomic.Bool
	tasks sync.WaitGroup

	busy     sync.RWMutex // read: a message is being written down
	refusing atomic.Bool  // a message was given back: those after it must wait for it, to keep the order
	resets   int
	lastHeal time.Time

	mu       sync.Mutex
	broke    chan struct{} // closed and replaced when the client has noticed that its connection is gone
	finished bool          // the client has ended by itself
}

func (c *Channel) newSession(life context.Context, dev *store.Device) *session {
	s := &session{
		c: c, wire: newWire(), life: life, over: make(chan ending, 8), broke: make(chan struct{}),
		me: own{lid: form(dev.LID), phone: form(dev.GetJID())},
	}
	dev.EventBuffer = &buffer{EventBuffer: dev.EventBuffer, c: c, s: s}
	cli := whatsmeow.NewClient(dev, ear{c})
	cli.SynchronousAck = true
	cli.EnableDecryptedEventBuffer = c.cures.buffer
	cli.UseRetryMessageStore = true
	cli.AutoTrustIdentity = true
	cli.ManualHistorySyncDownload = true // what was said before the pairing is not ours
	cli.InitialAutoReconnect = true
	cli.EnableAutoReconnect = true
	cli.BackgroundEventCtx = life
	cli.SetMaxParallelRetryReceiptHandling(1)
	cli.AutoReconnectHook = func(error) bool {
		c.fault("connect", nil)
		cli.AutoReconnectErrors = min(cli.AutoReconnectErrors, 15) // half a minute between attempts at most
		return !s.away.Load()
	}
	cli.SetWebsocketHTTPClient(s.wire.client(c.opt.HTTP))
	cli.SetPreLoginHTTPClient(s.wire.client(c.opt.HTTP))
	cli.SetMediaHTTPClient(c.mediaClient())
	cli.AddEventHandlerWithSuccessStatus(s.event)
	s.cli = cli
	return s
}

func (c *Channel) mediaClient() *http.Client {
	h := *c.opt.HTTP
	if h.Transport == nil {
		h.Transport = http.DefaultTransport
	}
	h.Transport = bounded{next: h.Transport}
	return &h
}

// live keeps a device connected until ctx is done or WhatsApp refuses it.
func (c *Channel) live(ctx context.Context, dev *store.Device) ending {
	life, die := context.WithCancel(context.WithoutCancel(ctx))
	id := dev.GetJID()
	s := c.newSession(life, dev)
	c.mu.Lock()
	c.session = s
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.session, c.standing.up = nil, false
		c.mu.Unlock()
		s.stop()
		die()
		s.tasks.Wait()
	}()
	hurry := context.AfterFunc(ctx, func() { s.away.Store(true); s.wire.close() })
	err := s.cli.ConnectContext(life)
	hurry()
	if err != nil {
		if ctx.Err() == nil {
			c.fault("connect", err)
		}
		return ending{wait: shortWait}
	}
	select {
	case <-ctx.Done():
		return ending{}
	case e := <-s.over:
		c.raise(e.kind, e.until)
		if e.kind == LoggedOut || e.kind == Locked || e.kind == Banned {
			c.forget(ctx, id)
		}
		return e
	}
}

// forget deletes a device that WhatsApp has unlinked. The library does so too, but under a context that ends with the
// session, and tells of it before.
func (c *Channel) forget(ctx context.Context, id types.JID) {
	wait := backoff{opt: c.opt}
	for {
		bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		err := c.container.DeleteDevice(bounded, &store.Device{ID: &id})
		cancel()
		if err == nil || ctx.Err() != nil {
			return
		}
		c.fault("database", err)
		wait.pause(ctx)
	}
}

// stop takes the client off the network: it breaks the connection and waits for the client to notice. See wire.
func (s *session) stop() {
	s.away.Store(true)
	s.mu.Lock()
	broke, finished := s.broke, s.finished
	s.mu.Unlock()
	cut := s.wire.close()
	if finished {
		return
	}
	if cut {
		t := time.NewTimer(s.c.timing.end)
		defer t.Stop()
		select {
		case <-broke:
		case <-t.C:
		}
	}
	s.cli.Disconnect()
}

// event is the library's handler. What it answers decides whether a message is acknowledged. A panic must not reach the
// library: it takes one for success.
func (s *session) event(e any) (ok bool) {
	if s.c.cures.recover {
		defer func() {
			if recover() == nil { // the value may hold text
				return
			}
			ok = false
			s.c.fault("panic", nil)
			if m, is := e.(*events.Message); is {
				s.c.blame(m.Info.ID)
				s.owe()
			}
		}()
	}
	switch e := e.(type) {
	case *events.Message:
		return s.message(e)
	case *events.UndecryptableMessage:
		return s.undecryptable(e)
	case *events.JoinedGroup:
		return s.group(e.JID, bot.Joined{}, s.c.opt.Now())
	case *events.GroupInfo:
		return s.groupChanged(e)
	case *events.Connected:
		s.c.well()
		s.tasks.Go(func() { // others see us write only while we are there
			_ = s.cli.SendPresence(s.life, types.PresenceAvailable)
		})
	case *events.Disconnected:
		s.c.down()
		s.noticed()
	case *events.NotifyAccountReachoutTimelock:
		s.c.lock(e)
	default:
		if over, final := s.c.refusalOf(e); final {
			s.mu.Lock()
			s.finished = true
			s.mu.Unlock()
			s.over <- over
		}
	}
	return true
}

func (s *session) noticed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.broke)
	s.broke = make(chan struct{})
}

// owe is called when a message was not acknowledged: it will come again on the next connection only, so one is made as
// soon as the database answers. Until then every later message is refused too: the order of a chat is kept.
func (s *session) owe() {
	if s.refusing.CompareAndSwap(false, true) {
		s.tasks.Go(s.heal)
	}
}

// heal makes a new connection, the next time later when the last is recent: reconnecting in a loop is no good manners.
func (s *session) heal() {
	t := s.c.timing
	if s.c.opt.Now().Sub(s.lastHeal) > 2*t.resetMax {
		s.resets = 0
	}
	s.resets++
	wait := min(t.reset<<min(s.resets-1, 20), t.resetMax)
	for pause(s.life, wait) {
		ctx, cancel := context.WithTimeout(s.life, 2*time.Second)
		err := s.c.opt.DB.PingContext(ctx)
		cancel()
		if err == nil {
			break
		}
		wait = min(max(2*wait, 50*time.Millisecond), 2*time.Second)
	}
	if s.life.Err() != nil || s.away.Load() {
		return
	}
	s.c.fault("reset", nil)
	s.mu.Lock()
	broke := s.broke
	s.mu.Unlock()
	s.wire.shut()
	switch {
	case !s.wire.known:
		s.cli.ResetConnection()
	case s.wire.cut():
		limit := time.NewTimer(t.end)
		select {
		case <-broke:
		case <-limit.C:
		case <-s.life.Done():
		}
		limit.Stop()
	}
	// Whoever still works on a message of the old connection is waited for.
	s.busy.Lock()
	s.lastHeal = s.c.opt.Now()
	s.refusing.Store(false)
	s.busy.Unlock()
	s.wire.admit()
}

// linked is the device that is kept, nil when there is none, and whether one is being paired at the moment.
func (c *Channel) linked(ctx context.Context) (dev *store.Device, pairing bool, err error) {
	free, err := c.tryPairing(ctx)
	if err != nil {
		return nil, false, err
	}
	list, err := c.container.GetAllDevices(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("read the linked device: %w", err)
	}
	for _, d := range list {
		if d.ID != nil {
			return d, !free, nil
		}
	}
	return nil, !free, nil
}
