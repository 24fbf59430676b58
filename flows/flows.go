// Package flows is the conversation: a state machine that takes what a citizen says and answers with effects. It is
// pure: no clock (Event.At is the time), no I/O, no chance. The engine carries the effects out.
package flows

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Input is what can happen to a conversation. The sum is sealed: Said, Filed, OnDuty, Found, Acted, Called, Pleaded, Idle, Heard, Unkept,
// Advised, Sought, Known, TieTold, TieNews, and what one flow hands to another: Begin, OnBehalf, Addition, Confided, Asked, Wished, Meanwhile, Replied,
// Beside.
type Input interface{ isInput() }

// Said is an event of the citizen's chat. The engine sets Event alone; the machine tells its flows with Choice which answer
// to the open question the event is, "" when it is none.
type Said struct {
	Event  bot.Event
	Choice string
	// Rest are words that were said beside the answer: a reason, or more of the story.
	Rest string
}

// Filed answers File. Report is the zero Report where the sender may not take reports for others (any more): nothing was filed.
type Filed struct{ Report report.Report }

// OnDuty answers Duty: whether who writes is an officer.
type OnDuty struct{ Officer bool }

// Found answers Look. Full is set when the asker owns the report it asked for by number; Short holds what anybody may
// see. Mine is the own list, newest first. Asked is the number asked for, "" for the own list. Lost is the time that was lost with
// the report that this may have been the number of, nil for none. Followed are the reports that
// the asker follows (of one that was asked for, that one), without what a follower does not see.
type Found struct {
	Asked report.Code
	Full  *Story
	Short *report.Outline
	Mine  []report.Report
	Lost  *report.Gap

	Followed []report.Report
	// Follow is the report of Short where the asker may follow it, else 0.
	Follow report.ID
}

// Story is a report with its facts and what its last notice's delivery is.
type Story struct {
	Report report.Report
	Facts  []report.Fact
}

// Acted answers Act: OK is false when the report can no longer be changed like that; Why is a word for the flow.
type Acted struct {
	Report report.Report
	OK     bool
	Why    string
}

// Idle is a Wake that came due. Draft is the draft it was meant for.
type Idle struct {
	Draft string
	At    time.Time
	// Chat is where it is said.
	Chat bot.Address
}

// Heard answers Transcribe. Words are what was made out of the voice note, "" when that was nothing or took too long.
// They are worth as much as typed ones, once the citizen says that they are right.
type Heard struct {
	Draft string
	// Media is the voice note's id on its network.
	Media string
	Words string
	At    time.Time
	// Chat is where it is said.
	Chat bot.Address
}

// Unkept says that a server took another's place and does not have what came last: the report of this number, or, where Code is "", what
// was said last.
type Unkept struct {
	Code report.Code
	At   time.Time
	// Chat is where it is said.
	Chat bot.Address
}

// Begin is handed from flow to flow: a report is to be begun with what was said elsewhere. Secret says that it was said in
// confidence, Urgent that it sounds like a danger. Kind and Category are what it is where that is known: then it has no place, and only its sending is asked.
type Begin struct {
	Said     Parcel
	Secret   bool
	Urgent   bool
	Kind     report.Kind
	Category string
}

// OnBehalf is handed from flow to flow: an officer takes a report for somebody, who told it in that way.
type OnBehalf struct {
	How  report.Sending
	Said Parcel
}

// Addition is handed from flow to flow: what was said belongs to a report that is filed already.
type Addition struct {
	Report report.ID
	Said   Parcel
}

// Asked is handed from flow to flow: a question about no report. Category is what its sender talked of last.
type Asked struct {
	Said     Parcel
	Category string
}

// Wished is handed from flow to flow: who said it wants to talk with a person.
type Wished struct{ Said Parcel }

// Meanwhile is handed from flow to flow: what was said while a person is spoken with, and may be a wish to the product itself (a report
// taken back, the name hidden). No effects, then or after a Look, mean that it is said to the person.
type Meanwhile struct{ Event bot.Event }

// Replied is handed from flow to flow: what was said in reply to a message about an own report, and may be a wish about it. No effects mean
// that it is none.
type Replied struct {
	Report report.Report
	Said   Parcel
}

