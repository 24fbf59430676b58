package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"rabeg/bot"
)

// Send delivers a message and gives the reference by which it is edited and replied to: of its text (the last part of a
// long one), or of its first photo or file. A message of several calls that failed in the middle goes on there when it
// is tried again with the same key, as long as this process lives. See render for how a message is shown, sendError for
// the failures.
func (c *Channel) Send(ctx context.Context, to bot.Address, key string, m bot.Message) (bot.MessageRef, error) {
	list, err := render(to, m, c.opt.LocationLabel)
	if err != nil {
		return bot.MessageRef{}, giveUp(fmt.Errorf("rendering for Telegram: %w", err))
	}
	chat := list[0].body.ChatID
	if len(list) == 1 {
		id, err := c.deliver(ctx, &list[0])
		if err != nil {
			return bot.MessageRef{}, sendError(err, to)
		}
		return messageRef(chat, id), nil
	}
	mark := key + "\x00" + to.String()
	if key == "" {
		mark = ""
	}
	at := c.sent.Take(mark)
	for at.Calls < len(list) {
		req := &list[at.Calls]
		id, err := c.deliver(ctx, req)
		if err != nil {
			c.sent.Keep(mark, at)
			return bot.MessageRef{}, sendError(err, to)
		}
		if req.main {
			at.Main = id
		}
		at.Calls++
	}
	return messageRef(chat, at.Main), nil
}

// deliver makes one call and gives the number of the (first) message it made. A message whose original is gone is sent
// without being a reply.
func (c *Channel) deliver(ctx context.Context, req *request) (int, error) {
	id, err := c.made(ctx, req)
	if err != nil && req.body.Reply != nil && says(err, wordsNoReply, wordsNoReplyNew) {
		req.body.Reply = nil
		id, err = c.made(ctx, req)
	}
	return id, err
}

func (c *Channel) made(ctx context.Context, req *request) (int, error) {
	type message struct {
		ID int `json:"message_id"`
	}
	list := make([]message, 1)
	dest := any(&list[0])
	if req.method == sendAlbum {
		dest = &list
	}
	if err := c.make(ctx, req, dest); err != nil {
		return 0, err
	}
	if len(list) == 0 || list[0].ID == 0 {
		return 0, fmt.Errorf("%s: the result names no message", req.method)
	}
	return list[0].ID, nil
}

// make makes a call and reads its result into dest, when dest is not nil.
func (c *Channel) make(ctx context.Context, req *request, dest any) error {
	if len(req.uploads) > 0 {
		return c.upload(ctx, req, dest)
	}
	body, err := c.encode(&req.body)
	if err != nil {
		return giveUp(fmt.Errorf("%s: encoding: %w", req.method, err))
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.SendTimeout)
	defer cancel()
	return c.post(ctx, req.method, inJSON, bytes.NewReader(body), dest)
}

// Edit replaces text and menu of a message, or only the menu when m has no text. Photos and Want of m are not looked at.
func (c *Channel) Edit(ctx context.Context, ref bot.MessageRef, m bot.Message) error {
	chat, id, err := parseRef(ref)
	if err != nil {
		return giveUp(fmt.Errorf("editing: %w", err))
	}
	err = c.edit(ctx, chat, id, m, false)
	if says(err, wordsNoText) { // the message is a photo with a caption
		err = c.edit(ctx, chat, id, m, true)
	}
	if err == nil || says(err, wordsSame) {
		return nil
	}
	return sendError(err, ref.Chat)
}

func (c *Channel) edit(ctx context.Context, chat int64, id int, m bot.Message, caption bool) error {
	req, err := renderEdit(chat, id, m, caption)
	if err != nil {
		return giveUp(fmt.Errorf("rendering for Telegram: %w", err))
	}
	return c.make(ctx, &req, nil)
}

// maxNotice is the longest notice after a press, in characters.
const maxNotice = 200

// Answer stops the spinning button of a press, with a short notice when text is not empty. A press that is too old to be
// answered is no error: its button has stopped by itself.
func (c *Channel) Answer(ctx context.Context, press bot.EventID, text string) error {
	id, ok := callbackID(press)
	if !ok {
		return giveUp(errors.New("answering: the event is not a press"))
	}
	err := c.quick(ctx, "answerCallbackQuery", struct {
		ID   string `json:"callback_query_id"`
		Text string `json:"text,omitempty"`
	}{id, shorten(bot.Unmark(text), maxNotice)}, nil)
	if err == nil || says(err, wordsOldPress) {
		return nil
	}
	return sendError(err, bot.Address{})
}
