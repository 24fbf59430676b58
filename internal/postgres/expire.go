package postgres

import (
	"context"
	"fmt"
	"time"

	"rabeg/internal/ledger"
)

// expired are the rows that go once they are older than the profile keeps such. None is needed by a report that still has its
// reporter or words: a person's former address is how a reply to an old message is known.
var expired = []struct {
	what, sql string
	older     func(ledger.Terms) any
}{
	{"stumbles", `DELETE FROM stumbles WHERE at < $1`, stumblesTerm},
	{"measures that ended", `DELETE FROM conducts WHERE until < $1`, stumblesTerm},
	{"pleas that are over", `DELETE FROM pleas WHERE NOT open AND asked < $1`, func(t ledger.Terms) any { return t.Letters }},
	{"which lists mention reports that are erased", `DELETE FROM mentions m USING reports r WHERE r.id = m.report AND r.doc ->> 'erased' < $1`,
		func(t ledger.Terms) any { return t.Stumbles.UTC().Format(time.RFC3339) }},
	{"former addresses", `
DELETE FROM moves m WHERE person AND at < $1 AND NOT EXISTS (SELECT FROM reports r WHERE r.reporter IN (m.was, m.now))`, reportsTerm},
	{"when people wrote", `DELETE FROM windows WHERE greatest(heard, shut, invited) < $1`, reportsTerm},
	{"what was delivered", `DELETE FROM delivered WHERE day < $1::date`, func(t ledger.Terms) any { return t.Reports.UTC().Format(time.DateOnly) }},
}

func reportsTerm(t ledger.Terms) any  { return t.Reports }
func stumblesTerm(t ledger.Terms) any { return t.Stumbles }

// Expire removes rows that are older than the profile keeps such.
func (s *Store) Expire(ctx context.Context, t ledger.Terms) error {
	for _, of := range expired {
		if _, err := s.Pool.Exec(ctx, of.sql, of.older(t)); err != nil {
			return fmt.Errorf("remove %s: %w", of.what, err)
		}
	}
	return nil
}
