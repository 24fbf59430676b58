package sequel

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// urgeEvery is how often an office is reminded at its reporter's asking.
const urgeEvery = 24 * time.Hour

// soonAgain is for how long the same news is not told once more in full.
const soonAgain = 12 * time.Hour

// urges reports whether an office is reminded because its reporter asks: not of what came in just now, was answered a moment ago or
// waits for the reporter.
func urges(r report.Report, at time.Time) bool {
	return r.Status.Working() && r.Asked.IsZero() && at.Sub(r.Filed) >= urgeEvery && at.Sub(r.Urged) >= urgeEvery && at.Sub(r.Told) >= urgeEvery/2
}

// news tells how a report stands, with the clock, and reminds its office.
func (f *flow) news(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	v, n := f.Voice(s), Of(s)
	if in.Full == nil {
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: v.NotFound(in.Asked)}}}
	}
	r, urge := in.Full.Report, urges(in.Full.Report, s.At)
	text := v.News(r, in.Full.Facts, s.At, urge)
	if n.NewsOf == r.Code && s.At.Sub(n.NewsAt) < soonAgain && !newer(in.Full.Facts, n.NewsAt) && !urge && r.Status.Working() && r.Asked.IsZero() {
		text = v.NewsAgain(r, s.At)
	}
	more := f.passes(r, urge, n.Said)
	if more {
		text += "\n" + v.PassedBeside(r)
	}
	out := []flows.Effect{flows.Say{Message: bot.Message{Text: text}, Report: r.ID}}
	if more {
		s.Await(Name, awaitBesideNews, nil)
		out = append(out, flows.Act{Report: r.ID, Action: f.AddOf(n.Said)})
	}
	if urge {
		s.Await(Name, awaitUrged, nil)
		out = append(out, flows.Act{Report: r.ID, Action: report.Urge{Words: n.Said.Text}})
	}
	return s.With(Name, &Notes{Tried: n.Tried, Took: n.Took, Said: n.Said, NewsOf: r.Code, NewsAt: s.At}), out
}

// passes reports whether what is said beside a question about a report goes to its office: no reminder carries it, and it tells something.
func (f *flow) passes(r report.Report, urged bool, said flows.Parcel) bool {
	reads := r.Status.Open() || r.Status == report.Resolved || r.Status == report.Rejected || r.Status == report.Merged
	return !urged && reads && r.Asked.IsZero() && f.mind.SaysMore(said.Text, r)
}

// newer reports whether officers have done something since then.
func newer(facts []report.Fact, since time.Time) bool {
	return slices.ContainsFunc(facts, func(f report.Fact) bool {
		return f.By.Role != report.Citizen && f.By.Role != report.System && f.At.After(since)
	})
}

// acted tells what became of what was done.
func (f *flow) acted(s flows.State, in flows.Acted) (flows.State, []flows.Effect) {
	await, p := s.Awaited(Name)
	switch await {
	case awaitGiven, awaitHidden, awaitShown, awaitBack, awaitClosed, awaitAgain, awaitMoved, awaitUrged, awaitUnsaid, awaitBesideNews, awaitFair, awaitPlan:
	default: // another flow's
		return s, nil
	}
	s.Wait = nil
	n, v, r := Of(s), f.Voice(s), in.Report
	out := flows.Say{Report: r.ID}
	said := func(text string) (flows.State, []flows.Effect) {
		out.Message.Text = text
		next, menu := n.after(v)
		out.Message.Menu = menu
		out.Message = f.still(s, out.Message)
		return s.With(Name, next), []flows.Effect{out}
	}
	switch {
	case await == awaitUrged, await == awaitUnsaid, await == awaitBesideNews && in.OK:
		return s, nil
	case r.Code == "":
		return said(v.Gone())
	case await == awaitPlan && !in.OK && r.Status.Open(): // it was opposed today already: what is said more is added
		s.Await(Name, awaitGiven, p)
		return s, []flows.Effect{flows.Act{Report: r.ID, Action: f.AddOf(n.Said)}}
	case !in.OK:
		return said(f.refused(await, in, v))
	}
	switch await {
	case awaitGiven:
		return f.given(s, p, r)
	case awaitHidden:
		s, out := said(v.Hidden(r))
		return s, append(out, f.unname(s, r)...)
	case awaitShown:
		return said(v.Revealed(r))
	case awaitBack:
		out.Message.Text, out.Message.Menu = v.Recalled(r), v.RecallMenu(r.Code)
		return s.With(Name, &Notes{Tried: n.Tried}), []flows.Effect{out}
	case awaitClosed:
		return f.closed(s, r)
	case awaitAgain:
		return said(v.GoesOn(r))
	case awaitMoved:
		return said(v.PlaceMoved(r))
	case awaitFair:
		return said(v.Disputed(r))
	case awaitPlan:
		return said(v.Opposed(r))
	}
	return s, nil
}

