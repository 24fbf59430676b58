package profile

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// names finds areas by code.
type names struct {
	areas     map[string]bool
	districts map[string]bool
}

func newNames(areas []Area) names {
	n := names{areas: map[string]bool{}, districts: map[string]bool{}}
	for _, a := range areas {
		n.areas[a.Code] = true
		n.districts[a.District] = true
	}
	return n
}

// table reads a CSV file with the given header and calls row with each line's fields and a function that tells what is
// wrong with one of them. A file that does not exist is an empty one.
func (l *loader) table(name string, header []string, row func(f []string, wrong func(field int, what, example string))) {
	if !l.exists(name) {
		return
	}
	text, ok := l.text(name, largestTable)
	if !ok {
		return
	}
	r := csv.NewReader(strings.NewReader(string(text)))
	r.Comment = '#'
	r.FieldsPerRecord = len(header)
	want := strings.Join(header, ",")
	for first := true; ; first = false {
		f, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			l.problems = append(l.problems, Problem{File: name, Line: bad.Line, Col: max(1, bad.Column), What: bad.Err.Error(), Example: want})
			return
		}
		if err != nil {
			l.problems = append(l.problems, Problem{File: name, What: "cannot be read: " + err.Error()})
			return
		}
		wrong := func(field int, what, example string) {
			line, col := r.FieldPos(field)
			l.problems = append(l.problems, Problem{File: name, Line: line, Col: col, What: what, Example: example})
		}
		if first {
			if got := strings.Join(f, ","); got != want {
				wrong(0, fmt.Sprintf("the first line must be %s, not %s", want, got), want)
				return
			}
			continue
		}
		row(f, wrong)
	}
}

// where checks an area and a district code; the district follows from the area.
func (n names) where(f []string, area, district int, wrong func(int, string, string)) (string, string) {
	a, d := f[area], f[district]
	if len(n.areas) == 0 {
		return a, d // told of the areas file
	}
	if a != "" && !n.areas[a] {
		wrong(area, fmt.Sprintf("no kelurahan of the areas file has the code %q", a), "36.73.01.1002")
		return "", ""
	}
	if a != "" && d == "" {
		d = a[:strings.LastIndexByte(a, '.')]
	}
	if d != "" && !n.districts[d] {
		wrong(district, fmt.Sprintf("no kecamatan of the areas file has the code %q", d), "36.73.01")
		return "", ""
	}
	if a != "" && !strings.HasPrefix(a, d+".") {
		wrong(district, fmt.Sprintf("kelurahan %s does not lie in kecamatan %s", a, d), a[:strings.LastIndexByte(a, '.')])
	}
	return a, d
}

func (l *loader) streets(name string, n names) []Street {
	var out []Street
	l.table(name, []string{"name", "area", "district", "keeper"}, func(f []string, wrong func(int, string, string)) {
		if strings.TrimSpace(f[0]) == "" {
			wrong(0, "a street needs a name", "Jalan Veteran")
			return
		}
		if k := f[3]; k != "" && k != "kota" && k != "provinsi" && k != "nasional" {
			wrong(3, fmt.Sprintf("the keeper of a street is kota, provinsi, nasional or empty, not %q", k), "provinsi")
		}
		s := Street{Name: f[0], Keeper: f[3]}
		s.Area, s.District = n.where(f, 1, 2, wrong)
		out = append(out, s)
	})
	return out
}

func (l *loader) landmarks(name string, n names) []Landmark {
	var out []Landmark
	l.table(name, []string{"name", "kind", "address", "area", "district", "lat", "lon", "also"}, func(f []string, wrong func(int, string, string)) {
		if strings.TrimSpace(f[0]) == "" {
			wrong(0, "a landmark needs a name", "Pasar Rau")
			return
		}
		m := Landmark{Name: f[0], Kind: f[1], Address: f[2]}
		if f[7] != "" {
			m.Also = strings.Split(f[7], "|")
		}
		m.Area, m.District = n.where(f, 3, 4, wrong)
		if f[5] != "" || f[6] != "" {
			lat, err1 := strconv.ParseFloat(f[5], 64)
			lon, err2 := strconv.ParseFloat(f[6], 64)
			if err1 != nil || err2 != nil || !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) {
				wrong(5, fmt.Sprintf("%q, %q is no point in degrees", f[5], f[6]), "-6.1169,106.1540")
				return
			}
			m.Lat, m.Lon = lat, lon
		}
		out = append(out, m)
	})
	return out
}
