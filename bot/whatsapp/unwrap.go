package whatsapp

import (
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// wrappers is how many wrappers around a message are opened. Phones use two or three.
const wrappers = 16

// unwrap takes a message out of what phones wrap around it: vanishing, viewed once, a group mentioned, a spoiler, a
// question, handed on by a bot, the child of an album, and whatever comes next: the wire has one form for all wrappers.
// What stands beside the innermost wrapper is kept with the message.
func unwrap(m *waE2E.Message) *waE2E.Message {
	for range wrappers {
		inner := wrapped(m)
		if inner == nil {
			return m
		}
		if beside := m.GetMessageContextInfo(); beside != nil &&
			(inner.GetMessageContextInfo() == nil || beside.GetMessageAssociation() != nil && inner.GetMessageContextInfo().GetMessageAssociation() == nil) {
			inner.MessageContextInfo = beside
		}
		m = inner
	}
	return &waE2E.Message{PlaceholderMessage: &waE2E.PlaceholderMessage{}} // nobody wraps so often for people to read
}

// wrapped is the message inside a wrapper; nil where there is none.
func wrapped(m *waE2E.Message) (inner *waE2E.Message) {
	if m == nil {
		return nil
	}
	m.ProtoReflect().Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if f.Message() == nil || f.IsList() || f.IsMap() {
			return true
		}
		switch w := v.Message().Interface().(type) {
		case *waE2E.FutureProofMessage:
			inner = w.GetMessage()
		case *waE2E.DeviceSentMessage:
			inner = w.GetMessage()
		case *waE2E.CommentMessage:
			inner = w.GetMessage()
		}
		return inner == nil
	})
	return inner
}

// opened is the event with its message unwrapped.
func opened(e *events.Message) *events.Message {
	inner := unwrap(e.Message)
	if inner == e.Message {
		return e
	}
	c := *e
	c.Message = inner
	return &c
}

// What one message is to another that was sent just before.
type companion int

const (
	alone   companion = iota
	sharper           // the same picture or film, sharper
	beside            // what belongs to another message and says nothing by itself
)

// companionOf tells whether a message only goes with another one, its parent. A photo in HD is sent twice, small and sharp;
// a moving photo is a photo and a film.
func companionOf(m *waE2E.Message) (what companion, parent string) {
	a, c := m.GetMessageContextInfo().GetMessageAssociation(), contextOf(m)
	if parent = a.GetParentMessageKey().GetID(); parent == "" {
		parent = c.GetStanzaID()
	}
	if parent == "" {
		return alone, ""
	}
	switch a.GetAssociationType() {
	case waE2E.MessageAssociation_HD_IMAGE_DUAL_UPLOAD, waE2E.MessageAssociation_HD_VIDEO_DUAL_UPLOAD:
		return sharper, parent
	case waE2E.MessageAssociation_MOTION_PHOTO, waE2E.MessageAssociation_HEVC_VIDEO_DUAL_UPLOAD,
		waE2E.MessageAssociation_EVENT_COVER_IMAGE, waE2E.MessageAssociation_MEDIA_POLL, waE2E.MessageAssociation_STICKER_ANNOTATION:
		return beside, parent
	default:
		// an album, or nothing
	}
	switch c.GetPairedMediaType() {
	case waE2E.ContextInfo_HD_IMAGE_CHILD, waE2E.ContextInfo_HD_VIDEO_CHILD:
		return sharper, parent
	case waE2E.ContextInfo_MOTION_PHOTO_CHILD, waE2E.ContextInfo_HEVC_VIDEO_CHILD:
		return beside, parent
	default:
		return alone, ""
	}
}

// wordsIn are the words of a message that shows more than words and that the product takes for nothing else: what a
// business or a bot wrote and a person hands on, an answer to a question of a status, an invitation.
func wordsIn(m *waE2E.Message) string {
	for _, s := range []string{
		m.GetQuestionResponseMessage().GetText(),
		m.GetStatusQuestionAnswerMessage().GetText(),
		m.GetInteractiveMessage().GetBody().GetText(),
		m.GetTemplateMessage().GetHydratedTemplate().GetHydratedContentText(),
		m.GetTemplateMessage().GetHydratedFourRowTemplate().GetHydratedContentText(),
		m.GetTemplateMessage().GetInteractiveMessageTemplate().GetBody().GetText(),
		m.GetHighlyStructuredMessage().GetHydratedHsm().GetHydratedTemplate().GetHydratedContentText(),
		m.GetButtonsMessage().GetContentText(),
		m.GetListMessage().GetDescription(),
		m.GetEventInviteMessage().GetCaption(),
		m.GetProductMessage().GetBody(),
		m.GetSendPaymentMessage().GetNoteMessage().GetConversation(),
		m.GetSendPaymentMessage().GetNoteMessage().GetExtendedTextMessage().GetText(),
		m.GetRequestPaymentMessage().GetNoteMessage().GetConversation(),
		m.GetRequestPaymentMessage().GetNoteMessage().GetExtendedTextMessage().GetText(),
	} {
		if s != "" {
			return s
		}
	}
	return ""
}
