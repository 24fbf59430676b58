// Package engine carries the conversation out: an event comes, the machine steps, its effects become one batch, the batch
// is committed, and only then the conversation is saved and the network may forget the event. A program killed in
// between, and an event that comes twice, change nothing.
package engine

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"log/slog"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

// Sessions keeps conversations.
type Sessions interface {
	// Load holds a conversation for somebody who takes no turn in it.
	Load(ctx context.Context, chat bot.Address) (Session, error)
	// Take is Load for a turn. It is remembered as begun until it is saved or taken back, also over the death of the program.
	Take(ctx context.Context, chat bot.Address, b Beginning) (Session, error)
	Save(ctx context.Context, was Session, state []byte, handled bot.EventID) error
	Free(ctx context.Context, was Session) error
}

// Cases is where reports are kept, each use of it by itself. One store may be all of them.
type Cases struct {
	Store    ledger.Store
	Reports  ledger.ReportReader
	Citizens ledger.CitizenReader
	// Twins finds reports about the same trouble, and what somebody follows; nil: nobody is asked whether there is one.
	Twins ledger.TwinReader
	Calls ledger.CallReader
	// Known is what officers have answered to what people ask; nil: nothing.
	Known ledger.KnownReader
	// Conducts are asked once for each report that is filed; nil: nothing bounds what somebody files.
	Conducts ledger.ConductReader
	Offices  Offices
	// Officers knows who acts in the desk; nil: nobody is an officer.
	Officers Officers
	Stumbles Stumbles
	// Handled knows what was committed; nil: no turn waits for an earlier one.
	Handled ledger.HandledReader
	// Pleas are what citizens ask for who use their rights; nil: nobody can.
	Pleas ledger.Pleas
	// Ties knows which chats are one person's; nil: each is somebody's alone.
	Ties ledger.TieReader
	// Posts finds what the desk was shown of a report; nil: nothing of it is taken off.
	Posts ledger.PostReader
}

// Officers knows the people of the desk.
type Officers interface {
	// Operator finds one by network:person; ErrUnknown for everybody else.
	Operator(ctx context.Context, id string) (ledger.Operator, error)
}

// Offices knows where people work.
type Offices interface {
	// Manned lists the agencies that an approved operator serves.
	Manned(ctx context.Context) ([]string, error)
}

// Stumbles are events that the program failed on.
type Stumbles interface {
	// Stumble keeps an event that made the program fail, for a person to look at.
	Stumble(ctx context.Context, cause, why string, event []byte) error
}

// Machine is the conversation.
type Machine interface {
	Step(s flows.State, in flows.Input) (flows.State, []flows.Effect)
	// Read reads a conversation as it was kept; Join makes one of two with the same person.
	Read(doc []byte) (flows.State, error)
	Join(a, b flows.State) flows.State
	// Carry lets what is in the making go on in another chat of the same person; ok is false where nothing does.
	Carry(from, to flows.State, at time.Time) (left, joined flows.State, ok bool)
}

// Desk decides what operators' messages do.
type Desk interface {
	Handle(ctx context.Context, ev bot.Event) (ledger.Batch, error)
	// Late decides an event whose batch could not be committed because the letter it wanted back is on its way.
	Late(ctx context.Context, ev bot.Event) (ledger.Batch, error)
	// Private reports whether what comes from a person's own chat is an officer's, for the desk.
	Private(ctx context.Context, ev bot.Event) (bool, error)
}

// Options builds an Engine.
type Options struct {
	Sessions Sessions
	Cases    Cases
	Machine  Machine
	// Desk is asked of what comes from a person's own chat, too; nil: there are no officers.
	Desk   Desk
	Office func() *casework.Office
	// DeskAt is the operators' group, zero while there is none. DeskMoved says that it has a new address.
	DeskAt    func() bot.Address
	DeskMoved func(ctx context.Context, to bot.Address) error
	// Admin reports whether a person runs the operators' group (desk.Desk.Admin); nil: nobody does.
	Admin func(ctx context.Context, group bot.Address, person string) (bool, error)
	// Here reports whether a person is in the operators' group now (desk.Desk.Here); nil: who was not seen to leave is in it.
	Here func(ctx context.Context, group bot.Address, person string) (bool, error)
	// Phone tells the number that the network of a chat knows of the person in it, "" for none; nil: no network tells. It is
	// put on record for a danger alone; else it only finds what an officer took for that number.
	Phone func(ctx context.Context, chat bot.Address) (string, error)
	// Numbered tells the chats in which the owner of a number, as people dial it, wrote lately, on whatever network; nil: none are known.
	Numbered func(ctx context.Context, number string) ([]bot.Address, error)
	// TieCode draws a code by which chats are tied, which nobody can guess. Serves reports whether anything is sent over a network; nil: over
	// all.
	TieCode func() string
	Serves  func(bot.Network) bool
	// Gap is the time that the last restore of the database lost, zero for none.
	Gap report.Gap
	// Adviser is asked for second opinions within the turn; nil: nobody is.
	Adviser Adviser
	// Unwell reports whether an error says that a store is ill, and nothing of what was to be kept in it; nil: it is never known.
	Unwell func(error) bool
	// Looker tells what the pictures of a draft look like; nil: only the words are compared with other reports.
	Looker Looker
	// Words are the spellings of everyday words, for comparing with other reports; nil: words are taken as they are written.
	Words *words.Lexicon
	// Pressed stops a press's spinning button; it must not block.
	Pressed func(ev bot.Event)
	Now     func() time.Time
	Log     *slog.Logger
	// Begun knows what was begun and never ended; nil: an event that the program dies of is handled again for ever.
	Begun Begun
	// Since is the time from which on all that was handled is known. What is older and comes now is set aside: it may have been handled
	// before. nil: all that was handled ever is known.
	Since func() time.Time
	// Turned is told how long each event took and how it ended: "ok", "again", "stumbled".
	Turned func(result string, took time.Duration)
	// Trod is told the steps of the conversation that a turn took, on a network, when it is over; it must not block. nil: nobody counts.
	Trod func(on bot.Network, steps []ledger.Step)
	// Step is called before each step that a crash could fall between; tests make the program die there.
	Step func(name string) error
}

