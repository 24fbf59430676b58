package exchange

import (
	"context"
	"fmt"
	"io"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/sheet"
)

// Span is what is exported: the reports that came in from a time until before another.
type Span struct {
	From, To time.Time
	// Confidential says that what is kept from others goes along.
	Confidential bool
	// Day is today, Text asks for a CSV in place of a workbook.
	Day  time.Time
	Text bool
}

// Written is what an export holds, and what it leaves out.
type Written struct {
	Rows, Confidential, Erased int
}

// Export writes our reports in LAPOR!'s columns. No name of anybody is in it.
func (c *Clerk) Export(ctx context.Context, s Span, out io.Writer) (w Written, err error) {
	o := c.Office()
	mappings, err := c.Store.Mappings(ctx)
	if err != nil {
		return w, fmt.Errorf("export: %w", err)
	}
	p := casework.Remapped(o.Profile, mappings)
	rows := func(yield func(sp4n.Row, error) bool) {
		at := ledger.Mark{}
		for {
			some, err := c.Store.Between(ctx, s.From, s.To, at, page)
			if err != nil {
				yield(sp4n.Row{}, err)
				return
			}
			for _, r := range some {
				switch {
				case !r.Erased.IsZero() || r.Text == "":
					w.Erased++
				case r.Shield(p.Sensitive).Hides(report.Exports) && !s.Confidential:
					w.Confidential++
				case !yield(sp4n.RowOf(p, nameless(o, r)), nil):
					return
				}
			}
			if len(some) < page {
				return
			}
			at = ledger.MarkOf(some[len(some)-1])
		}
	}
	e := sheet.Export{Office: p.Government, City: p.City, From: s.From, To: s.To.AddDate(0, 0, -1), Day: s.Day, Rows: rows}
	if s.Text {
		w.Rows, err = sheet.WriteText(out, e)
	} else {
		w.Rows, err = sheet.WriteBook(out, e)
	}
	if err != nil {
		return w, fmt.Errorf("export: %w", err)
	}
	return w, nil
}

// nameless is a report whose words do not tell who filed it, whatever it hides.
func nameless(o *casework.Office, r report.Report) report.Report {
	hidden := r
	hidden.Visibility = report.Anonymous
	hidden = o.Discreet(hidden)
	hidden.Visibility = r.Visibility
	return hidden
}
