package outbox

import (
	"context"
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
)

const (
	// fileWait is how often a letter looks for its files, and filePatience how long; then it goes without them.
	fileWait     = 400 * time.Millisecond
	filePatience = 3 * time.Minute
	// stubborn is how many failed tries prove that a letter itself is at fault: at the longest pause, about a day.
	stubborn = 2880
	// pressPatience is how long the network's spinning button may be answered at all.
	pressPatience = 3
)

// errNotYet says that what the letter shows is not there yet.
var errNotYet = errors.New("not yet")

// errOvertaken says that there is nothing to send any more.
var errOvertaken = errors.New("overtaken")

func (s *Sender) fly(ctx context.Context, f flight) {
	began := s.Now()
	it := f.items[0]
	var ref bot.MessageRef
	var edited bool
	var err error
	switch {
	case it.Letter.Purpose == casework.ToPress:
		err = s.press(ctx, it.Letter)
	case len(f.items) > 1:
		ref, err = s.digest(ctx, f.items)
	default:
		ref, edited, err = s.send(ctx, it)
	}
	if se := bot.AsSendError(err); err != nil && se.Remedy == bot.Move {
		s.follow(ctx, it.Letter, se.To)
	}
	s.land(f, ref, edited, err, s.Now().Sub(began))
}

func (s *Sender) press(ctx context.Context, l casework.Letter) error {
	a, ok := s.Channel.(bot.Answerer)
	if !ok {
		return errOvertaken
	}
	return a.Answer(ctx, l.Press, l.Message.Text)
}

func (s *Sender) digest(ctx context.Context, items []*Item) (bot.MessageRef, error) {
	letters := make([]casework.Letter, len(items))
	for i, it := range items {
		letters[i] = it.Letter
	}
	m, err := s.Composer.Digest(ctx, letters)
	if err != nil {
		return bot.MessageRef{}, err
	}
	to, err := s.address(ctx, letters[0])
	if err != nil {
		return bot.MessageRef{}, err
	}
	return s.Channel.Send(ctx, to, letters[0].Key, m)
}

func (s *Sender) send(ctx context.Context, it *Item) (ref bot.MessageRef, edited bool, err error) {
	l := it.Letter
	m, err := s.message(ctx, l)
	if err != nil {
		return bot.MessageRef{}, false, err
	}
	if err := s.files(ctx, it, &m); err != nil {
		return bot.MessageRef{}, false, err
	}
	if l.Edits != "" {
		ref, edited, err = s.edit(ctx, l, m)
		if edited || err != nil {
			return ref, edited, err
		}
	}
	to, err := s.address(ctx, l)
	if err != nil {
		return bot.MessageRef{}, false, err
	}
	if l.Answers != "" {
		at, _, err := s.Directory.Ref(ctx, l.Answers)
		if err != nil {
			return bot.MessageRef{}, false, err
		}
		if !at.Zero() {
			m.ReplyTo = &at
		}
	}
	if !l.Hold.IsZero() && l.Purpose != casework.Reply {
		// It could be taken back until now.
		ok, err := s.Queue.Claim(ctx, it.ID)
		if err != nil {
			return bot.MessageRef{}, false, err
		}
		if !ok {
			return bot.MessageRef{}, false, errOvertaken
		}
	}
	ref, err = s.Channel.Send(ctx, to, l.Key, m)
	return ref, false, err
}

func (s *Sender) message(ctx context.Context, l casework.Letter) (bot.Message, error) {
	if l.Purpose != casework.Card && l.Purpose != casework.Refresh {
		return l.Message, nil
	}
	m, err := s.Composer.Compose(ctx, l)
	if errors.Is(err, casework.ErrUnknown) {
		return m, errOvertaken
	}
	return m, err
}

