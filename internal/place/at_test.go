package place

import (
	"math"
	"testing"

	"rabeg/internal/profile"
)

func gazetteer(t testing.TB, name string) (*Gazetteer, *profile.Profile) {
	t.Helper()
	p, err := profile.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(p)
	if err != nil {
		t.Fatal(err)
	}
	return g, p
}

// naive is the plain even-odd test in degrees over every polygon, to judge the grid by.
func naive(p *profile.Profile, lat, lon float64) []string {
	var in []string
	for _, a := range p.Areas {
		odd := false
		for _, rings := range a.Polygons {
			for _, r := range rings {
				for i := 1; i < len(r); i++ {
					x0, y0, x1, y1 := r[i-1][0], r[i-1][1], r[i][0], r[i][1]
					if (y0 > lat) != (y1 > lat) && lon < (x1-x0)*(lat-y0)/(y1-y0)+x0 {
						odd = !odd
					}
				}
			}
		}
		if odd {
			in = append(in, a.Code)
		}
	}
	return in
}

// inner is a point well inside an area: of a raster over it, the one farthest from its border.
func inner(a profile.Area) (lat, lon float64) {
	x0, x1, y0, y1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, rings := range a.Polygons {
		for _, q := range rings[0] {
			x0, x1, y0, y1 = min(x0, q[0]), max(x1, q[0]), min(y0, q[1]), max(y1, q[1])
		}
	}
	pl := newPlane((y0+y1)/2, (x0+x1)/2)
	one := &profile.Profile{Areas: []profile.Area{a}}
	best := -1.0
	const n = 24
	for i := range n {
		for k := range n {
			x, y := x0+(float64(i)+0.5)/n*(x1-x0), y0+(float64(k)+0.5)/n*(y1-y0)
			if len(naive(one, y, x)) == 0 {
				continue
			}
			near := math.Inf(1)
			for _, rings := range a.Polygons {
				for _, r := range rings {
					for j := 1; j < len(r); j++ {
						e := edge{a: pl.at(r[j-1][1], r[j-1][0]), b: pl.at(r[j][1], r[j][0])}
						near = min(near, e.dist2(pl.at(y, x)))
					}
				}
			}
			if near > best {
				best, lat, lon = near, y, x
			}
		}
	}
	return lat, lon
}

// Every kelurahan of every profile is found by a point inside it.
func TestInnerPoints(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		g, p := gazetteer(t, name)
		for _, a := range p.Areas {
			lat, lon := inner(a)
			s, ok := g.At(lat, lon)
			if !ok || !s.Inside || s.Swapped || s.Area != a.Code || s.AreaName != a.Name || s.District != a.District || s.DistrictName != a.DistrictName {
				t.Errorf("%s: the inner point %.5f, %.5f of %s (%s) is %+v", name, lat, lon, a.Name, a.Code, s)
			}
			if s, ok := g.At(lon, lat); !ok || !s.Inside || !s.Swapped || s.Area != a.Code || s.Lat != lat || s.Lon != lon {
				t.Errorf("%s: swapped, %s is %+v", name, a.Name, s)
			}
		}
	}
}

// The grid says what asking every polygon says, also where polygons meet, and names every area within 150 m.
func TestGridAgrees(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		g, p := gazetteer(t, name)
		var all []edge
		for i, s := range g.atlas.shapes {
			for _, r := range s.rings {
				for k := 1; k < len(r); k++ {
					all = append(all, edge{a: r[k-1], b: r[k], area: int32(i)})
				}
			}
		}
		inside, gaps, doubles, border := 0, 0, 0, 0
		n := 38
		if len(p.Areas) > 100 {
			n = 24
		}
		width, height := float64(g.atlas.wide)*cellSize, float64(g.atlas.high)*cellSize
		for i := range n {
			for k := range n {
				pt := point{g.atlas.origin.x + width*(float64(i)+0.37)/float64(n), g.atlas.origin.y + height*(float64(k)+0.61)/float64(n)}
				lat, lon := pt.y/g.atlas.plane.perLat+g.atlas.plane.lat, pt.x/g.atlas.plane.perLon+g.atlas.plane.lon
				s, ok := g.At(lat, lon)
				want := naive(p, lat, lon)
				if len(want) > 1 {
					doubles++
				}
				if !ok || s.Inside != (len(want) > 0) {
					t.Fatalf("%s: %.6f, %.6f is %+v, polygons say %v", name, lat, lon, s, want)
				}
				if s.Inside {
					inside++
					found := false
					for _, w := range want {
						found = found || w == s.Area
					}
					if !found {
						t.Fatalf("%s: %.6f, %.6f lies in %s, polygons say %v", name, lat, lon, s.Area, want)
					}
				}
				near := map[string]bool{}
				least := math.Inf(1)
				for e := range all {
					d := math.Sqrt(all[e].dist2(pt))
					least = min(least, d)
					if code := g.areas[all[e].area].Area; d <= nearBorder && (!s.Inside || code != s.Area) {
						near[code] = true
					}
				}
				if len(near) > 0 {
					border++
				}
				if len(s.Near) != len(near) && len(near) <= 8 {
					t.Fatalf("%s: %.6f, %.6f is near %v, want %v", name, lat, lon, s.Near, near)
				}
				for _, c := range s.Near {
					if !near[c.Area] {
						t.Fatalf("%s: %.6f, %.6f is not near %v", name, lat, lon, c)
					}
				}
				if !s.Inside && math.Abs(s.Meters-least) > 0.01 {
					t.Fatalf("%s: %.6f, %.6f is %.2f m outside, want %.2f", name, lat, lon, s.Meters, least)
				}
				if !s.Inside && len(near) > 1 {
					gaps++
				}
			}
		}
		t.Logf("%s: %d of %d inside, %d near a border, %d in two areas, %d outside with two near", name, inside, n*n, border, doubles, gaps)
		if border == 0 || inside == 0 {
			t.Errorf("%s: the raster misses what it should show", name)
		}
	}
}

