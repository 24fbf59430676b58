package public

import (
	"errors"
	"fmt"
	"html/template"
	"strconv"
	"sync"

	"rsc.io/qr/coding"
)

// qrs draws QR codes. How the squares of a size of code are laid out takes several times as long to find out as to fill them, and is kept.
type qrs struct {
	mu    sync.Mutex
	plans map[coding.Version]*coding.Plan
}

// plan lays out a code of a size.
func (q *qrs) plan(v coding.Version) (*coding.Plan, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if p := q.plans[v]; p != nil {
		return p, nil
	}
	p, err := coding.NewPlan(v, coding.M, 0)
	if err == nil {
		if q.plans == nil {
			q.plans = map[coding.Version]*coding.Plan{}
		}
		q.plans[v] = p
	}
	return p, err
}

// encode makes a code of a text, as small as it can be.
func (q *qrs) encode(text string) (*coding.Code, error) {
	said := coding.String(text)
	for v := coding.Version(coding.MinVersion); v <= coding.MaxVersion; v++ {
		if said.Bits(v) > v.DataBytes(coding.M)*8 {
			continue
		}
		p, err := q.plan(v)
		if err != nil {
			return nil, err
		}
		return p.Encode(said)
	}
	return nil, errors.New("it is too long")
}

// path draws a text as squares of 1 × 1, for an SVG of side × side with a quiet rim of 4.
func (q *qrs) path(text string) (path string, side int, err error) {
	code, err := q.encode(text)
	if err != nil {
		return "", 0, fmt.Errorf("draw a QR code: %w", err)
	}
	b := make([]byte, 0, 8<<10)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			wide := 0
			for x+wide < code.Size && code.Black(x+wide, y) {
				wide++
			}
			if wide > 0 {
				b = strconv.AppendInt(append(b, 'M'), int64(x+4), 10)
				b = strconv.AppendInt(append(b, ' '), int64(y+4), 10)
				b = strconv.AppendInt(append(b, 'h'), int64(wide), 10)
				b = strconv.AppendInt(append(b, "v1h-"...), int64(wide), 10)
				b = append(b, 'z')
				x += wide
			}
		}
	}
	return string(b), code.Size + 8, nil
}

// image is a QR code as a part of a page; nothing where the text is too long for one.
func (q *qrs) image(text, label string) template.HTML {
	path, side, err := q.path(text)
	if err != nil {
		return ""
	}
	return template.HTML(fmt.Sprintf(`<svg class="qr" viewBox="0 0 %d %d" role="img" aria-label="%s"><path class="q0" d="M0 0h%dv%dH0z"/><path class="q1" d="%s"/></svg>`, //nolint:gosec // escaped
		side, side, template.HTMLEscapeString(label), side, side, path))
}
