package track

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// A mark that says of itself that it is one ("bintang 4", "nilainya 3 aja", "5/5") is taken whenever it comes: with the verdict, before it,
// or after it. It never judges: whether it is fixed is asked.

// ofMarks are the words that make a number beside them a mark; of those, numbering ones before it may also say which item of a list ("yang poin
// 2 belum").
var (
	ofMarks   = wordSet("bintang bintangnya star stars nilai nilainya skor skornya score rate rating ratingnya poin point points")
	numbering = wordSet("poin point points")
)

// gives are the words by which a mark is given, particles what may follow it.
var (
	gives     = wordSet("kasih kasi ngasih kase beri give gave")
	particles = wordSet("deh dah aja saja ya yah lah sih bintang bintangnya nih pak bu min")
)

// asking are the words by which something is asked for: it is nothing that is given. few are those by which only so many are meant.
var (
	asking = wordSet("tolong tlg mohon mhn minta mnta please pls jaluk menta nyuwun njaluk lagi maning deui tambah tambahin dong donk")
	few    = wordSet("aja aj saja doang doank baru cuma cuman hanya wae bae tok thok only just")
)

// saidMark is the mark that a text names as one, 0 for none or for several. What tells something else is no mark, unless a word for marks
// stands beside the number: "kasih dua lagi lampunya".
func (f *flow) saidMark(words string) int {
	if n := strings.Count(words, "⭐"); n > 0 && n <= 5 {
		return n
	}
	all := pieces(words)
	if len(all) > 3*starsMost {
		return 0
	}
	mark := 0
	for i := 0; i < len(all); i++ {
		n, is := numerals[all[i]]
		if !is {
			continue
		}
		out := scale(all[i+1:])
		if !isMark(all, i) && (f.tellsBeside(all) || !implied(all, i, out)) {
			continue
		}
		if mark > 0 && mark != n {
			return 0
		}
		mark = n
		i += out
	}
	if strings.ContainsFunc(words, unicode.IsDigit) && mark == 0 {
		return 0
	}
	return mark
}

// isMark reports whether the number at i has a word for marks beside it: "bintang 4", "nilainya 3 aja", "five stars".
func isMark(all []string, i int) bool {
	before := i > 0 && ofMarks[all[i-1]] || i > 1 && all[i-1] == "," && ofMarks[all[i-2]]
	if before && numbering[all[i-1]] {
		before = i+1 >= len(all) || borders(all[i+1])
	}
	return before || i+1 < len(all) && ofMarks[all[i+1]]
}

// implied reports whether the number at i is one that is given ("kasih empat deh"), or says out of how many it is ("4/5").
func implied(all []string, i, out int) bool {
	next := i + 1 + out
	ends := next >= len(all) || borders(all[next])
	given := i > 0 && gives[all[i-1]] && (ends || particles[all[i+1]])
	part := next < len(all) && few[all[next]] || i > 0 && few[all[i-1]] // "2 dari 5 aja": so many are done
	return given || out > 0 && ends && !part && (i == 0 || borders(all[i-1]))
}

// tellsBeside reports whether anything beside a number tells something, or asks for it.
func (f *flow) tellsBeside(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		_, number := numerals[w]
		return asking[w] || !number && !borders(w) && f.Answers.Tells(w)
	})
}

// markFor is the mark for a report that was judged just now: in the words of the verdict, or given before it; 0 for none.
func (f *flow) markFor(s flows.State, r report.Report, p *flows.Parcel) int {
	if p != nil {
		if n := f.saidMark(p.Text); n > 0 {
			return n
		}
	}
	if n := Of(s); n.MarkOf == r.Code {
		return n.Mark
	}
	return 0
}

// marks takes a mark that nobody asked for: the own reports tell which one it is for.
func (f *flow) marks(s flows.State, ev bot.Event, words string) (_ flows.State, _ []flows.Effect, ok bool) {
	_, plain := ev.Body.(bot.Text)
	switch {
	case !plain, ev.Edited, ev.ReplyTo != nil, f.Open(s), f.InTalk(s) != nil, s.Ask != nil && !s.Ask.Light, Of(s).Tried == s.Turn, f.saidMark(words) == 0:
		return s, nil, false
	}
	rd := f.Reader.Read(words)
	if rd.Emergency || rd.Harm != understand.NoHarm || len(strings.Fields(words)) > 2*starsMost {
		return s, nil, false
	}
	p, n := flows.ParcelOf(ev), Of(s)
	n.Tried = s.Turn
	s, out := look(s.With(Name, &n), awaitMark, &p, flows.Look{})
	s.Wait.Anew = true
	return s, out, true
}

// markable is for how long after a verdict a mark is still taken to be for it.
const markable = 30 * 24 * time.Hour

// marked gives a mark to the report that it is for. No effects mean that it is for none, and the words are answered as any other.
func (f *flow) marked(s flows.State, mine []report.Report, p *flows.Parcel) (flows.State, []flows.Effect) {
	if p == nil {
		return s, nil
	}
	n := Of(s)
	first := func(is func(report.Report) bool) int { return slices.IndexFunc(mine, is) }
	rd := f.Reader.Read(p.Text)
	if len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && !slices.ContainsFunc(mine, func(r report.Report) bool { return r.Category == rd.Guesses[0].Category }) {
		return s, nil // "limbah hotel bintang 5" is a story
	}
	v, mark := f.Voice(s), f.saidMark(p.Text)
	if j, sure := f.Answers.Judges(p.Text); j != answer.NoJudgement && sure {
		return f.judgeOne(s, mine, p) // the verdict takes it along
	}
	if i := first(func(r report.Report) bool {
		return (r.Verdict == report.Fixed || r.Verdict != "" && namesMark(p.Text)) && r.Stars == 0 && s.At.Sub(r.Judged) < markable
	}); i >= 0 {
		return f.rate(s, mine[i].ID, strconv.Itoa(mark), p.Text)
	}
	if i := first(func(r report.Report) bool { return r.StoodAt(s.At) == report.Resolved }); i >= 0 {
		r := mine[i]
		n.Mark, n.MarkOf = mark, r.Code
		s.Wait = nil
		return s.With(Name, &n), []flows.Effect{flows.Say{Message: bot.Message{Text: v.MarkKept(r, mark), Menu: v.VerdictMenu(r.Code)}, Report: r.ID}}
	}
	if i := first(func(r report.Report) bool { return r.Stars != 0 && s.At.Sub(r.Judged) < markable }); i >= 0 {
		s.Wait = nil
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.RatedTwice()}, Report: mine[i].ID})
	}
	if i := first(func(r report.Report) bool { return r.Status.Open() }); i >= 0 {
		return f.markedEarly(s, mine[i], *p)
	}
	return f.judgeOne(s, mine, p)
}

// namesMark reports whether a text says that it gives a mark, or what a mark is called: "2 dari 5" may be so many that are done.
func namesMark(text string) bool {
	return strings.Contains(text, "⭐") || slices.ContainsFunc(pieces(text), func(w string) bool { return ofMarks[w] && !numbering[w] || gives[w] })
}

// markedEarly answers a mark for what nobody has called done. The office reads what was said, but where it waits for an answer, which
// that is not.
func (f *flow) markedEarly(s flows.State, r report.Report, p flows.Parcel) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	out := flows.Say{Message: bot.Message{Text: v.MarkEarly(r)}, Report: r.ID}
	if !r.Asked.IsZero() {
		s.Wait = nil
		return f.beside(s, out)
	}
	s.Await(Name, awaitAdded, &p)
	return s, []flows.Effect{out, flows.Act{Report: r.ID, Action: f.AddOf(p)}}
}
