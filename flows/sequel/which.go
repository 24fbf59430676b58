package sequel

import (
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Which report is meant is asked where nothing says it; what was said waits for the answer, and is never lost for want of one.

// which asks which of several reports is meant.
func (f *flow) which(s flows.State, n *Notes, of []report.Report) (flows.State, []flows.Effect) {
	n.list(f.Voice(s), of[:min(len(of), offered)])
	s.Wait = nil
	n.Draft = s.Mint("q")
	s.Put(Name, askWhich)
	s = s.With(Name, n)
	q, _ := f.Question(s)
	return s, []flows.Effect{flows.Say{Message: q}, flows.Nudge{Draft: n.Draft, After: unanswered}}
}

// settle gives words whose question was left for something else to the report that was talked of last, before the rest is answered: a
// conversation has one wake-up, and what begins now may take it.
func (f *flow) settle(s flows.State, n Notes, in flows.Said) (flows.State, []flows.Effect) {
	var left []flows.Effect // a notice, and what is done at the end
	switch n.Act {
	case meant.Withdraw:
		left = []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).NoneWithdrawn()}}}
	case meant.Hide:
		if !f.hidesPlainly(n) { // where it only sounds so, the one that was talked of last, as where nothing is said at all
			n.Codes, n.IDs = n.Codes[:1], n.IDs[:1]
		}
		left = f.hideAll(s, n)
	default:
		left = []flows.Effect{
			flows.Say{Message: bot.Message{Text: f.Voice(s).GivenLate(n.Said.Text, n.Codes[0], n.label(0))}, Report: n.IDs[0]},
			flows.Act{Report: n.IDs[0], Action: f.AddOf(n.Said), Told: true},
		}
	}
	s, out := f.Hand(s.With(Name, &Notes{Tried: n.Tried}), in)
	if rd := f.Reader.Read(bot.Words(in.Event.Body)); rd.Emergency || rd.Harm != understand.NoHarm { // nothing is said before the numbers that help
		left = slices.DeleteFunc(left, func(e flows.Effect) bool { _, said := e.(flows.Say); return said })
	}
	return s, append(left, out...)
}

// hidesPlainly reports whether somebody plainly asks to be hidden, in words that are listed, and not by a likeness alone.
func (f *flow) hidesPlainly(n Notes) bool {
	return n.Act == meant.Hide && len(n.IDs) > 0 && f.Answers.After(n.Said.Text).Sequel == answer.Hides
}

// hideAll hides every report that may be meant: a name that is shown against a wish cannot be unseen.
func (f *flow) hideAll(s flows.State, n Notes) []flows.Effect {
	who := report.Visibility(n.Who)
	if n.Who == meant.OfOther {
		who = report.Confidential
	}
	out := []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).HiddenAll(n.Codes)}}}
	for _, id := range n.IDs {
		out = append(out, flows.Act{Report: id, Action: report.Hide{Visibility: who, Words: n.Said.Text}, Told: true})
	}
	return out
}

// joined takes in what comes while it is asked for which report the last message is. Who goes on telling tells something new.
func (f *flow) joined(s flows.State, n Notes, p flows.Parcel, in flows.Said) (flows.State, []flows.Effect) {
	if f.Answers.Read(p.Text).Misdirected() {
		return f.letGo(s, n)
	}
	if f.hidesPlainly(n) && f.Answers.After(p.Text).Sequel == answer.Hides && len(f.mind.Named(p.Text)) == 0 { // said once more, of all
		s.Ask = nil
		return s.With(Name, &Notes{Tried: s.Turn}), f.hideAll(s, n)
	}
	if f.elseSaid(p) { // what is asked waits no longer than for this
		s.Ask = nil
		if n.waits() {
			return f.settle(s, n, in)
		}
		return f.Hand(s.With(Name, &Notes{}), in)
	}
	switch w, _ := f.WordOf(p.Text); w {
	case flows.NoWord:
	case flows.WordCancel:
		return f.letGo(s, n)
	default: // it is no more of the story, and chooses nothing
		s.Put(Name, askWhich)
		q, _ := f.Question(s)
		return s, []flows.Effect{flows.Say{Message: q}}
	}
	if p.Text != "" && f.hidesPlainly(n) { // a name waits for no second answer, and is no part of a story
		s.Ask = nil
		return f.settle(s, n, in)
	}
	n.Said.Join(p)
	if p.Text != "" && s.Ask.Tries > 0 {
		s.Ask, s.Wait = nil, nil
		return f.begin(s.With(Name, &Notes{Tried: s.Turn}), n.Said)
	}
	if p.Text != "" {
		s.Put(Name, askWhich)
	}
	s = s.With(Name, &n)
	q, _ := f.Question(s)
	out := flows.Say{Message: q}
	if p.MediaOnly() {
		out.Hold = flows.HoldBurst
	}
	return s, []flows.Effect{out}
}

