package report

import "slices"

// Deed names what an action does, in the words of the field.
type Deed string

// The deeds, each with one line of the table below.
const (
	Taking       Deed = "take"
	Replying     Deed = "reply"
	Asking       Deed = "ask"
	Noting       Deed = "note"
	Identifying  Deed = "identify" // an officer learns who filed it, for a reason
	Unveiling    Deed = "unveil"   // an officer reads the numbers of people in it, for a reason
	Planning     Deed = "plan"
	Forwarding   Deed = "forward"
	Returning    Deed = "return"
	Correcting   Deed = "categorise"
	Resolving    Deed = "resolve"
	Rejecting    Deed = "reject"
	Withdrawing  Deed = "withdraw"
	Linking      Deed = "link"
	Adding       Deed = "add"
	Accepting    Deed = "accept"   // the citizen says that it is fixed
	Contesting   Deed = "contest"  // the citizen says that it is not, or not all of it
	Disagreeing  Deed = "disagree" // the citizen does not take a refusal
	Rating       Deed = "rate"
	Lapsing      Deed = "lapse" // nobody said whether it is fixed
	Reopening    Deed = "reopen"
	Transferring Deed = "transfer" // to somebody outside the government
	Following    Deed = "follow"   // somebody with the same trouble hears of it, too
	Leaving      Deed = "leave"    // and no more
	Merging      Deed = "merge"    // joined with another report
	Parting      Deed = "part"     // and parted again
	Splitting    Deed = "split"    // a part becomes a report of its own
	Admitting    Deed = "admit"    // out of quarantine
	Restraining  Deed = "restrain" // a measure against who filed it
	Disposing    Deed = "dispose"  // to the head or a section of the own office, who answers in private
	Undisposing  Deed = "undispose"
	Counselling  Deed = "counsel" // what came back
	Hiding       Deed = "hide"    // the citizen wants less of it to be shown
	Revealing    Deed = "reveal"  // and shown after all
	Recalling    Deed = "recall"  // the citizen takes it back
	Resuming     Deed = "resume"  // and wants it after all
	Urging       Deed = "urge"    // the citizen asks when
	Opposing     Deed = "oppose"  // the citizen does not take a plan
	Retracting   Deed = "retract" // an office said in error that it is done
)

// Who is a set of those who may do a deed.
type Who uint8

// Who may do it. TheOffice is an officer of the office that owns the report, TheClock the product when a time has come,
// TheNeighbour another citizen with the same trouble, TheReceiver who of the office has it by a disposition.
const (
	TheReporter Who = 1 << iota
	TheOffice
	TheCoordinator
	TheClock
	TheNeighbour
	TheReceiver
)

// Need is a set of what a deed has to carry.
type Need uint8

// The needs. Proof is a photo where the matter is one that can be seen, else words.
const (
	WordsNeeded Need = 1 << iota
	ProofNeeded
	DateNeeded
	ReasonNeeded
	OfficeNeeded
	StarsNeeded
)

// Hearer is a set of those who are told.
type Hearer uint8

// The hearers: the reporter with whoever follows the report; the reporter alone; the room of its owner, beside the card; the
// coordinator, also where an office has it; whoever follows the report, for the reporter is answered where he or she speaks; who has a
// disposition, in private.
const (
	TheCitizens Hearer = 1 << iota
	TheReporterAlone
	TheOwner
	TheCity
	TheFollowers
	TheHolder
)

// Next is where a report stands after a deed: a Status, or one of the words below.
type Next string

// What is no single status. Same: as before. Begun: in progress, but a plan stays a plan and what is over stays over. Owned:
// received or assigned, as the coordinator or an office has it now; a plan stands where the duty stays that of one office (Fact.Stands). Anew: reopened, and received where it is forwarded to the
// coordinator in the same breath: when a refusal is not taken, when work is found wanting again, when nobody serves the office now.
const (
	Same  Next = ""
	Begun Next = "begun"
	Owned Next = "owned"
	Anew  Next = "anew"
)

// Rule is one line of the table: when a deed may be done, by whom, with what, where the report stands then, and who is told.
type Rule struct {
	Deed  Deed
	From  []Status // nil: however it stands
	By    Who
	Needs Need
	To    Next
	Hears Hearer
}

