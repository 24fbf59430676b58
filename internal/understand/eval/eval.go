// Package eval measures a reader against labelled messages, and runs it over JSON lines.
package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// Row is one labelled message of an evaluation file.
type Row struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Agency   string   `json:"opd"`      // the right office; "112" for emergencies, "" for no report
	Also     []string `json:"opd_alt"`  // offices that are acceptable too
	Category string   `json:"category"` // informational
	Kind     string   `json:"kind"`     // pengaduan, aspirasi, informasi, darurat, bukan_laporan
}

// The kinds of an evaluation that are no kinds of report.
const (
	danger   = "darurat"
	noReport = "bukan_laporan"
)

// Share is hits out of all.
type Share struct{ Hits, All int }

// Percent is the share in percent, 0 when there is nothing to share.
func (s Share) Percent() float64 {
	if s.All == 0 {
		return 0
	}
	return 100 * float64(s.Hits) / float64(s.All)
}

func (s *Share) count(hit bool) {
	s.All++
	if hit {
		s.Hits++
	}
}

// Table is what was measured.
type Table struct {
	Rows, Reports int
	// Right, Fine and Three are over reports: the first office is the right one; is right or acceptable; the right one
	// is among the first three. FineThree: a right or acceptable one is among them.
	Right, Fine, Three, FineThree Share
	// Met are emergencies answered with the emergency number first, Needless the other messages answered so.
	Met, Needless Share
	// Precision and Recall are of "no report".
	Precision, Recall Share
	// Kind is over reports (pengaduan, aspirasi, informasi); an unseen "no report" is a miss.
	Kind Share
	// AnyKind is over all messages, with danger and "no report" as kinds of their own; ByKind is the same by the right kind.
	AnyKind Share
	ByKind  map[string]Share
	// Sure and SureFine: how many reports have a first office of at least understand.Sure, and how many of those are right
	// or acceptable. Faint: first office below understand.Faint.
	Sure, SureFine, Faint Share
	// ECE is the expected calibration error of the first office's probability against right, ECEFine against right or
	// acceptable; 10 bins.
	ECE, ECEFine float64
	// PerText is the mean time of one reading.
	PerText time.Duration
	// ByAgency is Right by the right office.
	ByAgency map[string]Share
}

// Eval reads labelled messages from in and measures the reader with the profile's offices.
func Eval(in io.Reader, reader understand.Reader, p *profile.Profile, now func() time.Time) (Table, error) {
	g := newGauge()
	err := eachLine(in, func(line []byte) error {
		var row Row
		if err := json.Unmarshal(line, &row); err != nil {
			return err
		}
		g.take(row, reader, p, now)
		return nil
	})
	if err != nil {
		return g.t, err
	}
	if g.t.Rows == 0 {
		return g.t, fmt.Errorf("no labelled message in the file")
	}
	return g.table(), nil
}

// gauge collects what is measured.
type gauge struct {
	t           Table
	right, fine bins
	spent       time.Duration
}

func newGauge() *gauge {
	return &gauge{t: Table{ByAgency: map[string]Share{}, ByKind: map[string]Share{}}}
}

func (g *gauge) take(row Row, reader understand.Reader, p *profile.Profile, now func() time.Time) {
	t := &g.t
	begin := now()
	rd := reader.Read(row.Text)
	g.spent += now().Sub(begin)
	t.Rows++
	isReport := row.Kind != danger && row.Kind != noReport
	if row.Kind == danger {
		t.Met.count(rd.Emergency)
	} else {
		t.Needless.count(rd.Emergency)
	}
	if rd.NoReport {
		t.Precision.count(row.Kind == noReport)
	}
	if row.Kind == noReport {
		t.Recall.count(rd.NoReport)
	}
	said := kindOf(rd) == row.Kind
	t.AnyKind.count(said)
	by := t.ByKind[row.Kind]
	by.count(said)
	t.ByKind[row.Kind] = by
	if isReport {
		t.report(row, rd, understand.Offices(p, rd, row.Text, ""), p, &g.right, &g.fine)
	}
}

// kindOf is the kind of a reading in the words of an evaluation.
func kindOf(rd understand.Reading) string {
	switch {
	case rd.Emergency:
		return danger
	case rd.NoReport:
		return noReport
	}
	return string(rd.Kind)
}

func (g *gauge) table() Table {
	t := g.t
	t.ECE, t.ECEFine = g.right.error(), g.fine.error()
	t.PerText = g.spent / time.Duration(max(1, t.Rows))
	return t
}

