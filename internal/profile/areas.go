package profile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strings"
)

var errLocalZone = errors.New("needs a name of the IANA list")

// The areas file has one line per kecamatan and per kelurahan, fields parted by tabs:
//
//	36.73.01 <tab> Serang
//	36.73.01.1002 <tab> Cipare <tab> rings
//
// Polygons are parted by ';', the rings of one polygon by ' ', the first being its outline. A ring is a polyline of
// delta-encoded, zigzag, base-32 numbers in printable letters (the "encoded polyline" of web maps, 5 decimals, latitude
// first): about 5 bytes per point, exact to 1 m. The last point of a ring repeats the first.

// degree is how many steps a degree has.
const degree = 1e5

// WriteAreas writes areas in the form that Load reads, kecamatan by kecamatan in the order given.
func WriteAreas(w io.Writer, areas []Area) error {
	out := bufio.NewWriter(w)
	said := map[string]bool{}
	for _, a := range areas {
		if !said[a.District] {
			said[a.District] = true
			_, _ = fmt.Fprintf(out, "%s\t%s\n", a.District, a.DistrictName)
		}
		polygons := make([]string, 0, len(a.Polygons))
		for _, rings := range a.Polygons {
			words := make([]string, 0, len(rings))
			for _, r := range rings {
				words = append(words, encodeRing(r))
			}
			polygons = append(polygons, strings.Join(words, " "))
		}
		_, _ = fmt.Fprintf(out, "%s\t%s\t%s\n", a.Code, a.Name, strings.Join(polygons, ";"))
	}
	// What failed above is told here.
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write areas: %w", err)
	}
	return nil
}

func encodeRing(ring [][2]float64) string {
	var b strings.Builder
	var was [2]int
	for _, p := range ring {
		now := [2]int{int(math.Round(p[1] * degree)), int(math.Round(p[0] * degree))}
		for i := range now {
			v := (now[i] - was[i]) << 1
			if v < 0 {
				v = ^v
			}
			for ; v >= 0x20; v >>= 5 {
				b.WriteByte(byte(v&0x1f|0x20) + 63)
			}
			b.WriteByte(byte(v) + 63)
		}
		was = now
	}
	return b.String()
}

func decodeRing(s string) ([][2]float64, error) {
	var out [][2]float64
	var at [2]int
	for i := 0; i < len(s); {
		for k := range at {
			v, shift := 0, 0
			for {
				if i == len(s) {
					return nil, errors.New("ends inside a number")
				}
				c := int(s[i]) - 63
				if c < 0 || c > 0x3f || shift > 40 {
					return nil, fmt.Errorf("the letter %q does not belong in a ring", s[i])
				}
				i++
				v |= c & 0x1f << shift
				shift += 5
				if c < 0x20 {
					break
				}
			}
			if v&1 == 1 {
				v = ^v
			}
			at[k] += v >> 1
		}
		out = append(out, [2]float64{float64(at[1]) / degree, float64(at[0]) / degree})
	}
	return out, nil
}

// ring reads a ring and says what is wrong with it.
func ring(s string) ([][2]float64, error) {
	r, err := decodeRing(s)
	if err != nil {
		return nil, err
	}
	return r, sound(r)
}

// sound says what is wrong with a ring's points.
func sound(r [][2]float64) error {
	switch {
	case len(r) < 4:
		return fmt.Errorf("a ring of %d points has no inside", len(r))
	case r[0] != r[len(r)-1]:
		return errors.New("the ring is not closed: its last point is not its first")
	}
	for _, p := range r {
		if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
			return fmt.Errorf("latitude %g, longitude %g is not on earth", p[1], p[0])
		}
	}
	return nil
}

// The files that may hold a city's kelurahan: one of them.
const (
	areasJSON = "areas.geojson" // as maps are exchanged
	areasTSV  = "areas.tsv"     // the same, a tenth as large
)

// areas reads the file of areas.
func (l *loader) areas() []Area {
	drawn, short := path.Join(l.dir, areasJSON), path.Join(l.dir, areasTSV)
	switch drawing := l.exists(drawn); {
	case drawing && l.exists(short):
		l.problems = append(l.problems, Problem{File: drawn, What: "stands beside " + areasTSV + ": which of them holds?", Example: "keep one of the two"})
		return nil
	case drawing:
		return l.drawnAreas(drawn)
	case !l.exists(short):
		l.problems = append(l.problems, Problem{File: drawn, What: "is missing: it holds the kelurahan with their borders", Example: "rabeg profile new DIR writes one"})
		return nil
	}
	return l.listedAreas(short)
}

// listedAreas reads the short form.
func (l *loader) listedAreas(name string) []Area {
	text, ok := l.text(name, largestAreas)
	if !ok {
		return nil
	}
	before := len(l.problems)
	var out []Area
	districts := map[string]string{}
	seen := map[string]bool{}
	line := 0
	for row := range strings.Lines(string(text)) {
		line++
		row = strings.TrimRight(row, "\r\n")
		if row == "" || row[0] == '#' {
			continue
		}
		wrong := func(col int, what, example string) {
			l.problems = append(l.problems, Problem{File: name, Line: line, Col: col, What: what, Example: example})
		}
		f := strings.Split(row, "\t")
		if len(f) < 2 || len(f) > 3 || f[0] == "" || f[1] == "" {
			wrong(1, "a line needs a code, a name and, for a kelurahan, its rings, parted by tabs", "36.73.01<tab>Serang")
			continue
		}
		if seen[f[0]] {
			wrong(1, fmt.Sprintf("the code %q stands twice", f[0]), "every code once")
			continue
		}
		seen[f[0]] = true
		if len(f) == 2 {
			districts[f[0]] = f[1]
			continue
		}
		district := f[0][:max(0, strings.LastIndexByte(f[0], '.'))]
		if districts[district] == "" {
			wrong(1, fmt.Sprintf("kelurahan %s stands before its kecamatan %q", f[1], district), "36.73.01<tab>Serang")
			continue
		}
		polygons, col, err := polygons(f[2])
		if err != nil {
			wrong(len(f[0])+len(f[1])+3+col, fmt.Sprintf("%s: %s", f[1], err), "write the file with go run ./internal/profile/convert")
			continue
		}
		out = append(out, Area{Code: f[0], Name: f[1], District: district, DistrictName: districts[district], Polygons: polygons})
	}
	if len(out) == 0 && len(l.problems) == before {
		l.problems = append(l.problems, Problem{File: name, What: "holds no kelurahan", Example: "36.73.01.1002<tab>Cipare<tab>rings"})
	}
	return out
}

// polygons reads the third field; col is where, from 0, a bad ring begins in it.
func polygons(field string) (out [][][][2]float64, col int, err error) {
	for part := range strings.SplitSeq(field, ";") {
		var rings [][][2]float64
		for word := range strings.SplitSeq(part, " ") {
			r, err := ring(word)
			if err != nil {
				return nil, col, err
			}
			rings = append(rings, r)
			col += len(word) + 1
		}
		out = append(out, rings)
	}
	return out, 0, nil
}
