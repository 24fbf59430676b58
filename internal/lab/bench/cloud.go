package bench

import (
	"context"
	"fmt"

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
	people := make([]asker, residents)
	for i := range people {
		people[i] = resident{meta.Person("Warga", fmt.Sprintf("62814%08d", i+1), i%2 == 0)}
	}
	return b.askers(ctx, p, dsn, people, asked{steps: len(stages), each: 1})
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

// resident goes through the steps.
type resident struct{ *cloudapi.Person }

func (r resident) ask(_ context.Context, n int) error {
	_, err := r.Send(stages[n](r.Person))
	return err
}

func (r resident) hear(ctx context.Context, ok func(messages int) bool) error {
	_, err := r.Wait(ctx, func(all []cloudapi.Shown) bool { return ok(len(all)) })
	return err
}
