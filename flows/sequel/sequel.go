// Package sequel is the errand of going on with what is filed: what a citizen says without quoting anything belongs to what is open.
// It asks for the person's reports, lets meant.Mind decide which one is meant and what the words do to it, and always says which
// report it took, with one tap to say otherwise. It is pure.
package sequel

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
	"rabeg/internal/understand/inquiry"
)

// Name is the flow's name in State.Ask.
const Name = "sequel"

// The questions of this flow, and what it waits for (State.Wait).
const (
	askWhich  = "which"  // which report is meant, or a new one
	askBack   = "back"   // is it really taken back?
	askShown  = "shown"  // is it really to be shown?
	askWhere  = "where"  // which place is the right one?
	askFresh  = "fresh"  // is it a new one, then?
	askClosed = "closed" // shall it be closed, since it is fixed?
	askCover  = "cover"  // shall all be confidential, for a name in it?

	awaitMine       = "mine"   // the own reports
	awaitStory      = "story"  // the one that is asked after
	awaitPress      = "press"  // the one that was taken back
	awaitChosen     = "chosen" // the one that was chosen of several
	awaitBeside     = "beside" // the own reports, while one is in the making
	awaitEdited     = "edited" // the one that got a message which was edited
	awaitOther      = "other"  // the own reports, one of which was not meant
	awaitGiven      = "given"  // whether an answer or more words were added
	awaitHidden     = "hidden" // what became of each wish
	awaitShown      = "shown"
	awaitBack       = "back"
	awaitAgain      = "again"
	awaitMoved      = "moved"
	awaitUrged      = "urged"
	awaitUnsaid     = "unsaid"
	awaitBesideNews = "besidenews" // whether what was said beside a question reached the office
	awaitFair       = "dispute"
	awaitPlan       = "oppose"
	awaitClosed     = "closed" // what became of the closing
	awaitToldTo     = "toldto" // whether words reached the person they were meant for
)

// unanswered is after how long a message whose report was asked for in vain goes to the one that was talked of last.
const unanswered = 30 * time.Minute

// photoFor is for how long a photo that was announced is taken to be it.
const photoFor = 36 * time.Hour

// offered is how many reports are offered as choices.
const offered = 5

type flow struct {
	flows.Options
	mind  meant.Mind
	names *inquiry.Lexicon
}

// New makes the flow; it is a flows.Maker. It stands behind the following of reports, which takes verdicts and quotes.
func New(o flows.Options) flows.Flow {
	return &flow{Options: o, mind: meant.New(o.Profile, o.Reader, o.Finder, o.Answers), names: inquiry.New(o.Profile)}
}

