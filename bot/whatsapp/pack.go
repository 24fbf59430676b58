package whatsapp

import (
	"encoding/json"
	"fmt"
	"time"

	"rabeg/bot"
)

// packed is an event as it lies in the inbox.
type packed struct {
	Chat    string          `json:"c"`
	Group   bool            `json:"g,omitempty"`
	From    bot.Person      `json:"f"`
	At      time.Time       `json:"t"`
	Ref     string          `json:"r,omitempty"`
	ReplyTo string          `json:"q,omitempty"`
	ToBot   bool            `json:"qb,omitempty"`
	Edited  bool            `json:"e,omitempty"`
	Relayed bool            `json:"w,omitempty"`
	Mention bool            `json:"m,omitempty"`
	Office  bool            `json:"o,omitempty"` // written by the office by hand
	Kind    string          `json:"k"`
	Body    json.RawMessage `json:"b,omitempty"`
}

// The kinds of bodies. They are written into tables: never change one.
const (
	kindText        = "text"
	kindPick        = "pick"
	kindLocation    = "location"
	kindPhoto       = "photo"
	kindVoice       = "voice"
	kindDocument    = "document"
	kindLeft        = "left"
	kindJoined      = "joined"
	kindMember      = "member"
	kindMoved       = "moved"
	kindUnsupported = "unsupported"
)

func kindOf(b bot.Body) string {
	switch b.(type) {
	case bot.Text:
		return kindText
	case bot.Pick:
		return kindPick
	case bot.Location:
		return kindLocation
	case bot.Photo:
		return kindPhoto
	case bot.Voice:
		return kindVoice
	case bot.Document:
		return kindDocument
	case bot.Left:
		return kindLeft
	case bot.Joined:
		return kindJoined
	case bot.Member:
		return kindMember
	case bot.Moved:
		return kindMoved
	default:
		return kindUnsupported
	}
}

func pack(ev bot.Event, office bool) ([]byte, error) {
	p := packed{
		Chat: ev.Chat.ID, Group: ev.Group, From: ev.From, At: ev.At, Ref: ev.Ref.ID, Edited: ev.Edited, Office: office,
		ToBot: ev.ToBot, Relayed: ev.Relayed, Mention: ev.Mentions, Kind: kindOf(ev.Body),
	}
	if ev.ReplyTo != nil {
		p.ReplyTo = ev.ReplyTo.ID
	}
	var err error
	if p.Body, err = json.Marshal(ev.Body); err != nil {
		return nil, fmt.Errorf("%w: %w", errPacking, err)
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPacking, err)
	}
	return raw, nil
}

func unpack(id string, raw []byte) (ev bot.Event, office bool, err error) {
	var p packed
	if err = json.Unmarshal(raw, &p); err != nil {
		return ev, false, fmt.Errorf("unpack an event: %w", err)
	}
	ev = bot.Event{
		ID: bot.EventID(id), Chat: address(p.Chat), Group: p.Group, From: p.From, At: p.At, Edited: p.Edited,
		Relayed: p.Relayed, Mentions: p.Mention,
	}
	if p.Ref != "" {
		ev.Ref = bot.MessageRef{Chat: ev.Chat, ID: p.Ref}
	}
	if p.ReplyTo != "" {
		ev.ReplyTo, ev.ToBot = &bot.MessageRef{Chat: ev.Chat, ID: p.ReplyTo}, p.ToBot
	}
	ev.Body, err = unpackBody(p.Kind, p.Body)
	return ev, p.Office, err
}

func unpackBody(kind string, raw []byte) (bot.Body, error) {
	switch kind {
	case kindText:
		return as[bot.Text](raw)
	case kindPick:
		return as[bot.Pick](raw)
	case kindLocation:
		return as[bot.Location](raw)
	case kindPhoto:
		return as[bot.Photo](raw)
	case kindVoice:
		return as[bot.Voice](raw)
	case kindDocument:
		return as[bot.Document](raw)
	case kindLeft:
		return bot.Left{}, nil
	case kindJoined:
		return bot.Joined{}, nil
	case kindMember:
		return as[bot.Member](raw)
	case kindMoved:
		return as[bot.Moved](raw)
	case kindUnsupported:
		return as[bot.Unsupported](raw)
	default:
		return nil, fmt.Errorf("unpack an event: unknown kind %q", kind)
	}
}

func as[B bot.Body](raw []byte) (bot.Body, error) {
	var b B
	if err := json.Unmarshal(raw, &b); err != nil {
		return nil, fmt.Errorf("unpack a body: %w", err)
	}
	return b, nil
}
