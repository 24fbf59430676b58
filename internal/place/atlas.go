package place

import (
	"errors"
	"math"
	"slices"

	"rabeg/internal/profile"
)

const (
	// nearBorder is how far from a border the data of the areas is not trusted, in metres.
	nearBorder = 150
	// cellSize is the side of a grid cell in metres.
	cellSize = 400
	// chunk is how many outer edges are skipped at once when the nearest is looked for.
	chunk = 16
	// neighbourReach is how far from a neighbour's known points a pin may be to be called that neighbour's, in metres.
	neighbourReach = 30_000
)

// atlas finds areas by point: a grid whose cells know the borders that pass within nearBorder of them, so that most pins
// cost one look and the rest a handful of edges.
type atlas struct {
	plane  plane
	shapes []shape
	edges  []edge // of all areas
	grid   []cell
	origin point
	wide   int // cells per row
	high   int
	outer  []edges // the edges, in chunks, for pins outside
	whose  []neighbour
}

// cell is a square of the grid. With no edges it lies wholly in one area or in none.
type cell struct {
	area  int32 // the area of an edgeless cell, -1 for none
	areas []int32
	edges []int32 // which of all edges
}

type edges struct {
	box  box
	list []edge
}

type neighbour struct {
	name   string
	points []point
}

func newAtlas(p *profile.Profile) (*atlas, error) {
	if len(p.Areas) == 0 {
		return nil, errors.New("the profile has no areas")
	}
	lat0, lat1, lon0, lon1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, a := range p.Areas {
		for _, rings := range a.Polygons {
			for _, r := range rings {
				for _, q := range r {
					lon0, lon1 = min(lon0, q[0]), max(lon1, q[0])
					lat0, lat1 = min(lat0, q[1]), max(lat1, q[1])
				}
			}
		}
	}
	m := &atlas{plane: newPlane((lat0+lat1)/2, (lon0+lon1)/2)}
	m.lay(m.shape(p.Areas))
	m.ring()
	for _, n := range p.Neighbours {
		x := neighbour{name: n.Name}
		for _, q := range n.Points {
			x.points = append(x.points, m.plane.at(q[0], q[1]))
		}
		m.whose = append(m.whose, x)
	}
	return m, nil
}

// shape turns the areas into metres, with all their edges, and gives their bounds.
func (m *atlas) shape(areas []profile.Area) box {
	bounds := emptyBox()
	for i, a := range areas {
		s := shape{box: emptyBox()}
		for _, rings := range a.Polygons {
			for _, r := range rings {
				line := make([]point, 0, len(r))
				for k, q := range r {
					pt := m.plane.at(q[1], q[0])
					line = append(line, pt)
					s.box = s.box.with(pt)
					if k > 0 {
						m.edges = append(m.edges, edge{a: line[k-1], b: pt, area: int32(i)})
						s.size += line[k-1].x*pt.y - pt.x*line[k-1].y
					}
				}
				s.rings = append(s.rings, line)
			}
		}
		s.size = math.Abs(s.size) / 2
		bounds = bounds.with(point{s.box.minX, s.box.minY}).with(point{s.box.maxX, s.box.maxY})
		m.shapes = append(m.shapes, s)
	}
	return bounds
}

// lay builds the grid.
func (m *atlas) lay(bounds box) {
	m.origin = point{bounds.minX - nearBorder, bounds.minY - nearBorder}
	m.wide = int((bounds.maxX-bounds.minX+2*nearBorder)/cellSize) + 1
	m.high = int((bounds.maxY-bounds.minY+2*nearBorder)/cellSize) + 1
	m.grid = make([]cell, m.wide*m.high)
	for n, e := range m.edges {
		b := emptyBox().with(e.a).with(e.b)
		x0, y0 := m.cell(point{b.minX - nearBorder, b.minY - nearBorder})
		x1, y1 := m.cell(point{b.maxX + nearBorder, b.maxY + nearBorder})
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				if e.passes(m.square(x, y), nearBorder) {
					c := &m.grid[y*m.wide+x]
					c.edges = append(c.edges, int32(n))
					if !slices.Contains(c.areas, e.area) {
						c.areas = append(c.areas, e.area)
					}
				}
			}
		}
	}
	for i := range m.grid {
		m.grid[i].area = -1
	}
	for i := range m.shapes {
		m.fill(int32(i))
	}
}

// fill tells the cells whose middle lies in an area that they are its.
func (m *atlas) fill(i int32) {
	s := &m.shapes[i]
	x0, y0 := m.cell(point{s.box.minX, s.box.minY})
	x1, y1 := m.cell(point{s.box.maxX, s.box.maxY})
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			q := m.square(x, y)
			c := &m.grid[y*m.wide+x]
			if !s.holds(point{(q.minX + q.maxX) / 2, (q.minY + q.maxY) / 2}) {
				continue
			}
			if c.area < 0 || s.size < m.shapes[c.area].size {
				c.area = i
			}
			if len(c.edges) > 0 && !slices.Contains(c.areas, i) {
				c.areas = append(c.areas, i)
			}
		}
	}
}

