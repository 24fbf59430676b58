package botapi

import "encoding/json"

// User is a person or a bot on the wire.
type User struct {
	ID                      int64  `json:"id"`
	IsBot                   bool   `json:"is_bot"`
	FirstName               string `json:"first_name"`
	LastName                string `json:"last_name,omitempty"`
	Username                string `json:"username,omitempty"`
	LanguageCode            string `json:"language_code,omitempty"`
	CanJoinGroups           bool   `json:"can_join_groups,omitempty"`
	CanReadAllGroupMessages bool   `json:"can_read_all_group_messages,omitempty"`
}

// Chat is a chat on the wire; Type is "private", "group" or "supergroup".
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	IsForum   bool   `json:"is_forum,omitempty"`
}

// Entity marks a part of a text; Offset and Length count UTF-16 units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	User          *User  `json:"user,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
}

// PhotoSize is one size of a photo; the last of a message's sizes is the original.
type PhotoSize struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	FileSize     int    `json:"file_size,omitempty"`
}

// File is a voice note, document, audio, video or sticker; fields a kind does not have stay empty.
type File struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	MIME         string `json:"mime_type,omitempty"`
	FileSize     int    `json:"file_size,omitempty"`
	Duration     int    `json:"duration,omitempty"`
	Width        int    `json:"width,omitempty"`
	Height       int    `json:"height,omitempty"`
	Emoji        string `json:"emoji,omitempty"`
	Type         string `json:"type,omitempty"`
}

// Location is a point in degrees.
type Location struct {
	Latitude           float64 `json:"latitude"`
	Longitude          float64 `json:"longitude"`
	HorizontalAccuracy float64 `json:"horizontal_accuracy,omitempty"`
	LivePeriod         int     `json:"live_period,omitempty"`
}

// Venue is a place with a name.
type Venue struct {
	Location Location `json:"location"`
	Title    string   `json:"title"`
	Address  string   `json:"address"`
}

// Contact is a shared phone book entry.
type Contact struct {
	PhoneNumber string `json:"phone_number"`
	FirstName   string `json:"first_name"`
	LastName    string `json:"last_name,omitempty"`
	UserID      int64  `json:"user_id,omitempty"`
}

// Button is one inline button. Kinds other than URL and CallbackData are kept as they came.
type Button struct {
	Text         string          `json:"text"`
	URL          string          `json:"url,omitempty"`
	CallbackData string          `json:"callback_data,omitempty"`
	CopyText     *CopyText       `json:"copy_text,omitempty"`
	WebApp       json.RawMessage `json:"web_app,omitempty"`
}

// CopyText is what a button puts on the clipboard.
type CopyText struct {
	Text string `json:"text"`
}

// InlineKeyboard is the buttons below a message.
type InlineKeyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// Key is one key of a reply keyboard.
type Key struct {
	Text            string `json:"text"`
	RequestLocation bool   `json:"request_location,omitempty"`
	RequestContact  bool   `json:"request_contact,omitempty"`
}

// ReplyKeyboard is the keyboard that stands in place of the letters; Remove takes it away and ForceReply asks for a reply.
type ReplyKeyboard struct {
	Rows        [][]Key `json:"keyboard,omitempty"`
	Resize      bool    `json:"resize_keyboard,omitempty"`
	OneTime     bool    `json:"one_time_keyboard,omitempty"`
	Persistent  bool    `json:"is_persistent,omitempty"`
	Placeholder string  `json:"input_field_placeholder,omitempty"`
	Selective   bool    `json:"selective,omitempty"`
	Remove      bool    `json:"remove_keyboard,omitempty"`
	ForceReply  bool    `json:"force_reply,omitempty"`
}

// TopicInfo is the content of the service messages about a forum topic.
type TopicInfo struct {
	Name      string `json:"name,omitempty"`
	IconColor int    `json:"icon_color,omitempty"`
	IconEmoji string `json:"icon_custom_emoji_id,omitempty"`
}

