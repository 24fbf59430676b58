package telegram

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

// content reads what a message carries, nil when it is nothing the product has a use for.
func content(m *models.Message) bot.Body {
	caption := bot.Clean(m.Caption)
	switch {
	case m.Text != "":
		return bot.Text{Text: bot.Clean(m.Text)}
	case len(m.Photo) > 0:
		return photo(m, m.Photo, caption)
	case m.LivePhoto != nil && len(m.LivePhoto.Photo) > 0:
		return photo(m, m.LivePhoto.Photo, caption)
	case m.Venue != nil:
		return bot.Location{
			Lat: m.Venue.Location.Latitude, Lon: m.Venue.Location.Longitude,
			Name: bot.Clean(m.Venue.Title), Address: bot.Clean(m.Venue.Address),
		}
	case m.Location != nil:
		return bot.Location{Lat: m.Location.Latitude, Lon: m.Location.Longitude}
	case ownContact(m):
		return bot.Contact{Phone: phone(m.Contact.PhoneNumber)}
	case m.Voice != nil:
		v := m.Voice
		return bot.Voice{Media: media(v.FileID, or(v.MimeType, "audio/ogg"), v.FileSize), Seconds: v.Duration, Caption: caption}
	case m.Audio != nil:
		a := m.Audio
		return bot.Voice{Media: media(a.FileID, or(a.MimeType, "audio/mpeg"), a.FileSize), Seconds: a.Duration, Caption: caption}
	}
	if b := file(m, caption); b != nil {
		return b
	}
	if p := paid(m); len(p) > 0 {
		return photo(m, p, caption)
	}
	if caption = or(caption, bot.Clean(listed(m))); caption != "" { // whatever it stands under
		return bot.Text{Text: caption}
	}
	return nil
}

// listed are the words of a message that is built of several: a list to be ticked off, a text with headings and tables.
func listed(m *models.Message) string {
	var lines []string
	switch {
	case m.Checklist != nil:
		lines = append(lines, m.Checklist.Title)
		for _, t := range m.Checklist.Tasks {
			lines = append(lines, t.Text)
		}
	case m.RichMessage != nil:
		raw, err := json.Marshal(m.RichMessage)
		var whole any
		if err == nil && json.Unmarshal(raw, &whole) == nil {
			lines = textsIn(whole, nil)
		}
	}
	return strings.Join(lines, "\n")
}

// textsIn are the texts within a message of blocks, however deep they lie: blocks in their order, what is within one by the names of its
// parts.
func textsIn(part any, lines []string) []string {
	switch p := part.(type) {
	case []any:
		for _, in := range p {
			lines = textsIn(in, lines)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(p)) {
			switch text, plain := p[name].(string); {
			case plain && name == "text":
				lines = append(lines, text)
			case !plain:
				lines = textsIn(p[name], lines)
			}
		}
	}
	return lines
}

// paid is the first picture of media that are paid for, where it is shown.
func paid(m *models.Message) []models.PhotoSize {
	if m.PaidMedia == nil {
		return nil
	}
	for _, p := range m.PaidMedia.PaidMedia {
		if p.Photo != nil && len(p.Photo.Photo) > 0 {
			return p.Photo.Photo
		}
	}
	return nil
}

// ownContact reports whether somebody shares his or her own number, as the key for it does; anybody else's is nothing we take.
func ownContact(m *models.Message) bool {
	return m.Contact != nil && m.From != nil && m.Contact.UserID == m.From.ID && m.From.ID != 0 && m.Chat.Type == models.ChatTypePrivate &&
		phone(m.Contact.PhoneNumber) != ""
}

// phone is a number as people dial it: digits with a plus before them.
func phone(said string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, said)
	if digits == "" || len(digits) > 15 {
		return ""
	}
	return "+" + digits
}

func photo(m *models.Message, sizes []models.PhotoSize, caption string) bot.Body {
	best := sizes[0]
	for _, p := range sizes[1:] {
		if p.Width*p.Height > best.Width*best.Height {
			best = p
		}
	}
	return bot.Photo{Media: media(best.FileID, "image/jpeg", int64(best.FileSize)), Caption: caption, Album: m.MediaGroupID}
}

