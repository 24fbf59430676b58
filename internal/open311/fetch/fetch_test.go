package fetch_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"rabeg/bot"
	"rabeg/internal/open311/fetch"
)

// Addresses of the open internet, and all others.
func TestPublic(t *testing.T) {
	t.Parallel()
	for ip, want := range map[string]bool{
		"8.8.8.8": true, "103.10.1.1": true, "2400:cb00::1": true, "172.15.0.1": true, "172.32.0.1": true, "100.63.0.1": true, "169.253.0.1": true,
		"127.0.0.1": false, "127.255.0.1": false, "10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false, "169.254.169.254": false,
		"0.0.0.0": false, "0.1.2.3": false, "100.64.0.1": false, "192.0.0.1": false, "198.18.0.1": false, "224.0.0.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "fe80::1": false, "fc00::1": false, "fd12::1": false, "ff02::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:8.8.8.8": true,
		"::127.0.0.1": false, "64:ff9b::7f00:1": false, "64:ff9b:1::1": false, "2002:7f00:1::": false, "2001:db8::1": false, "2001::1": false, "fec0::1": false, "fe80::1%eth0": false,
	} {
		if got := fetch.Public(netip.MustParseAddr(ip)); got != want {
			t.Errorf("%s: %v", ip, got)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for address, fine := range map[string]bool{
		"https://example.com/a.jpg": true, "http://example.com:8080/a.jpg?x=1": true, "https://[2400:cb00::1]/a": true,
		"": false, "foto": false, "ftp://example.com/a": false, "file:///etc/passwd": false, "javascript:alert(1)": false, "https://": false, "https:///a": false,
		"gopher://127.0.0.1:6379/_x": false, "https://u:p@example.com/": false, "//example.com/a": false, "http:example.com": false, "http://exa mple.com/": false, "https://example.com/" + strings.Repeat("a", 1000): false,
	} {
		if err := fetch.Check(address); (err == nil) != fine {
			t.Errorf("%s: %v", address, err)
		}
	}
	for address, fine := range map[string]bool{
		"https://example.com/a": true, "http://8.8.8.8/a": true, "http://127.0.0.1/": false, "http://[::1]/": false, "http://169.254.169.254/latest/meta-data": false, "http://[::ffff:10.0.0.1]/": false,
	} {
		if err := fetch.Checked(address); (err == nil) != fine {
			t.Errorf("%s as it stands: %v", address, err)
		}
	}
}

// resolver answers every name with addresses, one after the other: a name may mean something else from one look-up to the next.
func resolver(t *testing.T, servers ...string) func(ctx context.Context, network, address string) (net.Conn, error) {
	t.Helper()
	var n atomic.Int64
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		i := min(int(n.Add(1))-1, len(servers)-1)
		return (&net.Dialer{}).DialContext(ctx, network, servers[i])
	}
}

// local is a server of this machine, and how it was called.
func local(t *testing.T, h http.HandlerFunc) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	var calls atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { calls.Add(1); h(w, r) }))
	t.Cleanup(s.Close)
	return s, &calls
}

func open(f *fetch.Fetcher, address string) (string, error) {
	r, err := f.Open(context.Background(), bot.MediaRef{Network: fetch.Network, ID: address})
	if err != nil {
		return "", err
	}
	defer func() { _ = r.Close() }()
	text, err := io.ReadAll(r)
	return string(text), err
}

func lost(err error) bool {
	se, ok := errors.AsType[*bot.SendError](err)
	return ok && se.Remedy == bot.GiveUp
}

