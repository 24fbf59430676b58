package main

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/bot"
	"rabeg/bot/telegram"
	"rabeg/flows/say"
	"rabeg/internal/desk"
	"rabeg/internal/web"
)

// checks are what must be there for the program to be of use.
func (a *app) checks() []web.Check {
	list := []web.Check{{Name: "postgresql", Ask: a.store.Ping}, {Name: "redis", Ask: a.sessions.Ping}}
	if a.whatsapp != nil {
		list = append(list, web.Check{Name: "whatsapp", Ask: func(context.Context) error { return a.whatsapp.Ready() }})
	}
	return list
}

// handler answers on the program's own address.
func (a *app) handler() http.Handler {
	hooks := map[string]http.Handler{}
	if a.cfg.Telegram.WebhookURL != "" {
		hooks["/webhook/telegram"] = a.telegram.Webhook(a.cfg.Telegram.WebhookSecret, a.engine.Handle)
	}
	return web.Handler(web.Options{
		Metrics: a.metrics, Webhooks: hooks,
		Checks: a.checks(),
	})
}

// run works until ctx is done and stops in the reverse order of the start, within ten seconds.
func (a *app) run(ctx context.Context) error {
	defer a.shut()
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSending()
	var senders sync.WaitGroup
	senderErrs := make([]error, len(a.links))
	for i, l := range a.links {
		senders.Go(func() { senderErrs[i] = a.store.Lead(sending, "send:"+string(l.Network()), l.sender.Run) })
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
			if a.extra.listening != nil {
				a.extra.listening(addr)
			}
		})
		if err != nil && !listens {
			return wrong("LISTEN", "can not be listened on: "+short(err), ":8080")
		}
		return err
	})
	for _, l := range a.links {
		g.Go(func() error {
			receive := func(ctx context.Context) error { return l.Run(ctx, l.sender.Heard(a.engine.Handle)) }
			if !l.alone {
				return receive(gctx)
			}
			return a.store.Lead(gctx, "receive:"+string(l.Network()), receive)
		})
	}
	err := g.Wait()
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err = errors.Join(err, a.jobs.Stop(end))
	stopSending()
	senders.Wait()
	return errors.Join(err, errors.Join(senderErrs...))
}

// commands fills the menus beside the input fields, best effort: they only save typing.
func (a *app) commands(ctx context.Context) {
	set := func(list []telegram.Command, scope telegram.Scope, lang string) {
		if err := a.telegram.SetCommands(ctx, list, scope, lang); err != nil && ctx.Err() == nil {
			a.log.Warn("the command menu could not be set", "error", err)
		}
	}
	for _, lang := range []string{"", "en"} {
		var list []telegram.Command
		for _, c := range say.For(a.profile, lang).Commands() {
			list = append(list, telegram.Command{Name: c.Name, Description: c.About})
		}
		set(list, telegram.Scope{Kind: "all_private_chats"}, lang)
	}
	if at := a.deskNow(); at.Network == bot.Telegram {
		var list []telegram.Command
		for _, c := range desk.Commands() {
			list = append(list, telegram.Command{Name: c.Name, Description: c.About})
		}
		set(list, telegram.Scope{Kind: "chat", Chat: at}, "")
	}
}

// hear looks for letters whenever another instance says that it wrote some.
func (a *app) hear(ctx context.Context) {
	for ctx.Err() == nil {
		_ = a.store.Hear(ctx, a.look)
		t := time.NewTimer(time.Second)
		select {
		case <-ctx.Done():
		case <-t.C:
		}
		t.Stop()
	}
}