// Beside is handed from flow to flow: what was said while a report is in the making, and may be said of one that is filed, for it names a
// matter that is not among Matters, the categories of what is in the making.
type Beside struct {
	Event   bot.Event
	Matters []string
}

// Confided is handed from flow to flow: what was said is for a person, and for no report.
type Confided struct{ Said Parcel }

func (Said) isInput()     {}
func (Heard) isInput()    {}
func (Filed) isInput()    {}
func (OnDuty) isInput()   {}
func (Found) isInput()    {}
func (Acted) isInput()    {}
func (Idle) isInput()     {}
func (Unkept) isInput()   {}
func (Begin) isInput()    {}
func (OnBehalf) isInput() {}
func (Addition) isInput() {}
func (Confided) isInput() {}
func (Asked) isInput()    {}
func (Wished) isInput()   {}

func (Meanwhile) isInput() {}
func (Replied) isInput()   {}
func (Beside) isInput()    {}

// Effect is what the machine wants done. The sum is sealed: Say, Answer, File, Look, Act, Duty, Call, Plead, Nudge,
// Transcribe, Consult, Seek, Inquire, Tie, NoAnswer.
type Effect interface{ isEffect() }

// Say answers in the citizen's chat. With Hold it waits that long, and a newer Say of the same chat takes its place
// while it waits: so a burst gets one answer.
type Say struct {
	Message bot.Message
	Hold    time.Duration
	// Report is the report it tells about, 0 for none: a reply to it adds to that report.
	Report report.ID
	// Now says that it must not wait, however many messages come (the emergency number). The machine uses it for itself.
	Now bool
	// Passes says that it shows the open question: when a newer Say is there before it was sent, it is not sent any more, but
	// for Rest, which is what it says beside the question. Only the machine sets them.
	Passes bool
	Rest   string
}

// Answer stops the press the event was, with a short notice where Text is not empty.
type Answer struct{ Text string }

// File sends the draft. The engine answers Filed; the receipt is the machine's own Say after it. A draft that an officer takes for
// somebody (Sending.OnBehalf) is nobody's here; Contact is the number of that somebody, "" for none.
type File struct {
	Draft   report.Draft
	Lang    string
	Contact string
	// Advice is the second opinion on it, nil where there is none.
	Advice *report.Advice
}

// Look asks for reports: one by Code or by Ref (a message that was replied to), or the own list when both are empty.
// The engine answers Found.
type Look struct {
	Code report.Code
	Ref  *bot.MessageRef
}

// Act does something to a report the citizen owns. The engine answers Acted, unless what comes of it was told already.
type Act struct {
	Report report.ID
	Action report.Action
	Told   bool
}

// Duty asks whether who writes is an officer of the desk. The engine answers OnDuty.
type Duty struct{}

// Nudge asks to be woken with Idle about this draft.
type Nudge struct {
	Draft string
	After time.Duration
}

// Transcribe has a voice note of a draft turned into words. It takes seconds: the answer is Heard, in a turn of its own.
type Transcribe struct {
	Media bot.MediaRef
	Draft string
}

func (Say) isEffect()        {}
func (Answer) isEffect()     {}
func (File) isEffect()       {}
func (Look) isEffect()       {}
func (Act) isEffect()        {}
func (Duty) isEffect()       {}
func (Nudge) isEffect()      {}
func (Transcribe) isEffect() {}

// Flow is one errand of the conversation (filing, following). Step is pure; it may change what State points to but for the
// notes, for the machine hands it a copy. No effects mean: this input is not for me, and the machine asks the next flow.
//
// What a flow keeps of a conversation is its own (Keeper). What else it can is told by the interfaces it implements: Asker and
// Shower for questions, Stander for what stands open, Noter, Joiner, Passer, Husher, Teller, Listener. The machine and the
// other flows ask by these alone, so that a new flow is a folder of its own and a line in the list of flows.
type Flow interface {
	Name() string
	Step(State, Input) (State, []Effect)
}

// Asker is a flow that asks questions: it words its open question (State.Ask) again, for stale presses and after a side
// step. ok is false when there is none of its own.
type Asker interface {
	Question(State) (m bot.Message, ok bool)
}

// Reserver is a flow to whose open question, q, words may be an answer that no choice of its menu is: then it gets them as they are.
type Reserver interface {
	Reserves(s State, q bot.Message, words string) bool
}
