package app

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/bot"
	"rabeg/bot/telegram"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/say"
	"rabeg/internal/web"
)

// checks are what must be there for the program to be of use.
func (a *App) checks() []web.Check {
	list := []web.Check{{Name: "postgresql", Ask: a.Store.Ping}, {Name: "redis", Ask: a.sessions.Ping}}
	if a.WhatsApp != nil {
		list = append(list, web.Check{Name: "whatsapp", Ask: a.reached()})
	}
	return list
}

// standBy is how long after its start a program that has no link to WhatsApp is taken to be waiting for its turn.
const standBy = 3 * time.Second

// reached asks whether WhatsApp is. An instance that stands by, because another one has the link, is ready to take over.
func (a *App) reached() func(context.Context) error {
	began, l := time.Now(), a.hub.link(bot.WhatsApp)
	return func(context.Context) error {
		if !l.leads.Load() && time.Since(began) > standBy {
			return nil
		}
		return l.ready()
	}
}

// handler answers on the program's own address.
func (a *App) handler() http.Handler {
	hooks := map[string]http.Handler{}
	if a.cfg.Telegram.WebhookURL != "" {
		hooks["/webhook/telegram"] = a.telegram.Webhook(a.cfg.Telegram.WebhookSecret, a.engine.Handle)
	}
	return web.Handler(web.Options{
		Metrics: a.metrics, Webhooks: hooks,
		Checks: a.checks(),
	})
}

// Run works until ctx is done and stops in the reverse order of the start, within ten seconds.
func (a *App) Run(ctx context.Context) error {
	defer a.Shut()
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSending()
	var senders sync.WaitGroup
	senderErrs := make([]error, len(a.hub.links))
	for i, l := range a.hub.links {
		if l.joined {
			continue
		}
		senders.Go(func() { senderErrs[i] = a.Store.Lead(sending, "send:"+string(l.Network()), l.sender.Run) })
	}
	senders.Go(func() { a.hear(sending) })
	// The job queue has its own end: its context would cut jobs off.
	if err := a.jobs.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	go a.commands(gctx)
	g.Go(func() error {
		listens := false
		err := web.Serve(gctx, a.cfg.Listen, a.handler(), func(addr string) {
			listens = true
			if a.opts.Listening != nil {
				a.opts.Listening(addr)
			}
		})
		if err != nil && !listens {
			return Wrong("LISTEN", "cannot be listened on: "+short(err), ":8080")
		}
		return err
	})
	for _, l := range a.hub.links {
		g.Go(func() error { return a.receive(gctx, l) })
	}
	err := g.Wait()
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err = errors.Join(err, a.jobs.Stop(end))
	stopSending()
	senders.Wait()
	return errors.Join(err, errors.Join(senderErrs...))
}

// receive hands a network's events to the engine until ctx is done; where one instance alone may, while it is this one.
func (a *App) receive(ctx context.Context, l *link) error {
	h := l.sender.Heard(a.engine.Handle)
	if !l.alone {
		return l.Run(ctx, h)
	}
	return a.Store.Lead(ctx, "receive:"+string(l.Network()), func(ctx context.Context) error {
		l.terms.Add(1)
		l.leads.Store(true)
		defer l.leads.Store(false)
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return l.Run(ctx, underHold(h)) })
		if l.joined {
			g.Go(func() error { return l.sender.Run(ctx) })
			g.Go(func() error {
				if err := a.jobs.Join(ctx, l.Network()); err != nil && ctx.Err() == nil {
					a.log.Error("files of a network are not fetched", "network", string(l.Network()), "error", err)
				}
				return nil
			})
			defer a.jobs.Leave(l.Network())
		}
		return g.Wait()
	})
}

// errNotLed says that another instance may receive by now in this one's place.
var errNotLed = errors.New("the lead is not sure")

// underHold handles an event while this instance surely leads. One that was frozen gives it back: whoever leads now gets it again.
func underHold(h bot.Handler) bot.Handler {
	return func(ctx context.Context, ev bot.Event) error {
		if !ledger.HoldOf(ctx).Sure() {
			return errNotLed
		}
		return h(ctx, ev)
	}
}

// commands fills the menus beside the input fields, best effort: they only save typing.
func (a *App) commands(ctx context.Context) {
	if a.telegram == nil {
		return
	}
	set := func(list []telegram.Command, scope telegram.Scope, lang string) {
		if err := a.telegram.SetCommands(ctx, list, scope, lang); err != nil && ctx.Err() == nil {
			a.log.Warn("the command menu could not be set", "error", err)
		}
	}
	for _, lang := range []string{"", "en"} {
		var list []telegram.Command
		for _, c := range say.For(a.Profile, lang).Commands() {
			list = append(list, telegram.Command{Name: c.Name, Description: c.About})
		}
		set(list, telegram.Scope{Kind: "all_private_chats"}, lang)
	}
	if at := a.hub.Desk(); at.Network == bot.Telegram {
		var list []telegram.Command
		for _, c := range desk.Commands() {
			list = append(list, telegram.Command{Name: c.Name, Description: c.About})
		}
		set(list, telegram.Scope{Kind: "chat", Chat: at}, "")
	}
}

// hear looks for letters whenever another instance says that it wrote some.
func (a *App) hear(ctx context.Context) {
	for ctx.Err() == nil {
		_ = a.Store.Hear(ctx, a.hub.Look)
		t := time.NewTimer(time.Second)
		select {
		case <-ctx.Done():
		case <-t.C:
		}
		t.Stop()
	}
}
