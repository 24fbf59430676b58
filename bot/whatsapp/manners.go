package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types"

	"rabeg/bot"
)

// Silence is how long a person may have been silent before a letter counts as cold, see ErrCold: as long as WhatsApp's token
// of trust lasts.
const Silence = 28 * 24 * time.Hour

// within picks a duration of the span by chance.
func (s Span) within(rand func() float64) time.Duration {
	if s.Last <= s.First {
		return s.First
	}
	return s.First + time.Duration(rand()*float64(s.Last-s.First))
}

// typing shows a person that an answer is being written. It is a courtesy: its failure does not matter.
func (c *Channel) typing(ctx context.Context, cli *whatsmeow.Client, to types.JID) {
	if c.opt.Typing.First < 0 || to.Server == types.GroupServer {
		return
	}
	if err := cli.SendChatPresence(ctx, to, types.ChatPresenceComposing, types.ChatPresenceMediaText); err != nil {
		return
	}
	if d := c.opt.Typing.within(c.opt.Rand); d > 0 {
		pause(ctx, d)
	}
}

// Cold reports whether a person has been silent for so long, or for ever, that WhatsApp may refuse a letter (ErrCold).
// Groups never are.
func (c *Channel) Cold(ctx context.Context, to bot.Address) (bool, error) {
	at, err := parseAddress(to)
	if err != nil {
		return false, giveUp(fmt.Errorf("asking for a silence: %w", err))
	}
	if at.Server == types.GroupServer {
		return false, nil
	}
	heard, err := c.people.heard(ctx, to.ID)
	if err != nil {
		return false, fmt.Errorf("ask for a silence: %w", scrub(err))
	}
	return c.opt.Now().Sub(heard) > Silence, nil
}

// ErrHidden says that a person's number is not known: not everybody shows it.
var ErrHidden = errors.New("the number is not shown")

// Phone is a person's number, digits with the country's in front; ErrHidden when it never came.
func (c *Channel) Phone(ctx context.Context, of bot.Address) (string, error) {
	if _, err := parseAddress(of); err != nil {
		return "", fmt.Errorf("asking for a number: %w", err)
	}
	at, err := c.people.reach(ctx, of.ID)
	if err != nil {
		return "", scrub(err)
	}
	switch at.Server {
	case types.DefaultUserServer:
		return at.User, nil
	case types.HiddenUserServer:
		phone, err := c.container.LIDMap.GetPNForLID(ctx, at)
		if err != nil {
			return "", fmt.Errorf("ask for a number: %w", scrub(err))
		}
		if phone.User != "" {
			return phone.User, nil
		}
	}
	return "", ErrHidden
}
