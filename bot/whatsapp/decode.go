package whatsapp

import (
	"strings"
	"time"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/reflect/protoreflect"

	"rabeg/bot"
)

// own is the account as it appears in stanzas.
type own struct{ lid, phone string }

func (o own) is(jid string) bool { return jid != "" && (jid == o.lid || jid == o.phone) }

// draft is a decoded message before its people are resolved to addresses.
type draft struct {
	id     string
	chat   types.JID
	group  bool
	office bool // written by the office by hand
	// lid and phone are who sent it; for office, whom it was sent to. One may be empty.
	lid, phone string
	name       string
	at         time.Time
	body       bot.Body
	// edits is the id of the message that this one changes, about of the one that a reaction or a vote is about.
	edits   string
	about   string
	replyTo string
	replyBy string // who wrote what is answered, as a JID; empty for us
	// relayed and mentions are those of bot.Event.
	relayed, mentions bool
	// copies is the id of the message of which this one only is a sharper copy: it is no event of its own.
	copies string
}

// decode reads a message. ok is false for what is no message to us: our own, what other programs tell each other, what
// holds nothing but a key. A vote's choice is encrypted once more and is filled in later, see vote.
func decode(m *events.Message, me own) (d draft, ok bool) {
	info, msg := m.Info, unwrap(m.Message)
	if msg == nil || !wanted(info.Chat) {
		return draft{}, false
	}
	d = draft{
		id: info.ID, chat: info.Chat.ToNonAD(), group: info.IsGroup, at: info.Timestamp, name: bot.Clean(info.PushName),
	}
	d.lid, d.phone = senderOf(info)
	if info.IsFromMe {
		if info.IsGroup || info.Category == "peer" || me.is(form(info.Chat)) {
			return draft{}, false
		}
		d.office, d.name = true, ""
		d.lid, d.phone = pair(info.Chat, info.RecipientAlt)
	}
	if p := msg.GetProtocolMessage(); p != nil {
		msg, ok = d.protocol(p)
		if !ok {
			return draft{}, false
		}
		msg = unwrap(msg)
	}
	what, parent := companionOf(msg)
	if what == beside || what == sharper && (d.office || d.edits != "") {
		return draft{}, false
	}
	d.copies = parent
	if d.body == nil {
		d.body, ok = d.content(msg)
		if !ok {
			return draft{}, false
		}
	}
	if !bot.FineID(d.about) {
		d.about = "" // no message of ours is called so, and no table can be asked for it
	}
	about := contextOf(msg)
	d.reply(about, me)
	d.unmention(about, me)
	d.relayed = relayed(about) || quotes(bot.Words(d.body))
	return d, true
}

// wanted reports whether a chat is one of people: not a status, a channel, a list or a machine.
func wanted(chat types.JID) bool {
	switch chat.Server {
	case types.DefaultUserServer, types.HiddenUserServer, types.HostedServer, types.HostedLIDServer:
		return !chat.IsBot() && chat.ToNonAD() != types.PSAJID
	case types.GroupServer:
		return true
	default:
		return false
	}
}

// protocol reads an edit or a deletion; everything else that phones tell each other is not for us.
func (d *draft) protocol(p *waE2E.ProtocolMessage) (changed *waE2E.Message, ok bool) {
	switch p.GetType() {
	case waE2E.ProtocolMessage_MESSAGE_EDIT:
		if p.GetEditedMessage() == nil || p.GetKey().GetID() == "" {
			return nil, false
		}
		d.edits = p.GetKey().GetID()
		return p.GetEditedMessage(), true
	case waE2E.ProtocolMessage_REVOKE:
		d.about = p.GetKey().GetID()
		d.body = bot.Unsupported{Kind: "revoke"}
		return &waE2E.Message{}, true
	default:
		return nil, false
	}
}

// content reads what a message shows. ok is false when it shows nothing.
func (d *draft) content(m *waE2E.Message) (bot.Body, bool) {
	switch {
	case m.GetConversation() != "":
		return text(m.GetConversation()), true
	case m.GetExtendedTextMessage() != nil:
		return text(m.GetExtendedTextMessage().GetText()), true
	case m.GetImageMessage() != nil:
		i := m.GetImageMessage()
		return bot.Photo{
			Media: mediaRef(i, i.GetMimetype(), i.GetFileLength()), Caption: bot.Clean(i.GetCaption()), Album: album(m),
		}, true
	case m.GetAudioMessage() != nil:
		a := m.GetAudioMessage()
		return bot.Voice{Media: mediaRef(a, a.GetMimetype(), a.GetFileLength()), Seconds: int(a.GetSeconds())}, true
	case video(m) != nil:
		v := video(m)
		return bot.Document{
			Media: mediaRef(v, v.GetMimetype(), v.GetFileLength()), Name: "video", Caption: bot.Clean(v.GetCaption()),
			Album: album(m),
		}, true
	case m.GetDocumentMessage() != nil:
		return document(m), true
	case m.GetLocationMessage() != nil:
		l := m.GetLocationMessage()
		return bot.Location{
			Lat: l.GetDegreesLatitude(), Lon: l.GetDegreesLongitude(), Name: bot.Clean(l.GetName()),
			Address: bot.Clean(l.GetAddress()), Caption: bot.Clean(l.GetComment()),
		}, true
	case m.GetLiveLocationMessage() != nil:
		l := m.GetLiveLocationMessage()
		if l.GetTimeOffset() > 0 || d.edits != "" { // the person has moved on since
			return nil, false
		}
		return bot.Location{Lat: l.GetDegreesLatitude(), Lon: l.GetDegreesLongitude(), Caption: bot.Clean(l.GetCaption())}, true
	default:
		return d.rest(m)
	}
}

