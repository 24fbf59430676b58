package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

const (
	// filePatience is how long a letter waits for its files; then it goes without them. answerPatience is how long it waits
	// for the message it replies to; then it is no reply.
	filePatience   = 3 * time.Minute
	answerPatience = 10 * time.Second
	// askTimeout bounds all that one letter asks of the database.
	askTimeout = 10 * time.Second
)

var (
	// errNotYet says that what the letter shows is not there yet.
	errNotYet = errors.New("not yet")
	// errNoDesk says that there is no operators' group on this network: all of its letters wait.
	errNoDesk = errors.New("no desk")
	// errOvertaken says that there is nothing to send any more.
	errOvertaken = errors.New("overtaken")
)

func (s *Sender) fly(ctx context.Context, f flight) {
	began := s.Now()
	ref, edited, err := s.try(ctx, f)
	if err != nil {
		if se := bot.AsSendError(err); se.Remedy == bot.Move {
			s.follow(ctx, f.items[0].Letter, se.To)
		}
	}
	s.land(f, ref, edited, err, s.Now().Sub(began))
}

// try gives a flight to the network. A letter that makes the program panic must not take all others down with it.
func (s *Sender) try(ctx context.Context, f flight) (ref bot.MessageRef, edited bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %T", r)
		}
	}()
	it := f.items[0]
	ask := ctx
	if !asksNothing(&it.Letter) {
		bounded, cancel := context.WithTimeout(ctx, askTimeout)
		defer cancel()
		ask = bounded
	}
	switch {
	case it.Letter.Purpose == ledger.ToPress:
		return ref, false, s.press(ctx, it.Letter)
	case it.Letter.Desk && !s.deskHere():
		return ref, false, errNoDesk
	case len(f.items) > 1:
		ref, err = s.digest(ctx, ask, f.items)
		return ref, false, err
	default:
		return s.send(ctx, ask, it)
	}
}

// asksNothing reports whether a letter goes out without a word from the database, as nearly all answers to citizens do.
func asksNothing(l *ledger.Letter) bool {
	return l.Purpose == ledger.Reply && !l.Desk && l.Edits == "" && l.Answers == "" && len(l.Message.Photos)+len(l.Message.Files) == 0
}

func (s *Sender) deskHere() bool {
	desk := s.Desk.Address()
	return !desk.Zero() && desk.Network == s.Channel.Network()
}

func (s *Sender) press(ctx context.Context, l ledger.Letter) error {
	a, ok := s.Channel.(bot.Answerer)
	if !ok {
		return errOvertaken
	}
	return a.Answer(ctx, l.Press, l.Message.Text)
}

// digest and send ask the database within ask, and write to the network within ctx: what is on the wire is not cut off.
func (s *Sender) digest(ctx, ask context.Context, items []*Item) (bot.MessageRef, error) {
	letters := make([]ledger.Letter, len(items))
	for i, it := range items {
		letters[i] = it.Letter
	}
	m, err := s.Composer.Digest(ask, letters)
	if err != nil {
		return bot.MessageRef{}, err
	}
	to, err := s.address(ctx, ask, letters[0])
	if err != nil {
		return bot.MessageRef{}, err
	}
	return s.Channel.Send(ctx, to, letters[0].Key, m)
}

func (s *Sender) send(ctx, ask context.Context, it *Item) (ref bot.MessageRef, edited bool, err error) {
	l := it.Letter
	m, err := s.message(ask, it)
	if err != nil {
		return bot.MessageRef{}, false, err
	}
	if err := s.files(ask, it, &m); err != nil {
		return bot.MessageRef{}, false, err
	}
	if l.Edits != "" {
		ref, edited, err = s.edit(ctx, ask, l, m)
		if edited || err != nil {
			return ref, edited, err
		}
	}
	to, err := s.address(ctx, ask, l)
	if err != nil {
		return bot.MessageRef{}, false, err
	}
	if l.Answers != "" {
		at, gone, err := s.ref(ask, l.Answers)
		if err != nil {
			return bot.MessageRef{}, false, err
		}
		switch {
		case !at.Zero():
			m.ReplyTo = &at
		case !gone && s.patient(it, answerPatience):
			return bot.MessageRef{}, false, errNotYet // sent a moment ago, or it stumbled
		}
	}
	if err := s.claim(ask, it, to); err != nil {
		return bot.MessageRef{}, false, err
	}
	ref, err = s.Channel.Send(ctx, to, l.Key, m)
	if err != nil {
		err = s.refused(ctx, it, err)
	}
	return ref, false, err
}

