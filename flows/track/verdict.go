package track

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// What is said of work that an office calls done: pressed under the news of it, replied to it, or said unquoted. It is the
// reporter's alone, in his or her own words.

const (
	awaitJudge   = "judge"   // the own reports, to find the one that words are about
	awaitTold    = "told"    // the own reports, for what was said to a person and may be a verdict
	awaitPressed = "pressed" // the report whose menu was pressed
	awaitJudged  = "judged"  // what became of it
	awaitDispute = "dispute"
	awaitRated   = "rated"
)

var _ flows.Lasting = (*flow)(nil)

// Lasts implements flows.Lasting.
func (*flow) Lasts(menu string) bool {
	return strings.HasPrefix(menu, say.VerdictMenuKind)
}

// pressed takes a verdict that was pressed under the news.
func (f *flow) pressed(s flows.State, p bot.Pick) (flows.State, []flows.Effect) {
	code, ok := strings.CutPrefix(p.Menu, say.VerdictMenuKind)
	if !ok {
		return s, nil
	}
	switch v := report.Verdict(p.Choice); {
	case p.Choice == say.Unfair:
		return lookPressed(s, report.Code(code), Verdict{Unfair: true})
	case p.Choice == say.Agreed:
		return f.beside(s, flows.Say{Message: bot.Message{Text: f.Voice(s).RefusalTaken()}})
	case v == report.Fixed, v == report.Part, v == report.Unfit:
		return lookPressed(s, report.Code(code), Verdict{Of: v})
	}
	return s, nil
}

// lookPressed looks up the report of a verdict, beside whatever else is asked.
func lookPressed(s flows.State, code report.Code, v Verdict) (flows.State, []flows.Effect) {
	s, out := look(s, awaitPressed, nil, flows.Look{Code: code})
	n := Of(s)
	n.Pressed = &v
	return s.With(Name, &n), out
}

// judgePressed acts on a verdict. Words that wait to be added to the same report go with it.
func (f *flow) judgePressed(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	n := Of(s)
	s.Wait = nil
	if n.Pressed == nil {
		return s, nil
	}
	v := *n.Pressed
	n.Pressed = nil
	if in.Full != nil && n.Left.answered(v, in.Full.Report.Code) {
		v.Words, n.Left = n.Left.Said.Text, nil
		if asksWhich(s) {
			s.Ask, n = nil, Notes{Mark: n.Mark, MarkOf: n.MarkOf}
		}
	}
	if in.Full == nil {
		return f.beside(s.With(Name, &n), flows.Say{Message: bot.Message{Text: f.Voice(s).NotFound(in.Asked)}})
	}
	r := in.Full.Report
	if s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askWords && n.Report == r.ID && v.Words == "" {
		v.Words = n.Text
		s.Ask, n = nil, Notes{}
	}
	s = s.With(Name, &n)
	if v.Unfair {
		return f.act(s, r, report.Disagree{Words: v.Words}, flows.Parcel{Text: v.Words})
	}
	return f.act(s, r, report.Judge{Verdict: v.Of, Words: v.Words}, flows.Parcel{Text: v.Words})
}

func (f *flow) act(s flows.State, r report.Report, a report.Action, p flows.Parcel) (flows.State, []flows.Effect) {
	await := awaitJudged
	if _, unfair := a.(report.Disagree); unfair {
		await = awaitDispute
	}
	s.Await(Name, await, &p)
	return s, []flows.Effect{flows.Act{Report: r.ID, Action: a}}
}