// edit changes the message of an earlier letter. It answers false when the message must be sent anew.
func (s *Sender) edit(ctx context.Context, l casework.Letter, m bot.Message) (bot.MessageRef, bool, error) {
	at, gone, err := s.Directory.Ref(ctx, l.Edits)
	if err != nil {
		return at, false, err
	}
	if at.Zero() && !gone {
		return at, false, errNotYet
	}
	e, ok := s.Channel.(bot.Editor)
	if !ok || at.Zero() {
		return bot.MessageRef{}, false, nil
	}
	err = e.Edit(ctx, at, m)
	if se := (*bot.SendError)(nil); errors.As(err, &se) && se.Remedy == bot.GiveUp {
		return bot.MessageRef{}, false, nil
	}
	return at, err == nil, err
}

// address is where a letter goes. For the desk it is the room's topic, made when there is none yet.
func (s *Sender) address(ctx context.Context, l casework.Letter) (bot.Address, error) {
	if !l.Desk {
		return l.To, nil
	}
	desk := s.Desk.Address()
	if desk.Zero() || desk.Network != s.Channel.Network() {
		return desk, errNotYet
	}
	a, ok, err := s.Directory.Room(ctx, desk, l.Room)
	if err != nil || ok {
		return a, err
	}
	a = desk
	if t, can := s.Channel.(bot.Topics); can {
		a, err = t.OpenTopic(ctx, desk, s.Desk.RoomName(l.Room))
		if se := (*bot.SendError)(nil); errors.As(err, &se) && se.Remedy == bot.GiveUp {
			return desk, nil // without the right to open topics all goes to the group itself, until it has the right
		}
		if err != nil {
			return a, err
		}
	}
	return a, s.Directory.SetRoom(ctx, desk, l.Room, a)
}

// files puts the kept copies in place of what the networks named. Files that are lost, or do not come, are left out.
func (s *Sender) files(ctx context.Context, it *Item, m *bot.Message) error {
	var err error
	if m.Photos, err = s.kept(ctx, it, m.Photos); err != nil {
		return err
	}
	m.Files, err = s.kept(ctx, it, m.Files)
	return err
}

func (s *Sender) kept(ctx context.Context, it *Item, refs []bot.MediaRef) ([]bot.MediaRef, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	out := make([]bot.MediaRef, 0, len(refs))
	for _, r := range refs {
		if r.Network == bot.Store {
			out = append(out, r)
			continue
		}
		f, ok, err := s.Directory.File(ctx, r)
		if err != nil {
			return nil, err
		}
		if !ok && it.Attempts < int(filePatience/fileWait) {
			return nil, errNotYet
		}
		if ok && f.Lost == "" {
			out = append(out, f.Ref)
		}
	}
	return out, nil
}

// land says what became of a flight and lets its lane go on.
func (s *Sender) land(f flight, ref bot.MessageRef, edited bool, err error, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flying--
	now := s.Now()
	if f.lane == nil {
		s.pressed(f.items[0], err, took)
		signal(s.wake)
		return
	}
	f.lane.busy, f.lane.used = false, now
	if err == nil {
		f.lane.failures, f.lane.until = 0, time.Time{}
		s.sent(f, ref, edited, took)
	} else {
		s.failed(f, err, now, took)
	}
	_, when := f.lane.due(now)
	s.later(f.lane, when)
	signal(s.wake)
}

// pressed ends the answer to a press: it matters for seconds only.
func (s *Sender) pressed(it *Item, err error, took time.Duration) {
	it.Attempts++
	switch {
	case err == nil:
		s.Observe("answered", took)
		s.finish(it, Fate{State: casework.Sent})
	case bot.AsSendError(err).Remedy == bot.Retry && !errors.Is(err, errOvertaken) && it.Attempts < pressPatience:
		s.presses = append(s.presses, it)
	default:
		s.Observe("failed", took)
		s.finish(it, Fate{State: casework.Failed, Why: "tombol sudah lewat"})
	}
}

func (s *Sender) sent(f flight, ref bot.MessageRef, edited bool, took time.Duration) {
	result := "sent"
	if edited {
		result = "edited"
	}
	s.Observe(result, took)
	if len(f.items) > 1 {
		ref = bot.MessageRef{} // one message for several reports is nobody's card: that comes when somebody acts
	}
	for _, it := range f.items {
		s.finish(it, Fate{State: casework.Sent, Ref: ref})
	}
}

