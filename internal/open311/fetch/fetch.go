// Package fetch calls addresses that strangers gave: it fetches their photos and sends news to them, and never reaches into the network
// that the program itself stands in.
package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"rabeg/bot"
)

// Network is what a photo's address is called among the networks that have files: its ID is the address.
const Network bot.Network = "open311"

// Uploaded begins the ID of a photo that came with the call itself; it is kept before the call is answered, and never fetched.
const Uploaded = "upload:"

const (
	// mostAddress is how many characters an address may have.
	mostAddress = 1000
	// mostPhoto is how many bytes are read of a photo.
	mostPhoto = 20 << 20
	// mostHops is how many redirects are followed.
	mostHops = 3
	// mostTime is how long a call may take in all, mostWait how long until its answer begins.
	mostTime = 30 * time.Second
	mostWait = 10 * time.Second
)

// ErrPrivate says that an address leads to where nobody outside may send the program.
var ErrPrivate = errors.New("leads to a private address")

// Check reports what is wrong with an address, before anybody asks for it: the error repeats nothing of it.
func Check(address string) error {
	if len(address) > mostAddress {
		return fmt.Errorf("has more than %d characters", mostAddress)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return errors.New("is no web address")
	case u.Scheme != "http" && u.Scheme != "https":
		return errors.New("begins with neither https:// nor http://")
	case u.User != nil:
		return errors.New("holds a name or a password")
	}
	return nil
}

// Checked is Check for an address that is called as it stands: one that is private in itself is refused at once.
func Checked(address string) error {
	if err := Check(address); err != nil {
		return err
	}
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(strings.Trim(u.Hostname(), "[]")); err == nil && !Public(ip) {
		return ErrPrivate
	}
	return nil
}

// closed reports whether an address is in a range that netip has no word for: this network, shared by carriers, for tests and papers, of translations and tunnels that
// lead to any IPv4 address, and what is reserved.
func closed(ip netip.Addr) bool {
	for _, s := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
	} {
		if netip.MustParsePrefix(s).Contains(ip) {
			return true
		}
	}
	return false
}

// Public reports whether an address is one of the open internet.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	return ip.IsValid() && ip.IsGlobalUnicast() && !ip.IsPrivate() && !ip.IsLoopback() && !ip.IsLinkLocalUnicast() && !ip.IsMulticast() && !closed(ip)
}

// Options builds a Fetcher.
type Options struct {
	// Private lets private addresses be called: for tests, and for whom somebody allowed it.
	Private bool
	// Resolver finds addresses by name; nil: the machine's.
	Resolver *net.Resolver
	// Transport may change how calls are made; nil: nothing is changed. Tests use it.
	Transport func(*http.Transport)
}

// Fetcher calls addresses. It may be used at once from several goroutines.
type Fetcher struct {
	private bool
	client  *http.Client
}

// New makes a Fetcher. What is asked for is looked at where a connection is made: after every look-up of a name, and after every redirect,
// so that no name can lead elsewhere between a look and a call.
func New(o Options) *Fetcher {
	f := &Fetcher{private: o.Private}
	dialer := &net.Dialer{Timeout: mostWait, Resolver: o.Resolver, Control: f.control}
	t := &http.Transport{
		DialContext: dialer.DialContext, Proxy: nil, // a proxy would look up names where nobody looks at what they lead to
		TLSHandshakeTimeout: mostWait, ResponseHeaderTimeout: mostWait, MaxResponseHeaderBytes: 64 << 10, MaxIdleConnsPerHost: 1, IdleConnTimeout: 10 * time.Second,
		ForceAttemptHTTP2: true,
	}
	if o.Transport != nil {
		o.Transport(t)
	}
	f.client = &http.Client{Transport: t, Timeout: mostTime, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > mostHops {
			return errors.New("too many redirects")
		}
		return f.check(r.URL.String())
	}}
	return f
}

func (f *Fetcher) check(address string) error {
	if f.private {
		return Check(address)
	}
	return Checked(address)
}

// control looks at the address that a connection is about to be made to.
func (f *Fetcher) control(network, address string, _ syscall.RawConn) error {
	if f.private {
		return nil
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") || !Public(at.Addr()) {
		return ErrPrivate
	}
	return nil
}

// gone is a photo that can never be had.
func gone(why string) error {
	return &bot.SendError{Remedy: bot.GiveUp, Err: errors.New(why)}
}

// Open opens a photo. What can never be had is a *bot.SendError that gives up; what failed for now is any other error, which repeats
// nothing of the address.
func (f *Fetcher) Open(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	if strings.HasPrefix(m.ID, Uploaded) {
		return nil, gone("it came with the call and is not there any more")
	}
	if err := f.check(m.ID); err != nil {
		return nil, gone("its address " + err.Error())
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, m.ID, nil)
	if err != nil {
		return nil, gone("its address is no web address")
	}
	r.Header.Set("Accept", "image/jpeg, image/png, image/webp, image/*;q=0.5")
	r.Header.Set("User-Agent", "rabeg")
	res, err := f.client.Do(r)
	switch {
	case errors.Is(err, ErrPrivate):
		return nil, gone(ErrPrivate.Error())
	case err != nil:
		return nil, errors.New("a photo could not be fetched: " + plain(err))
	}
	why := ""
	kind, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	kind = strings.TrimSpace(strings.ToLower(kind))
	switch {
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= http.StatusInternalServerError || res.StatusCode == http.StatusRequestTimeout:
		_ = res.Body.Close()
		return nil, fmt.Errorf("a photo could not be fetched: its server answers %d", res.StatusCode)
	case res.StatusCode != http.StatusOK:
		why = fmt.Sprintf("its server answers %d", res.StatusCode)
	case res.ContentLength > mostPhoto:
		why = "it is too large"
	case kind != "" && !strings.HasPrefix(kind, "image/") && kind != "application/octet-stream" && kind != "binary/octet-stream":
		why = "it is no picture"
	}
	if why != "" {
		_ = res.Body.Close()
		return nil, gone(why)
	}
	return &bounded{ReadCloser: res.Body, left: mostPhoto}, nil
}

// Post sends a body to an address. An error says that nobody took it, and repeats nothing of the address. Redirects are not followed: who
// is to be told says where.
func (f *Fetcher) Post(ctx context.Context, address string, header map[string]string, body []byte) error {
	if err := f.check(address); err != nil {
		return fmt.Errorf("the address %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errors.New("the address is no web address")
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	r.Header.Set("User-Agent", "rabeg")
	straight := *f.client
	straight.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := straight.Do(r)
	if err != nil {
		return errors.New("news were not taken: " + plain(err))
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.CopyN(io.Discard, res.Body, 64<<10)
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("news were not taken: the other side answers %d", res.StatusCode)
	}
	return nil
}

// plain is what failed, without the address: an error of the library holds it.
func plain(err error) string {
	if ue, ok := errors.AsType[*url.Error](err); ok {
		if ue.Timeout() {
			return "it took too long"
		}
		err = ue.Err
	}
	if de, ok := errors.AsType[*net.DNSError](err); ok && de.IsNotFound {
		return "its server is not known"
	}
	if errors.Is(err, ErrPrivate) {
		return ErrPrivate.Error()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "it took too long"
	}
	return "the call failed"
}

// bounded reads no more than it may: one byte more ends it as too large by what keeps it.
type bounded struct {
	io.ReadCloser
	left int64
}

// Read is of io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, io.EOF
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	return n, err
}
