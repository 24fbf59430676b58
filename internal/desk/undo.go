package desk

import (
	"strconv"
	"strings"

	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// undo takes back the answer that Arg names, or the newest one that stands.
func undo(h *handling, c Command, on subject) (report.Action, bool, error) {
	if c.Arg == "" {
		if _, arg, ok := strings.Cut(h.to.Intent, casework.UndoIntent+":"); ok && c.Code == "" {
			c.Arg = arg
		}
	}
	if seq, err := strconv.Atoi(c.Arg); err == nil {
		for _, f := range on.facts {
			if f.Seq == seq && (f.Letter != "" || answerWord(f.What) != "" || f.What == report.WasTransferred) {
				return report.Withdraw{Letter: f.Letter, Of: f.Seq}, false, nil
			}
		}
		return nil, false, h.no(casework.Gone, staleText)
	}
	f, ok := lastSent(on.facts)
	if !ok {
		return nil, false, h.no(casework.Gone, "Tidak ada jawaban yang dapat ditarik.")
	}
	return report.Withdraw{Letter: f.Letter, Of: f.Seq}, false, nil
}

// lastSent is the newest thing said to the citizen that was not taken back, or the handing over that ended the report.
func lastSent(facts []report.Fact) (report.Fact, bool) {
	f, ok := lastAnswer(facts)
	gone := withdrawn(facts)
	for _, t := range facts {
		if t.What == report.WasTransferred && t.Seq > f.Seq && !gone[t.Seq] {
			f, ok = t, true
		}
	}
	return f, ok
}
