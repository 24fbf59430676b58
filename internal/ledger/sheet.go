package ledger

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Sheet reads a file that a coordinator sent, an export of LAPOR!: it is looked at first, and brought in when somebody says so. Who filed
// what stands in the file, so the file itself is kept nowhere: it is fetched again.
type Sheet struct {
	Chat  bot.Address  `json:"chat"`
	Media bot.MediaRef `json:"media"`
	// Run names it, for ever.
	Run string `json:"run"`
	// AsOf is the day the file is of, where its sender says so.
	AsOf time.Time `json:"as_of,omitzero"`
	// Hash is that of the file that was looked at: only that one is brought in. "": it is to be looked at.
	Hash string `json:"hash,omitempty"`
	// Apart lets doubles become reports of their own.
	Apart bool `json:"apart,omitempty"`
	// Alone says that the chat is the coordinator's own.
	Alone bool `json:"alone,omitempty"`
}

// Pack makes the zip of a packet for LAPOR! and sends it: the pictures of a report, small enough and without what they tell besides.
type Pack struct {
	Report report.ID   `json:"report"`
	Chat   bot.Address `json:"chat"`
	Run    string      `json:"run"`
	Alone  bool        `json:"alone,omitempty"`
}

// Kind is of Job.
func (Sheet) Kind() string { return "sheet" }

// Kind is of Job.
func (Pack) Kind() string { return "pack" }

func (Sheet) isJob() {}
func (Pack) isJob()  {}
