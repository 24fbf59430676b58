package postgres_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

func open(t *testing.T, o postgres.Options) *postgres.Store {
	t.Helper()
	o.Pool, o.Prefix = testdb.Pool(t, migrations.At), "SRG"
	s, err := postgres.New(t.Context(), o, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// post plays the sender.
type post struct{ *postgres.Store }

func (p post) Waiting(ctx context.Context) ([]ledger.Letter, error) {
	rows, err := p.Pool.Query(ctx, `SELECT doc FROM letters WHERE state = 'waiting' ORDER BY id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (l ledger.Letter, err error) {
		var doc []byte
		if err = row.Scan(&doc); err != nil {
			return l, err
		}
		return l, json.Unmarshal(doc, &l)
	})
}

func (p post) id(ctx context.Context, key string) (id int64, err error) {
	err = p.Pool.QueryRow(ctx, `SELECT id FROM letters WHERE key = $1`, key).Scan(&id)
	return id, err
}

func (p post) Start(ctx context.Context, key string) error {
	id, err := p.id(ctx, key)
	if err != nil {
		return err
	}
	ok, err := p.Claim(ctx, id)
	if err == nil && !ok {
		err = errors.New("the letter does not wait")
	}
	return err
}

func (p post) Sent(ctx context.Context, key string, ref bot.MessageRef) error {
	return p.fate(ctx, key, outbox.Fate{State: ledger.Sent, Ref: ref})
}

func (p post) Failed(ctx context.Context, key, why string) error {
	return p.fate(ctx, key, outbox.Fate{State: ledger.Failed, Why: why})
}

func (p post) fate(ctx context.Context, key string, f outbox.Fate) error {
	id, err := p.id(ctx, key)
	if err != nil {
		return err
	}
	f.ID, f.Key = id, key
	return p.Mark(ctx, []outbox.Fate{f})
}

func TestStoreKeepsTheContract(t *testing.T) {
	t.Parallel()
	casetest.Run(t, func(t *testing.T) casetest.House {
		s := open(t, postgres.Options{})
		return casetest.House{Store: s, Reader: s, Citizens: s, Figures: s, Twins: s, Handled: s, Search: s, Lapor: s, Post: post{s}, Timers: s}
	})
}

var chat = bot.Address{Network: bot.Telegram, ID: "7"}

func letter(key string, to bot.Address) ledger.Letter {
	return ledger.Letter{Key: key, To: to, Purpose: ledger.Reply, Message: bot.Message{Text: "halo"}}
}

// Many chats commit at once: every batch is committed exactly once, and a bad one fails alone.
func TestBatchesShareAStatementAndFailAlone(t *testing.T) {
	t.Parallel()
	var committed []outbox.Item
	got := make(chan []outbox.Item, 1000)
	s := open(t, postgres.Options{Committed: func(items []outbox.Item) { got <- slices.Clone(items) }})
	ctx := t.Context()
	if err := s.Commit(ctx, ledger.Batch{Cause: "first", Letters: []ledger.Letter{letter("taken", chat)}}); err != nil {
		t.Fatal(err)
	}
	const n = 300
	errs := make(chan error, 2*n)
	for i := range n {
		b := ledger.Batch{Cause: fmt.Sprintf("e%d", i), Letters: []ledger.Letter{letter(fmt.Sprintf("e%d/r0", i), chat)},
			Changes: []ledger.Change{ledger.Timed{Timer: ledger.Timer{Kind: ledger.WakeTimer,
				Subject: ledger.OfChat(bot.Address{Network: bot.Telegram, ID: fmt.Sprint(i % 10)}), At: time.Unix(int64(i), 0), Rev: "d"}}}}
		if i%50 == 7 {
			b.Letters[0].Key = "taken" // a key that was used before
		}
		for range 2 { // delivered twice
			go func() { errs <- s.Commit(ctx, b) }()
		}
	}
	var ok, done, bad int
	for range 2 * n {
		switch err := <-errs; {
		case err == nil:
			ok++
		case errors.Is(err, ledger.ErrDone):
			done++
		default:
			t.Error(err)
			bad++
		}
	}
	if ok != n-n/50 || bad != 0 || done != n+n/50 {
		t.Errorf("%d committed, %d already done, %d failed; want %d, %d, 0", ok, done, bad, n-n/50, n+n/50)
	}
	close(got)
	for items := range got {
		committed = append(committed, items...)
	}
	ids, err := s.WaitingIDs(ctx, []string{"telegram"}, 10*n)
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) != n-n/50+1 || len(committed) != len(ids) {
		t.Errorf("%d letters wait and %d were handed over, want %d", len(ids), len(committed), n-n/50+1)
	}
	for _, it := range committed {
		if it.ID == 0 {
			t.Errorf("letter %s was handed over without its id", it.Letter.Key)
		}
	}
	due, err := s.Due(ctx, time.Unix(n, 0), 100)
	if err != nil || len(due) != 10 {
		t.Errorf("%d timers, want one for each of 10 chats (%v)", len(due), err)
	}
}

// Reports that come in a crowd: those whose number is another's are told so, and the others stand in the shared statement
// all the same.
func TestTakenNumbersInACrowd(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	ctx := t.Context()
	filing := func(id int, code string) ledger.Batch {
		r := report.Report{ID: report.ID(id), Code: report.Code(code), Status: report.Received, Reporter: chat, Filed: time.Unix(0, 0)}
		cause := fmt.Sprint("e", id)
		return ledger.Batch{Cause: cause, Changes: []ledger.Change{ledger.Opened{Report: r}}, Letters: []ledger.Letter{letter(cause+"/r0", chat)}}
	}
	if err := s.Commit(ctx, filing(1, "SRG-1")); err != nil {
		t.Fatal(err)
	}
	const n = 200
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range errs {
		code := fmt.Sprint("SRG-", i+2)
		if i%20 == 3 {
			code = "SRG-1"
		}
		all.Go(func() { errs[i] = s.Commit(ctx, filing(i+2, code)) })
	}
	all.Wait()
	for i, err := range errs {
		if taken := i%20 == 3; taken != errors.Is(err, ledger.ErrTaken) || !taken && err != nil {
			t.Errorf("report %d: %v", i+2, err)
		}
	}
	// A transaction of its own writes the report after the cause; one statement writes all at once.
	var alone, reports, letters int
	const count = `SELECT count(*) FILTER (WHERE cmin::text <> '0'), count(*), (SELECT count(*) FROM letters) FROM reports`
	if err := s.Pool.QueryRow(ctx, count).Scan(&alone, &reports, &letters); err != nil {
		t.Fatal(err)
	}
	if alone != 0 || reports != n-n/20+1 || letters != reports {
		t.Errorf("%d reports with %d letters, %d reports on their own; want %d, %d, 0", reports, letters, alone, n-n/20+1, n-n/20+1)
	}
	// Once more: what was filed is done, even by its own number.
	if err := s.Commit(ctx, filing(1, "SRG-1")); !errors.Is(err, ledger.ErrDone) {
		t.Errorf("a report committed twice: %v", err)
	}
}

// Two instances commit reports; numbers never collide and a cause files once.
func TestReportNumbers(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	ctx := t.Context()
	seen := map[report.Code]bool{}
	for i := range 200 {
		cause := fmt.Sprintf("e%d", i)
		id, code, err := s.NextID(ctx, cause)
		if err != nil {
			t.Fatal(err)
		}
		if seen[code] {
			t.Fatalf("%s was given twice", code)
		}
		seen[code] = true
		r := report.Report{ID: id, Code: code, Status: report.Received, Reporter: chat, Filed: time.Unix(0, 0)}
		if err := s.Commit(ctx, ledger.Batch{Cause: cause, Changes: []ledger.Change{ledger.Opened{Report: r}}}); err != nil {
			t.Fatal(err)
		}
		again, same, err := s.NextID(ctx, cause)
		if err != nil || again != id || same != code {
			t.Fatalf("the same cause got %d %s, then %d %s (%v)", id, code, again, same, err)
		}
	}
}

func TestFactsStay(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	ctx := t.Context()
	r := report.Report{ID: 1, Code: "SRG-AAAA-A", Status: report.Received, Reporter: chat}
	err := s.Commit(ctx, ledger.Batch{Cause: "e", Changes: []ledger.Change{ledger.Opened{Report: r,
		Facts: []report.Fact{{Report: 1, Seq: 1, What: report.WasFiled}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Pool.Exec(ctx, `UPDATE facts SET what = 'other'`); err == nil {
		t.Error("a fact could be changed")
	}
}

// One instance at a time leads; when it loses its database connection another takes over.
func TestOneLeads(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	started := make(chan int, 2)
	leave := make(chan struct{})
	for i := range 2 {
		go func() {
			_ = s.Lead(ctx, "x", func(ctx context.Context) error {
				started <- i
				select {
				case <-leave:
					return errors.New("done")
				case <-ctx.Done():
					return nil
				}
			})
		}()
	}
	first := <-started
	select {
	case second := <-started:
		t.Fatalf("%d and %d lead at once", first, second)
	case leave <- struct{}{}:
	}
	if second := <-started; second == first {
		t.Errorf("the one that left leads again")
	}
}

func TestMovesAreFollowed(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	ctx := t.Context()
	at := func(id string) bot.Address { return bot.Address{Network: bot.Telegram, ID: id} }
	for _, m := range [][2]string{{"-1", "-2"}, {"-2", "-3"}} {
		if err := s.Moved(ctx, at(m[0]), at(m[1])); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Now(ctx, at("-1")); err != nil || got != at("-3") {
		t.Errorf("-1 is now %v (%v), want -3", got, err)
	}
	if got, err := s.Now(ctx, at("-9")); err != nil || got != at("-9") {
		t.Errorf("-9 is now %v (%v), want itself", got, err)
	}
}

// Programs that begin on a new database at once give reports their ids by one key.
func TestManyBeginAtOnce(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	ids := make([]report.ID, 8)
	var all sync.WaitGroup
	for i := range ids {
		all.Go(func() {
			s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG"}, fmt.Sprint("seed ", i))
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			ids[i], _ = s.Draw("cause")
		})
	}
	all.Wait()
	for _, id := range ids {
		if id == 0 || id != ids[0] {
			t.Fatalf("one cause got the ids %v", ids)
		}
	}
}
