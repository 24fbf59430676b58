package casework

import (
	"hash/fnv"
	"strconv"

	"rabeg/internal/report"
)

// Mark is what the buttons under a report were shown with, in a few letters: whose it is, how it stands, who has it in hand, what it
// is about and whom it is hidden from. What is said to and fro does not change it. Buttons carry it, and a press under another
// mark asks anew: what somebody agrees to is what he or she saw.
func Mark(r report.Report) string {
	return mark(r.Agency, string(r.Status), r.Officer.ID, r.Category, string(r.Visibility))
}

// MarkLead stands in the intent of a letter before the mark that it was written with. Nothing that people write holds it (bot.Clean).
const MarkLead = "\x1e"

// CardIntent is the intent of a letter that shows a report's card: a number that is typed in reply chooses from what stood there.
func CardIntent(r report.Report) string { return MarkLead + Mark(r) }

func mark(parts ...string) string {
	h := fnv.New32a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p))
		_, _ = h.Write([]byte{0})
	}
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}