func (t *Table) report(row Row, rd understand.Reading, offices []understand.AgencyP, p *profile.Profile, right, fine *bins) {
	t.Reports++
	t.Kind.count(!rd.NoReport && string(rd.Kind) == row.Kind)
	is := func(code string) bool { return same(p, code, row.Agency) }
	ok := func(code string) bool {
		return is(code) || slices.ContainsFunc(row.Also, func(o string) bool { return same(p, code, o) })
	}
	first := understand.AgencyP{}
	if len(offices) > 0 {
		first = offices[0]
	}
	t.Right.count(is(first.Code))
	t.Fine.count(ok(first.Code))
	t.Three.count(slices.ContainsFunc(offices, func(a understand.AgencyP) bool { return is(a.Code) }))
	t.FineThree.count(slices.ContainsFunc(offices, func(a understand.AgencyP) bool { return ok(a.Code) }))
	t.Sure.count(first.P >= understand.Sure)
	if first.P >= understand.Sure {
		t.SureFine.count(ok(first.Code))
	}
	t.Faint.count(first.P < understand.Faint)
	right.add(first.P, is(first.Code))
	fine.add(first.P, ok(first.Code))
	by := t.ByAgency[row.Agency]
	by.count(is(first.Code))
	t.ByAgency[row.Agency] = by
}

// same compares offices; the office of any kecamatan counts as the label KECAMATAN.
func same(p *profile.Profile, got, want string) bool {
	if got == want {
		return got != ""
	}
	a, ok := p.Agency(got)
	return ok && a.District != "" && want == profile.District
}

// bins collects predictions for the calibration error.
type bins struct {
	n   [10]int
	p   [10]float64
	hit [10]float64
}

func (b *bins) add(p float64, hit bool) {
	i := min(9, max(0, int(p*10)))
	b.n[i]++
	b.p[i] += p
	if hit {
		b.hit[i]++
	}
}

func (b *bins) error() float64 {
	all, sum := 0, 0.0
	for i, n := range b.n {
		all += n
		sum += math.Abs(b.p[i] - b.hit[i])
	}
	if all == 0 {
		return 0
	}
	return sum / float64(all)
}

// Line is the table in one line.
func (t Table) Line() string {
	return fmt.Sprintf("%d messages: office %.1f %%, acceptable %.1f %%, first three %.1f %%, kind %.1f %%, no report %d right of %d said and %d there",
		t.Rows, t.Right.Percent(), t.Fine.Percent(), t.Three.Percent(), t.AnyKind.Percent(), t.Precision.Hits, t.Precision.All, t.Recall.All)
}

// String is the table for people.
func (t Table) String() string {
	var b strings.Builder
	line := func(name string, s Share) {
		fmt.Fprintf(&b, "%-52s %5.1f %%  (%d of %d)\n", name, s.Percent(), s.Hits, s.All)
	}
	fmt.Fprintf(&b, "%d messages, %d of them reports\n", t.Rows, t.Reports)
	line("office right", t.Right)
	line("office right or acceptable", t.Fine)
	line("right office among the first three", t.Three)
	line("right or acceptable among the first three", t.FineThree)
	line("emergencies met with 112 first", t.Met)
	line("others asked needlessly", t.Needless)
	line("no report: precision", t.Precision)
	line("no report: recall", t.Recall)
	line("kind right (reports)", t.Kind)
	line("kind right (all, danger and no report counted)", t.AnyKind)
	for _, k := range slices.Sorted(maps.Keys(t.ByKind)) {
		line("  "+k, t.ByKind[k])
	}
	line(fmt.Sprintf("first office said for certain (p >= %.1f)", understand.Sure), t.Sure)
	line("  of these right or acceptable", t.SureFine)
	line(fmt.Sprintf("asked what it is about (p < %.1f)", understand.Faint), t.Faint)
	fmt.Fprintf(&b, "%-52s %5.3f  (against right or acceptable %.3f)\n", "expected calibration error", t.ECE, t.ECEFine)
	fmt.Fprintf(&b, "%-52s %v\n", "time per text", t.PerText.Round(100*time.Nanosecond))
	return b.String()
}

// eachLine calls f with every line that is not empty.
func eachLine(in io.Reader, f func([]byte) error) error {
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<22)
	for n := 1; sc.Scan(); n++ {
		if len(strings.TrimSpace(sc.Text())) == 0 {
			continue
		}
		if err := f(sc.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("read lines: %w", err)
	}
	return nil
}
