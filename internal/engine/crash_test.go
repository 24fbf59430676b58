package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/call"
	"rabeg/flows/intake"
	"rabeg/flows/track"
	"rabeg/internal/casework"
	"rabeg/internal/desk"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/place"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/session"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
	"rabeg/migrations"
)

// The crash test: a case is played from the first word to the last answer, and the program dies at one step of it; then
// again at the next step, and so on through all of them. Every event is delivered until it is taken, and once more after
// that. What is stored, what is said, and in which order, must be the same as without any death.

var errDead = errors.New("the process is dead")

var (
	ani    = bot.Address{Network: bot.Telegram, ID: "11"}
	budi   = bot.Address{Network: bot.Telegram, ID: "12"} // speaks
	deskAt = bot.Address{Network: bot.Telegram, ID: "-100"}
	began  = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
)

// play is one run of the case on stores of its own.
type play struct {
	t        *testing.T
	pool     *pgxpool.Pool // of the lives
	eye      *pgxpool.Pool // of the onlooker, whom no death touches
	redisURL string
	profile  *profile.Profile
	finder   place.Finder

	// dieAt is the step at which the process dies, 0 for never.
	dieAt int
	life  *life

	mu    sync.Mutex
	steps int
	names []string
	sent  map[string][]string // chat → keys in the order of their first sending
	times map[string]int      // key → how often it went over the wire
	// later is how much later it is in the story than when it began.
	later atomic.Int64
	// voices are the voice notes to be heard, as their jobs were committed.
	voices []ledger.Transcribe
	news   chan struct{}
}

// life is one process: it works until it dies, and dead it touches nothing any more.
type life struct {
	p      *play
	store  *postgres.Store
	sess   *session.Store
	engine *engine.Engine
	sender *outbox.Sender
	stop   context.CancelFunc
	done   chan struct{}
	mu     sync.Mutex
	dead   bool
}

// step is a point where a process can die.
func (l *life) step(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dead {
		return errDead
	}
	l.p.mu.Lock()
	defer l.p.mu.Unlock()
	l.p.steps++
	l.p.names = append(l.p.names, name)
	if l.p.steps == l.p.dieAt {
		l.dead = true
		return errDead
	}
	return nil
}

// wire is the network as the sender sees it.
type wire struct{ l *life }

func (wire) Network() bot.Network                         { return bot.Telegram }
func (wire) Run(ctx context.Context, _ bot.Handler) error { <-ctx.Done(); return nil }
func (wire) Fetch(context.Context, bot.MediaRef) (io.ReadCloser, error) {
	return nil, &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("no files here")}
}
func (wire) Edit(context.Context, bot.MessageRef, bot.Message) error { return nil }

func (w wire) Send(_ context.Context, to bot.Address, key string, _ bot.Message) (bot.MessageRef, error) {
	if err := w.l.step("before send"); err != nil {
		return bot.MessageRef{}, err
	}
	p := w.l.p
	p.mu.Lock()
	p.times[key]++
	n := len(p.times)*100 + p.times[key]
	if p.times[key] == 1 {
		p.sent[to.String()] = append(p.sent[to.String()], key)
	}
	p.mu.Unlock()
	if err := w.l.step("after send"); err != nil {
		return bot.MessageRef{}, err
	}
	return bot.MessageRef{Chat: to, ID: fmt.Sprint(n)}, nil
}

// queue dies before or after fates are written. What a dead process wants written is taken and lost: one that is told of a failure
// tries on for seconds.
type queue struct {
	*postgres.Store
	l *life
}

func (q queue) Mark(ctx context.Context, f []outbox.Fate) error {
	if q.l.step("before mark") != nil {
		return nil //nolint:nilerr // the process is dead, and hears nothing
	}
	err := q.Store.Mark(ctx, f)
	select {
	case q.l.p.news <- struct{}{}:
	default:
	}
	return err
}

// allOf is a store as all that the engine uses.
func allOf(s *postgres.Store) engine.Cases {
	return engine.Cases{Store: s, Reports: s, Citizens: s, Twins: s, Calls: s, Known: s, Conducts: s, Offices: s, Officers: s, Stumbles: s, Handled: s, Posts: s}
}

