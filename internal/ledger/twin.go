package ledger

import (
	"context"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Around is where open reports are looked for that may be about the same trouble as another.
type Around struct {
	// Categories are those that they may be filed under.
	Categories []string
	// Pin and Metres are a circle, nil for none; Area is a kelurahan, "" for none; Reporter a person, zero for nobody. What lies in
	// any of them is found: pins only by the circle where there is one, else by the kelurahan.
	Pin      *report.Pin
	Metres   int
	Area     string
	Reporter bot.Address
	// Since is when the oldest of them were filed.
	Since time.Time
}

// AroundMost is how many reports a look around gives, the newest of each kind.
const AroundMost = 100

// Nearby is an open report that was found, with the looks of its pictures (File.Look).
type Nearby struct {
	Report report.Report
	Looks  []string
}

// TwinReader finds reports by where they lie, and by who follows them.
type TwinReader interface {
	// Around finds open reports, at most AroundMost by their place and a few by their reporter. A box stands for the circle: a
	// little more may come. What is confidential is not among them.
	Around(ctx context.Context, a Around) ([]Nearby, error)
	// Followed are the reports that a chat follows, newest first, at most limit.
	Followed(ctx context.Context, chat bot.Address, limit int) ([]report.Report, error)
}
