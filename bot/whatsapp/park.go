package whatsapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"rabeg/bot"
)

// No message stops the others: what cannot be written down, handled or read is kept as unreadable after a bounded number of
// tries, its sender hears so once, and it never comes again.

const (
	// poisonous is how often a message may make this program panic before it is kept as one that cannot be read.
	poisonous = 3
	// hopeless is how often one may be given back to WhatsApp although the database answers.
	hopeless = 5
	returned = "returned/"
)

// errPacking is the cause of a failure to write an event down that no waiting mends.
var errPacking = errors.New("an event cannot be written down")

// ofData reports whether a failure is one of what was to be written and not of the database or of the way to it: it would be
// the same each time.
func ofData(err error) bool {
	if answered, ok := errors.AsType[*pgconn.PgError](err); ok {
		class := answered.Code[:min(2, len(answered.Code))]
		return class == "22" || class == "54" // no such text, no such number; too long for an index
	}
	return errors.Is(err, errPacking)
}

// put writes an event into the inbox, and gives it as it was written. What the database refuses even so is written as one
// that cannot be read.
func (c *Channel) put(ctx context.Context, ev bot.Event, office bool) (bot.Event, error) {
	ev = bot.Storable(ev, c.opt.Now())
	err := c.rows.put(ctx, ev, office)
	if !ofData(err) {
		return ev, err
	}
	c.fault("unreadable", err)
	ev = bot.Event{
		ID: ev.ID, Chat: ev.Chat, Group: ev.Group, From: bot.Person{ID: ev.From.ID}, At: ev.At,
		Body: bot.Unsupported{Kind: bot.Unreadable},
	}
	c.opt.OnUnknown(bot.Unreadable)
	return ev, c.rows.put(ctx, ev, office)
}

// unreadable keeps a message that failed for its own sake as one that cannot be read. Where not even its sender can be
// written down there is nobody to answer: it is acknowledged, and counted.
func (s *session) unreadable(d draft, why error) bool {
	s.c.fault("unreadable", why)
	d.body = bot.Unsupported{Kind: bot.Unreadable}
	d.replyTo, d.about, d.edits, d.name, d.copies = "", "", "", "", ""
	err := s.insist(func(ctx context.Context) error { return s.keep(ctx, d) })
	if err != nil && !ofData(err) {
		return s.giveBack(d.id, err)
	}
	return true
}

// giveBack leaves a message with WhatsApp. It counts against the message where the database is well.
func (s *session) giveBack(id string, why error) bool {
	s.c.fault("database", why)
	ctx, cancel := context.WithTimeout(s.life, time.Second)
	defer cancel()
	if s.c.opt.DB.PingContext(ctx) == nil {
		s.c.blame(returned + id)
	}
	s.owe()
	return false
}

// blame counts the panics that a message caused.
func (c *Channel) blame(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.panics == nil || len(c.panics) > 1000 {
		c.panics = make(map[string]int)
	}
	c.panics[id]++
}

func (c *Channel) blamed(id string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.panics[id]
}

// park sets an event aside that has failed for long. One of the office's own phone is tried for ever: it is on record
// already where it was written.
func (f *feeder) park(ctx context.Context, r row, began time.Time, cause error) bool {
	if f.c.opt.Park == nil || time.Since(began) < f.c.opt.ParkAfter {
		return false
	}
	ev, office, err := unpack(r.id, r.event)
	if err != nil || office || f.c.opt.Park(ctx, ev, cause) != nil {
		return false
	}
	f.c.fault("parked", cause)
	return true
}

// unread puts a row that cannot be read (a later program wrote it, or it is damaged) where a person will find it, and gives
// the event that is handled in its place: the person is told that the message cannot be read.
func (c *Channel) unread(ctx context.Context, r row) (bot.Event, error) {
	const keep = `INSERT INTO unread (id, chat, event, at) VALUES ($1, $2, $3, now()) ON CONFLICT (id) DO NOTHING`
	if _, err := c.rows.db.ExecContext(ctx, keep, r.id, r.chat, r.event); err != nil {
		return bot.Event{}, fmt.Errorf("keep what cannot be read: %w", err)
	}
	c.fault("unreadable", nil)
	c.opt.OnUnknown(bot.Unreadable)
	var p packed
	_ = json.Unmarshal(r.event, &p) // what can be read of it
	ev := bot.Event{
		ID: bot.EventID(r.id), Chat: address(r.chat), Group: p.Group || strings.HasSuffix(r.chat, "@g.us"), From: p.From, At: p.At,
		Body: bot.Unsupported{Kind: bot.Unreadable},
	}
	if ev.From.ID == "" && !ev.Group {
		ev.From.ID = r.chat
	}
	return bot.Storable(ev, c.opt.Now()), nil
}
