package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Standing is what an answer moves in a report, and what a withdrawal puts back.
type Standing struct {
	Status   Status    `json:"status"`
	Officer  Actor     `json:"officer,omitzero"`
	Answered time.Time `json:"answered,omitzero"`
	Until    time.Time `json:"until,omitzero"`
	Replies  int       `json:"replies,omitempty"`
	// Disposed is the disposition that the answer ended.
	Disposed *Disposition `json:"disposed,omitempty"`
	Asked    time.Time    `json:"asked,omitzero"`
	Told     time.Time    `json:"told,omitzero"`
	// Owing is what of it has to be typed into LAPOR!.
	Owing int `json:"owing,omitempty"`
	// Owner is whose duty outside it was taken for, where handing it over is taken back; nil leaves it.
	Owner *string `json:"owner,omitempty"`
}

// Apply is the report after one more fact. It never fails: what may follow what is decided before a fact is written
// (Allows), and a fact once written is the truth. Rev becomes the fact's Seq.
func Apply(r Report, f Fact) Report {
	r.Rev = f.Seq
	before := r.Status
	switch f.What {
	case WasFiled:
		r = applyFiled(r, f)
	case WasAssigned:
		r = owned(r, f.Agency)
	case WasForwarded, WasAdmitted:
		r = handedOver(r, f, f.Agency, cmp.Or(f.Meant, f.Agency))
	case WasQuarantined:
		r.Status, r.CardKey = Quarantined, ""
	case WasReturned:
		r = handedOver(r, f, "", "")
		r.Bounces++
	case WasTaken:
		r.Officer = f.By
		r.Status = stands(r, Taking)
		r.Until = time.Time{}
	case WasAnswered:
		r.Replies++
		r = begun(answered(r, f), f, Replying)
	case WasAsked:
		r = begun(r, f, Asking)
	case WasPlanned:
		r = begun(answered(r, f), f, Planning)
		r.Until = f.Until
	case WasResolved:
		r = begun(answered(r, f), f, Resolving)
		r.Until = time.Time{}
	case WasRejected:
		r = begun(answered(r, f), f, Rejecting)
		r.Until = time.Time{}
	case WasAdded:
		if f.Beside {
			break
		}
		r = added(r, f)
	case WasWithdrawn:
		r = putBack(r, f.Back)
	case WasMoved:
		r.Reporter = f.By.Chat
	case WasCategorised:
		if f.Was != "" && !slices.Contains(r.Were, f.Was) {
			r.Were = append(slices.Clip(r.Were), f.Was)
		}
		if r.Agency == "" { // the coordinator keeps it, for somebody else by now
			r.Suggested = f.Meant
		}
	case WasNoted, WasIdentified, WasUnveiled, WasEnclosed, WasAdvised, WasPhoned, WasRestrained, WasAppealed, WasClocked, WasRecounted:
		// Part of the story only. What was written by hand on the office's phone is no answer either: nobody enrolled stands
		// for it, nobody can say which report it was about, and it is held to no evidence. So it neither stops the clock
		// (Answered) nor takes the report in hand, and an office that has only phoned is still reminded.
	default:
		r = applyMore(r, f)
	}
	r = kept(tracked(talked(r, before, f), f), f)
	r.Owner = ownedOutside(r.Owner, f)
	if f.Category != "" {
		r.Category = f.Category
	}
	if f.Visibility != "" {
		r.Visibility = f.Visibility
	}
	return applyDisposed(termed(r, f), f)
}

// applyMore is Apply for facts that come later in a life, or beside it.
func applyMore(r Report, f Fact) Report {
	switch f.What {
	case WasTransferred:
		return transferred(r, f)
	case WasLinked:
		r.Foreign = linked(r.Foreign, f.Foreign)
	case WasClassed:
		r.Class = f.Class
	case WasJudged, WasDisputed, WasReopened, WasLapsed, WasRated:
		return applyEnd(r, f)
	default:
		if r, ok := applyAfter(r, f); ok {
			return r
		}
		if r, ok := applyMirror(r, f); ok {
			return r
		}
		var ok bool
		if r, ok = applySplit(r, f); !ok {
			r, _ = applyTwin(r, f)
		}
	}
	return r
}

// applyEnd is a report after what was said of its end, or what undoes it.
func applyEnd(r Report, f Fact) Report {
	if f.What == WasJudged || f.What == WasDisputed {
		r.Judged, r.Stood = f.At, r.Status
	}
	switch f.What {
	case WasJudged:
		return judged(r, f)
	case WasDisputed:
		r.Disputed = true
		r = reopened(r, f, Disagreeing)
	case WasReopened:
		r = reopened(r, f, Reopening)
	case WasLapsed:
		r.Status = stands(r, Lapsing)
		r.Ended = f.At
	case WasRated:
		r.Stars = f.Stars
	}
	return r
}

// added is a report to which the citizen added something.
func added(r Report, f Fact) Report {
	r.Additions++
	if f.Place != nil {
		r.Place = *f.Place
	}
	if f.Meant != "" && r.Agency == "" {
		r.Suggested = f.Meant
	}
	return r
}

