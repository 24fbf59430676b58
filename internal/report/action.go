package report

import (
	"time"

	"rabeg/bot"
)

// Action is what somebody wants to do to a report. The sum is sealed: each action says itself when it may be done.
type Action interface{ fits(s Status) bool }

// Allows tells whether an action may be done to a report that stands like that. Who may do it is not decided here.
func Allows(s Status, a Action) bool { return a != nil && a.fits(s) }

// Add is the citizen adding words, photos, files or a better place to a filed report.
type Add struct {
	Words  string
	Photos []bot.MediaRef
	Files  []bot.MediaRef
	Place  *Place
}

// Take is an operator taking the report in hand (Ambil).
type Take struct{}

// Reply is an operator's answer to the citizen (Balas). Photos are evidence.
type Reply struct {
	Words  string
	Photos []bot.MediaRef
	Files  []bot.MediaRef
}

// Withdraw takes an answer back that is still held (Urungkan). Letter is its letter's key; Of, where no letter tells of it,
// the Seq of the answer itself.
type Withdraw struct {
	Letter string
	Of     int
}

// Forward gives the report to another office (Teruskan). To "" is the coordinator.
type Forward struct {
	To  string
	Why string
}

// Categorise says what the report is about after all (Kategori). It goes to another office where that is another's duty.
type Categorise struct{ Category string }

// NotOurs gives the report back to the coordinator with a reason (Bukan kewenangan).
type NotOurs struct{ Why string }

// Ask puts a question to the reporter (Tanya pelapor).
type Ask struct{ Words string }

// Note is seen by operators only (Catatan).
type Note struct{ Words string }

// Plan sets a date with a reason (Rencanakan).
type Plan struct {
	Until time.Time
	Why   string
}

// Resolve says that it is done (Selesai), with words and, for physical categories, a photo.
type Resolve struct {
	Words  string
	Photos []bot.MediaRef
}

// Reject refuses the report (Tolak) with a reason from the profile's list and words. Owner is whose duty it is where the reason
// is that it is not the government's, Other the report that was there before it, Photos show what was found.
type Reject struct {
	Reason string
	Words  string
	Owner  string
	Other  Code
	Photos []bot.MediaRef
}

// Link keeps the number that the report has elsewhere. Nobody is told.
type Link struct{ Foreign }

// What the citizen adds is always kept, operators may always note something, and what was said may be taken back.

func (Add) fits(Status) bool      { return true }
func (Note) fits(Status) bool     { return true }
func (Link) fits(Status) bool     { return true }
func (Withdraw) fits(Status) bool { return true }

// An office may still speak after it has resolved or rejected, but a report that is closed, merged or somebody else's is
// over.

func (Reply) fits(s Status) bool { return answerable(s) }
func (Ask) fits(s Status) bool   { return answerable(s) }

func answerable(s Status) bool { return s.Open() || s == Resolved || s == Rejected }

// Everything else needs a report that somebody still has to act on.

func (Take) fits(s Status) bool       { return s.Open() }
func (Forward) fits(s Status) bool    { return s.Open() }
func (NotOurs) fits(s Status) bool    { return s.Open() }
func (Categorise) fits(s Status) bool { return s.Open() }
func (Plan) fits(s Status) bool       { return s.Open() }
func (Resolve) fits(s Status) bool    { return s.Open() }
func (Reject) fits(s Status) bool     { return s.Open() }
