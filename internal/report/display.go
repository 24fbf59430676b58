package report

import (
	"math"
	"slices"
	"time"
)

// Display is all that strangers may ever see of a report, and nothing of any person: no name, chat, word or exact point is in it but
// what a moderator cleared. Only DisplayOf makes one, of the report and its facts alone, so that what is kept of it can be made anew
// at any time. Codes stand for categories, areas and offices; what they are called is the profile's.
type Display struct {
	Report ID     `json:"report"`
	Code   Code   `json:"code"`
	Kind   Kind   `json:"kind,omitempty"`
	Status Status `json:"status"`
	// Category, Area (kelurahan), District (kecamatan) are codes, "" where there is none.
	Category string `json:"category,omitempty"`
	Area     string `json:"area,omitempty"`
	District string `json:"district,omitempty"`
	// Spot is the middle of the square of about 100 m that the place lies in; nil where none is known, and of anonymous reports.
	Spot *Pin `json:"spot,omitempty"`
	// Office has it now or had it last, "" is the coordinator. Owner is somebody outside the government who has it, while Status is
	// Transferred.
	Office string `json:"office,omitempty"`
	Owner  string `json:"owner,omitempty"`
	// With is the report that it was joined with, where its story goes on, while Status is Merged. Strangers may know of that one or not:
	// whoever reads displays out leaves it away where they may not.
	With Code `json:"with,omitempty"`
	// Filed is when it came, Due when an answer must have been given, Finish when it must be done (zero: no such rule), Planned the date
	// of the plan while Status is Planned.
	Filed time.Time `json:"filed"`
	Due   time.Time `json:"due,omitzero"`
	// Anew says that an answer is owed by Due though one was given before: the report began again.
	Anew    bool      `json:"anew,omitzero"`
	Finish  time.Time `json:"finish,omitzero"`
	Planned time.Time `json:"planned,omitzero"`
	// Answered is when an office first answered, Resolved when it last called it done (zero while it is open again), Ended when it was
	// over, Changed when anything here was last another.
	Answered time.Time `json:"answered,omitzero"`
	Resolved time.Time `json:"resolved,omitzero"`
	Ended    time.Time `json:"ended,omitzero"`
	Changed  time.Time `json:"changed"`
	// Followers counts who hears its news besides its reporter.
	Followers int `json:"followers,omitempty"`
	// Story are its facts that everybody may know, the oldest first.
	Story []Moment `json:"story,omitempty"`
	// Exhibits are what moderators cleared, in the order in which they did.
	Exhibits []Exhibit `json:"exhibits,omitempty"`
}