// passes reports whether the edge may come within d of the square: it may say yes a little too often.
func (e edge) passes(s box, d float64) bool {
	mid := point{(s.minX + s.maxX) / 2, (s.minY + s.maxY) / 2}
	reach := math.Hypot(s.maxX-s.minX, s.maxY-s.minY)/2 + d
	return e.dist2(mid) <= reach*reach
}

func (m *atlas) cell(p point) (x, y int) {
	x = int((p.x - m.origin.x) / cellSize)
	y = int((p.y - m.origin.y) / cellSize)
	return max(0, min(m.wide-1, x)), max(0, min(m.high-1, y))
}

func (m *atlas) square(x, y int) box {
	x0, y0 := m.origin.x+float64(x)*cellSize, m.origin.y+float64(y)*cellSize
	return box{x0, y0, x0 + cellSize, y0 + cellSize}
}

// ring keeps the edges that only one area has, in chunks: the government's outer border.
func (m *atlas) ring() {
	type key struct{ a, b point }
	count := map[key]int{}
	norm := func(e edge) key {
		if e.a.x < e.b.x || e.a.x == e.b.x && e.a.y < e.b.y {
			return key{e.a, e.b}
		}
		return key{e.b, e.a}
	}
	for _, e := range m.edges {
		count[norm(e)]++
	}
	now := edges{box: emptyBox()}
	for _, e := range m.edges {
		if count[norm(e)] > 1 {
			continue
		}
		now.list = append(now.list, e)
		now.box = now.box.with(e.a).with(e.b)
		if len(now.list) == chunk {
			m.outer = append(m.outer, now)
			now = edges{box: emptyBox()}
		}
	}
	if len(now.list) > 0 {
		m.outer = append(m.outer, now)
	}
}

// inside finds which of areas holds p, the smallest of several, -1 for none.
func (m *atlas) inside(p point, areas []int32) int32 {
	best := int32(-1)
	for _, i := range areas {
		if (best < 0 || m.shapes[i].size < m.shapes[best].size) && m.shapes[i].holds(p) {
			best = i
		}
	}
	return best
}

// locate finds the area of p, -1 outside, and the other areas whose border is near, nearest first.
func (m *atlas) locate(p point) (in int32, near []int32) {
	x, y := int((p.x-m.origin.x)/cellSize), int((p.y-m.origin.y)/cellSize)
	if p.x < m.origin.x || p.y < m.origin.y || x >= m.wide || y >= m.high {
		return -1, nil
	}
	c := &m.grid[y*m.wide+x]
	if len(c.edges) == 0 {
		return c.area, nil
	}
	in = m.inside(p, c.areas)
	var found [8]struct {
		area int32
		d    float64
	}
	n := 0
	for i := range c.edges {
		e := &m.edges[c.edges[i]]
		if e.area == in {
			continue
		}
		d := e.dist2(p)
		if d > nearBorder*nearBorder {
			continue
		}
		k := 0
		for k < n && found[k].area != e.area {
			k++
		}
		switch {
		case k < n:
			found[k].d = min(found[k].d, d)
		case n < len(found):
			found[n].area, found[n].d = e.area, d
			n++
		}
	}
	if n == 0 {
		return in, nil
	}
	list := found[:n]
	for i := 1; i < n; i++ { // a handful at most
		for k := i; k > 0 && list[k].d < list[k-1].d; k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
	}
	near = make([]int32, n)
	for i, f := range list {
		near[i] = f.area
	}
	return in, near
}

// border finds the nearest area of a point outside, and the metres to it on the plane.
func (m *atlas) border(p point) (area int32, meters float64) {
	best, area := math.Inf(1), int32(-1)
	for i := range m.outer {
		c := &m.outer[i]
		if c.box.far2(p) >= best {
			continue
		}
		for k := range c.list {
			if d := c.list[k].dist2(p); d < best {
				best, area = d, c.list[k].area
			}
		}
	}
	return area, math.Sqrt(best)
}

// neighbour names the government whose known points are nearest, "" when none is near enough.
func (m *atlas) neighbour(p point) string {
	best, name := math.Inf(1), ""
	for _, n := range m.whose {
		for _, q := range n.points {
			if d := math.Hypot(q.x-p.x, q.y-p.y); d < best {
				best, name = d, n.name
			}
		}
	}
	if best > neighbourReach {
		return ""
	}
	return name
}
