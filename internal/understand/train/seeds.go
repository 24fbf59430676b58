package main

import (
	"embed"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed seeds/*.txt
var seedFiles embed.FS

// readSeeds reads a file of own phrases: "[label]" or "[category kind]" lines, then one phrase a line.
func readSeeds(pattern string) ([]example, error) {
	files, err := fs.Glob(seedFiles, "seeds/"+pattern)
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("seeds %s: no files (%w)", pattern, err)
	}
	slices.Sort(files)
	var out []example
	for _, file := range files {
		b, err := seedFiles.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read seeds: %w", err)
		}
		label, kind, n := "", "", 0
		for l := range strings.Lines(string(b)) {
			n++
			l = strings.TrimSpace(l)
			switch {
			case l == "" || l[0] == '#':
			case l[0] == '[':
				label, kind, _ = strings.Cut(strings.Trim(l, "[]"), " ")
			case label == "":
				return nil, fmt.Errorf("%s:%d: a phrase before any [label]", file, n)
			default:
				out = append(out, example{id: fmt.Sprintf("%s:%d", file, n), text: l, category: label, kind: kind, source: "seed", weight: 2})
			}
		}
	}
	return out, nil
}

// readKeywords makes every key word of the categories a tiny document.
func readKeywords(data string) ([]example, error) {
	rows, err := readCSV(filepath.Join(data, "opd", "categories.csv"))
	if err != nil {
		return nil, err
	}
	var out []example
	for _, r := range rows[1:] {
		if r[0] == "darurat" || r[0] == "bukan_laporan" {
			continue
		}
		for i, k := range strings.Split(r[4], "|") {
			out = append(out, example{id: fmt.Sprintf("kw:%s:%d", r[0], i), text: k, category: r[0], source: "keyword", weight: 1})
		}
	}
	return out, nil
}

// shingles are the pairs of neighbouring words of a text, and its words when it has few.
func shingles(forms []string) map[string]bool {
	out := map[string]bool{}
	for i := 0; i+1 < len(forms); i++ {
		out[forms[i]+" "+forms[i+1]] = true
	}
	if len(out) == 0 && len(forms) == 1 {
		out[forms[0]] = true
	}
	return out
}

// twins tells which of texts are equal or nearly equal to one of others: at least 60 % of the word pairs of the
// shorter one are shared, and at least six pairs (all of them when it is shorter than six).
func twins(texts, others [][]string) []bool {
	index := map[string][]int{}
	sets := make([]map[string]bool, len(others))
	for i, o := range others {
		sets[i] = shingles(o)
		for s := range sets[i] {
			index[s] = append(index[s], i)
		}
	}
	out := make([]bool, len(texts))
	for t, forms := range texts {
		mine := shingles(forms)
		shared := map[int]int{}
		for s := range mine {
			for _, o := range index[s] {
				shared[o]++
			}
		}
		for o, n := range shared {
			small := min(len(mine), len(sets[o]))
			if n*10 >= small*6 && n >= min(small, 6) {
				out[t] = true
				break
			}
		}
	}
	return out
}
