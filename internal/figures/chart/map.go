package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/go-analyze/charts"
)

// Map is how many reports came from where.
type Map struct {
	Title, Period string
	Places        []Place
	Foot          string
}

// Place is one area: its outlines, as rings of points that are longitude and latitude, the first ring of each being the outer one.
type Place struct {
	Name     string
	Reports  int
	Outlines [][][][2]float64
}

// shades go from few to many, in one hue: they differ by how dark they are.
var shades = []charts.Color{charts.ColorRGB(240, 240, 240), charts.ColorRGB(198, 219, 239), charts.ColorRGB(107, 174, 214), charts.ColorRGB(33, 113, 181), charts.ColorRGB(8, 48, 107)}

// steps are the least counts of the shades after the first, which is none. No two are the same.
func steps(most int) []int {
	out := []int{1}
	for _, share := range []float64{.25, .5, .75} {
		if n := int(math.Ceil(share * float64(most))); n > out[len(out)-1] {
			out = append(out, n)
		}
	}
	return out
}

func shade(n int, steps []int) int {
	i := 0
	for i < len(steps) && n >= steps[i] {
		i++
	}
	if i > 0 { // few steps use the dark shades
		i += len(shades) - 1 - len(steps)
	}
	return i
}

const (
	mapHead  = 180
	mapMost  = 1150 // pixels that the map may be tall
	mapFoot  = 190
	mapNames = 10
)

// projection puts degrees on the picture.
type projection struct {
	west, north, shrink, scale float64
	tall                       int
}

func project(places []Place) projection {
	p := projection{west: 180, north: -90}
	east, south := -180.0, 90.0
	for _, a := range places {
		each(a, func(at [2]float64) {
			p.west, east = min(p.west, at[0]), max(east, at[0])
			south, p.north = min(south, at[1]), max(p.north, at[1])
		})
	}
	if east <= p.west || p.north <= south {
		return p
	}
	p.shrink = math.Cos((p.north + south) / 2 * math.Pi / 180)
	p.scale = min(float64(Width-2*margin)/((east-p.west)*p.shrink), mapMost/(p.north-south))
	p.tall = int((p.north - south) * p.scale)
	return p
}

func each(a Place, f func([2]float64)) {
	for _, rings := range a.Outlines {
		for _, ring := range rings {
			for _, at := range ring {
				f(at)
			}
		}
	}
}

func (p projection) at(at [2]float64) charts.Point {
	return charts.Point{X: margin + int((at[0]-p.west)*p.shrink*p.scale), Y: mapHead + int((p.north-at[1])*p.scale)}
}

// Drawable reports whether there is anything to draw on.
func (m Map) Drawable() bool { return project(m.Places).tall > 0 }

// PNG draws it.
func (m Map) PNG() ([]byte, error) {
	p := project(m.Places)
	s := sheet(mapHead + p.tall + mapFoot)
	s.text(m.Title, margin, 84, 54, ink, Width-2*margin)
	s.text(m.Period, margin, 142, 38, grey, Width-2*margin)
	most := 0
	for _, a := range m.Places {
		most = max(most, a.Reports)
	}
	parts := steps(most)
	for _, a := range m.Places {
		for _, rings := range a.Outlines {
			for i, ring := range rings {
				fill := shades[shade(a.Reports, parts)]
				if i > 0 {
					fill = paper
				}
				s.area(p, ring, fill)
			}
		}
	}
	s.names(p, m.Places)
	s.shades(p.tall+mapHead+44, parts, most)
	s.text(m.Foot, margin, s.tall-36, 28, grey, Width-2*margin)
	return s.done()
}

func (s drawn) area(p projection, ring [][2]float64, fill charts.Color) {
	points := make([]charts.Point, 0, len(ring)+1)
	for _, at := range ring {
		points = append(points, p.at(at))
	}
	if len(points) < 3 {
		return
	}
	points = append(points, points[0])
	s.p.FillArea(points, fill)
	s.p.LineStroke(points, grey, 1.5)
}

// names writes the areas with most reports where they lie, as far as they do not cover each other.
func (s drawn) names(p projection, places []Place) {
	places = slices.Clone(places)
	slices.SortStableFunc(places, func(a, b Place) int { return cmp.Compare(b.Reports, a.Reports) })
	var taken [][4]int
	for _, a := range places {
		if a.Reports == 0 || len(taken) == mapNames {
			return
		}
		text := fmt.Sprintf("%s %d", a.Name, a.Reports)
		at, wide := p.at(middle(a)), s.wide(text, 26)
		x := min(max(at.X-wide/2, 6), Width-wide-6)
		box := [4]int{x - 6, at.Y - 28, x + wide + 6, at.Y + 8}
		if slices.ContainsFunc(taken, func(t [4]int) bool { return box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3] }) {
			continue
		}
		taken = append(taken, box)
		s.box(box[0], box[1], box[2]-box[0], box[3]-box[1], paper)
		s.p.Text(text, x, at.Y, 0, style(26, ink))
	}
}

// middle is the centre of an area's largest outline.
func middle(a Place) [2]float64 {
	var best [2]float64
	most := 0.0
	for _, rings := range a.Outlines {
		if len(rings) == 0 {
			continue
		}
		ring := rings[0]
		var x, y, sum float64
		for i := range ring {
			b, c := ring[i], ring[(i+1)%len(ring)]
			cross := (b[0]-ring[0][0])*(c[1]-ring[0][1]) - (c[0]-ring[0][0])*(b[1]-ring[0][1])
			sum += cross
			x += (b[0] + c[0] + ring[0][0]) * cross
			y += (b[1] + c[1] + ring[0][1]) * cross
		}
		if math.Abs(sum) > most {
			most, best = math.Abs(sum), [2]float64{x / (3 * sum), y / (3 * sum)}
		}
	}
	return best
}

func (s drawn) shades(y int, parts []int, most int) {
	x := margin
	put := func(c charts.Color, text string) {
		s.box(x, y, 44, 34, c)
		s.p.LineStroke([]charts.Point{{X: x, Y: y}, {X: x + 44, Y: y}, {X: x + 44, Y: y + 34}, {X: x, Y: y + 34}, {X: x, Y: y}}, grey, 1.5)
		s.p.Text(text, x+54, y+28, 0, style(30, ink))
		x += 54 + s.wide(text, 30) + 34
	}
	put(shades[0], "0")
	if most == 0 {
		return
	}
	for i, from := range parts {
		to := most
		if i+1 < len(parts) {
			to = parts[i+1] - 1
		}
		text := fmt.Sprintf("%d–%d", from, to)
		if from == to {
			text = fmt.Sprint(from)
		}
		put(shades[shade(from, parts)], text)
	}
}
