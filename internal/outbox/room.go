package outbox

import (
	"context"
	"errors"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// rooms are where the letters to the desk go: each room is a topic of the operators' group.
type rooms struct {
	channel   bot.Channel
	directory Directory
	desk      Rooms

	mu sync.Mutex
	// at are the topics, as far as they were asked for. Only who leads makes topics.
	at map[string]bot.Address
}

// address is where a letter goes. For the desk it is the room's topic, made when there is none yet.
func (r *rooms) address(ctx, ask context.Context, l ledger.Letter) (bot.Address, error) {
	if !l.Desk {
		return l.To, nil
	}
	desk := r.desk.Address()
	if a, ok := r.room(desk, l.Room); ok {
		return a, nil
	}
	a, ok, err := r.directory.Room(ask, desk, l.Room)
	if err != nil {
		return a, err
	}
	if !ok {
		if a, err = r.open(ctx, ask, desk, l.Room); err != nil || a == desk {
			return a, err
		}
	}
	r.setRoom(desk, l.Room, a)
	return a, nil
}

// open makes a room's topic, where the group has topics and the bot may.
func (r *rooms) open(ctx, ask context.Context, desk bot.Address, room string) (bot.Address, error) {
	a := desk
	if t, can := r.channel.(bot.Topics); can {
		err := ledger.Led(ctx)
		if err != nil {
			return a, err
		}
		a, err = t.OpenTopic(ctx, desk, r.desk.RoomName(room))
		if se := (*bot.SendError)(nil); errors.As(err, &se) && se.Remedy == bot.GiveUp {
			return desk, nil // without the right to open topics all goes to the group itself, until it has the right
		}
		if err != nil {
			return a, err
		}
	}
	return a, r.directory.SetRoom(ask, desk, room, a)
}

func (r *rooms) room(desk bot.Address, room string) (a bot.Address, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok = r.at[desk.Chat().String()+" "+room]
	return a, ok
}

// setRoom remembers a room's topic; a zero address forgets it.
func (r *rooms) setRoom(desk bot.Address, room string, a bot.Address) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if key := desk.Chat().String() + " " + room; a.Zero() {
		delete(r.at, key)
	} else {
		r.at[key] = a
	}
}

// follow writes down where a chat, the desk, or one of its topics went.
func (r *rooms) follow(ctx context.Context, l ledger.Letter, to bot.Address) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	was := l.To
	if l.Desk {
		was = r.desk.Address()
	}
	if gone := to.Zero() || to.Chat() == was.Chat(); gone {
		// The topic is gone, not the group: forget it, the next try opens a new one. A write that fails is found again.
		if l.Desk {
			r.setRoom(was, l.Room, bot.Address{})
			_ = r.directory.SetRoom(ctx, was, l.Room, bot.Address{})
		}
		return
	}
	_ = r.directory.Moved(ctx, was, to)
	if l.Desk {
		r.desk.MovedTo(to.Chat())
	}
}

// forget forgets all topics: another instance may change them from here on.
func (r *rooms) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.at)
}