// letGo does nothing with the words that a report was asked for.
func (f *flow) letGo(s flows.State, n Notes) (flows.State, []flows.Effect) {
	s.Ask = nil
	if n.Act == meant.Withdraw {
		return f.orMeant(s, n, f.Voice(s).NoneWithdrawn())
	}
	return s.With(Name, &Notes{Tried: s.Turn}), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).NotAddedTo()}}}
}

// Reserves implements flows.Reserver: "maaf salah kirim" chooses none of the reports, and lets the words go.
func (f *flow) Reserves(s flows.State, _ bot.Message, words string) bool {
	return s.Ask.Kind == askWhich && f.Answers.Read(words).Misdirected()
}

// toldWhole is from how many words on a text that plainly begins a complaint is one of its own, whatever is asked.
const toldWhole = 8

// elseSaid reports whether what comes while it is asked for which report something is tells nothing more of it: a danger, a wish of its
// own, a question how it stands, a complaint from its beginning.
func (f *flow) elseSaid(p flows.Parcel) bool {
	if p.Text == "" || p.Pin != nil {
		return false
	}
	rd := f.Reader.Read(p.Text)
	h := f.mind.Hear(p.Text)
	around, _ := report.AroundCode(f.Profile.Prefix, p.Text)
	_, stops := say.Leaves(p.Text)
	switch {
	case stops, f.mind.Alarms(p.Text, rd, h), rd.Emergency, rd.Harm != understand.NoHarm, f.mind.Commands(around):
		return true
	case f.Answers.AsksAfter(p.Text):
		return true
	case f.Answers.After(p.Text).Sequel == answer.WantsPerson, f.Answers.After(p.Text).Sequel == answer.WantsNews && h.Sequel == answer.WantsNews:
		return true
	}
	if of := f.mind.Named(p.Text); len(of) > 0 && len(strings.Fields(p.Text)) >= 4 && (h.Judged != answer.NoJudgement && h.Sure || h.Sequel == answer.Hides || h.Sequel == answer.TakesBack) {
		return true // "yang air udah nyala barusan" says of which, and what
	}
	return len(strings.Fields(p.Text)) >= toldWhole && (rd.Misconduct || f.begins(p.Text))
}

// idle gives what nobody said the report of to the one that was talked of last: an office must not miss it because a question of ours
// was not answered.
func (f *flow) idle(s flows.State, in flows.Idle) (flows.State, []flows.Effect) {
	n := Of(s)
	if n.Draft == "" || n.Draft != in.Draft || len(n.IDs) == 0 || n.Said.Empty() {
		return s, nil
	}
	if s.Ask != nil && s.Ask.Flow != Name && !s.Ask.Light { // something else is asked: later
		return s, []flows.Effect{flows.Nudge{Draft: n.Draft, After: unanswered}}
	}
	switch n.Act {
	case meant.Withdraw: // nothing is taken back unasked, and nobody is left to think that it was
		s.Ask = nil
		return s.With(Name, &Notes{}), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).NoneWithdrawn()}}}
	case meant.Move: // the officers read it; where a report goes is not changed on a guess
		n.Act = meant.Words
	case meant.Hide:
		if f.hidesPlainly(n) {
			s.Ask = nil
			return s.With(Name, &Notes{}), f.hideAll(s, n)
		}
	case meant.Dispute, meant.Oppose: // an objection is read, if not as one
		n.Act = meant.Words
	case meant.Words, meant.Answer:
	default:
		s.Ask = nil
		return s.With(Name, &Notes{}), nil
	}
	return f.meant(s, n, n.Codes[0])
}

