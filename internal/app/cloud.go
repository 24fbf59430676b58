package app

import (
	"context"
	"fmt"
	mathrand "math/rand/v2"
	"net/url"
	"regexp"
	"time"

	"rabeg/bot"
	"rabeg/bot/whatsappcloud"
	"rabeg/internal/outbox"
)

// Cloud is how to be on WhatsApp the official way, through Meta's Cloud API.
type Cloud struct {
	Token       string `arg:"--whatsapp-cloud-token,env:WHATSAPP_CLOUD_TOKEN" help:"A system user's token of Meta's WhatsApp Cloud API: the official way, beside the linked phone or in its place."`
	PhoneID     string `arg:"--whatsapp-cloud-phone-id,env:WHATSAPP_CLOUD_PHONE_ID" help:"The id of the number there, digits; not the number itself."`
	WABAID      string `arg:"--whatsapp-cloud-waba-id,env:WHATSAPP_CLOUD_WABA_ID" help:"The id of the WhatsApp Business account."`
	AppSecret   string `arg:"--whatsapp-cloud-app-secret,env:WHATSAPP_CLOUD_APP_SECRET" help:"The secret of the Meta app, which signs what Meta sends."`
	VerifyToken string `arg:"--whatsapp-cloud-verify-token,env:WHATSAPP_CLOUD_VERIFY_TOKEN" help:"A secret of 16 to 256 letters, digits, - and _, which is typed at Meta beside the address …/webhook/whatsapp."`
	APIURL      string `arg:"--whatsapp-cloud-api-url,env:WHATSAPP_CLOUD_API_URL" default:"https://graph.facebook.com" help:"The Graph API."`
	Version     string `arg:"--whatsapp-cloud-version,env:WHATSAPP_CLOUD_VERSION" default:"v25.0" help:"The version of the Graph API."`
}

// on reports whether the Cloud API is served: it is when any of its settings is there.
func (c Cloud) on() bool {
	return c.Token != "" || c.PhoneID != "" || c.WABAID != "" || c.AppSecret != "" || c.VerifyToken != ""
}

var (
	cloudToken   = regexp.MustCompile(`^[!-~]{16,1000}$`)
	cloudID      = regexp.MustCompile(`^[0-9]{5,30}$`)
	cloudSecret  = regexp.MustCompile(`^[0-9a-f]{32}$`)
	cloudVersion = regexp.MustCompile(`^v[0-9]{1,3}\.[0-9]$`)
)

func (c Cloud) check() error {
	if !c.on() {
		return nil
	}
	for _, s := range []struct {
		name, value, wrong, example string
		shape                       *regexp.Regexp
	}{
		{"WHATSAPP_CLOUD_TOKEN", c.Token, "is not shaped like a token of a system user", "EAAG… (Business settings → System users → Generate token)", cloudToken},
		{"WHATSAPP_CLOUD_PHONE_ID", c.PhoneID, "is no id of a number: those are digits, and not the number itself", "106540352242922", cloudID},
		{"WHATSAPP_CLOUD_WABA_ID", c.WABAID, "is no id of an account: those are digits", "102290129340398", cloudID},
		{"WHATSAPP_CLOUD_APP_SECRET", c.AppSecret, "is not 32 characters of 0-9 and a-f", "App settings → Basic → App secret", cloudSecret},
		{"WHATSAPP_CLOUD_VERIFY_TOKEN", c.VerifyToken, "must be 16 to 256 letters, digits, - or _", "make one with: openssl rand -hex 24", secretShape},
		{"WHATSAPP_CLOUD_VERSION", c.Version, "is no version of the Graph API", whatsappcloud.DefaultVersion, cloudVersion},
	} {
		switch {
		case s.value == "":
			return Wrong(s.name, "is missing; the Cloud API needs all of TOKEN, PHONE_ID, WABA_ID, APP_SECRET and VERIFY_TOKEN", s.example)
		case !s.shape.MatchString(s.value):
			return Wrong(s.name, s.wrong, s.example)
		}
	}
	if u, err := url.Parse(c.APIURL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return Wrong("WHATSAPP_CLOUD_API_URL", "is no web address", whatsappcloud.DefaultAPI)
	}
	return nil
}

func (c Cloud) options() whatsappcloud.Options {
	return whatsappcloud.Options{
		Token: c.Token, PhoneID: c.PhoneID, WABA: c.WABAID, AppSecret: c.AppSecret, VerifyToken: c.VerifyToken, APIURL: c.APIURL,
		Version: c.Version, Now: time.Now, Rand: mathrand.Float64,
	}
}

