package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// subject is the report that a command is about, with its story and who gave the command.
type subject struct {
	report report.Report
	facts  []report.Fact
	by     report.Actor
}

// posts are the messages that show what was said of a report whose matter is about to be put right, or to be made two of: it, or a part of
// it, may turn out to be one to hide. So they are of one for which a draft lies ready, which may be over now.
func (h *handling) posts(a report.Action, on subject) ([]ledger.Post, error) {
	switch a.(type) {
	case report.Categorise, report.Split:
	default:
		if on.report.Disposed == nil || on.report.Disposed.Waits() {
			return nil, nil
		}
	}
	posts, err := h.Reader.Shown(h.ctx, on.report.ID)
	if err != nil {
		return nil, fmt.Errorf("read what the desk shows: %w", err)
	}
	return posts, nil
}

// covers are what a report was split off from, where it turns out to be a matter to hide: its words stand there as well.
func (h *handling) covers(a report.Action, on subject) (out []casework.Kin, err error) {
	to, recategorises := a.(report.Categorise)
	if !recategorises || on.report.PartOf == nil || !h.office.Profile.Sensitive(to.Category) {
		return nil, nil
	}
	all, err := h.kin(on.report)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		facts, err := h.Reader.Facts(h.ctx, r.ID)
		if err != nil {
			return nil, fmt.Errorf("read the facts of what was split: %w", err)
		}
		posts, err := h.Reader.Shown(h.ctx, r.ID)
		if err != nil {
			return nil, fmt.Errorf("read what the desk shows of what was split: %w", err)
		}
		out = append(out, casework.Kin{Report: r, Facts: facts, Posts: posts})
	}
	return out, nil
}

// act turns a command into an action, asks for what is missing, and does it.
func (h *handling) act(v row, c Command, on subject) error {
	a, asked, err := h.action(v, c, on)
	if err != nil || asked {
		return err
	}
	// Only what moves a report asks who is served, and only about the office it names.
	var servedErr error
	served := func(agency string) bool {
		ok, err := h.Reader.Served(h.ctx, agency)
		if err != nil {
			servedErr = err // of several, none that went well hides one that did not
		}
		return ok
	}
	var leftErr error
	left := func(person string) (gone bool) {
		gone, leftErr = h.gone(person, on.report)
		return gone
	}
	var conduct ledger.Conduct
	if _, against := a.(report.Restrain); against {
		if conduct, err = h.Reader.Conduct(h.ctx, on.report.Reporter); err != nil {
			return fmt.Errorf("read what holds against the reporter: %w", err)
		}
	}
	used, err := h.used(a, c, on)
	if err != nil {
		return err
	}
	posts, err := h.posts(a, on)
	if err != nil {
		return err
	}
	kin, err := h.covers(a, on)
	if err != nil {
		return err
	}
	after, b, err := h.office.Act(on.report, on.by, a, casework.Occasion{
		Cause: string(h.ev.ID), At: h.ev.At, Facts: on.facts, Served: served, Left: left, Album: c.Album, Late: h.late, Conduct: conduct, Used: used, Number: h.number(a, on), Posts: posts, Kin: kin,
	})
	if servedErr != nil {
		return fmt.Errorf("ask who is served: %w", servedErr)
	}
	if err := cmp.Or(leftErr, err); err != nil {
		return err
	}
	if stale(c, on.report) {
		return h.anew(v, c, on)
	}
	h.batch.Add(b)
	h.identified(a, on)
	h.usedInAlbum(c, on, used, append(slices.Clip(on.facts), factsOf(b, on.report.ID)...))
	h.did(v, c, on.report, after)
	h.asksEnd(a, c, after)
	h.acted = &subject{report: after, facts: append(slices.Clip(on.facts), factsOf(b, on.report.ID)...), by: on.by}
	return nil
}

// factsOf are the facts of a report in a batch.
func factsOf(b ledger.Batch, id report.ID) (out []report.Fact) {
	for _, c := range b.Changes {
		if c, ok := c.(ledger.Changed); ok && c.Report.ID == id {
			out = append(out, c.Facts...)
		}
	}
	return out
}

// did tells the officer what was done, where the card and the undo button do not.
func (h *handling) did(v row, c Command, was, after report.Report) {
	done := ""
	if v.done != nil {
		done = v.done(h.office, was, after)
	}
	if done != "" && c.media() && v.takes&(takesPhotos|takesFiles) == 0 {
		done += " Foto atau berkasnya tidak ikut: kirim lagi dengan membalas kartunya."
	}
	switch {
	case done == "":
	case h.press && !v.written:
		h.notice = done
	default:
		h.notice = "Sudah; lihat di bawah."
		fold := ""
		if c.Album != "" { // one answer for all photos of an album
			fold = "done:" + c.Album
		}
		h.letter(ledger.Letter{Report: was.ID, Fold: fold, Message: bot.Message{Text: done}})
	}
}

// action is what the command asks for. asked says that something is missing and a letter asks for it.
func (h *handling) action(v row, c Command, on subject) (a report.Action, asked bool, err error) {
	if c.Held && already(on.facts, c) {
		return nil, false, h.no(casework.Choice, "Itu sudah dicatat atau dikirim.")
	}
	a, asked, err = v.act(h, c, on)
	if err != nil || asked || v.takes == 0 || v.menu != nil || v.alone {
		return a, asked, err
	}
	if v.takes&takesPhotos == 0 && c.media() {
		return nil, false, h.no(casework.Choice, mediaText)
	}
	if c.Bare {
		intent := string(v.name)
		if words := reasonIn(c.Arg); v.name == Resolve && words != "" {
			intent += ":" + reasonLead + words
		}
		return nil, true, h.prompt(v, intent, on, a)
	}
	return a, false, nil
}

