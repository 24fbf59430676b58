package warelay

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"go.mau.fi/whatsmeow/types"
)

// Options set up a relay. The zero value is good for tests.
type Options struct {
	// Seed derives the root key of the Noise certificates. Relays with the
	// same seed share one root, so that several may run in one process (the
	// trusted root is process-wide, see [Relay.Trust]). Default "warelay".
	Seed string
	// Now gives the time written into stanzas; default time.Now. Clients
	// compare it with their own clock.
	Now func() time.Time
	// TraceSize is the number of stanza summaries kept by [Relay.Trace];
	// default 20,000.
	TraceSize int
	// MaxMedia is the largest upload in bytes; a larger one is answered 413.
	// Default 128 MiB.
	MaxMedia int64
	// FullPreKeys tells a device without keys that it has none, as in life,
	// whereupon whatsmeow makes and uploads 812. By default it is told that it
	// has one left and uploads 50, which takes a tenth of the time.
	FullPreKeys bool
}

const (
	defaultTraceSize = 20_000
	defaultMaxMedia  = 128 << 20
)

// Relay is the local WhatsApp. Its methods may be called from any goroutine.
type Relay struct {
	opts  Options
	certs noiseCerts
	tls   tlsFiles
	http  *http.Client
	dial  *http.Transport

	mu       sync.Mutex // guards everything below
	secure   *door      // nil before the first Start
	plain    *door
	up       *listeners // nil while the relay is down
	closed   bool
	accounts map[string]*Account // by phone
	byLID    map[string]*Account // by the user part of the LID
	groups   map[string]*Group   // by the user part of the id
	invites  map[string]*Group   // by invite code
	conns    map[*conn]struct{}
	refs     map[string]*conn // pairing reference → connection that shows it
	people   []*Person
	sent     sentLog
	media    mediaStore
	serial   uint64
	watch    watch // trace, fault hooks, Until

	wg sync.WaitGroup // connections and people
}

// New makes a relay that is not yet listening. It silences libsignal in this
// process unless a logger has been set.
func New(o Options) (*Relay, error) {
	hush()
	if o.Seed == "" {
		o.Seed = "warelay"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.TraceSize <= 0 {
		o.TraceSize = defaultTraceSize
	}
	if o.MaxMedia <= 0 {
		o.MaxMedia = defaultMaxMedia
	}
	certs, err := newNoiseCerts(o.Seed, o.Now())
	if err != nil {
		return nil, fmt.Errorf("make noise certificates: %w", err)
	}
	files, err := newTLSFiles(o.Now())
	if err != nil {
		return nil, fmt.Errorf("make the https certificate: %w", err)
	}
	r := &Relay{
		opts: o, certs: certs, tls: files,
		accounts: map[string]*Account{},
		byLID:    map[string]*Account{},
		groups:   map[string]*Group{},
		invites:  map[string]*Group{},
		conns:    map[*conn]struct{}{},
		refs:     map[string]*conn{},
		media:    newMediaStore(),
	}
	r.watch.init(o.TraceSize)
	r.dial = &http.Transport{
		// A transport of its own stays on HTTP/1.1, which the websocket
		// upgrade needs, and asks no proxy.
		DialContext:     r.dialLoopback,
		TLSClientConfig: files.clientConfig(),
	}
	r.http = &http.Client{Transport: r.dial}
	return r, nil
}

// Start listens on two loopback ports: HTTPS for whatsmeow and media, plain
// HTTP for clients that take a ws:// address. The relay runs until Close; a
// done context closes it too.
func (r *Relay) Start(ctx context.Context) error {
	if err := r.Resume(); err != nil {
		return err
	}
	r.wg.Go(func() {
		select {
		case <-ctx.Done():
			go r.Close()
		case <-r.watch.done:
		}
	})
	return nil
}

// Pause takes the relay down: connections break, new ones are refused.
// Accounts, queues, groups and media are kept.
func (r *Relay) Pause() {
	r.mu.Lock()
	up := r.up
	r.up = nil
	for c := range r.conns {
		c.cut()
	}
	r.mu.Unlock()
	up.close()
	r.dial.CloseIdleConnections()
}

// Resume brings a paused relay back, on the ports it had.
func (r *Relay) Resume() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return errors.New("the relay is closed")
	}
	if r.up != nil {
		return nil
	}
	up, err := r.listen()
	if err != nil {
		return fmt.Errorf("listen on loopback: %w", err)
	}
	r.up = up
	return nil
}

// Restart is Pause and Resume: every client loses its connection and has to
// log in again.
func (r *Relay) Restart() error {
	r.Pause()
	return r.Resume()
}

// Close logs the people out, breaks all connections and waits until every
// goroutine of the relay has ended. It may be called twice.
func (r *Relay) Close() {
	r.mu.Lock()
	first := !r.closed
	r.closed = true
	people, secure, plain := r.people, r.secure, r.plain
	r.people = nil
	r.mu.Unlock()
	r.Pause()
	for _, p := range people {
		p.Disconnect()
	}
	for _, d := range []*door{secure, plain} {
		if d != nil {
			_ = d.port.Close()
		}
	}
	if first {
		close(r.watch.done)
	}
	r.wg.Wait()
	r.dial.CloseIdleConnections()
}

// HTTPClient gives the client for SetWebsocketHTTPClient,
// SetPreLoginHTTPClient and SetMediaHTTPClient. It dials the relay whatever
// host is asked for, and trusts the relay's certificate only.
func (r *Relay) HTTPClient() *http.Client { return r.http }

// Addr is the loopback address of the HTTPS listener; empty while down.
func (r *Relay) Addr() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.up == nil {
		return ""
	}
	return r.up.secure
}

// PlainURL is the ws:// address for clients that take one, such as Baileys.
// A stanza in the same tick as the end of the handshake is lost on them, so
// the relay waits before it speaks there.
func (r *Relay) PlainURL() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.up == nil {
		return ""
	}
	return "ws://" + r.up.plain + "/ws/chat"
}

// CertPEM is the certificate of the HTTPS listener, which is its own root.
func (r *Relay) CertPEM() []byte { return append([]byte(nil), r.tls.pem...) }

func (r *Relay) dialLoopback(ctx context.Context, network, _ string) (net.Conn, error) {
	addr := r.Addr()
	if addr == "" {
		return nil, errors.New("the relay is down")
	}
	var d net.Dialer
	return d.DialContext(ctx, network, addr)
}

// now is the time for stanzas.
func (r *Relay) now() time.Time { return r.opts.Now() }

// unix is the time for stanza attributes, which are strings on the wire.
func (r *Relay) unix() string { return fmt.Sprint(r.now().Unix()) }

// nextID makes an id for a stanza of the server's own.
func (r *Relay) nextID() string {
	r.serial++
	return fmt.Sprintf("relay-%d", r.serial)
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails, see crypto/rand
	return b
}

// serverJID is the address of the server itself, s.whatsapp.net.
func serverJID() types.JID { return types.NewJID("", types.DefaultUserServer) }
