package desk

import (
	"fmt"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// permits reports whether who acts may do it at all.
func (h *handling) permits(on subject, a report.Action) bool {
	return h.office.Permit(on.report, on.by, a) == nil
}

// used tells where the photo was shown before by which a report is said to be done; nil where it is new, or nobody can tell in time:
// then it counts, and it is looked at again when it is kept. An album is looked at whole, when all of it is there: a picture of
// before may stand in it beside the one of after.
func (h *handling) used(a report.Action, c Command, on subject) (*casework.Used, error) {
	done, ok := a.(report.Resolve)
	if !ok || c.Album != "" || len(done.Photos) == 0 || !h.office.NeedsProof(on.report) || !h.permits(on, a) {
		return nil, nil //nolint:nilnil // nowhere is no mistake
	}
	looks := map[string]string{}
	if h.Looks != nil {
		for m, look := range h.Looks(h.ctx, h.ev.Chat, done.Photos) {
			looks[m.ID] = look
		}
	}
	var first *casework.Used
	for _, m := range done.Photos {
		p := casework.Proving{Alike: ledger.Alike{Report: on.report.ID, From: m, Look: looks[m.ID]}, Report: on.report, Facts: on.facts,
			At: h.ev.At.Add(time.Nanosecond)} // what is on record came before
		all, err := h.Reader.Pictures(h.ctx, p.Alike)
		if err != nil {
			return nil, fmt.Errorf("look for the photo: %w", err)
		}
		u, err := casework.UsedBefore(p, all, h.story)
		if err != nil || u == nil {
			return nil, err
		}
		if first == nil {
			first = u
		}
	}
	return first, nil
}

// story is a report with its facts.
func (h *handling) story(id report.ID) (report.Report, []report.Fact, error) {
	r, err := h.Reader.ByID(h.ctx, id)
	if err != nil {
		return r, nil, fmt.Errorf("read a report: %w", err)
	}
	facts, err := h.Reader.Facts(h.ctx, id)
	if err != nil {
		return r, nil, fmt.Errorf("read its facts: %w", err)
	}
	return r, facts, nil
}

// evidence is what says that a report is done.
func evidence(h *handling, on subject) string {
	if c, _ := h.office.Profile.Category(on.report.Category); c.Physical {
		return "foto hasil pekerjaan, boleh dengan keterangan"
	}
	return "penjelasan penyelesaian untuk warga"
}
