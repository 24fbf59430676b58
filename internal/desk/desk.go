package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Reader is what the desk reads, and where it has the number from for a report that it makes of a talk.
type Reader interface {
	ledger.Reader
	ledger.Numbers
	Lists
	ledger.PostReader
	ledger.LaporReader
}

// Lists is what the desk finds and reads out.
type Lists interface {
	ledger.SearchReader
	ledger.RollReader
	ledger.SpanReader
}

// Desk answers the operators' group. It reads and decides; the batches it gives are committed by the caller. It may be
// used at once from several goroutines.
type Desk struct {
	// Office decides; it is asked anew each time, for the desk may move.
	Office func() *casework.Office
	Reader Reader
	// Ours finds, as Reader.ByRef does, a message that the network says is the bot's own: it waits a moment for one whose sending is
	// not written down yet. nil: nothing is waited for.
	Ours func(ctx context.Context, ref bot.MessageRef) (report.Report, string, error)
	// Admin reports whether a person runs the group: such people are coordinators. nil: nobody is one by that.
	Admin func(ctx context.Context, group bot.Address, person string) (bool, error)
	// Here reports whether a person is in the group now, in a chat of the own as well; an error says that it is not known. nil: who was not
	// seen to leave is in it.
	Here func(ctx context.Context, group bot.Address, person string) (bool, error)
	// Anew has it asked anew how a person stands in the group, for what is remembered of it may be over: sure, also where the network cannot say
	// just now. nil: nothing is remembered.
	Anew func(group bot.Address, person string, sure bool)
	// Gap is the time that the last restore of the database lost, zero for none.
	Gap report.Gap
	// Pleas finds who asked to be erased; nil: nobody can.
	Pleas Pleas
	// Links are the addresses at which people find the channel ("https://wa.me/62811…"); nil: none is known.
	Links func() []string
	// Talking reports whether the talk of a chat as a citizen waits for an answer; nil: none does.
	Talking func(ctx context.Context, chat bot.Address) (bool, error)
	// Phone tells the number that the network of a chat knows of the person in it, "" for none; nil: no network tells.
	Phone func(ctx context.Context, chat bot.Address) (string, error)
	// Looks tells what pictures look like that were sent to a chat just now, each under its name, as far as that can be told soon; nil:
	// nobody knows.
	Looks func(ctx context.Context, chat bot.Address, photos []bot.MediaRef) map[bot.MediaRef]string
	// Answers reads what is typed in place of a button.
	Answers *answer.Lexicon
	// Hears reads what a citizen wrote, to guess what a part of it is about; nil: nothing is guessed.
	Hears understand.Reader
	// Bills tells what networks have delivered and bill, of the days from one until before another; nil: none bills anything.
	Bills func(ctx context.Context, from, to time.Time) ([]ledger.Bill, error)
	// Titles remembers for a moment who gets dispositions; nil: that is asked each time.
	Titles *Titles

	verbs table // nil: the product's
	// watch is told what became of what somebody wanted: "done", "asked", or why it was refused; nil: nobody watches.
	watch func(v Verb, became string)
}

func (d *Desk) table() table {
	if d.verbs != nil {
		return d.verbs
	}
	return verbs
}

// Handle decides what an event of the desk brings about. The batch's Cause is the event's id; a batch without anything
// else says that the event asks for nothing. When Commit fails with ErrStale, Handle again; when it fails with ErrSent,
// call Late. The error is a failure to read, never a person's mistake.
func (d *Desk) Handle(ctx context.Context, ev bot.Event) (ledger.Batch, error) {
	d.Titles.forget()
	return d.decide(ctx, ev, false)
}

// Late is Handle for an event whose batch failed with ErrSent: the letter it wanted back is on its way.
func (d *Desk) Late(ctx context.Context, ev bot.Event) (ledger.Batch, error) {
	return d.decide(ctx, ev, true)
}

