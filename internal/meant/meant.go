// Package meant decides which of a person's filed reports an unquoted message is about, and what it does to it. It is pure: what is
// open is given in as the reports themselves.
package meant

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Act is what a message does to a report.
type Act string

// The acts. Nothing is for what is about no report: small talk, a question about the service, a new matter.
const (
	Nothing  Act = ""
	Answer   Act = "answer"   // of what an office has asked
	Words    Act = "words"    // more for the officers, from its reporter
	News     Act = "news"     // it is asked how it stands
	Hide     Act = "hide"     // its reporter, or all of it, is to be hidden
	Withdraw Act = "withdraw" // it is not wanted any more
	Resume   Act = "resume"   // it is wanted after all
	Move     Act = "move"     // its place is another
	Dispute  Act = "dispute"  // the refusal is not taken
	Person   Act = "person"   // somebody of the office is to answer
)

// Said is one message that quotes nothing.
type Said struct {
	Text string
	At   time.Time
	// Media says that photos or files came, Pin that a point on the map did.
	Media, Pin bool
}

// Decision is whom a message is about. Reports are those that it may be about: one when it is known. Fresh says that it may as well
// be a new matter; it is asked. Why is the reason, in a word for tests and for who reads a trace.
type Decision struct {
	Act     Act
	Reports []report.Report
	Fresh   bool
	// Who is "anonim" or "rahasia" with Hide; Place are the words of the right place with Move, "" where none is named.
	Who, Place string
	Why        string
}

// One is the report that is meant, where that is known.
func (d Decision) One() (report.Report, bool) {
	if len(d.Reports) != 1 || d.Fresh {
		return report.Report{}, false
	}
	return d.Reports[0], true
}

// Mind is what deciding needs to know. All of it is read only.
type Mind struct {
	Profile *profile.Profile
	Reader  understand.Reader
	Finder  place.Finder
	Answers *answer.Lexicon

	matters map[string][]string // by a word: the categories whose matter it names
	areas   map[string]bool     // the words of the names of areas
}

// New makes a mind.
func New(p *profile.Profile, r understand.Reader, f place.Finder, a *answer.Lexicon) Mind {
	m := Mind{Profile: p, Reader: r, Finder: f, Answers: a, matters: map[string][]string{}, areas: map[string]bool{}}
	for _, c := range p.Categories {
		for w := range m.words(c.Short + " " + c.ShortEN + " " + strings.Join(c.Keywords, " ")) {
			m.matters[w] = append(m.matters[w], c.Code)
		}
	}
	for w, codes := range m.matters {
		if len(codes) > vague {
			delete(m.matters, w)
		}
	}
	for _, a := range p.Areas {
		for w := range strings.FieldsSeq(bot.Fold(a.Name + " " + a.DistrictName)) {
			m.areas[w] = true
		}
	}
	return m
}

const (
	// vague is in how many categories a word may stand and still name a matter.
	vague = 3
	// fresh is how long a report that ended is still talked of.
	fresh = 60 * 24 * time.Hour
	// recent is how long after something was told of one report, and of no other, words are taken to be about it.
	recent = 36 * time.Hour
	// half is from which probability a reading counts against the reports that there are.
	half = 0.5
	// lately is for how long after a report was talked of last more is taken to be about it unasked.
	lately = 14 * 24 * time.Hour
	// whole is how many words a matter and its place take: who writes as many tells it anew, and is asked whether it is the same.
	whole = 6
	// story is from how many words on a text tells something of its own.
	story = 16
)

