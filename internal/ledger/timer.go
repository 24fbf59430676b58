package ledger

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// TimerKind is what a timer is for. A new kind is a constant here, a decision (a row of casework.Clocks, or what the
// conversation does when it is woken) and a test: keeping it, finding it when its time has come, acting on it once and trying
// again where that fails are the same for all.
type TimerKind string

// The kinds.
const (
	// WakeTimer brings a conversation back to the machine after a silence. A chat has one; its Rev is the draft it is meant for.
	WakeTimer TimerKind = "wake"
	// VerdictTimer closes a report that its office calls done, when the reporter has said nothing for long.
	VerdictTimer TimerKind = "verdict"
	// PlanTimer asks an office, when the date of a plan has come.
	PlanTimer TimerKind = "plan"
	// AnswerTimer reminds the reporter of a question that waits, and then tells the office that no answer came.
	AnswerTimer TimerKind = "answer"
	// ClockTimer tells people of the clocks of a report that nobody stopped. Those that are due at once are rung together, so that
	// everybody gets one letter.
	ClockTimer TimerKind = "clock"
	// RollTimer reads each office its open list.
	RollTimer TimerKind = "roll"
	// DisposalTimer reminds who has a disposition, and then tells the office that no answer came.
	DisposalTimer TimerKind = "disposal"
	// ProofTimer takes back that a report is done, where no new photo came to prove it.
	ProofTimer TimerKind = "proof"
	// FallTimer gives the coordinator what an office that nobody serves any more still has open. It is a room's.
	FallTimer TimerKind = "fall"
	// DigestTimer writes the figures of the last week to leaders and to the coordinator. It is the house's.
	DigestTimer TimerKind = "digest"
)

// Timer is something to be done at a time. There is one of a kind for a subject: Timed sets it anew.
type Timer struct {
	Kind    TimerKind
	Subject Subject
	At      time.Time
	// Rev is what the subject was when the timer was set: a report's Rev, a conversation's draft. Where the subject is something
	// else when the time has come, the timer is dropped. "" holds whatever becomes of the subject.
	Rev string

	// ID names it in log lines, and Tries is how often it failed. Both are the store's.
	ID    int64
	Tries int
}

// Subject is what a timer is about: a chat, a report, a room of the desk, a plea or the whole house.
type Subject string

const (
	ofReport = "report:"
	ofRoom   = "room:"
)

// OfChat is a conversation: its timers go to the machine, and follow a person who moves (Moved).
func OfChat(a bot.Address) Subject { return Subject(a.String()) }

// OfReport is a report.
func OfReport(id report.ID) Subject { return Subject(ofReport + strconv.FormatInt(int64(id), 10)) }

// OfRoom is the room of an agency, "" for the coordinator's.
func OfRoom(agency string) Subject { return Subject(ofRoom + agency) }

// Chat is the conversation; ok is false for anything else.
func (s Subject) Chat() (a bot.Address, ok bool) {
	for _, other := range []string{ofReport, ofRoom, ofPlea, ofHouse} {
		if strings.HasPrefix(string(s), other) {
			return bot.Address{}, false
		}
	}
	return bot.ParseAddress(string(s))
}

// Report is the report's id; ok is false for anything else.
func (s Subject) Report() (id report.ID, ok bool) {
	number, ok := strings.CutPrefix(string(s), ofReport)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(number, 10, 64)
	return report.ID(n), err == nil
}

// Room is the agency; ok is false for anything else.
func (s Subject) Room() (agency string, ok bool) { return strings.CutPrefix(string(s), ofRoom) }

// RevOf is the Rev of a timer that any change of the report makes void.
func RevOf(r report.Report) string { return strconv.Itoa(r.Rev) }

// Cause is that of all a timer brings about: however often it is found, it acts once. Stores keep microseconds.
func (t Timer) Cause() string {
	at := t.At.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
	return "timer:" + string(t.Kind) + "/" + string(t.Subject) + "/" + at
}

// Timed sets a timer. One of the same kind and subject that was set before is replaced, also by the same batch.
type Timed struct{ Timer Timer }

// Untimed drops a timer; there need be none.
type Untimed struct {
	Kind    TimerKind
	Subject Subject
}

// Rung says that a batch is what a timer brought about: with it the timer is over. Commit fails with ErrUntimed when the timer
// is not set any more, or for another time. It stands before a Timed that sets the same one anew.
type Rung struct{ Timer Timer }

func (Timed) isChange()   {}
func (Untimed) isChange() {}
func (Rung) isChange()    {}

// ErrUntimed is what Commit answers when a Rung timer was dropped or set anew in between.
var ErrUntimed = errors.New("the timer is not set any more")

// Timers finds timers and ends them.
type Timers interface {
	// Due gives timers whose time has come, those first that have waited longest, at most limit. Those that failed come again
	// when their pause is over.
	Due(ctx context.Context, now time.Time, limit int) ([]Timer, error)
	// DueOf is Due for timers of one kind alone.
	DueOf(ctx context.Context, kind TimerKind, now time.Time, limit int) ([]Timer, error)
	// TimerOver drops a timer that brought about nothing, or what no batch can hold (a conversation's turn); one that was set
	// anew in between stays.
	TimerOver(ctx context.Context, t Timer) error
	// TimerLater lets a timer that failed wait until then, which is no longer than LongestPause from now.
	TimerLater(ctx context.Context, t Timer, until time.Time) error
}

// LongestPause is the longest pause of a timer that failed. One that seems to last longer was made by a clock that was wrong,
// and does not count.
const LongestPause = 5 * time.Minute
