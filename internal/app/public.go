package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/bot"
	"rabeg/internal/guard"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/public"
	"rabeg/internal/report"
	"rabeg/internal/web"
)

// Public is how everybody reaches what may be seen of reports in a browser. Without a URL there are no such pages.
type Public struct {
	URL      string `arg:"--public-url,env:RABEG_PUBLIC_URL" help:"Where everybody finds the public pages, such as https://lapor.serangkota.go.id; empty: there are none."`
	Listen   string `arg:"--listen-public,env:LISTEN_PUBLIC" default:":8081" help:"Address of the public pages on this machine."`
	Database string `arg:"--public-database-url,env:RABEG_PUBLIC_DATABASE_URL" help:"PostgreSQL for the public pages with a login of its own; default: the same, in the role rabeg_public."`
	Client   string `arg:"--public-client-header,env:RABEG_PUBLIC_CLIENT_HEADER" help:"Header in which your proxy says who asks, such as X-Forwarded-For; empty: none is trusted."`
}

const (
	examplePages  = "https://lapor.serangkota.go.id"
	exampleListen = ":8081"
)

func (p Public) on() bool { return p.URL != "" }

func (p Public) check() error {
	if !p.on() {
		return nil
	}
	u, err := url.Parse(p.URL)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.RawQuery+u.Fragment != "" || strings.Trim(u.Path, "/") != "" {
		return Wrong("RABEG_PUBLIC_URL", "is no web address without a path", examplePages)
	}
	if _, _, err := net.SplitHostPort(p.Listen); err != nil {
		return Wrong("LISTEN_PUBLIC", "is no address to listen on", exampleListen)
	}
	if strings.ContainsAny(p.Client, " :,") {
		return Wrong("RABEG_PUBLIC_CLIENT_HEADER", "is no name of a header", "X-Forwarded-For")
	}
	return nil
}

// crowd says what is wrong where all visitors look like one: the program speaks no TLS, so before an https address stands a proxy, whose own
// address everybody has who is not named in a header.
func (p Public) crowd() error {
	if strings.HasPrefix(p.URL, "https://") && p.Client == "" {
		return said("a proxy stands before them and no header names who asks: all visitors count as one, and one who guesses numbers locks out everybody")
	}
	return nil
}

// address is the URL without a slash at its end.
func (p Public) address() string { return strings.TrimRight(p.URL, "/") }

// sensitiveMark changes when the list of categories does, or which of them are sensitive: then other reports may be seen.
func sensitiveMark(p *profile.Profile) string {
	var all []string
	for _, c := range p.Categories {
		all = append(all, fmt.Sprint(c.Code, c.Sensitive))
	}
	slices.Sort(all)
	sum := sha256.Sum256([]byte(strings.Join(all, "\n")))
	return hex.EncodeToString(sum[:8])
}

// sheetEvery is how often is counted for everybody.
const sheetEvery = 10 * time.Minute

