package postgres_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
	"rabeg/migrations"
)

// A function and no variable: nobody can change it for the others.
func cities() (serang, denpasar postgres.City) {
	return postgres.City{Prefix: "SRG", Region: "36.73", Name: "Kota Serang"}, postgres.City{Prefix: "DPS", Region: "51.71", Name: "Kota Denpasar"}
}

func serve(ctx context.Context, pool *pgxpool.Pool, c postgres.City) error {
	s, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: c.Prefix, City: c}, "seed")
	if err == nil {
		s.Close()
	}
	return err
}

// The first city to be served has the database; another one is refused in one line, and nothing is written for it.
func TestADatabaseBelongsToOneCity(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	serang, denpasar := cities()
	if err := errors.Join(postgres.Owned(t.Context(), pool, denpasar), serve(t.Context(), pool, serang), serve(t.Context(), pool, serang)); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{serve(t.Context(), pool, denpasar), postgres.Owned(t.Context(), pool, denpasar)} {
		if other, ok := errors.AsType[*postgres.OtherCityError](err); !ok || other.Owner != serang {
			t.Errorf("another city is let in: %v", err)
		}
		if err != nil && !strings.HasSuffix(err.Error(), "belongs to Kota Serang (SRG, 36.73) and cannot serve Kota Denpasar (DPS, 51.71)") {
			t.Errorf("refused with %v", err)
		}
	}
	for name, c := range map[string]struct {
		city postgres.City
		in   bool
	}{
		"another name":                       {postgres.City{Prefix: "SRG", Region: "36.73", Name: "Kota Serang Raya"}, true},
		"a kelurahan from across the border": {postgres.City{Prefix: "SRG", Region: "36", Name: "Kota Serang"}, true},
		"the same letters elsewhere":         {postgres.City{Prefix: "SRG", Region: "62.71", Name: "Kota Lain"}, false},
		"a neighbour whose code begins so":   {postgres.City{Prefix: "SRG", Region: "36.731", Name: "Kota Lain"}, false},
		"other numbers":                      {postgres.City{Prefix: "KSR", Region: "36.73", Name: "Kota Serang"}, false},
	} {
		if err := serve(t.Context(), pool, c.city); (err == nil) != c.in {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Whoever means it, and knows what he does: the way out that the README names.
	if _, err := pool.Exec(t.Context(), `DELETE FROM city`); err != nil {
		t.Fatal(err)
	}
	if err := serve(t.Context(), pool, denpasar); err != nil {
		t.Error(err)
	}
}

// Of two cities that begin on one new database at once, one has it.
func TestTwoCitiesAtOnce(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	a, b := cities()
	var errs [8]error
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			city := a
			if i%2 == 1 {
				city = b
			}
			errs[i] = serve(t.Context(), pool, city)
		})
	}
	wg.Wait()
	for i := range errs {
		if (errs[i] == nil) != (errs[i%2] == nil) {
			t.Errorf("of one city some are let in: %v", errs)
		}
	}
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("%v", errs)
	}
}

// A database from before, which does not say whose it is, belongs to the city of its reports' numbers, migrated or not.
func TestAnOlderDatabase(t *testing.T) {
	t.Parallel()
	serang, denpasar := cities()
	empty := testdb.Pool(t, nil)
	if err := postgres.Owned(t.Context(), empty, denpasar); err != nil {
		t.Errorf("a new database: %v", err)
	}
	pool := testdb.Pool(t, migrations.At)
	const back = `
DROP TABLE city, figure_days;
DROP TRIGGER figures_loosen ON figures;
DROP FUNCTION figures_loosen;
ALTER TABLE figures DROP COLUMN loose, DROP COLUMN packed;
ALTER TABLE reports DROP COLUMN ownerless;
DROP FUNCTION report_owned;
DROP INDEX media_look, media_newest;
DROP TABLE looks, looks_head;
DROP FUNCTION looks_stay;
DROP TABLE conducts;
DROP TABLE ties, tie_offers, delivered, delivered_marks;
DROP SEQUENCE ties_person;
DROP INDEX reports_quarantined;
DROP TABLE pleas, erased;
DROP INDEX reports_followed, media_of_file, calls_of_chat, reports_kept, reports_erased, letters_created;
DROP TABLE contacts;
DROP TABLE shelves;
DROP TABLE known, funnel;
ALTER TABLE figures DROP COLUMN course, DROP COLUMN until, DROP COLUMN delivered, DROP COLUMN undelivered;
DROP INDEX reports_outside, letters_of_report;
CREATE INDEX letters_notices ON letters (report, id DESC) WHERE purpose = 'notice';
DROP TABLE departures, mappings, mentions;
DROP TABLE open311_prints, open311_carried, open311_clients;
DROP TABLE display_sheets, display_pictures, displays;
DROP TABLE leases;
DROP SEQUENCE leases_fence;
DROP TRIGGER letters_written ON letters;
DROP TRIGGER letters_changed ON letters;
DROP TRIGGER letters_gone ON letters;
DROP FUNCTION letters_written, letters_changed, letters_gone;
DROP TABLE queue, places;
DROP INDEX letters_cards, facts_acted, facts_came;
ALTER TABLE letters RESET (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor);
CREATE INDEX letters_ref ON letters (ref) WHERE ref IS NOT NULL;
CREATE INDEX letters_refreshed ON letters (fold, id DESC) WHERE purpose = 'refresh' AND ref IS NOT NULL;
CREATE INDEX letters_folding ON letters (lane, fold) WHERE state = 'waiting' AND fold <> '' AND purpose <> 'reply';
CREATE INDEX letters_cold ON letters (lane, id) WHERE state = 'cold';
DROP TABLE handled, handled_parts;
CREATE TABLE handled (cause text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
CREATE INDEX letters_waiting ON letters (network, id) WHERE state = 'waiting';
ALTER TABLE operators DROP COLUMN acted;
DROP INDEX calls_taken;
DROP INDEX reports_square, reports_area, reports_nowhere;
DROP INDEX reports_words, reports_of_agency, reports_waiting;
DROP FUNCTION report_words;
ALTER TABLE reports DROP COLUMN tracking, DROP COLUMN next_from, DROP COLUMN next_due;
DROP INDEX reports_owing;
DROP TABLE sightings, lists;
DELETE FROM rabeg_version WHERE version_id >= 10;
INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES (1, 'SRG-7K3MQ-9', 'c', '', now(), '{}')`
	if _, err := pool.Exec(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	refused := func(when string) {
		if _, ok := errors.AsType[*postgres.OtherCityError](postgres.Owned(t.Context(), pool, denpasar)); !ok {
			t.Errorf("%s another city is let in", when)
		}
		if err := postgres.Owned(t.Context(), pool, serang); err != nil {
			t.Errorf("%s its own city is refused: %v", when, err)
		}
	}
	refused("before it is migrated")
	if err := migrations.At(t.Context(), pool.Config().ConnString()); err != nil {
		t.Fatal(err)
	}
	refused("after it is migrated")
	if err := serve(t.Context(), pool, serang); err != nil {
		t.Error(err)
	}
	if err := serve(t.Context(), pool, postgres.City{Prefix: "SRG", Region: "62.71"}); err == nil {
		t.Error("the region is not remembered")
	}
}
