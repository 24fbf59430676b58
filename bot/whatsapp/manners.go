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

// Pace is how an account is used without drawing attention. WhatsApp publishes no figures: these are what people who run
// such accounts report, on the careful side. The caller keeps the pace; the channel only shows that it is writing.
type Pace struct {
	// Chat is the pause between two messages in one chat, chosen by chance between its bounds.
	Chat Span
	// PerMinute and PerDay bound all messages of the account, groups too.
	PerMinute, PerDay int
	// Notice is the pause between two messages nobody waits for, over all chats.
	Notice Span
	// Silence is how long a person may have been silent before a letter counts as cold, see ErrCold.
	Silence time.Duration
}

// DefaultPace is 1 to 2 s in a chat, 20 a minute and 1,000 a day for the account, a notice every 10 to 20 s, and 28 days
// of silence, which is as long as WhatsApp's token of trust lasts.
func DefaultPace() Pace {
	return Pace{
		Chat: Span{First: time.Second, Last: 2 * time.Second}, PerMinute: 20, PerDay: 1000,
		Notice: Span{First: 10 * time.Second, Last: 20 * time.Second}, Silence: 28 * 24 * time.Hour,
	}
}

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
	return c.opt.Now().Sub(heard) > DefaultPace().Silence, nil
}

// ErrHidden says that a person's number is not known: not everybody shows it.
var ErrHidden = errors.New("the number is not shown")

// Phone is a person's number, digits with the country's in front; ErrHidden when it never came.
func (c *Channel) Phone(ctx context.Context, of bot.Address) (string, error) {
	at, err := parseAddress(of)
	if err != nil {
		return "", fmt.Errorf("asking for a number: %w", err)
	}
	if at, err = c.people.reach(ctx, at); err != nil {
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