// Engine handles events. It may be used at once for different chats, and by several instances.
type Engine struct {
	Options
	seed   maphash.Seed
	places [1024]place
	served served
	deadly deadly
	known  known

	conducts conducts
	// advising holds one sign for each opinion that is being asked for.
	advising chan struct{}
	// looking holds one sign for each chat whose pictures are being looked at.
	looking chan struct{}
}

// place is where the events of some chats are handled, one at a time.
type place struct {
	sync.Mutex
	// waits are the chats that wait for a second opinion: the place is free for others meanwhile, and what else comes for
	// such a chat waits until the channel is closed.
	waits map[string]chan struct{}
}

// enter takes the place for a chat.
func (p *place) enter(chat string) {
	p.Lock()
	for {
		over, busy := p.waits[chat]
		if !busy {
			return
		}
		p.Unlock()
		<-over
		p.Lock()
	}
}

// aside leaves the place to other chats while something is waited for.
func (p *place) aside(chat string, wait func()) {
	over := make(chan struct{})
	if p.waits == nil {
		p.waits = map[string]chan struct{}{}
	}
	p.waits[chat] = over
	p.Unlock()
	defer func() {
		p.Lock()
		delete(p.waits, chat)
		close(over)
	}()
	wait()
}

// New makes an Engine.
func New(o Options) *Engine {
	if o.Step == nil {
		o.Step = func(string) error { return nil }
	}
	if o.Turned == nil {
		o.Turned = func(string, time.Duration) {}
	}
	if o.Pressed == nil {
		o.Pressed = func(bot.Event) {}
	}
	return &Engine{Options: o, seed: maphash.MakeSeed(), served: served{offices: o.Cases.Offices, now: o.Now},
		conducts: conducts{reader: o.Cases.Conducts, now: o.Now},
		advising: make(chan struct{}, adviceMost), looking: make(chan struct{}, looksAtOnce)}
}

// Handle is the bot.Handler of every channel.
func (e *Engine) Handle(ctx context.Context, ev bot.Event) (err error) {
	began := e.Now()
	result := "ok"
	defer func() {
		if r := recover(); r != nil {
			result = "stumbled"
			err = e.stumble(ctx, ev, fmt.Sprintf("%T in the %s", r, roomOf(ev, e.DeskAt())))
		}
		if err != nil {
			result = "again"
			e.Log.Warn("event comes again", "event", string(ev.ID), "error", err)
		}
		e.Turned(result, e.Now().Sub(began))
	}()
	b, deadly := e.beginning(ctx, ev)
	if deadly {
		result = "stumbled"
		return e.setAside(ctx, ev, "the program died of it")
	}
	defer b.over(ctx)
	if e.Since != nil && !ev.At.IsZero() && ev.At.Before(e.Since()) {
		result = "stumbled"
		return e.setAside(ctx, ev, tooOld)
	}
	for range hops {
		err = e.handle(ctx, ev, b)
		away, moved := errors.AsType[*elsewhere](err)
		if !moved {
			break
		}
		ev.Chat = away.to
	}
	if errors.Is(err, ledger.ErrOwner) { // that it is tried again changes nothing
		result = "stumbled"
		return e.stumble(ctx, ev, "a report without one owner")
	}
	return err
}

func (e *Engine) handle(ctx context.Context, ev bot.Event, b *beginning) error {
	at := e.placeOf(ev.Chat)
	at.enter(ev.Chat.ID)
	defer at.Unlock()
	ctx = b.begin(ctx)
	defer b.leave()
	if e.isDesk(ev.Chat) {
		return e.desk(ctx, ev)
	}
	if e.Desk != nil {
		if officers, err := e.Desk.Private(ctx, ev); err != nil {
			return err
		} else if officers {
			return e.desk(ctx, ev)
		}
	}
	if ev.Group {
		return e.group(ctx, ev)
	}
	switch b := ev.Body.(type) {
	case bot.Left, bot.Joined, bot.Member, bot.Woken:
		return nil // what cannot be delivered is found when it is sent
	case bot.Moved:
		return e.moved(ctx, ev, b.To)
	}
	if err := e.claim(ctx, ev); err != nil {
		return err
	}
	return e.turn(ctx, handling{chat: ev.Chat, from: ev.From, cause: string(ev.ID), at: ev.At, event: &ev}, flows.Said{Event: ev})
}

