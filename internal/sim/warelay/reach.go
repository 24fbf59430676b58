package warelay

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"

	"go.mau.fi/whatsmeow"
)

// Reach is what another process needs to use a relay, for instance a bot that
// a test kills. It can be written as JSON.
type Reach struct {
	Addr string   // of the HTTPS listener; the same after a restart where the port is free
	Cert []byte   // its certificate, PEM
	Root [32]byte // public key of the Noise certificates
}

// Reach describes the relay for another process. Addr is empty while the
// relay is down.
func (r *Relay) Reach() Reach {
	return Reach{Addr: r.Addr(), Cert: r.CertPEM(), Root: r.RootKey()}
}

// Trust is [Relay.Trust] in the other process, which see.
func (t Reach) Trust() {
	hush()
	foreign.Lock()
	defer foreign.Unlock()
	if whatsmeow.WACertPubKey != t.Root {
		whatsmeow.WACertPubKey = t.Root
	}
}

// HTTPClient is [Relay.HTTPClient] in the other process: it dials the relay
// whatever host is asked for.
func (t Reach) HTTPClient() (*http.Client, error) {
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(t.Cert) {
		return nil, errors.New("the relay's certificate is not PEM")
	}
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, t.Addr)
	}
	return &http.Client{Transport: &http.Transport{
		DialContext:     dial,
		TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12},
	}}, nil
}
