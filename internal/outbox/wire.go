package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
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

// wire gives letters to the network. It asks the database for what a letter shows and where things stand, and decides
// nothing: how a flight ended is the board's to judge. While an item is here it is nobody else's.
type wire struct {
	channel   bot.Channel
	directory Directory
	composer  Composer
	desk      Rooms
	colds     Colds
	later     Later
	claims    claims
	// fresh is where a letter stands whose fate is not written yet.
	fresh func(key string) (bot.MessageRef, bool)
	now   func() time.Time
	log   *slog.Logger
	rooms *rooms
}

func newWire(o Options, fresh func(string) (bot.MessageRef, bool)) *wire {
	return &wire{
		channel: o.Channel, directory: o.Directory, composer: o.Composer, desk: o.Desk, colds: o.Colds, later: o.Later, claims: o.Queue,
		fresh: fresh, now: o.Now, log: o.Log, rooms: &rooms{channel: o.Channel, directory: o.Directory, desk: o.Desk, at: map[string]bot.Address{}},
	}
}

// claims is the part of a Queue that sending needs.
type claims interface {
	Claim(ctx context.Context, id int64) (ok bool, err error)
}

// try gives a flight to the network, and writes down a move that it learns of.
func (w *wire) try(ctx context.Context, f flight) (o outcome) {
	o = w.fly(ctx, f)
	if o.err != nil {
		if se := bot.AsSendError(o.err); se.Remedy == bot.Move {
			w.rooms.follow(ctx, f.items[0].Letter, se.To)
		}
	}
	return o
}

