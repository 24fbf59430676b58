package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

var (
	deskChat = bot.Address{Network: bot.Telegram, ID: "-100"}
	errAway  = errors.New("the database is away")
)

func citizen(n int) bot.Address { return bot.Address{Network: bot.Telegram, ID: fmt.Sprint(n)} }

// row is a letter in the database of the tests.
type row struct {
	outbox.Item
	state  ledger.DeliveryState
	why    string
	ref    bot.MessageRef
	marked int // how often its end was written
	shut   bot.Address
}

const claimed ledger.DeliveryState = "sending"

// sending is one call to the network.
type sending struct {
	To   bot.Address
	Key  string
	Text string
	M    bot.Message
	Edit bool
	Err  error
	// Began and Ended are times of the bubble.
	Began, Ended time.Time
}

// world is a database, a network and a desk in memory. All of its time is the bubble's.
type world struct {
	tb testing.TB

	mu    sync.Mutex
	rows  []*row
	away  bool // the database does not answer
	files map[string]ledger.File
	rooms map[string]bot.Address
	moves map[bot.Address]bot.Address
	desk  bot.Address

	calls  []sending
	onWire map[string]int           // by chat
	slow   map[string]time.Duration // how long a letter takes that does not take as long as all others
	twice  int                      // how often two were on the wire at once in one chat
	topics int
	marks  int // how often fates were written
	// took is how long a call takes; script says how it ends.
	took   time.Duration
	script func(to bot.Address, key string, edit bool) error
	said   sync.Mutex // one call of script at a time
	digest func(n int) error
	told   []string // what one message told of, and where it stands

	sender *outbox.Sender
	stop   context.CancelFunc
	ended  chan struct{}
}

func newWorld(tb testing.TB, change func(*outbox.Options)) *world {
	w := &world{
		tb: tb, files: map[string]ledger.File{}, rooms: map[string]bot.Address{}, moves: map[bot.Address]bot.Address{},
		desk: deskChat, onWire: map[string]int{}, took: 10 * time.Millisecond,
		script: func(bot.Address, string, bool) error { return nil },
		digest: func(int) error { return nil },
	}
	o := outbox.Options{
		Channel: w, Networks: []string{string(bot.Telegram), outbox.DeskQueue}, Queue: w, Directory: w, Composer: w, Desk: w,
		Now: time.Now, Jitter: func() float64 { return 0.5 },
	}
	if change != nil {
		change(&o)
	}
	w.sender = outbox.New(o)
	return w
}

// lead makes the sender run until leave.
func (w *world) lead() {
	ctx, cancel := context.WithCancel(context.Background())
	w.stop, w.ended = cancel, make(chan struct{})
	go func() {
		defer close(w.ended)
		if err := w.sender.Run(ctx); err != nil {
			w.tb.Errorf("Run: %v", err)
		}
	}()
}

func (w *world) leave() {
	w.stop()
	<-w.ended
}

// in runs a test with a running sender in a bubble.
func in(t *testing.T, change func(*outbox.Options), test func(*world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, change)
		w.lead()
		synctest.Wait()
		defer func() { w.leave() }()
		test(w)
	})
}

// pass lets time pass.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// write commits letters and offers them, as the store does.
func (w *world) write(letters ...ledger.Letter) {
	items := w.commit(letters...)
	w.sender.Offer(items)
}

// commit puts letters into the database and tells nobody.
func (w *world) commit(letters ...ledger.Letter) []outbox.Item {
	w.mu.Lock()
	defer w.mu.Unlock()
	var items []outbox.Item
	for _, l := range letters {
		if l.Fold != "" && l.Purpose != ledger.Reply {
			for _, r := range w.rows {
				if r.state == ledger.Waiting && r.Letter.Fold == l.Fold && r.Letter.Desk == l.Desk && r.Letter.To == l.To {
					r.state = ledger.Overtaken
				}
			}
		}
		it := outbox.Item{ID: int64(len(w.rows) + 1), Letter: l}
		w.rows = append(w.rows, &row{Item: it, state: ledger.Waiting})
		items = append(items, it)
	}
	return items
}

