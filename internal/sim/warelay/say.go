package warelay

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

type (
	fieldDescriptor = protoreflect.FieldDescriptor
	value           = protoreflect.Value
)

// In every method below, to is a chat: a phone number in digits, a JID such
// as 1…@lid, or a group's ID. They return the id of the message once the
// relay has acknowledged it.

// send encrypts and sends a message.
func (p *Person) send(ctx context.Context, to string, m *waE2E.Message) (string, error) {
	chat, err := parseChat(to)
	if err != nil {
		return "", fmt.Errorf("read the chat's address: %w", err)
	}
	p.mem.crypt.Lock()
	defer p.mem.crypt.Unlock()
	resp, err := p.client().SendMessage(ctx, chat, m)
	if errors.Is(err, whatsmeow.ErrNotLoggedIn) || errors.Is(err, whatsmeow.ErrNotConnected) {
		return "", fmt.Errorf("%w: %w", errLoggedOut, err)
	}
	return resp.ID, err
}

// Text sends a text. A mention is written as @ and the user part of a JID of
// the group; name the JIDs.
func (p *Person) Text(ctx context.Context, to, text string, mentions ...string) (string, error) {
	m := &waE2E.Message{Conversation: new(text)}
	if len(mentions) > 0 {
		m = &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
			Text: new(text), ContextInfo: &waE2E.ContextInfo{MentionedJID: mentions},
		}}
	}
	id, err := p.send(ctx, to, m)
	if err == nil {
		p.mu.Lock()
		p.last[to] = id
		p.mu.Unlock()
	}
	return id, err
}

// ReplyTo sends a text that quotes a received message, into the chat it came
// from.
func (p *Person) ReplyTo(ctx context.Context, m Received, text string) (string, error) {
	return p.send(ctx, m.Chat, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: new(text), ContextInfo: quote(m),
	}})
}

// QuoteUnknown sends a text that quotes a message nobody has ever sent.
func (p *Person) QuoteUnknown(ctx context.Context, to, id, text string) (string, error) {
	return p.send(ctx, to, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: new(text), ContextInfo: quote(Received{ID: id, Sender: p.LID(), Text: "?"}),
	}})
}

func quote(m Received) *waE2E.ContextInfo {
	return &waE2E.ContextInfo{
		StanzaID: new(m.ID), Participant: new(m.Sender),
		QuotedMessage: &waE2E.Message{Conversation: new(m.Text)},
	}
}

// EditLast changes the last text sent to the chat.
func (p *Person) EditLast(ctx context.Context, to, text string) (string, error) {
	chat, id, err := p.lastTo(to)
	if err != nil {
		return "", err
	}
	return p.send(ctx, to, p.client().BuildEdit(chat, id, &waE2E.Message{Conversation: new(text)}))
}

// Revoke deletes the last text sent to the chat, for everyone.
func (p *Person) Revoke(ctx context.Context, to string) (string, error) {
	chat, id, err := p.lastTo(to)
	if err != nil {
		return "", err
	}
	return p.send(ctx, to, p.client().BuildRevoke(chat, types.EmptyJID, id))
}

func (p *Person) lastTo(to string) (types.JID, string, error) {
	chat, err := parseChat(to)
	if err != nil {
		return chat, "", fmt.Errorf("read the chat's address: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	id := p.last[to]
	if id == "" {
		return chat, "", errors.New("no text has been sent to this chat")
	}
	return chat, id, nil
}

// Reaction puts an emoji under a received message; an empty one takes it away.
func (p *Person) Reaction(ctx context.Context, m Received, emoji string) (string, error) {
	chat, err := parseChat(m.Chat)
	if err != nil {
		return "", err
	}
	sender, err := types.ParseJID(m.Sender)
	if err != nil {
		return "", err
	}
	return p.send(ctx, m.Chat, p.client().BuildReaction(chat, sender, m.ID, emoji))
}

// Location sends a place in degrees.
func (p *Person) Location(ctx context.Context, to string, lat, lon float64, name string) (string, error) {
	m := &waE2E.LocationMessage{DegreesLatitude: new(lat), DegreesLongitude: new(lon)}
	if name != "" {
		m.Name = new(name)
	}
	return p.send(ctx, to, &waE2E.Message{LocationMessage: m})
}

// LiveLocation sends the first place of a live location.
func (p *Person) LiveLocation(ctx context.Context, to string, lat, lon float64) (string, error) {
	return p.send(ctx, to, &waE2E.Message{LiveLocationMessage: &waE2E.LiveLocationMessage{
		DegreesLatitude: new(lat), DegreesLongitude: new(lon), SequenceNumber: proto.Int64(1),
	}})
}

// Contact sends somebody's name and number as a contact card.
func (p *Person) Contact(ctx context.Context, to, name, phone string) (string, error) {
	card := strings.Join([]string{"BEGIN:VCARD", "VERSION:3.0", "FN:" + name, "TEL;type=CELL:+" + digits(phone), "END:VCARD"}, "\n")
	return p.send(ctx, to, &waE2E.Message{ContactMessage: &waE2E.ContactMessage{
		DisplayName: new(name), Vcard: new(card),
	}})
}

// Poll asks a question with options, of which one may be chosen.
func (p *Person) Poll(ctx context.Context, to, question string, options ...string) (string, error) {
	return p.send(ctx, to, p.client().BuildPollCreation(question, options, 1))
}

// Vote answers a received poll; no option takes the vote back.
func (p *Person) Vote(ctx context.Context, poll Received, options ...string) (string, error) {
	p.mu.Lock()
	e := p.polls[poll.ID]
	p.mu.Unlock()
	if e == nil {
		return "", errors.New("the person has not seen this poll")
	}
	m, err := p.client().BuildPollVote(ctx, &e.Info, options)
	if err != nil {
		return "", fmt.Errorf("encrypt the vote: %w", err)
	}
	return p.send(ctx, poll.Chat, m)
}

// VoteUnknown votes in a poll that nobody has made.
func (p *Person) VoteUnknown(ctx context.Context, to, id string) (string, error) {
	chat, err := parseChat(to)
	if err != nil {
		return "", err
	}
	return p.send(ctx, to, &waE2E.Message{PollUpdateMessage: &waE2E.PollUpdateMessage{
		PollCreationMessageKey: &waCommon.MessageKey{RemoteJID: new(chat.String()), ID: new(id), FromMe: new(false)},
		Vote:                   &waE2E.PollEncValue{EncPayload: randomBytes(48), EncIV: randomBytes(12)},
		SenderTimestampMS:      new(time.Now().UnixMilli()),
	}})
}

// Raw sends a message as it is, for what no other method makes.
func (p *Person) Raw(ctx context.Context, to string, m *waE2E.Message) (string, error) {
	return p.send(ctx, to, m)
}
