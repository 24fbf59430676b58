package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

// What is said on the command line of a city's folder, from the new one to the broken one.
func TestProfileCommands(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "kota")
	says := func(line ...string) (string, error) {
		var out, errs bytes.Buffer
		err := program().Run(t.Context(), line, &out, &errs)
		return out.String(), err
	}
	if out, err := says("profile", "new", dir); err != nil || !strings.Contains(out, "run: rabeg profile check "+dir) {
		t.Fatalf("new: %v, %s", err, out)
	}
	if out, err := says("profile", "check", dir); err != nil || !strings.HasPrefix(out, "Kota Contoh is well") {
		t.Errorf("check: %v, %s", err, out)
	}
	if out, err := says("profile", "check", "serang"); err != nil || !strings.HasPrefix(out, "Kota Serang is well") {
		t.Errorf("check of a city that comes along: %v, %s", err, out)
	}
	if _, err := says("profile", "new", dir); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("new over what is there: %v", err)
	}
	if _, err := says("profile"); err == nil || !strings.Contains(err.Error(), "rabeg profile check") {
		t.Errorf("no verb: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "areas.geojson"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	const at = "areas.geojson:1:1: is no FeatureCollection: it has no features"
	if out, err := says("profile", "check", dir); err == nil || err.Error() != "1 mistake in the profile "+dir || !strings.Contains(out, at) {
		t.Errorf("check of a broken folder: %v, %s", err, out)
	}
	if _, err := says("classify", "--profile", dir); err == nil || !strings.HasPrefix(err.Error(), "RABEG_PROFILE: ") || !strings.Contains(err.Error(), at) {
		t.Errorf("a broken folder is used: %v", err)
	}
	if _, err := says("classify", "--profile", "jakarta"); err == nil || !strings.HasPrefix(err.Error(), "RABEG_PROFILE: no profile is called") {
		t.Errorf("a name nobody knows: %v", err)
	}
}

// Every command that writes leaves the database of another city alone, says so in one line, and writes nothing first.
func TestAnotherCitysDatabase(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, nil)
	if err := program().Run(t.Context(), []string{"migrate", "--profile", "serang", "--database-url", dsn}, new(bytes.Buffer), new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
	serang, err := profile.Open("serang")
	if err != nil {
		t.Fatal(err)
	}
	pool, err := postgres.Connect(t.Context(), dsn, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: serang.Prefix, City: postgres.City{Prefix: serang.Prefix, Region: serang.Region(), Name: serang.City}}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	// The last step is taken away: what serves or migrates here would bring it back.
	if _, err := pool.Exec(t.Context(), `DELETE FROM rabeg_version WHERE version_id = (SELECT max(version_id) FROM rabeg_version)`); err != nil {
		t.Fatal(err)
	}
	steps := func() (n int) {
		if err := pool.QueryRow(t.Context(), `SELECT count(*) FROM rabeg_version`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := steps()
	const want = "DATABASE_URL: this database belongs to Kota Serang (SRG, 36.73) and cannot serve Kota Denpasar (DPS, 51.71) " +
		"(example: set RABEG_PROFILE to its city, or give the other one a database of its own: createdb rabeg_dps)"
	for _, line := range []string{
		"serve --redis-url redis://127.0.0.1:1/0 --telegram-token 110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw --telegram-api-url http://127.0.0.1:1",
		"migrate", "pair", "corrections", "audit verify",
	} {
		err := program().Run(t.Context(), append(strings.Fields(line), "--profile", "denpasar", "--database-url", dsn), new(bytes.Buffer), new(bytes.Buffer))
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v", line, err)
		}
	}
	if after := steps(); after != before {
		t.Errorf("the shape of another city's database was changed: %d steps, then %d", before, after)
	}
	var out bytes.Buffer
	_ = program().Run(t.Context(), []string{"doctor", "--profile", "denpasar", "--database-url", dsn, "--redis-url", "redis://127.0.0.1:1/0"}, &out, new(bytes.Buffer))
	if !strings.Contains(out.String(), "✗ database's city: belongs to Kota Serang (SRG, 36.73) and cannot serve Kota Denpasar") {
		t.Errorf("the doctor says\n%s", &out)
	}
}
