package app

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/session"
	"rabeg/internal/web"
)

// Config is what the program is told by flags and environment.
type Config struct {
	Profile  string `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government: serang, pandeglang, denpasar, banjarmasin, or a folder such as ./city."`
	Database string `arg:"--database-url,env:DATABASE_URL" help:"PostgreSQL, such as postgres://rabeg:secret@localhost:5432/rabeg; without it a private one is run."`
	Redis    string `arg:"--redis-url,env:REDIS_URL" help:"Redis, such as redis://localhost:6379/0; without it a private one is run."`
	Data     string `arg:"--data,env:RABEG_DATA" help:"Folder of what is private: PostgreSQL, Redis, photos. Default: /var/lib/rabeg for root, else ~/.local/state/rabeg."`
	Media    string `arg:"--media-url,env:MEDIA_URL" help:"Where photos are kept: file:///folder or s3://KEY:SECRET@host/bucket. Default: media in the data folder."`
	Listen   string `arg:"--listen,env:LISTEN" default:":8080" help:"Address of health and webhooks."`
	Metrics  string `arg:"--listen-metrics,env:LISTEN_METRICS" help:"Address of the metrics. Default: 127.0.0.1:9469, or a free port there where that is taken."`
	LogLevel string `arg:"--log-level,env:LOG_LEVEL" default:"info" help:"debug, info, warn or error."`
	Telegram
	WhatsApp
	Cloud
	OpenAI
	Public
	Open311
	Pace string `arg:"--pace,hidden" help:"off: no limit on sending; for measuring. network: its pace, on a local one too."`
}

// Telegram is how to reach Telegram.
type Telegram struct {
	Token         string `arg:"--telegram-token,env:TELEGRAM_TOKEN" help:"The bot's token from @BotFather."`
	APIURL        string `arg:"--telegram-api-url,env:TELEGRAM_API_URL" default:"https://api.telegram.org" help:"The Bot API server."`
	WebhookURL    string `arg:"--telegram-webhook-url,env:TELEGRAM_WEBHOOK_URL" help:"Public https address of this program ending in /webhook/telegram; empty: long polling."`
	WebhookSecret string `arg:"--telegram-webhook-secret,env:TELEGRAM_WEBHOOK_SECRET" help:"A secret of 16 to 256 letters, digits, - and _."`
	Desk          string `arg:"--telegram-desk,env:TELEGRAM_DESK" help:"Chat id of the operators' group, such as -1001234567890. Write /id in the group to learn it."`
}

// Wrong is a value that cannot be used: one line with the variable, what is wrong, and an example.
func Wrong(variable, what, example string) error {
	return said(fmt.Sprintf("%s: %s (example: %s)", variable, what, example))
}

var (
	tokenShape  = regexp.MustCompile(`^[0-9]{3,20}:[A-Za-z0-9_-]{4,80}$`)
	groupShape  = regexp.MustCompile(`^[0-9-]{10,40}@g\.us$`)
	phoneShape  = regexp.MustCompile(`^[1-9][0-9]{7,14}$`)
	secretShape = regexp.MustCompile(`^[A-Za-z0-9_-]{16,256}$`)
)

func known(name string) error {
	if err := profile.Known(name); err != nil {
		return Wrong("RABEG_PROFILE", err.Error(), "serang, or ./city")
	}
	return nil
}

// on is the settings with the stores that were opened for them.
func (c Config) on(s *Stores) Config {
	c.Database, c.Redis, c.Media = s.Database, s.Redis, s.Media
	return c
}

// Common are the settings that the governments of one program share: all but what only one of them can have.
func (c Config) Common() Config {
	c.Database, c.Media, c.Profile = "", "", ""
	c.Telegram = Telegram{APIURL: c.Telegram.APIURL}
	c.WhatsApp, c.Cloud = WhatsApp{}, Cloud{APIURL: c.Cloud.APIURL, Version: c.Version}
	c.Public, c.Open311 = Public{Client: c.Client}, Open311{}
	return c
}

