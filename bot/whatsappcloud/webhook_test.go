package whatsappcloud_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/whatsappcloud"
	"rabeg/internal/sim/cloudapi"
)

const oneMessage = `{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"770100000000001"},` +
	`"messages":[{"id":"wamid.A","from":"6281211100","from_user_id":"ID.7KqZ","timestamp":"1795000000","type":"text","text":{"body":"rahasia sekali"}}]}}]}]}`

// What the webhook answers. Only what was handled is answered 200, and nothing that was signed and cannot be read comes for a week.
func TestWebhookAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		method, body string
		sign         string // "": right
		fail, idle   bool
		status       int
		handled      int32
	}{
		"good":             {"POST", oneMessage, "", false, false, 200, 1},
		"put":              {"PUT", oneMessage, "", false, false, 405, 0},
		"no signature":     {"POST", oneMessage, "none", false, false, 401, 0},
		"wrong signature":  {"POST", oneMessage, "sha256=" + strings.Repeat("0", 64), false, false, 401, 0},
		"not JSON":         {"POST", "hello", "", false, false, 200, 0},
		"empty":            {"POST", "", "", false, false, 200, 0},
		"a list":           {"POST", "[]", "", false, false, 200, 0},
		"nothing in it":    {"POST", "{}", "", false, false, 200, 0},
		"three megabytes":  {"POST", `{"x":"` + strings.Repeat("a", 3<<20-100) + `"}`, "", false, false, 200, 0},
		"more than that":   {"POST", `{"x":"` + strings.Repeat("a", 4<<20) + `"}`, "", false, false, 413, 0},
		"it cannot be now": {"POST", oneMessage, "", true, false, 503, 0},
		"nothing runs":     {"POST", oneMessage, "", false, true, 503, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, cloudapi.Options{})
			o := s.options()
			o.WebhookWait = 30 * time.Millisecond
			ch, err := whatsappcloud.New(o)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(ch.Close)
			var handled atomic.Int32
			if !c.idle {
				ch = running(t, o, func(context.Context, bot.Event) error {
					if c.fail {
						return errors.New("no")
					}
					handled.Add(1)
					return nil
				})
			}
			sign := c.sign
			if sign == "" {
				sign = s.Sign([]byte(c.body))
			}
			if got := posted(ch, c.method, c.body, sign); got != c.status || handled.Load() != c.handled {
				t.Errorf("answers %d and hands on %d events", got, handled.Load())
			}
		})
	}
}

// running makes a channel that runs until the test is over.
func running(t *testing.T, o whatsappcloud.Options, h bot.Handler) *whatsappcloud.Channel {
	t.Helper()
	reached := make(chan struct{})
	o.OnReach = sync.OnceFunc(func() { close(reached) })
	ch, err := whatsappcloud.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() { defer close(over); _ = ch.Run(ctx, h) }()
	t.Cleanup(func() { cancel(); <-over; ch.Close() })
	<-reached
	return ch
}

func posted(ch http.Handler, method, body, sign string) int {
	r := httptest.NewRequestWithContext(context.Background(), method, "/webhook/whatsapp", strings.NewReader(body))
	r.Header.Set("X-Hub-Signature-256", sign)
	w := httptest.NewRecorder()
	ch.ServeHTTP(w, r)
	return w.Code
}

func TestVerification(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	ch, err := whatsappcloud.New(s.options())
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"hub.mode=subscribe&hub.challenge=158201&hub.verify_token=" + s.VerifyToken():   "158201",
		"hub.mode=subscribe&hub.challenge=158201&hub.verify_token=x":                    "",
		"hub.mode=subscribe&hub.challenge=158201":                                       "",
		"hub.mode=unsubscribe&hub.challenge=158201&hub.verify_token=" + s.VerifyToken(): "",
		"": "",
	} {
		w := httptest.NewRecorder()
		ch.ServeHTTP(w, httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/webhook/whatsapp?"+query, http.NoBody))
		if w.Body.String() != want || (want == "") != (w.Code == http.StatusForbidden) {
			t.Errorf("%s is answered %d %q", query, w.Code, w.Body)
		}
	}
}