func (d *Desk) decide(ctx context.Context, ev bot.Event, late bool) (ledger.Batch, error) {
	h := &handling{Desk: d, ctx: ctx, ev: ev, office: d.Office(), verbs: d.table(), late: late,
		batch: ledger.Batch{Cause: string(ev.ID), At: ev.At}}
	if err := h.target(); err != nil {
		return ledger.Batch{}, err
	}
	switch m := ev.Body.(type) {
	case bot.Member:
		err := h.membership(m)
		return h.batch, err
	case bot.Left:
		err := h.shutOut()
		return h.batch, err
	case bot.Joined:
		if h.elsewhere() {
			_, err := h.meets()
			return h.batch, err
		}
	}
	for _, first := range []func() (bool, error){h.departed, h.calls, h.meets, h.unquoted, h.answersLeader} {
		switch done, err := first(); {
		case err != nil:
			return ledger.Batch{}, err
		case done:
			h.apart()
			return h.batch, nil
		}
	}
	cmd, err := h.replies().parse(ev)
	if err != nil {
		return ledger.Batch{}, err
	}
	h.press = h.pressing()
	if done, led := h.instructs(cmd); !done && led == nil {
		err = h.run(cmd)
	} else {
		err = led
	}
	became := "done"
	if h.asking {
		became = "asked"
	}
	if no, ok := casework.AsRefusal(err); ok {
		h.refused(no, cmd)
		became, err = string(no.Why), nil
	}
	if d.watch != nil {
		d.watch(cmd.Verb, became)
	}
	if err != nil {
		return ledger.Batch{}, fmt.Errorf("desk: %s: %w", cmd.Verb, err)
	}
	h.answerPress()
	h.apart()
	return h.batch, nil
}

// handling is one event on its way through the desk.
type handling struct {
	*Desk
	ctx    context.Context
	ev     bot.Event
	office *casework.Office
	verbs  table
	late   bool
	press  bool // a button waits for a notice
	unseen bool // the sender acts in the own chat, and whether he or she is still in the group is not known
	to     Target
	on     report.Report // what the command is about, once known, and by whom
	by     report.Actor
	batch  ledger.Batch
	notice string // what the press is answered with
	asking bool   // something is missing, and a letter asks for it
	said   int
	// acted is the report as the event left it, with its story, where it did something to one.
	acted *subject
}

// target finds what the event replies to, or what the first photo of its album replied to.
func (h *handling) target() error {
	ref := h.ev.ReplyTo
	if p, pressed := h.ev.Body.(bot.Pick); pressed {
		switch kind, _, _ := strings.Cut(p.Menu, "."); kind {
		case unsureKind, dismissKind, splitKind, casework.SheetMenuKind, disposeKind, forwardKind, rejectKind, exposeKind:
			ref = &p.Message // its letter holds the words, the people, the parts, or the photo
		}
	}
	if ref == nil {
		return h.albumTarget()
	}
	find := h.Reader.ByRef
	if h.ev.ToBot && h.Ours != nil {
		find = h.Ours
	}
	r, intent, err := find(h.ctx, *ref)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return nil
	case err != nil:
		return fmt.Errorf("desk: find the card: %w", err)
	}
	intent, mark, _ := strings.Cut(strings.TrimPrefix(intent, aloneIntent), intentMark)
	h.to = Target{Known: true, Report: r, Intent: intent, Mark: mark}
	return nil
}

func (h *handling) albumTarget() error {
	album := albumOf(h.ev.Body)
	if album == "" {
		return nil
	}
	r, err := h.Reader.ByAlbum(h.ctx, h.person(), album)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return nil
	case err != nil:
		return fmt.Errorf("desk: find the album: %w", err)
	}
	h.to = Target{Known: true, Report: r, Intent: string(Reply)}
	return nil
}

func albumOf(b bot.Body) string {
	switch b := b.(type) {
	case bot.Photo:
		return b.Album
	case bot.Document:
		return b.Album
	}
	return ""
}

