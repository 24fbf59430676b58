package phones

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"rabeg/internal/profile"
)

// city is the map of a government, drawn from its areas: nothing is fetched.
type city struct {
	Width, Height  float64
	West, North    float64
	PerLon, PerLat float64 // how many units of the drawing a degree is
	Areas          []drawnArea
	Spots          []spotGroup
}

// drawnArea is one kelurahan on the map.
type drawnArea struct {
	Name string
	Path string
}

// spotGroup is a part of the list of places that stands beside the map, for who does not click.
type spotGroup struct {
	Name  string
	Spots []spot
}

type spot struct {
	Name     string
	Lat, Lon float64
}

// mapWidth is how wide the map is drawn, in its own units.
const mapWidth = 400

// landmarksMost is how many known places the list names.
const landmarksMost = 60

// drawn draws the map of a profile; a government without areas has an empty one.
func drawn(p *profile.Profile) city {
	c := city{West: math.Inf(1), North: math.Inf(-1)}
	east, south := math.Inf(-1), math.Inf(1)
	for _, a := range p.Areas {
		for _, polygon := range a.Polygons {
			for _, ring := range polygon {
				for _, at := range ring {
					c.West, east = min(c.West, at[0]), max(east, at[0])
					south, c.North = min(south, at[1]), max(c.North, at[1])
				}
			}
		}
	}
	if east <= c.West {
		return city{Width: mapWidth, Height: mapWidth}
	}
	// A place is taken by the degree: east and west shrink with the latitude.
	c.PerLon = mapWidth / (east - c.West)
	c.PerLat = c.PerLon / math.Cos((c.North+south)/2*math.Pi/180)
	c.Width, c.Height = mapWidth, math.Ceil((c.North-south)*c.PerLat)
	by := map[string]int{}
	for _, a := range p.Areas {
		c.Areas = append(c.Areas, drawnArea{Name: a.Name + ", Kec. " + a.DistrictName, Path: c.path(a)})
		at, ok := by[a.DistrictName]
		if !ok {
			at = len(c.Spots)
			by[a.DistrictName] = at
			c.Spots = append(c.Spots, spotGroup{Name: "Kec. " + a.DistrictName})
		}
		lat, lon := inside(a)
		c.Spots[at].Spots = append(c.Spots[at].Spots, spot{Name: a.Name, Lat: lat, Lon: lon})
	}
	known := spotGroup{Name: "★"}
	for _, l := range p.Landmarks {
		if l.Lat != 0 && len(known.Spots) < landmarksMost {
			known.Spots = append(known.Spots, spot{l.Name, l.Lat, l.Lon})
		}
	}
	slices.SortFunc(known.Spots, func(a, b spot) int { return strings.Compare(a.Name, b.Name) })
	if len(known.Spots) > 0 {
		c.Spots = append(c.Spots, known)
	}
	return c
}

func (c *city) path(a profile.Area) string {
	var b strings.Builder
	for _, polygon := range a.Polygons {
		for _, ring := range polygon {
			for i, at := range ring {
				verb := "L"
				if i == 0 {
					verb = "M"
				}
				fmt.Fprintf(&b, "%s%.1f %.1f", verb, (at[0]-c.West)*c.PerLon, (c.North-at[1])*c.PerLat)
			}
			b.WriteString("Z")
		}
	}
	return b.String()
}

// inside is a point within an area: in the middle of the widest stretch of it at half its height.
func inside(a profile.Area) (lat, lon float64) {
	if len(a.Polygons) == 0 || len(a.Polygons[0]) == 0 {
		return 0, 0
	}
	largest := a.Polygons[0]
	for _, polygon := range a.Polygons {
		if len(polygon) > 0 && len(polygon[0]) > len(largest[0]) {
			largest = polygon
		}
	}
	south, north := math.Inf(1), math.Inf(-1)
	for _, at := range largest[0] {
		south, north = min(south, at[1]), max(north, at[1])
	}
	lat = (south + north) / 2
	var crossings []float64
	for _, ring := range largest {
		for i := range ring {
			p, q := ring[i], ring[(i+1)%len(ring)]
			if (p[1] > lat) != (q[1] > lat) {
				crossings = append(crossings, p[0]+(lat-p[1])/(q[1]-p[1])*(q[0]-p[0]))
			}
		}
	}
	slices.Sort(crossings)
	widest := 0.0
	for i := 0; i+1 < len(crossings); i += 2 {
		if w := crossings[i+1] - crossings[i]; w > widest {
			widest, lon = w, (crossings[i]+crossings[i+1])/2
		}
	}
	return lat, lon
}

// point is a place as people read it.
func (c *city) point(lat, lon float64) string { return fmt.Sprintf("%.5f, %.5f", lat, lon) }
