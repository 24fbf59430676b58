package profile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// feature is a kelurahan as maps are exchanged (GeoJSON, RFC 7946).
type feature struct {
	Properties struct {
		Kode      string `json:"kode"`
		Nama      string `json:"nama"`
		Kecamatan string `json:"kecamatan"`
		KodeKec   string `json:"kode_kec"`
	} `json:"properties"`
	Geometry struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

const featureLike = `{"type": "Feature", "properties": {"kode": "36.73.01.1002", "nama": "Cipare", "kecamatan": "Serang", "kode_kec": "36.73.01"}, "geometry": {"type": "Polygon", …}}`

// drawing is a GeoJSON file on its way to areas.
type drawing struct {
	name     string
	text     []byte
	out      []Area
	problems Problems
	seen     map[string]bool
	called   map[string]string // kecamatan code → its name
}

// ReadGeoJSON reads the kelurahan of a GeoJSON FeatureCollection whose features have the properties kode, nama, kecamatan
// and kode_kec. They come in the order of their codes.
func ReadGeoJSON(name string, text []byte) ([]Area, Problems) {
	d := &drawing{name: name, text: text, seen: map[string]bool{}, called: map[string]string{}}
	d.read()
	if len(d.out) == 0 && len(d.problems) == 0 {
		d.problems = append(d.problems, Problem{File: name, What: "holds no kelurahan", Example: featureLike})
	}
	slices.SortStableFunc(d.out, func(a, b Area) int {
		return cmp.Or(strings.Compare(a.District, b.District), strings.Compare(a.Code, b.Code))
	})
	return d.out, d.problems
}

func (l *loader) drawnAreas(name string) []Area {
	text, ok := l.text(name, largestAreas)
	if !ok {
		return nil
	}
	out, problems := ReadGeoJSON(name, text)
	if l.problems = append(l.problems, problems...); len(problems) > 0 {
		return nil // with holes in the map the rest cannot be judged
	}
	return out
}

func (d *drawing) wrong(at int, what, example string) {
	line, col := position(d.text, at)
	d.problems = append(d.problems, Problem{File: d.name, Line: line, Col: col, What: what, Example: example})
}

// read goes through the collection feature by feature, so that each mistake has its place.
func (d *drawing) read() {
	in := json.NewDecoder(bytes.NewReader(d.text))
	broken := func(err error) {
		at := int(in.InputOffset())
		if s, ok := errors.AsType[*json.SyntaxError](err); ok {
			at = max(0, int(s.Offset)-1)
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			at, err = len(d.text), errors.New("it ends in the middle")
		}
		d.wrong(at, "is not JSON: "+err.Error(), featureLike)
	}
	if open, err := in.Token(); err != nil || open != json.Delim('{') {
		if err == nil {
			err = errors.New("it begins with no {")
		}
		broken(err)
		return
	}
	found := false
	for in.More() {
		key, err := in.Token()
		if err != nil {
			broken(err)
			return
		}
		if key != "features" {
			err = in.Decode(new(json.RawMessage))
		} else if found = true; !d.features(in, broken) {
			return
		}
		if err != nil {
			broken(err)
			return
		}
	}
	if _, err := in.Token(); err != nil {
		broken(err)
	} else if !found {
		d.wrong(0, "is no FeatureCollection: it has no features", `{"type": "FeatureCollection", "features": [ … ]}`)
	}
}

// features reads the list; false when it is broken.
func (d *drawing) features(in *json.Decoder, broken func(error)) bool {
	if open, err := in.Token(); err != nil || open != json.Delim('[') {
		if err == nil {
			err = errors.New("features is no list")
		}
		broken(err)
		return false
	}
	for in.More() {
		var raw json.RawMessage
		at := int(in.InputOffset())
		for at < len(d.text) && strings.IndexByte(" \t\r\n,", d.text[at]) >= 0 {
			at++
		}
		if err := in.Decode(&raw); err != nil {
			broken(err)
			return false
		}
		d.feature(at, raw)
	}
	_, err := in.Token()
	if err != nil {
		broken(err)
	}
	return err == nil
}

func (d *drawing) feature(at int, raw []byte) {
	var f feature
	if err := json.Unmarshal(raw, &f); err != nil {
		if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			d.wrong(at+int(t.Offset)-1, fmt.Sprintf("%s must be a text in quotation marks, not a %s", t.Field, t.Value), featureLike)
			return
		}
		d.wrong(at, "is no feature: "+err.Error(), featureLike)
		return
	}
	p := f.Properties
	for _, must := range []struct{ key, value string }{{"kode", p.Kode}, {"nama", p.Nama}, {"kecamatan", p.Kecamatan}, {"kode_kec", p.KodeKec}} {
		if strings.TrimSpace(must.value) == "" {
			d.wrong(at, "a feature has no "+must.key, featureLike)
			return
		}
	}
	switch {
	case d.seen[p.Kode]:
		d.wrong(at, fmt.Sprintf("the code %q stands twice", p.Kode), "every code once")
		return
	case p.Kode[:max(0, strings.LastIndexByte(p.Kode, '.'))] != p.KodeKec:
		d.wrong(at, fmt.Sprintf("the code %q of %s does not begin with that of its kecamatan %q", p.Kode, p.Nama, p.KodeKec), `"kode": "36.73.01.1002", "kode_kec": "36.73.01"`)
		return
	case d.called[p.KodeKec] != "" && d.called[p.KodeKec] != p.Kecamatan:
		d.wrong(at, fmt.Sprintf("kecamatan %s is called both %s and %s", p.KodeKec, d.called[p.KodeKec], p.Kecamatan), "one name for one code")
		return
	}
	d.seen[p.Kode], d.called[p.KodeKec] = true, p.Kecamatan
	polygons, err := shapes(f)
	if err != nil {
		d.wrong(at, fmt.Sprintf("%s: %s", p.Nama, err), "[[[106.15, -6.11], [106.16, -6.11], [106.16, -6.12], [106.15, -6.11]]]")
		return
	}
	d.out = append(d.out, Area{Code: p.Kode, Name: p.Nama, District: p.KodeKec, DistrictName: p.Kecamatan, Polygons: polygons})
}

// shapes are the polygons of a feature.
func shapes(f feature) ([][][][2]float64, error) {
	var numbers [][][][]float64
	var err error
	switch f.Geometry.Type {
	case "Polygon":
		numbers = make([][][][]float64, 1)
		err = json.Unmarshal(f.Geometry.Coordinates, &numbers[0])
	case "MultiPolygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &numbers)
	default:
		return nil, fmt.Errorf("the geometry %q is neither Polygon nor MultiPolygon", f.Geometry.Type)
	}
	if err != nil {
		return nil, errors.New("the coordinates are no rings of points")
	}
	out := make([][][][2]float64, 0, len(numbers))
	for _, rings := range numbers {
		polygon := make([][][2]float64, 0, len(rings))
		for _, points := range rings {
			ring := make([][2]float64, 0, len(points))
			for _, p := range points {
				if len(p) < 2 {
					return nil, errors.New("a point needs two numbers: longitude, latitude")
				}
				ring = append(ring, [2]float64{p[0], p[1]})
			}
			if err := sound(ring); err != nil {
				return nil, err
			}
			polygon = append(polygon, ring)
		}
		if len(polygon) == 0 {
			return nil, errors.New("a polygon has no ring")
		}
		out = append(out, polygon)
	}
	if len(out) == 0 {
		return nil, errors.New("it has no polygon")
	}
	return out, nil
}
