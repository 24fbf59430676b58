package report

import (
	"cmp"
	"strings"
	"time"
)

// Lapor is what people call the national channel, as the source of a foreign number.
const Lapor = "SP4N LAPOR!"

// IsLapor reports whether a source of a foreign number is the national channel, however it is written.
func IsLapor(source string) bool {
	s := strings.ToLower(source)
	return strings.Contains(s, "sp4n") || strings.Contains(s, "lapor!")
}

// Standing elsewhere: a report that is in LAPOR! too is handled in both.

// Mirror is how a report stands in LAPOR!, beside how it stands here.
type Mirror struct {
	// Number is its tracking id there, "" while it is being typed in; Asked is when somebody began to.
	Number string    `json:"number,omitempty"`
	Asked  time.Time `json:"asked,omitzero"`
	// Word is its status there, as it was written, Means what that says (profile.LaporMeanings), "" where nobody knows. Why is the
	// reason there.
	Word  string `json:"word,omitempty"`
	Means string `json:"means,omitempty"`
	Why   string `json:"why,omitempty"`
	// Class is the class an admin gave it there ("Pengaduan Berkadar Pengawasan"), "" for none.
	Class string `json:"class,omitempty"`
	// At is when LAPOR! last moved it here, zero for never.
	At time.Time `json:"at,omitzero"`
	// Over says that it is LAPOR! which ended it here.
	Over bool `json:"over,omitempty"`
	// Seen is the day the news is of, Print tells two states apart.
	Seen  time.Time `json:"seen,omitzero"`
	Print string    `json:"print,omitempty"`
	// Copied is the Seq of the newest fact that was typed in there; Owing the Seq of the newest that has to be, 0 for none.
	Copied int `json:"copied,omitempty"`
	Owing  int `json:"owing,omitempty"`
}

// Numbered says under which number a report is kept in LAPOR! now: its reporter hears of it.
type Numbered struct{ Foreign }

// Handed is how far typing a report into LAPOR! has come: the packet was asked for.
type Handed struct{}

// Mirrored is what LAPOR! says of a report now. Turn is what that does to it here.
type Mirrored struct {
	Mirror
	Turn Turn
}

// Copied says that somebody has typed in there what was said here, up to the fact Seq.
type Copied struct{ Seq int }

// Turn is what news from LAPOR! does to a report here.
type Turn string

// The turns. Nothing: it is known, and no more. Waits: its reporter is asked for something there, the clock stops. Answers: an office has
// answered there. Shuts and Refuses end it; Revives lets what was ended by LAPOR! begin again.
const (
	Nothing Turn = ""
	Waits   Turn = "waits"
	Answers Turn = "answers"
	Shuts   Turn = "shuts"
	Refuses Turn = "refuses"
	Revives Turn = "revives"
)

// The deeds of that.
const (
	Handing   Deed = "copy over" // to LAPOR!, beside this channel
	Numbering Deed = "number"    // its number there is known
	Mirroring Deed = "mirror"    // what LAPOR! says of it is known
	Awaiting  Deed = "await"     // LAPOR! waits for its reporter
	Tracking  Deed = "track"     // it was answered there
	Shutting  Deed = "shut"      // it was closed there
	Refusing  Deed = "refuse"    // it was refused there
	Reviving  Deed = "revive"    // it is open there again
	Copying   Deed = "copy back" // what was said here is typed in there
)

// The facts of that.
const (
	WasHanded   What = "handed"   // somebody types it into LAPOR!
	WasMirrored What = "mirrored" // it stands otherwise there: Mirror, with what that does here: Turn
	WasCopied   What = "copied"   // what was said here up to the fact Of is typed in there
)

func (Handed) deed() Deed   { return Handing }
func (Numbered) deed() Deed { return Numbering }
func (Copied) deed() Deed   { return Copying }

