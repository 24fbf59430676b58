package app

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/sp4n/sp4ntest"
)

// From the terminal: a file is looked at, brought in, and changes nothing the second time; what is exported comes back as it was, and
// what is no export is told in one line.
func TestTheCommandsAboutLapor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := Config{Profile: "serang", Database: testdb.New(t, Migrate)}
	file := filepath.Join(dir, "laporan.xlsx")
	closed := sp4ntest.New(2)
	closed.Status, closed.Type = "Ditutup oleh Sistem", ""
	secret := sp4ntest.New(3)
	secret.Type = "Anonim|Rahasia"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(file, sp4ntest.Book(t, sp4ntest.TwentyOne, time.Date(2026, 11, 14, 0, 0, 0, 0, time.UTC), sp4ntest.New(1), closed, secret), 0o600))
	type result struct {
		New, Changed, Unchanged int
		Doubles, Refused        []any
		Unknown                 []any `json:"unknown_statuses"`
	}
	imports := func(c LaporImport) (r result) {
		t.Helper()
		c.JSON = true
		var out bytes.Buffer
		must(SP4NImport(t.Context(), cfg, c, &out))
		must(json.Unmarshal(out.Bytes(), &r))
		if strings.Contains(out.String(), "Sulastri") || r.Doubles == nil || r.Refused == nil || r.Unknown == nil {
			t.Errorf("it says %s", out.String())
		}
		return r
	}
	for _, c := range []struct {
		LaporImport
		fresh, same int
	}{{LaporImport{File: file, Preview: true}, 3, 0}, {LaporImport{File: file}, 3, 0}, {LaporImport{File: file}, 0, 3}} {
		if r := imports(c.LaporImport); r.New != c.fresh || r.Unchanged != c.same {
			t.Errorf("%+v brings %+v", c.LaporImport, r)
		}
	}
	for name, confidential := range map[string]bool{"ours.xlsx": false, "ours.csv": true} {
		out, errs := filepath.Join(dir, name), new(bytes.Buffer)
		must(SP4NExport(t.Context(), cfg, LaporExport{From: "2026-11-01", To: "2026-11-30", File: out, Confidential: confidential}, errs))
		if said := errs.String(); !strings.HasPrefix(said, map[bool]string{true: "3 reports written; left out: 0 conf", false: "2 reports written; left out: 1 conf"}[confidential]) {
			t.Errorf("%s: it says %s", name, said)
		}
		if r := imports(LaporImport{File: out}); r.New != 0 || len(r.Refused) != 0 {
			t.Errorf("%s comes back as %+v", name, r)
		}
		if err := SP4NExport(t.Context(), cfg, LaporExport{From: "2026-11-01", To: "2026-11-30", File: out}, errs); err == nil || !strings.Contains(err.Error(), "FILE: ") {
			t.Errorf("it writes over a file: %v", err)
		}
	}
	pdf := filepath.Join(dir, "pdf.xlsx")
	must(os.WriteFile(pdf, []byte("%PDF-1.7 Sulastri"), 0o600))
	for what, err := range map[string]error{
		"FILE: ":                 SP4NImport(t.Context(), cfg, LaporImport{File: pdf}, new(bytes.Buffer)),
		"FILE: c":                SP4NImport(t.Context(), cfg, LaporImport{File: filepath.Join(dir, "none.xlsx")}, new(bytes.Buffer)),
		"--as-of:":               SP4NImport(t.Context(), cfg, LaporImport{File: file, AsOf: "kemarin"}, new(bytes.Buffer)),
		"--as-of: is no day, or": SP4NImport(t.Context(), cfg, LaporImport{File: file, AsOf: time.Now().AddDate(0, 0, 3).Format(time.DateOnly)}, new(bytes.Buffer)),
		"--to: ":                 SP4NExport(t.Context(), cfg, LaporExport{From: "2026-11-30", To: "2026-11-01", File: filepath.Join(dir, "x.csv")}, new(bytes.Buffer)),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), what) || !strings.Contains(err.Error(), "example") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s is told %v", what, err)
		}
	}
}
