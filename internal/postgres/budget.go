package postgres

import (
	"context"
	"fmt"
)

// Spend adds tokens to what the language model cost on a day, and gives the day's sum (llm.Budget). What is given back
// never makes a day cheaper than nothing.
func (s *Store) Spend(ctx context.Context, day string, tokens int) (total int, err error) {
	const add = `
INSERT INTO model_budget (day, tokens) VALUES ($1, greatest($2, 0))
ON CONFLICT (day) DO UPDATE SET tokens = greatest(model_budget.tokens + $2, 0) RETURNING tokens`
	if err := s.Pool.QueryRow(ctx, add, day, int64(tokens)).Scan(&total); err != nil {
		return 0, fmt.Errorf("count the language model's tokens: %w", err)
	}
	return total, nil
}