var (
	_ flows.Asker    = (*flow)(nil)
	_ flows.Lasting  = (*flow)(nil)
	_ flows.Reserver = (*flow)(nil)
)

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Lasts implements flows.Lasting.
func (*flow) Lasts(menu string) bool {
	return strings.HasPrefix(menu, say.TakenMenuKind) || strings.HasPrefix(menu, say.RecallMenuKind) || strings.HasPrefix(menu, say.MeantMenuKind)
}

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.Said:
		return f.said(s, in)
	case flows.Found:
		return f.found(s, in)
	case flows.Acted:
		return f.acted(s, in)
	case flows.Called:
		return f.passedOn(s, in)
	case flows.Meanwhile:
		return f.meanwhile(s, in.Event)
	case flows.Replied:
		return f.replied(s, in)
	case flows.Beside:
		return f.beside(s, in)
	case flows.Idle:
		return f.idle(s, in)
	default:
		return s, nil
	}
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	n := Of(s)
	if s.Ask == nil || s.Ask.Flow != Name || len(n.Codes) == 0 && s.Ask.Kind != askFresh {
		return bot.Message{}, false
	}
	v := f.Voice(s)
	switch s.Ask.Kind {
	case askFresh:
		return bot.Message{Text: v.AskFresh(n.Said.Text), Menu: v.MenuOf(s.Ask.ID, "freshreport", "nothanks")}, true
	case askBack:
		return bot.Message{Text: v.AskWithdraw(n.Codes[0], n.label(0), n.Others), Menu: v.MenuOf(s.Ask.ID, n.orMeant("takeback", "keepit")...)}, true
	case askShown:
		return bot.Message{Text: v.AskReveal(n.Codes[0], n.label(0), n.Who == string(report.Confidential)), Menu: v.MenuOf(s.Ask.ID, n.orMeant("showagain", "stayhidden")...)}, true
	case askClosed:
		return bot.Message{Text: v.AskClose(n.Codes[0]), Menu: v.MenuOf(s.Ask.ID, say.CloseIt, say.KeepOpen)}, true
	case askCover:
		return f.coverQuestion(s, n), true
	case askWhere:
		return bot.Message{Text: v.AskPlaceAnew(n.Codes[0], n.label(0)), Want: bot.WantLocation}, true
	}
	m := bot.Message{Text: v.WhichMeant(n.Said.Text, len(n.Codes) == 1), Menu: &bot.Menu{ID: s.Ask.ID, Columns: 1}}
	for i, c := range n.Codes {
		m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: choiceOf(c), Label: n.label(i), Also: string(c)})
	}
	if n.Fresh {
		m.Menu.Choices = append(m.Menu.Choices, v.Choice("freshreport"))
	}
	others := n.orMeant()
	if n.Act == meant.Withdraw {
		others = append([]string{"keepit"}, others...)
	}
	for _, id := range others {
		m.Menu.Choices = append(m.Menu.Choices, v.Choice(id))
	}
	return m, true
}

func choiceOf(c report.Code) string { return strings.ReplaceAll(string(c), " ", "") }

// tellsAgain reports whether a text says what was said before, or that and then more: where it is asked whether that is a new report, it
// is. A word or two may be an answer ("tidak").
func tellsAgain(before, now string) bool {
	const least = 3
	was, is := strings.Fields(bot.Fold(before)), strings.Fields(bot.Fold(now))
	return len(was) >= least && len(is) >= len(was) && slices.Equal(is[:len(was)], was)
}

// said takes a message that may be about a report: it is tried once a turn, and only where nothing is in the making.
func (f *flow) said(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	ev := in.Event
	if n := Of(s); s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askFresh && tellsAgain(n.Said.Text, bot.Words(ev.Body)) {
		s.Ask, s.Wait = nil, nil
		return f.begin(s.With(Name, &Notes{Tried: s.Turn}), flows.ParcelOf(ev))
	}
	if in.Choice != "" {
		return f.choose(s, in)
	}
	if pick, pressed := ev.Body.(bot.Pick); pressed {
		return f.pressed(s, pick)
	}
	n := Of(s)
	p := flows.ParcelOf(ev)
	if code := f.edited(s, ev, p); code != "" {
		n.Tried, p.Edited = s.Turn, true
		s.Await(Name, awaitEdited, &p).Anew = true
		return s.With(Name, &n), []flows.Effect{flows.Look{Code: code}}
	}
	if s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askWhere && (p.Pin != nil || p.Text != "") {
		return f.place(s, n, p, in)
	}
	if s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askClosed && f.closes(p.Text) {
		return f.close(s, n, say.CloseIt)
	}
	if s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askWhich && ev.ReplyTo == nil && !ev.Edited && !p.Empty() && !strings.HasPrefix(p.Text, "/") {
		return f.joined(s, n, p, in)
	}
	if n.waits() && !(s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askWhich) {
		return f.settle(s, n, in)
	}
	if !f.may(s, ev, p) {
		return s, nil
	}
	if f.Answers.Question(p.Text) == answer.AskedBot && f.Answers.Wonders(p.Text) == answer.NoFact && !f.mind.Hear(p.Text).Against(understand.AimInfo, understand.AimHuman) {
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).AnswerBot()}}}
	}
	n.Tried = s.Turn
	s.Await(Name, awaitMine, &p).Anew = true
	return s.With(Name, &n), []flows.Effect{flows.Look{}}
}

