package ledger

import (
	"context"
	"errors"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Errors a Store answers with.
var (
	ErrDone    = errors.New("this cause is already handled")
	ErrStale   = errors.New("the report has changed in between")
	ErrSent    = errors.New("the letter is already on its way")
	ErrUnknown = errors.New("no such report")
	ErrTaken   = errors.New("the report number is taken")
	// ErrOwner answers a report that would have no owner, or two (report.Owned).
	ErrOwner = errors.New("the report would not have exactly one owner")
)

// Store keeps reports. Commit is the only write.
type Store interface {
	Numbers
	Committer
}

// Numbers gives reports their numbers.
type Numbers interface {
	// Draw gives an id and a code for the report that a cause files, without a look at what is kept: Commit answers ErrTaken
	// where another report has that code. The id is always the same for the same cause; the code is drawn anew each time.
	// Where the cause was committed before, only NextID knows its code.
	Draw(cause string) (report.ID, report.Code)
	// NextID gives the id and code for the report that a cause files: the code that it was committed with, else one that is
	// free, drawn anew each time. It fails for want of numbers only where none is free.
	NextID(ctx context.Context, cause string) (report.ID, report.Code, error)
}

// Reader reads what a Store keeps. ErrUnknown where there is none.
type Reader interface {
	ReportReader
	ListReader
	CallReader
	PeopleReader
	Figures
}

// ListReader reads what the desk has before it: its own, what was handed over to somebody outside, the answers that lie ready, and
// the pictures that were shown before.
type ListReader interface {
	PictureReader
	DeskReader
	OutsideReader
	AnswerReader
	DispositionReader
}

// AnswerReader reads the answers that lie ready: for officers, and for who asks.
type AnswerReader interface {
	ShelfReader
	KnownReader
}

// PeopleReader reads what people did with what is kept: who looked at it, and who misused it.
type PeopleReader interface {
	LookReader
	ConductReader
}

// ReportReader finds a report and tells its facts.
type ReportReader interface {
	ByID(ctx context.Context, id report.ID) (report.Report, error)
	ByCode(ctx context.Context, code report.Code) (report.Report, error)
	// ByRef finds the report that a sent message is about, with the intent of its letter, or of the newest that edited it. A message of a
	// letter that has an intent and no report is found too, with the zero Report (a request to join the desk). The chat's topic does not
	// matter; where a person has moved (Moved), a message sent to the old address is found under the new one.
	ByRef(ctx context.Context, ref bot.MessageRef) (r report.Report, intent string, err error)
	// ByAlbum finds the report with an answer of a person (network:person) that came in an album: what comes later in the same
	// album belongs to it, though it replies to nothing.
	ByAlbum(ctx context.Context, person, album string) (report.Report, error)
	// Facts are a report's facts in order, with what became of the files they name.
	Facts(ctx context.Context, id report.ID) ([]report.Fact, error)
}

// CallReader reads calls. ErrUnknown where there is none.
type CallReader interface {
	Call(ctx context.Context, id CallID) (Call, error)
	// CallWith finds the call that is open with a citizen's chat, the one opened last where there are several.
	CallWith(ctx context.Context, chat bot.Address) (Call, error)
	// CallsWith are the calls with a citizen's chat, open or over, newest first, at most limit.
	CallsWith(ctx context.Context, chat bot.Address, limit int) ([]Call, error)
	// CallsOf are the open calls that a person (network:person) has in hand.
	CallsOf(ctx context.Context, person string) ([]Call, error)
}

// Whole is a report with its facts (see Reader.Facts) and the fate of its newest Notice.
type Whole struct {
	Report   report.Report
	Facts    []report.Fact
	Delivery Delivery
}

// CitizenReader reads what one citizen has filed. The zero Address is nobody's: nothing was filed from there.
type CitizenReader interface {
	ContactReader
	// Mine are a citizen's reports, newest first, at most limit.
	Mine(ctx context.Context, reporter bot.Address, limit int) ([]report.Report, error)
	// LastActive are a citizen's reports, at most limit: the one first that people did something about last. What machines
	// put on record does not count, nor that the citizen has moved.
	LastActive(ctx context.Context, reporter bot.Address, limit int) ([]report.Report, error)
}

// OutsideReader reads what somebody outside the government has.
type OutsideReader interface {
	// HandedOver lists the reports that were handed over and have not come back, oldest first, at most limit.
	HandedOver(ctx context.Context, limit int) ([]report.Report, error)
}

// DispositionReader reads what people have by a disposition.
type DispositionReader interface {
	// DisposedTo lists the open reports of an agency that a person (network:person) has by a disposition, oldest first, at most limit.
	DisposedTo(ctx context.Context, agency, person string, limit int) ([]report.Report, error)
}

// DeskReader reads operators, what they have to do, and what their cards show.
type DeskReader interface {
	// Operator finds a person of the desk by network:person; ErrUnknown when he or she never asked to join.
	Operator(ctx context.Context, id string) (Operator, error)
	// Operators are all people who ever asked to join, with when they last acted, by id.
	Operators(ctx context.Context) ([]Operator, error)
	// Served reports whether an approved operator serves the agency now.
	Served(ctx context.Context, agency string) (bool, error)
	// Whole is all that a report's card shows, as of one moment.
	Whole(ctx context.Context, id report.ID) (Whole, error)
	// OpenOf lists the open reports of an agency ("" = the coordinator's), oldest first, at most limit.
	OpenOf(ctx context.Context, agency string, limit int) ([]report.Report, error)
}
