package warelay

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// Inbox is what a person has received so far, oldest first. The slices only
// grow; do not change them.
type Inbox struct {
	Messages []Received
	Receipts []Receipt
	Typing   []Typing
	Presence []Presence
	Failed   []string // ids of messages that could not be decrypted at first
	Groups   []string // ids of groups the person has been put into
	Refused  string   // why WhatsApp has turned the person away

	Connects, Disconnects int // successful logins, connections that broke
}

// Received is one decrypted message.
type Received struct {
	ID     string
	Chat   string // JID of the person or the group
	Sender string // JID of the sender, without its device
	Phone  string // sender's phone number, digits; empty when it is not given
	Name   string // what the sender calls himself
	Mine   bool   // sent by another device of the same account
	At     time.Time

	// Kind is one of text, image, voice, audio, video, document, sticker,
	// location, live, contact, poll, vote, reaction, edit, revoke, album,
	// other.
	Kind string
	// Text is the text, the caption, the question of a poll, the new text of
	// an edit, the emoji of a reaction, the name of a document, a vCard.
	Text string
	// Quoted is the id of the message this one replies to.
	Quoted string
	// Target is the id of the message a reaction, an edit, a revocation or a
	// vote is about.
	Target   string
	Options  []string // of a poll
	Lat, Lon float64  // of a location, degrees
	MIME     string   // of media
	Size     uint64   // of media, bytes
	Once     bool     // view once
	Mentions []string
}

// Receipt says that somebody has received, read or played messages.
type Receipt struct {
	IDs  []string
	Kind string // "" delivered, "inactive" delivered to a client in the background, read, played, retry
	From string // JID without device
	Chat string
}

// Typing says that somebody writes, records or has stopped.
type Typing struct {
	Chat, From string
	State      string // composing, recording, paused
}

// Presence says that somebody is online or not.
type Presence struct {
	From   string
	Online bool
}

// Inbox is what the person has received until now.
func (p *Person) Inbox() Inbox {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.inbox
}

// Wait waits until cond holds for the inbox, which it returns. The error is
// the context's.
func (p *Person) Wait(ctx context.Context, cond func(Inbox) bool) (Inbox, error) {
	for {
		p.mu.Lock()
		in, changed := p.inbox, p.changed
		p.mu.Unlock()
		if cond(in) {
			return in, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return in, ctx.Err()
		}
	}
}

// Next waits for a message that matches, also one that has already come.
func (p *Person) Next(ctx context.Context, match func(Received) bool) (Received, error) {
	var found Received
	_, err := p.Wait(ctx, func(in Inbox) bool {
		i := slices.IndexFunc(in.Messages, match)
		if i >= 0 {
			found = in.Messages[i]
		}
		return i >= 0
	})
	return found, err
}

// Media fetches and decrypts the media of a received message.
func (p *Person) Media(ctx context.Context, m Received) ([]byte, error) {
	p.mu.Lock()
	at := p.media[m.ID]
	p.mu.Unlock()
	if at == nil {
		return nil, errors.New("the message holds no media")
	}
	return p.client().Download(ctx, at)
}

// event takes the current client's events into the inbox.
func (p *Person) event(cli *whatsmeow.Client, e any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if cli != p.now {
		return
	}
	in := &p.inbox
	switch e := e.(type) {
	case *events.Message:
		if !p.take(e) {
			return
		}
	case *events.Receipt:
		in.Receipts = append(in.Receipts, Receipt{IDs: e.MessageIDs, Kind: string(e.Type), From: plain(e.Sender), Chat: plain(e.Chat)})
	case *events.ChatPresence:
		state := string(e.State)
		if e.State == types.ChatPresenceComposing && e.Media == types.ChatPresenceMediaAudio {
			state = "recording"
		}
		in.Typing = append(in.Typing, Typing{Chat: plain(e.Chat), From: plain(e.Sender), State: state})
	case *events.Presence:
		in.Presence = append(in.Presence, Presence{From: plain(e.From), Online: !e.Unavailable})
	case *events.UndecryptableMessage:
		in.Failed = append(in.Failed, e.Info.ID)
	case *events.JoinedGroup:
		in.Groups = append(in.Groups, e.JID.String())
	case *events.Connected:
		in.Connects++
		p.online = true
	case *events.Disconnected:
		in.Disconnects++
		p.online = false
	default:
		why := refusedBy(e)
		if why == "" {
			return
		}
		in.Refused, p.online = why, false
	}
	close(p.changed)
	p.changed = make(chan struct{})
}

// refusedBy says why an event means that WhatsApp has turned the client away;
// empty for all other events.
func refusedBy(e any) string {
	switch e := e.(type) {
	case *events.TemporaryBan:
		return "temporary ban"
	case *events.LoggedOut:
		return "logged out"
	case *events.StreamReplaced:
		return "replaced"
	case *events.ClientOutdated:
		return "client outdated"
	case *events.ConnectFailure:
		return e.Reason.String()
	default:
		return ""
	}
}

func plain(j types.JID) string { return j.ToNonAD().String() }

// take enters a message; false when it holds nothing a person would see, such
// as a sender key.
func (p *Person) take(e *events.Message) bool {
	m, ok := read(e)
	if !ok {
		return false
	}
	if m.Kind == "poll" {
		p.polls[m.ID] = e
	}
	if at := downloadable(e.Message); at != nil {
		p.media[m.ID] = at
	}
	p.inbox.Messages = append(p.inbox.Messages, m)
	return true
}

// downloadable finds the media of a message.
func downloadable(m *waE2E.Message) whatsmeow.DownloadableMessage {
	switch {
	case m.GetImageMessage() != nil:
		return m.GetImageMessage()
	case m.GetAudioMessage() != nil:
		return m.GetAudioMessage()
	case m.GetVideoMessage() != nil:
		return m.GetVideoMessage()
	case m.GetDocumentMessage() != nil:
		return m.GetDocumentMessage()
	case m.GetStickerMessage() != nil:
		return m.GetStickerMessage()
	default:
		return nil
	}
}
