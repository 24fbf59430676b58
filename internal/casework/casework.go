// Package casework decides what happens to a report: pure decisions that end in a Batch, which a Store commits at once
// or not at all.
package casework

import (
	"context"
	"errors"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Batch is everything one cause brings about. It is committed in one transaction, once per Cause.
type Batch struct {
	// Cause names what brought it about: the event's id, or "job:…". It is used once, ever.
	Cause   string
	At      time.Time
	Changes []Change
	Letters []Letter
	Jobs    []Job
}

// Change is one write. The sum is sealed: Opened, Changed, Called, Enrolled, Unsent, Stored, Moved.
type Change interface{ isChange() }

// Opened is a new report with its first facts.
type Opened struct {
	Report report.Report
	Facts  []report.Fact
}

// Changed is a report after new facts. Was is the Rev it had before: Commit fails with ErrStale when it has moved on.
type Changed struct {
	Report report.Report
	Was    int
	Facts  []report.Fact
}

// Enrolled writes an operator (insert or replace).
type Enrolled struct{ Operator Operator }

// Unsent takes a letter back that still waits. Commit fails with ErrSent when it is on its way already.
type Unsent struct{ Key string }

// Stored binds a file of the product's store to the message it came from.
type Stored struct {
	Report report.ID
	From   bot.MediaRef // as the network named it
	File   File
}

// Moved says that a person is reached at another address: what waits for the old one waits for the new one from now on, and
// what was sent to the old one is found under the new one too (Reader.ByRef).
type Moved struct{ Was, Now bot.Address }

func (Opened) isChange()   {}
func (Changed) isChange()  {}
func (Enrolled) isChange() {}
func (Unsent) isChange()   {}
func (Stored) isChange()   {}
func (Moved) isChange()    {}

// File is a kept file. Ref has Network bot.Store. Taken and Pin are what the picture's metadata said before it was
// taken out. A file that could not be had has Ref zero and Lost says why, in a word for operators.
type File struct {
	Ref    bot.MediaRef `json:"ref,omitzero"`
	Hash   string       `json:"hash,omitempty"` // SHA-256, hex
	Width  int          `json:"w,omitempty"`
	Height int          `json:"h,omitempty"`
	Taken  time.Time    `json:"taken,omitzero"`
	Pin    *report.Pin  `json:"pin,omitempty"`
	Lost   string       `json:"lost,omitempty"`
}

// Letter is a message on its way. It is committed before it is sent, and sent in the order of commit per chat.
type Letter struct {
	// Key is unique for ever: usually the cause, a slash and a number.
	Key string
	To  bot.Address `json:",omitzero"`
	// Room is the agency whose topic of the desk the letter goes to; "" is the coordinator's when To is the desk.
	// It is only looked at when Desk is set.
	Room string `json:",omitzero"`
	Desk bool   `json:",omitzero"`
	// Report is the report it is about, 0 for none: a reply to the sent message adds to that report.
	Report  report.ID `json:",omitzero"`
	Purpose Purpose
	Message bot.Message `json:",omitzero"`
	// Photos and Files of Message may name files as a network named them; they go out as the product's own cleaned copies,
	// once a FetchMedia job has stored those, and never before.

	// Intent tells what a reply to the sent message means, in the desk's own words ("resolve"); "" is an answer.
	Intent string `json:",omitzero"`
	// Edits is the key of the letter whose message this one changes; the message is sent anew where that can't be.
	Edits string `json:",omitzero"`
	// Answers is the key of the letter whose message this one replies to.
	Answers string `json:",omitzero"`
	// Press is the event id of the press that the network waits to see answered, with the notice in Message.Text.
	Press bot.EventID `json:",omitzero"`
	// Hold is the earliest time to send; zero: now.
	Hold time.Time `json:",omitzero"`
	// Fold names what the letter is one of: a newer letter of the same chat with the same Fold takes its place while it
	// waits. "" is never replaced.
	Fold string `json:",omitzero"`
	// Over names one more Fold whose waiting letters this one replaces. It is how an answer that goes at once takes the
	// place of one that was held for a burst, and is itself never lost.
	Over string `json:",omitzero"`
	// Rest is what of the text is sent all the same when a newer letter takes its place: words beside a question that is of
	// no use any more. "" is nothing.
	Rest string `json:",omitzero"`
	// Fresh is what the card of a new report shows, so that one that is sent at once need not be read back. It is not kept with
	// the letter: later the card is written as the report stands then. Each change writes a letter of its own (Refresh).
	Fresh *Whole `json:"-"`
}

// Purpose is why a letter is written. It decides the lane: conversation is fast, notices may be slow.
type Purpose string

// The purposes.
const (
	Reply   Purpose = "reply"   // the conversation with a citizen
	Notice  Purpose = "notice"  // news about a report, to a citizen: its delivery is shown on the card
	Card    Purpose = "card"    // a report's card in the desk; composed when it is sent
	Refresh Purpose = "refresh" // the card again, as it stands when it is sent (Edits names the card)
	ToDesk  Purpose = "desk"    // anything else to operators
	ToPress Purpose = "press"   // the answer to a press
	Alarm   Purpose = "alarm"   // somebody may be in danger now: goes before everything else, and waits for no pace
)

// Job is work for later, run at least once. The sum is sealed: FetchMedia, FetchTalk, Wake, Transcribe, Consult.
type Job interface{ isJob() }

// FetchMedia fetches the photos and files of one fact, cleans and keeps them (Stored). Letters that show them wait for it.
type FetchMedia struct {
	Report report.ID
	Seq    int // of the fact
	// Network has the files: what one person sends at once comes from one network.
	Network bot.Network
}

// fetch is the job for a fact's files; ok is false where it has none that lie in a network.
func fetch(f report.Fact) (j FetchMedia, ok bool) {
	for _, m := range slices.Concat(f.Photos, f.Files) {
		if m.Network != bot.Store {
			return FetchMedia{Report: f.Report, Seq: f.Seq, Network: m.Network}, true
		}
	}
	return FetchMedia{}, false
}

// Wake brings a conversation back to the machine at a time (the one nudge of a draft).
type Wake struct {
	Chat  bot.Address
	Draft string
	At    time.Time
}

// Transcribe turns a voice note of a draft into words and brings them back to the conversation, or "" where none could
// be made out in time.
type Transcribe struct {
	Chat  bot.Address
	Draft string
	Media bot.MediaRef
}

// Consult asks a language model what a report is about, where the reader was not sure.
type Consult struct{ Report report.ID }

func (FetchMedia) isJob() {}
func (Wake) isJob()       {}
func (Transcribe) isJob() {}
func (Consult) isJob()    {}

// Operator is a person who may act in the desk.
type Operator struct {
	ID     string      `json:"id"` // network:person
	Name   string      `json:"name"`
	Agency string      `json:"agency"` // "" for a coordinator
	Role   report.Role `json:"role"`
	// Approved is who let the person in, "" while the request waits.
	Approved string    `json:"approved,omitempty"`
	Since    time.Time `json:"since"`
	// Ended is when the person left the office; zero: still there.
	Ended time.Time `json:"ended,omitzero"`
}

// Errors a Store answers with.
var (
	ErrDone    = errors.New("this cause is already handled")
	ErrStale   = errors.New("the report has changed in between")
	ErrSent    = errors.New("the letter is already on its way")
	ErrUnknown = errors.New("no such report")
	ErrTaken   = errors.New("the report number is taken")
)

// Store keeps reports. Commit is the only write.
type Store interface {
	// Draw gives an id and a code for the report that a cause files, without a look at what is kept: Commit answers ErrTaken
	// where another report has that code. The id is always the same for the same cause; the code is drawn anew each time.
	// Where the cause was committed before, only NextID knows its code.
	Draw(cause string) (report.ID, report.Code)
	// NextID gives the id and code for the report that a cause files: the code that it was committed with, else one that is
	// free, drawn anew each time. It fails for want of numbers only where none is free.
	NextID(ctx context.Context, cause string) (report.ID, report.Code, error)
	// Commit writes a batch: all or nothing, ErrDone when its cause was committed before.
	Commit(ctx context.Context, b Batch) error
}

// Reader reads what a Store keeps. ErrUnknown where there is none.
type Reader interface {
	ReportReader
	DeskReader
	CallReader
}

// ReportReader finds a report and tells its facts.
type ReportReader interface {
	ByID(ctx context.Context, id report.ID) (report.Report, error)
	ByCode(ctx context.Context, code report.Code) (report.Report, error)
	// ByRef finds the report that a sent message is about, with the intent of its letter. A message of a letter that has an
	// intent and no report is found too, with the zero Report (a request to join the desk). The chat's topic does not matter; where a
	// person has moved (Moved), a message sent to the old address is found under the new one.
	ByRef(ctx context.Context, ref bot.MessageRef) (r report.Report, intent string, err error)
	// Facts are a report's facts in order, with what became of the files they name.
	Facts(ctx context.Context, id report.ID) ([]report.Fact, error)
}

// CallReader reads calls. ErrUnknown where there is none.
type CallReader interface {
	Call(ctx context.Context, id CallID) (Call, error)
	// CallWith finds the call that is open with a citizen's chat, the one opened last where there are several.
	CallWith(ctx context.Context, chat bot.Address) (Call, error)
}

// Whole is a report with its facts (see Reader.Facts) and the fate of its newest Notice.
type Whole struct {
	Report   report.Report
	Facts    []report.Fact
	Delivery Delivery
}

// CitizenReader reads what one citizen has filed.
type CitizenReader interface {
	// Mine are a citizen's reports, newest first, at most limit.
	Mine(ctx context.Context, reporter bot.Address, limit int) ([]report.Report, error)
	// LastActive are a citizen's reports, at most limit: the one first that people did something about last. What machines
	// put on record does not count, nor that the citizen has moved.
	LastActive(ctx context.Context, reporter bot.Address, limit int) ([]report.Report, error)
}

// DeskReader reads operators, what they have to do, and what their cards show.
type DeskReader interface {
	// Operator finds a person of the desk by network:person; ErrUnknown when he or she never asked to join.
	Operator(ctx context.Context, id string) (Operator, error)
	// Served reports whether an approved operator serves the agency now.
	Served(ctx context.Context, agency string) (bool, error)
	// Whole is all that a report's card shows, as of one moment.
	Whole(ctx context.Context, id report.ID) (Whole, error)
	// OpenOf lists the open reports of an agency ("" = the coordinator's), oldest first, at most limit.
	OpenOf(ctx context.Context, agency string, limit int) ([]report.Report, error)
}

// Delivery is the fate of a letter.
type Delivery struct {
	State DeliveryState
	At    time.Time
	// Why is a word for operators when it failed ("diblokir warga").
	Why string
}

// DeliveryState is where a letter is.
type DeliveryState string

// The delivery states. NoLetter says that nothing was written yet.
const (
	NoLetter DeliveryState = ""
	Waiting  DeliveryState = "waiting"
	Sending  DeliveryState = "sending" // it can not be taken back any more
	Sent     DeliveryState = "sent"
	Failed   DeliveryState = "failed"
	Taken    DeliveryState = "withdrawn"
	// Cold is tried once at most: the citizen was silent too long for the network's rules. Why says what is known of it.
	// When he or she writes, it waits again.
	Cold      DeliveryState = "cold"
	Overtaken DeliveryState = "replaced"
)