// rest reads presses of older clients, reactions, votes, and names what the product has no use for.
func (d *draft) rest(m *waE2E.Message) (bot.Body, bool) {
	if pressed := pressedText(m); pressed != "" {
		return text(pressed), true
	}
	switch {
	case m.GetReactionMessage() != nil:
		r := m.GetReactionMessage()
		if r.GetText() == "" { // taken away
			return nil, false
		}
		return d.of(r.GetKey(), "reaction")
	case m.GetEncReactionMessage() != nil:
		return d.of(m.GetEncReactionMessage().GetTargetMessageKey(), "reaction")
	case m.GetPollUpdateMessage() != nil:
		return d.of(m.GetPollUpdateMessage().GetPollCreationMessageKey(), "vote")
	case m.GetAlbumMessage() != nil: // says only how many pictures follow
		return nil, false
	}
	if words := bot.Clean(wordsIn(m)); words != "" {
		return bot.Text{Text: words}, true
	}
	kind := shown(m)
	return bot.Unsupported{Kind: kind}, kind != ""
}

// document reads a file. A picture sent as a file is a photo.
func document(m *waE2E.Message) bot.Body {
	f := m.GetDocumentMessage()
	media := mediaRef(f, f.GetMimetype(), f.GetFileLength())
	name, caption := bot.Clean(f.GetFileName()), bot.Clean(f.GetCaption())
	if bot.Picture(f.GetMimetype(), name) {
		return bot.Photo{Media: media, Caption: caption, Album: album(m)}
	}
	return bot.Document{Media: media, Name: name, Caption: caption, Album: album(m)}
}

func (d *draft) of(key *waCommon.MessageKey, kind string) (bot.Body, bool) {
	d.about = key.GetID()
	return bot.Unsupported{Kind: kind}, true
}

func text(s string) bot.Body { return bot.Text{Text: bot.Clean(s)} }

func video(m *waE2E.Message) *waE2E.VideoMessage {
	if v := m.GetVideoMessage(); v != nil {
		return v
	}
	return m.GetPtvMessage()
}

// album names the album that a picture belongs to: the id of the message that announced it.
func album(m *waE2E.Message) string {
	a := m.GetMessageContextInfo().GetMessageAssociation()
	if a.GetAssociationType() != waE2E.MessageAssociation_MEDIA_ALBUM {
		return ""
	}
	return a.GetParentMessageKey().GetID()
}

// pressedText is what a person chose on buttons or a list that some other program sent in our name.
func pressedText(m *waE2E.Message) string {
	for _, s := range []string{
		m.GetButtonsResponseMessage().GetSelectedDisplayText(),
		m.GetTemplateButtonReplyMessage().GetSelectedDisplayText(),
		m.GetListResponseMessage().GetTitle(),
		m.GetInteractiveResponseMessage().GetBody().GetText(),
	} {
		if s != "" {
			return s
		}
	}
	return ""
}

// shown is the network's word for what a message shows: the name of its field. It is empty for a message that holds only
// what clients need: the first message of a member of a group comes twice under one id, once with only the key.
func shown(m *waE2E.Message) (kind string) {
	m.ProtoReflect().Range(func(f protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		switch name := string(f.Name()); name {
		case "senderKeyDistributionMessage", "fastRatchetKeySenderKeyDistributionMessage", "messageContextInfo",
			"stickerSyncRmrMessage", "keepInChatMessage", "pinInChatMessage", "messageHistoryNotice",
			"messageHistoryBundle", "rootSecretDistributeMessage", "groupRootKeyShare", "conversation":
			return true
		default:
			kind, _, _ = strings.Cut(name, "Message")
			return false
		}
	})
	switch kind {
	case "pollCreation":
		return "poll"
	case "contactsArray":
		return "contact"
	case "stickerPack", "lottieSticker":
		return "sticker"
	}
	return kind
}

// contextOf finds what a message says about the one it answers.
func contextOf(m *waE2E.Message) *waE2E.ContextInfo {
	var found *waE2E.ContextInfo
	m.ProtoReflect().Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() == nil || f.IsList() || f.IsMap() {
			return true
		}
		if c, ok := v.Message().Interface().(interface{ GetContextInfo() *waE2E.ContextInfo }); ok {
			found = c.GetContextInfo()
		}
		return found == nil
	})
	return found
}

func (d *draft) reply(c *waE2E.ContextInfo, me own) {
	if c.GetStanzaID() == "" {
		return
	}
	if there := c.GetRemoteJID(); there != "" && there != form(d.chat) { // quotes another chat
		return
	}
	d.replyTo = c.GetStanzaID()
	by, err := types.ParseJID(c.GetParticipant())
	if err != nil {
		return
	}
	if who := form(by); !me.is(who) {
		d.replyBy = who
	}
}
