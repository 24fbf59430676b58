package rights_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/flows/flowtest"
	"rabeg/flows/intake"
	"rabeg/internal/casework"
	"rabeg/internal/desk"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/engine"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/media"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/rights"
	"rabeg/internal/session"
	"rabeg/internal/understand/answer"
	"rabeg/migrations"
)

var deskAt = bot.Address{Network: bot.Telegram, ID: "-100999"}

// house is the product without networks: real stores, a clock of its own, and letters that are sent when the story says so.
type house struct {
	t       *testing.T
	ctx     context.Context
	pool    *pgxpool.Pool
	redis   string
	folder  string
	profile *profile.Profile
	store   *postgres.Store
	sess    *session.Store
	blobs   media.Blobs
	engine  *engine.Engine
	clerk   *rights.Clerk
	desk    *desk.Desk

	mu     sync.Mutex
	now    time.Time
	tells  []ledger.Tell
	copies []ledger.Export
	events []bot.Event
	sent   int
	heard  map[string][]string // what each chat was told, by its address
	edits  map[string]string   // what messages of the desk say now, by the key of the letter
	log    journal
	ears   *ears // nil: nobody listens to what is composed, and to the log
}

func migrated(ctx context.Context, dsn string) error {
	if err := migrations.At(ctx, dsn); err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	return jobs.Migrate(ctx, pool)
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, ctx: t.Context(), pool: testdb.Pool(t, migrated), redis: testredis.New(t), folder: t.TempDir(), profile: flowtest.City(),
		now: time.Now().UTC().Truncate(time.Second), heard: map[string][]string{}, edits: map[string]string{}}
	h.profile.Keeping = profile.Keeping{Reports: 730, Letters: 365, Stumbles: 30}
	office := func() *casework.Office { return &casework.Office{Profile: h.profile, Desk: deskAt, Hold: -1} }
	var err error
	h.store, err = postgres.New(h.ctx, postgres.Options{Pool: h.pool, Prefix: "SRG",
		Enqueue: func(_ context.Context, _ pgx.Tx, list []ledger.Job) error {
			h.mu.Lock()
			defer h.mu.Unlock()
			for _, j := range list {
				switch j := j.(type) {
				case ledger.Export:
					h.copies = append(h.copies, j)
				case ledger.Tell:
					h.tells = append(h.tells, j)
				}
			}
			return nil
		},
		Refresh: func(r report.Report) ledger.Letter { return office().DeliveryChanged(r, "") },
	}, "seed")
	h.must(err)
	t.Cleanup(h.store.Close)
	h.sess, err = session.Open(h.redis, "here", "t:")
	h.must(err)
	t.Cleanup(func() { _ = h.sess.Close() })
	h.blobs, err = media.OpenDisk(h.folder)
	h.must(err)
	machine := flowtest.Machine()
	log := slog.New(slog.NewJSONHandler(&h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	d := &desk.Desk{Office: office, Reader: h.store, Pleas: h.store, Answers: answer.Must(),
		Admin: func(_ context.Context, _ bot.Address, id string) (bool, error) { return id == "21", nil }}
	h.desk = d
	h.engine = engine.New(engine.Options{Sessions: h.sess, Machine: machine, Desk: d, Office: office, Log: log, Now: h.clock,
		Cases:   engine.Cases{Store: h.store, Reports: h.store, Citizens: h.store, Calls: h.store, Offices: h.store, Stumbles: h.store, Pleas: h.store, Conducts: h.store, Ties: h.store},
		TieCode: func() string { return "K7MQ3XPD" },
		DeskAt:  func() bot.Address { return deskAt }})
	h.clerk = rights.New(rights.Options{Store: h.store, Office: office, Blobs: h.blobs, Forget: h.sess.Erase,
		Drop: func(context.Context, []bot.Address) error { return nil }, Now: h.clock, Log: log, Budget: time.Hour,
		Drafts: func(ctx context.Context, chat bot.Address) ([]report.Draft, error) {
			s, err := h.sess.Load(ctx, chat)
			if err != nil {
				return nil, err
			}
			state, err := machine.Read(s.State)
			return intake.Drafts(state), errors.Join(err, h.sess.Free(ctx, s))
		}})
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// pass lets time go by; what is due is done, until nothing is.
func (h *house) pass(d time.Duration) {
	h.t.Helper()
	h.mu.Lock()
	h.now = h.now.Add(d)
	h.mu.Unlock()
	for range 20 {
		due, err := h.store.Due(h.ctx, h.clock(), 100)
		h.must(err)
		done := 0
		for _, t := range due {
			ok, err := h.clerk.Timer(h.ctx, t)
			h.must(err)
			if ok {
				done++
			}
		}
		h.copied()
		if done == 0 {
			return
		}
	}
	h.t.Fatal("it does not come to rest")
}

func (h *house) copied() {
	h.mu.Lock()
	list, tells := h.copies, h.tells
	h.copies, h.tells = nil, nil
	h.mu.Unlock()
	for _, w := range tells {
		h.must(h.engine.Tell(h.ctx, w))
	}
	for _, e := range list {
		h.must(h.clerk.Export(h.ctx, e))
	}
}

// says is a person who writes, at a second of his or her own.
func (h *house) says(chat bot.Address, name string, body bot.Body) {
	h.t.Helper()
	h.mu.Lock()
	h.now = h.now.Add(2 * time.Second)
	n := len(h.events) + 1
	ev := bot.Event{ID: bot.EventID(fmt.Sprintf("tg%d", n)), Chat: chat, From: bot.Person{ID: chat.ID, Name: name}, At: h.now, Body: body,
		Ref: bot.MessageRef{Chat: chat, ID: fmt.Sprintf("m%d", n)}}
	if chat.Chat() == deskAt {
		ev.From, ev.Group = bot.Person{ID: "21", Name: "Bu Ketua"}, true
	}
	h.events = append(h.events, ev)
	h.mu.Unlock()
	h.must(h.engine.Handle(h.ctx, ev))
	h.copied()
}

func (h *house) writes(chat bot.Address, name string, lines ...string) {
	h.t.Helper()
	for _, text := range lines {
		h.says(chat, name, bot.Text{Text: text})
	}
}

// post sends all that waits.
func (h *house) post() {
	h.t.Helper()
	for {
		ids, err := h.store.WaitingIDs(h.ctx, []string{"telegram", "whatsapp", outbox.DeskQueue}, 500)
		h.must(err)
		if len(ids) == 0 {
			return
		}
		items, err := h.store.ByIDs(h.ctx, ids)
		h.must(err)
		var fates []outbox.Fate
		for _, it := range items {
			fates = append(fates, h.lands(it))
		}
		h.must(h.store.Mark(h.ctx, fates))
	}
}

func (h *house) lands(it outbox.Item) outbox.Fate {
	h.sent++
	l := it.Letter
	to := l.To
	if l.Desk {
		to = deskAt
	}
	said := bot.Unmark(l.Message.Text)
	if h.ears != nil {
		h.ears.hears(h, l, to)
	}
	for _, m := range append(append([]bot.MediaRef(nil), l.Message.Photos...), l.Message.Files...) {
		said += " +" + m.ID
	}
	h.heard[to.String()] = append(h.heard[to.String()], said)
	if l.Edits != "" {
		h.edits[l.Edits] = said
	}
	f := outbox.Fate{ID: it.ID, Key: l.Key, State: ledger.Sent, Ref: bot.MessageRef{Chat: to, ID: fmt.Sprintf("s%d", h.sent)}}
	if l.Purpose == ledger.Notice {
		f.Notice = l.Report
	}
	return f
}

func (h *house) last(chat bot.Address) string {
	all := h.heard[chat.String()]
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// proofs is an officer's picture.
func proofs() []bot.MediaRef { return []bot.MediaRef{{Network: bot.Telegram, ID: "FILE-PROOF"}} }

// of is a person's report that holds some words.
func (h *house) of(chat bot.Address, words string) report.Report {
	h.t.Helper()
	mine, err := h.store.Mine(h.ctx, chat, 100)
	h.must(err)
	for _, r := range mine {
		if strings.Contains(r.Text, words) {
			return r
		}
	}
	h.t.Fatalf("no report of %s says %q", chat, words)
	return report.Report{}
}

// officer does something to a report.
func (h *house) officer(id report.ID, a report.Action) {
	h.t.Helper()
	r, err := h.store.ByID(h.ctx, id)
	h.must(err)
	facts, err := h.store.Facts(h.ctx, id)
	h.must(err)
	h.sent++
	office := &casework.Office{Profile: h.profile, Desk: deskAt, Hold: -1}
	_, b, err := office.Act(r, report.Actor{Role: report.Coordinator, ID: "telegram:21", Name: "Bu Ketua", Chat: deskAt}, a,
		casework.Occasion{Cause: fmt.Sprintf("officer%d", h.sent), At: h.clock(), Facts: facts})
	h.must(err)
	h.must(h.store.Commit(h.ctx, b))
}

// photo keeps a picture that a network named, as the job that fetches it does.
func (h *house) photo(id report.ID, m bot.MediaRef, content string) string {
	h.t.Helper()
	key := fmt.Sprintf("%02x/%x.jpg", len(content)%256, content)
	h.must(h.blobs.Put(h.ctx, key, "image/jpeg", []byte(content)))
	f := ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: key, MIME: "image/jpeg"}, Hash: key}
	if m.ID == "FILE-AAA" || m.ID == "FILE-SHARED" {
		f.Pin = &report.Pin{Lat: -6.5551, Lon: 106.7773}
	}
	h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: fmt.Sprintf("job:media:%d:%s:%s", id, m.Network, m.ID), At: h.clock(), Changes: []ledger.Change{
		ledger.Stored{Report: id, From: m, File: f}}}))
	return key
}

