package postgres_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/migrations"
)

// A database that became read-only still answers: that it takes nothing shows by writing alone.
func TestAReadOnlyDatabaseIsNotWritable(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	if err := s.Writable(t.Context()); err != nil {
		t.Fatal(err)
	}
	config := s.Pool.Config()
	config.ConnConfig.RuntimeParams["default_transaction_read_only"] = "on"
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	bound := postgres.NewWatch(pool)
	if err := bound.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := bound.Writable(t.Context()); !errors.Is(err, postgres.ErrReadOnly) {
		t.Errorf("it says %v", err)
	}
}

// Alarms that a full list has no room for come first, and what waits is told by its age.
func TestAlarmsAreReadFirst(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	alarm := letter("112", bot.Address{Network: bot.Telegram, ID: "9"})
	alarm.Purpose = ledger.Alarm
	held := letter("held", chat)
	held.Hold = time.Now().Add(time.Hour)
	commit(t, s, "e", letter("a", chat), letter("b", chat), letter("c", chat), alarm, held)
	id, _ := state(t, s, "112")
	first, _ := state(t, s, "a")
	ids, err := s.WaitingIDs(t.Context(), []string{"telegram"}, 2)
	if err != nil || len(ids) != 3 || ids[0] != id || ids[1] != first {
		t.Errorf("%v, want the alarm %d and then from %d on (%v)", ids, id, first, err)
	}
	if ids, err = s.WaitingIDs(t.Context(), []string{"telegram"}, 10); err != nil || len(ids) != 5 {
		t.Errorf("%v (%v)", ids, err)
	}
	if _, err := s.Pool.Exec(t.Context(), `UPDATE letters SET created = now() - interval '90 s' WHERE key IN ('b', 'held')`); err != nil {
		t.Fatal(err)
	}
	oldest, err := s.Unsent(t.Context(), []string{"telegram", "whatsapp"})
	if err != nil || len(oldest) != 1 || oldest["telegram"].Round(10*time.Second) != 90*time.Second {
		t.Errorf("the oldest: %v (%v)", oldest, err)
	}
	if at, err := s.Clock(context.WithoutCancel(t.Context())); err != nil || time.Since(at).Abs() > time.Minute {
		t.Errorf("the clock says %v (%v)", at, err)
	}
}

// A message may be one that another program has sent and not written down: while a letter to its chat is on its way, and not
// when it is known, when nothing is, or when what waits is not to go yet.
func TestWhatIsUnderway(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	group := bot.Address{Network: bot.Telegram, ID: "-100", Topic: "3"}
	other := bot.Address{Network: bot.Telegram, ID: "9"}
	card, held := letter("card", group), letter("held", other)
	card.Desk = true
	held.Hold = time.Now().Add(time.Hour)
	commit(t, s, "e", letter("a", chat), letter("sent", chat), card, held)
	at := bot.MessageRef{Chat: chat, ID: "2"}
	id, _ := state(t, s, "sent")
	if err := s.Mark(t.Context(), []outbox.Fate{{ID: id, Key: "sent", State: ledger.Sent, Ref: at}}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		ref      bot.MessageRef
		desk, is bool
	}{
		"perhaps the one on its way":    {ref: bot.MessageRef{Chat: chat, ID: "1"}, is: true},
		"one that is known":             {ref: at},
		"a chat whose letter must wait": {ref: bot.MessageRef{Chat: other, ID: "1"}},
		"the desk, in any topic":        {ref: bot.MessageRef{Chat: group.Chat(), ID: "1"}, desk: true, is: true},
		"another network's desk":        {ref: bot.MessageRef{Chat: bot.Address{Network: bot.WhatsApp, ID: "1@g.us"}, ID: "1"}, is: false},
	} {
		if is, err := s.Underway(t.Context(), c.ref, c.desk); err != nil || is != c.is {
			t.Errorf("%s: %v, %v", name, is, err)
		}
	}
}

// A server that compiles dear statements, or begins processes to help with them, runs ours at once: those of the work and those of the pages.
func TestStatementsAreRunAtOnce(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, migrations.At)
	work, err := postgres.Connect(t.Context(), dsn, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := work.Exec(t.Context(), `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET jit = on', current_database());
EXECUTE format('ALTER DATABASE %I SET max_parallel_workers_per_gather = 2', current_database()); END $$`); err != nil {
		t.Fatal(err)
	}
	if err := postgres.GrantPublic(t.Context(), work); err != nil {
		t.Fatal(err)
	}
	work.Reset()
	t.Cleanup(work.Close)
	pages, err := postgres.ConnectPublic(t.Context(), dsn, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pages.Close)
	plain, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = plain.Close(context.Background()) })
	for who, c := range map[string]struct {
		q interface {
			QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
		}
		want string
	}{"others": {plain, "on 2"}, "the work": {work, "off 0"}, "the pages": {pages.Pool(), "off 0"}} {
		var got string
		const ask = `SELECT current_setting('jit') || ' ' || current_setting('max_parallel_workers_per_gather')`
		if err := c.q.QueryRow(t.Context(), ask).Scan(&got); err != nil || got != c.want {
			t.Errorf("%s: jit and helpers are %s (%v), want %s", who, got, err, c.want)
		}
	}
}
