package postgres

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// beatEvery is how often a holder says that it lives, beatAgain how soon after it could not.
	beatEvery = time.Second
	beatAgain = 200 * time.Millisecond
	// askMost bounds one word with the database about a lease.
	askMost = time.Second
	// sureFor is how long a hold is sure after the last beat that the database is known to have taken.
	sureFor = 3 * time.Second
	// silentFor is how long a holder must not have been heard before another takes its place. By then its hold is not sure any
	// more, and what it had begun to send has landed or was cut off (2.5 s after the end of its hold).
	silentFor = 6 * time.Second
	// lookEvery is how often who waits for a name looks.
	lookEvery = 250 * time.Millisecond
	// leasesMost is how many connections serve the leases. They are their own: a busy pool costs nobody the lead.
	leasesMost = 4
	forever    = 10 * 365 * 24 * time.Hour
	// leasesKept is how long the names of programs that have ended are kept, in days.
	leasesKept = 30
)

// leases are the names that one program alone may have.
type leases struct {
	db    *pgxpool.Pool
	made  atomic.Int64 // how many connections were made
	place string
	now   func() time.Time
	tempo int // how many times more seldom holders speak and others look
	// held are the holds of this store: who of them speaks does it for all.
	mu       sync.Mutex
	held     map[*holding]bool
	speaking sync.Mutex   // one of them at a time
	unheard  atomic.Int64 // how many of their words were not taken
	// unasked is told once that it cannot be asked who holds a name; nil: nobody is.
	unasked func(name string, err error)
}

func newLeases(ctx context.Context, of *pgxpool.Pool, o Options) (*leases, error) {
	cfg := of.Config()
	l := &leases{place: placeOf(os.Getpid()), now: o.TimeHere, tempo: max(o.Tempo, 1), unasked: o.Unasked, held: map[*holding]bool{}}
	cfg.MinConns, cfg.MaxConns = 0, leasesMost
	if l.tempo > 1 {
		cfg.MaxConns = 1                                                                       // who speaks seldom does not stand in his own way
		cfg.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return false } // it would be as much as the word itself
	}
	cfg.MaxConnLifetime, cfg.MaxConnIdleTime = forever, forever // one that is made anew was lost
	if o.Share != nil {                                         // who says that it lives waits for no work
		plain, err := pgxpool.ParseConfig(cfg.ConnString())
		if err != nil {
			return nil, fmt.Errorf("read the database address: %w", err)
		}
		cfg.ConnConfig.DialFunc = plain.ConnConfig.DialFunc
	}
	cfg.ConnConfig.AfterConnect = nil // its statements are too small to be compiled, and who wants to lead waits for each word
	cfg.AfterConnect = func(context.Context, *pgx.Conn) error { l.made.Add(1); return nil }
	db, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open the database for leases: %w", err)
	}
	l.db = db
	return l, nil
}

// lease is a row of leases.
type lease struct {
	holder string
	fence  int64
	beat   int64
}

// suitor waits for a name.
type suitor struct {
	*leases
	name, holder string
	top          int64         // the greatest fence that was seen
	last         lease         // what was read last,
	silent       time.Duration // for how long nothing else was read,
	until        time.Time     // up to when that is counted; zero: anew from the next reading
	own          int64         // the fence it had last
	open         bool          // the name may be its own, though it may not know
	mute         bool          // it could not be asked last time, and that was told
}

func (l *leases) suitor(name string) *suitor {
	return &suitor{leases: l, name: name, holder: rand.Text() + slowly(l.tempo) + " " + l.place}
}

// slowly is how the name of a holder says that it speaks more seldom than others: who waits for its place has to listen for longer.
func slowly(tempo int) string {
	if tempo == 1 {
		return ""
	}
	return "~" + strconv.Itoa(tempo)
}

// silenceOf is for how long a holder must not have been heard before another takes its place.
func silenceOf(holder string) time.Duration {
	name, _, _ := strings.Cut(holder, " ")
	_, tempo, _ := strings.Cut(name, "~")
	n, err := strconv.Atoi(tempo)
	if err != nil || n < 1 {
		n = 1
	}
	return silentFor * time.Duration(n)
}

// times is a while as long as this program's tempo makes it.
func (l *leases) times(d time.Duration) time.Duration { return d * time.Duration(max(l.tempo, 1)) }

