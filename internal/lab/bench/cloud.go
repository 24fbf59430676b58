package bench

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/cloudapi"
)

// residents is how many people talk, each once through the five steps: a thousand questions in all.
const residents = 200

// measureCloud lets two hundred people on the official WhatsApp ask a thousand questions, each after the answer to the one before.
// Each message of ours costs three calls of Meta back: that it was taken, that it arrived; and one that marks theirs as read.
func (b *bench) measureCloud(ctx context.Context) error {
	b.head("%d people on the official WhatsApp, %d questions, each after the answer to the one before", residents, residents*len(stages))
	dsn, err := b.database(ctx, "cloud", 4)
	if err != nil {
		return err
	}
	api := botapi.New(botapi.Options{KeepHistory: 40, KeepEvents: 100})
	if err := api.Start("127.0.0.1:0"); err != nil {
		return fmt.Errorf("start the local Bot API: %w", err)
	}
	defer api.Close()
	api.Group(-1001, "Meja", false)
	meta := cloudapi.New(cloudapi.Options{Unlimited: true})
	if err := meta.Start("127.0.0.1:0"); err != nil {
		return err
	}
	defer meta.Close()
	exe, err := b.rabeg()
	if err != nil {
		return err
	}
	p, err := b.product(ctx, exe, api, "cloud", dsn, "off", 4, "WHATSAPP_CLOUD_TOKEN="+meta.Token(), "WHATSAPP_CLOUD_PHONE_ID="+meta.PhoneID(),
		"WHATSAPP_CLOUD_WABA_ID="+meta.WABA(), "WHATSAPP_CLOUD_APP_SECRET="+meta.AppSecret(), "WHATSAPP_CLOUD_VERIFY_TOKEN="+meta.VerifyToken(),
		"WHATSAPP_CLOUD_API_URL="+meta.URL())
	if err != nil {
		return err
	}
	b.line("ready after", "%.2f s", p.ready.Seconds())
	if err := meta.SetHook(ctx, "http://"+p.addr+"/webhook/whatsapp"); err != nil {
		return err
	}
	people := make([]*cloudapi.Person, residents)
	for i := range people {
		people[i] = meta.Person("Warga", fmt.Sprintf("62814%08d", i+1), i%2 == 0)
	}
	return b.residentsTalk(ctx, p, people, dsn)
}

// stages are the five steps of the dialogue, on the official WhatsApp.
var stages = [...]func(*cloudapi.Person) cloudapi.Out{ //nolint:gochecknoglobals // a constant table
	telling("halo"),
	func(p *cloudapi.Person) cloudapi.Out {
		text, _, _ := lamp(p.ID())
		return cloudapi.Out{Text: text}
	},
	func(p *cloudapi.Person) cloudapi.Out {
		_, lat, lon := lamp(p.ID())
		return cloudapi.Out{Location: &cloudapi.Place{Lat: lat, Lon: lon}}
	},
	telling("warga sudah lama menunggu perbaikannya"),
	telling("kirim"),
}

func telling(text string) func(*cloudapi.Person) cloudapi.Out {
	return func(*cloudapi.Person) cloudapi.Out { return cloudapi.Out{Text: text} }
}

func (b *bench) residentsTalk(ctx context.Context, p *product, people []*cloudapi.Person, dsn string) error {
	var l latencies
	before, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	began := time.Now()
	var g errgroup.Group
	for _, who := range people {
		g.Go(func() error { return reside(ctx, who, &l) })
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
	b.line("questions answered", "%d in %.1f s (%.0f a second)", n, took.Seconds(), float64(n)/took.Seconds())
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
	if reports != residents || reporters != residents {
		return fmt.Errorf("%d people told, %d reports of %d people were filed", residents, reports, reporters)
	}
	return nil
}

// reside lets one person go through the steps, each after the answer to the one before.
func reside(ctx context.Context, who *cloudapi.Person, l *latencies) error {
	heard := 0
	for n := range stages {
		began := time.Now()
		bounded, cancel := context.WithTimeout(ctx, time.Minute)
		_, err := who.Send(stages[n](who))
		if err == nil {
			_, err = who.Wait(bounded, func(all []cloudapi.Shown) bool {
				more := len(all) > heard
				heard = len(all)
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