func (w *world) set(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f()
}

func (w *world) row(key string) row {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.rows {
		if r.Letter.Key == key {
			return *r
		}
	}
	w.tb.Fatalf("no letter %s", key)
	return row{}
}

// sent lists the keys that arrived, in the order in which they began.
func (w *world) sent() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for _, c := range w.calls {
		if c.Err == nil {
			out = append(out, c.Key)
		}
	}
	return out
}

// alarms reports whether a letter is an alarm, or what tells of several. w.mu is held.
func (w *world) alarms(key string) bool {
	key, _, _ = strings.Cut(key, "+")
	return slices.ContainsFunc(w.rows, func(r *row) bool { return r.Letter.Key == key && r.Letter.Purpose == ledger.Alarm })
}

func (w *world) tries(key string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, c := range w.calls {
		if c.Key == key {
			n++
		}
	}
	return n
}

func (w *world) call(n int) sending {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n >= len(w.calls) {
		w.tb.Fatalf("%d calls, want more than %d", len(w.calls), n)
	}
	return w.calls[n]
}

func (w *world) want(keys ...string) {
	w.tb.Helper()
	if got := w.sent(); !slices.Equal(got, keys) {
		w.tb.Errorf("sent %v, want %v", got, keys)
	}
}

func (w *world) wantState(key string, s ledger.DeliveryState) {
	w.tb.Helper()
	if r := w.row(key); r.state != s {
		w.tb.Errorf("%s is %q, want %q", key, r.state, s)
	}
}

// The network.

func (w *world) Network() bot.Network { return bot.Telegram }

func (w *world) Run(context.Context, bot.Handler) error { return errors.New("not here") }

func (w *world) Fetch(context.Context, bot.MediaRef) (io.ReadCloser, error) {
	return nil, errors.New("not here")
}

func (w *world) Send(ctx context.Context, to bot.Address, key string, m bot.Message) (bot.MessageRef, error) {
	if err := w.wire(ctx, sending{To: to, Key: key, M: m, Text: m.Text}); err != nil {
		return bot.MessageRef{}, err
	}
	return bot.MessageRef{Chat: to.Chat(), ID: key}, nil
}

func (w *world) Edit(ctx context.Context, ref bot.MessageRef, m bot.Message) error {
	return w.wire(ctx, sending{To: ref.Chat, Key: ref.ID, M: m, Text: m.Text, Edit: true})
}

func (w *world) wire(ctx context.Context, c sending) error {
	w.mu.Lock()
	c.Began = time.Now()
	chat := c.To.Chat().String()
	if w.alarms(c.Key) {
		chat += " alarms" // one of them may fly beside something else
	}
	w.onWire[chat]++
	if w.onWire[chat] > 1 {
		w.twice++
	}
	script, took := w.script, w.took
	if slow, ok := w.slow[c.Key]; ok {
		took = slow
	}
	w.mu.Unlock()
	t := time.NewTimer(took)
	defer t.Stop()
	select {
	case <-ctx.Done():
		c.Err = ctx.Err()
	case <-t.C:
		w.said.Lock()
		c.Err = script(c.To, c.Key, c.Edit)
		w.said.Unlock()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.onWire[chat]--
	c.Ended = time.Now()
	w.calls = append(w.calls, c)
	return c.Err
}

func (w *world) OpenTopic(_ context.Context, group bot.Address, _ string) (bot.Address, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.topics++
	group.Topic = fmt.Sprint(w.topics)
	return group, nil
}

func (w *world) Answer(ctx context.Context, press bot.EventID, _ string) error {
	return w.wire(ctx, sending{To: bot.Address{Network: bot.Telegram, ID: "press-" + string(press)}, Key: string(press)})
}

// The database.

func (w *world) WaitingIDs(_ context.Context, networks []string, limit int) ([]int64, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return nil, errAway
	}
	var ids []int64
	for _, r := range w.rows {
		queue := string(r.Letter.To.Network)
		if r.Letter.Desk {
			queue = outbox.DeskQueue
		}
		if r.state == ledger.Waiting && slices.Contains(networks, queue) && len(ids) < limit {
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}

func (w *world) ByIDs(_ context.Context, ids []int64) ([]outbox.Item, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return nil, errAway
	}
	var out []outbox.Item
	for _, id := range ids {
		if r := w.rows[id-1]; r.state == ledger.Waiting {
			out = append(out, outbox.Item{ID: id, Letter: r.Letter, Attempts: r.Attempts})
		}
	}
	return out, nil
}

func (w *world) Mark(_ context.Context, fates []outbox.Fate) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return errAway
	}
	w.marks++
	for _, f := range fates {
		r := w.rows[f.ID-1]
		r.marked++
		open := r.state == ledger.Waiting || r.state == claimed
		if open && f.State != ledger.Cold || r.state == ledger.Cold || r.state == ledger.Overtaken && f.State == ledger.Sent {
			r.state, r.why, r.ref, r.Attempts, r.shut = f.State, f.Why, f.Ref, f.Attempts, f.Unreached
		}
	}
	return nil
}

