package warelay

import (
	"encoding/json"
	"net/http"
	"testing"
)

func TestReachFromAnotherProcess(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281600000081", "Siti")
	wire, err := json.Marshal(r.Reach())
	ok(t, err)
	var there Reach
	ok(t, json.Unmarshal(wire, &there))
	there.Trust()
	through := must[*http.Client](t)(there.HTTPClient())
	a := r.Account("6281600000082", AccountOptions{PushName: "Rabeg"})
	dev, err := r.Device(a)
	ok(t, err)
	b := dial(t, a, dev)
	b.client().SetWebsocketHTTPClient(through)
	b.client().SetMediaHTTPClient(through)
	ok(t, b.Connect(ctx))
	must[string](t)(b.Image(ctx, siti.Phone(), []byte("jpeg"), "dari jauh"))
	wantText(ctx, t, siti, "dari jauh")
	through.CloseIdleConnections()
	if _, err = (Reach{}).HTTPClient(); err == nil {
		t.Error("a relay without a certificate")
	}
}
