package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"rabeg/internal/sp4n"
)

// tokens are the pieces of a part of a workbook, one after the other. Sheets are made by programs and use little of what XML has, so only
// that is read: elements, their attributes, words, and what stands for a sign. What a sheet never has (a document type, a name for a text
// of its own) is a fault. The library's way makes a value of each piece, which takes five times as long.
type tokens struct {
	in    *bufio.Reader
	close func() error
	row   int

	// The piece at hand: its kind, the name of its element without what stands before a colon, and its attributes or its words as they
	// are written. All are good until the next one.
	kind  kind
	name  []byte
	rest  []byte
	held  []byte // a piece that is longer than the reader's memory
	ends  bool   // the element at hand is empty: its end comes next
	begun bool   // the words at hand ended where an element begins
}

// kind is what a piece is.
type kind byte

const (
	opening kind = iota + 1
	closing
	content
)

const readAhead = 64 << 10

func newTokens(in io.ReadCloser) *tokens {
	return &tokens{in: bufio.NewReaderSize(in, readAhead), close: in.Close}
}

// next moves to the next piece. The error is io.EOF where the part has ended, else a fault.
func (t *tokens) next() error {
	if t.ends {
		t.ends, t.kind, t.rest = false, closing, nil
		return nil
	}
	for {
		if !t.begun {
			text, err := t.until('<', nil)
			switch ended := errors.Is(err, io.EOF); {
			case err != nil && !ended:
				return t.fault(err)
			case len(text) == 0:
				return io.EOF
			case ended:
				return t.said(text)
			}
			t.begun = true
			if text = text[:len(text)-1]; len(text) > 0 {
				return t.said(text)
			}
		}
		t.begun = false
		if found, err := t.tag(); found || err != nil {
			return err
		}
	}
}

// said takes the words between two elements.
func (t *tokens) said(text []byte) error {
	if err := t.sound(text); err != nil {
		return err
	}
	t.kind, t.rest = content, text
	return nil
}

// sound refuses what is no text: other letters than UTF-8, and signs that no text has.
func (t *tokens) sound(text []byte) error {
	for _, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return sp4n.Broken(t.row + 1)
		}
	}
	if !utf8.Valid(text) {
		return sp4n.NotUTF8(t.row + 1)
	}
	return nil
}

// tag takes what stands between < and >; found is false for what says nothing: remarks, and the line that a part begins with.
func (t *tokens) tag() (found bool, err error) {
	tag, err := t.until('>', nil)
	if err != nil {
		return false, t.fault(err)
	}
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		_, err := t.through(tag, "-->")
		return false, err
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		if tag, err = t.through(tag, "]]>"); err != nil {
			return false, err
		}
		inner := tag[len("![CDATA[") : len(tag)-len("]]>")]
		if bytes.IndexByte(inner, '&') >= 0 { // it stands for itself here
			inner = bytes.ReplaceAll(inner, []byte("&"), []byte("&amp;"))
		}
		return true, t.said(inner)
	case bytes.HasPrefix(tag, []byte("?")):
		if tag, err = t.through(tag, "?>"); err != nil {
			return false, err
		}
		return false, t.declared(tag)
	case bytes.HasPrefix(tag, []byte("!")):
		return false, sp4n.Broken(t.row + 1)
	}
	for mark := unclosed(0, tag); mark != 0; { // a > within quotation marks
		seen := len(tag)
		if tag, err = t.until('>', tag); err != nil {
			return false, t.fault(err)
		}
		mark = unclosed(mark, tag[seen:])
	}
	if err := t.sound(tag); err != nil {
		return false, err
	}
	return true, t.element(tag[:len(tag)-1])
}

// element takes the beginning or the end of one.
func (t *tokens) element(tag []byte) error {
	t.kind = opening
	switch {
	case bytes.HasPrefix(tag, []byte("/")):
		t.kind, tag = closing, tag[1:]
	case bytes.HasSuffix(tag, []byte("/")):
		t.ends, tag = true, tag[:len(tag)-1]
	}
	end := bytes.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	t.name, t.rest = tag[:end], tag[end:]
	if at := bytes.IndexByte(t.name, ':'); at >= 0 {
		t.name = t.name[at+1:]
	}
	if len(t.name) == 0 {
		return sp4n.Broken(t.row + 1)
	}
	return nil
}