func (m Mirrored) deed() Deed {
	switch m.Turn {
	case Waits:
		return Awaiting
	case Answers:
		return Tracking
	case Shuts:
		return Shutting
	case Refuses:
		return Refusing
	case Revives:
		return Reviving
	}
	return Mirroring
}

// applyMirror is Apply for what becomes of a report in LAPOR!; ok is false for all others.
func applyMirror(r Report, f Fact) (_ Report, ok bool) {
	m := Mirror{}
	if r.Mirror != nil {
		m = *r.Mirror
	}
	switch f.What {
	case WasHanded:
		m.Asked = f.At
	case WasCopied:
		m.Copied = max(m.Copied, f.Of)
		if m.Owing <= m.Copied {
			m.Owing = 0
		}
	case WasMirrored:
		if n := f.Mirror; n != nil {
			m.Word, m.Means, m.Why, m.Class, m.Seen, m.Print = n.Word, n.Means, n.Why, n.Class, n.Seen, n.Print
			m.Number = cmp.Or(n.Number, m.Number)
			switch f.Turn {
			case Nothing:
			case Shuts, Refuses:
				m.At, m.Over = f.At, true
			default:
				m.At, m.Over = f.At, false
			}
		}
		r = turned(r, f)
	default:
		return r, false
	}
	r.Mirror = &m
	return r, true
}

// turned is a report after what LAPOR! says of it.
func turned(r Report, f Fact) Report {
	d := Mirrored{Turn: f.Turn}.deed()
	if f.Turn != Waits && !r.Asked.IsZero() && r.Mirror != nil && r.Mirror.Means == "incomplete" {
		r.Asked = time.Time{} // LAPOR! waits for nothing any more
	}
	switch f.Turn {
	case Waits:
		r.Asked = f.At
	case Answers:
		r = answered(r, f)
		r.Status = stands(r, d)
	case Shuts, Refuses:
		r.Status = stands(r, d)
		r.Until, r.Ended, r.Asked = time.Time{}, f.At, time.Time{}
		if f.Turn == Refuses {
			r.Ended = time.Time{}
			r = answered(r, f)
		}
	case Revives:
		r = reopened(r, f, d)
		if f.Mirror != nil && f.Mirror.Means == "incomplete" {
			r.Asked = f.At
		}
	}
	return r
}

// tracked keeps that a report has a number in LAPOR!, and that what is said of it from then on has to be typed in there.
func tracked(r Report, f Fact) Report {
	if f.What == WasLinked && f.Foreign != nil && IsLapor(f.Foreign.Source) {
		m := Mirror{}
		if r.Mirror != nil {
			m = *r.Mirror
		}
		m.Number = f.Foreign.Number
		r.Mirror = &m
	}
	if r.Mirror == nil || r.Mirror.Number == "" || f.Beside {
		return r
	}
	switch f.What {
	case WasAdded, WasAnswered, WasResolved, WasRejected, WasPlanned, WasEnclosed, WasAsked, WasTransferred, WasReopened:
		return r.owing(f.Seq)
	}
	return r
}

// owing is a report of which what was said up to the fact seq has to be typed into LAPOR!.
func (r Report) owing(seq int) Report {
	if r.Mirror == nil || r.Mirror.Owing == seq {
		return r
	}
	m := *r.Mirror
	m.Owing = seq
	if seq <= m.Copied {
		m.Owing = 0
	}
	r.Mirror = &m
	return r
}

// Owing is the Seq of the newest fact that has to be typed into LAPOR!, 0 for none.
func (r Report) Owing() int {
	if r.Mirror == nil {
		return 0
	}
	return r.Mirror.Owing
}

// Tracking is the number of the report in LAPOR!, "" where it has none, or none yet.
func (r Report) Tracking() string {
	if r.Mirror == nil {
		return ""
	}
	return r.Mirror.Number
}

// HandingOver reports whether somebody types the report into LAPOR! and has not given its number back.
func (r Report) HandingOver() bool {
	return r.Mirror != nil && r.Mirror.Number == "" && !r.Mirror.Asked.IsZero()
}