// fly gives a flight to the network. A letter that makes the program panic must not take all others down with it.
func (w *wire) fly(ctx context.Context, f flight) (o outcome) {
	defer func() {
		if r := recover(); r != nil {
			o.err = fmt.Errorf("panic: %T", r)
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
		o.err = w.press(ctx, it.Letter)
	case it.Letter.Desk && !w.deskHere():
		o.err = errNoDesk
	case f.gather:
		o.err = w.gather(ctx, ask, f.items)
	case len(f.items) > 1:
		o.ref, o.intent, o.err = w.digest(ctx, ask, f.items)
	default:
		o.ref, o.edited, o.err = w.send(ctx, ask, it)
	}
	return o
}

// asksNothing reports whether a letter goes out without a word from the database, as nearly all answers to citizens do.
func asksNothing(l *ledger.Letter) bool {
	return l.Purpose == ledger.Reply && !l.Desk && l.Edits == "" && l.Answers == "" && len(l.Message.Photos)+len(l.Message.Files) == 0
}

func (w *wire) deskHere() bool {
	desk := w.desk.Address()
	return !desk.Zero() && desk.Network == w.channel.Network()
}

func (w *wire) press(ctx context.Context, l ledger.Letter) error {
	a, ok := w.channel.(bot.Answerer)
	if !ok {
		return errOvertaken
	}
	if err := ledger.Led(ctx); err != nil {
		return err
	}
	return a.Answer(ctx, l.Press, l.Message.Text)
}

// digest and send ask the database within ask, and write to the network within ctx: what is on the wire is not cut off.
func (w *wire) digest(ctx, ask context.Context, items []*Item) (ref bot.MessageRef, intent string, err error) {
	letters := make([]ledger.Letter, len(items))
	for i, it := range items {
		letters[i] = it.Letter
	}
	m, intent, err := w.composer.Digest(ask, letters)
	if err != nil {
		return ref, "", err
	}
	to, err := w.rooms.address(ctx, ask, letters[0])
	if err != nil {
		return ref, "", err
	}
	if err := ledger.Led(ctx); err != nil {
		return ref, "", err
	}
	if ref, err = w.channel.Send(ctx, to, letters[0].Key, m); err == nil {
		w.told(ctx, ref, letters)
	}
	return ref, intent, err
}

// told keeps where one message tells of several letters. It was sent in any case.
func (w *wire) told(ctx context.Context, at bot.MessageRef, letters []ledger.Letter) {
	t, ok := w.directory.(Teller)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	if err := t.Told(ctx, at, letters); err != nil {
		w.log.Warn("where several letters were told of is not kept", "letters", len(letters), "error", err)
	}
}

// gather tells of several alarms at once. It is no letter of its own: where the program dies it is said once more.
func (w *wire) gather(ctx, ask context.Context, items []*Item) error {
	letters := make([]ledger.Letter, len(items))
	for i, it := range items {
		letters[i] = it.Letter
	}
	g, ok := w.composer.(Gatherer)
	if !ok {
		return errOvertaken
	}
	to, err := w.rooms.address(ctx, ask, letters[0])
	if err != nil {
		return err
	}
	if err := ledger.Led(ctx); err != nil {
		return err
	}
	ref, err := w.channel.Send(ctx, to, letters[0].Key+"+"+strconv.Itoa(len(letters)), g.Gather(letters))
	if err == nil {
		w.told(ctx, ref, letters)
	}
	return err
}

func (w *wire) send(ctx, ask context.Context, it *Item) (ref bot.MessageRef, edited bool, err error) {
	l := it.Letter
	m, err := w.message(ask, it)
	if err != nil {
		return bot.MessageRef{}, false, err
	}
	if err := w.files(ask, it, &m); err != nil {
		return bot.MessageRef{}, false, err
	}
	if l.Edits != "" {
		ref, edited, err = w.edit(ctx, ask, l, m)
		if edited || err != nil {
			return ref, edited, err
		}
		if l.Only {
			return bot.MessageRef{}, false, errOvertaken
		}
	}
	to, err := w.rooms.address(ctx, ask, l)
	if err != nil {
		return bot.MessageRef{}, false, err
	}
	if l.Answers != "" {
		at, gone, err := w.ref(ask, l.Answers)
		if err != nil {
			return bot.MessageRef{}, false, err
		}
		switch {
		case !at.Zero():
			m.ReplyTo = &at
		case !gone && w.patient(it, answerPatience):
			return bot.MessageRef{}, false, errNotYet // sent a moment ago, or it stumbled
		}
	}
	if err := w.claim(ctx, ask, it, to); err != nil {
		return bot.MessageRef{}, false, err
	}
	if err := ledger.Led(ctx); err != nil {
		return bot.MessageRef{}, false, err
	}
	ref, err = w.channel.Send(ctx, to, l.Key, m)
	if err != nil {
		err = w.refused(ctx, it, err)
	}
	return ref, false, err
}

// ref is where a letter stands.
func (w *wire) ref(ctx context.Context, key string) (ref bot.MessageRef, gone bool, err error) {
	if ref, ok := w.fresh(key); ok {
		return ref, true, nil
	}
	return w.directory.Ref(ctx, key)
}

func (w *wire) message(ctx context.Context, it *Item) (bot.Message, error) {
	l := it.Letter
	if l.Purpose != ledger.Card && l.Purpose != ledger.Refresh {
		return l.Message, nil
	}
	m, err := w.composer.Compose(ctx, l)
	if errors.Is(err, ledger.ErrUnknown) {
		return m, errOvertaken
	}
	return m, err
}

// patient reports whether a letter may go on waiting for what it lacks.
func (w *wire) patient(it *Item, most time.Duration) bool {
	return it.lacks == 0 || w.now().Sub(it.lacked) < most
}

// edit changes the message of an earlier letter. It answers false when the message must be sent anew.
func (w *wire) edit(ctx, ask context.Context, l ledger.Letter, m bot.Message) (bot.MessageRef, bool, error) {
	at, gone, err := w.ref(ask, l.Edits)
	if err != nil {
		return at, false, err
	}
	if at.Zero() && !gone {
		return at, false, errNotYet
	}
	e, ok := w.channel.(bot.Editor)
	if !ok || at.Zero() {
		return bot.MessageRef{}, false, nil
	}
	if err := ledger.Led(ctx); err != nil {
		return at, false, err
	}
	err = e.Edit(ctx, at, m)
	if se := (*bot.SendError)(nil); errors.As(err, &se) && (se.Remedy == bot.GiveUp || se.Remedy == bot.Move) {
		return bot.MessageRef{}, false, nil // what stands in a group that has moved stays there: it is written anew where people read now
	}
	return at, err == nil, err
}
