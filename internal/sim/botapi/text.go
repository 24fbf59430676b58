package botapi

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxText    = 4096 // UTF-16 units of a message
	maxCaption = 1024 // UTF-16 units of a caption
)

// units counts UTF-16 units, Telegram's measure of length.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// richText is a text with its marks.
type richText struct {
	text     string
	entities []Entity
}

// readText reads a text or caption parameter with its parse mode or entities. field and entitiesField name the
// parameters; limit is in UTF-16 units, counted after parsing.
func readText(p *params, field, entitiesField string, limit int, tooLong string) (richText, *apiError) {
	raw := p.get(field)
	if !utf8.ValidString(raw) {
		return richText{}, badRequest("text must be encoded in UTF-8")
	}
	var given []Entity
	if err := p.object(entitiesField, &given); err != nil {
		return richText{}, err
	}
	return makeText(raw, p.get("parse_mode"), given, limit, tooLong)
}

// makeText parses, bounds and trims a text as Telegram stores it.
func makeText(raw, mode string, given []Entity, limit int, tooLong string) (richText, *apiError) {
	var t richText
	var err *apiError
	switch strings.ToLower(mode) {
	case "":
		t = richText{text: raw, entities: given}
		err = checkEntities(raw, given)
	case "html":
		t, err = parseHTML(raw)
	case "markdownv2", "markdown":
		t, err = parseMarkdown(raw, strings.EqualFold(mode, "markdown"))
	default:
		err = badRequest("unsupported parse_mode")
	}
	if err != nil {
		return richText{}, err
	}
	t = trim(t)
	if units(t.text) > limit {
		return richText{}, badRequest("%s", tooLong)
	}
	return t, nil
}

// checkEntities refuses marks that lie outside the text or cut a character in half.
func checkEntities(text string, list []Entity) *apiError {
	if len(list) == 0 {
		return nil
	}
	starts := make(map[int]bool, len(text)+1)
	at := 0
	for _, r := range text {
		starts[at] = true
		at++
		if r > 0xFFFF {
			at++
		}
	}
	starts[at] = true
	for _, e := range list {
		switch {
		case e.Type == "":
			return badRequest("can't parse entities: entity type is empty")
		case e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > at:
			return badRequest("can't parse entities: entity at offset %d with length %d is out of the text", e.Offset, e.Length)
		case !starts[e.Offset] || !starts[e.Offset+e.Length]:
			return badRequest("can't parse entities: entity begins in a middle of a UTF-16 symbol at offset %d", e.Offset)
		}
	}
	return nil
}

// trim removes white space at both ends and moves the marks along; NUL and other control characters become spaces or go.
func trim(t richText) richText {
	text := t.text
	if strings.ContainsFunc(text, func(r rune) bool { return r < 32 && r != '\n' && r != '\t' }) {
		text = strings.Map(func(r rune) rune {
			if r < 32 && r != '\n' && r != '\t' {
				return ' '
			}
			return r
		}, text)
	}
	right := strings.TrimRightFunc(text, unicode.IsSpace)
	left := strings.TrimLeftFunc(right, unicode.IsSpace)
	shift, size := units(right[:len(right)-len(left)]), units(left)
	if shift == 0 && len(right) == len(text) {
		return richText{left, sorted(t.entities)}
	}
	var kept []Entity
	for _, e := range t.entities {
		from, to := max(e.Offset-shift, 0), min(e.Offset-shift+e.Length, size)
		if from < to {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	return richText{left, sorted(kept)}
}

func sorted(list []Entity) []Entity {
	slices.SortStableFunc(list, func(a, b Entity) int {
		if a.Offset != b.Offset {
			return cmp.Compare(a.Offset, b.Offset)
		}
		return cmp.Compare(b.Length, a.Length)
	})
	return list
}

// detect finds what Telegram marks by itself in what a person wrote: commands, mentions, hashtags and links.
func detect(text string) []Entity {
	if !strings.ContainsAny(text, "/@#") {
		return nil
	}
	var list []Entity
	offset := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			offset += units(text[i : i+size])
			i += size
			continue
		}
		end := i + strings.IndexFunc(text[i:], unicode.IsSpace)
		if end < i {
			end = len(text)
		}
		word := text[i:end]
		if kind, length := wordKind(word); kind != "" {
			list = append(list, Entity{Type: kind, Offset: offset, Length: length})
		}
		offset += units(word)
		i = end
	}
	return list
}

func wordKind(word string) (kind string, length int) {
	switch {
	case strings.HasPrefix(word, "http://") || strings.HasPrefix(word, "https://"):
		return "url", units(word)
	case word[0] == '/':
		kind = "bot_command"
	case word[0] == '@':
		kind = "mention"
	case word[0] == '#':
		kind = "hashtag"
	default:
		return "", 0
	}
	n := 1
	for n < len(word) {
		c := word[n]
		plain := c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !plain && !(c == '@' && kind == "bot_command") {
			break
		}
		n++
	}
	if n == 1 {
		return "", 0
	}
	return kind, n
}
