package ledger

import "rabeg/internal/report"

// Route is the way of one report through the offices: what the reader guessed first, and who kept it in the end.
type Route struct {
	Report report.ID
	// First is the office whose duty the report was taken for when it was filed; "" when it went to the coordinator to
	// decide.
	First string
	// Last is the office that has it now, or whose duty a person took it for where nobody serves that office; "" is the
	// coordinator.
	Last string
	// Judged says that people have shown what they think of the first guess: the office it named worked on the report, or
	// somebody gave it to another one.
	Judged bool
}

// Right reports whether the first guess was right. It means nothing unless Judged.
func (r Route) Right() bool { return r.First == r.Last }
