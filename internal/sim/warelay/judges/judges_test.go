package judges

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rabeg/internal/sim/warelay"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// limit covers npm's first download; the conversation takes a second.
const limit = 3 * time.Minute

func judge(ctx context.Context, t *testing.T, r *warelay.Relay, office *warelay.Account) *Baileys {
	t.Helper()
	b, err := Start(ctx, r)
	if errors.Is(err, ErrMissing) && os.Getenv("CI_MUST") != "1" {
		t.Skipf("the independent client has not judged: %v", err)
	}
	ok(t, err)
	t.Cleanup(b.Stop)
	qr, err := b.Wait(ctx, func(e Event) bool { return e.Ev == "qr" })
	ok(t, err)
	if _, err = office.Scan(ctx, qr.QR); err != nil {
		t.Fatalf("scan: %v; said %+v", err, b.Events())
	}
	if _, err = b.Wait(ctx, func(e Event) bool { return e.Ev == "open" }); err != nil {
		t.Fatalf("log in: %v; said %+v", err, b.Events())
	}
	return b
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestBaileys lets a client of other hands pair by QR and talk with a
// whatsmeow client, to and fro, direct and in groups of both families.
func TestBaileys(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	r, err := warelay.New(warelay.Options{})
	ok(t, err)
	r.Trust()
	ok(t, r.Start(ctx))
	t.Cleanup(r.Close)
	siti, err := r.Person(ctx, "6281900000001", "Siti")
	ok(t, err)
	office := r.Account("6281900000002", warelay.AccountOptions{PushName: "Kantor"})
	b := judge(ctx, t, r, office)
	begin := time.Now()

	direct(ctx, t, b, siti, office)
	for _, byPhone := range []bool{false, true} {
		g, err := r.Group("Meja", siti.Account(), office)
		ok(t, err)
		g.SetByPhone(byPhone)
		group(ctx, t, b, siti, g)
	}
	groups, err := b.Groups(ctx)
	ok(t, err)
	if len(groups) != 2 || groups[0].Size != 2 || groups[0].Subject != "Meja" {
		t.Errorf("the judge is in %+v", groups)
	}
	for _, stored := range r.StoredMedia() {
		if bytes.Contains(stored, []byte("picture")) {
			t.Error("the relay holds a picture in the clear")
		}
	}
	for _, s := range r.Trace() {
		if s.Tag == "receipt" && s.Type == "retry" {
			t.Errorf("a message was not understood at once: %+v", s)
		}
	}
	t.Logf("the judge agrees after %v", time.Since(begin).Round(time.Millisecond))
}

// hears waits until the judge has got a message.
func hears(ctx context.Context, t *testing.T, b *Baileys, what string, match func(Event) bool) Event {
	t.Helper()
	e, err := b.Wait(ctx, func(e Event) bool { return e.Ev == "message" && match(e) })
	if err != nil {
		t.Fatalf("the judge has not got %s: %v; said %+v", what, err, b.Events())
	}
	return e
}

func gets(ctx context.Context, t *testing.T, p *warelay.Person, what string, match func(warelay.Received) bool) warelay.Received {
	t.Helper()
	m, err := p.Next(ctx, match)
	if err != nil {
		t.Fatalf("%s has not come: %v; inbox %+v", what, err, p.Inbox())
	}
	return m
}

func direct(ctx context.Context, t *testing.T, b *Baileys, siti *warelay.Person, office *warelay.Account) {
	t.Helper()
	to := siti.Phone() + "@s.whatsapp.net"
	asked, err := siti.Text(ctx, office.Phone(), "lampu mati")
	ok(t, err)
	e := hears(ctx, t, b, "a text", func(e Event) bool { return e.Text == "lampu mati" })
	if e.ID != asked || e.Name != "Siti" {
		t.Errorf("text came as %+v", e)
	}
	_, err = b.Reply(ctx, e, "di mana?")
	ok(t, err)
	answer := gets(ctx, t, siti, "the reply", func(m warelay.Received) bool { return m.Text == "di mana?" })
	if answer.Quoted != asked {
		t.Errorf("the reply quotes %q", answer.Quoted)
	}
	ok(t, b.Read(ctx, e))
	_, err = siti.Wait(ctx, func(in warelay.Inbox) bool {
		for _, rc := range in.Receipts {
			if rc.Kind == "read" && rc.IDs[0] == asked {
				return true
			}
		}
		return false
	})
	ok(t, err)

	picture := bytes.Repeat([]byte("picture "), 3000)
	sum := sha256.Sum256(picture)
	_, err = siti.Image(ctx, office.Phone(), picture, "foto tiang")
	ok(t, err)
	e = hears(ctx, t, b, "an image", func(e Event) bool { return e.Kind == "image" })
	if e.SHA256 != hex.EncodeToString(sum[:]) || e.Text != "foto tiang" {
		t.Errorf("image came as %+v", e)
	}
	_, err = b.Image(ctx, to, picture, "balasan")
	ok(t, err)
	m := gets(ctx, t, siti, "the image", func(m warelay.Received) bool { return m.Kind == "image" })
	data, err := siti.Media(ctx, m)
	ok(t, err)
	if !bytes.Equal(data, picture) || m.Text != "balasan" {
		t.Errorf("image came out different, caption %q", m.Text)
	}
	_, err = siti.Location(ctx, office.Phone(), -6.12, 106.15, "")
	ok(t, err)
	if e = hears(ctx, t, b, "a location", func(e Event) bool { return e.Kind == "location" }); e.Lat != -6.12 || e.Lon != 106.15 {
		t.Errorf("location came as %+v", e)
	}
	_, err = b.Location(ctx, to, -6.11, 106.14)
	ok(t, err)
	if m = gets(ctx, t, siti, "the location", func(m warelay.Received) bool { return m.Kind == "location" }); m.Lat != -6.11 {
		t.Errorf("location came as %+v", m)
	}
}

func group(ctx context.Context, t *testing.T, b *Baileys, siti *warelay.Person, g *warelay.Group) {
	t.Helper()
	asked, err := siti.Text(ctx, g.ID(), "laporan baru")
	ok(t, err)
	e := hears(ctx, t, b, "a group text", func(e Event) bool { return e.ID == asked && e.Text == "laporan baru" })
	if e.Chat != g.ID() || !strings.Contains(siti.LID()+" "+siti.Phone()+"@s.whatsapp.net", e.From) {
		t.Errorf("group text came as %+v", e)
	}
	said, err := b.Reply(ctx, e, "/ambil")
	ok(t, err)
	m := gets(ctx, t, siti, "the command", func(m warelay.Received) bool { return m.ID == said && m.Text == "/ambil" })
	if m.Chat != g.ID() || m.Quoted != asked {
		t.Errorf("the command came as %+v", m)
	}
	said, err = b.React(ctx, e, "👍")
	ok(t, err)
	if m = gets(ctx, t, siti, "the reaction", func(m warelay.Received) bool { return m.ID == said }); m.Target != asked {
		t.Errorf("the reaction came as %+v", m)
	}
	said, err = b.Poll(ctx, g.ID(), "Setuju?", "ya", "tidak")
	ok(t, err)
	if m = gets(ctx, t, siti, "the poll", func(m warelay.Received) bool { return m.ID == said }); m.Kind != "poll" || len(m.Options) != 2 {
		t.Errorf("the poll came as %+v", m)
	}
}

// The lock file names no registry, so that npm asks the one it is set up for.
func TestLockNamesNoRegistry(t *testing.T) {
	t.Parallel()
	lock, err := os.ReadFile("package-lock.json")
	ok(t, err)
	if bytes.Contains(lock, []byte(`"resolved"`)) {
		t.Error("package-lock.json names a registry: write it with omit-lockfile-registry-resolved")
	}
}