// file reads documents and moving pictures. A picture sent as a file is a photo, with its EXIF facts still in it. An
// animation also carries a document field for old clients, so it comes first.
func file(m *models.Message, caption string) bot.Body {
	doc := bot.Document{Caption: caption, Album: m.MediaGroupID}
	switch {
	case m.Animation != nil:
		a := m.Animation
		doc.Media, doc.Name = media(a.FileID, or(a.MimeType, "video/mp4"), a.FileSize), bot.Clean(a.FileName)
	case m.Video != nil:
		v := m.Video
		doc.Media, doc.Name = media(v.FileID, or(v.MimeType, "video/mp4"), v.FileSize), bot.Clean(v.FileName)
	case m.LivePhoto != nil:
		l := m.LivePhoto
		doc.Media = media(l.FileID, or(l.MimeType, "video/mp4"), int64(l.FileSize))
	case m.VideoNote != nil:
		v := m.VideoNote
		doc.Media = media(v.FileID, "video/mp4", int64(v.FileSize))
	case m.Document != nil:
		d := m.Document
		mime := or(d.MimeType, "application/octet-stream")
		if bot.Picture(mime, d.FileName) {
			ref := media(documentPrefix+d.FileID, mime, d.FileSize)
			return bot.Photo{Media: ref, Caption: caption, Album: m.MediaGroupID}
		}
		doc.Media, doc.Name = media(d.FileID, mime, d.FileSize), bot.Clean(d.FileName)
	default:
		return nil
	}
	return doc
}

func media(id, mime string, size int64) bot.MediaRef {
	return bot.MediaRef{Network: bot.Telegram, ID: id, MIME: mime, Size: size}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// unsupported names what a person sent that has no body of its own.
func unsupported(m *models.Message) string {
	switch {
	case m.Contact != nil:
		return "contact"
	case m.Sticker != nil:
		return "sticker"
	case m.Dice != nil:
		return "dice"
	case m.Poll != nil:
		return "poll"
	case m.Story != nil:
		return "story"
	case m.Game != nil:
		return "game"
	case m.Checklist != nil:
		return "checklist"
	case m.RichMessage != nil:
		return "rich_message"
	case m.PaidMedia != nil:
		return "paid_media"
	case m.Invoice != nil:
		return "invoice"
	case m.Giveaway != nil, m.GiveawayWinners != nil:
		return "giveaway"
	case m.Gift != nil, m.UniqueGift != nil:
		return "gift"
	case m.UsersShared != nil, m.ChatShared != nil, m.WebAppData != nil:
		return "shared"
	default:
		return "unknown"
	}
}

// service reports whether Telegram itself wrote the message, about the chat: nobody waits for an answer to it. What the
// bot must know of these (added, removed, moved) comes in updates of its own.
func service(m *models.Message) bool {
	return aboutMembers(m) || aboutTopics(m) || aboutMoney(m) ||
		m.NewChatTitle != "" || len(m.NewChatPhoto) > 0 || m.DeleteChatPhoto || m.PinnedMessage != nil ||
		m.MessageAutoDeleteTimerChanged != nil || m.ChatBackgroundSet != nil || m.BoostAdded != nil ||
		m.ConnectedWebsite != "" || m.WriteAccessAllowed != nil || m.PassportData != nil ||
		m.ProximityAlertTriggered != nil || m.VideoChatScheduled != nil || m.VideoChatStarted != nil ||
		m.VideoChatEnded != nil || m.VideoChatParticipantsInvited != nil ||
		m.ChecklistTasksDone != nil || m.ChecklistTasksAdded != nil || m.PollOptionAdded != nil || m.PollOptionDeleted != nil
}

func aboutMembers(m *models.Message) bool {
	return len(m.NewChatMembers) > 0 || m.LeftChatMember != nil || m.ChatOwnerLeft != nil || m.ChatOwnerChanged != nil ||
		m.CommunityChatAdded != nil || m.CommunityChatJoined != nil || m.CommunityChatRemoved != nil || m.ManagedBotCreated != nil ||
		m.GroupChatCreated || m.SupergroupChatCreated || m.ChannelChatCreated || m.MigrateFromChatID != 0
}

func aboutTopics(m *models.Message) bool {
	return m.ForumTopicCreated != nil || m.ForumTopicEdited != nil || m.ForumTopicClosed != nil ||
		m.ForumTopicReopened != nil || m.GeneralForumTopicHidden != nil || m.GeneralForumTopicUnhidden != nil
}

func aboutMoney(m *models.Message) bool {
	return m.SuccessfulPayment != nil || m.RefundedPayment != nil || m.PaidMessagePriceChanged != nil ||
		m.DirectMessagePriceChanged != nil || m.GiveawayCreated != nil || m.GiveawayCompleted != nil ||
		m.GiftUpgradeSent != nil || m.SuggestedPostApproved != nil || m.SuggestedPostApprovalFailed != nil ||
		m.SuggestedPostDeclined != nil || m.SuggestedPostPaid != nil || m.SuggestedPostRefunded != nil
}
