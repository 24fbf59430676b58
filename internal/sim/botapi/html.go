package botapi

import (
	"strconv"
	"strings"
)

func cantParse(format string, args ...any) *apiError {
	return badRequest("can't parse entities: "+format, args...)
}

// htmlTags maps Telegram's tags to entity types; nothing else may stand between < and >.
func htmlTag(name string) string {
	switch name {
	case "b", "strong":
		return "bold"
	case "i", "em":
		return "italic"
	case "u", "ins":
		return "underline"
	case "s", "strike", "del":
		return "strikethrough"
	case "tg-spoiler", "span":
		return "spoiler"
	case "a":
		return "text_link"
	case "code":
		return "code"
	case "pre":
		return "pre"
	case "blockquote":
		return "blockquote"
	case "tg-emoji":
		return "custom_emoji"
	}
	return ""
}

type openTag struct {
	name   string
	entity Entity
}

// htmlParser reads Telegram's HTML: a fixed set of tags, properly nested, and five kinds of character references.
type htmlParser struct {
	src   string
	pos   int
	out   strings.Builder
	units int
	stack []openTag
	found []Entity
}

func parseHTML(src string) (richText, *apiError) {
	p := &htmlParser{src: src}
	p.out.Grow(len(src))
	for p.pos < len(src) {
		var err *apiError
		switch src[p.pos] {
		case '<':
			err = p.tag()
		case '&':
			p.reference()
		default:
			end := strings.IndexAny(src[p.pos:], "<&")
			if end < 0 {
				end = len(src) - p.pos
			}
			p.write(src[p.pos : p.pos+end])
			p.pos += end
		}
		if err != nil {
			return richText{}, err
		}
	}
	if n := len(p.stack); n > 0 {
		return richText{}, cantParse("Can't find end tag corresponding to start tag %q", p.stack[n-1].name)
	}
	return richText{p.out.String(), p.found}, nil
}

func (p *htmlParser) write(s string) {
	p.out.WriteString(s)
	p.units += units(s)
}

// reference reads &lt; &gt; &amp; &quot; and numeric references; anything else is an ampersand.
func (p *htmlParser) reference() {
	rest := p.src[p.pos:]
	for _, known := range [...][2]string{{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", `"`}} {
		if strings.HasPrefix(rest, known[0]) {
			p.write(known[1])
			p.pos += len(known[0])
			return
		}
	}
	if end := strings.IndexByte(rest, ';'); end > 2 && end < 10 && rest[1] == '#' {
		digits, base := rest[2:end], 10
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		if n, err := strconv.ParseInt(digits, base, 32); err == nil && n > 0 && n < 0x110000 {
			p.write(string(rune(n)))
			p.pos += end + 1
			return
		}
	}
	p.write("&")
	p.pos++
}

func (p *htmlParser) tag() *apiError {
	at := p.pos
	end := strings.IndexByte(p.src[at:], '>')
	if end < 0 {
		return cantParse("Unclosed start tag at byte offset %d", at)
	}
	body := p.src[at+1 : at+end]
	p.pos = at + end + 1
	if name, ok := strings.CutPrefix(body, "/"); ok {
		return p.close(strings.ToLower(strings.TrimSpace(name)), at)
	}
	name, rest, _ := strings.Cut(body, " ")
	name = strings.ToLower(name)
	kind := htmlTag(name)
	if kind == "" {
		return cantParse("Unsupported start tag %q at byte offset %d", name, at)
	}
	attrs, ok := htmlAttributes(rest)
	if !ok {
		return cantParse("Unexpected end of tag or broken attribute at byte offset %d", at)
	}
	e := Entity{Type: kind, Offset: p.units}
	switch {
	case name == "span" && attrs["class"] != "tg-spoiler":
		return cantParse(`Tag "span" must have class "tg-spoiler" at byte offset %d`, at)
	case name == "a":
		e.URL = attrs["href"]
	case name == "tg-emoji":
		e.CustomEmojiID = attrs["emoji-id"]
	case name == "code" || name == "pre":
		e.Language = strings.TrimPrefix(attrs["class"], "language-")
	}
	if name == "blockquote" {
		if _, ok := attrs["expandable"]; ok {
			e.Type = "expandable_blockquote"
		}
	}
	p.stack = append(p.stack, openTag{name, e})
	return nil
}

func (p *htmlParser) close(name string, at int) *apiError {
	n := len(p.stack)
	if n == 0 {
		return cantParse("Unexpected end tag at byte offset %d", at)
	}
	top := p.stack[n-1]
	if name != "" && name != top.name {
		return cantParse(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, at, top.name, name)
	}
	p.stack = p.stack[:n-1]
	e := top.entity
	e.Length = p.units - e.Offset
	if e.Length == 0 || e.Type == "text_link" && e.URL == "" {
		return nil
	}
	if e.Type == "code" && n > 1 && p.stack[n-2].name == "pre" {
		p.stack[n-2].entity.Language = e.Language
		return nil
	}
	if e.Type == "code" {
		e.Language = ""
	}
	p.found = append(p.found, e)
	return nil
}

// htmlAttributes reads name="value" pairs; false when they are not well formed.
func htmlAttributes(s string) (map[string]string, bool) {
	attrs := map[string]string{}
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		eq := strings.IndexAny(s, "= ")
		if eq < 0 || s[eq] == ' ' {
			name, rest, _ := strings.Cut(s, " ")
			attrs[strings.ToLower(name)], s = "", rest
			continue
		}
		name := strings.ToLower(s[:eq])
		s = s[eq+1:]
		if s == "" {
			return nil, false
		}
		if q := s[0]; q == '"' || q == '\'' {
			end := strings.IndexByte(s[1:], q)
			if end < 0 {
				return nil, false
			}
			attrs[name], s = unescape(s[1:1+end]), s[end+2:]
			continue
		}
		value, rest, _ := strings.Cut(s, " ")
		attrs[name], s = unescape(value), rest
	}
	return attrs, true
}

func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	p := &htmlParser{src: s}
	for p.pos < len(s) {
		if s[p.pos] == '&' {
			p.reference()
			continue
		}
		p.write(s[p.pos : p.pos+1])
		p.pos++
	}
	return p.out.String()
}
