package outbox

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// line is a network that keeps what it is given, and the rooms of a desk.
type line struct {
	bot.Channel
	Directory
	to    bot.Address
	said  bot.Message
	err   error
	moved bot.Address
	files map[string]ledger.File
	asked int // for rooms
}

func (l *line) Network() bot.Network { return bot.Telegram }

func (l *line) Send(_ context.Context, to bot.Address, _ string, m bot.Message) (bot.MessageRef, error) {
	l.to, l.said = to, m
	return bot.MessageRef{Chat: to, ID: "m"}, l.err
}

func (l *line) Room(context.Context, bot.Address, string) (bot.Address, bool, error) {
	l.asked++
	return bot.Address{Network: bot.Telegram, ID: "-1", Topic: "5"}, true, nil
}

func (l *line) Moved(_ context.Context, _, now bot.Address) error {
	l.moved = now
	return nil
}

func (l *line) File(_ context.Context, m bot.MediaRef) (ledger.File, bool, error) {
	f, ok := l.files[m.ID]
	return f, ok, nil
}

func (l *line) Claim(context.Context, int64) (bool, error) { return false, nil }

type office struct{ at bot.Address }

func (o office) Address() bot.Address   { return o.at }
func (office) RoomName(r string) string { return r }
func (office) MovedTo(bot.Address)      {}
func (l *line) wire(desk bot.Address) *wire {
	return &wire{
		channel: l, directory: l, desk: office{desk}, claims: l, log: slog.New(slog.DiscardHandler), rooms: &rooms{channel: l, directory: l, desk: office{desk}, at: map[string]bot.Address{}},
		now: func() time.Time { return noon }, fresh: func(string) (bot.MessageRef, bool) { return bot.MessageRef{}, false },
	}
}

func TestWireSendsToTheRoomOfTheDesk(t *testing.T) {
	t.Parallel()
	l := &line{}
	w := l.wire(bot.Address{Network: bot.Telegram, ID: "-1"})
	it := letterTo(1, "", ledger.ToDesk)
	it.Letter.Desk, it.Letter.Room = true, "DISHUB"
	for range 2 {
		if o := w.try(t.Context(), flight{items: []*Item{it}}); o.err != nil || o.ref.ID != "m" || l.to.Topic != "5" {
			t.Errorf("%+v, to %v", o, l.to)
		}
	}
	if l.asked != 1 {
		t.Errorf("the room was asked for %d times", l.asked)
	}
	w.rooms.forget()
	w.try(t.Context(), flight{items: []*Item{it}})
	if l.asked != 2 {
		t.Error("the room is known for good")
	}
}

func TestWireSaysWhatIsNotThere(t *testing.T) {
	t.Parallel()
	l := &line{}
	w := l.wire(bot.Address{})
	desk := letterTo(1, "", ledger.ToDesk)
	desk.Letter.Desk = true
	photo := letterTo(2, "ani", ledger.Reply)
	photo.Letter.Message.Photos = []bot.MediaRef{{Network: bot.Telegram, ID: "p"}}
	withdrawn := letterTo(3, "ani", ledger.Notice)
	withdrawn.Letter.Hold = noon
	for want, it := range map[error]*Item{errNoDesk: desk, errNotYet: photo, errOvertaken: withdrawn} {
		if o := w.try(t.Context(), flight{items: []*Item{it}}); !errors.Is(o.err, want) {
			t.Errorf("letter %d: %v, want %v", it.ID, o.err, want)
		}
	}
	// Waited for in vain, the photo is left out.
	photo.lacks, photo.lacked = 1, noon.Add(-filePatience)
	if o := w.try(t.Context(), flight{items: []*Item{photo}}); o.err != nil || len(l.said.Photos) != 0 {
		t.Errorf("%v: %+v", o.err, l.said)
	}
}

func TestWireWritesDownAMove(t *testing.T) {
	t.Parallel()
	to := bot.Address{Network: bot.Telegram, ID: "new"}
	l := &line{err: &bot.SendError{Remedy: bot.Move, To: to, Err: errors.New("moved")}}
	o := l.wire(bot.Address{}).try(t.Context(), flight{items: []*Item{letterTo(1, "old", ledger.Reply)}})
	if bot.AsSendError(o.err).Remedy != bot.Move || l.moved != to {
		t.Errorf("%v, written down %v", o.err, l.moved)
	}
}

func TestWireSurvivesAPanic(t *testing.T) {
	t.Parallel()
	w := (&line{}).wire(bot.Address{})
	w.channel = nil
	if o := w.try(t.Context(), flight{items: []*Item{letterTo(1, "ani", ledger.Reply)}}); o.err == nil {
		t.Error("a panic is nothing")
	}
}