func (w *world) Claim(_ context.Context, id int64) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return false, errAway
	}
	r := w.rows[id-1]
	ok := r.state == ledger.Waiting || r.state == claimed
	if ok {
		r.state = claimed
	}
	return ok, nil
}

func (w *world) Unclaim(context.Context, []string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return errAway
	}
	for _, r := range w.rows {
		if r.state == claimed {
			r.state = ledger.Waiting
		}
	}
	return nil
}

func (w *world) Ref(_ context.Context, key string) (bot.MessageRef, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return bot.MessageRef{}, false, errAway
	}
	var ref bot.MessageRef
	gone := true
	for _, r := range w.rows {
		if r.Letter.Key == key {
			ref, gone = r.ref, r.state != ledger.Waiting && r.state != claimed
		}
		if r.Letter.Edits == key && !r.ref.Zero() {
			ref = r.ref
		}
	}
	return ref, gone, nil
}

func (w *world) File(_ context.Context, m bot.MediaRef) (ledger.File, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f, ok := w.files[m.ID]
	return f, ok, nil
}

func (w *world) Room(_ context.Context, desk bot.Address, room string) (bot.Address, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.away {
		return bot.Address{}, false, errAway
	}
	a, ok := w.rooms[desk.String()+"/"+room]
	return a, ok, nil
}

func (w *world) SetRoom(_ context.Context, desk bot.Address, room string, a bot.Address) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if a.Zero() {
		delete(w.rooms, desk.Chat().String()+"/"+room)
	} else {
		w.rooms[desk.Chat().String()+"/"+room] = a
	}
	return nil
}

func (w *world) Moved(_ context.Context, was, now bot.Address) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.moves[was.Chat()] = now.Chat()
	return nil
}

// The desk and its cards.

func (w *world) Address() bot.Address {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.desk
}

func (w *world) RoomName(room string) string { return room }

func (w *world) MovedTo(a bot.Address) { w.set(func() { w.desk = a }) }

func (w *world) Compose(_ context.Context, l ledger.Letter) (bot.Message, error) {
	switch l.Report {
	case 404:
		return bot.Message{}, fmt.Errorf("compose: %w", ledger.ErrUnknown)
	case 500:
		panic("a card that cannot be drawn")
	}
	return bot.Message{Text: fmt.Sprintf("report %d", l.Report)}, nil
}

func (w *world) Digest(_ context.Context, cards []ledger.Letter) (bot.Message, string, error) {
	w.mu.Lock()
	digest := w.digest
	w.mu.Unlock()
	if err := digest(len(cards)); err != nil {
		return bot.Message{}, "", err
	}
	return bot.Message{Text: fmt.Sprintf("%d reports", len(cards))}, fmt.Sprintf("list of %d", len(cards)), nil
}

// Told is of Teller.
func (w *world) Told(_ context.Context, at bot.MessageRef, letters []ledger.Letter) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, fmt.Sprintf("%d from %s at %v", len(letters), letters[0].Key, !at.Zero()))
	return nil
}
