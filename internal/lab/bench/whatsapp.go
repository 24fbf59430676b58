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
	relay, err := lab.WhatsApp(ctx)
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
	return b.callersTalk(ctx, p, people, office.LID(), dsn)
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

func (b *bench) callersTalk(ctx context.Context, p *product, people []*warelay.Person, to, dsn string) error {
	var l latencies
	before, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	began := time.Now()
	var g errgroup.Group
	for _, who := range people {
		g.Go(func() error { return call(ctx, who, to, &l) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	took := time.Since(began)
	after, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	n := len(l.all)
	b.line("questions answered", "%d in %.1f s (limit %.0f s: %.0f %%)", n, took.Seconds(), mostTalk.Seconds(), 100*took.Seconds()/mostTalk.Seconds())
	b.line("reply p50 / p99", "%.0f ms / %.0f ms", ms(l.at(.5)), ms(l.at(.99)))
	b.line("product's CPU per message", "%.2f ms", ms((after.cpu-before.cpu)/time.Duration(n)))
	b.line("product's memory", "%.0f MB at most; %.0f MB of its own after the load", float64(after.peak)/1e6, float64(after.own)/1e6)
	if err := p.end(); err != nil {
		return fmt.Errorf("the product ended badly: %w", err)
	}
	reports, reporters, err := countReports(ctx, dsn)
	if err != nil {
		return err
	}
	b.line("reports filed", "%d for %d people", reports, reporters)
	if reports != callers*rounds || reporters != callers {
		return fmt.Errorf("%d people told %d times each, %d reports of %d people were filed", callers, rounds, reports, reporters)
	}
	return nil
}

// call lets one person go through the steps, each after the answer to the one before.
func call(ctx context.Context, who *warelay.Person, to string, l *latencies) error {
	heard := 0
	for n := range rounds * len(asks) {
		began := time.Now()
		bounded, cancel := context.WithTimeout(ctx, time.Minute)
		err := asks[n%len(asks)](bounded, who, to, n/len(asks))
		if err == nil {
			_, err = who.Wait(bounded, func(in warelay.Inbox) bool {
				more := len(in.Messages) > heard
				heard = len(in.Messages)
				return more
			})
		}
		cancel()
		if err != nil {
			return fmt.Errorf("question %d got no answer: %w", n+1, err)
		}
		l.add(time.Since(began))
	}
	return nil
}
