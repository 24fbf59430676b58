// Package meant decides which of a person's filed reports an unquoted message is about, and what it does to it. It is pure: what is
// open is given in as the reports themselves.
package meant

import (
	"cmp"
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
	Show     Act = "show"     // what was hidden of it may be shown after all
	Withdraw Act = "withdraw" // it is not wanted any more
	Resume   Act = "resume"   // it is wanted after all
	Move     Act = "move"     // its place is another
	Dispute  Act = "dispute"  // the refusal is not taken
	Oppose   Act = "oppose"   // the plan is not taken
	Person   Act = "person"   // somebody of the office is to answer
	Danger   Act = "danger"   // somebody is in danger now
	Courtesy Act = "courtesy" // it is answered kindly, and that is all
	Ask      Act = "ask"      // a question about no report
	Absent   Act = "absent"   // it is said of a report, and there is none
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
	// Aim is what small talk it is with Courtesy.
	Aim understand.Aim
	Why string
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
	m.alsoOf(p.Matters)
	for _, a := range p.Areas {
		for w := range strings.FieldsSeq(bot.Fold(a.Name + " " + a.DistrictName)) {
			m.areas[w] = true
		}
	}
	return m
}

// alsoOf adds to words that name a matter the categories that say more with them: a truck is traffic, and takes the rubbish.
func (m Mind) alsoOf(matters []profile.Matter) {
	for _, of := range matters {
		for _, phrase := range of.Words {
			if len(of.Categories) != 1 || !strings.Contains(phrase, " ") {
				continue
			}
			for w := range m.words(phrase) {
				if known := m.matters[w]; len(known) > 0 && !slices.Contains(known, of.Categories[0]) {
					m.matters[w] = append(known, of.Categories[0])
				}
			}
		}
	}
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
	// greets is how many words a greeting may have that the lists of small talk do not know.
	greets = 7
	// story is from how many words on a text tells something of its own.
	story = 16
)

// Decide finds out what a message is about. mine are the person's reports, newest first.
func (m Mind) Decide(said Said, mine []report.Report) Decision {
	var rd understand.Reading
	if said.Text != "" {
		rd = m.Reader.Read(said.Text)
	}
	h := m.Hear(said.Text)
	live := m.live(mine, said.At)
	switch {
	case len(live) == 0:
		return m.absent(said, rd, h)
	case m.Alarms(said.Text, rd, h), rd.Harm != understand.NoHarm, rd.Human:
		return Decision{Why: "it is for a person, or a danger"}
	case h.is(alarm, understand.AimDanger) && !rd.NoReport:
		return Decision{Act: Danger, Why: "it sounds like a danger"}
	}
	if told := bot.Fold(said.Text); told != "" && slices.ContainsFunc(live, func(r report.Report) bool { return bot.Fold(r.Text) == told }) {
		return Decision{Why: "the very words of a report: it is asked before the card"}
	}
	named := m.named(said.Text, live)
	asked := only(live, func(r report.Report) bool { return !r.Asked.IsZero() && r.Status.Open() })
	if d, ok := apart(said, rd, h, len(asked) > 0); ok {
		return d
	}
	if d, ok := m.joined(said, h, live, named); ok {
		return d
	}
	if m.another(said, rd, h, live, named) {
		return Decision{Why: "another matter"}
	}
	if m.tells(said, rd, h, live) {
		d := m.one(Words, live, named, said.At, "more of it, or one more like it")
		d.Fresh = true
		return d
	}
	if planned := only(live, func(r report.Report) bool { return r.Status == report.Planned }); len(planned) > 0 && (m.Opposes(said.Text) || h.is(outright, understand.AimOppose)) &&
		!h.is(surely, understand.AimPlace, understand.AimDetail, understand.AimHide, understand.AimResume, understand.AimInfo) {
		if d := m.one(News, live, named, said.At, ""); len(d.Reports) > 0 && meet(planned, d.Reports) {
			return m.one(Oppose, planned, named, said.At, "the plan is not taken")
		}
	}
	if d, ok := m.tooLate(said, h, live, named); ok {
		return d
	}
	if d, ok := m.wish(said, h.After, live, named); ok {
		return d
	}
	if d, ok := m.beside(said, rd, h, asked, named); ok {
		return d
	}
	if len(asked) > 0 && h.Judged == answer.NoJudgement && (len(named) == 0 || meet(asked, named)) {
		return m.one(Answer, asked, named, said.At, "a question is open")
	}
	return m.more(said, rd, h, live, named)
}