// mayJudge reports whether unquoted words may be a verdict: then the own reports tell whether one waits for it. Nothing may be
// in the making, and it is tried once.
func (f *flow) mayJudge(s flows.State, ev bot.Event, words string) bool {
	if _, plain := ev.Body.(bot.Text); !plain || ev.Edited || ev.ReplyTo != nil || words == "" || strings.HasPrefix(words, "/") {
		return false
	}
	if f.Open(s) || f.InTalk(s) != nil || s.Ask != nil && !s.Ask.Light || Of(s).Tried == s.Turn {
		return false
	}
	if _, coded, _ := report.FindCode(f.Profile.Prefix, words); coded || f.Answers.Wonders(words) != answer.NoFact {
		return false
	}
	h := f.mind.Hear(words)
	if done := h.Of(report.Resolved); done.Judged != answer.NoJudgement {
		h = done
	} else if f.Stands(s).Ended.Code != "" {
		h = h.Of(report.Closed)
	}
	j, sure := h.Judged, h.Sure
	if number(words) {
		return true
	}
	if j == answer.NoJudgement || bot.Fold(words) == "" || wishes(h) {
		return false
	}
	// What may be the beginning of anything is looked up for those alone who are known to have filed something.
	return sure || f.Stands(s).Ended.Code != ""
}

// wishes reports whether words that sound like a verdict are none: a nod judges nothing, who wants a report no more or asks how it stands
// does not either.
func wishes(h meant.Heard) bool {
	switch h.Sequel {
	case answer.Nods, answer.Hides, answer.Shows, answer.WantsPerson:
		return true
	case answer.TakesBack:
		return !(h.Judged == answer.JudgedFixed && h.Sure)
	case answer.WantsNews:
		return h.Judged != answer.JudgedUnfit
	}
	return false
}

// judgement reads what somebody says at a time to a report as it stood then. asked says that the words are a reply to the news of it: then
// also a mere "belum" or a number is one. ok is false where they are something else, or nothing waits for a verdict.
func (f *flow) judgement(r report.Report, p flows.Parcel, at time.Time, asked bool) (a report.Action, ok bool) {
	stands := r.StoodAt(at)
	h := f.mind.Hear(p.Text).Of(stands)
	j, sure := h.Judged, h.Sure
	number := f.numbered(r, p.Text, at)
	if j == answer.NoJudgement && number == "" || p.Pin != nil {
		return nil, false
	}
	if stands == report.Rejected {
		if number != "" {
			return report.Disagree{}, number == say.Unfair
		}
		return report.Disagree{Words: p.Text}, j == answer.JudgedUnfair && (asked || sure)
	}
	v := map[answer.Judgement]report.Verdict{answer.JudgedFixed: report.Fixed, answer.JudgedPart: report.Part, answer.JudgedUnfit: report.Unfit,
		answer.JudgedUnfair: report.Unfit}[j]
	judge := report.Judge{Verdict: v, Words: p.Text, Photos: p.Photos, Files: p.Files}
	switch {
	case number != "":
		judge.Verdict, judge.Words = report.Verdict(number), ""
		return judge, true
	case v == "":
		return nil, false
	case stands == report.Resolved:
		return judge, asked || sure || len(strings.Fields(p.Text)) <= 3
	case stands == report.Closed && v != report.Fixed:
		return judge, sure
	}
	return nil, false
}

// courtesy reports whether a reply only thanks or greets. Who says with it how it stands ("alhamdulillah sudah bagus") tells the office
// something.
func (f *flow) courtesy(text string, rd understand.Reading) bool {
	if !rd.NoReport || f.mind.Hear(text).Judged != answer.NoJudgement {
		return false
	}
	return rd.Small == "thanks" || rd.Small == "greeting" && greets(text)
}