// given confirms that words, photos or a place went to the office of a report.
func (f *flow) given(s flows.State, p *flows.Parcel, r report.Report) (flows.State, []flows.Effect) {
	n, v, out := Of(s), f.Voice(s), flows.Say{Report: r.ID}
	if p != nil && n.Act == meant.Words && r.Status.Open() && r.Asked.IsZero() && !f.Open(s) && s.Ask == nil && f.mind.Fixed(p.Text, r) {
		return f.askClose(s, r)
	}
	if p != nil && p.MediaOnly() && p.Pin == nil {
		out.Hold = flows.HoldBurst
	}
	words, photos, files, pin := 0, 0, 0, false
	if p != nil {
		words, photos, files, pin = len(p.Text), len(p.Photos), len(p.Files), p.Pin != nil
	}
	out.Message.Text = v.Taken(r, n.Act == meant.Answer, v.What(words, photos, files, pin), s.At)
	if r.Status == report.Merged {
		out.Message.Text += "\n" + v.NothingLost()
	}
	if p != nil && p.Text != "" && f.Reader.Read(p.Text).Emergency { // only a guess, or it would be an alarm
		out.Message.Text += "\n\n" + v.IfDanger()
	}
	if n.Promised.Equal(s.At) {
		out.Message.Text += "\n" + v.PhotoAwaited()
	}
	out.Message.Menu = v.TakenMenu(r.Code, which(n.Said))
	out.Message = f.still(s, out.Message)
	next := &Notes{Tried: n.Tried, Took: r.Code, Said: n.Said, Promised: n.Promised}
	if n.Act == meant.Answer {
		next.Answered = s.At
	}
	return s.With(Name, next), []flows.Effect{out}
}

// refused says why a wish was not done.
func (f *flow) refused(await string, in flows.Acted, v say.Voice) string {
	r := in.Report
	switch await {
	case awaitHidden:
		if in.Why == "wider" {
			return v.NotShownAgain(r.Code)
		}
		return v.HiddenAlready(r)
	case awaitShown:
		if in.Why == "wider" {
			return v.StaysHidden(r.Code)
		}
		return v.NotHidden(r.Code)
	case awaitBack, awaitClosed:
		return v.NothingToWithdraw(r)
	case awaitAgain:
		if in.Why == "already" {
			return v.StillAtWork(r)
		}
		return v.TooLateToResume(r.Code)
	case awaitFair:
		if r.Disputed {
			return v.DisputedOnce(r.Code)
		}
		return v.RefusedForGood(r.Code)
	}
	return v.CanNotAdd(r.Code)
}

// pressed takes a press under what was said of a report.
func (f *flow) pressed(s flows.State, p bot.Pick) (flows.State, []flows.Effect) {
	if code, ok := strings.CutPrefix(p.Menu, say.RecallMenuKind); ok {
		s.Await(Name, awaitPress, nil)
		return s, []flows.Effect{flows.Look{Code: report.Code(code)}}
	}
	n := Of(s)
	if under, ok := strings.CutPrefix(p.Menu, say.MeantMenuKind); ok {
		if text := f.stale(s, n, under, n.Meant); text != "" {
			return s, []flows.Effect{flows.Say{Message: bot.Message{Text: text}}}
		}
		return f.passOn(s, n)
	}
	under, ok := strings.CutPrefix(p.Menu, say.TakenMenuKind)
	if !ok {
		return s, nil
	}
	if text := f.stale(s, n, under, string(n.Took)); text != "" {
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: text}}}
	}
	s.Await(Name, awaitOther, nil)
	return s, []flows.Effect{flows.Look{}}
}

// stale says why a press under what was said to somebody takes nothing back, "" where it does: it was long ago, or more was said since. A
// menu from before it told which words it was under is taken for the newest.
func (f *flow) stale(s flows.State, n Notes, under, to string) string {
	who, words, marked := strings.Cut(under, ".")
	switch {
	case who != to || n.Said.Empty():
		return f.Voice(s).SayAgain()
	case marked && words != which(n.Said):
		return f.Voice(s).SaidMore()
	}
	return ""
}

// which tells one message of a person from another, in a few letters.
func which(p flows.Parcel) string {
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, p.Text, p.Parts, p.Bare, p.Photos, p.Files, p.PinName)
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// again takes the taking back of a report back.
func (f *flow) again(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	if in.Full == nil {
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).NotFound(in.Asked)}}}
	}
	s.Await(Name, awaitAgain, nil)
	return s, []flows.Effect{flows.Act{Report: in.Full.Report.ID, Action: report.Resume{}}}
}

// other tells the office that got words by mistake, and asks for which report they are.
func (f *flow) other(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	v, n := f.Voice(s), Of(s)
	next := &Notes{Act: meant.Words, Said: n.Said, Fresh: true, Tried: n.Tried}
	var out []flows.Effect
	var others []report.Report
	for _, r := range in.Mine {
		switch {
		case r.Code == n.Took:
			s.Await(Name, awaitUnsaid, nil)
			out = append(out, flows.Act{Report: r.ID, Action: report.Add{Unmeant: true, Was: n.Said.Text}})
		case r.Status.Open() || r.Status == report.Resolved:
			others = append(others, r)
		}
	}
	next.list(v, others[:min(len(others), offered)])
	if len(others) == 0 {
		s.Offer(Name, askFresh)
	} else {
		s.Put(Name, askWhich)
	}
	s = s.With(Name, next)
	q, _ := f.Question(s)
	return s, append([]flows.Effect{flows.Say{Message: q}}, out...)
}