var (
	// openStatus is where an office, or the coordinator, still has to act.
	openStatus = []Status{Received, Assigned, InProgress, Planned, Reopened}
	// spoken is where an office may still speak: not of what is closed, another's, or joined with another report.
	spoken = append(slices.Clone(openStatus), Resolved, Rejected)
	// handable is what may be handed over to somebody outside, or told of them.
	handable = append(slices.Clone(openStatus), Transferred)
	// followable is of what somebody can still hear news.
	followable = append(slices.Clone(openStatus), Resolved)
	// refusable is what may be refused: what is in quarantine is let in or refused before anything else becomes of it.
	refusable = append(slices.Clone(openStatus), Quarantined)
	// undone are the ends that a coordinator undoes by a word; what was joined with another report is parted from it instead.
	undone = []Status{Resolved, Rejected, Closed, Transferred}
	// ended is what LAPOR! can have ended.
	ended = []Status{Rejected, Closed}
)

const atDesk = TheOffice | TheCoordinator

// life is the table. No other place decides when something may be done, by whom, or where a report stands then; what is beside it
// (who owns a report, what of it is undone) are its facts. What a deed needs and who hears is done by casework, one file for each, and
// held to the table by a test there. An office's Transferring is a proposal: it goes to the coordinator. A report that others follow is
// not closed by Recalling: it goes on without its reporter. Resuming undoes either, and says why not where there is nothing to undo.
// Of what is at the coordinator, an officer of any office may pass on a note (Note.Passed).
var life = []Rule{
	{Taking, openStatus, atDesk, 0, Next(InProgress), TheCitizens},
	{Replying, spoken, atDesk, WordsNeeded, Begun, TheCitizens},
	{Asking, spoken, atDesk, WordsNeeded, Begun, TheReporterAlone},
	{Noting, nil, atDesk, WordsNeeded, Same, 0},
	{Identifying, nil, atDesk, WordsNeeded, Same, 0},
	{Unveiling, nil, atDesk, WordsNeeded, Same, 0},
	{Planning, openStatus, atDesk, DateNeeded | WordsNeeded, Next(Planned), TheCitizens},
	{Forwarding, openStatus, atDesk | TheClock, OfficeNeeded, Owned, TheCitizens | TheOwner},
	{Returning, openStatus, atDesk, WordsNeeded, Owned, TheCitizens | TheOwner},
	{Correcting, openStatus, atDesk, ReasonNeeded, Same, TheCitizens | TheOwner},
	{Resolving, openStatus, atDesk, ProofNeeded, Next(Resolved), TheCitizens},
	{Rejecting, refusable, atDesk, ReasonNeeded | WordsNeeded, Next(Rejected), TheCitizens},
	{Withdrawing, nil, atDesk | TheClock, 0, Same, 0},
	{Linking, nil, atDesk, ReasonNeeded, Same, 0},
	{Adding, nil, TheReporter, WordsNeeded, Same, TheOwner},
	{Accepting, []Status{Resolved, Closed}, TheReporter, 0, Next(Closed), TheFollowers | TheOwner},
	{Contesting, []Status{Resolved, Closed}, TheReporter, 0, Anew, TheFollowers | TheOwner | TheCity},
	{Disagreeing, []Status{Rejected}, TheReporter, 0, Anew, TheFollowers | TheOwner},
	{Rating, []Status{Closed, Reopened}, TheReporter, StarsNeeded, Same, 0},
	{Lapsing, []Status{Resolved}, TheClock, 0, Next(Closed), TheCitizens},
	{Transferring, handable, atDesk, OfficeNeeded, Next(Transferred), TheCitizens | TheOwner},
	{Following, followable, TheNeighbour, 0, Same, 0},
	{Leaving, nil, TheNeighbour, 0, Same, 0},
	{Merging, openStatus, atDesk, ReasonNeeded, Next(Merged), TheCitizens},
	{Parting, []Status{Merged}, atDesk, 0, Same, TheCitizens},
	{Splitting, openStatus, atDesk, WordsNeeded, Same, TheReporterAlone},
	{Admitting, []Status{Quarantined}, TheCoordinator, 0, Owned, TheCitizens | TheOwner},
	{Restraining, nil, TheCoordinator, WordsNeeded, Same, TheReporterAlone},
	{Disposing, openStatus, atDesk, ReasonNeeded, Same, TheHolder},
	{Undisposing, openStatus, atDesk, 0, Same, TheHolder},
	{Counselling, openStatus, TheReceiver, WordsNeeded, Same, TheOwner},
	{Hiding, nil, TheReporter, ReasonNeeded, Same, TheOwner},
	{Revealing, nil, TheReporter, 0, Same, TheOwner},
	{Recalling, refusable, TheReporter, 0, Next(Closed), TheFollowers | TheOwner},
	{Resuming, nil, TheReporter, 0, Owned, TheOwner},
	{Urging, openStatus, TheReporter, 0, Same, TheOwner},
	{Opposing, []Status{Planned}, TheReporter, WordsNeeded, Same, TheOwner | TheCity},
	{Handing, openStatus, TheCoordinator, 0, Same, 0},
	{Numbering, nil, TheCoordinator, ReasonNeeded, Same, TheReporterAlone},
	{Mirroring, nil, TheCoordinator | TheClock, 0, Same, 0},
	{Awaiting, openStatus, TheCoordinator | TheClock, 0, Same, TheReporterAlone},
	{Tracking, openStatus, TheCoordinator | TheClock, 0, Begun, TheCitizens},
	{Shutting, followable, TheCoordinator | TheClock, 0, Next(Closed), TheCitizens},
	{Refusing, openStatus, TheCoordinator | TheClock, 0, Next(Rejected), TheCitizens},
	{Reviving, ended, TheCoordinator | TheClock, 0, Anew, TheCitizens | TheOwner},
	{Copying, nil, atDesk, 0, Same, 0},
	{Classing, openStatus, TheCoordinator, ReasonNeeded, Same, 0},
	{Exposing, nil, atDesk, WordsNeeded, Same, 0},
	{Unexposing, nil, atDesk, 0, Same, 0},
	{Retracting, []Status{Resolved}, atDesk, WordsNeeded, Anew, TheCitizens},
	{Reopening, undone, TheCoordinator, WordsNeeded, Anew, TheCitizens | TheOwner},
}

