package botapi

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// markup is a parsed reply_markup: at most one of the two is set.
type markup struct {
	inline   *InlineKeyboard
	keyboard *ReplyKeyboard
}

const maxButtons = 100

// readMarkup reads and checks reply_markup.
func readMarkup(p *params) (markup, *apiError) {
	raw := p.get("reply_markup")
	if raw == "" || raw == "null" {
		return markup{}, nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &fields) != nil {
		return markup{}, badRequest("can't parse reply keyboard markup JSON object")
	}
	if _, ok := fields["inline_keyboard"]; ok {
		return readInline([]byte(raw))
	}
	if _, ok := fields["keyboard"]; ok {
		return readKeyboard(fields, []byte(raw))
	}
	var k ReplyKeyboard
	if json.Unmarshal([]byte(raw), &k) != nil || !k.Remove && !k.ForceReply {
		if len(fields) == 0 {
			return markup{}, nil
		}
		return markup{}, badRequest("object expected as reply markup")
	}
	return markup{keyboard: &k}, nil
}

func readInline(raw []byte) (markup, *apiError) {
	var k InlineKeyboard
	if json.Unmarshal(raw, &k) != nil {
		return markup{}, badRequest("can't parse inline keyboard button: field types are wrong")
	}
	count := 0
	rows := k.Rows[:0]
	for _, row := range k.Rows {
		for i := range row {
			count++
			if err := checkButton(&row[i]); err != nil {
				return markup{}, err
			}
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	if count > maxButtons {
		return markup{}, badRequest("reply markup is too long")
	}
	if count == 0 {
		return markup{}, nil
	}
	k.Rows = rows
	return markup{inline: &k}, nil
}

// checkButton wants a label and an action. As with Telegram the first action given counts; some clients send an empty
// copy_text along with callback_data.
func checkButton(b *Button) *apiError {
	var copied struct {
		Text string `json:"text"`
	}
	hasCopy := len(b.CopyText) > 0 && json.Unmarshal(b.CopyText, &copied) == nil && copied.Text != ""
	if !hasCopy || b.URL != "" || b.CallbackData != "" {
		b.CopyText = nil
	}
	switch {
	case strings.TrimSpace(b.Text) == "":
		return badRequest("can't parse inline keyboard button: text buttons must have a non-empty text")
	case b.URL != "":
		b.CallbackData = ""
		if !strings.Contains(b.URL, ".") && !strings.HasPrefix(b.URL, "tg://") {
			return badRequest("inline keyboard button URL '%s' is invalid: wrong HTTP URL", b.URL)
		}
	case b.CallbackData != "":
		if len(b.CallbackData) > 64 {
			return badRequest("BUTTON_DATA_INVALID")
		}
		if !utf8.ValidString(b.CallbackData) {
			return badRequest("inline keyboard button data must be encoded in UTF-8")
		}
	case hasCopy:
		if units(copied.Text) > 256 {
			return badRequest("BUTTON_COPY_TEXT_INVALID")
		}
	case len(b.WebApp) > 0:
	default:
		return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	}
	return nil
}

// readKeyboard reads a reply keyboard, whose keys may be objects or plain strings.
func readKeyboard(fields map[string]json.RawMessage, raw []byte) (markup, *apiError) {
	bad := badRequest("can't parse keyboard button: field types are wrong")
	var rows [][]json.RawMessage
	if json.Unmarshal(fields["keyboard"], &rows) != nil {
		return markup{}, bad
	}
	var k ReplyKeyboard
	plain := struct {
		*ReplyKeyboard
		Rows json.RawMessage `json:"keyboard"` // takes the place of the rows, read below
	}{ReplyKeyboard: &k}
	if json.Unmarshal(raw, &plain) != nil {
		return markup{}, bad
	}
	count := 0
	for _, row := range rows {
		keys := make([]Key, len(row))
		for i, cell := range row {
			if json.Unmarshal(cell, &keys[i].Text) != nil && json.Unmarshal(cell, &keys[i]) != nil {
				return markup{}, bad
			}
			if strings.TrimSpace(keys[i].Text) == "" {
				return markup{}, badRequest("can't parse keyboard button: text must be non-empty")
			}
			count++
		}
		k.Rows = append(k.Rows, keys)
	}
	if count == 0 {
		return markup{}, badRequest("reply keyboard is empty")
	}
	if units(k.Placeholder) > 64 {
		return markup{}, badRequest("input field placeholder is too long")
	}
	return markup{keyboard: &k}, nil
}
