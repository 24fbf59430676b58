package public

import (
	"fmt"
	"html/template"
	"strings"

	"rsc.io/qr"
)

// qrPath draws a text as squares of 1 × 1, for an SVG of side × side with a quiet rim of 4.
func qrPath(text string) (path string, side int, err error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", 0, fmt.Errorf("draw a QR code: %w", err)
	}
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			wide := 0
			for x+wide < code.Size && code.Black(x+wide, y) {
				wide++
			}
			if wide > 0 {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+4, y+4, wide, wide)
				x += wide
			}
		}
	}
	return b.String(), code.Size + 8, nil
}

// qrImage is a QR code as a part of a page; nothing where the text is too long for one.
func qrImage(text, label string) template.HTML {
	path, side, err := qrPath(text)
	if err != nil {
		return ""
	}
	return template.HTML(fmt.Sprintf(`<svg class="qr" viewBox="0 0 %d %d" role="img" aria-label="%s"><path class="q0" d="M0 0h%dv%dH0z"/><path class="q1" d="%s"/></svg>`, //nolint:gosec // escaped
		side, side, template.HTMLEscapeString(label), side, side, path))
}
