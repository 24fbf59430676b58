package profile

import (
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

// Problems are all mistakes found in a profile, in the order of the files. It is the error of Load.
type Problems []Problem

// handful is how many mistakes are shown at once: more would scroll the first, most telling one away.
const handful = 8

// Error shows a handful, one per line.
func (ps Problems) Error() string {
	lines := make([]string, 0, handful+1)
	for i, p := range ps {
		if i == handful {
			lines = append(lines, fmt.Sprintf("and %d more", len(ps)-handful))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
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