func (p *play) live() *life {
	p.t.Helper()
	l := &life{p: p, done: make(chan struct{})}
	store, err := postgres.New(p.t.Context(), postgres.Options{Pool: p.pool, Prefix: "SRG",
		Committed: func(items []outbox.Item) { l.sender.Offer(items) },
		Enqueue: func(_ context.Context, _ pgx.Tx, jobs []ledger.Job) error {
			p.mu.Lock()
			defer p.mu.Unlock()
			for _, j := range jobs {
				if v, ok := j.(ledger.Transcribe); ok {
					p.voices = append(p.voices, v)
				}
			}
			return nil
		},
		Refresh: func(r report.Report) ledger.Letter { return p.office().DeliveryChanged(r, "") },
	}, "the same ids in every run")
	if err != nil {
		p.t.Fatal(err)
	}
	l.store = store
	if l.sess, err = session.Open(p.redisURL, "poll", "t:"); err != nil {
		p.t.Fatal(err)
	}
	d := &desk.Desk{Office: p.office, Reader: store, Answers: answer.Must(), Admin: func(_ context.Context, _ bot.Address, id string) (bool, error) { return id == "21", nil }}
	log := slog.New(slog.DiscardHandler)
	risen := time.Now()
	clock := func() time.Time { return began.Add(time.Since(risen) + time.Duration(p.later.Load())) } // of the story: what it holds back need not be waited for
	l.engine = engine.New(engine.Options{Sessions: l.sess, Cases: allOf(store), Machine: &does{Machine: p.machine()}, Desk: d, Office: p.office,
		DeskAt: func() bot.Address { return deskAt }, Now: clock, Log: log, Step: l.step})
	l.sender = outbox.New(outbox.Options{Channel: wire{l}, Networks: []string{"telegram", outbox.DeskQueue}, Queue: queue{store, l},
		Directory: store, Composer: d, Desk: p, Now: time.Now, Jitter: func() float64 { return 0 }, Backoff: time.Millisecond})
	ctx, stop := context.WithCancel(context.Background())
	l.stop = stop
	go func() { defer close(l.done); _ = l.sender.Run(ctx) }()
	return l
}

func (l *life) end() {
	l.mu.Lock()
	l.dead = true
	l.mu.Unlock()
	l.stop()
	<-l.done
	l.store.Close()
	_ = l.sess.Close()
}

func (p *play) office() *casework.Office {
	return &casework.Office{Profile: p.profile, Desk: deskAt, Hold: -1}
}

// Address, RoomName and MovedTo are of outbox.Desk.
func (*play) Address() bot.Address     { return deskAt }
func (*play) RoomName(r string) string { return r }
func (*play) MovedTo(bot.Address)      {}

// deliver gives an event to the program until it takes it, and once more.
func (p *play) deliver(ev bot.Event) {
	p.t.Helper()
	p.twice("event "+string(ev.ID), func() error { return p.life.engine.Handle(p.t.Context(), ev) })
}

// twice does what the program may die of until it is done, and once more.
func (p *play) twice(what string, do func() error) {
	p.t.Helper()
	for taken := 0; taken < 2; {
		err := do()
		switch {
		case err == nil:
			taken++
		case errors.Is(err, errDead):
			p.life.end()
			p.life = p.live()
		default:
			p.t.Fatalf("%s: %v", what, err)
		}
	}
	p.quiet()
}

// quiet waits until every letter is sent; a process that died while sending is started again.
func (p *play) quiet() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 20*time.Second)
	defer cancel()
	for {
		var waiting int
		if err := p.eye.QueryRow(ctx, `SELECT count(*) FROM letters WHERE state IN ('waiting', 'sending')`).Scan(&waiting); err != nil {
			p.t.Fatalf("letters still wait: %v", err)
		}
		if waiting == 0 {
			return
		}
		p.life.mu.Lock()
		dead := p.life.dead
		p.life.mu.Unlock()
		if dead {
			p.life.end()
			p.life = p.live()
			continue
		}
		tick := time.NewTimer(5 * time.Millisecond) // a death makes no news
		select {
		case <-p.news:
		case <-tick.C:
		case <-ctx.Done():
			p.t.Fatal("letters still wait after 20 s")
		}
		tick.Stop()
	}
}

// hear brings the words of the only voice note until they are taken, and once more with others, which changes nothing.
func (p *play) hear(words, others string) {
	p.t.Helper()
	for taken := 0; taken < 2; {
		v := p.voice()
		err := p.life.engine.Hear(p.t.Context(), v, words)
		switch {
		case err == nil:
			taken++
			words = others
		case errors.Is(err, errDead):
			p.life.end()
			p.life = p.live()
		default:
			p.t.Fatalf("hear: %v", err)
		}
	}
	p.quiet()
}

// voice is the job that the voice note made.
func (p *play) voice() ledger.Transcribe {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.voices) == 0 {
		p.t.Fatal("nobody listens to the voice note")
	}
	return p.voices[0]
}