// meant looks up the report that was chosen, to do to it what was decided.
func (f *flow) meant(s flows.State, n Notes, code report.Code) (flows.State, []flows.Effect) {
	n.Draft, n.Fresh = "", false
	s.Ask = nil
	s.Await(Name, awaitChosen, nil)
	return s.With(Name, &n), []flows.Effect{flows.Look{Code: code}}
}

// choose carries out an answer to this flow's questions.
func (f *flow) choose(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	n := Of(s)
	if in.Choice == say.ToOfficer {
		s.Ask = nil
		return f.passOn(s, n)
	}
	switch s.Ask.Kind {
	case askClosed:
		return f.close(s, n, in.Choice)
	case askCover:
		return f.cover(s, n, in.Choice)
	case askBack:
		s.Ask = nil
		if in.Choice != "takeback" {
			return f.kept(s, n)
		}
		s.Await(Name, awaitBack, &n.Said)
		return s, []flows.Effect{flows.Act{Report: n.Report, Action: report.Recall{Words: n.Said.Text}}}
	case askShown:
		s.Ask = nil
		if in.Choice != "showagain" {
			return f.orMeant(s, n, f.Voice(s).StillHidden(n.Codes[0]))
		}
		s.Await(Name, awaitShown, &n.Said)
		return s, []flows.Effect{flows.Act{Report: n.Report, Action: report.Reveal{Words: n.Said.Text}}}
	case askWhich, askFresh:
		if in.Choice == "freshreport" {
			s.Ask, s.Wait = nil, nil
			return f.begin(s.With(Name, &Notes{Tried: s.Turn}), n.Said)
		}
		if in.Choice == "keepit" || in.Choice == "nothanks" {
			return f.letGo(s, n)
		}
		for _, c := range n.Codes {
			if choiceOf(c) == in.Choice {
				n.Tried = s.Turn
				return f.meant(s, n, c)
			}
		}
	}
	return s, nil
}

// kept leaves a report as it is that its writer does not want back after all. What was told along with the wish reaches the office.
func (f *flow) kept(s flows.State, n Notes) (flows.State, []flows.Effect) {
	told := f.besidesTheWish(n.Said.Text)
	if told == "" {
		return f.orMeant(s, n, f.Voice(s).NotWithdrawn(n.Codes[0]))
	}
	s, out := f.orMeant(s, n, f.Voice(s).NotWithdrawnTold(n.Codes[0], told))
	return s, append(out, flows.Act{Report: n.Report, Action: report.Add{Words: told}, Told: true})
}

// besidesTheWish is what words that want a report taken back tell besides, "" for nothing: "ga jadi deh, udah nyala kemarin".
func (f *flow) besidesTheWish(text string) string {
	var told []string
	for piece := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",.;!?\n", r) }) {
		piece = strings.TrimSpace(piece)
		judged, sure := f.Answers.Judges(piece)
		wish := f.Answers.After(piece).Sequel != answer.NoSequel
		fixed := sure && judged == answer.JudgedFixed
		if len(strings.Fields(piece)) >= 2 && !withdraws(piece) && (fixed || !wish && !f.Reader.Read(piece).NoReport) {
			told = append(told, piece)
		}
	}
	return strings.Join(told, ", ")
}

// begin starts a new report with what was said.
func (f *flow) begin(s flows.State, p flows.Parcel) (flows.State, []flows.Effect) {
	return f.Hand(s, flows.Begin{Said: p})
}

// ofReceipt is the one of the reports filed together last that words name by its number on their receipt ("oh ya no 4 itu 50 meter"). mine
// are the own reports, the newest first.
func ofReceipt(words string, mine []report.Report) (r report.Report, ok bool) {
	if len(mine) == 0 {
		return r, false
	}
	draft, _, _ := strings.Cut(mine[0].Draft.ID, "+")
	together := map[string]report.Report{} // by what ends the draft's id: the first has nothing, the others "1", "2" …
	for _, one := range mine {
		if id, nth, _ := strings.Cut(one.Draft.ID, "+"); id == draft && draft != "" {
			together[nth] = one
		}
	}
	switch nth := say.NumberOf(words, len(together)); nth {
	case 0:
		return r, false
	case 1:
		r, ok = together[""]
	default:
		r, ok = together[strconv.Itoa(nth-1)]
	}
	return r, ok
}
