// Package exchange brings files of LAPOR! into the store, and reports out of it into such files. It reads through interfaces and decides
// nothing that casework decides.
package exchange

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/sheet"
)

// Store is what files are brought into and taken from.
type Store interface {
	ledger.Committer
	ledger.LaporReader
	ledger.SpanReader
	Cases
}

// Cases gives reports their numbers, and reads one with its story.
type Cases interface {
	Draw(cause string) (report.ID, report.Code)
	ByID(ctx context.Context, id report.ID) (report.Report, error)
	Facts(ctx context.Context, id report.ID) ([]report.Fact, error)
}

// Clerk imports and exports. It may be used at once from several goroutines.
type Clerk struct {
	Office func() *casework.Office
	Store  Store
	// ByCode finds a report by its number here; ledger.ErrUnknown where there is none.
	ByCode func(ctx context.Context, code report.Code) (report.Report, error)
	// Read understands the words of a report, where its row does not say what it is about.
	Read sp4n.Reading
	// Served reports whether somebody serves an office.
	Served func(ctx context.Context, agency string) (bool, error)
}

// Order is a file that is to be looked at, or brought in.
type Order struct {
	File []byte
	// AsOf is the day it is of, where somebody says so; zero: as the file says, else the day of its newest report.
	AsOf time.Time
	// Run names this import, for ever: what it has done is done once.
	Run string
	At  time.Time
	// Apart lets doubles become reports of their own. Else their numbers are given to the reports that they are doubles of.
	Apart bool
	// Look says that nothing is to be written.
	Look bool
}

// Result is what a file brings, or has brought.
type Result struct {
	// AsOf is the day the file is of; Dated says that the file itself tells it, or somebody.
	AsOf  time.Time `json:"as_of"`
	Dated bool      `json:"dated"`
	Hash  string    `json:"sha256"`
	Rows  int       `json:"rows"`
	// Fresh, Moved, Same and Older count reports: new, changed, as they are known, and told of later already. Repeated counts lines of a
	// report that another line of the file tells of.
	Fresh    int `json:"new"`
	Moved    int `json:"changed"`
	Same     int `json:"unchanged"`
	Older    int `json:"older"`
	Repeated int `json:"repeated"`
	// Open is how many of the new ones are open, so that they become cards.
	Open    int             `json:"open"`
	Doubles []Double        `json:"doubles"`
	Unknown []Unknown       `json:"unknown_statuses"`
	Refused []sheet.Refused `json:"refused"`
	// More is how many more were refused, and Twins how many more doubles there are, than are told.
	More  int `json:"refused_more,omitempty"`
	Twins int `json:"doubles_more,omitempty"`
}

// Double is a new report of LAPOR! that is here already, it seems.
type Double struct {
	Tracking string      `json:"tracking"`
	Code     report.Code `json:"code"`
	Why      string      `json:"why"`
}

// Unknown is a status that nobody has said the meaning of, as it is written, and how often it stands there.
type Unknown struct {
	Word string `json:"word"`
	Rows int    `json:"rows"`
}

const (
	// chunk is how many rows are decided and written at once, page how many reports are read at once. Two chunks are written at a time, each
	// in a transaction of its own: what is longer than this may not end in time on a machine that has much else to do.
	chunk = 250
	page  = 500
	// mostDoubles and mostUnknown are how many are told.
	mostDoubles = 50
	mostUnknown = 20
)

// Take looks at a file, or brings it in. What fails on the way leaves whole what was written: the same file may be brought in again. The
// error is a *sp4n.Fault where the file is no export.
func (c *Clerk) Take(ctx context.Context, o Order) (Result, error) {
	sum := sha256.Sum256(o.File)
	mappings, err := c.Store.Mappings(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("read the mappings: %w", err)
	}
	office := c.Office()
	r := &run{Clerk: c, Order: o, ctx: ctx, office: office, words: sp4n.NewLookup(casework.Remapped(office.Profile, mappings)), near: &nearOnce{}, drawn: &numbers{drawn: map[report.Code]bool{}}, seen: map[string]string{}, unknown: map[string]*Unknown{}, served: map[string]bool{}, said: map[uint64]bool{}}
	r.result = Result{Hash: hex.EncodeToString(sum[:]), Doubles: []Double{}, Unknown: []Unknown{}, Refused: []sheet.Refused{}}
	if err := r.date(); err != nil {
		return r.result, err
	}
	if err := r.all(); err != nil {
		return r.result, err
	}
	for _, w := range r.strange {
		r.result.Unknown = append(r.result.Unknown, *r.unknown[w])
	}
	if o.Look {
		return r.result, nil
	}
	return r.result, r.alarm()
}

