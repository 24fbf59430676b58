package whatsappcloud

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Health is what Meta says of the business's number.
type Health struct {
	Number  string // as people write it
	Name    string // the verified name
	Status  string // "CONNECTED" when it can be used
	Quality string // "GREEN", "YELLOW", "RED"
}

// Sending is what Meta says of whether messages can be sent, and the parts that cannot: the number, the account, the business, the app.
type Sending struct {
	Can    string // "AVAILABLE", "LIMITED", "BLOCKED"; "" where Meta does not say
	Blocks []Block
}

// Block is a part that keeps messages from being sent, and the codes that Meta gives for it.
type Block struct {
	Part  string // "waba"
	Codes []int
}

// NoPayment is Meta's code, in a Block, for a means of payment that is missing or refused.
const NoPayment = 141006

// Sending asks Meta whether messages can be sent. It is not what becomes of them: that is told message by message.
func (c *Channel) Sending(ctx context.Context) (s Sending, err error) {
	var got parts
	if err := c.call(ctx, "GET", c.opt.PhoneID+"?fields=health_status", nil, &got); err != nil {
		return s, fmt.Errorf("ask whether messages can be sent: %w", err)
	}
	status := read[parts](got, "health_status")
	s.Can = read[string](status, "can_send_message")
	for _, e := range each(status, "entities") {
		if can := read[string](e, "can_send_message"); can == "" || can == "AVAILABLE" {
			continue
		}
		b := Block{Part: shortKind(strings.ToLower(read[string](e, "entity_type")))}
		for _, x := range each(e, "errors") {
			b.Codes = append(b.Codes, read[int](x, "error_code"))
		}
		s.Blocks = append(s.Blocks, b)
	}
	return s, nil
}

// Health asks Meta for the number. It is also how the channel learns its own number.
func (c *Channel) Health(ctx context.Context) (h Health, err error) {
	var got parts
	path := c.opt.PhoneID + "?fields=status,display_phone_number,verified_name,quality_rating,throughput"
	if err := c.call(ctx, "GET", path, nil, &got); err != nil {
		return h, fmt.Errorf("ask for the number: %w", err)
	}
	h = Health{
		Number: read[string](got, "display_phone_number"), Name: read[string](got, "verified_name"), Status: read[string](got, "status"),
		Quality: read[string](got, "quality_rating"),
	}
	number := digits(h.Number)
	c.number.Store(&number)
	return h, nil
}

// Subscribed reports whether Meta tells any app what comes to the account.
func (c *Channel) Subscribed(ctx context.Context) (bool, error) {
	var got parts
	if err := c.call(ctx, "GET", c.opt.WABA+"/subscribed_apps", nil, &got); err != nil {
		return false, fmt.Errorf("ask for the subscription: %w", err)
	}
	return len(each(got, "data")) > 0, nil
}

// Subscribe lets Meta tell this token's app what comes to the account.
func (c *Channel) Subscribe(ctx context.Context) error {
	if err := c.call(ctx, "POST", c.opt.WABA+"/subscribed_apps", object{}, nil); err != nil {
		return fmt.Errorf("subscribe: %w", err)
	}
	return nil
}

// Refused reports whether an error of a Channel says that Meta does not know the token.
func Refused(err error) bool {
	r, ok := errors.AsType[*refusal](err)
	return ok && ruleOf(r).trouble == Token
}

// watch asks Meta for the number until ctx is done: seldom while all is well, often while the token is refused, so that what
// waits goes out soon after somebody has renewed it.
func (c *Channel) watch(ctx context.Context) {
	for ctx.Err() == nil {
		h, err := c.Health(ctx)
		wait := c.opt.ProbeWell
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			c.opt.OnReach()
			if t := c.Trouble(); t == Token || t == Permission || t == Number && h.Status == "CONNECTED" {
				c.well()
			}
		default:
			c.fault("network", err)
			if Refused(err) {
				c.raise(Token, time.Time{})
			}
			wait = c.opt.Probe
		}
		if c.Trouble() != None {
			wait = c.opt.Probe
		}
		c.rest(ctx, wait-time.Duration(c.opt.Rand()*float64(wait)/10))
	}
}

// rest waits for the next time to ask: at most Probe from when a trouble begins.
func (c *Channel) rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			return
		case <-ctx.Done():
			return
		case <-c.ill:
			t.Reset(min(d, c.opt.Probe))
		}
	}
}
