package report

import (
	"time"

	"rabeg/bot"
)

// Action is what somebody wants to do to a report. The sum is sealed. When it may be done, by whom, and where the report stands
// then is a line of the table in life.go.
type Action interface{ deed() Deed }

// Add is the citizen adding words, photos, files or a better place to a filed report.
type Add struct {
	Words  string
	Photos []bot.MediaRef
	Files  []bot.MediaRef
	Place  *Place
	// Unmeant says, by a tap and without a word, that what was added before was not meant for this report; Was are the words that were not.
	Unmeant bool
	Was     string
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
type Note struct {
	Words string
	// Passed says that an officer of an office passes on to the coordinator what he or she knows of a report that is there.
	Passed bool
}

// Identify shows who filed the report to one person, for a reason that the reporter can read (Lihat identitas).
type Identify struct{ Why string }

// Unveil shows the numbers of people in what was said to one person, for a reason that the reporter can read (Buka isi).
type Unveil struct{ Why string }

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

// Admit takes the report out of quarantine (Terima): it goes to its office as it would have at once.
type Admit struct{}

// Restrain sets a measure against its reporter until then, for a reason the reporter reads. NoMeasure ends what was set.
type Restrain struct {
	Measure Measure
	Until   time.Time
	Why     string
}

// Judge is the reporter's verdict on what an office calls done (sudah beres, sebagian, belum), in his or her own words and photos
// where there are any.
type Judge struct {
	Verdict Verdict
	Words   string
	Photos  []bot.MediaRef
	Files   []bot.MediaRef
}

// Verdict is what the reporter says of an office's work. No machine ever gives one.
type Verdict string

// The verdicts.
const (
	Fixed Verdict = "beres"
	Part  Verdict = "sebagian"
	Unfit Verdict = "belum"
)

// Disagree is the reporter not taking a refusal (tidak setuju): the coordinator decides, once.
type Disagree struct{ Words string }

// Rate is the reporter's mark for how it went, 1 (bad) to 5, with a sentence where there is one.
type Rate struct {
	Stars int
	Words string
}

// Lapse closes what nobody has judged in time (tanpa tanggapan).
type Lapse struct{}

// Reopen undoes an end, with a reason (Buka lagi).
type Reopen struct{ Why string }

// Retract takes back that a report is done, with a reason: its office said so in error.
type Retract struct{ Why string }

func (Retract) deed() Deed    { return Retracting }
func (Add) deed() Deed        { return Adding }
func (Take) deed() Deed       { return Taking }
func (Reply) deed() Deed      { return Replying }
func (Withdraw) deed() Deed   { return Withdrawing }
func (Forward) deed() Deed    { return Forwarding }
func (Categorise) deed() Deed { return Correcting }
func (NotOurs) deed() Deed    { return Returning }
func (Ask) deed() Deed        { return Asking }
func (Note) deed() Deed       { return Noting }
func (Identify) deed() Deed   { return Identifying }
func (Unveil) deed() Deed     { return Unveiling }
func (Plan) deed() Deed       { return Planning }
func (Resolve) deed() Deed    { return Resolving }
func (Reject) deed() Deed     { return Rejecting }
func (Admit) deed() Deed      { return Admitting }
func (Restrain) deed() Deed   { return Restraining }
func (Link) deed() Deed       { return Linking }
func (Disagree) deed() Deed   { return Disagreeing }
func (Rate) deed() Deed       { return Rating }
func (Lapse) deed() Deed      { return Lapsing }
func (Reopen) deed() Deed     { return Reopening }

func (a Judge) deed() Deed {
	if a.Verdict == Fixed {
		return Accepting
	}
	return Contesting
}
