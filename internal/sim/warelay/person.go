package warelay

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// Person is a simulated person: an unmodified whatsmeow client with its store
// in memory, logged in as the phone of an account. Its methods may be called
// from any goroutine.
type Person struct {
	acct *Account
	dev  uint16 // device number, 0 for a phone
	mem  *memStore

	mu      sync.Mutex        // guards everything below
	store   *store.Device     // shared by the clients that follow one another
	now     *whatsmeow.Client // the current client
	cord    *atomic.Bool      // true when the current client has been unplugged for good
	spent   bool              // the current client has been disconnected
	also    []func(any) bool  // further handlers of every client
	inbox   Inbox
	polls   map[string]*events.Message // polls seen, by message id
	media   map[string]whatsmeow.DownloadableMessage
	last    map[string]string // the last text sent, by chat: its message id
	online  bool
	changed chan struct{} // closed and replaced when the inbox grows
}

// errLoggedOut is what an attempt to use a person gives whom the relay has
// turned away.
var errLoggedOut = errors.New("the person's client is not connected")

// Person makes an account (or takes the one with this number) and logs its
// phone in. It returns when the client is connected and receives. The person
// is logged out by [Relay.Close].
func (r *Relay) Person(ctx context.Context, phone, name string) (*Person, error) {
	a := r.Account(phone, AccountOptions{PushName: name})
	r.mu.Lock()
	if a.pushName == "" || name != "" {
		a.pushName = name
	}
	r.mu.Unlock()
	return r.Live(ctx, a)
}

// Live logs the phone of an account in, which has been silent until now. The
// office's phone, for one: it then sees what the bot writes and can answer by
// hand.
func (r *Relay) Live(ctx context.Context, a *Account) (*Person, error) {
	r.Trust()
	r.mu.Lock()
	d := a.device(0)
	dev, err := a.credentials(d)
	closed := r.closed
	r.mu.Unlock()
	if closed {
		return nil, errors.New("the relay is closed")
	}
	if err != nil {
		return nil, fmt.Errorf("make device credentials: %w", err)
	}
	if dev.PushName == "" {
		dev.PushName = a.Phone()
	}
	p, err := newPerson(ctx, a, dev)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	r.people = append(r.people, p)
	r.mu.Unlock()
	return p, p.Connect(ctx)
}

// newPerson gives a device its store in memory and a client.
func newPerson(ctx context.Context, a *Account, dev *store.Device) (*Person, error) {
	p := &Person{
		acct: a, mem: newMemStore(), changed: make(chan struct{}), store: dev,
		polls: map[string]*events.Message{}, last: map[string]string{},
		media: map[string]whatsmeow.DownloadableMessage{},
	}
	p.mem.attach(dev)
	if dev.ID != nil {
		p.dev = dev.ID.Device
		if err := p.mem.PutLIDMapping(ctx, dev.LID, *dev.ID); err != nil {
			return nil, err
		}
	}
	p.renew()
	return p, nil
}

// renew sets an unmodified client up for the relay, with a cord of its own:
// what is left of its predecessor must not find its way back to the relay.
func (p *Person) renew() {
	r := p.acct.r
	cord := new(atomic.Bool)
	cli := whatsmeow.NewClient(p.store, nil)
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		if cord.Load() {
			return nil, errors.New("the phone is off the network")
		}
		return r.dialLoopback(ctx, network, addr)
	}
	own := &http.Client{Transport: &http.Transport{DialContext: dial, TLSClientConfig: r.tls.clientConfig()}}
	cli.SetWebsocketHTTPClient(own)
	cli.SetPreLoginHTTPClient(own)
	cli.SetMediaHTTPClient(r.HTTPClient())
	cli.EnableDecryptedEventBuffer = true // makes DoDecryptionTxn the place of the lock
	cli.UseRetryMessageStore = true
	cli.SynchronousAck = true
	// Disconnect alone may come between an attempt to reconnect and the check
	// for it, and is then ignored.
	cli.AutoReconnectHook = func(error) bool { return !cord.Load() }
	cli.AddEventHandler(func(e any) { p.event(cli, e) })
	for _, f := range p.also {
		cli.AddEventHandlerWithSuccessStatus(f)
	}
	p.now, p.cord, p.spent = cli, cord, false
}

