package ledger

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// A call is a talk between a citizen and the coordinator's room, as it happens: nothing in it is held back or waits for its
// turn. It begins with a card in the room; whoever replies to the card, or to any later line, is heard by the citizen at
// once, and what the citizen writes stands under the card and on it. It is no report, though a report may come of it.

// CallID names a call. It is made of what opened it, and may stand in the id of a menu.
type CallID string

// NewCallID is the id of the call that a cause opens.
func NewCallID(cause string) CallID {
	sum := sha256.Sum256([]byte("call\x00" + cause))
	return CallID(strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])))
}

// CallKind is what a call is about.
type CallKind string

// The kinds. What is said in a HarmCall, or in a HumanCall about a secret, is not shown in the group: see Sensitive.
const (
	DangerCall CallKind = "danger"
	HarmCall   CallKind = "harm"
	HumanCall  CallKind = "human"
)

// Call is a call as it stands after all its lines.
type Call struct {
	ID  CallID `json:"id"`
	Rev int    `json:"rev"` // grows with every change
	// Kind is what it is about; About says with HarmCall which harm: "self", "abuse".
	Kind  CallKind `json:"kind"`
	About string   `json:"about,omitempty"`
	// Chat is where the citizen is answered, Person who it is, Lang the language he or she is spoken to in.
	Chat   bot.Address `json:"chat"`
	Person bot.Person  `json:"person"`
	Lang   string      `json:"lang,omitempty"`
	// Lines are what was said and done, in order.
	Lines []Line `json:"lines"`
	// Place is where it is, as far as known.
	Place report.Place `json:"place,omitzero"`
	// Phone is a number the citizen can be called at; the line that brought it tells why the room may see it.
	Phone string `json:"phone,omitempty"`
	// Report is the report that came of it, with its number.
	Report report.ID   `json:"report,omitempty"`
	Code   report.Code `json:"code,omitempty"`
	// TakenBy has it in hand.
	TakenBy report.Actor `json:"taken,omitzero"`
	TakenAt time.Time    `json:"taken_at,omitzero"`
	// Spoken is when somebody of the office last wrote to the citizen.
	Spoken time.Time `json:"spoken,omitzero"`
	// Calm says that the citizen called it no danger, Safe that the danger is over.
	Calm bool `json:"calm,omitempty"`
	Safe bool `json:"safe,omitempty"`
	// Unnamed says that it is about something of which no operator may learn who filed it.
	Unnamed bool `json:"unnamed,omitempty"`
	// Secret says that it is about something that is kept from the operators' group.
	Secret bool `json:"secret,omitempty"`
	// Kept says that the words are kept from the group although it is a danger: of violence, or because the citizen has hidden it.
	Kept   bool      `json:"kept,omitempty"`
	Opened time.Time `json:"opened"`
	Ended  time.Time `json:"ended,omitzero"`
	// CardKey is the key of the letter that is the card.
	CardKey string `json:"card"`
}

// Open reports whether the talk goes on.
func (c Call) Open() bool { return c.Ended.IsZero() }

// Sensitive reports whether the citizen's words are for the one who takes the call, in private: a group has no secrets, and
// what somebody writes who wants to die, or is beaten at home, is not for all offices to read, now or later.
func (c Call) Sensitive() bool { return c.Hides(report.Group) }

// Visibility is what the talk counts as among reports. The words of a danger are shown: somebody has to go there now. Not those of
// violence at home, or of a danger whose report its citizen has hidden: who takes it reads them.
func (c Call) Visibility() report.Visibility {
	switch {
	case c.Kind == HarmCall, c.Kind == HumanCall && c.Secret, c.Kept:
		return report.Confidential
	case c.Unnamed:
		return report.Anonymous
	}
	return report.Normal
}

// Hides reports whether the talk is kept from those eyes.
func (c Call) Hides(from report.Eyes) bool { return report.Shields(c.Visibility(), false).Hides(from) }

// Urgent reports whether its letters go before everything else.
func (c Call) Urgent() bool { return c.Kind != HumanCall }

// LineWhat is what a line of a call is.
type LineWhat string

// The lines of a call.
const (
	LineSaid     LineWhat = "said"     // by the citizen
	LineAlarm    LineWhat = "alarm"    // the same, and it tells of a danger
	LineWish     LineWhat = "wish"     // the same, and it is but the wish for a person
	LineAnswered LineWhat = "answered" // by an officer, to the citizen
	LineHeld     LineWhat = "held"     // sent by an officer in Album, and asked back about: nothing of the album goes to the citizen by itself
	LineTaken    LineWhat = "taken"
	LineFreed    LineWhat = "freed" // who had it in hand may act no more
	LineEnded    LineWhat = "ended"
	LineCalm     LineWhat = "calm"   // the citizen: it is no danger
	LineSafe     LineWhat = "safe"   // the citizen: the danger is over
	LineUnsafe   LineWhat = "unsafe" // the citizen: do not write to me here
	LineHere     LineWhat = "here"   // the citizen: it is safe to write to me here
	LineLeft     LineWhat = "left"   // the citizen has no more to say
	LineMade     LineWhat = "made"   // the citizen makes a report of it himself or herself
	LineFiled    LineWhat = "filed"  // a report came of it
	LinePhone    LineWhat = "phone"  // the number was opened to the room: By.Chat, because of Words
	LineShown    LineWhat = "shown"  // what was said was opened to By, in private
	LineHidden   LineWhat = "hidden" // the citizen hides himself or herself, or what is said: Unnamed, Secret
)

// Line is one thing that was said or done. Lines are never changed.
type Line struct {
	At    time.Time      `json:"at"`
	By    report.Actor   `json:"by"`
	What  LineWhat       `json:"what"`
	Words string         `json:"words,omitempty"`
	Place *report.Place  `json:"place,omitempty"`
	Photo []bot.MediaRef `json:"photos,omitempty"`
	Files []bot.MediaRef `json:"files,omitempty"`
	// Album is the album that an officer's photo came in.
	Album string `json:"album,omitempty"`
	// Phone is the number that the citizen sent, or that the network knows (LinePhone).
	Phone string `json:"phone,omitempty"`
	// Report and Code are the report, with LineFiled.
	Report report.ID   `json:"report,omitempty"`
	Code   report.Code `json:"code,omitempty"`
	// Unnamed says that what it is about hides who filed it, Secret that it is kept from the operators' group.
	Unnamed bool `json:"unnamed,omitempty"`
	Secret  bool `json:"secret,omitempty"`
	// Kept says that it tells of violence: the words of a danger are kept from the group, too.
	Kept bool `json:"kept,omitempty"`
	// Cause and Rev name the letters in which the room read it: the cause that brought it, and the call's Rev then. Lines of the first days
	// have none.
	Cause string `json:"cause,omitempty"`
	Rev   int    `json:"rev,omitempty"`
}

// ByCitizen reports whether the citizen did it.
func (l Line) ByCitizen() bool { return l.By.Role == report.Citizen }

// Media reports whether a photo or a file came with it.
func (l Line) Media() bool { return len(l.Photo)+len(l.Files) > 0 }

// Called is a call after a change. Was is the Rev it had before, 0 for a new one: Commit fails with ErrStale when it has
// moved on.
type Called struct {
	Call Call
	Was  int
}

func (Called) isChange() {}

// FetchTalk fetches the photos and files of a call's lines that lie in a network, cleans and keeps them (Stored).
type FetchTalk struct {
	Call    CallID      `json:"call"`
	Network bot.Network `json:"network"`
}

// Kind is of Job.
func (FetchTalk) Kind() string { return "fetch_talk" }

func (FetchTalk) isJob() {}
