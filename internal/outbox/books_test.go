package outbox

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

var errGone = errors.New("the database is away")

// drawer is a database with nothing but waiting letters in it.
type drawer struct {
	Queue
	waiting []int64
	marked  []Fate
	away    bool
	reading func() // while ids are read
}

func (d *drawer) Unclaim(context.Context, []string) error {
	if d.away {
		return errGone
	}
	return nil
}

func (d *drawer) WaitingIDs(_ context.Context, _ []string, limit int) ([]int64, error) {
	ids := slices.Clone(d.waiting)
	if d.reading != nil {
		d.reading()
	}
	return ids[:min(len(ids), limit)], nil
}

func (d *drawer) ByIDs(_ context.Context, ids []int64) (out []Item, err error) {
	for _, id := range ids {
		out = append(out, *letterTo(id, "ani", ledger.Reply))
	}
	return out, nil
}

func (d *drawer) Mark(_ context.Context, fates []Fate) error {
	if d.away {
		return errGone
	}
	d.marked = append(d.marked, fates...)
	return nil
}

// shop is books with what they put on the board.
type shop struct {
	*books
	sync.Mutex
	put []int64
}

func newShop(d *drawer) *shop {
	s := &shop{}
	s.books = newBooks(Options{Queue: d, Networks: []string{"telegram"}}, &s.Mutex, func(it Item) { s.put = append(s.put, it.ID) })
	return s
}

func (s *shop) hand(ids ...int64) bool {
	s.Lock()
	defer s.Unlock()
	var items []Item
	for _, id := range ids {
		items = append(items, *letterTo(id, "ani", ledger.Reply))
	}
	return s.offer(items)
}

// A letter that is offered while older ones are read comes after them, and one that is offered and read comes once.
func TestBooksKeepTheOrderWhileTheyLoad(t *testing.T) {
	t.Parallel()
	d := &drawer{waiting: []int64{1, 2, 3}}
	s := newShop(d)
	if s.hand(4) {
		t.Error("letters are taken before the books are open")
	}
	if !s.begin(t.Context()) {
		t.Fatal("not begun")
	}
	d.reading = func() { s.hand(3, 4) }
	if ok, again := s.load(t.Context()); !ok || again {
		t.Errorf("load: %v, %v", ok, again)
	}
	s.hand(5)
	if want := []int64{1, 2, 3, 4, 5}; !slices.Equal(s.put, want) {
		t.Errorf("put %v, want %v", s.put, want)
	}
}

// Where all that waits is known, a glance tells so; it sees what nobody told of, and never overlooks what is only partly loaded.
func TestAGlanceAtTheBooks(t *testing.T) {
	t.Parallel()
	d := &drawer{waiting: []int64{1, 2}}
	s := newShop(d)
	s.begin(t.Context())
	if !s.glance(t.Context()) {
		t.Error("nothing is loaded yet, and it sees nothing")
	}
	s.load(t.Context())
	if s.glance(t.Context()) {
		t.Error("it sees what is known")
	}
	d.waiting = append(d.waiting, 3)
	if !s.glance(t.Context()) {
		t.Error("it does not see a letter of another program")
	}
	s.load(t.Context())
	if s.glance(t.Context()) {
		t.Error("it sees what was loaded")
	}
	for id := int64(4); id <= loadMost+10; id++ {
		d.waiting = append(d.waiting, id)
	}
	s.load(t.Context())
	if !s.glance(t.Context()) {
		t.Error("it overlooks what had no room")
	}
	if want := []int64{1, 2, 3, 4}; !slices.Equal(s.put[:4], want) {
		t.Errorf("put %v, want %v", s.put[:4], want)
	}
}

// What is done with is written, when the database is there again, and a late notice of it counts for nothing.
func TestBooksWriteFates(t *testing.T) {
	t.Parallel()
	d := &drawer{}
	s := newShop(d)
	s.begin(t.Context())
	s.load(t.Context())
	s.hand(1)
	s.close(&ending{Fate: Fate{ID: 1, Key: "1", State: ledger.Sent, lane: "ani"}, queue: "telegram"})
	d.away = true
	if s.write(t.Context()) || s.owed("ani") <= s.written {
		t.Error("it is written though the database is away")
	}
	s.shut() // and is known by who comes next
	if d.away = false; !s.write(t.Context()) || len(d.marked) != 1 || s.owed("ani") > s.written {
		t.Errorf("written %+v", d.marked)
	}
	s.begin(t.Context())
	s.load(t.Context())
	s.hand(1)
	s.sweep(noon)
	s.sweep(noon.Add(rememberFor / 2))
	s.hand(1)
	if len(s.put) != 1 {
		t.Errorf("put %v", s.put)
	}
}

// The card of the desk is found before it is written down where it stands.
func TestBooksKnowWhereACardStands(t *testing.T) {
	t.Parallel()
	d := &drawer{}
	s := newShop(d)
	at := bot.MessageRef{Chat: bot.Address{Network: bot.Telegram, ID: "-1"}, ID: "7"}
	s.close(&ending{Fate: Fate{ID: 1, Key: "r1", State: ledger.Sent, Ref: at, edits: "card"}, queue: DeskQueue, operators: true})
	for _, key := range []string{"r1", "card"} {
		if got, ok := s.ref(key); !ok || got != at {
			t.Errorf("%s stands at %v", key, got)
		}
	}
	s.write(t.Context())
	if _, ok := s.ref("card"); ok {
		t.Error("it is kept for good")
	}
}

// Of more letters than memory holds the oldest come first, and the rest is read when there is room.
func TestBooksAreBounded(t *testing.T) {
	t.Parallel()
	d := &drawer{}
	for id := range int64(loadMost + 10) {
		d.waiting = append(d.waiting, id+1)
	}
	s := newShop(d)
	s.begin(t.Context())
	s.load(t.Context())
	s.hand(loadMost + 11)
	if len(s.put) != loadMost || s.put[loadMost-1] != loadMost {
		t.Fatalf("%d letters are here", len(s.put))
	}
	for _, id := range s.put {
		s.close(&ending{Fate: Fate{ID: id, State: ledger.Sent}, queue: "telegram"})
	}
	s.write(t.Context())
	d.waiting = append(d.waiting[loadMost:], loadMost+11)
	s.load(t.Context())
	if len(s.put) != loadMost+11 || s.put[loadMost] != loadMost+1 {
		t.Errorf("%d letters came", len(s.put))
	}
	s.sweep(noon.Add(time.Minute))
}
