package outbox

import (
	"time"

	"rabeg/internal/ledger"
)

// bucket lets so many messages go a second, and a burst of them at once. Unlike the limiters of libraries it takes back
// what was not used: a letter that turned out not to be ready costs its chat nothing. A nil bucket sets no limit.
type bucket struct {
	rate, burst float64
	tokens      float64 // below zero: owed
	at          time.Time
}

func newBucket(perSecond float64, burst int, now time.Time) *bucket {
	if perSecond <= 0 {
		return nil
	}
	b := float64(max(burst, 1))
	return &bucket{rate: perSecond, burst: b, tokens: b, at: now}
}

func (b *bucket) fill(now time.Time) {
	if d := now.Sub(b.at); d > 0 {
		b.tokens = min(b.burst, b.tokens+d.Seconds()*b.rate)
		b.at = now
	}
}

// spend empties it.
func (b *bucket) spend(now time.Time) {
	if b != nil {
		b.tokens, b.at = min(b.tokens, 0), now
	}
}

// full reports whether nothing is left of what was spent.
func (b *bucket) full(now time.Time) bool {
	if b == nil {
		return true
	}
	b.fill(now)
	return b.tokens >= b.burst
}

// wait tells how long until n messages are allowed, and takes nothing. More than a full bucket is never waited for.
func (b *bucket) wait(now time.Time, n int) time.Duration {
	if b == nil {
		return 0
	}
	b.fill(now)
	need := min(float64(n), b.burst)
	if b.tokens >= need {
		return 0
	}
	return time.Duration((need-b.tokens)/b.rate*float64(time.Second)) + time.Microsecond
}

// take spends n messages; what is more than the bucket holds is owed. A negative n gives back.
func (b *bucket) take(now time.Time, n int) {
	if b == nil {
		return
	}
	b.fill(now)
	b.tokens = min(b.burst, b.tokens-float64(n))
}

// pass lets time go by that allows nothing: while a message is on the wire, nobody knows when the network counts it.
func (b *bucket) pass(now time.Time) {
	if b != nil && now.After(b.at) {
		b.at = now
	}
}

// cost is how many messages a letter counts as: networks count every picture of an album.
func cost(l ledger.Letter) int {
	n := len(l.Message.Photos) + len(l.Message.Files)
	if len(l.Message.Photos) != 1 && l.Message.Text != "" {
		n++
	}
	return max(n, 1)
}

// day counts what was sent on a UTC day.
type day struct {
	date time.Time
	n    int
}

func (d *day) add(now time.Time, n int) {
	if date := now.UTC().Truncate(24 * time.Hour); !date.Equal(d.date) {
		d.date, d.n = date, 0
	}
	d.n += n
}

// wait is how long until n more are within the most of a day. A message larger than that is not held for ever.
func (d *day) wait(now time.Time, n, most int) time.Duration {
	date := now.UTC().Truncate(24 * time.Hour)
	if !date.Equal(d.date) || d.n == 0 || d.n+n <= most {
		return 0
	}
	return date.Add(24 * time.Hour).Sub(now)
}

// limits are what the network as a whole takes, whatever the chat.
type limits struct {
	pace    Pace
	all     *bucket
	notices *bucket
	today   day
	stop    time.Time // the network asked for silence until then
	since   time.Time // when this sender took the place of another, which may have used all that was allowed
}

func newLimits(p Pace, now time.Time) limits {
	l := limits{pace: p, all: newBucket(p.PerSecond, p.Burst, now)}
	if p.NoticeEvery > 0 {
		l.notices = newBucket(1/p.NoticeEvery.Seconds(), 1, now)
	}
	return l
}

// chat is the limit of one chat, or of a group.
func (l *limits) chat(group bool, now time.Time) *bucket {
	b := newBucket(l.pace.ChatPerSecond, l.pace.ChatBurst, now)
	if group {
		b = newBucket(l.pace.GroupPerMinute/60, l.pace.GroupBurst, now)
	}
	if !l.since.IsZero() && b != nil {
		b.spend(l.since)
		b.fill(now)
	}
	return b
}

// spend counts as used up what the network allows, for all chats: another sender has just had it.
func (l *limits) spend(now time.Time) {
	l.since = now
	l.all.spend(now)
	l.notices.spend(now)
}

// network is how long until it may be written to. An alarm is owed to it instead: what comes after waits longer. One that
// the network refused waits for as long as it asked, and for nothing else.
func (l *limits) network(it *Item, now time.Time, n int) time.Duration {
	if it.rushes() {
		return 0
	}
	if now.Before(l.stop) {
		return l.stop.Sub(now)
	}
	if it.urgent() && !it.told {
		return 0
	}
	if l.pace.PerDay > 0 {
		if wait := l.today.wait(now, n, l.pace.PerDay); wait > 0 {
			return wait
		}
	}
	return l.all.wait(now, n)
}

// notice is how long until a notice may go.
func (l *limits) notice(it *Item, now time.Time) time.Duration {
	if !it.Letter.Purpose.News() {
		return 0
	}
	return l.notices.wait(now, 1)
}

// take spends what a letter costs; a negative n gives it back.
func (l *limits) take(it *Item, now time.Time, n int) {
	l.all.take(now, n)
	l.today.add(now, n)
	switch {
	case !it.Letter.Purpose.News():
	case n < 0:
		l.notices.take(now, -1)
	default:
		l.notices.take(now, 1)
	}
}

// hush keeps silence until then, where nothing longer was asked for.
func (l *limits) hush(until time.Time) {
	if until.After(l.stop) {
		l.stop = until
	}
}