// apart decides about what is so plainly said of no report that it is not asked whether it tells another matter.
func apart(said Said, rd understand.Reading, h Heard, asked bool) (Decision, bool) {
	switch {
	case said.Media || said.Pin || rd.Misconduct || asked && numeral(said.Text):
	case h.is(plainly, understand.AimHuman):
		return Decision{Act: Person, Why: "a person is asked for"}, true
	case understand.LureIn(said.Text) != understand.NoLure:
		return Decision{Why: "a lure"}, true
	case !asked && h.is(surely, understand.AimStray) && rd.NoReport && rd.Small == "spam":
		return Decision{Why: "it was meant for another chat"}, true
	case h.is(outright, understand.AimInfo) && rd.Kind == report.Question, h.is(certain, understand.AimInfo):
		return Decision{Act: Ask, Why: "a question of another sort"}, true
	case h.is(certain, understand.AimGreet) && words(said.Text) <= greets && hails(said.Text):
		return Decision{Act: Courtesy, Aim: h.Aim, Why: "a greeting, as it sounds"}, true
	case asked && yesOrNo(said.Text) && !(h.is(certain, understand.AimNod) && bides(said.Text)):
	case h.is(plainly, understand.AimNod) && (h.listed != answer.JudgedFixed || h.kindly() || bides(said.Text)), h.is(plainly, understand.AimThanks) && !(rd.NoReport && rd.Small == "thanks") && (h.listed != answer.JudgedFixed || h.kindly()):
		return Decision{Act: Courtesy, Aim: h.Aim, Why: "small talk, as it sounds"}, true
	}
	return Decision{}, false
}

// beside decides about what is said of no report: small talk, a nod, a question of its own.
func (m Mind) beside(said Said, rd understand.Reading, h Heard, asked, named []report.Report) (Decision, bool) {
	yes := len(asked) > 0 && yesOrNo(said.Text)
	switch {
	case len(asked) > 0 && numeral(said.Text): // how many, or which number
	case (h.is(outright, understand.AimInfo) || h.is(trusted, understand.AimInfo) && rd.Kind == report.Question) && !said.Media:
		return Decision{Act: Ask, Why: "a question of another sort"}, true
	case h.Sequel == answer.Nods && !yes && rd.Small == "" && !said.Media && len(m.told(said.Text)) == 0 && (rd.NoReport || len(rd.Guesses) == 0 || rd.Guesses[0].P < half):
		return Decision{Act: Courtesy, Aim: understand.AimNod, Why: "a nod, in words of its own"}, true
	case h.Sequel == answer.Nods && !yes && (rd.NoReport || h.Aim == understand.NoAim):
		return Decision{Why: "a nod"}, true
	case small(rd, said) && h.Judged == answer.NoJudgement && !h.follows(trusted):
		return Decision{Why: "small talk"}, true
	case said.Media || yes || h.Judged != answer.NoJudgement:
	case h.is(outright, understand.AimNod, understand.AimThanks, understand.AimGreet):
		return Decision{Act: Courtesy, Aim: h.Aim, Why: "small talk, as it sounds"}, true
	case h.Aim != understand.AimDetail && rd.Kind == report.Question && (len(asked) == 0 && len(named) == 0 || words(said.Text) >= 5):
		return Decision{Why: "a question of its own"}, true
	}
	return Decision{}, false
}

