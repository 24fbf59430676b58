package report

import "time"

// What a reporter does to a report that is filed already, besides adding to it.

// Hide shows less of the report, or of who filed it, from now on (jadikan anonim, jadikan rahasia). Words are how the reporter said it:
// they are shown to nobody.
type Hide struct {
	Visibility Visibility
	Words      string
}

// Reveal undoes the hiding of a report: it shows what it showed before, as its reporter wants after all (tidak jadi anonim).
type Reveal struct{ Words string }

// Recall takes the report back (tarik laporan). Where others hear of it who have the same trouble, it goes on without its reporter.
type Recall struct{ Words string }

// Resume undoes a Recall. Into is the report that stands for it now, where it was joined with another after its reporter had left it.
type Resume struct{ Into Report }

// Urge asks the office when something will be done (kapan?). It moves nothing in the report, and no clock.
type Urge struct{ Words string }

// Oppose is the reporter not taking a plan (tidak mau menunggu). The plan stands until the office, or the coordinator, answers.
type Oppose struct{ Words string }

func (Oppose) deed() Deed { return Opposing }
func (Hide) deed() Deed   { return Hiding }
func (Reveal) deed() Deed { return Revealing }
func (Recall) deed() Deed { return Recalling }
func (Resume) deed() Deed { return Resuming }
func (Urge) deed() Deed   { return Urging }

// The facts of that. WasRecalled ends the report, be it that its reporter wants nothing more of it or that he or she is erased.
const (
	WasHidden   What = "hidden"   // less of it is shown from now on: Visibility, and Shown before
	WasRevealed What = "revealed" // what was hidden is shown after all: Visibility
	WasRecalled What = "recalled" // the reporter takes the whole report back
	WasLeft     What = "left"     // the reporter wants nothing more of it, and it goes on for those who follow it
	WasResumed  What = "resumed"  // the reporter wants it after all
	WasUrged    What = "urged"    // the reporter asks when
	WasOpposed  What = "opposed"  // the reporter does not take the plan
)

// Resumable is for how long a report that was taken back can be resumed.
const Resumable = 7 * 24 * time.Hour

// Wider reports whether a visibility shows anything to anybody that another one hides.
func (v Visibility) Wider(than Visibility) bool { return shownTo(v)&^shownTo(than) != 0 }

// Hears reports whether the reporter hears the news of the report: he or she has a chat here, and has not left.
func (r Report) Hears() bool { return !r.Reporter.Zero() && r.Left.IsZero() }

// applyAfter is Apply for what a reporter does after filing; ok is false for all others.
func applyAfter(r Report, f Fact) (_ Report, ok bool) {
	switch f.What {
	case WasOpposed: // it moves nothing
	case WasHidden, WasRevealed:
		// What it hides is applied as with every fact.
	case WasRecalled:
		r.Status, r.Until = stands(r, Recalling), time.Time{}
		r.Recalled, r.Ended = f.At, f.At
	case WasLeft:
		r.Left = f.At
	case WasResumed:
		r = resumed(r)
	case WasUrged:
		r.Urged = f.At
	default:
		return r, false
	}
	return r, true
}

// resumed is a report that its reporter wants after all. What was in quarantine, and so has no card, is there again.
func resumed(r Report) Report {
	if !r.Recalled.IsZero() {
		r.Officer = Actor{}
		r.Status = stands(r, Resuming)
		if r.CardKey == "" {
			r.Status = Quarantined
		}
	}
	r.Recalled, r.Ended, r.Left = time.Time{}, time.Time{}, time.Time{}
	return r
}

// talked keeps what was asked of the reporter, and when he or she was told something last. before is how the report stood.
func talked(r Report, before Status, f Fact) Report {
	switch f.What {
	case WasAnswered, WasPlanned, WasResolved, WasRejected, WasTransferred:
		r.Told = f.At
	case WasAsked:
		r.Told, r.Asked = f.At, f.At
		return r
	case WasWithdrawn, WasUnmerged: // put back as it was
		return r
	case WasAdded:
		if !f.Beside {
			r.Asked = time.Time{}
		}
	case WasJudged, WasDisputed:
		r.Asked = time.Time{}
	}
	if r.Status != before && !r.Status.Open() {
		r.Asked = time.Time{}
	}
	return r
}
