package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
	"rabeg/bot/lane"
)

// pollLimit is how many updates one getUpdates gives at most, and so how many can be unacknowledged at a time: Telegram
// never shows more than this many from the oldest unacknowledged one on.
const pollLimit = 100

// allowedUpdates are the kinds that can become events. chat_member, which has to be asked for, tells who comes into the desk's group,
// leaves it, or runs it; Telegram gives it to administrators alone.
var allowedUpdates = [...]string{"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}

// poller receives by getUpdates. Its goroutine alone touches all fields but inbox.
//
// An update is acknowledged by asking for the ones after it, so the offset never passes an update that is not handled.
// While one chat's event fails again and again, the offset stays there: later updates are still fetched and handled,
// Telegram repeats them, and the inbox knows them. That reaches pollLimit updates far; beyond it everything waits for
// the one chat, because going on would lose its event in a crash. Options.Park is the way out. (A webhook has no such
// window.)
type poller struct {
	c     *Channel
	h     bot.Handler
	lanes *lane.Lanes[int64]
	inbox *inbox
	wait  *lane.Backoff // after failed calls
	asked int64         // the offset of the last call that succeeded
	stuck bool          // reported already
	buf   bytes.Buffer  // the last answer
}

func (c *Channel) poll(ctx context.Context, h bot.Handler) error {
	p := &poller{c: c, h: h, lanes: c.newLanes(), inbox: newInbox(), wait: c.opt.backoff()}
	err := p.loop(ctx)
	p.lanes.Idle()
	p.farewell(ctx)
	return err
}

func (p *poller) loop(ctx context.Context) error {
	for ctx.Err() == nil {
		offset, seconds := p.inbox.offset(), int(p.c.opt.PollTimeout/time.Second)
		if p.inbox.waiting() > 0 {
			seconds = 0 // Telegram would answer at once anyway: it repeats what is not acknowledged
		}
		list, err := p.fetch(ctx, offset, seconds)
		switch {
		case ctx.Err() != nil:
			continue // told to stop
		case refused(err):
			return fmt.Errorf("telegram: the token is refused: %w", err)
		case err != nil:
			p.mend(ctx, err)
			continue
		}
		p.wait = p.c.opt.backoff()
		p.asked = offset
		p.c.opt.OnReach()
		p.inbox.confirmed(offset, len(list) == 0)
		fresh := p.accept(ctx, list)
		p.notice(len(list), fresh)
		p.inbox.settle(ctx, len(list) == pollLimit, fresh > 0)
	}
	return nil
}

// mend waits after a failed call, and takes away a webhook that somebody has set meanwhile.
func (p *poller) mend(ctx context.Context, err error) {
	var r *refusal
	if !errors.As(err, &r) || r.code != http.StatusConflict {
		p.c.fault("network", err)
		p.wait.Pause(ctx, retryAfter(err))
		return
	}
	p.c.fault("conflict", err)
	p.wait.Pause(ctx, 0)
	if strings.Contains(r.text, "webhook") {
		if err := p.c.deleteWebhook(ctx); err != nil && ctx.Err() == nil {
			p.c.fault("network", err)
		}
	}
}

// notice reports once when the window is full and nothing of it is new: everything waits for the oldest update.
func (p *poller) notice(got, fresh int) {
	full := got == pollLimit && fresh == 0 && p.inbox.waiting() > 0
	if full && !p.stuck {
		p.c.fault("stuck", fmt.Errorf("update %d cannot be handled, and %d after it wait", p.inbox.offset(), got-1))
	}
	p.stuck = full
}

// fetch asks for updates from offset on.
func (p *poller) fetch(ctx context.Context, offset int64, seconds int) ([]json.RawMessage, error) {
	body, err := p.c.encode(struct {
		Offset  int64    `json:"offset,omitempty"`
		Limit   int      `json:"limit"`
		Timeout int      `json:"timeout"`
		Allowed []string `json:"allowed_updates"`
	}{offset, pollLimit, seconds, allowedUpdates[:]})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(seconds)*time.Second+p.c.opt.SendTimeout)
	defer cancel()
	raw, status, err := p.c.exchange(ctx, "getUpdates", inJSON, bytes.NewReader(body), maxUpdates, &p.buf)
	if err != nil {
		return nil, fmt.Errorf("getUpdates: %w", err)
	}
	var list []json.RawMessage
	return list, open("getUpdates", raw, status, &list)
}

// accept puts updates that are not known yet into their chats' lanes and reports how many they were.
func (p *poller) accept(ctx context.Context, list []json.RawMessage) (fresh int) {
	me := p.c.account()
	for _, raw := range list {
		id, ok := updateID(raw)
		if !ok {
			p.c.opt.OnUnknown("malformed") // without a number there is nothing to acknowledge either
			continue
		}
		if !p.inbox.add(id) {
			continue
		}
		fresh++
		ev, chat, ok := p.c.read(raw, me)
		if !ok {
			p.inbox.done(id)
			continue
		}
		p.lanes.Add(chat, p.job(ctx, id, ev))
	}
	return fresh
}

func (p *poller) job(ctx context.Context, id int64, ev bot.Event) lane.Job {
	j := lane.Job{
		Ctx: ctx,
		Run: func(ctx context.Context) error { return p.h(ctx, ev) },
		Done: func(err error) {
			if err == nil {
				p.inbox.done(id)
			}
		},
	}
	j.Park = p.c.park(ev)
	return j
}

// park is how a job is set aside that fails for long; nil where it is tried for ever.
func (c *Channel) park(ev bot.Event) func(context.Context, error) error {
	if c.opt.Park == nil {
		return nil
	}
	return func(ctx context.Context, cause error) error { return c.opt.Park(ctx, ev, cause) }
}

// farewell acknowledges what was handled since the last call, so that the next start does not get it again. Best effort.
func (p *poller) farewell(ctx context.Context) {
	offset := p.inbox.offset()
	if offset <= p.asked {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if _, err := p.fetch(ctx, offset, 0); err != nil {
		p.c.opt.Log.Info("telegram: acknowledging the last updates", "err", err)
	}
}

// read decodes one update. ok is false when there is nothing to handle; that has been counted.
func (c *Channel) read(raw []byte, me self) (ev bot.Event, chat int64, ok bool) {
	var u models.Update
	if err := json.Unmarshal(raw, &u); err != nil {
		if u, err = outline(raw); err != nil {
			c.opt.OnUnknown("malformed")
			return ev, 0, false
		}
		c.opt.OnUnknown("outlined")
	}
	ev, unknown := decode(&u, me, c.opt.Now())
	if unknown == "" {
		var err error
		if chat, _, err = parseAddress(ev.Chat); err != nil {
			unknown = "malformed"
		}
	}
	if unknown != "" {
		c.opt.OnUnknown(unknown)
		return ev, 0, false
	}
	return bot.Storable(ev, c.opt.Now()), chat, true
}

// updateID reads the number of an update, of valid JSON, which is kept even where the rest is broken. It stands first, and the rest is not read for it: the
// same updates come again until they are acknowledged.
func updateID(raw []byte) (int64, bool) {
	if rest, first := bytes.CutPrefix(raw, []byte(`{"update_id":`)); first {
		if end := bytes.IndexAny(rest, ",}"); end > 0 {
			if id, err := strconv.ParseInt(string(rest[:end]), 10, 64); err == nil && id > 0 {
				return id, true
			}
		}
	}
	var u struct {
		ID int64 `json:"update_id"`
	}
	err := json.Unmarshal(raw, &u)
	return u.ID, err == nil && u.ID > 0
}
