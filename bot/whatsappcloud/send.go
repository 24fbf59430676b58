package whatsappcloud

import (
	"context"
	"errors"
	"fmt"

	"rabeg/bot"
)

// besideMark ends the key of a part that Send's reference does not name. maxEcho is how long a key may be that Meta gives back
// with each status.
const (
	besideMark = "\n+"
	maxEcho    = 500
)

// Send delivers a message and gives the reference of its words (the last part of long ones), or of its first photo or file. A
// message of several parts that failed in the middle goes on there when it is tried again with the same key, as long as this
// process lives. That Meta took it does not say that it arrives: see bot.Receipts. See render for how a message is shown.
func (c *Channel) Send(ctx context.Context, to bot.Address, key string, m bot.Message) (bot.MessageRef, error) {
	field, who, err := parseAddress(to)
	if err != nil {
		return bot.MessageRef{}, giveUp(fmt.Errorf("sending: %w", err))
	}
	list, err := render(m, rendering{hint: c.opt.LocationHint, list: c.opt.ListLabel})
	if err != nil {
		return bot.MessageRef{}, giveUp(fmt.Errorf("rendering for WhatsApp: %w", err))
	}
	mark := key + "\x00" + to.String()
	if key == "" || len(list) == 1 {
		mark = ""
	}
	at := c.sent.Take(mark)
	for at.Calls < len(list) {
		p := list[at.Calls]
		frame := framed(field, who, p.kind, echo(key, p.main))
		if at.Calls == 0 && m.ReplyTo != nil && m.ReplyTo.Chat == to {
			frame["context"] = object{"message_id": m.ReplyTo.ID}
		}
		id, err := c.deliver(ctx, frame, p)
		if err != nil {
			c.sent.Keep(mark, at)
			return bot.MessageRef{}, c.shut(ctx, c.sendError(err, who), who)
		}
		if p.main {
			at.Main = id
		}
		at.Calls++
	}
	c.took(who, false)
	return messageRef(to.ID, at.Main), nil
}

// shut keeps that Meta takes no words for a person, where that is why a message was refused.
func (c *Channel) shut(ctx context.Context, se *bot.SendError, who string) *bot.SendError {
	if se.Cold {
		_ = c.remember(c.opt.Memory.Shut(context.WithoutCancel(ctx), who, c.opt.Now()))
	}
	return se
}

// framed is what stands around every message.
func framed(field, who, kind, echo string) object {
	o := object{"messaging_product": "whatsapp", "recipient_type": "individual", field: who, "type": kind}
	if echo != "" {
		o["biz_opaque_callback_data"] = echo
	}
	return o
}

// echo is what Meta gives back with each status of a message.
func echo(key string, main bool) string {
	if !main {
		key += besideMark
	}
	if key == besideMark || len(key) > maxEcho {
		return ""
	}
	return key
}

// deliver makes one message and gives its id. A message whose original is gone is sent without being a reply.
func (c *Channel) deliver(ctx context.Context, frame object, p part) (string, error) {
	var err error
	media := ""
	if p.media != (bot.MediaRef{}) {
		if media, err = c.uploaded(ctx, p.media, p.mime); err != nil {
			return "", err
		}
	}
	frame[p.kind] = p.body(media)
	id, err := c.posted(ctx, frame)
	r, no := errors.AsType[*refusal](err)
	if no && frame["context"] != nil && (r.code == 131009 || r.code == 100) {
		delete(frame, "context")
		id, err = c.posted(ctx, frame)
		r, no = errors.AsType[*refusal](err)
	}
	if no && (r.code == 131053 || r.code == 131009) && media != "" {
		c.loads.drop(p.media) // the next try uploads it once again
	}
	return id, err
}

func (c *Channel) posted(ctx context.Context, frame object) (string, error) {
	var whole parts
	if err := c.call(ctx, "POST", c.opt.PhoneID+"/messages", frame, &whole); err != nil {
		return "", err
	}
	for _, m := range each(whole, "messages") {
		if id := read[string](m, "id"); id != "" {
			return id, nil
		}
	}
	return "", errNoAnswer
}