// openPublic makes the public pages, and lets them read nothing but what everybody may see.
func (a *App) openPublic(ctx context.Context) error {
	if !a.cfg.Public.on() {
		return nil
	}
	dsn := a.cfg.Public.Database
	if dsn == "" {
		dsn = a.cfg.Database
	}
	var err error
	if a.pages, err = postgres.ConnectPublic(ctx, dsn, 8); err != nil {
		return Wrong("RABEG_PUBLIC_DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
	}
	a.later(a.pages.Close)
	more, err := a.openly(ctx)
	if err != nil {
		return err
	}
	a.site, err = public.New(public.Options{Store: a.pages, Profile: a.Profile, URL: a.cfg.Public.address(), Links: a.hub.Links,
		ClientHeader: a.cfg.Public.Client, Now: a.opts.Now, More: more, Makers: a.opts.Beside.makers(),
		Failed: func(err error) { a.log.Error("a public page could not be made", "error", short(err)) }})
	return err
}

// publish serves the public pages until ctx is done, once they know all reports.
func (a *App) publish(ctx context.Context, g *errgroup.Group) {
	if a.site == nil {
		return
	}
	g.Go(func() error {
		if !a.readied(ctx) {
			return nil
		}
		listens := false
		err := web.Serve(ctx, a.cfg.Public.Listen, web.Guarded(a.site.Handler(), a.panicked), func(addr string) {
			listens = true
			if a.opts.Public != nil {
				a.opts.Public(addr)
			}
			a.log.Info("public pages", "listen", addr)
			if err := a.cfg.Public.crowd(); err != nil {
				a.log.Warn("public pages: "+err.Error(), "set", "RABEG_PUBLIC_CLIENT_HEADER")
			}
		})
		if err != nil && !listens {
			return Wrong("LISTEN_PUBLIC", "cannot be listened on: "+short(err), exampleListen)
		}
		return err
	})
	g.Go(func() error {
		every := time.NewTicker(sheetEvery)
		defer every.Stop()
		for {
			if err := guard.Do(func() error { return a.tally(ctx) }); err != nil && ctx.Err() == nil {
				a.log.Warn("the figures for everybody could not be counted", "error", short(err))
			}
			select {
			case <-ctx.Done():
				return nil
			case <-every.C:
			}
		}
	})
}

// readied waits until the pages may read what everybody may see, and that tells of all reports; false when ctx was done before. A
// database that does not answer, or knows no role for them, ends nothing else.
func (a *App) readied(ctx context.Context) bool {
	steps := []func() error{
		func() error { return postgres.GrantPublic(ctx, a.Store.Pool) },
		func() error { return a.Store.Redisplay(ctx, sensitiveMark(a.Profile)) },
	}
	for len(steps) > 0 {
		err := steps[0]()
		if err == nil {
			steps = steps[1:]
			continue
		}
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, postgres.ErrNoRole):
			a.log.Error("the public pages wait: "+err.Error(), "run", "CREATE ROLE rabeg_public NOLOGIN; GRANT rabeg_public TO the user of DATABASE_URL")
		default:
			a.log.Warn("the public pages wait: what everybody may see could not be made", "error", short(err))
		}
		t := time.NewTimer(redisplayPause)
		select {
		case <-ctx.Done():
			t.Stop()
			return false
		case <-t.C:
		}
	}
	return ctx.Err() == nil
}

// redisplayPause is how long the public pages wait before it is tried again to make them ready.
const redisplayPause = 5 * time.Second

// tally counts for everybody.
func (a *App) tally(ctx context.Context) error {
	now := a.opts.Now()
	city, err := public.Count(ctx, a.Store, a.Profile, now)
	if err != nil {
		return err
	}
	return a.Store.KeepSheet(ctx, public.CitySheet, now, city)
}

// errNotKept is why a copy is made later: the photo itself is not kept yet.
var errNotKept = errors.New("the photo is not kept yet")

// copied makes the copy of a picture that was cleared for everybody. What was taken back meanwhile, or can never be had, is left alone.
func (a *App) copied(ctx context.Context, c ledger.Copy) error {
	facts, err := a.Store.Facts(ctx, c.Report)
	if err != nil {
		return err
	}
	find := func(seq int) (report.Fact, bool) {
		i := slices.IndexFunc(facts, func(f report.Fact) bool { return f.Seq == seq })
		if i < 0 {
			return report.Fact{}, false
		}
		return facts[i], true
	}
	cleared, ok := find(c.Seq)
	if !ok || cleared.Exposed == nil {
		return nil
	}
	of, ok := find(cleared.Of)
	if !ok || cleared.Exposed.Nth >= len(of.Photos) {
		return nil // it was erased
	}
	kept, err := a.keptPhoto(ctx, of.Photos[cleared.Exposed.Nth])
	if err != nil || kept.MIME != "image/jpeg" { // nobody can see it
		return err
	}
	jpeg, width, height, err := a.keeper.Masked(ctx, kept, cleared.Exposed.Mask)
	if err != nil {
		return err
	}
	return a.Store.KeepPicture(ctx, c.Report, c.Seq, width, height, jpeg)
}

// keptPhoto is where a photo of a report lies in the store; none where it was lost.
func (a *App) keptPhoto(ctx context.Context, m bot.MediaRef) (bot.MediaRef, error) {
	if m.Network == bot.Store { // it came by a way on which photos are kept first
		return m, nil
	}
	file, known, err := a.Store.File(ctx, m)
	if err == nil && (!known || file.Waits != "") {
		err = errNotKept
	}
	if err != nil || file.Lost != "" || file.Odd {
		return bot.MediaRef{}, err
	}
	return file.Ref, nil
}
