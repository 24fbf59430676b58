package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/ledger"
	"rabeg/internal/opendata"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Month is what rabeg open311 dump is told.
type Month struct{ Dir, Month, License string }

const exampleDump = "rabeg open311 dump ./data --month 2026-10"

// dumpPage is how many reports are read at once.
const dumpPage = 5000

var licenseShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.+ -]{1,60}$`)

// check reads what is asked; the error names the flag.
func (m Month) check(p *profile.Profile, now time.Time) (time.Time, error) {
	now = now.In(p.Location())
	this := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, p.Location())
	of := this.AddDate(0, -1, 0)
	if m.Month != "" {
		var err error
		if of, err = time.ParseInLocation("2006-01", m.Month, p.Location()); err != nil || !of.Before(this) {
			return of, Wrong("--month", "is no month that is over", exampleDump)
		}
	}
	if !licenseShape.MatchString(m.License) {
		return of, Wrong("--license", "is not the name of a licence", "CC-BY-4.0")
	}
	return of, nil
}

// OpenData writes a month of reports for everybody into a folder, and what all files in it are.
func OpenData(ctx context.Context, cfg Config, m Month, out io.Writer) error {
	return withPool(ctx, cfg, 2, func(pool *pgxpool.Pool, p *profile.Profile) error {
		of, err := m.check(p, time.Now())
		if err != nil {
			return err
		}
		key, err := postgres.NewCarriers(pool).Key(ctx, "opendata_key")
		if err != nil {
			return shapeless(err)
		}
		if err := postgres.GrantPublic(ctx, pool); err != nil {
			return shapeless(err)
		}
		public, err := postgres.ConnectPublic(ctx, pool.Config().ConnString(), 2)
		if err != nil {
			return err
		}
		defer public.Close()
		all, err := filedIn(ctx, public, of)
		if err != nil {
			return shapeless(err)
		}
		s := opendata.Of(opendata.Order{Profile: p, Month: of, Made: time.Now(), License: m.License, Key: key}, all)
		if err := writeMonth(m.Dir, s); err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s: %d reports written, %d left out because too few are alike\n", s.Month, len(s.Rows), s.Withheld)
		return err
	})
}

// filedIn are the reports of a month that everybody may know of.
func filedIn(ctx context.Context, public *postgres.Public, of time.Time) ([]report.Display, error) {
	var all []report.Display
	w := ledger.DisplayQuery{From: of, To: of.AddDate(0, 1, 0), Limit: dumpPage}
	for {
		page, err := public.Displays(ctx, w)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < dumpPage {
			return all, nil
		}
		last := page[len(page)-1]
		w.BeforeFiled, w.BeforeReport = last.Filed, last.Report
	}
}

// writeMonth writes the files of a month, and the list of all months that are there.
func writeMonth(dir string, s opendata.Sheet) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Wrong("DIR", "cannot be made", exampleDump)
	}
	name := "laporan-" + s.Month
	if err := writeWhole(filepath.Join(dir, name+".csv"), s.CSV); err != nil {
		return err
	}
	if err := writeWhole(filepath.Join(dir, name+".geojson"), s.GeoJSON); err != nil {
		return err
	}
	there, err := filepath.Glob(filepath.Join(dir, "laporan-[0-9][0-9][0-9][0-9]-[0-9][0-9].csv"))
	if err != nil {
		return err
	}
	var files, months []string
	for _, f := range there {
		files = append(files, filepath.Base(f))
	}
	slices.Sort(files)
	for _, f := range slices.Backward(files) {
		months = append(months, strings.TrimSuffix(f, ".csv"))
	}
	if err := writeWhole(filepath.Join(dir, "datapackage.json"), func(w io.Writer) error { return opendata.Package(w, s.City, s.License, files) }); err != nil {
		return err
	}
	return writeWhole(filepath.Join(dir, "index.html"), func(w io.Writer) error { return opendata.Page(w, s.City, s.License, months) })
}

// writeWhole writes a file whole or not at all: who downloads it meanwhile has the old one.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".rabeg-*")
	if err != nil {
		return Wrong("DIR", "cannot be written into", exampleDump)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		_ = f.Close()
		return fmt.Errorf("write open data: %w", err)
	}
	if err := f.Chmod(0o644); err != nil {
		_ = f.Close()
		return fmt.Errorf("write open data: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write open data: %w", err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write open data: %w", err)
	}
	return nil
}