// judgeOne finds the report that unquoted words are about. None: the words are answered as any other.
func (f *flow) judgeOne(s flows.State, mine []report.Report, p *flows.Parcel) (flows.State, []flows.Effect) {
	if p == nil {
		return s, nil
	}
	rd := f.Reader.Read(p.Text)
	if f.mind.Alarms(p.Text, rd, f.mind.Hear(p.Text)) || rd.Harm != understand.NoHarm {
		return s, nil
	}
	statuses := []report.Status{report.Resolved, report.Rejected, report.Closed}
	if number(p.Text) {
		last, ok := f.askedLast(mine, *p, s.At)
		if !ok {
			return s, nil
		}
		if f.numbered(last, p.Text, s.At) == say.Agreed {
			s.Wait = nil
			return f.beside(s, flows.Say{Message: bot.Message{Text: f.Voice(s).RefusalTaken()}})
		}
		statuses = []report.Status{last.StoodAt(s.At)}
	}
	// What was judged is not taken back by words that may as well be about what an office still works on ("ga ada yg dateng").
	elsewhere := slices.ContainsFunc(mine, func(r report.Report) bool { return r.StoodAt(s.At).Open() })
	outright := f.Answers.Disagrees(p.Text) // who does not take a refusal argues, with whatever matter and place it takes
	var found []report.Report
	for _, status := range statuses {
		for _, r := range mine {
			if r.StoodAt(s.At) != status || status == report.Closed && (!r.Reopenable(s.At, f.Profile.ReopenDays(r.Category)) || elsewhere && !tells(rd, r)) {
				continue
			}
			a, about := f.judgement(r, *p, s.At, false)
			if _, unfair := a.(report.Disagree); about && (unfair && outright || !meant.OneMore(p.Text) && !f.mind.Another(p.Text, rd, r)) {
				found = append(found, r)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	if len(found) == 0 {
		return s, nil
	}
	others, sure := f.elsewhere(p.Text, found[0], mine, s.At)
	if sure {
		return s, nil
	}
	a, _ := f.judgement(found[0], *p, s.At, false)
	if len(found) == 1 && len(others) == 0 {
		return f.act(s.With(Name, &Notes{Mark: Of(s).Mark, MarkOf: Of(s).MarkOf}), found[0], a, *p)
	}
	return f.askWhose(s, a, *p, append(others, found...))
}

// elsewhere are the reports still at work that words may be said of instead of one that waits for a verdict; sure says that they are. A number,
// and who argues with a refusal, mean none of them.
func (f *flow) elsewhere(words string, r report.Report, mine []report.Report, at time.Time) (others []report.Report, sure bool) {
	if number(words) || f.Answers.Disagrees(words) {
		return nil, false
	}
	return f.mind.Rather(words, r, mine, flows.Told(r, at), at)
}

// askWhose asks of which of some reports words are a verdict. Of one that its office still has they are more of it, and no verdict.
func (f *flow) askWhose(s flows.State, a report.Action, p flows.Parcel, found []report.Report) (flows.State, []flows.Effect) {
	n := &Notes{Text: p.Text}
	for _, r := range found[:min(len(found), offered)] {
		n.Codes = append(n.Codes, r.Code)
		n.Labels = append(n.Labels, f.Voice(s).Which(r))
	}
	switch a := a.(type) {
	case report.Judge:
		n.Verdict = a.Verdict
	default:
		n.Unfair = true
	}
	n.Left = &Left{Draft: s.Mint("q"), Said: p, Codes: n.Codes, Report: found[0].ID, Code: n.Codes[0], Label: n.Labels[0],
		Of: Verdict{Of: n.Verdict, Unfair: n.Unfair}, Open: found[0].Status.Open()}
	s.Wait = nil
	s.Offer(Name, askWhich)
	s = s.With(Name, n)
	return s, []flows.Effect{flows.Say{Message: f.which(s, *n)}, flows.Nudge{Draft: n.Left.Draft, After: unanswered}}
}

// tells reports whether words tell of a report's matter.
func tells(rd understand.Reading, r report.Report) bool {
	return !rd.NoReport && len(rd.Guesses) > 0 && rd.Guesses[0].Category == r.Category
}

// which asks which of several reports words are about.
func (f *flow) which(s flows.State, n Notes) bot.Message {
	m := bot.Message{Text: f.Voice(s).WhichReport(n.Text), Menu: &bot.Menu{ID: s.Ask.ID, Columns: 1}}
	for i, c := range n.Codes {
		label := string(c)
		if i < len(n.Labels) {
			label = n.Labels[i]
		}
		m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: choiceOf(c), Label: label, Also: string(c)})
	}
	return m
}

func (f *flow) chosen(s flows.State, id string) (flows.State, []flows.Effect) {
	n := Of(s)
	for _, code := range n.Codes {
		if choiceOf(code) == id {
			s.Ask = nil
			return lookPressed(s.With(Name, &Notes{}), code, Verdict{Of: n.Verdict, Unfair: n.Unfair, Words: n.Text})
		}
	}
	return s, nil
}

// judged tells what became of a verdict.
func (f *flow) judged(s flows.State, in flows.Acted, p *flows.Parcel, dispute bool) (flows.State, []flows.Effect) {
	v, r := f.Voice(s), in.Report
	out := flows.Say{Report: r.ID}
	said := func(text string) (flows.State, []flows.Effect) {
		out.Message.Text = text
		return f.beside(s, out)
	}
	switch {
	case !in.OK && r.Code == "":
		return said(v.Gone())
	case !in.OK && (in.Why != "already" || !r.Judged.Equal(s.At)): // else it is this very verdict, which was kept before
		return f.unjudged(s, in, p)
	case dispute:
		return said(v.Disputed(r))
	case r.Stars == 0 && f.markFor(s, r, p) > 0: // the mark came with the verdict, or before it
		s, out := said(v.Judged(r, r.Verdict))
		s, more := f.rate(s, r.ID, strconv.Itoa(f.markFor(s, r, p)), "")
		return s, append(out, more...)
	case r.Verdict != report.Fixed || f.Open(s) || r.Stars != 0 || asks(s):
		return said(v.Judged(r, r.Verdict))
	}
	s.Offer(Name, askStars).Plain = true // the mark in free words is read here
	s = s.With(Name, &Notes{Codes: []report.Code{r.Code}, Report: r.ID, Office: r.Agency})
	q, _ := f.Question(s)
	out.Message = q
	out.Message.Text = v.Judged(r, r.Verdict) + "\n\n" + q.Text
	return s, []flows.Effect{out}
}

// asks reports whether something is asked that a mark may not take the place of.
func asks(s flows.State) bool {
	return s.Ask != nil && (!s.Ask.Light || s.Ask.Flow == Name && s.Ask.Kind == askWhich)
}

// unjudged says why a verdict does not count, and keeps its words where the office still works on it.
func (f *flow) unjudged(s flows.State, in flows.Acted, p *flows.Parcel) (flows.State, []flows.Effect) {
	v, r := f.Voice(s), in.Report
	text := v.CanNotAdd(r.Code)
	switch {
	case r.Status.Open() && p != nil && !p.Empty():
		s.Await(Name, awaitAdded, p)
		return s, []flows.Effect{flows.Act{Report: r.ID, Action: f.AddOf(*p)}}
	case r.Status.Open():
		text = v.StillAtWork(r)
	case in.Why == "already":
		text = v.AlreadyJudged(r.Code)
	case in.Why == "final" && r.Disputed:
		text = v.DisputedOnce(r.Code)
	case in.Why == "final":
		text = v.RefusedForGood(r.Code)
	case in.Why == "gone":
		text = v.TooLateToReopen(r.Code)
	}
	return f.beside(s, flows.Say{Message: bot.Message{Text: text}, Report: r.ID})
}

// rate gives a mark. words are all that was said: what follows the mark is kept with it.
func (f *flow) rate(s flows.State, id report.ID, stars, words string) (flows.State, []flows.Effect) {
	n, err := strconv.Atoi(stars)
	if err != nil {
		return s, nil
	}
	words = strings.TrimLeft(bot.Clean(words), "0123456789⭐/.,:;-) ")
	s.Ask = nil
	s = s.With(Name, &Notes{})
	s.Await(Name, awaitRated, nil)
	return s, []flows.Effect{flows.Act{Report: id, Action: report.Rate{Stars: n, Words: words}}}
}
