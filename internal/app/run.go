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
	"rabeg/internal/guard"
	"rabeg/internal/ledger"
	"rabeg/internal/say"
	"rabeg/internal/web"
)

// handler answers on the program's own address.
func (a *App) handler() http.Handler {
	hooks := map[string]http.Handler{}
	if a.cfg.Telegram.WebhookURL != "" {
		handle := a.hub.link(bot.Telegram).vital.watch(a.engine.Handle)
		hooks[web.HookOf("", "telegram")] = a.telegram.Webhook(a.cfg.Telegram.WebhookSecret, handle)
	}
	if a.cloud != nil {
		hooks[web.HookOf("", "whatsapp")] = a.cloud // its events come by its Run
	}
	return web.Guarded(web.Handler(web.Options{Webhooks: hooks, Checks: a.checklist, Intake: a.intakeChecks()}), a.panicked)
}

// panicked says where a part of the program panicked.
func (a *App) panicked(p *guard.Panic) { a.log.Error(p.Error(), "stack", p.Stack) }

// metricsAt is where the metrics are where no setting says so: for this machine alone.
const metricsAt = "127.0.0.1:9469"

// front puts the metrics where they are asked for: on an address of their own, or beside those of other governments.
func (a *App) front(ctx context.Context, g *errgroup.Group) error {
	if a.opts.Beside != nil {
		return nil // open does it
	}
	return Page(ctx, g, a.cfg.Metrics, a.metrics.Page(), a.opts.Metrics)
}

// open lets the networks in until ctx is done.
func (a *App) open(ctx context.Context, g *errgroup.Group) {
	if b := a.opts.Beside; b != nil {
		b.Front.Serve(b.Name, a.handler(), a.metrics)
		if a.opts.Listening != nil {
			a.opts.Listening("")
		}
		return
	}
	g.Go(func() error { return Listen(ctx, a.cfg.Listen, a.handler(), a.opts.Listening) })
}

// Listen serves an address until ctx is done; told is told it once it is listened on.
func Listen(ctx context.Context, at string, h http.Handler, told func(addr string)) error {
	listens := false
	err := web.Serve(ctx, at, h, func(addr string) {
		listens = true
		if told != nil {
			told(addr)
		}
	})
	if err != nil && !listens {
		return Wrong("LISTEN", "cannot be listened on: "+short(err), ":8080")
	}
	return err
}

// Page serves the metrics until ctx is done, and returns once they are listened for. Where no setting names the address and
// another program has the usual one, it is a free one. told is told it.
func Page(ctx context.Context, g *errgroup.Group, at string, h http.Handler, told func(addr string)) error {
	free := at == ""
	if free {
		at = metricsAt
	}
	listens, failed := make(chan string, 1), make(chan error, 1)
	serve := func(at string) {
		g.Go(func() error {
			listening := false
			err := web.Serve(ctx, at, h, func(addr string) { listening = true; listens <- addr })
			if err != nil && !listening {
				failed <- err
				return nil
			}
			return err
		})
	}
	serve(at)
	for {
		select {
		case addr := <-listens:
			if told != nil {
				told(addr)
			}
			return nil
		case err := <-failed:
			select {
			case <-ctx.Done():
				return nil // told to stop; the rest ends by itself
			default:
			}
			if !free {
				return Wrong("LISTEN_METRICS", "cannot be listened on: "+short(err), metricsAt)
			}
			free = false
			serve("127.0.0.1:0")
		}
	}
}

// jobsMost is how long jobs at work may take when the program is to end; then they are cancelled.
const jobsMost = 3 * time.Second

// Run works until ctx is done and stops in the reverse order of the start, within ten seconds.
func (a *App) Run(ctx context.Context) error {
	defer a.Shut()
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	a.fails.Store(&fail)
	err := a.run(ctx, fail)
	if p, ok := errors.AsType[*guard.Panic](context.Cause(ctx)); ok && err == nil {
		err = p
	}
	if p, ok := errors.AsType[*guard.Panic](err); ok && a.opts.Beside == nil {
		a.panicked(p)
	}
	return err
}

// fell ends the work because a part of it has panicked: it is begun anew, whole.
func (a *App) fell(err error) {
	if fail := a.fails.Load(); fail != nil {
		(*fail)(err)
	}
}

