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

// UnmarshalJSON takes a key as an object or as a plain string.
func (k *Key) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &k.Text)
	}
	type plain Key
	return json.Unmarshal(b, (*plain)(k))
}

// readMarkup reads and checks reply_markup.
func readMarkup(p *params) (markup, *apiError) {
	raw := p.get("reply_markup")
	if raw == "" || raw == "null" {
		return markup{}, nil
	}
	var in struct {
		InlineKeyboard
		ReplyKeyboard
	}
	if json.Unmarshal([]byte(raw), &in) != nil {
		return markup{}, badRequest("can't parse reply keyboard markup JSON object")
	}
	switch {
	case in.InlineKeyboard.Rows != nil:
		return readInline(in.InlineKeyboard)
	case in.ReplyKeyboard.Rows != nil:
		return readKeyboard(in.ReplyKeyboard)
	case in.Remove || in.ForceReply:
		return markup{keyboard: &in.ReplyKeyboard}, nil
	case strings.TrimSpace(raw) == "{}":
		return markup{}, nil
	}
	return markup{}, badRequest("object expected as reply markup")
}

func readInline(k InlineKeyboard) (markup, *apiError) {
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
	if b.URL != "" || b.CallbackData != "" || b.CopyText != nil && b.CopyText.Text == "" {
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
	case b.CopyText != nil:
		if units(b.CopyText.Text) > 256 {
			return badRequest("BUTTON_COPY_TEXT_INVALID")
		}
	case len(b.WebApp) > 0:
	default:
		return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	}
	return nil
}

func readKeyboard(k ReplyKeyboard) (markup, *apiError) {
	count := 0
	for _, row := range k.Rows {
		for _, key := range row {
			if strings.TrimSpace(key.Text) == "" {
				return markup{}, badRequest("can't parse keyboard button: text must be non-empty")
			}
			count++
		}
	}
	if count == 0 {
		return markup{}, badRequest("reply keyboard is empty")
	}
	if units(k.Placeholder) > 64 {
		return markup{}, badRequest("input field placeholder is too long")
	}
	return markup{keyboard: &k}, nil
}