// One message that can never be handled is set aside; the others of its call are handled, and the call is over.
func TestOneBadMessageDoesNotHoldItsCall(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	var parked, handled atomic.Int32
	o := s.options()
	o.WebhookWait, o.ParkAfter = 20*time.Second, 20*time.Millisecond
	o.Park = func(context.Context, bot.Event, error) error { parked.Add(1); return nil }
	ch := running(t, o, func(_ context.Context, ev bot.Event) error {
		if ev.ID == "wac:wamid.A" {
			panic("always")
		}
		handled.Add(1)
		return nil
	})
	body := strings.Replace(oneMessage, `"text":{"body":"rahasia sekali"}}]`, `"text":{"body":"a"}},{"id":"wamid.B","from_user_id":"ID.OTHER","timestamp":"1795000001","type":"text","text":{"body":"b"}}]`, 1)
	if got := posted(ch, "POST", body, s.Sign([]byte(body))); got != 200 || parked.Load() != 1 || handled.Load() != 1 {
		t.Errorf("answers %d, %d set aside, %d handled", got, parked.Load(), handled.Load())
	}
}

// Nothing that is secret or somebody's stands in the log, whatever goes wrong.
func TestTheLogHoldsNothingPrivate(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	var mu sync.Mutex
	var log bytes.Buffer
	parked := make(chan struct{})
	o := s.options()
	o.Log = slog.New(slog.NewTextHandler(locked{&mu, &log}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o.ParkAfter = time.Millisecond
	o.Park = func(context.Context, bot.Event, error) error { close(parked); return nil }
	c := running(t, o, func(context.Context, bot.Event) error { panic("rahasia sekali") })
	web := httptest.NewServer(c)
	t.Cleanup(web.Close)
	s.PointHook(web.URL)
	p := s.phone(false)
	if _, err := p.p.Send(cloudapi.Out{Text: "rahasia sekali"}); err != nil {
		t.Fatal(err)
	}
	<-parked
	s.KillToken(true)
	_, err := c.Send(t.Context(), p.Chat(), "k", bot.Message{Text: "rahasia sekali"})
	_, _ = c.Health(t.Context())
	said := ""
	if err != nil {
		said = err.Error()
	}
	mu.Lock()
	said += log.String()
	mu.Unlock()
	for _, secret := range []string{"rahasia", s.Token(), s.AppSecret(), s.VerifyToken(), "62812", "Budi"} {
		if strings.Contains(said, secret) {
			t.Errorf("%q stands in %q", secret, said)
		}
	}
	if err == nil || !strings.Contains(said, "panic") {
		t.Errorf("it is said: %v %q", err, said)
	}
}

type locked struct {
	mu *sync.Mutex
	b  *bytes.Buffer
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// stumbling is a store in which one file cannot be read.
type stumbling struct {
	bot.Opener
	over bot.MediaRef
}

func (s *stumbling) Open(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	if m == s.over {
		return nil, errors.New("the disk is slow")
	}
	return s.Opener.Open(ctx, m)
}

// A message of several parts that fails in the middle goes on there; a file is uploaded once, however often it is sent.
func TestWhatFailedInTheMiddleGoesOn(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	store := &stumbling{Opener: s.store}
	c := s.open(t, func(o *whatsappcloud.Options) { o.Opener = store })
	p := s.phone(true)
	if _, err := p.p.Send(cloudapi.Out{Text: "halo"}); err != nil {
		t.Fatal(err)
	}
	photo := s.store.Put([]byte("\xff\xd8\xff a picture"), "image/jpeg")
	other := s.store.Put([]byte("\xff\xd8\xff another"), "image/jpeg")
	m := bot.Message{Text: "Dua foto", Photos: []bot.MediaRef{photo, other}, Menu: &bot.Menu{ID: "m", Choices: []bot.Choice{{ID: "a", Label: "A"}}}}
	to := p.Chat()
	if _, err := c.Send(t.Context(), to, "surat", bot.Message{Text: "satu", Photos: []bot.MediaRef{photo}}); err != nil {
		t.Fatal(err)
	}
	before := s.Count("sent")
	store.over = other // the second photo cannot be had: the first is out
	if _, err := c.Send(t.Context(), to, "banyak", m); err == nil || s.Count("sent")-before != 1 {
		t.Fatalf("%d messages went out before the failure: %v", s.Count("sent")-before, err)
	}
	store.over = bot.MediaRef{}
	s.FailSends(1, 131016)
	if _, err := c.Send(t.Context(), to, "banyak", m); err == nil || s.Count("sent")-before != 1 {
		t.Fatalf("%d messages went out before the next failure: %v", s.Count("sent")-before, err)
	}
	if _, err := c.Send(t.Context(), to, "banyak", m); err != nil {
		t.Fatal(err)
	}
	if n := s.Count("sent") - before; n != 3 {
		t.Errorf("%d messages went out for three parts", n)
	}
	if n := s.Count("uploaded"); n != 2 {
		t.Errorf("%d uploads of two files", n)
	}
}

// A file that Meta does not take is uploaded once more, and then given up.
func TestAFileThatMetaRefuses(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	c := s.open(t, nil)
	s.Switch(cloudapi.Switches{BadUploads: true})
	photo := s.store.Put([]byte("\xff\xd8\xff a picture"), "image/jpeg")
	_, err := c.Send(t.Context(), s.phone(false).Chat(), "k", bot.Message{Photos: []bot.MediaRef{photo}})
	if se := bot.AsSendError(err); se.Remedy != bot.Retry || se.Tries != 2 || se.Then != bot.GiveUp {
		t.Errorf("it is %+v", se)
	}
}

// Leaders and heads of offices are invited by words of their own, which name no report; without those they are not taken for citizens.
func TestTheInvitationOfTheOfficesOwnPeople(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	c := s.open(t, nil)
	p := s.phone(false)
	words := bot.Wakeup{Office: "Kota Serang", Staff: true}
	if _, err := c.Wake(t.Context(), p.Chat(), "k", words); err != nil || s.Count("template:kabar_petugas") != 1 {
		t.Errorf("the invitation went out %d times: %v", s.Count("template:kabar_petugas"), err)
	}
	s.Decide("kabar_petugas", "DISABLED")
	_, err := c.Wake(t.Context(), p.Chat(), "k", words)
	if se := bot.AsSendError(err); se.Remedy != bot.GiveUp || !se.Cold || s.Count("template:kabar_laporan") != 0 {
		t.Errorf("without it is %+v", se)
	}
}

// The invitation that is paused gives way to the next; where none may be sent, the letter waits.
func TestTheNextInvitation(t *testing.T) {
	t.Parallel()
	s := newSite(t, cloudapi.Options{})
	c := s.open(t, nil)
	p := s.phone(false)
	words := bot.Wakeup{Code: "SRG-7K3MQ-9", Office: "Dinas Perhubungan"}
	s.Decide("kabar_laporan", "PAUSED")
	if _, err := c.Wake(t.Context(), p.Chat(), "k", words); err != nil || s.Count("template:kabar_laporan_2") != 1 {
		t.Errorf("the second invitation went out %d times: %v", s.Count("template:kabar_laporan_2"), err)
	}
	s.Decide("kabar_laporan_2", "DISABLED")
	_, err := c.Wake(t.Context(), p.Chat(), "k", words)
	if se := bot.AsSendError(err); se.Remedy != bot.GiveUp || !se.Cold || c.Trouble() != whatsappcloud.Templates {
		t.Errorf("without invitations it is %+v, trouble %q", se, c.Trouble())
	}
	if _, err := p.p.Send(cloudapi.Out{Text: "halo"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Send(t.Context(), p.Chat(), "words", bot.Message{Text: "halo"}); err != nil || c.Trouble() != whatsappcloud.Templates {
		t.Errorf("words that are taken (%v) leave the trouble %q", err, c.Trouble())
	}
	s.Decide("kabar_laporan", "APPROVED")
	if _, err := c.Wake(t.Context(), p.Chat(), "k", words); err != nil || c.Trouble() != whatsappcloud.None {
		t.Errorf("an invitation that is taken (%v) leaves the trouble %q", err, c.Trouble())
	}
}