// Decide finds out what a message is about. mine are the person's reports, newest first.
func (m Mind) Decide(said Said, mine []report.Report) Decision {
	var rd understand.Reading
	if said.Text != "" {
		rd = m.Reader.Read(said.Text)
	}
	live := m.live(mine, said.At)
	switch {
	case len(live) == 0:
		return Decision{Why: "no report is open"}
	case rd.Emergency && (rd.Danger != "" || words(said.Text) > story), rd.Harm != understand.NoHarm, rd.Human:
		return Decision{Why: "it is for a person, or a danger"}
	}
	if told := bot.Fold(said.Text); told != "" && slices.ContainsFunc(live, func(r report.Report) bool { return bot.Fold(r.Text) == told }) {
		return Decision{Why: "the very words of a report: it is asked before the card"}
	}
	h := m.Hear(said.Text)
	after, judged, sure := h.After, h.Judged, h.Sure
	named := m.named(said.Text, live)
	if m.another(said, rd, after, live) {
		return Decision{Why: "another matter"}
	}
	if d, ok := m.wish(said, after, live, named); ok {
		return d
	}
	asked := only(live, func(r report.Report) bool { return !r.Asked.IsZero() && r.Status.Open() })
	switch {
	case after.Sequel == answer.Nods && (len(asked) == 0 || !yesOrNo(said.Text)):
		return Decision{Why: "a nod"}
	case small(rd, said) && judged == answer.NoJudgement:
		return Decision{Why: "small talk"}
	case rd.Kind == report.Question && judged == answer.NoJudgement && !said.Media && (len(asked) == 0 && len(named) == 0 || words(said.Text) >= 5):
		return Decision{Why: "a question of its own"}
	case len(asked) > 0 && judged == answer.NoJudgement && (len(named) == 0 || meet(asked, named)):
		return m.one(Answer, asked, named, said.At, "a question is open")
	}
	return m.more(said, rd, after, judged, sure, live, named)
}

// wish decides about what is wanted in so many words: to be hidden, to take it back, another place, news.
func (m Mind) wish(said Said, after answer.After, live, named []report.Report) (Decision, bool) {
	open := only(live, func(r report.Report) bool { return r.Status.Open() })
	asked := only(open, func(r report.Report) bool { return !r.Asked.IsZero() })
	switch after.Sequel {
	case answer.WantsPerson:
		return Decision{Act: Person, Why: "a person is asked for"}, true
	case answer.Hides:
		d := m.one(Hide, live, named, said.At, "who may see it")
		d.Who = after.Who
		return d, true
	case answer.TakesBack:
		if len(open) == 0 {
			open = only(live, func(r report.Report) bool { return r.Status == report.Resolved || r.Status == report.Rejected })
		}
		return m.one(Withdraw, open, named, said.At, "taken back"), len(open) > 0
	case answer.GoesOn:
		back := only(live, func(r report.Report) bool { return !r.Recalled.IsZero() || !r.Left.IsZero() })
		return m.one(Resume, back, named, said.At, "wanted after all"), len(back) > 0
	case answer.Moves:
		if len(open) > 0 && len(asked) == 0 {
			d := m.one(Move, open, named, said.At, "the place")
			d.Place = after.Words
			return d, true
		}
	case answer.WantsNews:
		return m.one(News, live, named, said.At, "asked after"), true
	case answer.Scolds:
		return m.one(News, live, named, said.At, "anger is answered with facts"), true
	case answer.NoSequel, answer.Nods:
	}
	return Decision{}, false
}