// Moment is one line of a Display's story: what happened, when, at which office. It has nobody's words.
type Moment struct {
	Seq  int       `json:"seq"` // of its fact
	At   time.Time `json:"at"`
	What What      `json:"what"`
	// Office has the report after it, "" is the coordinator; with WasReturned it is who gave it back.
	Office string `json:"office,omitempty"`
	// Owner is who outside got it, with Transferred; Reason the code of the refusal's, with Rejected; Until the date of the plan, with
	// Planned; Verdict the reporter's, with Judged; Turn what news from LAPOR! did, with Mirrored.
	Owner   string    `json:"owner,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	Until   time.Time `json:"until,omitzero"`
	Verdict Verdict   `json:"verdict,omitempty"`
	Turn    Turn      `json:"turn,omitempty"`
}

// Exhibit is what a moderator cleared for everybody: a sentence, a picture, or both. The picture itself is a copy made for this, under
// the report's ID and Seq.
type Exhibit struct {
	Seq int       `json:"seq"` // of the fact by which it was cleared
	At  time.Time `json:"at"`
	// Words are the moderator's, "" for none.
	Words string `json:"words,omitempty"`
	// Picture says that there is one. It can be shown once the copy is made.
	Picture bool `json:"picture,omitempty"`
	// Before says that the picture shows the trouble, as a citizen sent it; else it came with an office's work.
	Before bool `json:"before,omitempty"`
}

// openly are the facts that a Display tells.
var openly = []What{
	WasFiled, WasAssigned, WasForwarded, WasReturned, WasAdmitted, WasTaken, WasAnswered, WasAsked, WasPlanned, WasResolved, WasRejected,
	WasJudged, WasDisputed, WasLapsed, WasReopened, WasTransferred, WasMerged, WasUnmerged, WasResumed, WasMirrored,
}

// DisplayOf folds a report's facts, which must be all of them in order. ok is false where strangers must not know that there is such a
// report: one that Public hides, whose reporter was erased or took it back, that waits for the coordinator's look, or that may yet turn
// out to be sensitive because nobody knows what it is about.
func DisplayOf(r Report, facts []Fact, sensitive func(category string) bool) (d Display, ok bool) {
	o, ok := Public(r, sensitive)
	if !ok || !r.Erased.IsZero() || !r.Recalled.IsZero() || r.Status == Quarantined || r.Category == "" && unclear(r, sensitive) {
		return Display{}, false
	}
	gone := withdrawn(facts)
	if seq, pends := unproven(facts, gone); pends { // nobody outside the desk hears of it yet
		s := Without(r, facts, seq)
		if gone == nil {
			gone = map[int]bool{}
		}
		gone[seq] = true
		r.Status, r.Answered, r.Until = s.Status, s.Answered, s.Until
		o.Status = s.Status
	}
	owes, owed := r.Owes()
	d = Display{Report: r.ID, Code: o.Code, Kind: r.Kind, Status: o.Status, Category: o.Category, Area: r.Place.Area, District: r.Place.District,
		Office: r.Agency, Filed: r.Filed, Due: owes.Due, Anew: owed && !r.Answered.IsZero(), Planned: r.Until, Answered: r.Answered, Changed: r.Filed, Followers: len(r.Followers)}
	if t, has := r.TermOf("finish"); has {
		d.Finish = t.Due
	}
	if r.Status == Transferred {
		d.Owner = r.Owner
	}
	if r.Status == Merged && r.With != nil {
		d.With = r.With.Code
	}
	if r.Visibility == Normal && r.Place.Pin != nil {
		d.Spot = r.Place.Pin.square()
	}
	d.tell(r, facts, gone)
	d.exhibit(facts, gone)
	return d, true
}

// unclear reports whether a report that has no category may be about something sensitive.
func unclear(r Report, sensitive func(category string) bool) bool {
	return slices.ContainsFunc(r.Guesses, func(g Guess) bool { return g.P >= weighs && sensitive(g.Category) })
}

// unproven is the answer that calls a report done and has no new photo yet (Fact.Seen).
func unproven(facts []Fact, gone map[int]bool) (seq int, ok bool) {
	for _, f := range slices.Backward(facts) {
		if f.What != WasResolved || gone[f.Seq] {
			continue
		}
		if len(f.Photos) == 0 || f.Seen == nil {
			return 0, false
		}
		for _, part := range facts {
			if part.What == WasEnclosed && part.Of == f.Seq && len(part.Photos) > 0 && part.Seen == nil {
				return 0, false
			}
		}
		return f.Seq, true
	}
	return 0, false
}

// tell follows the facts that hold.
func (d *Display) tell(r Report, facts []Fact, gone map[int]bool) {
	o := Origin(r)
	for _, f := range facts {
		if gone[f.Seq] || f.What == WasWithdrawn || f.What == WasEnclosed && gone[f.Of] {
			continue
		}
		was := o
		o = Apply(o, f)
		if !slices.Contains(openly, f.What) || f.What == WasMirrored && f.Turn == Nothing {
			continue
		}
		m := Moment{Seq: f.Seq, At: f.At, What: f.What, Office: o.Agency, Reason: f.Reason, Verdict: f.Verdict, Turn: f.Turn}
		switch f.What {
		case WasReturned:
			m.Office = was.Agency
		case WasTransferred:
			m.Owner = f.Owner
		case WasPlanned:
			m.Until = f.Until
		}
		d.Story = append(d.Story, m)
		d.changed(f.At)
		if f.What == WasResolved {
			d.Resolved = f.At
		}
		switch {
		case o.Status.Open():
			d.Ended = time.Time{}
		case was.Status.Open():
			d.Ended = f.At
		}
	}
	if d.Status != Resolved && d.Status != Closed {
		d.Resolved = time.Time{}
	}
}

func (d *Display) changed(at time.Time) {
	if at.After(d.Changed) {
		d.Changed = at
	}
}

// exhibit gathers what was cleared and is not taken back. What an office said and withdrew takes its picture along.
func (d *Display) exhibit(facts []Fact, gone map[int]bool) {
	for _, f := range facts {
		switch {
		case f.What == WasUndisplayed:
			d.changed(f.At)
			d.Exhibits = slices.DeleteFunc(d.Exhibits, func(e Exhibit) bool { return f.Of == 0 || e.Seq == f.Of })
		case f.What != WasDisplayed:
		case f.Exposed == nil:
			d.changed(f.At)
			d.Exhibits = append(d.Exhibits, Exhibit{Seq: f.Seq, At: f.At, Words: f.Words})
		case !gone[f.Of] && !gone[ofAnswer(facts, f.Of)]:
			d.changed(f.At)
			d.Exhibits = append(d.Exhibits, Exhibit{Seq: f.Seq, At: f.At, Words: f.Words, Picture: true, Before: f.Exposed.Before})
		}
	}
}

// ofAnswer is the answer that an enclosed photo belongs to, 0 for what is none.
func ofAnswer(facts []Fact, seq int) int {
	i := slices.IndexFunc(facts, func(f Fact) bool { return f.Seq == seq && f.What == WasEnclosed })
	if i < 0 {
		return 0
	}
	return facts[i].Of
}

// side is how long and wide the squares are that places are told by, in degrees: 100 m at the equator, and 98 m at the rim of the country.
const side = 0.0009

// square is the middle of the square that a point lies in.
func (p Pin) square() *Pin {
	middle := func(x float64) float64 { return math.Round((math.Floor(x/side)+0.5)*side*1e5) / 1e5 }
	return &Pin{Lat: middle(p.Lat), Lon: middle(p.Lon)}
}