// Message is a message on the wire. A *Message that left the server never changes: an edit makes a new one.
type Message struct {
	MessageID       int      `json:"message_id"`
	ThreadID        int      `json:"message_thread_id,omitempty"`
	From            *User    `json:"from,omitempty"`
	Date            int64    `json:"date"`
	EditDate        int64    `json:"edit_date,omitempty"`
	Chat            Chat     `json:"chat"`
	IsTopicMessage  bool     `json:"is_topic_message,omitempty"`
	ReplyToMessage  *Message `json:"reply_to_message,omitempty"`
	ForwardOrigin   *Origin  `json:"forward_origin,omitempty"`
	MediaGroupID    string   `json:"media_group_id,omitempty"`
	Text            string   `json:"text,omitempty"`
	Entities        []Entity `json:"entities,omitempty"`
	Caption         string   `json:"caption,omitempty"`
	CaptionEntities []Entity `json:"caption_entities,omitempty"`

	Photo     []PhotoSize `json:"photo,omitempty"`
	Voice     *File       `json:"voice,omitempty"`
	Document  *File       `json:"document,omitempty"`
	Audio     *File       `json:"audio,omitempty"`
	Video     *File       `json:"video,omitempty"`
	Animation *File       `json:"animation,omitempty"`
	Sticker   *File       `json:"sticker,omitempty"`
	Location  *Location   `json:"location,omitempty"`
	Venue     *Venue      `json:"venue,omitempty"`
	Contact   *Contact    `json:"contact,omitempty"`

	NewChatMembers  []User     `json:"new_chat_members,omitempty"`
	LeftChatMember  *User      `json:"left_chat_member,omitempty"`
	MigrateToChat   int64      `json:"migrate_to_chat_id,omitempty"`
	MigrateFromChat int64      `json:"migrate_from_chat_id,omitempty"`
	TopicCreated    *TopicInfo `json:"forum_topic_created,omitempty"`
	TopicEdited     *TopicInfo `json:"forum_topic_edited,omitempty"`
	TopicClosed     *struct{}  `json:"forum_topic_closed,omitempty"`
	TopicReopened   *struct{}  `json:"forum_topic_reopened,omitempty"`

	ReplyMarkup *InlineKeyboard `json:"reply_markup,omitempty"`
}

// Origin says where a forwarded message came from.
type Origin struct {
	Type       string `json:"type"`
	Date       int64  `json:"date"`
	SenderUser *User  `json:"sender_user,omitempty"`
}

// Seen is one message as people in the chat see it now, with what the wire does not carry back to the bot.
type Seen struct {
	Message
	Keyboard *ReplyKeyboard `json:"reply_keyboard,omitempty"` // the reply keyboard sent along, if any
	FromBot  bool           `json:"from_bot,omitempty"`
	Edits    int            `json:"edits,omitempty"` // how many times it was edited
}

// CallbackQuery is the press of an inline button.
type CallbackQuery struct {
	ID           string `json:"id"`
	From         *User  `json:"from"`
	Message      any    `json:"message,omitempty"` // *Message, or inaccessible when the server no longer has it
	ChatInstance string `json:"chat_instance"`
	Data         string `json:"data,omitempty"`
}

// inaccessible stands for a message that is gone; its date is always 0.
type inaccessible struct {
	Chat      Chat  `json:"chat"`
	MessageID int   `json:"message_id"`
	Date      int64 `json:"date"`
}

// ChatMember is a person's or the bot's standing in a chat.
type ChatMember struct {
	Status              string `json:"status"` // creator, administrator, member, left, kicked
	User                *User  `json:"user"`
	CanManageChat       bool   `json:"can_manage_chat,omitempty"`
	CanDeleteMessages   bool   `json:"can_delete_messages,omitempty"`
	CanManageTopics     bool   `json:"can_manage_topics,omitempty"`
	CanPinMessages      bool   `json:"can_pin_messages,omitempty"`
	CanRestrictMembers  bool   `json:"can_restrict_members,omitempty"`
	CanInviteUsers      bool   `json:"can_invite_users,omitempty"`
	CanChangeInfo       bool   `json:"can_change_info,omitempty"`
	CanManageVideoChats bool   `json:"can_manage_video_chats,omitempty"`
	CanPromoteMembers   bool   `json:"can_promote_members,omitempty"`
	CanBeEdited         bool   `json:"can_be_edited,omitempty"`
	IsAnonymous         bool   `json:"is_anonymous,omitempty"`
	UntilDate           int64  `json:"until_date,omitempty"`
}

// memberUpdated is the body of my_chat_member and chat_member.
type memberUpdated struct {
	Chat Chat       `json:"chat"`
	From *User      `json:"from"`
	Date int64      `json:"date"`
	Old  ChatMember `json:"old_chat_member"`
	New  ChatMember `json:"new_chat_member"`
}
