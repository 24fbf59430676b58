package cli

import (
	"cmp"
	"context"

	"rabeg/internal/app"
)

// Poster is the command that draws a poster for the channel.
type Poster struct {
	Links   []string `arg:"positional" help:"Where people write to: https://wa.me/62811… and https://t.me/…, at most three."`
	Profile string   `arg:"--profile,env:RABEG_PROFILE" help:"The government. Default: serang."`
	Pages   string   `arg:"--public-url,env:RABEG_PUBLIC_URL" help:"Where everybody can follow reports, such as https://lapor.serangkota.go.id."`
}

// Run writes the poster, an SVG of the size A4.
func (c *Poster) Run(_ context.Context, s Streams) error {
	return app.Poster(cmp.Or(c.Profile, "serang"), c.Pages, c.Links, s.Out)
}
