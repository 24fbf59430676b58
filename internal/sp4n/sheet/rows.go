package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"rabeg/internal/sp4n"
)

// lastRow is how many rows a sheet can have.
const lastRow = 1 << 20

// line is a line of a sheet while it is read.
type line struct {
	number int
	cells  []string
	within within
	// Of the cell at hand: its column, the sort of its value, its words, and whether words are being told.
	column int
	sort   string
	words  []byte
	told   bool
}

// within is where a sheet is at hand: outside of the lines, in a line, or in a cell.
type within byte

const (
	outside within = iota
	inLine
	inCell
)

// moves goes from one place of a sheet to the next; a line or a cell that begins or ends where it cannot is damaged.
func (l *line) moves(from, to within) error {
	if l.within != from {
		return sp4n.Broken(l.number)
	}
	l.within = to
	return nil
}

// rows reads the lines of a sheet. Lines that are not there cost nothing, however far away the last one is.
func (b *book) rows(part string, take func(line int, cells []string) error) error {
	t, err := b.open(part, mostUnpacked)
	if err != nil {
		return err
	}
	defer func() { _ = t.close() }()
	l, whole := &line{}, false
	for {
		err := t.next()
		if errors.Is(err, io.EOF) {
			if !whole {
				return sp4n.Broken(l.number)
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t.kind {
		case opening:
			err = l.begins(t)
			t.row = l.number
		case content:
			if l.told {
				if l.words, err = t.text(l.words); len(l.words) > mostToken {
					err = t.fault(errLong)
				}
			}
		case closing:
			whole = whole || string(t.name) == "sheetData"
			err = b.leaves(l, t.name, take)
		}
		if err != nil {
			return err
		}
	}
}

// leaves takes the end of a line, of a cell, or of its words.
func (b *book) leaves(l *line, name []byte, take func(line int, cells []string) error) error {
	switch string(name) {
	case "row":
		if err := l.moves(inLine, outside); err != nil {
			return err
		}
		return take(l.number, l.cells)
	case "c":
		if err := l.moves(inCell, inLine); err != nil {
			return err
		}
		return b.close(l)
	case "v", "t":
		l.told = false
	}
	return nil
}

// begins takes the beginning of a line, of a cell, or of its words.
func (l *line) begins(t *tokens) error {
	switch string(t.name) {
	case "row":
		if err := l.moves(outside, inLine); err != nil {
			return err
		}
		n := l.number + 1
		if at, err := strconv.Atoi(string(t.attr("r"))); err == nil {
			n = at
		}
		if n <= l.number {
			return sp4n.Twice(max(n, 0))
		}
		if n > lastRow {
			return sp4n.Broken(l.number)
		}
		l.number, l.cells, l.column = n, l.cells[:0], -1
	case "c":
		if err := l.moves(inLine, inCell); err != nil {
			return err
		}
		l.sort, l.words = sortOf(t.attr("t")), l.words[:0]
		l.column++
		if at := t.attr("r"); len(at) > 0 {
			l.column = columnOf(at)
		}
		if l.column < 0 || l.column >= mostColumns {
			return sp4n.Wide(mostColumns)
		}
	case "v":
		l.told = true
	case "t":
		l.told = l.sort == "inlineStr"
	case "f":
		return sp4n.Formula(l.name())
	}
	return nil
}

// sortOf is the sort of a cell: those that are looked for, without a copy of each.
func sortOf(word []byte) string {
	switch string(word) {
	case "s":
		return "s"
	case "inlineStr":
		return "inlineStr"
	case "e":
		return "e"
	}
	return ""
}

// columnOf is the column of a cell's name, from 0: "AB12" is 27; -1 for what is none.
func columnOf(name []byte) int {
	n := 0
	for _, c := range name {
		c &^= 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > lastRow {
			break
		}
	}
	return n - 1
}

func (l *line) name() string {
	n, out := l.column+1, ""
	for ; n > 0; n = (n - 1) / 26 {
		out = string(rune('A'+(n-1)%26)) + out
	}
	return out + strconv.Itoa(l.number)
}

// close puts the cell that ends into its line.
func (b *book) close(l *line) error {
	if b.unread(l.column) {
		return nil
	}
	words := ""
	switch l.sort {
	case "s":
		number := bytes.TrimSpace(l.words)
		text, ok := b.shared(number)
		if !ok && len(number) > 0 {
			return sp4n.Broken(l.number)
		}
		words = text
	case "e": // what could not be computed
	default:
		words = b.once(l.words)
	}
	if words == "" {
		return nil
	}
	for len(l.cells) <= l.column {
		l.cells = append(l.cells, "")
	}
	l.cells[l.column] = words
	return nil
}
