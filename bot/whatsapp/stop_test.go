package whatsapp

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"rabeg/bot"
)

// Stopping does not wait for a network that does not answer.
func TestStopWhileConnecting(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	dialing := make(chan struct{}, 10)
	c := s.open(t, func(o *Options) {
		o.HTTP = &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			signal(dialing)
			<-ctx.Done()
			return nil, ctx.Err()
		}}}
	})
	stop := s.run(t, c, func(context.Context, bot.Event) error { return nil })
	<-dialing
	if c.Ready() == nil {
		t.Error("ready without a connection")
	}
	if _, err := c.Send(s.ctx, address("111@lid"), "k", bot.Message{Text: "x"}); bot.AsSendError(err).Remedy != bot.Retry {
		t.Errorf("Send gives %v", err)
	}
	begin := time.Now()
	stop()
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("stopping took %v", took)
	}
}

// A network that is down for a while: the channel comes back by itself.
func TestNetworkComesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c, p, d := s.met(t, nil)
	s.Pause()
	s.until(t, "the channel notices", func() bool { return c.Ready() != nil })
	if err := s.Resume(); err != nil {
		t.Fatal(err)
	}
	s.ready(t, c)
	if err := p.Connect(s.ctx); err != nil {
		t.Fatal(err)
	}
	s.until(t, "the person is back", func() bool { return p.Account().Online() })
	must[string](t)(p.Text(s.ctx, office, "masih di sini"))
	d.words(s.ctx, t, "masih di sini")
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	if _, err := New(t.Context(), Options{}); err == nil {
		t.Error("no database was accepted")
	}
	s := newSite(t)
	if _, err := New(s.ctx, Options{DB: s.database(t), Schema: "Wa; DROP"}); err == nil {
		t.Error("a bad schema was accepted")
	}
	if _, err := New(s.ctx, Options{DB: s.database(t), Schema: "other"}); err == nil {
		t.Error("connections that look elsewhere were accepted")
	}
	for range 2 { // twice is fine
		if _, err := New(s.ctx, Options{DB: s.database(t)}); err != nil {
			t.Error(err)
		}
	}
	// A second schema of the same database stands beside the first.
	db, err := OpenDB(s.dsn, "wa2")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := New(s.ctx, Options{DB: db, Schema: "wa2"}); err != nil {
		t.Error(err)
	}
	if _, err := OpenDB("::", ""); err == nil {
		t.Error("a bad address was accepted")
	}
}
