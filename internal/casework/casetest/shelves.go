package casetest

import (
	"context"

	"rabeg/internal/ledger"
)

// Shelf is what an office has put by.
func (m *Memory) Shelf(_ context.Context, office string) (ledger.Shelf, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	shelf := m.shelves[office]
	shelf.Office = office
	return shelf, nil
}
