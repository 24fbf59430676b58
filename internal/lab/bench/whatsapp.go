package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/bot/whatsapp"
	"rabeg/internal/lab"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

const (
	callers = 100
	// rounds is how often each of them goes through the five steps: a thousand questions in all.
	rounds = 2
	// mostOnline and mostTalk are what it may take.
	mostOnline = 2 * time.Second
	mostTalk   = 10 * time.Second
)

// measureWhatsApp lets a hundred people with WhatsApp come online and ask a thousand questions, each after the answer to
// the one before, encrypted on the whole way.
func (b *bench) measureWhatsApp(ctx context.Context) error {
	b.head("%d people on WhatsApp, %d questions, each after the answer to the one before", callers, callers*rounds*len(asks))
	dsn, err := b.database(ctx, "whatsapp", 3)
	if err != nil {
		return err
	}
	relay, err := lab.WhatsApp(ctx, nil)
	if err != nil {
		return err
	}
	defer relay.Close()
	office := relay.Account("6281200000001", warelay.AccountOptions{PushName: "Rabeg"})
	file, err := b.linked(ctx, dsn, relay, office)
	if err != nil {
		return err
	}
	api := botapi.New(botapi.Options{KeepHistory: 40, KeepEvents: 100})
	if err := api.Start("127.0.0.1:0"); err != nil {
		return fmt.Errorf("start the local Bot API: %w", err)
	}
	defer api.Close()
	api.Group(-1001, "Meja", false)
	// The shipped program trusts no local WhatsApp; this one does.
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	p, err := b.product(ctx, self, api, "whatsapp", dsn, "off", 3, "WHATSAPP_ENABLED=true", "RABEG_WHATSAPP_LOCAL="+file)
	if err != nil {
		return err
	}
	b.line("ready after", "%.2f s", p.ready.Seconds())
	began := time.Now()
	people, err := phones(ctx, relay)
	if err != nil {
		return err
	}
	online := time.Since(began)
	b.line("people online", "%d in %.1f s (limit %.0f s: %.0f %%)", callers, online.Seconds(), mostOnline.Seconds(), 100*online.Seconds()/mostOnline.Seconds())
	defer func() {
		for _, who := range people {
			who.Disconnect()
		}
	}()
	list := make([]asker, len(people))
	for i, who := range people {
		list[i] = caller{who, office.LID()}
	}
	return b.askers(ctx, p, dsn, list, asked{steps: rounds * len(asks), each: rounds, most: mostTalk})
}

// linked links the office's device to the relay and writes down how the product reaches it.
func (b *bench) linked(ctx context.Context, dsn string, relay *warelay.Relay, office *warelay.Account) (file string, err error) {
	db, err := whatsapp.OpenDB(dsn, "")
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	ch, err := whatsapp.New(ctx, whatsapp.Options{DB: db})
	if err != nil {
		return "", err
	}
	if _, err := relay.Provision(ctx, office, ch.Devices()); err != nil {
		return "", fmt.Errorf("link the local WhatsApp: %w", err)
	}
	raw, err := json.Marshal(relay.Reach())
	if err != nil {
		return "", fmt.Errorf("write down the local WhatsApp: %w", err)
	}
	file = filepath.Join(b.dir, "relay.json")
	return file, os.WriteFile(file, raw, 0o600)
}

// phones lets everybody come online at once.
func phones(ctx context.Context, relay *warelay.Relay) ([]*warelay.Person, error) {
	people := make([]*warelay.Person, callers)
	var g errgroup.Group
	g.SetLimit(8) // more at once only wait for the cores
	for i := range people {
		g.Go(func() (err error) {
			people[i], err = relay.Person(ctx, fmt.Sprintf("62813%08d", i+1), "Warga")
			return err
		})
	}
	return people, g.Wait()
}

// asks are the five steps of the dialogue, on WhatsApp. Who tells of a second lamp is asked whether it is the first: the second round is
// about what concerns nobody else.
var asks = [...]func(ctx context.Context, p *warelay.Person, to string, round int) error{ //nolint:gochecknoglobals // a constant table
	asking("halo"),
	func(ctx context.Context, p *warelay.Person, to string, round int) error {
		text, _, _ := lamp(p.LID())
		if round > 0 {
			text = strings.Replace(text, "lampu pju mati dari kemarin, jalan gelap sekali, tiang", "ktp saya belum jadi sudah tiga bulan, antrean nomor", 1)
		}
		_, err := p.Text(ctx, to, text)
		return err
	},
	func(ctx context.Context, p *warelay.Person, to string, round int) error {
		_, lat, lon := lamp(fmt.Sprint(p.LID(), round))
		_, err := p.Location(ctx, to, lat, lon, "")
		return err
	},
	asking("warga sudah lama menunggu perbaikannya"),
	asking("kirim"),
}

func asking(text string) func(context.Context, *warelay.Person, string, int) error {
	return func(ctx context.Context, p *warelay.Person, to string, _ int) error {
		_, err := p.Text(ctx, to, text)
		return err
	}
}

// caller goes through the steps, round after round.
type caller struct {
	*warelay.Person
	to string
}

func (c caller) ask(ctx context.Context, n int) error {
	return asks[n%len(asks)](ctx, c.Person, c.to, n/len(asks))
}

func (c caller) hear(ctx context.Context, ok func(messages int) bool) error {
	_, err := c.Wait(ctx, func(in warelay.Inbox) bool { return ok(len(in.Messages)) })
	return err
}
