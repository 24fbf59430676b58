package app

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
)

type filled struct {
	taken, all int
	err        error
}

func (f filled) Numbers(context.Context) (int, int, error) { return f.taken, f.all, f.err }

func TestTheDoctorSaysHowFullTheNumbersAre(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fill filled
		want string
		ill  bool
	}{
		{filled{taken: 1234, all: 22_192_808}, "✓ report numbers: 1234 of 22192808 taken (0.0 %)", false},
		{filled{taken: 11_000_000, all: 22_192_808}, "✓ report numbers: 11000000 of 22192808 taken (49.6 %)", false},
		{filled{taken: 20_000_000, all: 22_192_808}, "✗ report numbers: 20000000 of 22192808 taken (90.1 %)\n  → ask for a version", true},
		{filled{err: errors.New("of redis://:pa%zz")}, "✗ report numbers: it cannot be read or used; the reason is not repeated", true},
	} {
		var out strings.Builder
		if ill := show(&out, numbers(t.Context(), c.fill)); ill != c.ill || !strings.HasPrefix(out.String(), c.want) {
			t.Errorf("%+v: the doctor says %q (%v), want %q", c.fill, out.String(), ill, c.want)
		}
	}
}

// Addresses with passwords that a library cannot read, and would repeat a piece of.
// Behind a proxy that names nobody all visitors are one: who guesses numbers would lock out everybody.
func TestTheDoctorSeesVisitorsThatLookLikeOne(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		Public
		want string
	}{
		"no pages":              {Public{}, ""},
		"behind a proxy":        {Public{URL: "https://lapor.example.go.id"}, "✗ public pages: a proxy stands before them"},
		"that says who asks":    {Public{URL: "https://lapor.example.go.id", Client: "X-Real-IP"}, "✓ public pages: https://lapor.example.go.id"},
		"on this machine alone": {Public{URL: "http://127.0.0.1:8081"}, "✓ public pages"},
	} {
		d := doctor{Config: Config{Public: c.Public, Listen: "127.0.0.1:0"}}
		var out strings.Builder
		for _, f := range d.addresses(t.Context()) {
			show(&out, f)
		}
		if got := out.String(); !strings.Contains(got, c.want) || c.want == "" && strings.Contains(got, "public pages") {
			t.Errorf("%s: the doctor says\n%s", name, got)
		}
	}
}

func TestTheDoctorRepeatsNoForeignError(t *testing.T) {
	t.Parallel()
	const secret = "geheim"
	var out strings.Builder
	for _, c := range []doctor{
		{Config: Config{Redis: "redis://:" + secret + "%zz@localhost:6379/0"}},
		{Config: Config{Redis: "redis://user:pw@localhost:6379/" + secret}},
		{Config: Config{Redis: "redis://:x@localhost:" + secret + "/0"}},
		{Config: Config{Redis: "redis://localhost:6379/0?" + secret + "=1"}},
		{Config: Config{Redis: "redis://" + secret + ".invalid:6379/0"}},
		{Config: Config{Database: "postgres://rabeg:" + secret + "%zz@localhost/rabeg"}},
		{Config: Config{Database: "postgres://rabeg:x@localhost:" + secret + "/rabeg"}},
		{Config: Config{Database: "postgres://rabeg:x@127.0.0.1:1/rabeg?sslmode=" + secret}},
		{Config: Config{Database: "postgres://" + secret + ".invalid/rabeg?connect_timeout=1"}},
		{Config: Config{Media: "s3://key:" + secret + "%zz@host/bucket"}},
		{Config: Config{Media: "s3://key:x@" + secret + "_/_/bucket"}},
		{Config: Config{Listen: secret}},
	} {
		for _, check := range []func(context.Context) []finding{c.postgresql, c.redis, c.folder, c.addresses} {
			for _, f := range check(t.Context()) {
				if f.err != nil {
					show(&out, f)
				}
			}
		}
	}
	if said := out.String(); strings.Contains(said, secret) || strings.Count(said, "✗") < 12 {
		t.Errorf("the doctor says:\n%s", said)
	}
}

// A database that a newer program has made is not touched by this one, and an empty one is well.
func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, nil)
	c := doctor{Config: Config{Database: dsn, Profile: "serang"}}
	shape := func() finding {
		for _, f := range c.postgresql(t.Context()) {
			if f.name == "database shape" {
				return f
			}
		}
		t.Fatal("the shape is not looked at")
		return finding{}
	}
	if f := shape(); f.err != nil || !strings.Contains(f.saw, "serve will migrate") {
		t.Errorf("of an empty database the doctor says %q, %v", f.saw, f.err)
	}
	if err := Migrate(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	if f := shape(); f.err != nil || f.saw != "newest" {
		t.Errorf("of a new database the doctor says %q, %v", f.saw, f.err)
	}
	pool, err := postgres.Connect(t.Context(), dsn, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(t.Context(), `INSERT INTO rabeg_version (version_id, is_applied) VALUES (9001, true)`); err != nil {
		t.Fatal(err)
	}
	if f := shape(); f.err == nil || !strings.Contains(short(f.err), "newer program: it has step 9001") {
		t.Errorf("of a newer database the doctor says %q, %v", f.saw, f.err)
	}
	p, err := government("serang")
	if err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{"serve": ownedBy(t.Context(), p, dsn), "migrate": Migrate(t.Context(), dsn)} {
		if err == nil || !strings.HasPrefix(err.Error(), "DATABASE_URL: this database is of a newer program") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s says %v", name, err)
		}
	}
}
