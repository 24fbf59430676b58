package profile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one mistake in a profile's files.
type Problem struct {
	File      string
	Line, Col int    // from 1; 0 when the whole file is meant
	What      string // what is wrong
	Example   string // how it could look
}

// String is one line: file:line:column: what is wrong; example: how it could look.
func (p Problem) String() string {
	at := p.File
	if p.Line > 0 {
		at = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
	}
	if p.Example == "" {
		return at + ": " + p.What
	}
	return fmt.Sprintf("%s: %s; example: %s", at, p.What, p.Example)
}

// Problems are all mistakes found in a profile, file by file and line by line. It is the error of Load.
type Problems []Problem

// Error tells all of them, one per line.
func (ps Problems) Error() string {
	lines := make([]string, 0, len(ps))
	for _, p := range ps {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// sorted puts problems in the order in which a person mends them: file by file, as they were read, then from the top; what
// is told twice of one place is told once.
func (ps Problems) sorted() Problems {
	order := map[string]int{}
	for _, p := range ps {
		if _, ok := order[p.File]; !ok {
			order[p.File] = len(order)
		}
	}
	out := slices.Clone(ps)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(order[a.File], order[b.File]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.What, b.What))
	})
	return slices.Compact(out)
}

// nearest finds the known word most like w, for "did you mean"; "" when none is near.
func nearest(w string, known []string) string {
	best, at := "", 3
	for _, k := range known {
		if d := distance(strings.ToLower(w), strings.ToLower(k)); d < at && d < len(k) {
			best, at = k, d
		}
	}
	return best
}

// distance is Levenshtein's, over bytes: codes and keys are ASCII.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diag, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diag+cost)
		}
	}
	return row[len(b)]
}

func mean(w string, known []string) string {
	slices.Sort(known)
	if n := nearest(w, known); n != "" {
		return fmt.Sprintf(" (did you mean %q?)", n)
	}
	return ""
}
