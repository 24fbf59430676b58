package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"os"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/sim/warelay"
)

// localExample is what a file that describes a local WhatsApp looks like.
const localExample = `relay.json with {"Addr":"127.0.0.1:40123","Cert":"…","Root":[…]}`

// reachLocal reads how to reach a local WhatsApp of another process, as the end-to-end tests run it. Only one on
// this machine is taken, so that nobody's messages can be led elsewhere by a setting.
func reachLocal(path string) (warelay.Reach, error) {
	const name = "RABEG_WHATSAPP_LOCAL"
	var r warelay.Reach
	raw, err := os.ReadFile(path)
	if err != nil {
		return r, app.Wrong(name, "the file cannot be read", localExample)
	}
	if err := json.Unmarshal(raw, &r); err != nil || r.Root == [32]byte{} {
		return r, app.Wrong(name, "the file does not describe a local WhatsApp", localExample)
	}
	at, err := netip.ParseAddrPort(r.Addr)
	if err != nil || !at.Addr().IsLoopback() {
		return r, app.Wrong(name, "the address in the file is not on this machine", localExample)
	}
	if _, err := r.HTTPClient(); err != nil {
		return r, app.Wrong(name, "the certificate in the file cannot be used", localExample)
	}
	return r, nil
}

// Reach is the way to the local WhatsApp that a file names, nil where path is empty. From then on this process trusts that
// one in place of the real one.
func Reach(path string) (*http.Client, error) {
	if path == "" {
		return nil, nil
	}
	r, err := reachLocal(path)
	if err != nil {
		return nil, err
	}
	r.Trust()
	return r.HTTPClient()
}

// WhatsApp starts a local WhatsApp, which this process trusts in place of the real one. Its messages are of the time that now gives, nil:
// the machine's.
func WhatsApp(ctx context.Context, now func() time.Time) (*warelay.Relay, error) {
	r, err := warelay.New(warelay.Options{Now: now})
	if err != nil {
		return nil, fmt.Errorf("start the local WhatsApp: %w", err)
	}
	r.Trust()
	if err := r.Start(ctx); err != nil {
		return nil, fmt.Errorf("start the local WhatsApp: %w", err)
	}
	return r, nil
}