// ref is where a letter stands.
func (s *Sender) ref(ctx context.Context, key string) (ref bot.MessageRef, gone bool, err error) {
	s.mu.Lock()
	ref, ok := s.fresh[key]
	s.mu.Unlock()
	if ok {
		return ref, true, nil
	}
	return s.Directory.Ref(ctx, key)
}

func (s *Sender) message(ctx context.Context, it *Item) (bot.Message, error) {
	l := it.Letter
	if s.Now().Sub(it.came) > freshFor {
		l.Fresh = nil
	}
	if l.Purpose != ledger.Card && l.Purpose != ledger.Refresh {
		return l.Message, nil
	}
	m, err := s.Composer.Compose(ctx, l)
	if errors.Is(err, ledger.ErrUnknown) {
		return m, errOvertaken
	}
	return m, err
}

// patient reports whether a letter may go on waiting for what it lacks.
func (s *Sender) patient(it *Item, most time.Duration) bool {
	return it.lacks == 0 || s.Now().Sub(it.lacked) < most
}

// edit changes the message of an earlier letter. It answers false when the message must be sent anew.
func (s *Sender) edit(ctx, ask context.Context, l ledger.Letter, m bot.Message) (bot.MessageRef, bool, error) {
	at, gone, err := s.ref(ask, l.Edits)
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
func (s *Sender) address(ctx, ask context.Context, l ledger.Letter) (bot.Address, error) {
	if !l.Desk {
		return l.To, nil
	}
	desk := s.Desk.Address()
	if a, ok := s.room(desk, l.Room); ok {
		return a, nil
	}
	a, ok, err := s.Directory.Room(ask, desk, l.Room)
	if err != nil {
		return a, err
	}
	if !ok {
		if a, err = s.open(ctx, ask, desk, l.Room); err != nil || a == desk {
			return a, err
		}
	}
	s.setRoom(desk, l.Room, a)
	return a, nil
}

// open makes a room's topic, where the group has topics and the bot may.
func (s *Sender) open(ctx, ask context.Context, desk bot.Address, room string) (bot.Address, error) {
	a := desk
	if t, can := s.Channel.(bot.Topics); can {
		var err error
		a, err = t.OpenTopic(ctx, desk, s.Desk.RoomName(room))
		if se := (*bot.SendError)(nil); errors.As(err, &se) && se.Remedy == bot.GiveUp {
			return desk, nil // without the right to open topics all goes to the group itself, until it has the right
		}
		if err != nil {
			return a, err
		}
	}
	return a, s.Directory.SetRoom(ask, desk, room, a)
}

func (s *Sender) room(desk bot.Address, room string) (a bot.Address, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok = s.rooms[desk.Chat().String()+" "+room]
	return a, ok
}

// setRoom remembers a room's topic; a zero address forgets it.
func (s *Sender) setRoom(desk bot.Address, room string, a bot.Address) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key := desk.Chat().String() + " " + room; a.Zero() {
		delete(s.rooms, key)
	} else {
		s.rooms[key] = a
	}
}

// files puts the kept copies in place of what the networks named. Files that are lost, or do not come, are left out, and
// operators are told so, with the reason.
func (s *Sender) files(ctx context.Context, it *Item, m *bot.Message) error {
	photos, lost, err := s.kept(ctx, it, m.Photos)
	if err != nil {
		return err
	}
	files, more, err := s.kept(ctx, it, m.Files)
	if err != nil {
		return err
	}
	m.Photos, m.Files = photos, files
	if lost = append(lost, more...); len(lost) > 0 && it.Letter.Desk {
		m.Text += fmt.Sprintf("\n(%d lampiran tidak dapat ditampilkan: %s)", len(lost), lost[0])
	}
	return nil
}

// kept gives the kept copies, and why others are not among them.
func (s *Sender) kept(ctx context.Context, it *Item, refs []bot.MediaRef) (out []bot.MediaRef, lost []string, err error) {
	for _, r := range refs {
		if r.Network == bot.Store {
			out = append(out, r)
			continue
		}
		f, ok, err := s.Directory.File(ctx, r)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case !ok && s.patient(it, filePatience):
			return nil, nil, errNotYet
		case !ok:
			lost = append(lost, "belum dapat diambil")
		case f.Lost != "":
			lost = append(lost, f.Lost)
		default:
			out = append(out, f.Ref)
		}
	}
	return out, lost, nil
}
