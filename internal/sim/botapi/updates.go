package botapi

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync/atomic"
	"time"
)

const maxPoll = 50 * time.Second

// update is one update to the bot. It is encoded when first delivered, outside the server's lock.
type update struct {
	id   int64
	kind string
	chat int64
	body any
	raw  atomic.Pointer[[]byte]
}

// encode gives the update's JSON. body never changes, so two callers at once make the same bytes.
func (u *update) encode() []byte {
	if b := u.raw.Load(); b != nil {
		return *b
	}
	body, err := json.Marshal(u.body)
	if err != nil {
		body = []byte("{}")
	}
	b := make([]byte, 0, len(body)+len(u.kind)+40)
	b = append(b, `{"update_id":`...)
	b = strconv.AppendInt(b, u.id, 10)
	if u.kind == "" { // injected: body is an object's inside
		if len(body) > 2 {
			b = append(append(b, ','), body[1:len(body)-1]...)
		}
	} else {
		b = append(append(append(b, `,"`...), u.kind...), `":`...)
		b = append(b, body...)
	}
	b = append(b, '}')
	u.raw.Store(&b)
	return b
}

// updateQueue holds what the bot has not confirmed; the server's lock guards it.
type updateQueue struct {
	pending   []*update
	replay    []*update // delivered once more before everything else
	duplicate int       // so many of the next confirmed updates go to replay; negative: all
	allowed   map[string]bool
	wake      chan struct{}
	evict     chan string // a waiting poll is told here why it ends
}

// wanted tells whether the bot asked for this kind. As with Telegram, the default is everything but chat_member and
// reactions.
func (q *updateQueue) wanted(kind string) bool {
	if kind == "" {
		return true
	}
	if q.allowed == nil {
		return kind != "chat_member"
	}
	return q.allowed[kind]
}

func (q *updateQueue) stir() {
	if q.wake != nil {
		close(q.wake)
		q.wake = nil
	}
}

// notify queues an update for the bot. The server's lock is held.
func (s *Server) notify(kind string, chat int64, body any) {
	if !s.queue.wanted(kind) {
		return
	}
	s.updateID++
	u := &update{id: s.updateID, kind: kind, chat: chat, body: body}
	s.counts.queued.Add(1)
	if s.hook != nil {
		s.hook.add(u)
		return
	}
	s.queue.pending = append(s.queue.pending, u)
	s.queue.stir()
}

// confirm drops everything before offset.
func (q *updateQueue) confirm(offset int64) {
	n := 0
	for n < len(q.pending) && q.pending[n].id < offset {
		if q.duplicate != 0 {
			q.duplicate--
			q.replay = append(q.replay, q.pending[n])
		}
		q.pending[n] = nil
		n++
	}
	q.pending = q.pending[n:]
}

// readAllowed keeps allowed_updates; it rules what is queued from now on.
func (s *Server) readAllowed(p *params) *apiError {
	if !p.has("allowed_updates") {
		return nil
	}
	var kinds []string
	if err := p.object("allowed_updates", &kinds); err != nil {
		return err
	}
	s.queue.allowed = nil
	if len(kinds) > 0 {
		s.queue.allowed = make(map[string]bool, len(kinds))
		for _, k := range kinds {
			s.queue.allowed[k] = true
		}
	}
	return nil
}

func (s *Server) getUpdates(ctx context.Context, p *params) (any, *apiError) {
	offset, _ := p.integer("offset")
	limit := 100
	if n, ok := p.integer("limit"); ok && n >= 1 && n <= 100 {
		limit = int(n)
	}
	seconds, _ := p.integer("timeout")
	wait := min(time.Duration(max(seconds, 0))*time.Second, maxPoll)

	s.mu.Lock()
	q := &s.queue
	if s.hook != nil {
		s.mu.Unlock()
		return nil, conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if q.evict != nil { // Telegram ends the older of two polls
		q.evict <- "terminated by other getUpdates request; make sure that only one bot instance is running"
		q.evict = nil
	}
	if err := s.readAllowed(p); err != nil {
		s.mu.Unlock()
		return nil, err
	}
	if offset < 0 {
		keep := min(int(-offset), len(q.pending))
		q.pending = q.pending[len(q.pending)-keep:]
	} else {
		q.confirm(offset)
	}
	list, err := s.poll(ctx, limit, wait)
	if err != nil {
		return nil, err
	}
	return encodeUpdates(list), nil
}

// poll takes what is there or waits. It is entered with the server's lock held and returns with it released.
func (s *Server) poll(ctx context.Context, limit int, wait time.Duration) ([]*update, *apiError) {
	q := &s.queue
	if list := q.next(limit); len(list) > 0 || wait == 0 {
		s.mu.Unlock()
		return list, nil
	}
	evict := make(chan string, 1)
	q.evict = evict
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		if q.wake == nil {
			q.wake = make(chan struct{})
		}
		wake := q.wake
		s.mu.Unlock()
		over := false
		select {
		case <-wake:
		case reason := <-evict:
			return nil, conflict(reason)
		case <-timer.C:
			over = true
		case <-ctx.Done():
			over = true
		case <-s.done:
			over = true
		}
		s.mu.Lock()
		if q.evict != evict {
			s.mu.Unlock()
			return nil, conflict(<-evict)
		}
		list := q.next(limit)
		if len(list) > 0 || over {
			q.evict = nil
			s.mu.Unlock()
			return list, nil
		}
	}
}

// next gives up to limit updates: replays first, then the oldest pending.
func (q *updateQueue) next(limit int) []*update {
	n := min(len(q.replay), limit)
	list := slices.Clone(q.replay[:n])
	q.replay = q.replay[n:]
	return append(list, q.pending[:min(len(q.pending), limit-n)]...)
}

// rawJSON is a result that is encoded already.
type rawJSON []byte

func encodeUpdates(list []*update) rawJSON {
	b := make([]byte, 0, 512*len(list)+32)
	b = append(b, '[')
	for i, u := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, u.encode()...)
	}
	return append(b, ']')
}

// Inject queues an update with a body of the caller's making: body is a JSON object without update_id, for instance
// {"message":{…}}. For updates of unknown kinds and for broken ones. It reports the update's id.
func (s *Server) Inject(chat int64, body json.RawMessage) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notify("", chat, body)
	return s.updateID
}

// Duplicate makes each of the next n confirmed updates be delivered once more, with the same update_id, as Telegram does
// when an answer was lost. Negative n: all; 0: none.
func (s *Server) Duplicate(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.duplicate = n
}

// Pending is how many updates wait for the bot's confirmation.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pending()
}

func (s *Server) pending() int {
	if s.hook != nil {
		return s.hook.waiting
	}
	return len(s.queue.pending) + len(s.queue.replay)
}