// found answers what the engine found.
func (f *flow) found(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	await, p := s.Awaited(Name)
	switch await {
	case awaitMine, awaitBeside:
		switch {
		case p == nil:
			return s, nil
		case await == awaitBeside:
			return f.besides(s, in, *p)
		}
		return f.decide(s, in, *p)
	case awaitStory:
		s.Wait = nil
		return f.news(s, in)
	case awaitPress:
		s.Wait = nil
		return f.again(s, in)
	case awaitOther:
		s.Wait = nil
		return f.other(s, in)
	case awaitEdited:
		if in.Full == nil || p == nil {
			return s, nil
		}
		return f.putRight(s, in.Full.Report, *p)
	case awaitChosen:
		s.Wait = nil
		if n := Of(s); in.Full != nil {
			return f.do(s, in.Full.Report, &n)
		}
		return s.With(Name, &Notes{}), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).NotFound(in.Asked)}}}
	}
	return s, nil
}

// decide lets the mind decide and does what it says. No effects mean that it is about no report.
func (f *flow) decide(s flows.State, in flows.Found, p flows.Parcel) (flows.State, []flows.Effect) {
	mine, words := in.Mine, p.Text
	if around, coded := report.AroundCode(f.Profile.Prefix, p.Text); coded { // "tolong laporan SRG-… dijadikan rahasia"
		code, _, _ := report.FindCode(f.Profile.Prefix, p.Text)
		mine, words = only(mine, code), around
		if len(mine) == 0 {
			return s, nil
		}
	}
	if r, numbered := ofReceipt(words, mine); numbered {
		mine = []report.Report{r}
	}
	if _, bare := say.Leaves(words); bare { // nothing is followed that it could end: it is asked whether the report is meant
		words = "tarik laporan"
	}
	words = f.beyondThanks(words)
	d := f.mind.Decide(meant.Said{Text: words, At: s.At, Media: len(p.Photos)+len(p.Files) > 0, Pin: p.Pin != nil}, mine)
	if f.InTalk(s) != nil && !commands(d.Act) {
		return s, nil // it is said to the person
	}
	if w, _ := f.WordOf(words); w != flows.NoWord && d.Act == meant.Nothing && f.mind.Hear(words).Thankful() {
		d = meant.Decision{Act: meant.Courtesy, Aim: understand.AimThanks, Why: "thanks that hold a word of the product"} // "terima kasih sudah dibantu"
	}
	if next, out, ok := f.fact(s, d, mine, words); ok {
		return next, out
	}
	if d.Act == meant.Nothing || d.Act == meant.Ask || d.Act == meant.Words || d.Act == meant.Hide && f.onlyAsks(words) {
		if next, out, ok := f.whoReads(s, mine, words); ok {
			return next, out
		}
	}
	if next, out, ok := f.promises(s, d, p, words, len(mine) > 0); ok {
		return next, out
	}
	if r, fixed := f.fixed(mine, words); fixed && d.Act == meant.Courtesy {
		d = meant.Decision{Act: meant.Words, Reports: []report.Report{r}, Why: "thanks that say that it is fixed"}
	}
	if next, out, ok := f.apart(s, d, p, in.Mine); ok {
		return next, out
	}
	if d = f.goesOnAnswering(s, d, in.Mine); d.Act == meant.Nothing || len(d.Reports) == 0 {
		return s, nil
	}
	promised := s.At.Sub(Of(s).Promised) <= photoFor
	if d.Act == meant.Words && p.MediaOnly() && !promised && f.Stands(s).Ended.Code != "" && s.At.Sub(f.Stands(s).Ended.At) <= flows.Late {
		return s, nil // the filing asks whether they belong to what was sent just now
	}
	n := &Notes{Act: d.Act, Who: d.Who, Place: d.Place, Said: p, Fresh: d.Fresh, Tried: s.Turn, NewsOf: Of(s).NewsOf, NewsAt: Of(s).NewsAt, Promised: f.promisedBeside(s, words)}
	if commands(d.Act) {
		n.Meant = f.meantFor(s, in.Mine)
	}
	if r, ok := d.One(); ok {
		return f.do(s, r, n)
	}
	if d.Act == meant.News && !d.Fresh { // of several: how all of them stand
		s.Wait, s.Ask = nil, nil
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).List(d.Reports)}}}
	}
	return f.which(s, n, d.Reports)
}