// already reports whether the held words were answered or noted before, and stand: a second press must not say them twice.
func already(facts []report.Fact, c Command) bool {
	what := report.WasAnswered
	switch c.Verb {
	case Note:
		what = report.WasNoted
	case Resolve:
		what = report.WasResolved
	case Ask:
		what = report.WasAsked
	case Counsel:
		what = report.WasCounselled
	}
	gone := withdrawn(facts)
	return slices.ContainsFunc(facts, func(f report.Fact) bool {
		return f.Seq > c.Since && f.What == what && f.Words == c.Words && sameMedia(f, c) && !gone[f.Seq]
	})
}

// prompt asks for words or a photo by a message whose reply means the verb, if the person may do it at all.
func (h *handling) prompt(v row, intent string, on subject, a report.Action) error {
	if err := h.office.Permit(on.report, on.by, a); err != nil {
		return err
	}
	var menu *bot.Menu
	if v.name == Reply {
		m := replyMenu(on.report.Code)
		menu = &m
	}
	h.ask(on.report, intent, fmt.Sprintf("%s: balas pesan ini dengan %s.", on.report.Code, v.asks(h, on)), menu)
	h.notice = "Balas pesan bot di bawah ini."
	return nil
}

// ask writes a question whose reply means the intent.
func (h *handling) ask(r report.Report, intent, text string, menu *bot.Menu) {
	h.asking = true
	if menu != nil {
		intent += intentMark + casework.Mark(r)
	}
	h.letter(ledger.Letter{Report: r.ID, Intent: intent, Message: bot.Message{Text: text, Menu: marked(menu, r)}})
}

// say answers a person: in the chat, or for a press in the press's own short notice.
func (h *handling) say(text string) {
	if h.press {
		h.notice = text
		return
	}
	h.letter(ledger.Letter{Message: bot.Message{Text: text}})
}

// list answers with a list that shows something of reports. It is taken off when one of them becomes confidential, also out of a chat of
// one's own: who asked may have no right to read it then.
func (h *handling) list(text string, of []report.Report) {
	if h.press {
		h.notice = text
		return
	}
	h.letter(ledger.Letter{Mentions: h.mentions(of), Message: bot.Message{Text: text}})
}

// mentions are those of some reports of which a list shows something that is not for everybody once they are confidential.
func (h *handling) mentions(of []report.Report) (ids []report.ID) {
	for _, r := range of {
		if !h.office.Secret(r) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func (h *handling) letter(l ledger.Letter) {
	l.Key = fmt.Sprintf("%s/d%d", h.ev.ID, h.said)
	h.said++
	l.To, l.Purpose = h.ev.Chat, ledger.ToDesk
	if !h.ev.Ref.Zero() {
		l.Message.ReplyTo = &h.ev.Ref
	} else if p, ok := h.ev.Body.(bot.Pick); ok && !p.Message.Zero() {
		l.Message.ReplyTo = &p.Message
	}
	h.batch.Letters = append(h.batch.Letters, l)
}

// quotes names the letter that was written last as one that shows what a citizen said: it goes where that goes (ledger.Shown), out of a chat
// of one's own only for leaders, who may not open what is confidential, and for copies of cards, which name who may be hidden later. what is "quote", or "copy" for a card,
// numbered for one event writes several, or a draft.
func (h *handling) quotes(what string) {
	l := &h.batch.Letters[len(h.batch.Letters)-1]
	copied := what == "copy"
	if what == "quote" || copied {
		what += strconv.Itoa(h.said)
	}
	l.Key = fmt.Sprintf("%s/%s", h.ev.ID, what)
	if h.alone() && !copied && h.by.Role != report.Leader {
		l.Key += "/alone"
	}
}

// refused tells why not. Photos of one album are refused with one answer, not one each.
func (h *handling) refused(no *casework.Refusal, c Command) {
	h.batch = ledger.Batch{Cause: h.batch.Cause, At: h.batch.At}
	h.said, h.notice = 0, ""
	h.say(no.Words)
	if len(h.batch.Letters) != 1 {
		return
	}
	l := &h.batch.Letters[0]
	if c.Album != "" {
		l.Fold = "refused:" + c.Album
	}
	switch no.Why {
	case casework.Evidence, casework.Empty, casework.TooLong, casework.TooMany:
		// Who answers the refusal with what was missing means the same again.
		l.Report, l.Intent = h.on.ID, string(c.Verb)
		if h.verbs.row(c.Verb).keeps(h.office.Profile, h.on, c.Arg) {
			l.Intent += ":" + c.Arg
		}
		if words := cmp.Or(reasonIn(c.Arg), c.Words); c.Verb == Resolve && no.Why == casework.Evidence && words != "" { // the photo that was missing brings them along
			l.Intent += ":" + reasonLead + words
		}
	}
}

// pressWords is how long a press's notice may be (Telegram: 200).
const pressWords = 190

// pressing reports whether the event is a press that waits for a notice.
func (h *handling) pressing() bool {
	p, chosen := h.ev.Body.(bot.Pick)
	return chosen && !p.Quiet
}

// answerPress stops the button that the press keeps spinning, always.
func (h *handling) answerPress() {
	if !h.press {
		return
	}
	h.batch.Letters = append(h.batch.Letters, ledger.Letter{
		Key: string(h.ev.ID) + "/press", To: h.ev.Chat, Purpose: ledger.ToPress, Press: h.ev.ID,
		Message: bot.Message{Text: say.Clip(h.notice, pressWords)},
	})
}
