package ledger

import (
	"context"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Picture is a file that was kept of a report: From is how its network named it.
type Picture struct {
	Report report.ID
	From   bot.MediaRef
	File   File
}

// Alike is a picture that is looked for among those that were kept. What is not known of it stays empty.
type Alike struct {
	// Report is the report that it was sent for: all that was kept of it is found.
	Report report.ID
	// From is how its network names it, Ref where it is kept, Look what it looks like (File.Look).
	From, Ref bot.MediaRef
	Look      string
}

// The most pictures that are found for one: of those that are the same or look just the same the first ones, and besides whatever
// was kept last, for a picture that was pressed anew looks a little different.
const (
	SameMost   = 50
	NewestMost = 2000
)

// PictureReader finds pictures that may be the same as another.
type PictureReader interface {
	// Pictures are files that were kept: those of the report, those with the name, the content or the very look of the picture, and
	// the newest ones that have a look. Each comes once, in no order. Files that could not be kept are not among them.
	Pictures(ctx context.Context, a Alike) ([]Picture, error)
}
