package ledger

import (
	"rabeg/bot"
	"rabeg/internal/report"
)

// Job is work for later, run at least once. The sum is sealed: FetchMedia, FetchTalk, Transcribe, Consult, Export, Sheet, Pack, Tell, Copy, Hook. Its fields are what
// the queue keeps of it, as JSON.
type Job interface {
	// Kind names the sort of job in the queue.
	Kind() string
	isJob()
}

// FetchMedia fetches the photos and files of one fact, cleans and keeps them (Stored). Letters that show them wait for it.
type FetchMedia struct {
	Report report.ID `json:"report"`
	Seq    int       `json:"seq"` // of the fact
	// Network has the files: what one person sends at once comes from one network.
	Network bot.Network `json:"network,omitempty"`
}

// Transcribe turns a voice note of a draft into words and brings them back to the conversation, or "" where none could
// be made out in time.
type Transcribe struct {
	Chat  bot.Address  `json:"chat"`
	Draft string       `json:"draft"`
	Media bot.MediaRef `json:"media"`
}

// Consult asks a language model what a report is about, where the reader was not sure.
type Consult struct {
	Report report.ID `json:"report"`
}

// Kind is of Job.
func (FetchMedia) Kind() string { return "fetch_media" }

// Kind is of Job.
func (Transcribe) Kind() string { return "transcribe" }

// Kind is of Job.
func (Consult) Kind() string { return "consult" }

func (FetchMedia) isJob() {}
func (Transcribe) isJob() {}
func (Consult) isJob()    {}