// declared reads the line that a part begins with: letters of another set are not guessed at.
func (t *tokens) declared(tag []byte) error {
	if !bytes.HasPrefix(tag, []byte("?xml ")) {
		return nil
	}
	u := tokens{rest: tag[len("?xml"):]}
	if set := u.attr("encoding"); len(set) > 0 && !bytes.EqualFold(set, []byte("utf-8")) {
		return sp4n.NotUTF8(t.row + 1)
	}
	return nil
}

// unclosed is the quotation mark within which a piece of a tag stops, 0 for none; mark is that of what stands before the piece.
func unclosed(mark byte, piece []byte) byte {
	for _, c := range piece {
		switch {
		case mark == 0 && (c == '"' || c == '\''):
			mark = c
		case c == mark:
			mark = 0
		}
	}
	return mark
}

var errLong = errors.New("a piece is too long")

// through reads on until what has been read ends with end.
func (t *tokens) through(read []byte, end string) ([]byte, error) {
	for !bytes.HasSuffix(read, []byte(end)) {
		var err error
		if read, err = t.until('>', read); err != nil {
			return nil, t.fault(err)
		}
	}
	return read, nil
}

// until reads to a sign, and with it, behind what was read before. At the end of the part it gives what is left, and io.EOF.
func (t *tokens) until(sign byte, before []byte) ([]byte, error) {
	switch {
	case len(before) == 0:
		piece, err := t.in.ReadSlice(sign)
		if err == nil {
			return piece, nil
		}
		t.held = append(t.held[:0], piece...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return t.held, err
		}
	case len(t.held) == 0 || &before[0] != &t.held[0]: // what the reader holds is gone once it reads on
		t.held = append(t.held[:0], before...)
	default:
		t.held = before
	}
	for {
		piece, err := t.in.ReadSlice(sign)
		if t.held = append(t.held, piece...); len(t.held) > mostToken {
			return nil, errLong
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return t.held, err
		}
	}
}

// fault is what a part is told that cannot be read on.
func (t *tokens) fault(err error) error {
	if errors.Is(err, errLong) {
		return sp4n.TooBig("satu sel lebih dari 2 MB")
	}
	return sp4n.Broken(t.row + 1)
}

// attr is an attribute of the element at hand as it is written, whatever stands before a colon in its name; nil where it has none.
func (t *tokens) attr(name string) []byte {
	for rest := t.rest; ; {
		key, value, more, ok := attribute(rest)
		if !ok {
			return nil
		}
		if at := bytes.IndexByte(key, ':'); at >= 0 {
			key = key[at+1:]
		}
		if string(key) == name {
			return value
		}
		rest = more
	}
}

// attribute is the first attribute of some.
func attribute(rest []byte) (key, value, more []byte, ok bool) {
	key, rest, ok = bytes.Cut(bytes.TrimLeft(rest, " \t\r\n"), []byte("="))
	rest = bytes.TrimLeft(rest, " \t\r\n")
	if !ok || len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return nil, nil, nil, false
	}
	value, more, ok = bytes.Cut(rest[1:], rest[:1])
	return bytes.TrimRight(key, " \t\r\n"), value, more, ok
}

// text is a piece of words with what stands for a sign put in its place, behind what is there.
func (t *tokens) text(to []byte) ([]byte, error) {
	rest := t.rest
	for len(rest) > 0 {
		at := bytes.IndexAny(rest, "&\r")
		if at < 0 {
			return append(to, rest...), nil
		}
		to = append(to, rest[:at]...)
		rest = rest[at:]
		if rest[0] == '\r' { // as every reader of XML takes the end of a line
			if rest = rest[1:]; len(rest) == 0 || rest[0] != '\n' {
				to = append(to, '\n')
			}
			continue
		}
		name, _, ok := bytes.Cut(rest[1:min(len(rest), longestName)], []byte(";"))
		r, known := signOf(name)
		if !ok || !known {
			return to, sp4n.Broken(t.row + 1)
		}
		to = utf8.AppendRune(to, r)
		rest = rest[1+len(name)+1:]
	}
	return to, nil
}

// longestName is how long what stands for a sign is at most, from & to ;.
const longestName = 12

// signOf is the sign that a name stands for.
func signOf(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, base := "", 10
	switch {
	case bytes.HasPrefix(name, []byte("#x")):
		digits, base = string(name[2:]), 16
	case bytes.HasPrefix(name, []byte("#")):
		digits = string(name[1:])
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	if err != nil || !utf8.ValidRune(r) || r < ' ' && r != '\t' && r != '\n' && r != '\r' {
		return 0, false
	}
	return r, true
}
