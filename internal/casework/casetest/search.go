package casetest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var _ ledger.SearchReader = (*Memory)(nil)

// Search finds reports by a part of their number and by words.
func (m *Memory) Search(_ context.Context, q ledger.Search) (ledger.Found, error) {
	out := slices.DeleteFunc(m.Reports(), func(r report.Report) bool {
		_, number, _ := strings.Cut(strings.ToLower(string(r.Code)), "-")
		byNumber := len(q.Part) >= 3 && strings.Contains(strings.ReplaceAll(number, "-", ""), q.Part)
		return !q.Everywhere && r.Agency != q.Agency || !byNumber && !says(r, q)
	})
	slices.SortStableFunc(out, func(a, b report.Report) int { return cmp.Or(b.Filed.Compare(a.Filed), cmp.Compare(a.ID, b.ID)) })
	n := min(q.Most, len(out))
	return ledger.Found{Reports: out[:n], More: len(out) - n}, nil
}

// says reports whether a report's words are searched, and all that are looked for are among them.
func says(r report.Report, q ledger.Search) bool {
	if len(q.Words) == 0 || r.Visibility != report.Normal && r.Visibility != report.Anonymous || r.Status == report.Quarantined ||
		!slices.Contains(q.Categories, r.Category) {
		return false
	}
	words := ledger.SearchWords(strings.Join([]string{r.Text, r.Place.Said, r.Place.Note, r.Place.AreaName, r.Place.DistrictName}, " "))
	for _, ways := range q.Words {
		if !slices.ContainsFunc(strings.Split(ways, "|"), func(w string) bool {
			return slices.ContainsFunc(words, func(has string) bool { return has == w || len(w) >= ledger.WordBegins && strings.HasPrefix(has, w) })
		}) {
			return false
		}
	}
	return true
}

// WaitingFor lists the coordinator's open reports whose duty is an agency's, oldest first.
func (m *Memory) WaitingFor(_ context.Context, agency string, limit int) ([]report.Report, error) {
	out := slices.DeleteFunc(m.Reports(), func(r report.Report) bool {
		return agency == "" || r.Agency != "" || r.Suggested != agency || !r.Status.Working()
	})
	slices.SortStableFunc(out, func(a, b report.Report) int { return cmp.Or(a.Filed.Compare(b.Filed), cmp.Compare(a.ID, b.ID)) })
	return out[:min(limit, len(out))], nil
}
