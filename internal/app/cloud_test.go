package app

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
	"rabeg/internal/sim/cloudapi"
)

func goodCloud(s *cloudapi.Server) Cloud {
	return Cloud{
		Token: s.Token(), PhoneID: s.PhoneID(), WABAID: s.WABA(), AppSecret: s.AppSecret(), VerifyToken: s.VerifyToken(), APIURL: s.URL(), Version: s.Version(),
	}
}

func newMeta(t *testing.T) *cloudapi.Server {
	t.Helper()
	s := cloudapi.New(cloudapi.Options{})
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Each setting that is wrong is one line with its name and an example, and without its value.
func TestAWrongSettingOfTheCloudAPI(t *testing.T) {
	t.Parallel()
	const secret = "geheim geheim geheim"
	for name, spoil := range map[string]func(*Cloud){
		"WHATSAPP_CLOUD_TOKEN": func(c *Cloud) { c.Token = secret }, "WHATSAPP_CLOUD_PHONE_ID": func(c *Cloud) { c.PhoneID = "+62 811" + secret },
		"WHATSAPP_CLOUD_WABA_ID": func(c *Cloud) { c.WABAID = secret }, "WHATSAPP_CLOUD_APP_SECRET": func(c *Cloud) { c.AppSecret = secret },
		"WHATSAPP_CLOUD_VERIFY_TOKEN": func(c *Cloud) { c.VerifyToken = "kurz" }, "WHATSAPP_CLOUD_VERSION": func(c *Cloud) { c.Version = "25" },
		"WHATSAPP_CLOUD_API_URL": func(c *Cloud) { c.APIURL = secret },
	} {
		good := goodCloud(newMeta(t))
		if err := good.check(); err != nil {
			t.Fatal(err)
		}
		for _, c := range []Cloud{good, good} {
			spoil(&c)
			err := c.check()
			if err == nil || !strings.HasPrefix(err.Error(), name+": ") || !strings.Contains(err.Error(), "(example: ") ||
				strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if err := (Cloud{PhoneID: "106540352242922", APIURL: "https://graph.facebook.com"}).check(); err == nil || !strings.HasPrefix(err.Error(), "WHATSAPP_CLOUD_TOKEN: is missing") {
		t.Errorf("one setting alone: %v", err)
	}
	if err := (Cloud{APIURL: "https://graph.facebook.com", Version: "v25.0"}).check(); err != nil {
		t.Errorf("none at all: %v", err)
	}
}

// The doctor looks at all that Meta tells: token, number, who hears, the invitations, the version.
func TestTheDoctorLooksAtMeta(t *testing.T) {
	t.Parallel()
	s := newMeta(t)
	c := doctor{Config: Config{Cloud: goodCloud(s)}}
	visit := func() string {
		var out strings.Builder
		for _, f := range c.cloud(t.Context()) {
			show(&out, f)
		}
		return out.String()
	}
	says := func(when string, parts ...string) {
		t.Helper()
		got := visit()
		for _, p := range parts {
			if !strings.Contains(got, p) {
				t.Errorf("%s the doctor does not say %q:\n%s", when, p, got)
			}
		}
	}
	says("at first", "✓ WhatsApp Cloud token", "✓ WhatsApp Cloud number: +6281100000000, Rabeg, quality green", "✓ WhatsApp Cloud webhook", "✗ WhatsApp Cloud invitations: none is approved",
		"✓ WhatsApp Cloud version: v25.0")
	templates := func(submit bool) string {
		var out strings.Builder
		if err := WhatsAppTemplates(context.Background(), c.Config, submit, &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got := templates(false); strings.Count(got, "not handed in") != 3 {
		t.Errorf("before they are handed in: %s", got)
	}
	if got := templates(true); strings.Count(got, "handed in;") != 3 {
		t.Errorf("when they are handed in: %s", got)
	}
	s.ApproveAll()
	if got := templates(true); strings.Count(got, ": approved, utility") != 3 {
		t.Errorf("when they are approved: %s", got)
	}
	s.Decide("kabar_petugas", "PAUSED")
	says("without the one for leaders", "✗ WhatsApp Cloud invitations: the one for leaders and heads of offices is not approved")
	s.Decide("kabar_petugas", "APPROVED")
	says("with invitations", "✓ WhatsApp Cloud invitations: approved")
	s.Recategorise("kabar_laporan", "MARKETING")
	says("with a dearer invitation", "bills kabar_laporan as marketing")
	says("while all is well", "✓ WhatsApp Cloud sending: Meta says that messages can be sent")
	s.Unpaid(true)
	says("without payment", "✗ WhatsApp Cloud sending: Meta calls it blocked: waba 141006", "Billing")
	s.Unpaid(false)
	s.Subscribe(false)
	s.Register(false)
	says("deaf and unregistered", "✗ WhatsApp Cloud webhook: no app is subscribed", "✗ WhatsApp Cloud number: Meta calls it PENDING")
	var out strings.Builder
	if err := WhatsAppSubscribe(t.Context(), c.Config, &out); err != nil {
		t.Fatal(err)
	}
	says("subscribed", "✓ WhatsApp Cloud webhook")
	s.KillToken(true)
	says("with a dead token", "✗ WhatsApp Cloud token", "make a new token")
	if got := visit(); strings.Contains(got, s.Token()) || strings.Contains(got, s.AppSecret()) {
		t.Error("the doctor repeats a secret")
	}
}

// Who wrote within the day is answered with free words, whatever the machine's clock says, where somebody has told the right time.
func TestTheWindowGoesByTheRightTime(t *testing.T) {
	t.Parallel()
	store, err := postgres.New(t.Context(), postgres.Options{Pool: testdb.Pool(t, Migrate), Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	chat := func(id string) bot.Address { return bot.Address{Network: bot.WhatsAppCloud, ID: "ID." + id} }
	for _, wrong := range []time.Duration{48 * time.Hour, 0, -48 * time.Hour} {
		right := time.Now().Add(-wrong)
		for id, ago := range map[string]time.Duration{"lately": time.Hour, "longago": 25 * time.Hour} {
			if err := store.Windows(bot.WhatsAppCloud).Met(t.Context(), chat(id).ID, "", right.Add(-ago)); err != nil {
				t.Fatal(err)
			}
		}
		log := slog.New(slog.DiscardHandler)
		a := &App{cfg: Config{Cloud: goodCloud(newMeta(t))}, Store: store, hub: &Hub{}, log: log,
			clock: newClock(time.Now, false, log)}
		if err := a.joinCloud(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(a.cloud.Close)
		a.clock.database(right)
		for id, want := range map[string]bool{"lately": false, "longago": true} {
			if cold, err := a.cloud.Cold(t.Context(), chat(id)); err != nil || cold != want {
				t.Errorf("the machine's clock is wrong by %v: who wrote %s gets an invitation: %v (%v)", wrong, id, cold, err)
			}
		}
	}
}

// A version of Meta's API that ends soon, or has ended, is told of; of one whose end is not known that is said.
func TestHowLongAVersionIsServed(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		version string
		now     time.Time
		err     string
		saw     string
	}{
		{"v25.0", now, "", "v25.0"},
		{"v25.0", time.Date(2028, 5, 30, 0, 0, 0, 0, time.UTC), "v25.0 ends in 60 days", ""},
		{"v21.0", now, "v21.0 ends in 53 days", ""},
		{"v21.0", now.AddDate(1, 0, 0), "v21.0 has ended on 2027-01-21", ""},
		{"v26.0", now, "", "not known here"},
	} {
		d := doctor{Config: Config{Cloud: Cloud{Version: c.version}}}
		f := d.version(c.now)
		got := ""
		if f.err != nil {
			got = f.err.Error()
		}
		if got != c.err || !strings.Contains(f.saw, c.saw) {
			t.Errorf("%s is %q, %q; want %q", c.version, got, f.saw, c.err)
		}
	}
}
