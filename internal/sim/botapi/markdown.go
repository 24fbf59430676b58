package botapi

import (
	"strings"
	"unicode/utf8"
)

// mdReserved are the characters that MarkdownV2 wants escaped outside code.
const mdReserved = "_*[]()~`>#+-=|{}.!"

// mdParser reads MarkdownV2 (and, with legacy set, the older Markdown): nested bold, italic, underline, strikethrough,
// spoiler, links, code and quotes at the start of a line.
type mdParser struct {
	src    string
	pos    int
	legacy bool
	out    strings.Builder
	units  int
	stack  []mdOpen
	found  []Entity
}

type mdOpen struct {
	mark   string
	offset int
	at     int
}

func parseMarkdown(src string, legacy bool) (richText, *apiError) {
	p := &mdParser{src: src, legacy: legacy}
	for p.pos < len(src) {
		if err := p.step(); err != nil {
			return richText{}, err
		}
	}
	p.endQuote()
	if n := len(p.stack); n > 0 {
		top := p.stack[n-1]
		return richText{}, cantParse("Can't find end of the entity starting at byte offset %d", top.at)
	}
	return richText{p.out.String(), p.found}, nil
}

func (p *mdParser) step() *apiError {
	rest := p.src[p.pos:]
	switch {
	case rest[0] == '\\' && len(rest) > 1 && rest[1] < 128:
		p.write(rest[1:2], 2)
		return nil
	case strings.HasPrefix(rest, "```"):
		return p.code("```", "pre")
	case rest[0] == '`':
		return p.code("`", "code")
	case rest[0] == '>' && !p.legacy && p.lineStart():
		p.open(">", 1)
		return nil
	case rest[0] == '\n':
		if len(rest) < 2 || rest[1] != '>' {
			p.endQuote()
		}
		p.write("\n", 1)
		if len(rest) > 1 && rest[1] == '>' && p.topIs(">") {
			p.pos++
		}
		return nil
	case rest[0] == '[':
		p.open("[", 1)
		return nil
	case rest[0] == ']' && p.topIs("["):
		return p.link()
	case strings.HasPrefix(rest, "![") && !p.legacy:
		p.open("[", 2)
		return nil
	}
	for _, mark := range p.marks() {
		if strings.HasPrefix(rest, mark) {
			return p.toggle(mark)
		}
	}
	if !p.legacy && strings.IndexByte(mdReserved, rest[0]) >= 0 {
		return cantParse("Character '%c' is reserved and must be escaped with the preceding '\\'", rest[0])
	}
	_, size := utf8.DecodeRuneInString(rest)
	p.write(rest[:size], size)
	return nil
}

func (p *mdParser) marks() []string {
	if p.legacy {
		return []string{"*", "_"}
	}
	return []string{"||", "__", "*", "_", "~"}
}

func (p *mdParser) write(s string, took int) {
	p.out.WriteString(s)
	p.units += units(s)
	p.pos += took
}

func (p *mdParser) lineStart() bool { return p.pos == 0 || p.src[p.pos-1] == '\n' }

func (p *mdParser) topIs(mark string) bool {
	n := len(p.stack)
	return n > 0 && p.stack[n-1].mark == mark
}

func (p *mdParser) open(mark string, took int) {
	p.stack = append(p.stack, mdOpen{mark, p.units, p.pos})
	p.pos += took
}

// pop closes the innermost mark and gives its entity; an empty one is dropped.
func (p *mdParser) pop(e Entity) {
	n := len(p.stack) - 1
	e.Offset = p.stack[n].offset
	e.Length = p.units - e.Offset
	p.stack = p.stack[:n]
	if e.Length > 0 {
		p.found = append(p.found, e)
	}
}

func (p *mdParser) endQuote() {
	if p.topIs(">") {
		p.pop(Entity{Type: "blockquote"})
	}
}

func (p *mdParser) toggle(mark string) *apiError {
	if p.topIs(mark) {
		p.pos += len(mark)
		p.pop(Entity{Type: map[string]string{
			"||": "spoiler", "__": "underline", "*": "bold", "_": "italic", "~": "strikethrough",
		}[mark]})
		return nil
	}
	for _, o := range p.stack {
		if o.mark == mark {
			top := p.stack[len(p.stack)-1]
			return cantParse("Can't find end of the entity starting at byte offset %d", top.at)
		}
	}
	p.open(mark, len(mark))
	return nil
}

func (p *mdParser) code(fence, kind string) *apiError {
	at := p.pos
	p.pos += len(fence)
	end := strings.Index(p.src[p.pos:], fence)
	if end < 0 {
		return cantParse("Can't find end of the entity starting at byte offset %d", at)
	}
	body := p.src[p.pos : p.pos+end]
	e := Entity{Type: kind, Offset: p.units}
	if kind == "pre" {
		if lang, rest, ok := strings.Cut(body, "\n"); ok && !strings.Contains(lang, " ") {
			e.Language, body = lang, rest
		}
	}
	body = strings.NewReplacer("\\`", "`", `\\`, `\`).Replace(body)
	p.write(body, end+len(fence))
	if e.Length = units(body); e.Length > 0 {
		p.found = append(p.found, e)
	}
	return nil
}

func (p *mdParser) link() *apiError {
	at := p.pos
	p.pos++
	if !strings.HasPrefix(p.src[p.pos:], "(") {
		return cantParse("Can't find end of a URL at byte offset %d", at)
	}
	end := strings.IndexByte(p.src[p.pos:], ')')
	if end < 0 {
		return cantParse("Can't find end of a URL at byte offset %d", at)
	}
	url := strings.ReplaceAll(p.src[p.pos+1:p.pos+end], `\`, "")
	p.pos += end + 1
	p.pop(Entity{Type: "text_link", URL: url})
	return nil
}
