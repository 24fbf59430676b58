package warelay

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

// Edit changes a text of the person's own, by its id.
func (p *Person) Edit(ctx context.Context, to, id, text string) (string, error) {
	chat, err := parseChat(to)
	if err != nil {
		return "", fmt.Errorf("read the chat's address: %w", err)
	}
	return p.send(ctx, to, p.client().BuildEdit(chat, id, &waE2E.Message{Conversation: new(text)}))
}

// Forward passes a text on, marked as such.
func (p *Person) Forward(ctx context.Context, to, text string) (string, error) {
	return p.send(ctx, to, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: new(text), ContextInfo: &waE2E.ContextInfo{IsForwarded: new(true), ForwardingScore: new(uint32(1))},
	}})
}

// Type shows the person as writing in a chat, or as having stopped.
func (p *Person) Type(ctx context.Context, to string, writing bool) error {
	chat, err := parseChat(to)
	if err != nil {
		return err
	}
	state := types.ChatPresencePaused
	if writing {
		state = types.ChatPresenceComposing
	}
	return p.client().SendChatPresence(ctx, chat, state, types.ChatPresenceMediaText)
}

// Watch asks to be told when somebody comes and goes.
func (p *Person) Watch(ctx context.Context, whom string) error {
	j, err := parseChat(whom)
	if err != nil {
		return err
	}
	return p.client().SubscribePresence(ctx, j)
}

// Read marks received messages as read: the two ticks turn blue.
func (p *Person) Read(ctx context.Context, all ...Received) error {
	for _, m := range all {
		chat, err := types.ParseJID(m.Chat)
		if err != nil {
			return err
		}
		sender, err := types.ParseJID(m.Sender)
		if err != nil {
			return err
		}
		if err = p.client().MarkRead(ctx, []types.MessageID{m.ID}, time.Now(), chat, sender); err != nil {
			return fmt.Errorf("mark as read: %w", err)
		}
	}
	return nil
}

// CreateGroup makes a group with the person as its admin and gives its ID.
func (p *Person) CreateGroup(ctx context.Context, subject string, members ...*Account) (string, error) {
	var all []types.JID
	for _, a := range members {
		all = append(all, a.lidJID(0))
	}
	info, err := p.client().CreateGroup(ctx, whatsmeow.ReqCreateGroup{Name: subject, Participants: all})
	if err != nil {
		return "", fmt.Errorf("create the group: %w", err)
	}
	return info.JID.String(), nil
}

// JoinGroup joins by an invite link and gives the group's ID.
func (p *Person) JoinGroup(ctx context.Context, link string) (string, error) {
	id, err := p.client().JoinGroupWithLink(ctx, link)
	return id.String(), err
}

// ChangeMembers adds to, removes from, promotes or demotes in a group in
// which the person is an admin: change is add, remove, promote or demote.
func (p *Person) ChangeMembers(ctx context.Context, group, change string, members ...*Account) error {
	j, err := types.ParseJID(group)
	if err != nil {
		return err
	}
	var all []types.JID
	for _, a := range members {
		all = append(all, a.lidJID(0))
	}
	_, err = p.client().UpdateGroupParticipants(ctx, j, all, whatsmeow.ParticipantChange(change))
	return err
}
