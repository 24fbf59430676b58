package warelay

import (
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// read turns a decrypted message into what a person sees of it.
func read(e *events.Message) (Received, bool) {
	m := Received{
		ID: e.Info.ID, Chat: plain(e.Info.Chat), Sender: plain(e.Info.Sender), Name: e.Info.PushName,
		Mine: e.Info.IsFromMe, At: e.Info.Timestamp, Once: e.IsViewOnce,
	}
	switch {
	case e.Info.Sender.Server == types.DefaultUserServer:
		m.Phone = e.Info.Sender.User
	case e.Info.SenderAlt.Server == types.DefaultUserServer:
		m.Phone = e.Info.SenderAlt.User
	}
	msg := e.Message
	return m, readText(&m, msg) || readMedia(&m, msg) || readPlace(&m, msg) || readChange(&m, msg)
}

func (m *Received) context(c *waE2E.ContextInfo) {
	m.Quoted = c.GetStanzaID()
	m.Mentions = c.GetMentionedJID()
}

func readText(m *Received, msg *waE2E.Message) bool {
	switch {
	case msg.GetConversation() != "":
		m.Kind, m.Text = "text", msg.GetConversation()
	case msg.GetExtendedTextMessage() != nil:
		m.Kind, m.Text = "text", msg.GetExtendedTextMessage().GetText()
		m.context(msg.GetExtendedTextMessage().GetContextInfo())
	case msg.GetContactMessage() != nil:
		m.Kind, m.Text = "contact", msg.GetContactMessage().GetVcard()
	case msg.GetPollCreationMessage() != nil:
		readPoll(m, msg.GetPollCreationMessage())
	case msg.GetPollCreationMessageV3() != nil:
		readPoll(m, msg.GetPollCreationMessageV3())
	default:
		return false
	}
	return true
}

func readPoll(m *Received, poll *waE2E.PollCreationMessage) {
	m.Kind, m.Text = "poll", poll.GetName()
	for _, o := range poll.GetOptions() {
		m.Options = append(m.Options, o.GetOptionName())
	}
}

func readMedia(m *Received, msg *waE2E.Message) bool {
	switch {
	case msg.GetImageMessage() != nil:
		i := msg.GetImageMessage()
		m.Kind, m.Text, m.MIME, m.Size = "image", i.GetCaption(), i.GetMimetype(), i.GetFileLength()
		m.context(i.GetContextInfo())
		m.Once = m.Once || i.GetViewOnce()
	case msg.GetVideoMessage() != nil:
		v := msg.GetVideoMessage()
		m.Kind, m.Text, m.MIME, m.Size = "video", v.GetCaption(), v.GetMimetype(), v.GetFileLength()
		m.context(v.GetContextInfo())
	case msg.GetAudioMessage() != nil:
		a := msg.GetAudioMessage()
		m.Kind, m.MIME, m.Size = "audio", a.GetMimetype(), a.GetFileLength()
		if a.GetPTT() {
			m.Kind = "voice"
		}
		m.context(a.GetContextInfo())
	case msg.GetDocumentMessage() != nil:
		d := msg.GetDocumentMessage()
		m.Kind, m.Text, m.MIME, m.Size = "document", d.GetFileName(), d.GetMimetype(), d.GetFileLength()
		m.context(d.GetContextInfo())
	case msg.GetStickerMessage() != nil:
		s := msg.GetStickerMessage()
		m.Kind, m.MIME, m.Size = "sticker", s.GetMimetype(), s.GetFileLength()
	case msg.GetAlbumMessage() != nil:
		m.Kind = "album"
	default:
		return false
	}
	return true
}

func readPlace(m *Received, msg *waE2E.Message) bool {
	switch {
	case msg.GetLocationMessage() != nil:
		l := msg.GetLocationMessage()
		m.Kind, m.Text, m.Lat, m.Lon = "location", l.GetName(), l.GetDegreesLatitude(), l.GetDegreesLongitude()
	case msg.GetLiveLocationMessage() != nil:
		l := msg.GetLiveLocationMessage()
		m.Kind, m.Text, m.Lat, m.Lon = "live", l.GetCaption(), l.GetDegreesLatitude(), l.GetDegreesLongitude()
	default:
		return false
	}
	return true
}

func readChange(m *Received, msg *waE2E.Message) bool {
	change := msg.GetProtocolMessage()
	switch {
	case msg.GetReactionMessage() != nil:
		m.Kind, m.Text = "reaction", msg.GetReactionMessage().GetText()
		m.Target = msg.GetReactionMessage().GetKey().GetID()
	case msg.GetPollUpdateMessage() != nil:
		m.Kind, m.Target = "vote", msg.GetPollUpdateMessage().GetPollCreationMessageKey().GetID()
	case change.GetEditedMessage() != nil:
		m.Kind, m.Target = "edit", change.GetKey().GetID()
		to := change.GetEditedMessage()
		m.Text = to.GetConversation() + to.GetExtendedTextMessage().GetText() + to.GetImageMessage().GetCaption()
	case change != nil && change.GetType() == waE2E.ProtocolMessage_REVOKE && change.GetKey() != nil:
		m.Kind, m.Target = "revoke", change.GetKey().GetID()
	case change != nil || onlyKeys(msg):
		return false
	default:
		m.Kind = "other"
	}
	return true
}

// onlyKeys says that a message holds a sender key and nothing to show: the
// first message of a sender in a group comes as two events with one id.
func onlyKeys(msg *waE2E.Message) bool {
	shown := false
	msg.ProtoReflect().Range(func(f fieldDescriptor, _ value) bool {
		switch f.Name() {
		case "senderKeyDistributionMessage", "fastRatchetKeySenderKeyDistributionMessage", "messageContextInfo":
			return true
		}
		shown = true
		return false
	})
	return !shown
}
