package warelay

import (
	"context"
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types/events"
	"go.mau.fi/whatsmeow/util/keys"
)

// unpaired is a device as a store makes it before pairing.
func unpaired() *store.Device {
	k := newKeyset(keys.NewKeyPair())
	return &store.Device{
		NoiseKey: k.noise, IdentityKey: k.identity, SignedPreKey: k.signed,
		RegistrationID: k.registration, AdvSecretKey: k.adv,
	}
}

// shown is the next thing the client would show its user.
func shown(ctx context.Context, t *testing.T, codes <-chan whatsmeow.QRChannelItem) whatsmeow.QRChannelItem {
	t.Helper()
	select {
	case item := <-codes:
		return item
	case <-ctx.Done():
		t.Fatal("the client shows nothing")
		return whatsmeow.QRChannelItem{}
	}
}

func TestPairByQR(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	office := r.Account("6281300000001", AccountOptions{PushName: "Rabeg"})
	siti := person(ctx, t, r, "6281300000002", "Siti")
	b := dial(t, office, unpaired())
	codes := must[<-chan whatsmeow.QRChannelItem](t)(b.client().GetQRChannel(ctx))
	ok(t, b.client().Connect())
	code := shown(ctx, t, codes)
	if _, err := office.Scan(ctx, "https://wa.me/settings/linked_devices#x,eA==,eA==,eA==,1"); err == nil {
		t.Error("a QR code nobody shows was accepted")
	}
	if b.dev = uint16(must[int](t)(office.Scan(ctx, code.Code))); b.dev != 1 {
		t.Errorf("paired as device %d", b.dev)
	}
	if end := shown(ctx, t, codes); end != whatsmeow.QRChannelSuccess {
		t.Errorf("the channel ended with %+v", end)
	}
	event[*events.Connected](ctx, t, b)
	b.echo(t)
	must[string](t)(siti.Text(ctx, office.Phone(), "halo"))
	wantText(ctx, t, siti, "echo: halo")
}

func TestPairByCode(t *testing.T) {
	t.Parallel()
	ctx, r := start(t)
	office := r.Account("6281300000011", AccountOptions{PushName: "Rabeg"})
	b := dial(t, office, unpaired())
	ok(t, b.client().Connect())
	event[*events.QR](ctx, t, b)
	if _, err := b.client().PairPhone(ctx, office.Phone(), true, whatsmeow.PairClientChrome, "rabeg"); err == nil {
		t.Error("a client name WhatsApp does not take was accepted")
	}
	_ = must[string](t)(b.client().PairPhone(ctx, office.Phone(), true, whatsmeow.PairClientChrome, "Chrome (Linux)"))
	if _, err := office.EnterCode(ctx, "ABCD-EFGH"); err == nil {
		t.Error("a wrong code was accepted")
	}
	code := must[string](t)(b.client().PairPhone(ctx, office.Phone(), true, whatsmeow.PairClientChrome, "Chrome (Linux)"))
	if b.dev = uint16(must[int](t)(office.EnterCode(ctx, code))); b.dev != 1 {
		t.Errorf("paired as device %d", b.dev)
	}
	event[*events.PairSuccess](ctx, t, b)
	event[*events.Connected](ctx, t, b)
}

// A logged-out bot is paired again as another device; who has written to it
// before reaches the new one.
func TestPairAgainAfterLogout(t *testing.T) {
	t.Parallel()
	unsafeUnderRace(t, raceDelete)
	ctx, r := start(t)
	siti := person(ctx, t, r, "6281300000021", "Siti")
	old := bot(ctx, t, r, "6281300000022")
	str := must[string](t)
	str(siti.Text(ctx, old.Phone(), "satu"))
	wantText(ctx, t, old.Person, "satu")
	r.Ban(old.acct, LoggedOut)
	event[*events.LoggedOut](ctx, t, old)
	if devices := old.acct.Devices(); len(devices) != 1 {
		t.Errorf("devices left: %v", devices)
	}
	b := dial(t, old.acct, unpaired())
	ok(t, b.client().Connect())
	qr := event[*events.QR](ctx, t, b)
	if b.dev = uint16(must[int](t)(old.acct.Scan(ctx, qr.Codes[0]))); b.dev != 2 {
		t.Errorf("paired as device %d", b.dev)
	}
	event[*events.Connected](ctx, t, b)
	str(siti.Text(ctx, old.Phone(), "dua"))
	wantText(ctx, t, b.Person, "dua")
	str(b.Text(ctx, siti.Phone(), "diterima"))
	wantText(ctx, t, siti, "diterima")
	ok(t, b.client().Logout(ctx))
	if devices := old.acct.Devices(); len(devices) != 1 {
		t.Errorf("devices left after the client's own logout: %v", devices)
	}
}
