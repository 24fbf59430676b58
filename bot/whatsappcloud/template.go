package whatsappcloud

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
)

// Template is an invitation as Meta looks at it: words of our own, with blanks, and one button. It says that there is news
// and whose, and nothing of what the news is: what an officer wrote goes out when the person presses the button.
type Template struct {
	Name, Language string
	Body           string // with {{nomor}} and {{dinas}}, or {{dinas}} alone
	Footer, Button string
	Staff          bool // it is for the office's own people, and names no report
}

// blanks are the names of what the body leaves open, with what fills them.
func (t Template) blanks(w bot.Wakeup) []object {
	if t.Staff {
		return []object{blank("dinas", w.Office)}
	}
	return []object{blank("nomor", w.Code), blank("dinas", w.Office)}
}

// Invitations are the templates that are there to be approved: the second is for when the first is paused, the third for leaders and
// heads of offices.
func Invitations() []Template {
	const footer = "Tidak perlu dibalas bila tidak ingin membacanya."
	return []Template{
		{
			Name: "kabar_laporan", Language: "id", Footer: footer, Button: "Baca kabar",
			Body: "Laporan Anda dengan nomor {{nomor}} mendapat kabar dari {{dinas}}. Tekan tombol di bawah untuk membacanya.",
		},
		{
			Name: "kabar_laporan_2", Language: "id", Footer: footer, Button: "Baca kabar",
			Body: "Ada kabar untuk laporan Anda nomor {{nomor}} yang ditangani {{dinas}}. Tekan tombol di bawah supaya kami kirimkan.",
		},
		{
			Name: "kabar_petugas", Language: "id", Footer: footer, Button: "Baca kabar", Staff: true,
			Body: "Ada kabar tentang laporan warga di {{dinas}} untuk Anda sebagai pimpinan atau petugas. Tekan tombol di bawah untuk membacanya.",
		},
	}
}

// Wake sends the first invitation that Meta lets through.
func (c *Channel) Wake(ctx context.Context, to bot.Address, key string, w bot.Wakeup) (bot.MessageRef, error) {
	field, who, err := parseAddress(to)
	if err != nil {
		return bot.MessageRef{}, giveUp(fmt.Errorf("inviting: %w", err))
	}
	frame := framed(field, who, "template", echo(key, true))
	payload := wakePrefix + key
	if len(payload) > 200 {
		payload = wakePrefix
	}
	if left := time.Unix(c.brake.Load(), 0).Sub(c.opt.Now()); left > 0 {
		return bot.MessageRef{}, &bot.SendError{Remedy: bot.Retry, After: left, Err: errBraked}
	}
	err = errNoInvitation
	for _, t := range c.opt.Templates {
		if t.Staff != w.Staff {
			continue
		}
		frame["template"] = object{"name": t.Name, "language": object{"code": t.Language}, "components": []object{
			{"type": "body", "parameters": t.blanks(w)},
			{"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": []object{{"type": "payload", "payload": payload}}},
		}}
		var id string
		if id, err = c.posted(ctx, frame); err == nil {
			c.took(who, true)
			return messageRef(to.ID, id), nil
		}
		if r, no := errors.AsType[*refusal](err); !no || r.code < 132000 || r.code > 132099 {
			break
		}
	}
	if errors.Is(err, errNoInvitation) {
		return bot.MessageRef{}, &bot.SendError{Remedy: bot.GiveUp, Cold: true, Err: err}
	}
	return bot.MessageRef{}, c.braked(c.sendError(err, who))
}

// errNoInvitation says that there is no invitation of the kind that is needed.
var errNoInvitation = errors.New("there is no invitation for such people")

// errBraked says that Meta takes no more invitations for a while.
var errBraked = errors.New("Meta takes no more invitations for a while")

// braked keeps that Meta takes no more invitations for now: it lets so many silent people be written to in a day, and slows down who is
// complained of. Who has written is answered all the same.
func (c *Channel) braked(se *bot.SendError) *bot.SendError {
	r, no := errors.AsType[*refusal](se.Err)
	if no && ruleOf(r).trouble == Spam {
		se.Slow = false
		c.brake.Store(c.opt.Now().Add(se.After).Unix())
	}
	return se
}

// blank fills a blank. Meta takes no line breaks, no tabs, no long gaps, and nothing that is empty.
func blank(name, value string) object {
	value = strings.Join(strings.Fields(bot.Clean(bot.Unmark(value))), " ")
	if value == "" {
		value = "-"
	}
	return object{"type": "text", "parameter_name": name, "text": shorten(value, 120)}
}

// Submit hands an invitation in for Meta to look at, which takes up to a day.
func (c *Channel) Submit(ctx context.Context, t Template) error {
	examples := []object{}
	for _, b := range t.blanks(bot.Wakeup{Code: "SRG-7K3MQ-9", Office: "Dinas Perhubungan"}) {
		examples = append(examples, object{"param_name": b["parameter_name"], "example": b["text"]})
	}
	err := c.call(ctx, "POST", c.opt.WABA+"/message_templates", object{
		"name": t.Name, "language": t.Language, "category": "UTILITY", "parameter_format": "named",
		"components": []object{
			{"type": "BODY", "text": t.Body, "example": object{"body_text_named_params": examples}},
			{"type": "FOOTER", "text": t.Footer},
			{"type": "BUTTONS", "buttons": []object{{"type": "QUICK_REPLY", "text": t.Button}}},
		},
	}, nil)
	if err != nil {
		return fmt.Errorf("hand in a template: %w", err)
	}
	return nil
}

// State is where a template stands with Meta: "APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"; and the category that
// Meta bills it under.
type State struct{ Name, Status, Category string }

// States tells where all templates of the account stand.
func (c *Channel) States(ctx context.Context) ([]State, error) {
	var got parts
	if err := c.call(ctx, "GET", c.opt.WABA+"/message_templates?fields=name,status,category&limit=250", nil, &got); err != nil {
		return nil, fmt.Errorf("list the templates: %w", err)
	}
	var out []State
	for _, t := range each(got, "data") {
		out = append(out, State{Name: read[string](t, "name"), Status: read[string](t, "status"), Category: read[string](t, "category")})
	}
	return out, nil
}

// Usable reports whether one of the channel's invitations can be sent: of those for citizens, or of those for the office's own people.
func (c *Channel) Usable(states []State, staff bool) bool {
	for _, t := range c.opt.Templates {
		for _, s := range states {
			if s.Name == t.Name && s.Status == "APPROVED" && t.Staff == staff {
				return true
			}
		}
	}
	return false
}