// more decides about what is neither an answer nor a wish: more of the matter, an outcry.
func (m Mind) more(said Said, rd understand.Reading, after answer.After, judged answer.Judgement, sure bool, live, named []report.Report) Decision {
	if judged == answer.JudgedUnfair || judged == answer.JudgedUnfit {
		refused := only(live, func(r report.Report) bool { return r.Status == report.Rejected && !r.Disputed })
		if sure && len(refused) > 0 && (len(named) == 0 || meet(refused, named)) {
			return m.one(Dispute, refused, named, said.At, "the refusal is not taken")
		}
	}
	open := only(live, func(r report.Report) bool {
		return r.Status.Open() || r.Status == report.Resolved || r.Status == report.Rejected
	})
	n := words(said.Text)
	d := m.one(Words, open, named, said.At, "more of it")
	switch {
	case len(open) == 0:
		return Decision{Why: "nothing can be added to"}
	case n == 1 && !still(said.Text) && judged != answer.JudgedFixed && m.bare(said.Text):
		return Decision{Why: "a yes or a no to nothing"}
	case n == 0:
		d.Fresh = len(d.Reports) > 1 || said.At.Sub(talked(d.Reports[0])) > lately
		return d
	case after.Sequel == answer.Moves:
		d.Fresh = len(d.Reports) > 1
		return d
	case (also(said.Text) && judged != answer.JudgedFixed || m.whole(said, rd, open)) && !still(said.Text) && !refers(said.Text) && !((sure || n < whole) && m.here(said.Text, rd, d.Reports)):
		return Decision{Why: "a story of its own"}
	case sure && judged != answer.NoJudgement && (still(said.Text) || again(said.Text) || m.akin(rd, d.Reports) && len(rd.Places) == 0):
		return outcry(d, open, named, n)
	case n >= 4 && n <= story && judged != answer.JudgedFixed && m.oneMore(said.Text, rd, d.Reports):
		d.Fresh, d.Why = true, "more of it, or one more like it"
		return d
	case judged == answer.JudgedUnfit || judged == answer.JudgedPart || judged == answer.JudgedFixed && sure:
		return outcry(d, open, named, n)
	case said.Media, detail(said.Text), len(named) > 0, refers(said.Text), n >= 2 && len(m.told(said.Text)) == 0:
		d.Fresh = len(d.Reports) > 1 || n > story || said.At.Sub(talked(d.Reports[0])) > lately || n >= 4 && m.strange(said.Text, rd, d.Reports)
		return d
	}
	return Decision{Why: "nothing speaks for a report"}
}

// outcry is that something is so, or still is: a word or three alone do not say of which report.
func outcry(d Decision, open, named []report.Report, n int) Decision {
	if n <= 3 && len(named) == 0 && len(open) > 1 {
		d.Reports = open
	}
	d.Fresh, d.Why = len(d.Reports) > 1, d.Why+"; an outcry"
	return d
}

// oneMore reports whether a text tells a matter like that of the reports, and nothing says that it is the same one.
func (m Mind) oneMore(text string, rd understand.Reading, reports []report.Report) bool {
	return len(m.told(text)) > 0 && !still(text) && !again(text) && !refers(text) && !detail(text) && !m.here(text, rd, reports)
}

// strange reports whether nothing in a text speaks for the reports, and its reading, or their end, against them.
func (m Mind) strange(text string, rd understand.Reading, reports []report.Report) bool {
	if detail(text) || refers(text) || m.akin(rd, reports) {
		return false
	}
	return len(rd.Guesses) > 0 && rd.Guesses[0].P >= half || !reports[0].Status.Open()
}

// whole reports whether a text tells a matter and a place, or a matter that none of the reports is about: it stands for itself.
func (m Mind) whole(said Said, rd understand.Reading, reports []report.Report) bool {
	n := words(said.Text)
	if n >= 4 && (said.Pin || m.places(said.Text) || slices.ContainsFunc(rd.Places, street)) {
		return true
	}
	if len(rd.Guesses) == 0 || rd.NoReport || n < 2 || rd.Guesses[0].P < understand.Faint || m.akin(rd, reports) {
		return false
	}
	return m.told(said.Text)[rd.Guesses[0].Category]
}

// live are the reports that somebody may still talk of.
func (m Mind) live(mine []report.Report, at time.Time) []report.Report {
	var out []report.Report
	for _, r := range mine {
		switch {
		case !r.Erased.IsZero(), r.How.OnBehalf() && r.Reporter.Zero():
		case r.Status.Open(), r.Status == report.Resolved, r.Status == report.Transferred, r.Status == report.Merged:
			out = append(out, r)
		case r.Status == report.Rejected, r.Status == report.Closed:
			if !r.Recalled.IsZero() {
				if at.Sub(r.Recalled) < report.Resumable {
					out = append(out, r)
				}
				continue
			}
			ended := r.Status == report.Closed && !r.Reopenable(at, m.Profile.ReopenDays(r.Category))
			if !ended && at.Sub(later(talked(r), r.Ended)) < fresh {
				out = append(out, r)
			}
		}
	}
	return out
}

