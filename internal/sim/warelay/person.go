package warelay

import (
	"context"
	"errors"
	"fmt"
	"sync"

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
	cli  *whatsmeow.Client
	mem  *memStore

	mu      sync.Mutex
	inbox   Inbox
	polls   map[string]*events.Message // polls seen, by message id
	media   map[string]whatsmeow.DownloadableMessage
	last    map[string]string // the last text sent, by chat: its message id
	changed chan struct{}     // closed and replaced when the inbox grows
	left    bool
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
	p := &Person{
		acct: a, mem: newMemStore(), changed: make(chan struct{}),
		polls: map[string]*events.Message{}, last: map[string]string{},
		media: map[string]whatsmeow.DownloadableMessage{},
	}
	p.mem.attach(dev)
	if err = dev.LIDs.PutLIDMapping(ctx, dev.LID, *dev.ID); err != nil {
		return nil, err
	}
	p.cli = p.client(dev)
	r.mu.Lock()
	r.people = append(r.people, p)
	r.mu.Unlock()
	return p, p.Connect(ctx)
}

// client sets an unmodified client up for the relay.
func (p *Person) client(dev *store.Device) *whatsmeow.Client {
	r := p.acct.r
	cli := whatsmeow.NewClient(dev, nil)
	cli.SetWebsocketHTTPClient(r.HTTPClient())
	cli.SetPreLoginHTTPClient(r.HTTPClient())
	cli.SetMediaHTTPClient(r.HTTPClient())
	cli.EnableDecryptedEventBuffer = true // makes DoDecryptionTxn the place of the lock
	cli.SynchronousAck = true
	cli.AddEventHandler(p.event)
	return cli
}

// Connect logs in after Disconnect and waits until the client receives.
func (p *Person) Connect(ctx context.Context) error {
	seen := p.Inbox().Connects
	if err := p.cli.Connect(); err != nil && !errors.Is(err, whatsmeow.ErrAlreadyConnected) {
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

// Disconnect takes the phone off the network; what is sent to it waits.
func (p *Person) Disconnect() { p.cli.Disconnect() }

// Appear shows the person as online, which is what others' typing and
// presence depend on, or as offline.
func (p *Person) Appear(ctx context.Context, online bool) error {
	state := types.PresenceUnavailable
	if online {
		state = types.PresenceAvailable
	}
	return p.cli.SendPresence(ctx, state)
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
	p.cli.Disconnect()
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
	dev := p.cli.Store
	dev.ID = &id
	if err := p.mem.PutLIDMapping(ctx, dev.LID, id); err != nil {
		return err
	}
	return p.Connect(ctx)
}

// leave ends the client for good.
func (p *Person) leave() {
	p.mu.Lock()
	p.left = true
	p.mu.Unlock()
	p.cli.EnableAutoReconnect = false
	p.cli.Disconnect()
}