// A stranger's address never reaches a server of the program's own network: by number, by name, or by a redirect. Names that lead to this
// machine are known everywhere ("localhost"), and what they lead to is looked at where the connection is made.
func TestPrivateAddressesAreNeverCalled(t *testing.T) {
	t.Parallel()
	s, calls := local(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("secret")) })
	port := s.URL[strings.LastIndex(s.URL, ":"):]
	f := fetch.New(fetch.Options{})
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "127.1", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0"} {
		if text, err := open(f, "http://"+host+port+"/a.jpg"); err == nil || text != "" {
			t.Errorf("%s is called: %q", host, text)
		}
		if err := f.Post(t.Context(), "http://"+host+port+"/", nil, []byte("{}")); err == nil {
			t.Errorf("%s is told", host)
		}
	}
	if n := calls.Load(); n != 0 {
		t.Errorf("the server was called %d times", n)
	}
	if _, err := open(f, "http://localhost"+port); !lost(err) {
		t.Errorf("a name that leads to this machine is asked again: %v", err)
	}
}

// A redirect from a server outside to one inside is refused where the connection is made. The server outside is played by one whose
// connection alone is let through.
func TestARedirectInside(t *testing.T) {
	t.Parallel()
	inside, calls := local(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("secret")) })
	for _, to := range []string{inside.URL, strings.Replace(inside.URL, "127.0.0.1", "localhost", 1), "file:///etc/passwd", "gopher://127.0.0.1/"} {
		outside, _ := local(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) })
		at := strings.TrimPrefix(outside.URL, "http://")
		f := fetch.New(fetch.Options{Transport: func(tr *http.Transport) {
			dial := tr.DialContext
			through := resolver(t, at)
			tr.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
				if address == "photos.example.com:80" {
					return through(ctx, network, address)
				}
				return dial(ctx, network, address)
			}
		}})
		if text, err := open(f, "http://photos.example.com/a.jpg"); err == nil {
			t.Errorf("%s is reached: %q", to, text)
		}
	}
	if n := calls.Load(); n != 0 {
		t.Errorf("the server inside was called %d times", n)
	}
}

// What servers answer, and whether it is worth asking again.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		text   string
		lost   bool
	}{
		"a picture": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/jpeg")
			_, _ = w.Write([]byte("jpeg"))
		}, "jpeg", false},
		"bytes": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = w.Write([]byte("x"))
		}, "x", false},
		"a page": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<p>"))
		}, "", true},
		"nothing there": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, "", true},
		"busy":          {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }, "", false},
		"too many":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, "", false},
		"too large": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "30000000")
			w.Header().Set("Content-Type", "image/png")
		}, "", true},
		"round and round":   {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) }, "", false},
		"a partial picture": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusPartialContent) }, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := local(t, c.answer)
			text, err := open(fetch.New(fetch.Options{Private: true}), s.URL+"/a.jpg")
			if text != c.text || (err == nil) != (c.text != "") || lost(err) != c.lost {
				t.Errorf("%q, %v", text, err)
			}
			if err != nil && strings.Contains(err.Error(), "127.0.0.1") {
				t.Errorf("the error tells the address: %v", err)
			}
		})
	}
}

// A server that never ends sends no more than what a photo may have, and a little; a certificate that nobody signed is no server.
func TestBounds(t *testing.T) {
	t.Parallel()
	s, _ := local(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/jpeg")
		for piece := make([]byte, 1<<20); r.Context().Err() == nil; {
			if _, err := w.Write(piece); err != nil {
				return
			}
		}
	})
	text, err := open(fetch.New(fetch.Options{Private: true}), s.URL)
	if len(text) != 20<<20+1 || err != nil {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/jpeg")
		_, _ = w.Write([]byte("x"))
	}))
	t.Cleanup(secure.Close)
	secure.Config.ErrorLog = nil
	if _, err := open(fetch.New(fetch.Options{Private: true}), secure.URL); err == nil || lost(err) {
		t.Errorf("an unknown certificate: %v", err)
	}
	trusting := fetch.New(fetch.Options{Private: true, Transport: func(tr *http.Transport) {
		tr.TLSClientConfig = &tls.Config{RootCAs: secure.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
	}})
	if text, err := open(trusting, secure.URL); text != "x" || err != nil {
		t.Errorf("a known one: %q, %v", text, err)
	}
	if _, err := open(trusting, fetch.Uploaded+"x"); !lost(err) {
		t.Errorf("a photo that came along: %v", err)
	}
}