func TestOutside(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	for _, c := range []struct {
		name     string
		lat, lon float64
		whose    string
		from, to float64 // metres
	}{
		{"Cilegon", -6.0022, 106.0112, "Kota Cilegon", 10000, 16000},
		{"Ciruas", -6.1150, 106.2450, "Kabupaten Serang", 0, 3000},
		{"Kramatwatu", -6.0450, 106.0900, "Kabupaten Serang", 3000, 7000},
		{"Pandeglang", -6.3084, 106.1062, "Kabupaten Pandeglang", 5000, 20000},
		{"Rangkasbitung", -6.3580, 106.2490, "Kabupaten Lebak", 5000, 25000},
		{"Monas", -6.1754, 106.8272, "DKI Jakarta", 50_000, 70_000},
		{"Surabaya", -7.2575, 112.7521, "", 650_000, 760_000},
		{"London", 51.5074, -0.1278, "", 11_000_000, 12_500_000},
	} {
		s, ok := g.At(c.lat, c.lon)
		if !ok || s.Inside || s.Swapped || s.Whose != c.whose || s.Meters < c.from || s.Meters > c.to || s.AreaName == "" {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

func TestNowhere(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	nan, inf := math.NaN(), math.Inf(1)
	for _, q := range [][2]float64{{nan, 106}, {-6, nan}, {nan, nan}, {inf, 106}, {-6, -inf}, {0, 0}, {0.001, -0.002}, {91, 10}, {-91, 200}, {10, 181}, {106.83, -6.17}, {1e300, 1e300}, {math.MaxFloat64, -math.MaxFloat64}} {
		if s, ok := g.At(q[0], q[1]); ok {
			t.Errorf("%v is %+v", q, s)
		}
	}
	for _, q := range [][2]float64{{-6.12, 106.15}, {106.15, -6.12}, {90, 180}, {-90, -180}, {0, 106}} {
		if _, ok := g.At(q[0], q[1]); !ok {
			t.Errorf("%v is somewhere", q)
		}
	}
}

// A pin in a hole lies outside, one on an island inside.
func TestHolesAndIslands(t *testing.T) {
	t.Parallel()
	square := func(x, y, s float64) [][2]float64 {
		return [][2]float64{{x, y}, {x + s, y}, {x + s, y + s}, {x, y + s}, {x, y}}
	}
	p := &profile.Profile{Areas: []profile.Area{
		{Code: "1.1.1", Name: "Ring", District: "1.1", DistrictName: "K", Polygons: [][][][2]float64{{square(106, -6, 0.09), square(106.03, -5.97, 0.03)}, {square(106.2, -6, 0.01)}}},
	}}
	g, err := New(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lat, lon float64
		in       bool
	}{{-5.99, 106.01, true}, {-5.955, 106.045, false}, {-5.995, 106.205, true}, {-5.995, 106.15, false}, {-5.965, 106.035, false}} {
		if s, ok := g.At(c.lat, c.lon); !ok || s.Inside != c.in {
			t.Errorf("%v: %+v", c, s)
		}
	}
	if _, err := New(&profile.Profile{}); err == nil {
		t.Error("a map without areas")
	}
}

func FuzzAt(f *testing.F) {
	f.Add(-6.12, 106.15)
	f.Add(math.MaxFloat64, -1.0)
	g, _ := gazetteer(f, "serang")
	f.Fuzz(func(t *testing.T, lat, lon float64) {
		if s, ok := g.At(lat, lon); ok && (s.Area == "" || s.Meters < 0 || math.IsNaN(s.Meters)) {
			t.Errorf("%g %g: %+v", lat, lon, s)
		}
	})
}

func BenchmarkAt(b *testing.B) {
	for _, name := range profile.Names() {
		g, p := gazetteer(b, name)
		var pins [][2]float64
		for _, a := range p.Areas {
			for i, q := range a.Polygons[0][0] {
				if i%7 == 0 {
					pins = append(pins, [2]float64{q[1] + 0.0007, q[0] - 0.0005}) // near borders: the costly ones
				}
			}
			lat, lon := inner(a)
			pins = append(pins, [2]float64{lat, lon})
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				q := pins[i%len(pins)]
				g.At(q[0], q[1])
				i++
			}
		})
	}
	g, _ := gazetteer(b, "pandeglang")
	b.Run("outside", func(b *testing.B) {
		for b.Loop() {
			g.At(-6.20, 106.60)
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for _, name := range profile.Names() {
		p, err := profile.Builtin(name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := New(p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
