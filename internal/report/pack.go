package report

import (
	"encoding/binary"
	"errors"
	"time"
)

// packForm heads a packed course; another form is not read.
const packForm = 3

// ErrPacked says that bytes are no packed course of this program.
var ErrPacked = errors.New("no packed course")

// Pack writes a course as few bytes, times to the microsecond, without its Report and what letters count. It only says what CourseOf
// says, so it may be written anew whenever its form changes.
func (c *Course) Pack(to []byte) []byte {
	p := packer{b: append(to, packForm), base: c.Filed.UnixMicro()}
	p.b = binary.AppendVarint(p.b, p.base)
	p.time(c.Due)
	for _, s := range [...]string{c.Channel, string(c.Kind), c.Category, c.Area, c.District, string(c.Visibility), string(c.Status), c.Office, c.AnsweredBy} {
		p.text(s)
	}
	p.time(c.Answered)
	p.time(c.Ended)
	p.count(len(c.Resolutions))
	for _, r := range c.Resolutions {
		p.count(r.Seq)
		p.time(r.At)
		p.text(r.Office)
		p.yes(r.Proof)
		p.text(string(r.Verdict))
		p.count(r.Stars)
		p.time(r.Reopened)
	}
	p.count(len(c.Spells))
	for _, s := range c.Spells {
		p.text(s.Office)
		p.time(s.From)
		p.time(s.To)
	}
	p.count(len(c.Waits))
	for _, w := range c.Waits {
		p.time(w.From)
		p.time(w.To)
	}
	p.count(len(c.Limits))
	for _, l := range c.Limits {
		p.text(l.Stage)
		p.time(l.From)
		p.time(l.To)
		p.time(l.Due)
	}
	p.count(len(c.Bounces))
	for _, b := range c.Bounces {
		p.time(b.At)
		p.text(b.Office)
		p.text(b.Sender)
	}
	p.count(len(c.Acts))
	for _, a := range c.Acts {
		p.time(a.At)
		p.text(a.Office)
	}
	return p.b
}

type packer struct {
	b    []byte
	base int64
}

func (p *packer) count(n int) { p.b = binary.AppendUvarint(p.b, uint64(n)) }

func (p *packer) text(s string) {
	p.count(len(s))
	p.b = append(p.b, s...)
}

// time writes the time since the filing, 0 for the zero time.
func (p *packer) time(t time.Time) {
	if t.IsZero() {
		p.b = append(p.b, 0)
		return
	}
	d := t.UnixMicro() - p.base
	if d >= 0 {
		d++
	}
	p.b = binary.AppendVarint(p.b, d)
}

func (p *packer) yes(is bool) {
	if is {
		p.b = append(p.b, 1)
	} else {
		p.b = append(p.b, 0)
	}
}

// Unpacker reads packed courses, one after the other. It is for one goroutine; its zero value is ready.
type Unpacker struct{ words words }

// Unpack reads what Pack wrote into a course, whose slices are used again.
func (c *Course) Unpack(b []byte) error { return new(Unpacker).Unpack(c, b) }

// Unpack reads what Pack wrote into a course, whose slices are used again.
func (r *Unpacker) Unpack(c *Course, b []byte) error {
	if len(b) == 0 || b[0] != packForm {
		return ErrPacked
	}
	u := unpacker{b: b[1:], words: &r.words}
	u.base = u.signed()
	c.Filed, c.Due = time.UnixMicro(u.base).UTC(), u.time()
	c.Channel, c.Kind, c.Category, c.Area, c.District = u.text(), Kind(u.text()), u.text(), u.text(), u.text()
	c.Visibility, c.Status, c.Office, c.AnsweredBy = Visibility(u.text()), Status(u.text()), u.text(), u.text()
	c.Answered, c.Ended = u.time(), u.time()
	c.Resolutions, c.Spells, c.Waits, c.Limits = c.Resolutions[:0], c.Spells[:0], c.Waits[:0], c.Limits[:0]
	c.Bounces, c.Acts = c.Bounces[:0], c.Acts[:0]
	for range u.many() {
		c.Resolutions = append(c.Resolutions, Resolution{u.count(), u.time(), u.text(), u.yes(), Verdict(u.text()), u.count(), u.time()})
	}
	for range u.many() {
		c.Spells = append(c.Spells, Spell{u.text(), u.time(), u.time()})
	}
	for range u.many() {
		c.Waits = append(c.Waits, Wait{u.time(), u.time()})
	}
	for range u.many() {
		c.Limits = append(c.Limits, Limit{u.text(), u.time(), u.time(), u.time()})
	}
	for range u.many() {
		c.Bounces = append(c.Bounces, Bounce{u.time(), u.text(), u.text()})
	}
	for range u.many() {
		c.Acts = append(c.Acts, Act{u.time(), u.text()})
	}
	if u.short || len(u.b) > 0 {
		return ErrPacked
	}
	return nil
}

// unpacker reads; short says that there was less than what was asked for.
type unpacker struct {
	b     []byte
	base  int64
	short bool
	words *words
}

// words are texts that were read before: codes of offices and the like come again and again, and each is kept once.
type words struct{ known map[string]string }

// mostWords is more than a government has codes; bytes that went bad fill no memory.
const mostWords = 1 << 12

func (w *words) of(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := w.known[string(b)]; ok {
		return s
	}
	s := string(b)
	if w.known == nil {
		w.known = map[string]string{}
	}
	if len(w.known) < mostWords {
		w.known[s] = s
	}
	return s
}

func (u *unpacker) signed() int64 {
	v, n := binary.Varint(u.b)
	if n <= 0 {
		u.short, u.b = true, nil
		return 0
	}
	u.b = u.b[n:]
	return v
}

// count reads a number; one that cannot be true ends the reading.
func (u *unpacker) count() int {
	v, n := binary.Uvarint(u.b)
	if n <= 0 || v > 1<<24 {
		u.short, u.b = true, nil
		return 0
	}
	u.b = u.b[n:]
	return int(v)
}

// many reads how many follow, each of a byte at least.
func (u *unpacker) many() int {
	n := u.count()
	if n > len(u.b) {
		u.short, u.b = true, nil
		return 0
	}
	return n
}

func (u *unpacker) text() string {
	n := u.many()
	s := u.words.of(u.b[:n])
	u.b = u.b[n:]
	return s
}

func (u *unpacker) time() time.Time {
	d := u.signed()
	switch {
	case d == 0:
		return time.Time{}
	case d > 0:
		d--
	}
	return time.UnixMicro(u.base + d).UTC()
}

func (u *unpacker) yes() bool {
	if len(u.b) == 0 {
		u.short = true
		return false
	}
	is := u.b[0] != 0
	u.b = u.b[1:]
	return is
}
