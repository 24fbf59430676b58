package report

import (
	"time"

	"rabeg/bot"
)

// Action is what somebody wants to do to a report. The sum is sealed.
type Action interface{ isAction() }

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

// Reject refuses the report (Tolak) with a reason from the profile's list and words.
type Reject struct {
	Reason string
	Words  string
}

// Link keeps the number that the report has elsewhere. Nobody is told.
type Link struct{ Foreign }

func (Add) isAction()      {}
func (Link) isAction()     {}
func (Take) isAction()     {}
func (Reply) isAction()    {}
func (Withdraw) isAction() {}
func (Forward) isAction()  {}
func (NotOurs) isAction()  {}
func (Ask) isAction()      {}
func (Note) isAction()     {}
func (Plan) isAction()     {}
func (Resolve) isAction()  {}
func (Reject) isAction()   {}
