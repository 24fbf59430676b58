package place

import (
	"fmt"
	"math"
	"slices"

	"rabeg/internal/profile"
	"rabeg/internal/understand/words"
)

// Gazetteer answers where for one profile. It is built once and never changes: use it at once from anywhere.
type Gazetteer struct {
	atlas *atlas
	areas []Choice
	index *names
}

var (
	_ Finder  = (*Gazetteer)(nil)
	_ Spotter = (*Gazetteer)(nil)
	_ Ruler   = (*Gazetteer)(nil)
)

// New builds the gazetteer of a profile's areas, streets, landmarks and neighbours.
func New(p *profile.Profile) (*Gazetteer, error) {
	m, err := newAtlas(p)
	if err != nil {
		return nil, fmt.Errorf("map of %s: %w", p.City, err)
	}
	g := &Gazetteer{atlas: m}
	for _, a := range p.Areas {
		g.areas = append(g.areas, Choice{Area: a.Code, AreaName: a.Name, District: a.District, DistrictName: a.DistrictName})
	}
	lx, err := words.New()
	if err != nil {
		return nil, fmt.Errorf("words of everyday: %w", err)
	}
	g.index = newNames(p)
	g.index.spoken = lx.Spoken
	return g, nil
}

// flat is up to where the plane's distances are used, in metres: farther pins are measured on the globe, to the middle.
const flat = 200_000

// At tells what a pin is.
func (g *Gazetteer) At(lat, lon float64) (s Spot, ok bool) {
	if math.IsNaN(lat) || math.IsNaN(lon) || math.IsInf(lat, 0) || math.IsInf(lon, 0) {
		return Spot{}, false
	}
	if math.Abs(lat) < 0.01 && math.Abs(lon) < 0.01 {
		return Spot{}, false // 0,0 and its surroundings: a device that did not know
	}
	onEarth := math.Abs(lat) <= 90 && math.Abs(lon) <= 180
	if onEarth {
		pt := g.atlas.plane.at(lat, lon)
		in, near := g.atlas.locate(pt)
		if in >= 0 {
			return g.spot(in, near, lat, lon), true
		}
		if s, ok := g.swapped(lat, lon); ok {
			return s, true
		}
		area, meters := g.atlas.border(pt)
		if meters > flat {
			meters = haversine(lat, lon, g.atlas.plane.lat, g.atlas.plane.lon)
		}
		s = g.spot(area, near, lat, lon)
		s.Inside, s.Meters, s.Whose = false, meters, g.atlas.neighbour(pt)
		return s, true
	}
	return g.swapped(lat, lon)
}

// Apart is how many metres a point lies from an area.
func (g *Gazetteer) Apart(lat, lon float64, c Choice) (meters float64, ok bool) {
	pt := g.atlas.plane.at(lat, lon)
	var areas []int32
	for i, a := range g.areas {
		if a.Area == c.Area || c.Area == "" && a.District == c.District {
			areas = append(areas, int32(i))
		}
	}
	if len(areas) == 0 {
		return 0, false
	}
	if g.atlas.inside(pt, areas) >= 0 {
		return 0, true
	}
	best := math.Inf(1)
	for i := range g.atlas.edges {
		if e := &g.atlas.edges[i]; slices.Contains(areas, e.area) {
			best = min(best, e.dist2(pt))
		}
	}
	return math.Sqrt(best), true
}

// swapped reads the numbers the other way round, when that lies inside.
func (g *Gazetteer) swapped(lat, lon float64) (Spot, bool) {
	if math.Abs(lon) > 90 || math.Abs(lat) > 180 {
		return Spot{}, false
	}
	in, near := g.atlas.locate(g.atlas.plane.at(lon, lat))
	if in < 0 {
		return Spot{}, false
	}
	s := g.spot(in, near, lon, lat)
	s.Swapped = true
	return s, true
}

func (g *Gazetteer) spot(area int32, near []int32, lat, lon float64) Spot {
	c := g.areas[area]
	s := Spot{Inside: true, Area: c.Area, AreaName: c.AreaName, District: c.District, DistrictName: c.DistrictName, Lat: lat, Lon: lon}
	for _, n := range near {
		s.Near = append(s.Near, g.areas[n])
	}
	return s
}
