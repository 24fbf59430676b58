package app

import (
	"context"
	"io"
	"net/http"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/open311"
	"rabeg/internal/open311/fetch"
	"rabeg/internal/postgres"
	"rabeg/internal/public"
	"rabeg/internal/report"
)

// Open311 is whether other software may file and follow reports, beside the public pages.
type Open311 struct {
	Open311 bool `arg:"--open311,env:RABEG_OPEN311" help:"Let other software file and follow reports below /open311/v2/ of the public pages."`
}

func (o Open311) check(p Public) error {
	if o.Open311 && !p.on() {
		return Wrong("RABEG_OPEN311", "needs the public pages: set RABEG_PUBLIC_URL too", examplePages)
	}
	return nil
}

// openly makes what other software speaks with, where it is turned on, as handlers beside the public pages.
func (a *App) openly(ctx context.Context) (map[string]http.Handler, error) {
	if !a.cfg.Open311.Open311 {
		return nil, nil
	}
	carriers := postgres.NewCarriers(a.Store.Pool)
	key, err := carriers.Key(ctx, "open311_key")
	if err != nil {
		return nil, err
	}
	server := open311.New(open311.Options{
		Profile: a.Profile, Public: a.pages, Clients: carriers, Finder: a.finder, URL: a.cfg.Public.address(), Key: key, Now: a.clock.now, Log: a.log,
		Filer:   open311.Filer{Store: a.Store, Office: a.hub.Office, Reader: a.reader, Keep: a.keeper.Keep},
		Caller:  func(r *http.Request) string { return public.Caller(r, a.cfg.Public.Client) },
		Picture: func(code report.Code, seq int) string { return public.PictureLink(a.cfg.Public.address(), code, seq) },
	})
	outside, inside := fetch.New(fetch.Options{}), fetch.New(fetch.Options{Private: true})
	a.hooks = &open311.Hooks{Profile: a.Profile, Public: a.pages, Store: carriers, Now: a.clock.now,
		Send: func(ctx context.Context, address string, private bool, header map[string]string, body []byte) error {
			if private {
				return inside.Post(ctx, address, header, body)
			}
			return outside.Post(ctx, address, header, body)
		}}
	out := map[string]http.Handler{}
	for _, method := range open311.Methods() { // of all methods at once the pages would have a word in it
		out[method+" "+open311.Path] = server
	}
	return out, nil
}

// hook tells a client what became of a report that it brought.
func (a *App) hook(ctx context.Context, h ledger.Hook) (time.Duration, error) {
	if a.hooks == nil { // turned off: nobody is told
		return 0, nil
	}
	return a.hooks.Tell(ctx, h.Report)
}

// retell tells clients what they were not told while they were away, or other software was not served.
func (a *App) retell(ctx context.Context) error {
	if a.hooks == nil {
		return nil
	}
	return a.hooks.Retell(ctx)
}

// fetch opens a file of a network, or a photo that other software gave the address of.
func (a *App) fetch(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	if m.Network == fetch.Network {
		return a.photos.Open(ctx, m)
	}
	return a.hub.Fetch(ctx, m)
}
