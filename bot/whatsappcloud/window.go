package whatsappcloud

import (
	"context"
	"fmt"
	"time"

	"rabeg/bot"
)

// Window is how long free words are taken after a person wrote. Meta counts 24 hours by its own clock; five minutes are left
// for the way.
const Window = 24*time.Hour - 5*time.Minute

// trusted is how long a number alone is taken for the same person's: later it may have been given to somebody else.
const trusted = 90 * 24 * time.Hour

// Cold reports whether a person has been silent for so long, or for ever, that an invitation alone is taken.
func (c *Channel) Cold(ctx context.Context, to bot.Address) (bool, error) {
	if _, _, err := parseAddress(to); err != nil {
		return false, giveUp(fmt.Errorf("asking for a silence: %w", err))
	}
	heard, _, err := c.opt.Memory.Heard(ctx, to.ID)
	if err != nil {
		return false, fmt.Errorf("ask for a silence: %w", err)
	}
	return c.opt.Now().Sub(heard) > Window, nil
}

// Number is the number that a person's messages came with; "" where none did.
func (c *Channel) Number(ctx context.Context, chat bot.Address) (string, error) {
	if _, _, err := parseAddress(chat); err != nil {
		return "", err
	}
	_, phone, err := c.opt.Memory.Heard(ctx, chat.ID)
	return phone, err
}

// Forget implements bot.Forgetful.
func (c *Channel) Forget(ctx context.Context, chat bot.Address) error {
	c.pairs.Delete(chat.ID)
	return c.opt.Memory.Forgotten(ctx, chat.ID)
}

// Link implements bot.Linker, by the number that Meta has told.
func (c *Channel) Link() string {
	if n := c.number.Load(); n != nil && *n != "" {
		return "https://wa.me/" + *n
	}
	return ""
}

// meet keeps what an event tells of its sender. Somebody who was met under the number alone and has an id now is told of as
// moved, before the event itself.
func (c *Channel) meet(ctx context.Context, h bot.Handler, in incoming) error {
	chat := in.Chat.ID
	if in.moved != "" {
		return c.remember(c.opt.Memory.Renamed(ctx, chat, in.moved, in.phone))
	}
	if in.phone != "" && in.phone != chat {
		if _, known := c.pairs.Load(chat); !known {
			if err := c.rekey(ctx, h, in); err != nil {
				return err
			}
			c.pairs.Store(chat, true)
		}
	}
	at := in.At
	if now := c.opt.Now(); at.After(now) { // who wrote tomorrow would count as heard until then, whatever Meta says
		at = now
	}
	if !in.opens {
		at = time.Time{}
	}
	return c.remember(c.opt.Memory.Met(ctx, chat, in.phone, at))
}

func (c *Channel) remember(err error) error {
	if err != nil {
		c.fault("memory", err)
	}
	return err
}

// rekey moves somebody who was met under the number.
func (c *Channel) rekey(ctx context.Context, h bot.Handler, in incoming) error {
	heard, _, err := c.opt.Memory.Heard(ctx, in.phone)
	if err != nil || in.At.Sub(heard) > trusted {
		return c.remember(err)
	}
	err = h(ctx, bot.Storable(bot.Event{
		ID: bot.EventID(eventPrefix + "id:" + in.Chat.ID), Chat: address(in.phone), From: bot.Person{ID: in.phone}, At: in.At,
		Body: bot.Moved{To: in.Chat},
	}, c.opt.Now()))
	if err != nil {
		return err
	}
	return c.remember(c.opt.Memory.Renamed(ctx, in.phone, in.Chat.ID, in.phone))
}

// courtesy marks a message as read and shows that an answer is being written. Its failure does not matter, and it holds nothing
// up: where many are on their way it is left out.
func (c *Channel) courtesy(ctx context.Context, id string) {
	select {
	case c.marks <- struct{}{}:
	default:
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	go func() {
		defer func() { cancel(); <-c.marks }()
		_ = c.call(ctx, "POST", c.opt.PhoneID+"/messages", object{
			"messaging_product": "whatsapp", "status": "read", "message_id": id, "typing_indicator": object{"type": "text"},
		}, nil)
	}()
}