// handedOver gives a report to another owner, in whose room it gets a new card.
func handedOver(r Report, f Fact, to, suggested string) Report {
	status, until := r.Status, r.Until
	r = owned(r, to)
	if f.Stands {
		r.Status, r.Until = status, until
	}
	r.CardKey = CardKey(r.ID, f.Seq)
	r.Suggested = suggested
	return r
}

func applyFiled(r Report, f Fact) Report {
	r = owned(r, "")
	r.Text = f.Words
	r.Category = f.Category
	r.Photos = f.Photos
	r.Files = f.Files
	r.Filed = f.At
	r.Suggested = f.Agency
	r.CardKey = CardKey(r.ID, 0)
	if f.Place != nil {
		r.Place = *f.Place
	}
	return r
}

// owned gives the report to an office ("" = the coordinator), where nobody has taken it yet.
func owned(r Report, agency string) Report {
	r.Agency = agency
	r.Officer = Actor{}
	r.Until = time.Time{}
	r.Status = stands(r, Forwarding)
	return r
}

// begun marks that somebody works on it: who answers without having taken the report has taken it.
func begun(r Report, f Fact, d Deed) Report {
	if r.Officer.ID == "" {
		r.Officer = f.By
	}
	r.Status = stands(r, d)
	return r
}

// judged keeps the newest verdict. What is not fixed goes back to the officer who had it.
func judged(r Report, f Fact) Report {
	r.Verdict = f.Verdict
	if f.Verdict == Fixed {
		r.Status = stands(r, Accepting)
		r.Ended = f.At
		return r
	}
	r.Contests++
	return reopened(r, f, Contesting)
}

// reopened lets a report begin again where it is. What was somebody else's had nobody here any more, and what was refused in
// quarantine had no card.
func reopened(r Report, f Fact, d Deed) Report {
	if r.CardKey == "" {
		r.CardKey = CardKey(r.ID, f.Seq)
	}
	if r.Status == Transferred {
		r.Officer = Actor{}
	}
	r.Status = stands(r, d)
	r.Until, r.Ended, r.Recalled = time.Time{}, time.Time{}, time.Time{}
	r.Reopens++
	return r
}

func answered(r Report, f Fact) Report {
	if r.Answered.IsZero() {
		r.Answered = f.At
	}
	return r
}

// linked keeps one number for each source: a newer one puts an older one right.
func linked(known []Foreign, n *Foreign) []Foreign {
	if n == nil {
		return known
	}
	others := slices.DeleteFunc(slices.Clone(known), func(k Foreign) bool { return strings.EqualFold(k.Source, n.Source) })
	return append(others, *n)
}

// followed keeps everybody once, with the language that was chosen last.
func followed(known []Follower, n Follower) []Follower {
	if n.Chat.Zero() {
		return known
	}
	others := slices.DeleteFunc(slices.Clone(known), func(k Follower) bool { return k.Chat.Chat() == n.Chat.Chat() })
	return append(others, n)
}

func putBack(r Report, s *Standing) Report {
	if s == nil {
		return r
	}
	r.Status, r.Officer, r.Answered, r.Until, r.Replies, r.Disposed = s.Status, s.Officer, s.Answered, s.Until, s.Replies, s.Disposed
	r.Asked, r.Told = s.Asked, s.Told
	if s.Owner != nil {
		r.Owner = *s.Owner
	}
	return r.owing(s.Owing)
}

// CardKey is the key of the letter that shows a report since the fact seq; 0 is its first card.
func CardKey(id ID, seq int) string {
	if seq == 0 {
		return fmt.Sprintf("card:%d", id)
	}
	return fmt.Sprintf("card:%d/%d", id, seq)
}

// Origin is the report before its first fact: what the citizen is and wants, and nothing that facts tell. Folding all
// facts over it with Apply gives the report again.
func Origin(r Report) Report {
	o := Report{ID: r.ID, Code: r.Code, Reporter: r.Reporter, ReporterName: r.ReporterName, Lang: r.Lang, Due: r.Due}
	o.Draft = r.Draft
	o.Text, o.Category, o.Place, o.Photos, o.Files = "", "", Place{}, nil, nil
	return o
}

// Fold applies facts in order.
func Fold(r Report, facts []Fact) Report {
	for _, f := range facts {
		r = Apply(r, f)
	}
	return r
}

// Without is how a report stands when the answer seq had never been given, with all withdrawals before it as they were.
func Without(r Report, facts []Fact, seq int) Standing {
	gone := map[int]bool{seq: true}
	for _, f := range facts {
		if f.What == WasWithdrawn {
			gone[f.Of] = true
		}
	}
	o := Origin(r)
	for _, f := range facts {
		if f.What != WasWithdrawn && !gone[f.Seq] {
			o = Apply(o, f)
		}
	}
	s := Standing{Status: o.Status, Officer: o.Officer, Answered: o.Answered, Until: o.Until, Replies: o.Replies, Disposed: o.Disposed, Asked: o.Asked, Told: o.Told, Owing: o.Owing()}
	for _, f := range facts {
		if f.Seq == seq && f.What == WasTransferred {
			s.Owner = &o.Owner
		}
	}
	return s
}