// Life is the table, for whoever draws it.
func Life() []Rule { return slices.Clone(life) }

// RuleOf is the line of an action; the zero Rule, which allows nothing, where there is none.
func RuleOf(a Action) Rule {
	if a == nil {
		return Rule{}
	}
	return ruleOf(a.deed())
}

// MayDo reports whether any of some people may do a deed, to a report that is theirs to act on.
func MayDo(d Deed, who Who) bool { return ruleOf(d).By&who != 0 }

func ruleOf(d Deed) Rule {
	for _, r := range life {
		if r.Deed == d {
			return r
		}
	}
	return Rule{}
}

// Allows tells whether an action may be done to a report that stands like that. Who may do it is told by May.
func Allows(s Status, a Action) bool {
	r := RuleOf(a)
	return r.Deed != "" && (r.From == nil || slices.Contains(r.From, s))
}

// May reports whether a role may do an action. own says that the person is of the office that owns the report, or filed it.
func May(role Role, own bool, a Action) bool {
	by := RuleOf(a).By
	switch role {
	case Citizen:
		return by&TheReporter != 0 && own
	case Operator:
		return by&TheOffice != 0 && own
	case Coordinator:
		return by&TheCoordinator != 0
	case System:
		return by&TheClock != 0
	}
	return false
}

// Open reports whether somebody still has to act.
func (s Status) Open() bool { return slices.Contains(refusable, s) }

// stands is where a report stands after a deed.
func stands(r Report, d Deed) Status {
	switch to := ruleOf(d).To; to {
	case Same:
		return r.Status
	case Begun:
		if r.Status.Open() && r.Status != Planned {
			return InProgress
		}
		return r.Status
	case Owned:
		if r.Agency == "" {
			return Received
		}
		return Assigned
	case Anew:
		return Reopened
	default:
		return Status(to)
	}
}