// run is one file on its way.
type run struct {
	*Clerk
	Order
	ctx    context.Context
	office *casework.Office
	result Result
	// first and last are when the reports of the file came in.
	first, last time.Time
	// seen are the reports of the file so far, by number, with their prints.
	seen    map[string]string
	unknown map[string]*Unknown
	strange []string
	served  map[string]bool
	waiting []sp4n.Row
	n       int // chunks so far
	words   *sp4n.Lookup
	// rows are those of the file, where they are few enough to be kept from the first reading to the second; size is what they take.
	rows []sp4n.Row
	size int
	// said are the prints of what the rows say.
	said map[uint64]bool
	near *nearOnce
	// drawn are the numbers that were drawn for reports of the file.
	drawn *numbers
	// writes has a sign for each part of the file that is being written, nil where it has no parts.
	writes chan struct{}
	// sides are the parts of the file that are at work.
	sides *sides
}

// date finds out which day the file is of, and between which times its reports came in. A file is read whole before anything is taken
// from it, so that one that is damaged further down brings nothing.
func (r *run) date() error {
	f, err := sheet.Read(r.File, func(row sp4n.Row) error {
		if r.first.IsZero() || row.Received.Before(r.first) {
			r.first = row.Received
		}
		if row.Received.After(r.last) {
			r.last = row.Received
		}
		r.said[printOf(row.First)] = true
		row = row.Light()
		if r.size += len(row.First) + len(row.Last) + perRow; r.size <= mostKept {
			r.rows = append(r.rows, row)
		} else {
			r.rows = nil
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.result.Rows, r.result.More = f.Rows, f.More
	r.result.Refused = append(r.result.Refused, f.Refused...)
	r.result.AsOf, r.result.Dated = r.AsOf, !r.AsOf.IsZero() || !f.Generated.IsZero()
	switch {
	case !r.AsOf.IsZero():
	case !f.Generated.IsZero():
		r.result.AsOf = f.Generated
	default:
		r.result.AsOf = r.last
	}
	r.result.AsOf = r.result.AsOf.UTC().Truncate(24 * time.Hour)
	if today := sp4n.Day(r.At, r.office.Profile.Location()); r.result.AsOf.IsZero() || r.result.AsOf.After(today) {
		r.result.AsOf = today // of a day to come, every file after this one would be an older one
	}
	return nil
}

// mostKept is how many bytes of rows are kept from the first reading to the second: of a larger file they are read again. perRow is what
// a row takes besides its words.
const (
	mostKept = 96 << 20
	perRow   = 800
)

// all takes every row.
func (r *run) all() error {
	err := r.each()
	if err == nil {
		err = r.flush()
	}
	return cmp.Or(r.join(), err) // also of what went well before it
}

func (r *run) each() error {
	if r.size > mostKept {
		_, err := sheet.Read(r.File, r.row)
		return err
	}
	for i, row := range r.rows {
		r.rows[i] = sp4n.Row{} // a large file gives its memory back on the way
		if err := r.row(row); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) row(row sp4n.Row) error {
	if before, again := r.seen[key(row)]; again {
		r.result.Repeated++
		if before == row.Print() || r.Look {
			return nil
		}
		if err := cmp.Or(r.flush(), r.join()); err != nil { // it is decided after the line before
			return err
		}
	}
	r.seen[key(row)] = row.Print()
	if row.Status != "" && r.words.Status(row.Status).Means == "" {
		r.unheard(row.Status)
	}
	if r.waiting = append(r.waiting, row); len(r.waiting) < chunk {
		return nil
	}
	return r.flush()
}

func key(row sp4n.Row) string {
	if row.Tracking != "" {
		return row.Tracking
	}
	return row.Own
}

func (r *run) unheard(word string) {
	k := bot.Fold(word)
	if u := r.unknown[k]; u != nil {
		u.Rows++
		return
	}
	if len(r.strange) < mostUnknown {
		r.unknown[k] = &Unknown{Word: word, Rows: 1}
		r.strange = append(r.strange, k)
	}
}

// alarm tells the coordinator of each unknown status, once for ever.
func (r *run) alarm() error {
	for _, k := range r.strange {
		sum := sha256.Sum256([]byte(k))
		b := r.office.StrangeStatus(r.unknown[k].Word, "sp4n:word:"+hex.EncodeToString(sum[:12]), r.At)
		if err := r.Store.Commit(r.ctx, b); err != nil && !errors.Is(err, ledger.ErrDone) {
			return fmt.Errorf("tell of an unknown status: %w", err)
		}
	}
	return nil
}

// serves asks once in a run who serves an office.
func (r *run) serves(agency string) (bool, error) {
	if ok, known := r.served[agency]; known {
		return ok, nil
	}
	ok, err := r.Served(r.ctx, agency)
	if err != nil {
		return false, fmt.Errorf("ask who is served: %w", err)
	}
	r.served[agency] = ok
	return ok, nil
}
