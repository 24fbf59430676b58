package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sheet"
	"rabeg/internal/understand"
)

// LaporImport is what rabeg sp4n import is told.
type LaporImport struct {
	File string
	// Preview says that nothing is written, JSON that machines read what is said. AsOf is the day the file is of, "" for what it says.
	Preview, JSON, Apart bool
	AsOf                 string
}

// LaporExport is what rabeg sp4n export is told.
type LaporExport struct {
	From, To, File string
	Confidential   bool
}

const exampleExport = "laporan-ringkas.xlsx"

// SP4NImport brings an export of LAPOR! into the database, or tells what it would bring.
func SP4NImport(ctx context.Context, cfg Config, c LaporImport, out io.Writer) (err error) {
	file, err := readSheet(c.File)
	if err != nil {
		return err
	}
	b, err := openBureau(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	o := exchange.Order{File: file, Run: "cli-" + strconv.FormatInt(time.Now().UnixNano(), 36), At: time.Now(), Apart: c.Apart, Look: c.Preview}
	if c.AsOf != "" {
		if o.AsOf, err = time.Parse(time.DateOnly, c.AsOf); err != nil || o.AsOf.After(sp4n.Day(o.At, b.profile.Location())) {
			return Wrong("--as-of", "is no day, or one to come", "2026-11-14")
		}
	}
	got, err := b.clerk.Take(ctx, o)
	if f, ok := errors.AsType[*sp4n.Fault](err); ok {
		return Wrong("FILE", f.Plain, exampleExport)
	}
	if err != nil {
		return shapeless(err)
	}
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(got)
	}
	_, err = io.WriteString(out, told(got, c.Preview))
	return err
}

// told is what a file brings, for a person at the terminal.
func told(r exchange.Result, preview bool) string {
	verb := "brought in"
	if preview {
		verb = "would bring in"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d new (%d of them open), %d changed, %d unchanged, %d older than what is known, of %d rows as of %s\n", verb, r.Fresh, r.Open, r.Moved, r.Same, r.Older,
		r.Rows, r.AsOf.Format(time.DateOnly))
	if !r.Dated {
		b.WriteString("the file does not say of which day it is: that of its newest report is taken (--as-of 2026-11-14 says another)\n")
	}
	for _, u := range r.Unknown {
		fmt.Fprintf(&b, "unknown status, kept as it is: %q in %d rows\n", u.Word, u.Rows)
	}
	for _, d := range r.Doubles {
		fmt.Fprintf(&b, "double: %s is %s\n", d.Tracking, d.Code)
	}
	if r.Twins > 0 {
		fmt.Fprintf(&b, "and %d more doubles\n", r.Twins)
	}
	for _, f := range r.Refused {
		fmt.Fprintf(&b, "refused: line %d: %s\n", f.Line, f.Why)
	}
	if r.More > 0 {
		fmt.Fprintf(&b, "and %d more rows refused\n", r.More)
	}
	return b.String()
}

// readSheet reads a file that is small enough.
func readSheet(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, Wrong("FILE", "cannot be read", exampleExport)
	case info.IsDir():
		return nil, Wrong("FILE", "is a folder", exampleExport)
	case info.Size() > sheet.MostBytes:
		return nil, Wrong("FILE", fmt.Sprintf("is larger than %d MB", sheet.MostBytes>>20), exampleExport)
	}
	file, err := os.ReadFile(name)
	if err != nil {
		return nil, Wrong("FILE", "cannot be read", exampleExport)
	}
	return file, nil
}

// SP4NExport writes our reports in LAPOR!'s columns.
func SP4NExport(ctx context.Context, cfg Config, c LaporExport, errs io.Writer) (err error) {
	b, err := openBureau(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	s := exchange.Span{Confidential: c.Confidential, Day: time.Now().In(b.profile.Location()), Text: strings.EqualFold(filepath.Ext(c.File), ".csv")}
	if s.From, err = time.ParseInLocation(time.DateOnly, c.From, b.profile.Location()); err != nil {
		return Wrong("--from", "is no day", "2026-11-01")
	}
	last, err := time.ParseInLocation(time.DateOnly, c.To, b.profile.Location())
	if err != nil || last.Before(s.From) {
		return Wrong("--to", "is no day, or one before --from", "2026-11-30")
	}
	s.To = last.AddDate(0, 0, 1)
	look := ledger.Look{At: time.Now(), Who: ledger.AtTerminal, Act: ledger.LookExport, About: "sp4n"}
	if err := postgres.Note(ctx, b.store.Pool, look); err != nil {
		return shapeless(err)
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return Wrong("FILE", "cannot be made, or is there already", "laporan.xlsx, or laporan.csv")
	}
	w, err := b.clerk.Export(ctx, s, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(c.File))
	}
	_, _ = fmt.Fprintf(errs, "%d reports written; left out: %d confidential or sensitive, %d whose words were erased. What citizens wrote is in the file: keep it like the database.\n",
		w.Rows, w.Confidential, w.Erased)
	return nil
}

// bureau is what commands about LAPOR! work with.
type bureau struct {
	profile *profile.Profile
	stores  *Stores
	store   *postgres.Store
	clerk   *exchange.Clerk
	close   func() error
}

func openBureau(ctx context.Context, cfg Config) (*bureau, error) {
	if err := known(cfg.Profile); err != nil {
		return nil, err
	}
	p, reader, err := Reading(cfg.Profile)
	if err != nil {
		return nil, err
	}
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return nil, err
	}
	fail := func(err error) (*bureau, error) { return nil, errors.Join(err, stores.Close()) }
	if err := ownedBy(ctx, p, stores.Database); err != nil {
		return fail(err)
	}
	pool, err := postgres.Connect(ctx, stores.Database, 4)
	if err != nil {
		return fail(Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase))
	}
	store, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: p.Prefix, City: cityOf(p), Sensitive: p.Sensitive, Committed: func([]outbox.Item) {}, Doubted: func() {}}, rand.Text())
	if err != nil {
		pool.Close()
		return fail(shapeless(err))
	}
	office := &casework.Office{Profile: p}
	b := &bureau{profile: p, stores: stores, store: store}
	b.clerk = newExchange(store, func() *casework.Office { return office }, reader)
	b.close = func() error {
		store.Close()
		pool.Close()
		return stores.Close()
	}
	return b, nil
}

// newExchange makes the clerk that brings files of LAPOR! into a store.
func newExchange(store *postgres.Store, office func() *casework.Office, reader understand.Reader) *exchange.Clerk {
	return &exchange.Clerk{Office: office, Store: store, ByCode: store.ByCode, Served: store.Served,
		Read: func(text string) (report.Kind, []report.Guess) {
			r := reader.Read(text)
			return r.Kind, r.Guesses
		}}
}
