package whatsappcloud_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rabeg/bot"
	"rabeg/bot/bottest"
	"rabeg/bot/wasign"
	"rabeg/bot/whatsappcloud"
	"rabeg/internal/sim/cloudapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is a Memory of one process.
type memory struct {
	mu     sync.Mutex
	people map[string]met
}

type met struct {
	heard time.Time
	phone string
}

func newMemory() *memory { return &memory{people: map[string]met{}} }

func (m *memory) Met(ctx context.Context, chat, phone string, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.people[chat]
	if at.After(p.heard) {
		p.heard = at
	}
	if phone != "" {
		p.phone = phone
	}
	m.people[chat] = p
	return ctx.Err()
}

func (m *memory) Heard(ctx context.Context, chat string) (time.Time, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.people[chat].heard, m.people[chat].phone, ctx.Err()
}

func (m *memory) Shut(ctx context.Context, chat string, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.people[chat] = met{phone: m.people[chat].phone}
	return ctx.Err()
}

func (m *memory) Renamed(ctx context.Context, was, now, phone string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.people[now] = met{heard: m.people[was].heard, phone: phone}
	delete(m.people, was)
	return ctx.Err()
}

func (m *memory) Forgotten(ctx context.Context, chat string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.people, chat)
	return ctx.Err()
}

// site is a local Meta with the invitations approved.
type site struct {
	*cloudapi.Server
	store  *bottest.Store
	memory *memory
	last   atomic.Int64
}

func newSite(t testing.TB, o cloudapi.Options) *site {
	t.Helper()
	s := &site{Server: cloudapi.New(o), store: bottest.NewStore(), memory: newMemory()}
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func (s *site) options() whatsappcloud.Options {
	return whatsappcloud.Options{
		Token: s.Token(), PhoneID: s.PhoneID(), WABA: s.WABA(), AppSecret: s.AppSecret(), VerifyToken: s.VerifyToken(), APIURL: s.URL(),
		Memory: s.memory, Opener: s.store, RetryMin: 5 * time.Millisecond, WebhookWait: 300 * time.Millisecond,
		HTTPClient: &http.Client{Transport: &http.Transport{}},
	}
}

// open makes a channel whose webhook Meta knows, and the invitations.
func (s *site) open(t testing.TB, change func(*whatsappcloud.Options)) *whatsappcloud.Channel {
	t.Helper()
	o := s.options()
	if change != nil {
		change(&o)
	}
	c, err := whatsappcloud.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	s.hooked(t, c)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	states, err := c.States(ctx)
	if err == nil && len(states) == 0 {
		for _, tpl := range whatsappcloud.Invitations() {
			if err = c.Submit(ctx, tpl); err != nil {
				break
			}
		}
		s.ApproveAll()
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// hooked tells Meta where a channel's webhook is.
func (s *site) hooked(t testing.TB, c *whatsappcloud.Channel) {
	t.Helper()
	web := httptest.NewServer(c)
	t.Cleanup(web.Close)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.SetHook(ctx, web.URL+"/webhook/whatsapp"); err != nil {
		t.Fatal(err)
	}
}

func TestCloudConforms(t *testing.T) {
	t.Parallel()
	bottest.Run(t, func(t *testing.T) bottest.Harness { return newSite(t, cloudapi.Options{}).harness() })
}

func (s *site) harness() bottest.Harness {
	return bottest.Harness{
		Open:     func(t testing.TB) bot.Channel { return s.open(t, nil) },
		Phone:    func(testing.TB) bottest.Phone { return s.phone(false) },
		Unlisted: func(testing.TB) bottest.Phone { return s.phone(true) },
		Store:    s.store,
		Faults: bottest.Faults{
			FailSends: func(n int) { s.FailSends(n, 131016) },
			Redeliver: s.Redeliver,
			Lose:      func(m bot.MediaRef) { s.Lose(m.ID) },
			FailLate:  func() { s.FailLate(1, 131051) },
			Silence:   func(p bottest.Phone) { p.(*phone).p.Silent() },
			Renumber:  func(p bottest.Phone) bottest.Phone { return &phone{s: s, p: p.(*phone).p.Renumber(s.number())} },
		},
	}
}

func (s *site) number() string { return fmt.Sprintf("62812%08d", s.last.Add(1)) }

// phone is a person of the local Meta.
type phone struct {
	s *site
	p *cloudapi.Person
}

func (s *site) phone(hidden bool) *phone {
	n := s.number()
	return &phone{s: s, p: s.Person("Budi "+n, n, hidden)}
}

func (p *phone) Chat() bot.Address { return bot.Address{Network: bot.WhatsAppCloud, ID: p.p.ID()} }

func (p *phone) Send(_ context.Context, o bottest.Out) (string, error) {
	out := cloudapi.Out{Text: o.Text, Voice: o.Voice, ReplyTo: o.ReplyTo}
	switch {
	case len(o.Photos) > 1:
		return "", fmt.Errorf("an album: %w", bottest.ErrCannot)
	case len(o.Photos) == 1:
		out.Image = o.Photos[0]
	case o.Location != nil && (math.IsNaN(o.Location.Lat) || math.IsInf(o.Location.Lon, 0)):
		return "", fmt.Errorf("a pin in JSON: %w", bottest.ErrCannot)
	case o.Location != nil:
		out.Location = &cloudapi.Place{Lat: o.Location.Lat, Lon: o.Location.Lon}
	}
	return p.p.Send(out)
}

func (p *phone) Choose(_ context.Context, on bottest.Shown, nth int) error {
	return p.p.Press(on.ID, nth)
}

func (p *phone) Edit(context.Context, string, string) error { return bottest.ErrCannot }

func (p *phone) Block(context.Context) error { return bottest.ErrCannot }

func (p *phone) Wait(ctx context.Context, ok func([]bottest.Shown) bool) ([]bottest.Shown, error) {
	list, err := p.p.Wait(ctx, func(list []cloudapi.Shown) bool { return ok(shown(list)) })
	return shown(list), err
}

func shown(list []cloudapi.Shown) []bottest.Shown {
	var out []bottest.Shown
	for _, m := range list {
		s := bottest.Shown{ID: m.ID, Text: visible(m.Text), ReplyTo: m.ReplyTo, Photo: m.Media}
		for i, c := range m.Choices {
			title := strings.TrimPrefix(c.Title, strconv.Itoa(i+1)+". ")
			s.Choices = append(s.Choices, title)
		}
		out = append(out, s)
	}
	return out
}

// visible is a text as phones show it.
func visible(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = wasign.Visible(l)
	}
	return strings.Join(lines, "\n")
}