func (p *play) says(n int, chat bot.Address, person string, body bot.Body) bot.Event {
	return bot.Event{ID: bot.EventID(fmt.Sprintf("tg:%d", n)), Chat: chat, Group: chat == deskAt, From: bot.Person{ID: person, Name: "N" + person},
		At: began.Add(time.Duration(n) * time.Minute), Ref: bot.MessageRef{Chat: chat, ID: fmt.Sprintf("in%d", n)}, Body: body}
}

// code is the number of the only report.
func (p *play) code() string {
	var code string
	if err := p.eye.QueryRow(p.t.Context(), `SELECT code FROM reports`).Scan(&code); err != nil {
		p.t.Fatalf("the report: %v", err)
	}
	return code
}

// run plays the case.
func (p *play) run() {
	text := func(s string) bot.Body { return bot.Text{Text: s} }
	p.deliver(p.says(1, deskAt, "22", text("/daftar dishub")))
	p.deliver(p.says(2, deskAt, "21", text("/daftar dishub")))
	p.deliver(p.says(3, ani, "11", text("halo")))
	p.deliver(p.says(4, ani, "11", text("lampu pju mati dari kemarin, jalan gelap")))
	p.deliver(p.says(5, ani, "11", bot.Location{Lat: -6.1227, Lon: 106.1754}))
	p.deliver(p.says(6, ani, "11", bot.Photo{Media: bot.MediaRef{Network: bot.Store, ID: "aa/bb.jpg"}}))
	p.deliver(p.says(7, ani, "11", text("kirim")))
	code := p.code()
	p.deliver(p.says(8, deskAt, "21", text("/ambil "+code)))
	p.deliver(p.says(9, deskAt, "21", text(code+" regu kami di lokasi")))
	p.deliver(p.says(10, ani, "11", text("status")))
	p.phone(10, "kami sudah di depan rumah", "bukan ini")
	p.deliver(p.says(11, deskAt, "21", text("/teruskan "+code+" koordinator bukan lampu kota")))
	p.deliver(p.says(12, ani, "11", text(code)))
	p.deliver(p.says(13, budi, "12", bot.Voice{Media: bot.MediaRef{Network: bot.Store, ID: "aa/suara.ogg"}}))
	p.hear("got mampet di depan pasar", "dan lain lagi")
	p.deliver(p.says(14, budi, "12", text("ya")))
	p.move(code)
	p.life.end()
}

// outcome is everything that must be the same.
type outcome struct {
	Reports  []report.Report
	Facts    []report.Fact
	Calls    []ledger.Call
	Letters  map[string]string // key → purpose and text
	Sent     map[string][]string
	Sessions map[string]flows.State
	Timers   []string
}

// machine is the conversation, the same for all plays of a profile: it takes longer to make than a play takes.
func (p *play) machine() *flows.Machine {
	m, _ := machines.LoadOrStore(p.profile, sync.OnceValue(func() *flows.Machine {
		return flows.New(flows.Options{Profile: p.profile, Reader: wisher{understand.Keywords(p.profile)}, Finder: p.finder, Hears: true,
			Flows: []flows.Maker{call.New, track.New, intake.New}})
	}))
	return m.(func() *flows.Machine)()
}

var machines sync.Map // *profile.Profile → func() *flows.Machine

func (p *play) outcome(chats ...bot.Address) outcome {
	ctx := p.t.Context()
	out := outcome{Letters: map[string]string{}, Sent: map[string][]string{}, Sessions: map[string]flows.State{}}
	named := p.named()
	rows, err := p.eye.Query(ctx, `SELECT doc FROM reports ORDER BY id`)
	out.Reports = collect[report.Report](p.t, named, rows, err)
	rows, err = p.eye.Query(ctx, `SELECT doc FROM facts ORDER BY report, seq`)
	out.Facts = collect[report.Fact](p.t, named, rows, err)
	rows, err = p.eye.Query(ctx, `SELECT doc FROM calls ORDER BY opened, id`)
	out.Calls = collect[ledger.Call](p.t, named, rows, err)
	rows, err = p.eye.Query(ctx, `SELECT doc FROM letters WHERE purpose <> 'refresh'`)
	for _, l := range collect[ledger.Letter](p.t, named, rows, err) {
		out.Letters[l.Key] = string(l.Purpose) + ": " + l.Message.Text
	}
	// A refresh that a newer one replaced never goes out: which one does depends on the moment.
	for chat, keys := range p.sent {
		out.Sent[chat] = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return out.Letters[k] == "" })
	}
	// The desk's rooms and the talk in it are queues of their own: among them there is no order to keep.
	slices.Sort(out.Sent[deskAt.String()])
	rows, err = p.eye.Query(ctx, `SELECT kind || ' ' || subject || ' ' || rev || ' ' || at::text FROM timers ORDER BY subject, kind`)
	if err != nil {
		p.t.Fatal(err)
	}
	if out.Timers, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		p.t.Fatal(err)
	}
	sess, err := session.Open(p.redisURL, "poll", "t:")
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = sess.Close() }()
	machine := p.machine()
	for _, chat := range chats {
		s, err := sess.Load(ctx, chat)
		if err != nil {
			p.t.Fatal(err)
		}
		state, err := machine.Read([]byte(named.Replace(string(s.State))))
		if err != nil {
			p.t.Fatal(err)
		}
		out.Sessions[chat.String()] = state
	}
	return out
}

