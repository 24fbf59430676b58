package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// A plea is a person's use of a right to what is kept about him or her (UU 27/2022): to have a copy, or to have it erased. It is
// answered within 3 × 24 hours of the clock, week-ends counted.

// PleaID names a plea. It is made of what brought it about, and tells nothing.
type PleaID string

// NewPleaID is the id of the plea that a cause brings about.
func NewPleaID(cause string) PleaID {
	sum := sha256.Sum256([]byte("plea\x00" + cause))
	return PleaID(strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])))
}

// PleaAct is what is asked for.
type PleaAct string

// The acts.
const (
	ExportPlea PleaAct = "export"
	ErasePlea  PleaAct = "erase"
)

// PleaStage is how far a plea is.
type PleaStage string

// The stages, in order. An export goes from asked to given to over; an erasing from asked to begun and told, and from there, where
// open reports remain, again to begun when one of them is over. Spared is an erasing that was called off.
const (
	PleaAsked  PleaStage = "asked"
	PleaGiven  PleaStage = "given"  // the file is on its way; it is removed at Again
	PleaBegun  PleaStage = "begun"  // reports, calls and what waits are done; letters and files are being swept
	PleaTold   PleaStage = "told"   // all is done that can be; the last letter and the address go at Again
	PleaOver   PleaStage = "over"   // nothing of the person is left in the plea
	PleaSpared PleaStage = "spared" // called off
)

// PleaFor is how long the law gives for an answer.
const PleaFor = 3 * 24 * time.Hour

// Plea is a plea as it stands.
type Plea struct {
	ID    PleaID    `json:"id"`
	Rev   int       `json:"rev"` // grows with every change
	Act   PleaAct   `json:"act"`
	Stage PleaStage `json:"stage"`
	// Chat is where the person is answered, zero once it is over. Chats are all addresses he or she is known under.
	Chat  bot.Address   `json:"chat,omitzero"`
	Chats []bot.Address `json:"chats,omitempty"`
	// Tied are other chats of the same person that it covers as well, as was asked when it was made.
	Tied  []bot.Address `json:"tied,omitempty"`
	Name  string        `json:"name,omitempty"` // as the network tells it
	Lang  string        `json:"lang,omitempty"`
	Asked time.Time     `json:"asked"`
	Due   time.Time     `json:"due"`
	// Recall says that the person takes the open reports back, so that they go as well.
	Recall bool `json:"recall,omitempty"`
	// Left are the open reports that remain, Refused those of which a coordinator, or the end of the time to decide, said so.
	Left []report.ID `json:"left,omitempty"`
	// Released are those that a coordinator lets go while they are open.
	Refused  []report.ID `json:"refused,omitempty"`
	Released []report.ID `json:"released,omitempty"`
	// Gone are reports that were done and whose letters and files are still to be swept,
	// Sources the names that the networks gave files of talks, Talks what a reply to the talks' letters means, Swept the last letter that was looked at and UpTo the last to look at.
	Gone    []report.ID    `json:"gone,omitempty"`
	Sources []bot.MediaRef `json:"sources,omitempty"`
	Talks   []string       `json:"talks,omitempty"`
	// Said is what was taken out of others' reports, and whose letters and files are still to be swept.
	Said  []Said `json:"said,omitempty"`
	Swept int64  `json:"swept,omitempty"`
	UpTo  int64  `json:"upto,omitempty"`
	// Reports counts what was erased, for the last letter; Round how often that was written.
	Reports int `json:"reports,omitempty"`
	Round   int `json:"round,omitempty"`
	// File is the export in the media store.
	File bot.MediaRef `json:"file,omitzero"`
	// Done is when it was answered.
	Done time.Time `json:"done,omitzero"`
}

// Open reports whether something is still to be done.
func (p Plea) Open() bool { return p.Stage != PleaOver && p.Stage != PleaSpared }

// Covers reports whether it is about what is kept of a chat.
func (p Plea) Covers(chat bot.Address) bool {
	return p.Chat.Chat() == chat.Chat() || slices.Contains(p.Tied, chat.Chat())
}

