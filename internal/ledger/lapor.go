package ledger

import (
	"context"
	"time"

	"rabeg/internal/report"
)

// LaporReader finds reports that are in SP4N LAPOR! too. A number there is one report's: Commit answers ErrStale to who enters one that
// another report has got meanwhile.
type LaporReader interface {
	// Tracked finds reports by their numbers there. Numbers that no report has are missing.
	Tracked(ctx context.Context, numbers []string) (map[string]Tracked, error)
	// Sighted are what is known of numbers besides (Sighted, the change); what no file has told of is missing.
	Sighted(ctx context.Context, numbers []string) (map[string]Sighting, error)
	// Owing lists the reports of which something was said here that is not typed in there, oldest first, at most limit.
	Owing(ctx context.Context, limit int) ([]report.Report, error)
	// HandingOver lists the reports that somebody began to type in there before a time and has given no number of, the one first that
	// waits longest, at most limit.
	HandingOver(ctx context.Context, before time.Time, limit int) ([]report.Report, error)
	// Mappings are all versions of what coordinators have put in place of the profile's categories of LAPOR!, by category, oldest first.
	Mappings(ctx context.Context) ([]Mapping, error)
}

// Tracked is a report that is in LAPOR! too: what of it tells whether there is news.
type Tracked struct {
	ID     report.ID
	Mirror report.Mirror
	// Erased says that its words were taken out of it.
	Erased bool
}

// Sighting is the day of the newest file that told of a number there. Erased says that the report which had the number was erased: no file
// brings it back.
type Sighting struct {
	Day    time.Time
	Erased bool
}

// Sighted says that a file of a day tells of numbers. Moved are those of them of which the same batch changes something because of that:
// Commit fails with ErrStale where a file of a later day has told of one of these meanwhile.
type Sighted struct {
	Day     time.Time
	Numbers []string
	Moved   []string
}

func (Sighted) isChange() {}

// SpanReader reads reports by the time they came in.
type SpanReader interface {
	// Between are reports that came in from a time until before another, in that order, at most limit: those after the last one that was
	// read before, the zero Mark for the first.
	Between(ctx context.Context, from, to time.Time, after Mark, limit int) ([]report.Report, error)
	// Unlinked are those of Between that have no number in LAPOR!.
	Unlinked(ctx context.Context, from, to time.Time, after Mark, limit int) ([]report.Report, error)
	// Channels count the reports that came in from a time until before another by their channels, the commonest first. What was joined
	// with another report is counted with that one, and what is in two channels as the one it came by first.
	Channels(ctx context.Context, from, to time.Time) ([]ChannelCount, error)
	// Taken are those of some report numbers that a report has.
	Taken(ctx context.Context, codes []report.Code) (map[report.Code]bool, error)
}

// Mark is a place among the reports in the order in which they came in.
type Mark struct {
	Filed time.Time
	ID    report.ID
}

// MarkOf is a report's place.
func MarkOf(r report.Report) Mark { return Mark{r.Filed, r.ID} }

// ChannelCount is how many reports came by a channel, and of those that are in LAPOR! its three marks: Answered, where an office has
// answered, Linked, where the report is known in both, Active, where LAPOR! has told something of it since.
type ChannelCount struct {
	Channel                            report.Channel
	Reports, Answered, Linked, Tracked int
}