// named calls each report by the order of its id. Who dies before the commit draws another number when the event comes
// again: which one it is may differ from run to run, but wherever it is told it must be the one of the report.
func (p *play) named() *strings.Replacer {
	rows, err := p.eye.Query(p.t.Context(), `SELECT code FROM reports ORDER BY id`)
	if err != nil {
		p.t.Fatal(err)
	}
	codes, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		p.t.Fatal(err)
	}
	var pairs []string
	for i, code := range codes {
		pairs = append(pairs, code, fmt.Sprintf("NUMBER %d", i+1))
	}
	return strings.NewReplacer(pairs...)
}

func collect[T any](t *testing.T, named *strings.Replacer, rows pgx.Rows, err error) []T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (v T, err error) {
		var doc []byte
		if err = row.Scan(&doc); err != nil {
			return v, err
		}
		return v, json.Unmarshal([]byte(named.Replace(string(doc))), &v)
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func newPlay(t *testing.T, p *profile.Profile, f place.Finder, dieAt int) *play {
	t.Helper()
	dsn := testdb.New(t, migrations.At)
	open := func(conns int32) *pgxpool.Pool {
		config, err := pgxpool.ParseConfig(dsn)
		if err != nil {
			t.Fatal(err)
		}
		config.MaxConns = conns
		pool, err := pgxpool.NewWithConfig(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(pool.Close)
		return pool
	}
	pl := &play{t: t, pool: open(2), eye: open(1), redisURL: testredis.New(t), profile: p, finder: f, dieAt: dieAt,
		sent: map[string][]string{}, times: map[string]int{}, news: make(chan struct{}, 1)}
	pl.life = pl.live()
	return pl
}

// deaths are the steps at which the program dies, one in each play: all of them, where all is played (make thorough). Else they are every
// seventh; seven, as no event has so many steps and each kind of step gets its turn. Under the race detector, which looks at who runs beside
// whom and not at what comes of it, they are every twenty-third.
func deaths(steps int) iter.Seq[int] {
	every := 7
	switch {
	case raced:
		every = 23
	case os.Getenv("THOROUGH") != "":
		every = 1
	}
	return func(yield func(int) bool) {
		for at := 1; at <= steps; at += every {
			if !yield(at) {
				return
			}
		}
	}
}

func TestDyingAtAnyStepChangesNothing(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	f, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	whole := newPlay(t, p, f, 0)
	whole.run()
	chats := []bot.Address{ani, aniNow, budi}
	want := whole.outcome(chats...)
	if len(want.Reports) != 1 || len(want.Facts) < 5 || len(want.Sent[ani.String()]) < 8 {
		t.Fatalf("the case itself is not whole: %d reports, %d facts, %d messages to the citizen", len(want.Reports), len(want.Facts), len(want.Sent[ani.String()]))
	}
	if f := intake.Of(want.Sessions[budi.String()]).Form; f == nil || f.Text != "got mampet di depan pasar" {
		t.Fatalf("the voice note did not become the description: %+v", f)
	}
	if byHand := told(want.Facts, report.WasPhoned); len(byHand) != 1 || byHand[0].Words != "kami sudah di depan rumah" {
		t.Fatalf("what was written by hand is on record as %+v", byHand)
	}
	wantMoved(t, want)
	t.Logf("%d steps to die at", whole.steps)
	for at := range deaths(whole.steps) {
		t.Run(fmt.Sprintf("%03d", at), func(t *testing.T) {
			t.Parallel()
			pl := newPlay(t, p, f, at)
			pl.run()
			if diff := cmp.Diff(want, pl.outcome(chats...)); diff != "" {
				t.Errorf("died at step %d of %v: (-without +with)\n%s", at, pl.names[max(0, at-4):min(len(pl.names), at+2)], diff)
			}
			for key, n := range pl.times {
				if n > 2 {
					t.Errorf("%s went over the wire %d times; one death can repeat what was on its way, once", key, n)
				}
			}
		})
	}
}