// try takes the name where it is free; a nil holding means that it is not, or that the database could not be asked.
func (s *suitor) try(ctx context.Context) *holding {
	// Not cut off when ctx ends: what is taken then is given back, and not taken after that.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askMost)
	defer cancel()
	const find = `SELECT holder, fence, beat FROM leases WHERE name = $1`
	asked := s.now()
	var row lease
	switch err := s.db.QueryRow(ctx, find, s.name).Scan(&row.holder, &row.fence, &row.beat); {
	case errors.Is(err, pgx.ErrNoRows):
		const first = `
INSERT INTO leases (name, holder, fence) VALUES ($1, $2, greatest(nextval('leases_fence'), $3 + 1)) ON CONFLICT DO NOTHING RETURNING fence`
		return s.taken(false, asked, s.db.QueryRow(ctx, first, s.name, s.holder, s.top))
	case err != nil:
		s.until = time.Time{} // who was not heard because nobody could be is not silent
		s.deaf(err)
		return nil
	}
	s.mute = false
	s.hears(row, asked)
	forgot := row.fence < s.top // a database that was put back: what it says of who leads may be wrong
	s.top = max(s.top, row.fence)
	mine := row.holder == s.holder
	_, place, _ := strings.Cut(row.holder, " ")
	free := !forgot && (mine || row.holder == "" || place != "" && ended(place))
	if !free && s.silent < silenceOf(row.holder) {
		return nil
	}
	const take = `
UPDATE leases SET holder = $2, fence = greatest(nextval('leases_fence'), $3 + 1), beat = beat + 1, seen = clock_timestamp()
WHERE name = $1 AND holder = $4 AND fence = $5 AND beat = $6 RETURNING fence`
	asked = s.now()
	return s.taken(!mine || row.fence != s.own, asked, s.db.QueryRow(ctx, take, s.name, s.holder, s.top, row.holder, row.fence, row.beat))
}

// deaf tells that it could not be asked, which says nothing of who leads.
func (s *suitor) deaf(err error) {
	if !s.mute && s.unasked != nil {
		s.unasked(s.name, err)
	}
	s.mute = true
}

// hears counts for how long the holder has been silent, as far as this suitor was there to hear: a while in which it stood still itself,
// and all others may have, counts as one look.
func (s *suitor) hears(row lease, asked time.Time) {
	if row != s.last {
		s.last, s.silent, s.until = row, 0, s.now() // it may have been heard as late as that
		return
	}
	if !s.until.IsZero() {
		s.silent += min(asked.Sub(s.until), askMost+s.times(lookEvery))
	}
	s.until = asked
}

func (s *suitor) taken(after bool, asked time.Time, row pgx.Row) *holding {
	h := &holding{suitor: s, after: after}
	err := row.Scan(&h.fence)
	s.open = s.open || !errors.Is(err, pgx.ErrNoRows)
	if err != nil {
		if !errors.Is(err, pgx.ErrNoRows) {
			s.deaf(err)
		}
		return nil
	}
	s.top, s.own = max(s.top, h.fence), h.fence
	h.heard.Store(&asked)
	h.keep(true)
	return h
}

// leave frees the name where this suitor has it, by whatever fence.
func (s *suitor) leave(ctx context.Context) {
	const free = `UPDATE leases SET holder = '' WHERE name = $1 AND holder = $2`
	const forget = `DELETE FROM leases WHERE seen < clock_timestamp() - make_interval(days => $1)`
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askMost)
	defer cancel()
	for { // where the database does not answer, silence gives it back
		if _, err := s.db.Exec(ctx, free, s.name, s.holder); err == nil {
			s.open = false
			_, _ = s.db.Exec(ctx, forget, leasesKept)
			return
		}
		if !pause(ctx, askMost/20) {
			return
		}
	}
}

// Led reports whether some instance holds the name.
func (s *Store) Led(ctx context.Context, name string) (bool, error) {
	const find = `SELECT holder, extract(epoch FROM clock_timestamp() - seen)::float8 FROM leases WHERE name = $1 AND holder <> ''`
	var holder string
	var silent float64
	err := s.leases.db.QueryRow(ctx, find, name).Scan(&holder, &silent)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("ask who holds a name: %w", err)
	}
	_, place, _ := strings.Cut(holder, " ")
	return silent < silenceOf(holder).Seconds() && (place == "" || !ended(place)), nil
}

// fenced is the end of a condition: what is written under a hold is written only while nobody has the name after it. $name and
// $fence stand for the places of its parameters.
func fenced(name, fence int) string {
	return fmt.Sprintf("($%d = '' OR EXISTS (SELECT FROM leases WHERE name = $%d AND fence = $%d))", name, name, fence)
}