// Wake brings a conversation back to the machine because a timer's time has come. The timer is over when Wake succeeds, not
// when its batch is committed: who dies before the conversation is saved finds it again.
func (e *Engine) Wake(ctx context.Context, t ledger.Timer) error {
	chat, ok := t.Subject.Chat()
	if !ok {
		return fmt.Errorf("wake a conversation: a timer of kind %q has no chat", t.Kind)
	}
	now := e.Now()
	return e.back(ctx, handling{chat: chat, cause: t.Cause(), at: now}, flows.Idle{Draft: t.Rev, At: now, Chat: chat})
}

// Hear brings the words of a voice note back to the machine; "" says that there are none. A voice note is heard once,
// ever: whoever calls again must have the same words.
func (e *Engine) Hear(ctx context.Context, v ledger.Transcribe, words string) error {
	now := e.Now()
	cause := fmt.Sprintf("heard:%s:%s:%s", v.Chat, v.Draft, v.Media.ID)
	return e.back(ctx, handling{chat: v.Chat, cause: cause, at: now},
		flows.Heard{Draft: v.Draft, Media: v.Media.ID, Words: words, At: now, Chat: v.Chat})
}

// Unkept tells a conversation that a report it remembers is not in the database any more, or, where the code is "", that what was said last
// may not be: once for each.
func (e *Engine) Unkept(ctx context.Context, chat bot.Address, code report.Code, event string) error {
	now := e.Now()
	return e.back(ctx, handling{chat: chat, cause: "unkept:" + string(code) + ":" + event, at: now}, flows.Unkept{Code: code, At: now, Chat: chat})
}

// back takes a turn that no event of the network brought about.
func (e *Engine) back(ctx context.Context, t handling, in flows.Input) (err error) {
	defer func() {
		if r := recover(); r != nil {
			e.Log.Error("a turn without an event stumbled", "input", fmt.Sprintf("%T", in), "why", fmt.Sprintf("%T", r), "at", where())
			err = e.Cases.Stumbles.Stumble(ctx, t.cause, fmt.Sprintf("%T by %T", r, in), nil)
		}
	}()
	for range hops {
		err = e.backOnce(ctx, t, in)
		away, moved := errors.AsType[*elsewhere](err)
		if !moved {
			return err
		}
		t.chat, in = away.to, toward(in, away.to)
	}
	return err
}

func (e *Engine) backOnce(ctx context.Context, t handling, in flows.Input) error {
	at := e.placeOf(t.chat)
	at.enter(t.chat.ID)
	defer at.Unlock()
	return e.turn(ctx, t, in)
}

// placeOf is the place where one chat's events are handled in this process.
func (e *Engine) placeOf(chat bot.Address) *place {
	return &e.places[maphash.String(e.seed, chat.ID)%uint64(len(e.places))]
}

func (e *Engine) isDesk(chat bot.Address) bool {
	desk := e.DeskAt()
	return !desk.Zero() && chat.Chat() == desk.Chat()
}

func roomOf(ev bot.Event, desk bot.Address) string {
	if ev.Chat.Chat() == desk.Chat() {
		return "desk"
	}
	return "conversation"
}

// desk handles an event of the operators' group.
func (e *Engine) desk(ctx context.Context, ev bot.Event) error {
	if m, ok := ev.Body.(bot.Moved); ok {
		return e.DeskMoved(ctx, m.To)
	}
	decide := e.Desk.Handle
	err := ledger.Settle(ctx, stepping{e}, func(was error) (ledger.Batch, error) {
		if errors.Is(was, ledger.ErrSent) {
			decide = e.Desk.Late
		}
		return decide(ctx, ev)
	})
	if err != nil {
		return fmt.Errorf("in the desk: %w", err)
	}
	e.served.forget()
	e.conducts.forget()
	return nil
}

// group answers in a group that is not the desk only to a command, with what is needed to make it one.
func (e *Engine) group(ctx context.Context, ev bot.Event) error {
	name, _, ok := bot.Command(bot.Words(ev.Body))
	if !ok || (name != "start" && name != "id") {
		return nil
	}
	err := e.Cases.Store.Commit(ctx, ledger.Batch{Cause: string(ev.ID), At: e.Now(), Letters: []ledger.Letter{{
		Key: string(ev.ID) + "/r0", To: ev.Chat, Purpose: ledger.Reply,
		Message: bot.Message{Text: e.voiceFor(ctx, ev).NoDeskHere(ev.Chat.ID)},
	}}})
	if errors.Is(err, ledger.ErrDone) {
		return nil
	}
	return err
}
