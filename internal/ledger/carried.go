package ledger

import (
	"crypto/sha256"
	"errors"
	"time"

	"rabeg/internal/report"
)

// Carried says that a client of Open311 brought a report. Commit fails with ErrDone where the client brought one of the same Print since
// a time: that one is meant.
type Carried struct {
	Report report.ID
	Client string
	// Token is under which it can be asked for, Print what it is known by when it is sent again (a keyed hash).
	Token string
	Print [sha256.Size]byte
	At    time.Time
	Since time.Time
}

func (Carried) isChange() {}

// Carriage is who brought a report.
type Carriage struct {
	Report report.ID
	Code   report.Code
	Client string
	Token  string
	At     time.Time
}

// Client is other software that may file by Open311. Its key is known to it alone: here only the hash is kept.
type Client struct {
	// ID names it for ever, Name is what people call it: "fixmystreet", "FixMyStreet".
	ID, Name string
	// PerMinute is how many calls with its key are taken a minute.
	PerMinute int
	// Tokens says that it is answered with a token, and asks for the number with that.
	Tokens bool
	// Answers says that it is told what offices answered to its own reports, to show it to who reported, and to nobody else.
	Answers bool
	// Phones says that it has made sure that a phone it sends is the person's own. Of others no number is kept: who has it by a slip of
	// somebody's finger would be given the report.
	Phones bool
	// Hook is where news of its own reports are sent to, "" for nowhere. Secret signs them. Private says that the address may be one of a
	// private network.
	Hook    string
	Secret  string
	Private bool
	Added   time.Time
	Ended   time.Time // zero while its key is good
}

// ErrNoClient says that no client has a key, or an id.
var ErrNoClient = errors.New("no such client")

// Hook tells the client that brought a report what became of it.
type Hook struct {
	Report report.ID `json:"report"`
}

// Kind is of Job.
func (Hook) Kind() string { return "hook" }

func (Hook) isJob() {}

// Hooks are the jobs that what a batch changes asks for: news of what clients brought.
func Hooks(b Batch) []Job {
	var out []Job
	for _, c := range b.Changes {
		if c, ok := c.(Changed); ok && c.Report.Via == report.ChanOpen311 {
			out = append(out, Hook{Report: c.Report.ID})
		}
	}
	return out
}

// Owed is a report of which the client that carried it here does not know all.
type Owed struct {
	Report report.ID
	Client string
}
