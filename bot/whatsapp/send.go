package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"rabeg/bot"
)

// Send delivers a message and gives the reference of its text (the last part of a long one), or of its first photo or
// file. A message of several parts that failed in the middle goes on there when it is tried again with the same key, as
// long as this process lives; each part carries an id made from the key, by which phones know a second copy. See render
// for how a message is shown, sendError for the failures.
func (c *Channel) Send(ctx context.Context, to bot.Address, key string, m bot.Message) (bot.MessageRef, error) {
	at, err := parseAddress(to)
	if err != nil {
		return bot.MessageRef{}, giveUp(fmt.Errorf("sending: %w", err))
	}
	parts, err := render(m, rendering{polls: c.opt.Polls, locationHint: c.opt.LocationHint})
	if err != nil {
		return bot.MessageRef{}, giveUp(fmt.Errorf("rendering for WhatsApp: %w", err))
	}
	cli, se := c.connected(ctx, at)
	if se != nil {
		return bot.MessageRef{}, se
	}
	if at, err = c.people.reach(ctx, to.ID); err != nil {
		return bot.MessageRef{}, unreached(err)
	}
	if err := c.sure(ctx, cli, to.ID, at); err != nil {
		return bot.MessageRef{}, unreached(err)
	}
	letter := key + "\x00" + to.String()
	d := delivery{c: c, cli: cli, to: to, at: at, letter: letter, first: c.sent.through(letter)}
	if key == "" {
		d.first = 0
	}
	c.typing(ctx, cli, at)
	ref, err := d.all(ctx, parts, m, key)
	if err != nil {
		return bot.MessageRef{}, c.sendError(err)
	}
	return ref, nil
}

// sure makes certain that a letter to a number goes to the person of the address: the library writes to the LID that it remembers of the
// number, which may be of its former owner. Where that is known as somebody else, the network is asked, and the library with it.
func (c *Channel) sure(ctx context.Context, cli *whatsmeow.Client, id string, at types.JID) error {
	if at.Server != types.DefaultUserServer {
		return nil
	}
	lid, err := cli.Store.LIDs.GetLIDForPN(ctx, at)
	if err != nil || lid.IsEmpty() {
		return err
	}
	owner, err := c.people.knownAs(ctx, form(lid))
	if err != nil || owner == "" || owner == id { // whom nobody has met under it is nobody else
		return err
	}
	info, err := cli.GetUserInfo(ctx, []types.JID{at}) // the library remembers the answer
	if err == nil && info[at].LID.IsEmpty() {
		return &bot.SendError{Remedy: bot.Gone, Err: errors.New("the number is not on WhatsApp any more")}
	}
	return err
}

// delivery is one letter on its way.
type delivery struct {
	c      *Channel
	cli    *whatsmeow.Client
	to     bot.Address
	at     types.JID // where the letter's chat is reached today
	letter string
	first  int // the part to begin with
}

func (d *delivery) all(ctx context.Context, parts []part, m bot.Message, key string) (bot.MessageRef, error) {
	var main bot.MessageRef
	for i, p := range parts {
		id := letterID(key, d.to, i)
		if key == "" {
			id = d.cli.GenerateMessageID()
		}
		ref := messageRef(d.to.ID, id, "")
		if p.main {
			main = ref
		}
		if i < d.first {
			continue
		}
		msg, err := d.c.message(ctx, d.cli, p)
		if err == nil && m.ReplyTo != nil && i == 0 {
			err = d.c.quote(ctx, d.cli, msg, *m.ReplyTo)
		}
		if err == nil {
			err = d.c.transmit(ctx, d.cli, d.at, id, msg)
		}
		if err == nil && p.poll != nil {
			err = d.c.keepPoll(ctx, id, *p.poll)
		}
		if err != nil {
			if key != "" {
				d.c.sent.keep(d.letter, i)
			}
			return main, err
		}
		n := note{sent: msg, text: beginning(p.text)}
		if p.menu {
			n.menu = m.Menu
		}
		d.c.sent.put(ref, n)
	}
	d.c.sent.keep(d.letter, 0)
	return main, nil
}

// transmit sends one message and waits until WhatsApp has taken it. It never encrypts while a message is being decrypted.
func (c *Channel) transmit(ctx context.Context, cli *whatsmeow.Client, to types.JID, id string, m *waE2E.Message) error {
	ctx, cancel := context.WithTimeout(ctx, 3*c.opt.SendTimeout)
	defer cancel()
	if c.cures.lock {
		if !c.lockRatchet(ctx) {
			return ctx.Err()
		}
		defer c.unlockRatchet()
	}
	failed := c.unsealed.Load()
	_, err := cli.SendMessage(ctx, to, m, whatsmeow.SendRequestExtra{ID: id, Timeout: c.opt.SendTimeout})
	if err == nil && c.cures.nobody && c.unsealed.Load() != failed {
		return retry(errNobody, 0)
	}
	return err
}

