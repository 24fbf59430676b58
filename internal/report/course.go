package report

import (
	"slices"
	"time"
)

// Course is what figures need to know of one report: a few times and marks, and nobody's words or name. It is made of the report and
// its facts alone (CourseOf), so that what is kept of it can be made anew at any time. What each figure takes of it stands in
// docs/figures.md.
type Course struct {
	Report     ID
	Filed, Due time.Time
	// Channel is the network on which it was filed, or the way in which an officer took it; "" once its reporter is erased.
	Channel    string
	Kind       Kind
	Category   string
	Area       string
	District   string
	Visibility Visibility
	// Status is how it stands, Office who owns it now or did last; "" is the coordinator.
	Status Status
	Office string
	// Answered is when a person of an office first answered in words; zero: not yet. AnsweredBy is the office that had it then.
	Answered   time.Time
	AnsweredBy string
	// Ended is when it was last over, zero while somebody has to act.
	Ended time.Time
	// Resolutions are all times that its office called it done, Spells who had it while it was open, Waits when its clocks stood still
	// (Pauses), Limits what its clocks showed, Bounces who gave it back, Acts what people of offices did: each in order.
	Resolutions []Resolution
	Spells      []Spell
	Waits       []Wait
	Limits      []Limit
	Bounces     []Bounce
	Acts        []Act
	// Delivered and Undelivered count the news that reached its reporter and that never will. They come from letters, not facts.
	Delivered, Undelivered int
}

// Resolution is one time that an office called a report done.
type Resolution struct {
	Seq    int // of its fact
	At     time.Time
	Office string
	// Proof says that a picture or a file came with it.
	Proof bool
	// Verdict is what the reporter said of it last, Lapsed where nobody said anything in time, "" while it waits.
	Verdict Verdict
	// Stars is the mark, 1 to 5, that the reporter gave last after a verdict of his or hers on it; 0 for none.
	Stars int
	// Reopened is when the report began again after it; zero: it did not.
	Reopened time.Time
}

// Lapsed is the verdict of nobody: the time for one is over.
const Lapsed Verdict = "lapsed"

// Spell is how long an office ("" is the coordinator) had a report. To is zero while it has it.
type Spell struct {
	Office   string
	From, To time.Time
}

// Wait is a time in which a report's clocks stood still, apart from all others of a Course. Of one that goes on, To is when it ends by itself.
type Wait struct{ From, To time.Time }

// Limit is until when something was to be done, as it stood between two times: pauses move a limit, and what is done has none any more. To is
// zero while it stands.
type Limit struct {
	Stage         string // of Term
	From, To, Due time.Time
}

// Bounce is an office that gave a report back. Sender is who had it before that office.
type Bounce struct {
	At             time.Time
	Office, Sender string
}

// Act is something that an officer did, and for which office.
type Act struct {
	At     time.Time
	Office string
}

// CourseOf folds a report's facts, which must be all of them in order. What was taken back before it was sent counts as never said.
func CourseOf(r Report, facts []Fact) Course {
	return courseOf(r, facts, nil)
}

// Stage is how a report stood after one of its facts, as far as figures ask.
type Stage struct {
	Fact   Fact
	Status Status
	Office string
	// Asked says that a question to the reporter waits for an answer, Heard that he or she hears of it.
	Asked, Heard bool
	// Until is until when it is planned; zero where it is not.
	Until time.Time
	// Terms are the clocks that run.
	Terms []Term
	// Undone says that the fact was taken back, or is the taking back: it counts as never said.
	Undone bool
}

// Stages are a report's facts with how it stood after each.
func Stages(r Report, facts []Fact) []Stage {
	out := make([]Stage, 0, len(facts))
	courseOf(r, facts, func(s Stage) { out = append(out, s) })
	return out
}

func courseOf(r Report, facts []Fact, each func(Stage)) Course {
	c := Course{Report: r.ID, Filed: r.Filed, Due: r.Due, Channel: channelOf(r)}
	gone := withdrawn(facts)
	o, chat, terms := Origin(r), hadChat(r), []Term(nil)
	var pauses Pauses
	for _, f := range facts {
		undone := f.What == WasWithdrawn || gone[f.Seq] || f.What == WasEnclosed && gone[f.Of]
		chat = chat || f.What == WasMoved
		hears := chat && o.Left.IsZero()
		if !undone {
			was := o
			o = Apply(o, f)
			hears = chat && o.Left.IsZero()
			c.step(was, o, f)
			pauses.Follow(o, f, hears)
		}
		if f.Terms != nil { // also of what was taken back: until then it stood so
			terms = f.Terms
		}
		run := running(o, terms)
		c.limit(run, f.At)
		if each != nil {
			s := Stage{Fact: f, Status: o.Status, Office: o.Agency, Asked: !o.Asked.IsZero(), Heard: hears, Terms: run, Undone: undone}
			if o.Status == Planned {
				s.Until = o.Until
			}
			each(s)
		}
	}
	c.Waits = pauses.apart()
	c.Kind, c.Category, c.Area, c.District, c.Visibility = o.Kind, o.Category, o.Place.Area, o.Place.District, o.Visibility
	c.Status, c.Office = o.Status, o.Agency
	return c
}