// dump is every row of every table of the database as text, with the table before it.
func (h *house) dump() []string {
	h.t.Helper()
	rows, err := h.pool.Query(h.ctx, `
SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables
WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE' ORDER BY 1`)
	h.must(err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	h.must(err)
	var out []string
	for _, table := range tables {
		rows, err := h.pool.Query(h.ctx, `SELECT to_jsonb(t)::text FROM `+table+` t`)
		h.must(err)
		all, err := pgx.CollectRows(rows, pgx.RowTo[string])
		h.must(err)
		for _, row := range all {
			out = append(out, table+" "+row)
		}
	}
	return out
}

// finds lists where a trace stands in the database and in Redis.
func (h *house) finds(traces ...string) (where []string) {
	h.t.Helper()
	places := append(h.dump(), h.kept()...)
	for _, row := range places {
		for _, trace := range traces {
			if strings.Contains(strings.ToLower(row), strings.ToLower(trace)) {
				where = append(where, trace+" in "+row)
			}
		}
	}
	return where
}

// kept is everything in Redis: each key with its type's whole content.
func (h *house) kept() (out []string) {
	h.t.Helper()
	u, err := url.Parse(h.redis)
	h.must(err)
	network, at := "tcp", u.Host
	if u.Scheme == "unix" {
		network, at = "unix", u.Path
	}
	conn, err := net.Dial(network, at)
	h.must(err)
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	ask := func(words ...string) []string {
		if _, err := fmt.Fprintf(conn, "*%d\r\n", len(words)); err != nil {
			h.t.Fatal(err)
		}
		for _, w := range words {
			_, _ = fmt.Fprintf(conn, "$%d\r\n%s\r\n", len(w), w)
		}
		return h.answer(r)
	}
	if db := strings.Trim(u.Path, "/"); u.Scheme != "unix" && db != "" {
		ask("SELECT", db)
	} else if db := u.Query().Get("db"); db != "" {
		ask("SELECT", db)
	}
	if secret, ok := u.User.Password(); ok {
		ask("AUTH", secret)
	}
	for _, key := range ask("KEYS", "*") {
		if ask("TYPE", key)[0] == "hash" {
			out = append(out, "redis "+key+" "+strings.Join(ask("HGETALL", key), " "))
		} else {
			out = append(out, "redis "+key+" "+strings.Join(ask("GET", key), " "))
		}
	}
	return out
}

func (h *house) answer(r *bufio.Reader) []string {
	h.t.Helper()
	line, err := r.ReadString('\n')
	h.must(err)
	line = strings.TrimSpace(line)
	var n int
	switch line[0] {
	case '*':
		_, _ = fmt.Sscan(line[1:], &n)
		var all []string
		for range n {
			all = append(all, h.answer(r)...)
		}
		return all
	case '$':
		_, _ = fmt.Sscan(line[1:], &n)
		if n < 0 {
			return []string{""}
		}
		buf := make([]byte, n+2)
		for at := 0; at < len(buf); {
			m, err := r.Read(buf[at:])
			h.must(err)
			at += m
		}
		return []string{string(buf[:n])}
	}
	return []string{line[1:]}
}