// Pleaded is a plea after a change. Was is the Rev it had before, 0 for a new one: Commit fails with ErrStale when it has moved on.
type Pleaded struct {
	Plea Plea
	Was  int
}

// Redacted replaces facts by themselves without persons and words. It stands behind the Changed with the Erased fact that names them;
// the store refuses what no such fact names, and any other change of a fact.
type Redacted struct{ Facts []report.Fact }

// Cleared takes a person's address out of everything that waits or is found by it: timers, letters on their way, jobs, stumbles. Letters
// about the Except reports go on. The conversation, letters that were sent and files of the media store are for the sweep.
type Cleared struct {
	Chats  []bot.Address
	Except []report.ID
	// Gone are the reports that keep nothing of the person: their causes go, and what waits to show the words in the desk.
	Gone []report.ID
	// Later says that this is a later round of an erasing: the person may have come back, and what was begun since the first stays. Of
	// what belongs to Chats only letters about Gone go.
	Later bool
	// Marks are the keyed hashes of the chats, kept with the time for as long as a network delivers an event again.
	Marks []string
	At    time.Time
}

// Hushed takes back what waits to show what was said of a report in the desk, and news of it to those who follow it: it is confidential
// from now on. What is on its way already is for an edit (Letter.Only).
type Hushed struct{ Report report.ID }

// PostReader finds messages of the desk.
type PostReader interface {
	// Shown are those that show what a citizen said of a report, sent or on their way, oldest first, and then those that show something of
	// it beside others, without a Report: a letter edits each by its key.
	Shown(ctx context.Context, id report.ID) ([]Post, error)
}

// Shown ends the keys of letters of the desk that show what a citizen said (a regular expression): under cards, in talks, as an answer to
// somebody who asked for it, and in the own chat of who may read it.
const Shown = "/(add|media|late|line|said|recall|urge|disposed|enclosed|draft|quote|copy|open|who)[0-9]*(/alone)?$"

// Quoted ends the keys of those that answer somebody, wherever that is: in the group, or in a chat of one's own what was opened there or
// tells who filed it.
const Quoted = "/(draft|quote|copy|open|who)[0-9]*$"

var (
	shown, quoted = regexp.MustCompile(Shown), regexp.MustCompile(Quoted)
	copied, named = regexp.MustCompile("/(copy|open)[0-9]*(/alone)?$"), regexp.MustCompile("/who[0-9]*$")
)

// Copied reports whether a letter with this key is a copy of a report's card, for somebody who asked for it or opened it.
func Copied(key string) bool { return copied.MatchString(key) }

// Named reports whether a letter with this key tells one officer who filed a report.
func Named(key string) bool { return named.MatchString(key) }

// Shows reports whether a letter shows the desk what a citizen said. It is asked once more before it is sent whether that may be seen.
func (l Letter) Shows() bool {
	return l.Purpose == ToDesk && (l.Desk && shown.MatchString(l.Key) || quoted.MatchString(l.Key)) || len(l.Mentions) > 0
}

func (Pleaded) isChange()  {}
func (Redacted) isChange() {}
func (Cleared) isChange()  {}
func (Hushed) isChange()   {}

// Export makes the copy of what is kept about a person.
type Export struct {
	Plea PleaID `json:"plea"`
}

// Kind is of Job.
func (Export) Kind() string { return "export" }

func (Export) isJob() {}

// ByClock is who a look is by where the time of keeping had ended.
const ByClock = "clock"

// The kinds of timers that pleas and keeping times have.
const (
	// PleaTimer goes on with a plea.
	PleaTimer TimerKind = "plea"
	// PleaReminder reminds the coordinator of a plea that is to be decided.
	PleaReminder TimerKind = "plea-due"
	// KeepTimer looks for what has been kept for long enough.
	KeepTimer TimerKind = "keep"
)

