package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"rabeg/internal/sp4n"
)

// readBook reads the sheet of a workbook, line by line. Of columns that nobody reads no word is taken up.
func readBook(file []byte, unread func(column int) bool, take func(line int, cells []string) error) error {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return sp4n.NoBook()
	}
	b := &book{parts: map[string]*zip.File{}, short: map[int]string{}, told: map[string]string{}, unread: unread}
	var size uint64
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, "\\", "/")), "/"))
		if strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "/macrosheets/") {
			return sp4n.Macros()
		}
		if size += f.UncompressedSize64; size > mostUnpacked || f.UncompressedSize64 > mostUnpacked {
			return sp4n.TooBig("isinya lebih dari 400 MB sesudah dibuka")
		}
		b.parts[name] = f
	}
	if b.parts["xl/workbook.xml"] == nil {
		return sp4n.NoBook()
	}
	sheet, err := b.sheet()
	if err != nil {
		return err
	}
	if err := b.readShared(); err != nil {
		return err
	}
	return b.rows(sheet, take)
}

// book is a workbook: a zip with XML in it. texts holds the texts that cells share, one behind the other, ends where each ends, short those
// that stand in many cells.
type book struct {
	parts map[string]*zip.File
	texts []byte
	ends  []uint32
	short map[int]string
	// told are short texts that stand in cells themselves, each made once.
	told   map[string]string
	unread func(column int) bool
}

func (b *book) open(name string, most int64) (*tokens, error) {
	f := b.parts[name]
	if f == nil {
		return nil, sp4n.NoBook()
	}
	if f.UncompressedSize64 > uint64(most) {
		return nil, sp4n.TooBig("isinya terlalu besar sesudah dibuka")
	}
	in, err := f.Open()
	if err != nil {
		return nil, sp4n.NoBook()
	}
	return newTokens(in), nil
}

// sheet is the part with the rows: the sheet called Laporan Ringkas, else the first.
func (b *book) sheet() (string, error) {
	t, err := b.open("xl/workbook.xml", mostPart)
	if err != nil {
		return "", err
	}
	defer func() { _ = t.close() }()
	id := ""
	for {
		err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		if t.kind == opening && string(t.name) == "sheet" {
			if id == "" || strings.EqualFold(string(t.attr("name")), "Laporan Ringkas") {
				id = string(t.attr("id"))
			}
		}
	}
	return b.target(id)
}

// target is the part that a relation of the workbook leads to.
func (b *book) target(id string) (string, error) {
	t, err := b.open("xl/_rels/workbook.xml.rels", mostPart)
	if err != nil {
		return "", err
	}
	defer func() { _ = t.close() }()
	for {
		err := t.next()
		if errors.Is(err, io.EOF) {
			return "", sp4n.NoBook()
		}
		if err != nil {
			return "", err
		}
		if t.kind == opening && string(t.name) == "Relationship" && string(t.attr("Id")) == id {
			to := strings.ToLower(string(t.attr("Target")))
			if !strings.HasPrefix(to, "/") {
				to = "/xl/" + to
			}
			return strings.TrimPrefix(path.Clean(to), "/"), nil
		}
	}
}

// readShared reads the texts that cells share.
func (b *book) readShared() error {
	if b.parts["xl/sharedstrings.xml"] == nil {
		return nil
	}
	t, err := b.open("xl/sharedstrings.xml", mostShared)
	if err != nil {
		return err
	}
	defer func() { _ = t.close() }()
	b.texts = make([]byte, 0, b.parts["xl/sharedstrings.xml"].UncompressedSize64)
	text, sound := false, 0
	for {
		err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.kind {
		case opening:
			switch string(t.name) {
			case "t":
				text = sound == 0
			case "rPh": // how it is read aloud
				sound++
			}
		case closing:
			switch string(t.name) {
			case "t":
				text = false
			case "rPh":
				sound--
			case "si":
				b.ends = append(b.ends, uint32(len(b.texts)))
				t.row++
			}
		case content:
			if text {
				if b.texts, err = t.text(b.texts); err != nil {
					return err
				}
			}
		}
	}
}

// shared is the text of a number; ok is false where there is none. Short texts stand in many rows: each is made once.
func (b *book) shared(number []byte) (string, bool) {
	n := 0
	for _, d := range number {
		if d < '0' || d > '9' || n > len(b.ends) {
			return "", false
		}
		n = n*10 + int(d-'0')
	}
	if len(number) == 0 || n >= len(b.ends) {
		return "", false
	}
	from := uint32(0)
	if n > 0 {
		from = b.ends[n-1]
	}
	if s, ok := b.short[n]; ok {
		return s, true
	}
	s := string(b.texts[from:b.ends[n]])
	if len(s) <= shortText && len(b.short) < mostShort {
		b.short[n] = s
	}
	return s, true
}

// once is a text of a cell; of a short one, that stands in many, the one that was made before.
func (b *book) once(text []byte) string {
	if len(text) > shortText {
		return string(text)
	}
	if s, ok := b.told[string(text)]; ok {
		return s
	}
	s := string(text)
	if len(b.told) < mostShort {
		b.told[s] = s
	}
	return s
}

// shortText is how long a text is at most that is made once, mostShort how many of them are remembered.
const (
	shortText = 80
	mostShort = 4096
)