// Shared says in one line which setting a program cannot be run with that serves several governments.
func (c Config) Shared() error {
	const where = "belongs to one government; with --governments it stands in the settings.env of its folder"
	for _, own := range [...]struct{ variable, value string }{
		{"TELEGRAM_TOKEN", c.Telegram.Token}, {"TELEGRAM_DESK", c.Telegram.Desk}, {"TELEGRAM_WEBHOOK_URL", c.WebhookURL}, {"TELEGRAM_WEBHOOK_SECRET", c.WebhookSecret},
		{"WHATSAPP_DESK", c.WhatsApp.Desk}, {"WHATSAPP_CLOUD_TOKEN", c.Cloud.Token}, {"WHATSAPP_CLOUD_PHONE_ID", c.Cloud.PhoneID},
		{"WHATSAPP_CLOUD_WABA_ID", c.Cloud.WABAID}, {"WHATSAPP_CLOUD_APP_SECRET", c.Cloud.AppSecret}, {"WHATSAPP_CLOUD_VERIFY_TOKEN", c.Cloud.VerifyToken},
		{"RABEG_PUBLIC_URL", c.URL},
	} {
		if own.value != "" {
			return Wrong(own.variable, where, "governments/serang/settings.env")
		}
	}
	for variable, on := range map[string]bool{"WHATSAPP_ENABLED": c.Enabled, "RABEG_OPEN311": c.Open311.Open311} {
		if on {
			return Wrong(variable, where, "governments/serang/settings.env")
		}
	}
	return c.stores()
}

// Check says in one line which setting serve cannot be run with.
func (c Config) Check() error { return c.check(web.HookOf("", "telegram")) }

// check checks the settings of a program that is called by Telegram at the path hook.
func (c Config) check(hook string) error {
	if err := known(c.Profile); err != nil {
		return err
	}
	if err := c.stores(); err != nil {
		return err
	}
	if err := c.WhatsApp.check(); err != nil {
		return err
	}
	if err := c.Cloud.check(); err != nil {
		return err
	}
	if err := cmp.Or(c.OpenAI.check(), c.Public.check()); err != nil {
		return err
	}
	if err := c.Open311.check(c.Public); err != nil {
		return err
	}
	if !c.onTelegram() {
		return nil
	}
	return c.Telegram.check(hook)
}

// stores says what is wrong with the settings of the stores, the log and the pace.
func (c Config) stores() error {
	if err := session.Check(c.Redis); c.Redis != "" && err != nil {
		return Wrong("REDIS_URL", err.Error(), exampleOf(c.Redis))
	}
	if u, err := url.Parse(c.Media); c.Media != "" && (err != nil || (u.Scheme != "file" && u.Scheme != "s3")) {
		return Wrong("MEDIA_URL", "begins with neither file:/// nor s3://", "file:///var/lib/rabeg/media")
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.LogLevel) {
		return Wrong("LOG_LEVEL", "is none of debug, info, warn, error", "info")
	}
	if !slices.Contains([]string{"", "network", "off"}, c.Pace) {
		return Wrong("--pace", "is neither network nor off", "--pace=off")
	}
	return nil
}

func (t Telegram) check(hook string) error {
	if t.Token == "" {
		return Wrong("TELEGRAM_TOKEN", "is missing; ask @BotFather for one, or serve WhatsApp alone: WHATSAPP_ENABLED=true and nothing of Telegram",
			"110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
	}
	if !tokenShape.MatchString(t.Token) {
		return Wrong("TELEGRAM_TOKEN", "is not shaped like a token", "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
	}
	if u, err := url.Parse(t.APIURL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return Wrong("TELEGRAM_API_URL", "is no web address", "https://api.telegram.org")
	}
	if t.WebhookURL != "" {
		u, err := url.Parse(t.WebhookURL)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return Wrong("TELEGRAM_WEBHOOK_URL", "is no web address", "https://rabeg.serangkota.go.id/webhook/telegram")
		}
		// Telegram would call where nobody listens. A proxy may lead another path here; that calls arrive is looked at while it is served.
		if strings.Trim(u.Path, "/") == "" || strings.Contains(u.Path, "/webhook/") && !strings.HasSuffix(u.Path, hook) {
			return Wrong("TELEGRAM_WEBHOOK_URL", "does not end in "+hook+", where this program listens", "https://"+u.Host+hook)
		}
		if !secretShape.MatchString(t.WebhookSecret) {
			return Wrong("TELEGRAM_WEBHOOK_SECRET", "must be 16 to 256 letters, digits, - or _", "make one with: openssl rand -hex 24")
		}
	}
	if t.Desk != "" {
		if n, err := strconv.ParseInt(t.Desk, 10, 64); err != nil || n >= 0 {
			return Wrong("TELEGRAM_DESK", "is no group's chat id: those are negative numbers", "-1001234567890")
		}
	}
	return nil
}

// desk is the operators' group, zero when none is set.
func (c Config) desk() bot.Address {
	switch {
	case c.WhatsApp.Desk != "":
		return bot.Address{Network: bot.WhatsApp, ID: c.WhatsApp.Desk}
	case c.Telegram.Desk != "":
		return bot.Address{Network: bot.Telegram, ID: c.Telegram.Desk}
	}
	return bot.Address{}
}
