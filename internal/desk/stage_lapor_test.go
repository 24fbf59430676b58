package desk_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sp4ntest"
)

var sheetSent = regexp.MustCompile(`^(\w+) berkas( pribadi)? (\S+) per (\S+): ?(.*)$`)

// sheet lets somebody send a file: an export of LAPOR! where its name ends in xlsx and there are reports in it, else a PDF under that name.
// A report is NUMBER=STATUS, with "@N" in front of it the words that the N-th report's packet has.
func (s *stage) sheet(line string) bool {
	m := sheetSent.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	day, err := time.Parse(time.DateOnly, m[4])
	if err != nil {
		s.Fatal(err)
	}
	file := []byte("%PDF-1.7")
	if m[5] != "" {
		var rows []sp4ntest.Report
		for part := range strings.SplitSeq(m[5], ", ") {
			number, status, _ := strings.Cut(part, "=")
			r := sp4ntest.New(len(rows))
			if at, rest, ok := strings.Cut(number, "@"); ok {
				number, r.First = at, "Lampu mati (Nomor laporan di Rabeg: "+s.code("@"+rest)+")"
			}
			r.Tracking, r.Status, r.Type, r.District, r.Area = number, status, "", "", ""
			if strings.HasPrefix(status, "Diarsipkan") {
				r.Why = "Laporan tidak disertai data dukung"
			}
			rows = append(rows, r)
		}
		file = sp4ntest.Book(s.T, sp4ntest.TwentySix, day, rows...)
	}
	if s.books == nil {
		s.books = map[string][]byte{}
	}
	ref := bot.MediaRef{Network: s.network, ID: fmt.Sprintf("book%d", s.events+1)}
	s.books[ref.ID] = file
	s.apart = m[2] != ""
	s.event(m[1], bot.Document{Media: ref, Name: m[3]}, nil, false)
	s.apart = false
	return true
}

// code is the number of the N-th report, "@N".
func (s *stage) code(n string) string {
	i := 0
	if _, err := fmt.Sscanf(n, "@%d", &i); err != nil || i > len(s.mem.Reports()) {
		s.Fatalf("no report %s", n)
	}
	return string(s.mem.Reports()[i-1].Code)
}

// sheets does the jobs about files that wait.
func (s *stage) sheets() {
	clerk := exchange.Clerk{Office: func() *casework.Office { return s.office }, Store: s.mem, ByCode: s.mem.ByCode, Served: s.mem.Served,
		Read: func(string) (report.Kind, []report.Guess) { return report.Complaint, nil }}
	jobs := s.mem.Jobs()
	for _, j := range jobs[min(s.read, len(jobs)):] {
		if sheet, ok := j.(ledger.Sheet); ok {
			for range 2 { // at least once
				if err := clerk.Sheet(context.Background(), sheet, s.now, func(context.Context) ([]byte, error) { return s.books[sheet.Media.ID], nil }); err != nil {
					s.Fatal(err)
				}
			}
		}
	}
	s.read = len(jobs)
}
