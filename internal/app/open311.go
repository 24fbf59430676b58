package app

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/open311"
	"rabeg/internal/open311/fetch"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Open311 is whether other software may file and follow reports.
type Open311 struct {
	Open311URL string `arg:"--open311-url,env:RABEG_OPEN311_URL" help:"Where other software reaches this program, such as https://lapor.example.go.id; turns Open311 on below /open311/v2/. Empty: off."`
}

const exampleOpen311 = "https://lapor.serangkota.go.id"

func (o Open311) check() error {
	if o.Open311URL == "" {
		return nil
	}
	u, err := url.Parse(o.Open311URL)
	switch {
	case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "":
		return Wrong("RABEG_OPEN311_URL", "is no web address", exampleOpen311)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") != "":
		return Wrong("RABEG_OPEN311_URL", "is more than scheme and host", exampleOpen311)
	}
	return nil
}

// publicSize is how many connections read what everybody may see for other software.
const publicSize = 4

// strangers asks the projection without persons, by its own database role.
type strangers struct{ *postgres.Public }

var _ open311.Public = strangers{}

// Displays are reports as everybody may see them.
func (s strangers) Displays(ctx context.Context, w open311.Wanted) ([]report.Display, error) {
	a := postgres.Asked{Codes: w.Codes, Categories: w.Categories, Statuses: w.Statuses, From: w.From, To: w.To, ChangedFrom: w.ChangedFrom, Limit: w.Limit}
	if w.After != nil {
		a.BeforeFiled, a.BeforeReport = w.After.Filed, w.After.Report
	}
	return s.Public.Displays(ctx, a)
}

// openly makes what other software speaks with, where it is turned on.
func (a *App) openly(ctx context.Context) error {
	if a.cfg.Open311URL == "" {
		return nil
	}
	public, err := openPublic(ctx, a.Store, a.cfg.Database, a.Profile)
	if err != nil {
		return err
	}
	a.later(public.Close)
	carriers := postgres.NewCarriers(a.Store.Pool)
	key, err := carriers.Key(ctx, "open311_key")
	if err != nil {
		return err
	}
	a.open311 = open311.New(open311.Options{
		Profile: a.Profile, Public: strangers{public}, Clients: carriers, Finder: a.finder, URL: a.cfg.Open311URL, Key: key, Now: a.clock.now, Log: a.log,
		Filer: open311.Filer{Store: a.Store, Office: a.hub.Office, Reader: a.reader, Keep: a.keeper.Keep},
	})
	outside, inside := fetch.New(fetch.Options{}), fetch.New(fetch.Options{Private: true})
	a.hooks = &open311.Hooks{Profile: a.Profile, Public: strangers{public}, Store: carriers, Now: a.clock.now,
		Send: func(ctx context.Context, address string, private bool, header map[string]string, body []byte) error {
			if private {
				return inside.Post(ctx, address, header, body)
			}
			return outside.Post(ctx, address, header, body)
		}}
	return nil
}

// openPublic opens the projection without persons, and makes anew what of it is not as it is made now.
func openPublic(ctx context.Context, store *postgres.Store, dsn string, p *profile.Profile) (*postgres.Public, error) {
	if err := store.Redisplay(ctx, sensitiveMark(p)); err != nil {
		return nil, err
	}
	if err := postgres.GrantPublic(ctx, store.Pool); err != nil {
		return nil, Wrong("DATABASE_URL", "what everybody may see cannot be kept apart: "+short(err), "have an administrator run: CREATE ROLE "+postgres.PublicRole+" NOLOGIN; GRANT "+postgres.PublicRole+" TO rabeg")
	}
	public, err := postgres.ConnectPublic(ctx, dsn, publicSize)
	if err != nil {
		return nil, fmt.Errorf("open what everybody may see: %w", err)
	}
	return public, nil
}

// sensitiveMark tells one list of sensitive categories from another.
func sensitiveMark(p *profile.Profile) string {
	var all []string
	for _, c := range p.Categories {
		if c.Sensitive {
			all = append(all, c.Code)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ",")
}

// hook tells a client what became of a report that it brought.
func (a *App) hook(ctx context.Context, h ledger.Hook) (time.Duration, error) {
	if a.hooks == nil { // turned off: nobody is told
		return 0, nil
	}
	return a.hooks.Tell(ctx, h.Report)
}

// fetch opens a file of a network, or a photo that other software gave the address of.
func (a *App) fetch(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	if m.Network == fetch.Network {
		return a.photos.Open(ctx, m)
	}
	return a.hub.Fetch(ctx, m)
}