func (a *App) run(ctx context.Context, fail context.CancelCauseFunc) error {
	sending, stop := context.WithCancel(context.WithoutCancel(ctx))
	var senders sync.WaitGroup
	stopSending := func() { stop(); senders.Wait() } // what is on the wire lands, and is written down, before the stores are shut
	defer stopSending()
	senderErrs := make([]error, len(a.hub.links))
	for i, l := range a.hub.links {
		if l.joined {
			continue
		}
		senders.Go(func() {
			err := guard.Do(func() error { return a.Store.Lead(sending, "send:"+string(l.Network()), l.sender.Run) })
			if senderErrs[i] = err; err != nil {
				fail(err)
			}
		})
	}
	senders.Go(func() { a.hub.stands(func() { a.hear(sending) }) })
	if err := errors.Join(a.clerk.Begin(ctx), a.digest.Begin(ctx)); err != nil {
		return err
	}
	if err := a.Store.Commit(ctx, a.hub.Office().FirstRoll(a.clock.now())); err != nil && !errors.Is(err, ledger.ErrDone) {
		return err
	}
	// The job queue has its own end: its context would cut jobs off.
	if err := a.jobs.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	if err := a.front(gctx, g); err != nil {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		err = errors.Join(err, g.Wait(), a.jobs.Stop(end))
		return err
	}
	a.publish(gctx, g)
	go a.hub.stands(func() { a.commands(gctx) })
	for _, goes := range []func(context.Context){a.watcher.watch, a.await, a.treader.run} {
		g.Go(func() error { return guard.Do(func() error { goes(gctx); return nil }) })
	}
	a.open(gctx, g)
	for _, l := range a.hub.links {
		g.Go(func() error { return guard.Do(func() error { return a.stay(gctx, l) }) })
	}
	// Jobs end while events do, and senders after the events, whose answers they still begin to send: where the stores stand still
	// each waits for its own bound. What a last job brings about lies in the database for the next program.
	stopped := make(chan error, 1)
	go func() {
		<-gctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(gctx), jobsMost)
		defer cancel()
		stopped <- a.jobs.Stop(end)
	}()
	err := g.Wait()
	stopSending()
	senders.Wait()
	err = errors.Join(err, <-stopped)
	return errors.Join(err, errors.Join(senderErrs...))
}

// refusedPause is how long a network that refused this program is left alone before it is asked again.
const refusedPause = time.Minute

// stay receives from a network until ctx is done. Where other networks are served, one that refuses this program does not end
// it: that is said, and it is asked again now and then.
func (a *App) stay(ctx context.Context, l *link) error {
	for {
		err := a.receive(ctx, l)
		if err == nil || ctx.Err() != nil || len(a.hub.links) == 1 {
			return err
		}
		a.hub.refused(l, err)
		t := time.NewTimer(refusedPause)
		select {
		case <-ctx.Done():
			t.Stop()
			return nil
		case <-t.C:
		}
	}
}

// receive hands a network's events to the engine until ctx is done; where one instance alone may, while it is this one.
func (a *App) receive(ctx context.Context, l *link) error {
	h := l.vital.watch(l.sender.Heard(a.engine.Handle))
	if !l.alone {
		l.vital.begins()
		return l.Run(ctx, h)
	}
	return a.Store.Lead(ctx, "receive:"+string(l.Network()), func(ctx context.Context) error {
		l.terms.Add(1)
		l.vital.begins()
		l.leads.Store(true)
		defer l.leads.Store(false)
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return guard.Do(func() error { return l.Run(ctx, underHold(h)) }) })
		if l.joined {
			g.Go(func() error { return guard.Do(func() error { return l.sender.Run(ctx) }) })
			g.Go(func() error {
				if err := guard.Do(func() error { return a.jobs.Join(ctx, l.Network()) }); err != nil && ctx.Err() == nil {
					a.log.Error("files of a network are not fetched", "network", string(l.Network()), "error", err)
				}
				return nil
			})
			defer a.jobs.Leave(l.Network())
		}
		return g.Wait()
	})
}

// underHold handles an event while this instance surely leads. One that was frozen gives it back: whoever leads now gets it again.
func underHold(h bot.Handler) bot.Handler {
	return func(ctx context.Context, ev bot.Event) error {
		if err := ledger.Led(ctx); err != nil {
			return err
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
	if b := a.opts.Beside; b != nil && b.Bell != nil {
		stop := b.Bell.Hear(b.Name, a.hub.Look)
		defer stop()
		<-ctx.Done()
		return
	}
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
