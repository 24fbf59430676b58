package warelay

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

// mediaHost is the name under which clients fetch and store media.
const mediaHost = "mmg.whatsapp.net"

// tlsFiles is one self-signed certificate for the names clients ask for.
type tlsFiles struct {
	pair tls.Certificate
	pool *x509.CertPool
	pem  []byte
}

func newTLSFiles(now time.Time) (tlsFiles, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tlsFiles{}, err
	}
	tmpl := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "local WhatsApp relay"},
		DNSNames:              []string{"web.whatsapp.com", mediaHost, "localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore:             now.Add(-certLife),
		NotAfter:              now.Add(certLife),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		return tlsFiles{}, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return tlsFiles{}, err
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return tlsFiles{
		pair: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key},
		pool: pool,
		pem:  pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
	}, nil
}

func (f tlsFiles) clientConfig() *tls.Config {
	return &tls.Config{RootCAs: f.pool, MinVersion: tls.VersionTLS12}
}

// listeners are the two open ports of a relay that is up.
type listeners struct {
	secure, plain string
	servers       []*http.Server
	ended         chan struct{} // closed when both servers have returned
}

// build gives the relay its two ports. The caller holds r.mu.
func (r *Relay) build() error {
	secure, err := newDoor()
	if err != nil {
		return err
	}
	plain, err := newDoor()
	if err != nil {
		_ = secure.port.Close()
		return err
	}
	r.secure, r.plain = secure, plain
	r.wg.Go(secure.answer)
	r.wg.Go(plain.answer)
	return nil
}

// listen opens both doors. The caller holds r.mu.
func (r *Relay) listen() (*listeners, error) {
	if r.secure == nil {
		if err := r.build(); err != nil {
			return nil, err
		}
	}
	secure, plain := r.secure.open(), r.plain.open()
	up := &listeners{secure: secure.Addr().String(), plain: plain.Addr().String(), ended: make(chan struct{})}
	conf := &tls.Config{Certificates: []tls.Certificate{r.tls.pair}, MinVersion: tls.VersionTLS12}
	a := r.server(false)
	b := r.server(true)
	up.servers = []*http.Server{a, b}
	finished := make(chan struct{}, 2)
	serve := func(s *http.Server, l net.Listener) {
		_ = s.Serve(l) // always ends with ErrServerClosed
		finished <- struct{}{}
	}
	go serve(a, tls.NewListener(secure, conf))
	go serve(b, plain)
	go func() {
		<-finished
		<-finished
		close(up.ended)
	}()
	return up, nil
}

func (up *listeners) close() {
	if up == nil {
		return
	}
	for _, s := range up.servers {
		_ = s.Close()
	}
	<-up.ended
}

// server serves the chat socket and the media store. patient connections get
// the pause that JavaScript clients need after the handshake.
func (r *Relay) server(patient bool) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("/ws/chat", func(w http.ResponseWriter, req *http.Request) { r.chat(w, req, patient) })
	mux.HandleFunc("/mms/", r.storeMedia)
	mux.HandleFunc("/v/", r.fetchMedia)
	return &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // broken handshakes are the clients' business
	}
}

// chat upgrades to a websocket and serves one client until either side ends.
func (r *Relay) chat(w http.ResponseWriter, req *http.Request, patient bool) {
	ws, err := websocket.Accept(w, req, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // Accept has answered
	}
	defer func() { _ = ws.CloseNow() }()
	c := r.newConn(ws, patient)
	if c == nil {
		return
	}
	defer r.wg.Done()
	c.serve()
}
