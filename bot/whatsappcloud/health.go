package whatsappcloud

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Health is what Meta says of the business's number.
type Health struct {
	Number  string // as people write it
	Name    string // the verified name
	Status  string // "CONNECTED" when it can be used
	Quality string // "GREEN", "YELLOW", "RED"
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
