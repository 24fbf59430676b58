package app

import (
	"errors"
	"io"
	"net/url"
	"strings"

	"rabeg/internal/public"
)

const examplePoster = "rabeg poster https://wa.me/6281234567890 https://t.me/rabeg_bot > poster.svg"

// Poster draws a poster by which people find the channel of a government.
func Poster(name, pages string, links []string, out io.Writer) error {
	if err := known(name); err != nil {
		return err
	}
	if err := (Public{URL: pages, Listen: exampleListen}).check(); err != nil {
		return err
	}
	for _, l := range links {
		if u, err := url.Parse(l); err != nil || u.Scheme != "https" || u.Host == "" {
			return Wrong("LINKS", "one of them is no web address", examplePoster)
		}
	}
	p, err := government(name)
	if err != nil {
		return err
	}
	own := *p
	own.Pages = strings.TrimRight(pages, "/")
	svg, err := public.Poster(&own, links)
	if errors.Is(err, public.ErrNoLinks) {
		return Wrong("LINKS", "are missing: where do people write to?", examplePoster)
	}
	if err != nil {
		return Wrong("LINKS", "one of them is too long for a QR code", examplePoster)
	}
	_, err = io.WriteString(out, svg)
	return err
}