// errNobody says that a message was taken, perhaps for nobody: the library leaves out the devices it could not encrypt for,
// also those whose keys it could not read. Sent again under the same id it is shown once.
var errNobody = errors.New("the database failed while a message was encrypted")

// message makes what goes on the wire, after uploading its file.
func (c *Channel) message(ctx context.Context, cli *whatsmeow.Client, p part) (*waE2E.Message, error) {
	switch {
	case p.poll != nil:
		names := make([]string, len(p.poll.Choices))
		for i, ch := range p.poll.Choices {
			names[i] = oneLine(bot.Unmark(ch.Label))
		}
		return cli.BuildPollCreation("☑️", names, 1), nil
	case p.media != (bot.MediaRef{}):
		return c.attachment(ctx, cli, p)
	default:
		return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: new(p.text)}}, nil
	}
}

// quote makes a message an answer to another.
func (c *Channel) quote(ctx context.Context, cli *whatsmeow.Client, m *waE2E.Message, to bot.MessageRef) error {
	id, by, err := parseRef(to)
	if err != nil {
		return giveUp(fmt.Errorf("answering: %w", err))
	}
	who := cli.Store.GetLID()
	if by != "" {
		if who, err = c.people.reach(ctx, by); errors.Is(err, errStranger) {
			who, err = parseJID(by) // as it was said
		}
		switch {
		case errors.Is(err, errAddress):
			return giveUp(fmt.Errorf("answering: %w", err))
		case err != nil:
			return fmt.Errorf("answering: %w", err)
		}
	}
	known, _ := c.sent.get(to)
	said := &waE2E.ContextInfo{
		StanzaID: new(id), Participant: new(form(who)),
		QuotedMessage: &waE2E.Message{Conversation: new(known.text)},
	}
	switch {
	case m.GetExtendedTextMessage() != nil:
		m.ExtendedTextMessage.ContextInfo = said
	case m.GetImageMessage() != nil:
		m.ImageMessage.ContextInfo = said
	case m.GetAudioMessage() != nil:
		m.AudioMessage.ContextInfo = said
	case m.GetVideoMessage() != nil:
		m.VideoMessage.ContextInfo = said
	case m.GetDocumentMessage() != nil:
		m.DocumentMessage.ContextInfo = said
	}
	return nil
}

// EditWindow is how long a message can be changed. The apps allow 15 minutes; a minute is left for the way.
const EditWindow = 14 * time.Minute

var errOld = errors.New("the message is too old to be changed, or of an earlier run of this program")

// Edit replaces text and menu of a message of ours, within EditWindow and as long as this process lives; later it fails
// with GiveUp, and the message is to be sent anew. Photos and Want of m are not looked at.
func (c *Channel) Edit(ctx context.Context, ref bot.MessageRef, m bot.Message) error {
	id, by, err := parseRef(ref)
	if err != nil || by != "" {
		return giveUp(fmt.Errorf("editing: %w", errRef))
	}
	known, ok := c.sent.get(ref)
	if !ok || known.sent == nil || c.opt.Now().Sub(known.at) > EditWindow {
		return giveUp(fmt.Errorf("editing: %w", errOld))
	}
	image := known.sent.GetImageMessage()
	words, err := renderEdit(m, image != nil)
	if err != nil {
		return giveUp(fmt.Errorf("rendering for WhatsApp: %w", err))
	}
	changed, isMessage := proto.Clone(known.sent).(*waE2E.Message)
	switch {
	case !isMessage:
		return giveUp(errRef)
	case changed.GetImageMessage() != nil:
		changed.ImageMessage.Caption = new(words)
	case changed.GetExtendedTextMessage() != nil:
		changed.ExtendedTextMessage.Text = new(words)
	default:
		return giveUp(errors.New("editing: neither a text nor a photo"))
	}
	at, err := parseAddress(ref.Chat)
	if err != nil {
		return giveUp(fmt.Errorf("editing: %w", err))
	}
	cli, se := c.connected(ctx, at)
	if se != nil {
		return se
	}
	if at, err = c.people.reach(ctx, ref.Chat.ID); err != nil {
		return unreached(err)
	}
	// An edit has an id of its own each time: two edits to the same words, with another between them, are three.
	if err := c.transmit(ctx, cli, at, cli.GenerateMessageID(), cli.BuildEdit(at, id, changed)); err != nil {
		return c.sendError(err)
	}
	known.sent, known.menu, known.text = changed, m.Menu, beginning(words)
	c.sent.put(ref, known)
	return nil
}
