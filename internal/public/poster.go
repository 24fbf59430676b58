package public

import (
	"errors"
	"fmt"
	"html"
	"strings"

	"rabeg/internal/profile"
)

// A4 in tenths of a millimetre.
const (
	posterWide = 2100
	posterHigh = 2970
)

// ErrNoLinks says that a poster has nothing to lead to.
var ErrNoLinks = errors.New("nobody knows how to write to the city")

// Poster is a sheet of A4, as SVG, by which people find the channel: how to write to it, at most three ways, each with its QR code, what
// to tell, and where not to write but to call. It needs no letters but those of every machine.
func Poster(p *profile.Profile, links []string) (string, error) {
	const most = 3
	if len(links) == 0 {
		return "", ErrNoLinks
	}
	links = links[:min(len(links), most)]
	w := speak(p, "id")
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 %d %d" font-family="Helvetica, Arial, 'Noto Sans', sans-serif">`+"\n", posterWide, posterHigh)
	text := func(y, size int, weight, fill, s string) {
		if long := len([]rune(s)) * size * 68 / 100; long > posterWide-200 { // so that it fits, whatever the city is called
			size = size * (posterWide - 200) / long
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%d" font-weight="%s" fill="%s" text-anchor="middle">%s</text>`+"\n", posterWide/2, y, size, weight, fill, html.EscapeString(s))
	}
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/><rect width="%d" height="620" fill="#0b3d6b"/>`+"\n", posterWide, posterHigh, posterWide)
	text(250, 150, "700", "#fff", "Ada yang rusak atau terganggu?")
	text(400, 110, "700", "#fff", "Laporkan lewat chat")
	text(530, 72, "400", "#fff", p.Product+" · "+p.Government)
	text(760, 68, "400", "#1b1f24", "Pindai kodenya, lalu ceritakan saja: apa, di mana, dan fotonya.")
	side := map[int]int{1: 1000, 2: 860, 3: 580}[len(links)]
	gap := (posterWide - side*len(links)) / (len(links) + 1)
	for i, l := range links {
		path, n, err := new(qrs).path(l)
		if err != nil {
			return "", err
		}
		x := gap + i*(side+gap)
		fmt.Fprintf(&b, `<g transform="translate(%d 860) scale(%.4f)"><title>%s</title><path d="%s"/></g>`+"\n", x, float64(side)/float64(n), html.EscapeString(l), path)
		fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="84" font-weight="700" fill="#0b3d6b" text-anchor="middle">%s</text>`+"\n", x+side/2, 860+side+60, html.EscapeString(w.Network(l)))
		fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="44" fill="#1b1f24" text-anchor="middle">%s</text>`+"\n", x+side/2, 860+side+130, html.EscapeString(plainLink(l)))
	}
	y := 860 + side + 330
	for _, s := range []string{"Tanpa akun, tanpa formulir. Nama Anda bisa dirahasiakan.", "Anda mendapat nomor, dan kabarnya datang ke chat yang sama."} {
		text(y, 66, "400", "#1b1f24", s)
		y += 100
	}
	if p.Pages != "" {
		text(y, 60, "400", "#1b1f24", "Ikuti laporan di "+plainLink(p.Pages))
	}
	if len(p.Emergency) > 0 {
		e := p.Emergency[0]
		fmt.Fprintf(&b, `<rect y="%d" width="%d" height="330" fill="#8a1c1c"/>`+"\n", posterHigh-330, posterWide)
		text(posterHigh-190, 110, "700", "#fff", "Darurat? Telepon "+e.Number)
		text(posterHigh-80, 56, "400", "#fff", e.Name)
	}
	b.WriteString("</svg>\n")
	return b.String(), nil
}

// plainLink is an address as people read it.
func plainLink(l string) string {
	l = strings.TrimPrefix(strings.TrimPrefix(l, "https://"), "http://")
	l, _, _ = strings.Cut(l, "?")
	return strings.TrimSuffix(l, "/")
}