// cloudPace is what Meta's limits leave: 80 a second both ways together, and to one person 45 at once and then one in six
// seconds.
func cloudPace() outbox.Pace {
	return outbox.Pace{PerSecond: 60, Burst: 10, ChatPerSecond: 1.0 / 6, ChatBurst: 40}
}

// settle is how long the first message of a quiet chat waits for one that was sent before it: Meta keeps no order.
const settle = 200 * time.Millisecond

// joinCloud makes the channel of the Cloud API.
func (a *App) joinCloud() (err error) {
	o, v, name := a.cfg.Cloud.options(), newVital(a.steady()), string(bot.WhatsAppCloud)
	o.Lanes = a.opts.Beside.atOnce()
	o.Now = a.clock.now // Meta says by the right time when somebody wrote
	o.Memory, o.Opener, o.Log, o.Settle, o.Courtesies = a.Store.Windows(bot.WhatsAppCloud), a.keeper, a.log, settle, true
	if a.opts.Hasty {
		o.Settle = 0
	}
	o.Park = func(ctx context.Context, ev bot.Event, cause error) error {
		return a.engine.Park(ctx, ev, cause, a.healthy)
	}
	o.OnUnknown = func(kind string) { a.metrics.Unknown(name, kind) }
	o.OnFault = func(kind string) {
		a.metrics.Fault(name, kind)
		if kind == "network" {
			v.fails()
		}
	}
	o.OnReach, o.OnTrouble = v.reaches, a.hub.troubled
	o.OnDelivered = func(ctx context.Context, ref bot.MessageRef, category string, at time.Time) error {
		fresh, err := a.Store.Delivered(ctx, ref, category, at.In(a.Profile.Location()))
		if fresh {
			a.metrics.Delivered(name, category)
		}
		return err
	}
	if a.cloud, err = whatsappcloud.New(o); err != nil {
		return err
	}
	a.later(a.cloud.Close)
	a.hub.links = append(a.hub.links, &link{Channel: a.cloud, pace: cloudPace(), vital: v})
	return nil
}

// troubled tells the desk that Meta takes nothing until somebody acts, once an hour at most; and lets what waited go when it
// does again.
func (h *Hub) troubled(t whatsappcloud.Trouble) {
	l := h.link(bot.WhatsAppCloud)
	if t == whatsappcloud.None {
		h.log.Info("whatsapp cloud: letters are taken again")
		if l != nil && l.sender != nil {
			l.sender.Resume()
		}
		return
	}
	h.log.Error("whatsapp cloud: nothing is taken until somebody acts", "trouble", string(t))
	now := time.Now().UTC()
	text := troubleText(t)
	if h.desk.at.Load() == nil || h.Desk().Zero() {
		return
	}
	go h.stands(func() { h.tell(fmt.Sprintf("alarm:cloud:%s:%s", t, now.Format("2006-01-02T15")), text, now) })
}

// troubleText says what is wrong and what to do.
func troubleText(t whatsappcloud.Trouble) string {
	const kept = " Kiriman ditahan, tidak ada yang hilang."
	switch t {
	case whatsappcloud.Token:
		return "Meta menolak token WhatsApp resmi." + kept + " Buat token baru (Business settings → System users), pasang sebagai WHATSAPP_CLOUD_TOKEN, lalu jalankan ulang program."
	case whatsappcloud.Permission:
		return "Token WhatsApp resmi tidak boleh mengirim." + kept + " Beri system user izin whatsapp_business_messaging dan whatsapp_business_management."
	case whatsappcloud.Restricted:
		return "Meta membatasi akun WhatsApp resmi." + kept + " Lihat alasannya di Business Support Home dan ajukan peninjauan; sementara itu hubungi warga dengan cara lain."
	case whatsappcloud.Payment:
		return "Akun WhatsApp resmi tidak punya cara bayar yang berlaku." + kept + " Perbaiki di WhatsApp Manager → Billing."
	case whatsappcloud.Number:
		return "Nomor WhatsApp resmi belum terdaftar, atau namanya belum disetujui." + kept + " Lihat di WhatsApp Manager → Phone numbers; rabeg doctor menyebut keadaannya."
	case whatsappcloud.Spam:
		return "Meta memperlambat kiriman WhatsApp resmi karena ada warga yang melaporkannya." + kept + " Kurangi kabar yang tidak diminta."
	case whatsappcloud.Templates:
		return "Templat ajakan WhatsApp resmi dijeda atau dimatikan Meta. Kabar untuk warga, atau untuk pimpinan dan kepala kantor, yang diam lebih dari 24 jam menunggu sampai mereka menulis. Lihat: rabeg whatsapp templates."
	default:
		return "WhatsApp resmi bermasalah." + kept + " Jalankan: rabeg doctor."
	}
}