// handle adds a handler to the current client and to those that follow it.
func (p *Person) handle(f func(any) bool) {
	p.mu.Lock()
	p.also = append(p.also, f)
	cli := p.now
	p.mu.Unlock()
	// Not under the lock: whatsmeow holds its list of handlers while event
	// waits for the lock.
	cli.AddEventHandlerWithSuccessStatus(f)
}

// client is the person's current client.
func (p *Person) client() *whatsmeow.Client {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

// Connect logs in after Disconnect or a refusal and waits until the client
// receives. It does nothing when the person is logged in.
func (p *Person) Connect(ctx context.Context) error {
	p.mu.Lock()
	online, refused := p.online, p.inbox.Refused != ""
	p.mu.Unlock()
	if online {
		return nil
	}
	if refused {
		p.Disconnect()
	}
	p.mu.Lock()
	if p.spent {
		// As after a restart of the app. A client of whatsmeow that connects
		// again races with what is left of its last connection.
		p.renew()
	}
	cli := p.now
	p.inbox.Refused = ""
	seen := p.inbox.Connects
	p.mu.Unlock()
	p.acct.r.plug(p.acct, p.dev, true)
	if err := cli.Connect(); err != nil && !errors.Is(err, whatsmeow.ErrAlreadyConnected) {
		return fmt.Errorf("connect: %w", err)
	}
	if _, err := p.Wait(ctx, func(in Inbox) bool { return in.Connects > seen || in.Refused != "" }); err != nil {
		return fmt.Errorf("wait for the login: %w", err)
	}
	if why := p.Inbox().Refused; why != "" {
		return fmt.Errorf("login refused: %s", why)
	}
	return nil
}

// endLimit bounds the wait for a client to notice a broken connection.
const endLimit = 2 * time.Second

// Disconnect takes the phone off the network; what is sent to it waits.
//
// The relay breaks the connection first and lets the client notice, because
// whatsmeow's own Disconnect leaves a goroutine behind when a frame is coming
// in (framesocket.go, frameComplete), and races with a connection that breaks
// at the same moment (noisesocket.go, Stop).
func (p *Person) Disconnect() {
	p.mu.Lock()
	p.cord.Store(true) // so that no attempt to reconnect gets through
	cli, online, before := p.now, p.online, p.inbox.Disconnects
	p.spent, p.online = true, false
	p.mu.Unlock()
	p.acct.r.plug(p.acct, p.dev, false)
	if online {
		ctx, cancel := context.WithTimeout(context.Background(), endLimit)
		defer cancel()
		_, _ = p.Wait(ctx, func(in Inbox) bool { return in.Disconnects > before || in.Refused != "" })
	}
	ended(cli)
	if p.Inbox().Refused == "" { // else the client has ended by itself
		cli.Disconnect()
	}
}

// ended waits until a client has noticed that its connection is broken, for
// which whatsmeow has no signal when the end was to be expected.
func ended(cli *whatsmeow.Client) {
	limit := time.NewTimer(endLimit)
	defer limit.Stop()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for cli.IsConnected() {
		select {
		case <-look.C:
		case <-limit.C:
			return
		}
	}
}

// Appear shows the person as online, which is what others' typing and
// presence depend on, or as offline.
func (p *Person) Appear(ctx context.Context, online bool) error {
	state := types.PresenceUnavailable
	if online {
		state = types.PresenceAvailable
	}
	return p.client().SendPresence(ctx, state)
}

// Account is the person's account.
func (p *Person) Account() *Account { return p.acct }

// Phone is the person's number.
func (p *Person) Phone() string { return p.acct.Phone() }

// LID is the person's hidden address.
func (p *Person) LID() string { return p.acct.LID() }

// Move gives the person another phone number, as after a change of SIM. The
// LID stays. The client logs in again.
func (p *Person) Move(ctx context.Context, phone string) error {
	phone = digits(phone)
	p.Disconnect()
	r := p.acct.r
	r.mu.Lock()
	if r.accounts[phone] != nil {
		r.mu.Unlock()
		return errors.New("the number belongs to another account")
	}
	delete(r.accounts, p.acct.phone)
	p.acct.phone = phone
	r.accounts[phone] = p.acct
	r.mu.Unlock()
	id := types.NewJID(phone, types.DefaultUserServer)
	p.mu.Lock()
	dev := *p.store // the old client may still look at its own
	dev.ID = &id
	p.store = &dev
	p.mu.Unlock()
	if err := p.mem.PutLIDMapping(ctx, dev.LID, id); err != nil {
		return err
	}
	return p.Connect(ctx)
}