// one narrows down which report is meant: by its matter, by what was told last.
func (m Mind) one(a Act, among, named []report.Report, at time.Time, why string) Decision {
	if len(among) == 0 {
		return Decision{Why: why + ", but none is left for it"}
	}
	if both := common(among, named); len(both) > 0 {
		among, why = both, why+"; its matter is named"
	}
	if len(among) == 1 {
		return Decision{Act: a, Reports: among, Why: why}
	}
	byTalk := slices.Clone(among)
	slices.SortStableFunc(byTalk, func(x, y report.Report) int { return talked(y).Compare(talked(x)) })
	first, second := talked(byTalk[0]), talked(byTalk[1])
	if at.Sub(first) < recent && first.Sub(second) > recent && a != Withdraw && a != Hide && a != Move {
		return Decision{Act: a, Reports: byTalk[:1], Why: why + "; told last"}
	}
	return Decision{Act: a, Reports: byTalk, Why: why + "; several"}
}

// another reports whether a message is about something that none of the reports is about: it must not be swallowed.
func (m Mind) another(said Said, rd understand.Reading, after answer.After, live []report.Report) bool {
	n := words(said.Text)
	if len(rd.Guesses) == 0 || rd.NoReport || n < 2 {
		return false
	}
	switch after.Sequel {
	case answer.Hides, answer.Nods, answer.GoesOn, answer.WantsPerson:
		return false
	case answer.TakesBack, answer.Moves, answer.Scolds:
		if n < story {
			return false
		}
	case answer.NoSequel, answer.WantsNews:
	}
	if refers(said.Text) && n < story || m.here(said.Text, rd, live) {
		return false
	}
	alike := only(live, func(r report.Report) bool { return r.Category == rd.Guesses[0].Category })
	switch {
	case after.Sequel == answer.WantsNews && n >= 5 && rd.Guesses[0].P >= half && m.told(said.Text)[rd.Guesses[0].Category] && m.elseTold(said.Text, live):
		return true
	case rd.Guesses[0].P < understand.Sure:
		return false
	case len(alike) == 0:
		return m.told(said.Text)[rd.Guesses[0].Category] || rd.Misconduct && n >= 5
	case also(said.Text) && n >= 3 && !still(said.Text):
		return true
	}
	return !slices.ContainsFunc(alike, func(r report.Report) bool { return !Elsewhere(m.Finder, said.Text, rd, r) })
}

// Another reports whether words tell of another matter than a report's, whatever else they are.
func (m Mind) Another(text string, rd understand.Reading, r report.Report) bool {
	if len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && rd.Guesses[0].Category != r.Category && m.told(text)[rd.Guesses[0].Category] {
		return true
	}
	return Elsewhere(m.Finder, text, rd, r)
}

// only are the reports of which something is true.
func only(all []report.Report, is func(report.Report) bool) []report.Report {
	return slices.DeleteFunc(slices.Clone(all), func(r report.Report) bool { return !is(r) })
}

// talked is when people last talked of a report.
func talked(r report.Report) time.Time {
	return later(later(r.Filed, r.Told), r.Asked)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func common(a, b []report.Report) []report.Report {
	return slices.DeleteFunc(slices.Clone(a), func(r report.Report) bool {
		return !slices.ContainsFunc(b, func(o report.Report) bool { return o.ID == r.ID })
	})
}

func meet(a, b []report.Report) bool { return len(common(a, b)) > 0 }

// bare reports whether a text is a yes or a no and nothing else.
func (m Mind) bare(text string) bool {
	means, ok := m.Answers.Read(text).Only()
	return ok && (means == answer.Yes || means == answer.No || means == answer.Good || means == answer.Dont || means == answer.Enough)
}