// Possessions are everything the database keeps about a person.
type Possessions struct {
	Chats []bot.Address // all addresses, the present one first
	// Reports are his or her own, oldest first; Followed are others'. Facts are as they were written.
	Reports  []Case
	Followed []Case
	Calls    []Call
	// TalkFiles are what became of the photos and files of Calls, by source (network:id).
	TalkFiles map[string]File
	// Letters are those that were written to the person and whose words are still kept, newest first, for an export.
	Letters []PostedLetter
	// Operator is the person as somebody of the desk.
	Operator *Operator
}

// Case is a report with its facts as they were written, and what became of their files, by source (network:id).
type Case struct {
	Report report.Report
	Facts  []report.Fact
	Files  map[string]File
}

// PostedLetter is a letter that was written, and when.
type PostedLetter struct {
	At   time.Time
	Text string
}

// Sweep is what goes of letters that are over: of those to Chats all, but for those about Except; of those about the Gone reports, and of
// Talks by what a reply to their letters means (Letter.Intent), the words. With Later, as in Cleared, those to Chats go only where they
// are about Gone.
type Sweep struct {
	Chats  []bot.Address
	Except []report.ID
	Gone   []report.ID
	Talks  []string
	Said   []Said
	Later  bool
}

// Said is what somebody said and sent in another's report: the Seqs of its facts, and the names that networks gave its files.
type Said struct {
	Report report.ID      `json:"report"`
	Seqs   []int          `json:"seqs"`
	Files  []bot.MediaRef `json:"files,omitempty"`
}

// Shows ends the keys of the letters of the desk that showed it (a regular expression), or what an officer asked of the report and may
// ask again. A letter is named by the first fact of what it tells.
func (s Said) Shows() string {
	seqs := make([]string, len(s.Seqs))
	for i, seq := range s.Seqs {
		seqs[i] = strconv.Itoa(seq)
	}
	files := ""
	if len(s.Files) > 0 {
		files = "media|late|" // what was sent anew with a card, and what came late: of all who sent some
	}
	return "/(" + files + "(add|media|late|line|said)(" + strings.Join(seqs, "|") + ")|(quote|copy|open)[0-9]*)(/alone)?$"
}

// Post is a message of the desk, by the key of its letter, the report it is about, 0 for none, and the room it lies in; To is where it was
// written to, where that is no room of the desk.
type Post struct {
	Key    string
	Report report.ID
	Room   string
	To     bot.Address
}

// Orphan is a file of the media store that nothing needs any more: Source is the row that names it (network:id), Ref where it lies, zero
// where it could not be had.
type Orphan struct {
	Source string
	Ref    bot.MediaRef
}

// Terms are the times before which what is kept is old, by what the profile says how long it keeps: reports (after their end), letters and
// stumbles, and what is kept as long as one of them.
type Terms struct{ Reports, Letters, Stumbles time.Time }

// Pleas reads pleas and what they are about. ErrUnknown where there is none.
type Pleas interface {
	Plea(ctx context.Context, id PleaID) (Plea, error)
	// PleaOf is the open plea of a chat for an act, the newest.
	PleaOf(ctx context.Context, chat bot.Address, act PleaAct) (Plea, error)
	// Possessions are what is kept about a person; letters is how many letters are told, 0 for none.
	Possessions(ctx context.Context, chat bot.Address, letters int) (Possessions, error)
	// Gone reports whether the conversation with a chat was erased at a time or after it: what a network delivers again from
	// before brings nothing back.
	Gone(ctx context.Context, chat bot.Address, at time.Time) (bool, error)
}

// ofPlea and ofHouse begin the subjects of timers.
const (
	ofPlea  = "plea:"
	ofHouse = "house:"
)

// OfPlea is a plea.
func OfPlea(id PleaID) Subject { return Subject(ofPlea + string(id)) }

// OfHouse is the whole house: what no chat, report or room has.
func OfHouse() Subject { return ofHouse }

// Plea is the plea's id; ok is false for anything else.
func (s Subject) Plea() (id PleaID, ok bool) {
	name, ok := strings.CutPrefix(string(s), ofPlea)
	return PleaID(name), ok
}

// House reports whether it is the whole house.
func (s Subject) House() bool { return s == ofHouse }