// wish decides about what is wanted in so many words: to be hidden, to take it back, another place, news.
func (m Mind) wish(said Said, after answer.After, live, named []report.Report) (Decision, bool) {
	open := only(live, func(r report.Report) bool { return r.Status.Open() })
	asked := only(open, func(r report.Report) bool { return !r.Asked.IsZero() })
	switch after.Sequel {
	case answer.WantsPerson:
		return Decision{Act: Person, Why: "a person is asked for"}, true
	case answer.Hides:
		d := m.one(Hide, live, m.spoken(said.Text, named), said.At, "who may see it")
		d.Who = after.Who
		if m.Answers.NamesOther(said.Text) {
			d.Who = OfOther
		}
		return d, true
	case answer.Shows:
		some := only(live, hidden)
		if len(some) == 0 {
			some = live
		}
		return m.one(Show, some, named, said.At, "who may see it after all"), true
	case answer.TakesBack:
		if part, ok := m.takenBack(said.Text); ok { // "yang sampah dibatalin, yang lampu tetap"
			if m.elseTold(part, live) {
				return m.one(News, live, named, said.At, "another is taken back than there is"), true
			}
			if some := m.named(part, live); len(some) > 0 {
				named = some
			}
		}
		if len(open) == 0 {
			open = only(live, func(r report.Report) bool {
				return r.Status == report.Resolved || r.Status == report.Rejected || r.Status == report.Closed && r.Recalled.IsZero() && names(said.Text)
			})
		}
		return m.one(Withdraw, open, m.spoken(said.Text, named), said.At, "taken back"), len(open) > 0
	case answer.GoesOn:
		back := only(live, func(r report.Report) bool { return !r.Recalled.IsZero() || !r.Left.IsZero() })
		if len(back) == 0 {
			return m.one(News, live, named, said.At, "wanted still"), true
		}
		return m.one(Resume, back, named, said.At, "wanted after all"), true
	case answer.Moves:
		if len(open) > 0 && len(asked) == 0 {
			d := m.one(Move, open, named, said.At, "the place")
			d.Place = cmp.Or(after.Words, m.rightPlace(said.Text))
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

func hidden(r report.Report) bool {
	return r.Visibility == report.Anonymous || r.Visibility == report.Confidential
}

// more decides about what is neither an answer nor a wish: more of the matter, an outcry.
func (m Mind) more(said Said, rd understand.Reading, h Heard, live, named []report.Report) Decision {
	judged, sure, n := h.Judged, h.Sure, words(said.Text)
	if refused := only(live, func(r report.Report) bool { return r.Status == report.Rejected && !r.Disputed }); disputes(h, n, refused, named) {
		return m.one(Dispute, refused, named, said.At, "the refusal is not taken")
	}
	open := only(live, func(r report.Report) bool {
		return r.Status.Open() || r.Status == report.Resolved || r.Status == report.Rejected
	})
	if len(open) == 0 { // of what was joined with another something can be said still
		open = only(live, func(r report.Report) bool { return r.Status == report.Merged })
	}
	d := m.one(Words, open, named, said.At, "more of it")
	switch {
	case len(open) == 0:
		return Decision{Why: "nothing can be added to"}
	case numeral(said.Text):
		return Decision{Why: "a number to nothing"}
	case n == 1 && !still(said.Text) && judged != answer.JudgedFixed && m.bare(said.Text):
		return Decision{Why: "a yes or a no to nothing"}
	case n == 0:
		d.Fresh = len(d.Reports) > 1 || said.At.Sub(talked(d.Reports[0])) > lately
		return d
	case h.Sequel == answer.Moves:
		d.Fresh = len(d.Reports) > 1
		return d
	case judged == answer.JudgedFixed && n <= 2 && len(named) == 0 && len(open) > 1:
		return outcry(d, open, named, n)
	case m.apart(said, rd, h, open) && !((sure || n < whole || h.goesOn()) && m.here(said.Text, rd, d.Reports)):
		return Decision{Why: "a story of its own"}
	case sure && judged != answer.NoJudgement && (still(said.Text) || again(said.Text) || m.akin(rd, d.Reports) && len(rd.Places) == 0):
		return outcry(d, open, named, n)
	case n >= 4 && n <= story && judged != answer.JudgedFixed && !h.follows(plainly) && m.oneMore(said.Text, rd, d.Reports):
		d.Fresh, d.Why = true, "more of it, or one more like it"
		return d
	case judged == answer.JudgedUnfit || judged == answer.JudgedPart || judged == answer.JudgedFixed && sure:
		return outcry(d, open, named, n)
	case said.Media, detail(said.Text), len(named) > 0, refers(said.Text), n >= 2 && len(m.told(said.Text)) == 0:
		d.Fresh = len(d.Reports) > 1 || n > story && !h.onward() || said.At.Sub(talked(d.Reports[0])) > lately || n >= 4 && !h.is(least, understand.AimDetail) && !h.follows(plainly) && m.strange(said.Text, rd, d.Reports) || h.aims.P(understand.AimNew) >= hinted && m.foreign(said.Text, rd, live)
		return d
	case h.Follows():
		d.Fresh = len(d.Reports) > 1 || h.P < plainly && m.elseTold(said.Text, d.Reports)
		return d
	}
	if h.complains() {
		return m.one(News, live, named, said.At, "rather anger than thanks: it is answered with facts")
	}
	return nothing(said, rd)
}

// disputes reports whether words say that a refusal is not taken.
func disputes(h Heard, n int, refused, named []report.Report) bool {
	if h.Judged != answer.JudgedUnfair && (h.Judged != answer.JudgedUnfit || n <= 1) {
		return false
	}
	return h.Sure && len(refused) > 0 && (len(named) == 0 || meet(refused, named))
}

// apart reports whether a text is told as a story of its own, and says nothing of what was told before.
func (m Mind) apart(said Said, rd understand.Reading, h Heard, open []report.Report) bool {
	if still(said.Text) || refers(said.Text) {
		return false
	}
	too := m.oneToo(said.Text, rd) && !(h.onward() && h.P >= certain) && h.Judged != answer.JudgedFixed
	return too || m.whole(said, rd, open) && !h.is(surely, understand.AimDetail, understand.AimFixed, understand.AimDispute) && !h.continues()
}

// outcry is that something is so, or still is: a word or three alone do not say of which report.
func outcry(d Decision, open, named []report.Report, n int) Decision {
	if n <= 3 && len(named) == 0 && len(open) > 1 {
		d.Reports = open
	}
	d.Fresh, d.Why = len(d.Reports) > 1, d.Why+"; an outcry"
	return d
}

// bare reports whether a text is a yes or a no and nothing else.
func (m Mind) bare(text string) bool {
	means, ok := m.Answers.Read(text).Only()
	return ok && (means == answer.Yes || means == answer.No || means == answer.Good || means == answer.Dont || means == answer.Enough)
}

// nothing decides about what speaks for no report: an outcry that tells nothing is taken note of, all else is for who stands behind.
func nothing(said Said, rd understand.Reading) Decision {
	if rd.NoReport && rd.Small == "" && words(said.Text) <= curt && !said.Media && !said.Pin {
		return Decision{Act: Courtesy, Aim: understand.AimNod, Why: "an outcry that tells nothing"}
	}
	return Decision{Why: "nothing speaks for a report"}
}
