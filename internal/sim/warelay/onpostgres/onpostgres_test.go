package onpostgres

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/sim/warelay"
)

const limit = time.Minute

// upgrade brings a database to whatsmeow's schema.
func upgrade(ctx context.Context, dsn string) error {
	db, err := database(dsn)
	if err != nil {
		return err
	}
	c := sqlstore.NewWithDB(db, "pgx", nil)
	if err := c.Upgrade(ctx); err != nil {
		return err
	}
	return c.Close()
}

func database(dsn string) (*sql.DB, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	return stdlib.OpenDB(*cfg), nil
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// scene is a relay, a person, and a bot's device in a database of its own.
type scene struct {
	relay *warelay.Relay
	siti  *warelay.Person
	bot   *warelay.Account
	in    *sqlstore.Container
	dev   *store.Device
}

func open(ctx context.Context, t *testing.T) scene {
	t.Helper()
	db, err := database(testdb.New(t, upgrade))
	ok(t, err)
	t.Cleanup(func() { ok(t, db.Close()) })
	r, err := warelay.New(warelay.Options{})
	ok(t, err)
	r.Trust()
	ok(t, r.Start(ctx))
	t.Cleanup(r.Close)
	s := scene{relay: r, in: sqlstore.NewWithDB(db, "pgx", nil)}
	s.bot = r.Account("6281500000001", warelay.AccountOptions{PushName: "Rabeg"})
	s.dev, err = r.Provision(ctx, s.bot, s.in)
	ok(t, err)
	s.siti, err = r.Person(ctx, "6281500000002", "Siti")
	ok(t, err)
	return s
}

// client is set up as the page of facts wants it for at-least-once delivery.
func (s scene) client(dev *store.Device, handle func(*events.Message) bool) *whatsmeow.Client {
	cli := whatsmeow.NewClient(dev, nil)
	cli.SetWebsocketHTTPClient(s.relay.HTTPClient())
	cli.SetMediaHTTPClient(s.relay.HTTPClient())
	cli.SynchronousAck, cli.EnableDecryptedEventBuffer, cli.UseRetryMessageStore = true, true, true
	cli.ManualHistorySyncDownload, cli.InitialAutoReconnect = true, true
	cli.AddEventHandlerWithSuccessStatus(func(e any) bool {
		if m, is := e.(*events.Message); is {
			return handle(m)
		}
		return true
	})
	return cli
}

func TestDeviceInDatabase(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	s := open(ctx, t)
	var cli *whatsmeow.Client
	cli = s.client(s.dev, func(m *events.Message) bool {
		_, err := cli.SendMessage(ctx, m.Info.Chat, &waE2E.Message{Conversation: new("echo: " + m.Message.GetConversation())})
		if err != nil {
			t.Error(err)
		}
		return true
	})
	ok(t, cli.Connect())
	defer cli.Disconnect()
	for i := range 20 {
		text := fmt.Sprintf("pesan %d", i)
		_, err := s.siti.Text(ctx, s.bot.Phone(), text)
		ok(t, err)
		_, err = s.siti.Next(ctx, func(m warelay.Received) bool { return m.Text == "echo: "+text })
		ok(t, err)
	}
	ok(t, s.relay.Until(ctx, func() bool { return s.bot.Pending() == 0 }))
	kept, err := s.in.GetFirstDevice(ctx)
	ok(t, err)
	if kept.ID.String() != s.bot.Phone()+":1@s.whatsapp.net" || kept.LID.ToNonAD().String() != s.bot.LID() {
		t.Errorf("the database holds %s, %s", kept.ID, kept.LID)
	}
}

// What a handler refuses stays with the relay and comes on the next
// connection, from a client and a store read anew.
func TestRefusedMessageComesAgain(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	s := open(ctx, t)
	refused := make(chan string, 10)
	first := s.client(s.dev, func(m *events.Message) bool {
		refused <- m.Info.ID
		return false
	})
	ok(t, first.Connect())
	id, err := s.siti.Text(ctx, s.bot.Phone(), "penting")
	ok(t, err)
	if got := <-refused; got != id {
		t.Errorf("refused %s, sent %s", got, id)
	}
	first.Disconnect()
	if s.bot.Pending() == 0 {
		t.Fatal("the relay has forgotten a message nobody took")
	}
	again, err := s.in.GetDevice(ctx, *s.dev.ID)
	ok(t, err)
	var once sync.Once
	taken := make(chan string)
	second := s.client(again, func(m *events.Message) bool {
		once.Do(func() { go func() { taken <- m.Info.ID + " " + m.Message.GetConversation() }() })
		return true
	})
	ok(t, second.Connect())
	defer second.Disconnect()
	select {
	case got := <-taken:
		if got != id+" penting" {
			t.Errorf("came again as %q", got)
		}
	case <-ctx.Done():
		t.Fatal("the message has not come again")
	}
	ok(t, s.relay.Until(ctx, func() bool { return s.bot.Pending() == 0 }))
}
