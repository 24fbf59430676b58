package casetest

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var _ ledger.TwinReader = (*Memory)(nil)

// Around finds open reports that may be about the same trouble as another.
func (m *Memory) Around(_ context.Context, a ledger.Around) ([]ledger.Nearby, error) {
	var near, area, own, nowhere []report.Report
	for _, r := range m.Reports() {
		if !r.Status.Open() || r.Visibility == report.Confidential || !slices.Contains(a.Categories, r.Category) || r.Filed.Before(a.Since) {
			continue
		}
		pin := r.Place.Pin
		if a.Pin != nil && pin != nil && ledger.BoxAround(*a.Pin, a.Metres).Holds(*pin) {
			near = append(near, r)
		}
		if a.Area != "" && r.Place.Area == a.Area && (a.Pin == nil || pin == nil) {
			area = append(area, r)
		}
		if !a.Reporter.Chat().Zero() && r.Reporter.Chat() == a.Reporter.Chat() {
			own = append(own, r)
		}
		if a.Nowhere && pin == nil && r.Place.Area == "" {
			nowhere = append(nowhere, r)
		}
	}
	far := func(r report.Report) float64 {
		x, y := r.Place.Pin.Lat-a.Pin.Lat, r.Place.Pin.Lon-a.Pin.Lon
		return x*x + y*y
	}
	newest := func(a, b report.Report) int { return b.Filed.Compare(a.Filed) }
	slices.SortStableFunc(near, func(a, b report.Report) int { return cmp.Or(cmp.Compare(far(a), far(b)), newest(a, b)) })
	slices.SortStableFunc(area, newest)
	slices.SortStableFunc(own, newest)
	slices.SortStableFunc(nowhere, newest)
	all := slices.Concat(near[:min(len(near), ledger.NearMost)], area[:min(len(area), ledger.AreaMost)], own[:min(len(own), ledger.OwnMost)],
		nowhere[:min(len(nowhere), ledger.NowhereMost)])
	slices.SortFunc(all, func(a, b report.Report) int { return cmp.Compare(a.ID, b.ID) })
	all = slices.CompactFunc(all, func(a, b report.Report) bool { return a.ID == b.ID })
	out := make([]ledger.Nearby, 0, len(all))
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range all {
		n := ledger.Nearby{Report: r}
		for _, ref := range r.Photos {
			if f, ok := m.files[fileKey{r.ID, ref.Network, ref.ID}]; ok && f.Lost == "" && f.Waits == "" {
				n.Photos = append(n.Photos, f)
			}
		}
		out = append(out, n)
	}
	return out, nil
}

// Memo is what a cause that was handled found and acted upon.
func (m *Memory) Memo(_ context.Context, cause string) (json.RawMessage, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.memos[cause], nil
}

// Handled reports whether the batch of a cause was committed.
func (m *Memory) Handled(_ context.Context, cause string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.handled[cause], nil
}

// Followed are the reports that a chat follows, newest first.
func (m *Memory) Followed(_ context.Context, chat bot.Address, limit int) ([]report.Report, error) {
	out := slices.DeleteFunc(m.Reports(), func(r report.Report) bool {
		return chat.Chat().Zero() || !slices.ContainsFunc(r.Followers, func(f report.Follower) bool { return f.Chat.Chat() == chat.Chat() })
	})
	slices.SortStableFunc(out, func(a, b report.Report) int { return b.Filed.Compare(a.Filed) })
	return out[:min(limit, len(out))], nil
}