// do does to a report what was decided.
func (f *flow) do(s flows.State, r report.Report, n *Notes) (flows.State, []flows.Effect) {
	s.Ask = nil
	act := func(await string, a report.Action) (flows.State, []flows.Effect) {
		n.list(f.Voice(s), []report.Report{r})
		said := n.Said
		s.Await(Name, await, &said)
		return s.With(Name, n), []flows.Effect{flows.Act{Report: r.ID, Action: a}}
	}
	ask := func(kind string) (flows.State, []flows.Effect) {
		n.list(f.Voice(s), []report.Report{r})
		n.Report, n.Category = r.ID, r.Category
		s.Wait = nil
		s.Put(Name, kind).Light = kind != askWhere // what is said beside it is taken for what it is
		s = s.With(Name, n)
		q, _ := f.Question(s)
		return s, []flows.Effect{flows.Say{Message: q}}
	}
	switch n.Act {
	case meant.News:
		s.Await(Name, awaitStory, &n.Said)
		return s.With(Name, n), []flows.Effect{flows.Look{Code: r.Code}}
	case meant.Hide:
		if n.Who == meant.OfOther && r.Visibility != report.Confidential {
			return ask(askCover)
		}
		if n.Who == meant.OfOther {
			n.Who = string(report.Confidential)
		}
		return act(awaitHidden, report.Hide{Visibility: report.Visibility(n.Who), Words: n.Said.Text})
	case meant.Show:
		n.Who = string(r.Visibility)
		if r.Visibility == report.Normal {
			s.Wait = nil
			return f.orMeant(s, *n, f.Voice(s).NotHidden(r.Code))
		}
		return ask(askShown)
	case meant.Resume:
		return act(awaitAgain, report.Resume{})
	case meant.Withdraw:
		if !r.Status.Open() {
			s.Wait = nil
			return s.With(Name, &Notes{Tried: n.Tried}), []flows.Effect{flows.Say{Message: f.over(s, r), Report: r.ID}}
		}
		n.Others = r.People() - 1
		return ask(askBack)
	case meant.Move:
		if n.Place == "" && n.Said.Pin == nil {
			return ask(askWhere)
		}
		return act(awaitMoved, f.moved(n.Said, n.Place))
	case meant.Dispute:
		return act(awaitFair, report.Disagree{Words: n.Said.Text})
	case meant.Oppose:
		return act(awaitPlan, report.Oppose{Words: n.Said.Text})
	case meant.Answer, meant.Words:
		return act(awaitGiven, f.AddOf(n.Said))
	case meant.Nothing, meant.Person, meant.Danger, meant.Courtesy, meant.Ask, meant.Absent:
	}
	return s, nil
}

// over says that there is nothing to take back, and asks what there is to ask of what is over.
func (f *flow) over(s flows.State, r report.Report) bot.Message {
	v := f.Voice(s)
	m := bot.Message{Text: v.NothingToWithdraw(r)}
	if r.Status == report.Resolved {
		m.Text += "\n\n" + v.AskFixed()
		m.Menu = v.VerdictMenu(r.Code)
	}
	return m
}