func (s *Sender) failed(f flight, err error, now time.Time, took time.Duration) {
	switch {
	case errors.Is(err, errOvertaken):
		s.Observe("replaced", took)
		s.end(f, Fate{State: casework.Overtaken})
		return
	case errors.Is(err, errNotYet):
		for _, it := range f.items {
			it.Attempts++
			it.Letter.Hold = now.Add(fileWait)
			s.again(f.lane, it)
		}
		return
	}
	se := bot.AsSendError(err)
	if f.items[0].Letter.Desk && s.insist(f, se) {
		s.Observe("retry", took)
		s.retry(f, se, now)
		return
	}
	switch se.Remedy {
	case bot.Gone:
		s.Observe("gone", took)
		s.end(f, Fate{State: casework.Failed, Why: "diblokir atau keluar dari chat"})
	case bot.GiveUp:
		s.Observe("failed", took)
		s.end(f, Fate{State: casework.Failed, Why: "ditolak jaringan"})
	case bot.Move:
		s.Observe("moved", took)
		s.move(f, se.To)
	default:
		s.Observe("retry", took)
		s.retry(f, se, now)
	}
}

// insist reports whether a letter to the desk is tried again although the network refuses it: a report that no
// operator sees is lost. A desk that shut the bot out is waited for; a letter that is refused goes without its files.
func (s *Sender) insist(f flight, se *bot.SendError) bool {
	switch se.Remedy {
	case bot.Gone:
		return true
	case bot.GiveUp:
		m := &f.items[0].Letter.Message
		if len(f.items) == 1 && len(m.Photos)+len(m.Files) > 0 {
			m.Text += "\n(lampiran tidak dapat ditampilkan)"
			m.Photos, m.Files = nil, nil
			return true
		}
	}
	return false
}

func (s *Sender) end(f flight, fate Fate) {
	f.lane.failures, f.lane.until = 0, time.Time{}
	for _, it := range f.items {
		s.finish(it, fate)
	}
}

func (s *Sender) retry(f flight, se *bot.SendError, now time.Time) {
	l := f.lane
	l.failures++
	wait := s.Backoff << min(l.failures-1, 16)
	wait = min(wait, s.MaxBackoff)
	wait = wait/2 + time.Duration(s.Jitter()*float64(wait)/2)
	wait = max(wait, se.After)
	l.until = now.Add(wait)
	if se.Slow && !f.items[0].Letter.Desk {
		// The network does not say whose limit it was. A group's own is twenty a minute: that it is asked to slow down
		// must not keep citizens waiting.
		s.stop = now.Add(max(se.After, wait))
	}
	for _, it := range f.items {
		it.Attempts++
		if it.Attempts > stubborn {
			s.finish(it, Fate{State: casework.Failed, Why: "jaringan tidak menerima"})
			continue
		}
		s.again(l, it)
	}
}

func (s *Sender) again(l *lane, it *Item) {
	if !l.back(it) {
		s.finish(it, Fate{State: casework.Overtaken})
	}
}

// follow writes down where a chat, the desk, or one of its topics went.
func (s *Sender) follow(ctx context.Context, l casework.Letter, to bot.Address) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	was := l.To
	if l.Desk {
		was = s.Desk.Address()
	}
	if gone := to.Zero() || to.Chat() == was.Chat(); gone {
		// The topic is gone, not the group: forget it, the next try opens a new one. A write that fails is found again.
		if l.Desk {
			_ = s.Directory.SetRoom(ctx, was, l.Room, bot.Address{})
		}
		return
	}
	_ = s.Directory.Moved(ctx, was, to)
	if l.Desk {
		s.Desk.MovedTo(to.Chat())
	}
}

// move sends a flight again, to where its chat went.
func (s *Sender) move(f flight, to bot.Address) {
	f.lane.failures++
	f.lane.until = s.Now().Add(s.Backoff)
	for _, it := range f.items {
		it.Attempts++
		if !it.Letter.Desk && !to.Zero() {
			it.Letter.To = to
		}
		s.again(f.lane, it)
	}
}