// withdrawn are the facts that were taken back.
func withdrawn(facts []Fact) map[int]bool {
	var gone map[int]bool
	for _, f := range facts {
		if f.What == WasWithdrawn {
			if gone == nil {
				gone = map[int]bool{}
			}
			gone[f.Of] = true
		}
	}
	return gone
}

func channelOf(r Report) string {
	if r.How.OnBehalf() {
		return string(r.How)
	}
	return string(r.Reporter.Network)
}

// hadChat reports whether a report's reporter had a chat here when it was filed, also where he or she is erased since.
func hadChat(r Report) bool {
	return !r.Reporter.Zero() || !r.Erased.IsZero() && !r.How.OnBehalf() && r.Via == ""
}

// running are the clocks of a report that run, by what was put on record of them.
func running(r Report, terms []Term) []Term {
	if !r.Status.Working() {
		return nil
	}
	r.Terms = terms
	return r.running()
}

// limit follows until when things are to be done.
func (c *Course) limit(run []Term, at time.Time) {
	stands := func(l Limit, t Term) bool { return l.To.IsZero() && l.Stage == t.Stage && l.Due.Equal(t.Due) }
	for i := range c.Limits {
		if l := &c.Limits[i]; l.To.IsZero() && !slices.ContainsFunc(run, func(t Term) bool { return stands(*l, t) }) {
			l.To = at
		}
	}
	c.Limits = slices.DeleteFunc(c.Limits, func(l Limit) bool { return !l.To.IsZero() && !l.To.After(l.From) })
	for _, t := range run {
		if !slices.ContainsFunc(c.Limits, func(l Limit) bool { return stands(l, t) }) {
			c.Limits = append(c.Limits, Limit{Stage: t.Stage, From: at, Due: t.Due})
		}
	}
}

// step follows one fact that holds.
func (c *Course) step(was, now Report, f Fact) {
	c.hold(now, f.At)
	switch {
	case now.Status.Open():
		c.Ended = time.Time{}
	case was.Status.Open():
		c.Ended = f.At
	}
	if f.By.Role == Operator && f.By.Home != "" {
		c.Acts = append(c.Acts, Act{f.At, f.By.Home})
	}
	switch f.What {
	case WasAnswered, WasPlanned, WasResolved, WasRejected:
		if c.Answered.IsZero() && person(f.By.Role) {
			c.Answered, c.AnsweredBy = f.At, was.Agency
		}
	case WasReturned:
		if was.Agency != "" {
			c.Bounces = append(c.Bounces, Bounce{At: f.At, Office: was.Agency, Sender: c.before(was.Agency)})
		}
	}
	c.resolve(was, now, f)
}

// person reports whether a role is that of somebody of an office.
func person(r Role) bool { return r == Operator || r == Coordinator || r == Leader }

// resolve follows what is said of the end.
func (c *Course) resolve(was, now Report, f Fact) {
	if f.What == WasResolved {
		c.Resolutions = append(c.Resolutions, Resolution{Seq: f.Seq, At: f.At, Office: was.Agency, Proof: len(f.Photos)+len(f.Files) > 0})
		return
	}
	if len(c.Resolutions) == 0 {
		return
	}
	last := &c.Resolutions[len(c.Resolutions)-1]
	switch f.What {
	case WasEnclosed:
		if i := slices.IndexFunc(c.Resolutions, func(r Resolution) bool { return r.Seq == f.Of }); i >= 0 {
			c.Resolutions[i].Proof = true
		}
	case WasJudged:
		last.Verdict = f.Verdict
	case WasRated:
		if last.Verdict != "" && last.Verdict != Lapsed {
			last.Stars = f.Stars
		}
	case WasLapsed:
		last.Verdict = Lapsed
	}
	done := was.Status == Resolved || was.Status == Closed && was.Recalled.IsZero()
	if done && now.Status.Open() && last.Reopened.IsZero() {
		last.Reopened = f.At
	}
}

// hold follows who has it.
func (c *Course) hold(now Report, at time.Time) {
	last := len(c.Spells) - 1
	open := last >= 0 && c.Spells[last].To.IsZero()
	if open && now.Status.Open() && c.Spells[last].Office == now.Agency {
		return
	}
	if open {
		c.Spells[last].To = at
		if !at.After(c.Spells[last].From) {
			c.Spells = c.Spells[:last]
		}
	}
	if now.Status.Open() {
		c.Spells = append(c.Spells, Spell{Office: now.Agency, From: at})
	}
}

// before is who had it before the office that has it now; "" also where nobody had.
func (c *Course) before(office string) string {
	for _, s := range slices.Backward(c.Spells) {
		if s.Office != office && !s.To.IsZero() {
			return s.Office
		}
	}
	return ""
}

// Until is the last moment that figures of a time can ask about it: zero while it is open.
func (c Course) Until() time.Time {
	if c.Ended.IsZero() {
		return time.Time{}
	}
	until := c.Ended
	for _, t := range []time.Time{c.Filed, c.Due} {
		if t.After(until) {
			until = t
		}
	}
	return until
}