func (h *handling) run(c Command) error {
	switch c.Verb {
	case Silent:
		return nil
	case WantsIn:
		return h.howToJoin(c.Words)
	case Unknown:
		return h.unknown(c)
	case Stale:
		h.say(staleText)
	case Old:
		return h.renumber()
	case Odd:
		h.say(oddText)
	case Edited:
		h.say(editedText)
	case Unsure, Relayed:
		return h.unsure(c)
	case Dropped:
		h.dropped()
	case Lost, NoCard, Loose:
		return h.astray(c)
	case Several:
		return h.several(c)
	case BadCode:
		return h.badCode(c)
	default:
		v := h.verbs.row(c.Verb)
		switch {
		case v.needsReport():
			return h.allOf(v, c)
		case v.do != nil:
			by, err := h.entitled(v, report.Report{})
			if _, stranger := casework.AsRefusal(err); stranger && c.Passing {
				return nil
			}
			if err != nil {
				return err
			}
			return v.do(h, c, by)
		}
		return fmt.Errorf("unknown verb %q", c.Verb)
	}
	return nil
}

// about does what concerns one report.
func (h *handling) about(v row, c Command) error {
	r, err := h.report(c)
	if err != nil {
		return err
	}
	h.on, v = r, h.counsels(v, r)
	if v.guarded {
		h.askAnew(true)
	}
	by, err := h.entitled(v, r)
	if err != nil {
		return err
	}
	h.by = by
	if v.guarded {
		if err := h.seen(); err != nil {
			return err
		}
	}
	if v.look != nil {
		return v.look(h, r, by)
	}
	facts, err := h.Reader.Facts(h.ctx, r.ID)
	if err != nil {
		return fmt.Errorf("read the facts: %w", err)
	}
	on := subject{report: r, facts: facts, by: by}
	if h.afterEnd(c, on) {
		return nil
	}
	return h.act(v, c, on)
}

// entitled is the sender as somebody who may ask for a verb.
func (h *handling) entitled(v row, r report.Report) (report.Actor, error) {
	switch v.may {
	case anybody:
		return report.Actor{}, nil
	case members:
		return h.member()
	case officers:
		return h.actor(r)
	case coordinators: // of every office, so that who runs the group is one for the reports of his or her own office as well
		by, err := h.actor(report.Report{})
		if err == nil && by.Role != report.Coordinator {
			return by, h.no(casework.NoRight, headOnlyText, v.deed)
		}
		return by, err
	default:
		return report.Actor{}, fmt.Errorf("unknown role %d", v.may)
	}
}

func (h *handling) report(c Command) (report.Report, error) {
	if c.Code == "" {
		if h.to.Report.ID != 0 {
			return h.to.Report, nil
		}
		return report.Report{}, h.no(casework.Choice, noReportText, c.Verb, h.office.Profile.Prefix)
	}
	r, err := h.Reader.ByCode(h.ctx, c.Code)
	if errors.Is(err, ledger.ErrUnknown) {
		if p := h.office.Profile; h.Gap.May(p.Prefix, c.Code) {
			return r, h.no(casework.Choice, goneText, c.Code, clock(h.Gap.Until, p), clock(h.Gap.From, p), clock(h.Gap.Until, p))
		}
		return r, h.noSuch(c.Code)
	}
	if err != nil {
		return r, fmt.Errorf("find the report: %w", err)
	}
	return r, nil
}

// noSuch refuses a number that nobody has here.
func (h *handling) noSuch(code report.Code) error {
	if prefix := h.office.Profile.Prefix; !strings.HasPrefix(string(code), prefix+"-") {
		return h.no(casework.Choice, "Nomor %s bukan laporan di sini; nomor di sini diawali %s-. Laporan kota lain dicatat di kotanya.", code, prefix)
	}
	return h.no(casework.Choice, noCodeText, code)
}

func (h *handling) no(why casework.Why, format string, args ...any) error {
	return &casework.Refusal{Why: why, Words: fmt.Sprintf(format, args...)}
}
