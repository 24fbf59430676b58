package ledger

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
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
