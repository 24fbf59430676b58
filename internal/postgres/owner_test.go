package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// Whoever writes past the program gives a report no second owner and takes none from it: the database refuses.
func TestNobodyWritesTwoOwnersOrNone(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	n := 0
	insert := func(doc string) error {
		n++
		doc = strings.Replace(doc, "{", fmt.Sprintf(`{"id": %d, `, n), 1)
		_, err := pool.Exec(t.Context(), `INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES ($1::bigint, 'SRG-' || $1::bigint, 'c' || $1::bigint, '', now(), $2::jsonb)`, n, doc)
		return err
	}
	held := func(what string, err error) {
		if pe, ok := errors.AsType[*pgconn.PgError](err); !ok || pe.ConstraintName != "reports_owner" {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, doc := range map[string]string{
		"the coordinator's and an office's":    `{"status": "received", "agency": "DISHUB"}`,
		"with an office that is none":          `{"status": "assigned"}`,
		"in quarantine and at an office":       `{"status": "quarantined", "agency": "DISHUB"}`,
		"handed over to nobody":                `{"status": "transferred"}`,
		"handed over, and still at an office":  `{"status": "transferred", "owner": "PLN", "agency": "DISHUB"}`,
		"joined with nothing":                  `{"status": "merged", "agency": "DISHUB"}`,
		"open, and joined with another":        `{"status": "in_progress", "agency": "DISHUB", "with": {"id": 99, "code": "SRG-99"}}`,
		"in no status":                         `{"agency": "DISHUB"}`,
		"in a status that nobody has heard of": `{"status": "lost", "agency": "DISHUB"}`,
	} {
		held(what, insert(doc))
	}
	for _, doc := range []string{
		`{"status": "received"}`, `{"status": "quarantined"}`, `{"status": "assigned", "agency": "DISHUB"}`, `{"status": "transferred", "owner": "PLN"}`,
		`{"status": "merged", "agency": "DISHUB", "with": {"id": 99, "code": "SRG-99"}}`, `{"status": "in_progress"}`, `{"status": "planned", "agency": "DISHUB"}`,
	} {
		if err := insert(doc); err != nil {
			t.Errorf("%s: %v", doc, err)
		}
	}
	for _, change := range []string{
		`UPDATE reports SET doc = doc || '{"agency": "DLH"}' WHERE status = 'received'`,
		`UPDATE reports SET doc = doc - 'agency' WHERE status = 'assigned'`,
		`UPDATE reports SET doc = doc - 'owner' WHERE status = 'transferred'`,
		`UPDATE reports SET doc = doc - 'with' WHERE status = 'merged'`,
		`UPDATE reports SET doc = jsonb_set(doc, '{with,id}', doc -> 'id') WHERE status = 'merged'`,
	} {
		_, err := pool.Exec(t.Context(), change)
		held(change, err)
	}
}

// A filled database gets the rule: what was broken before is named and can still be changed, until it is whole; nothing new is broken.
func TestAnOldReportWithoutOneOwnerIsNamed(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	must := func(sql string) {
		t.Helper()
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	must(`
DROP TABLE figure_days;
DROP TRIGGER figures_loosen ON figures;
DROP FUNCTION figures_loosen;
ALTER TABLE figures DROP COLUMN loose, DROP COLUMN packed;
DROP INDEX letters_of_report;
CREATE INDEX letters_notices ON letters (report, id DESC) WHERE purpose = 'notice';
DROP TRIGGER letters_written ON letters;
DROP TRIGGER letters_changed ON letters;
DROP TRIGGER letters_gone ON letters;
DROP FUNCTION letters_written, letters_changed, letters_gone;
DROP TABLE queue, places;
DROP INDEX letters_cards;
DROP TABLE handled, handled_parts;
CREATE TABLE handled (cause text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
DROP TABLE known, funnel, departures, mappings, mentions, lists;
DROP TABLE ties, tie_offers, delivered, delivered_marks;
DROP SEQUENCE ties_person;
DROP TABLE open311_prints, open311_carried, open311_clients;
DROP TABLE display_sheets, display_pictures, displays;
ALTER TABLE figures DROP COLUMN course, DROP COLUMN until, DROP COLUMN delivered, DROP COLUMN undelivered;
ALTER TABLE reports DROP COLUMN ownerless;
DROP FUNCTION report_owned;
ALTER TABLE reports DROP COLUMN tracking, DROP COLUMN next_from, DROP COLUMN next_due;
DROP INDEX reports_owing;
DROP TABLE sightings;
DELETE FROM rabeg_version WHERE version_id >= 25;
INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES
    (1, 'SRG-1', 'a', '', now(), '{"id": 1, "status": "assigned", "agency": "DISHUB"}'),
    (2, 'SRG-2', 'b', '', now(), '{"id": 2, "status": "assigned"}'),
    (3, 'SRG-3', 'c', '', now(), '{"id": 3, "status": "received", "agency": "DISHUB"}')`)
	if err := migrations.At(t.Context(), pool.Config().ConnString()); err != nil {
		t.Fatal(err)
	}
	named := func(want ...report.Code) {
		t.Helper()
		n, first, err := postgres.Ownerless(t.Context(), pool)
		if err != nil || n != len(want) || fmt.Sprint(first) != fmt.Sprint(want) {
			t.Errorf("%d are named, first %v (%v), want %v", n, first, err, want)
		}
	}
	named("SRG-2", "SRG-3")
	must(`UPDATE reports SET doc = doc || '{"rev": 7}' WHERE id = 2`)
	must(`UPDATE reports SET doc = doc || '{"status": "assigned"}' WHERE id = 3`)
	named("SRG-2")
	if _, err := pool.Exec(t.Context(), `UPDATE reports SET doc = doc || '{"status": "received"}' WHERE id = 3`); err == nil {
		t.Error("what is whole again may be broken again")
	}
}
