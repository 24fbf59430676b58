package place

import "math"

// point is a place in metres east and north of the map's origin.
type point struct{ x, y float64 }

// edge is a piece of an area's border.
type edge struct {
	a, b point
	area int32
}

// box is a rectangle.
type box struct{ minX, minY, maxX, maxY float64 }

func emptyBox() box { return box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)} }

func (b box) with(p point) box {
	return box{min(b.minX, p.x), min(b.minY, p.y), max(b.maxX, p.x), max(b.maxY, p.y)}
}

func (b box) holds(p point) bool {
	return p.x >= b.minX && p.x <= b.maxX && p.y >= b.minY && p.y <= b.maxY
}

// far2 is the squared distance from p to the box, 0 inside.
func (b box) far2(p point) float64 {
	dx := max(b.minX-p.x, 0, p.x-b.maxX)
	dy := max(b.minY-p.y, 0, p.y-b.maxY)
	return dx*dx + dy*dy
}

// dist2 is the squared distance from p to the edge.
func (e *edge) dist2(p point) float64 {
	dx, dy := e.b.x-e.a.x, e.b.y-e.a.y
	px, py := p.x-e.a.x, p.y-e.a.y
	if l := dx*dx + dy*dy; l > 0 {
		t := (px*dx + py*dy) / l
		t = max(0, min(1, t))
		px -= t * dx
		py -= t * dy
	}
	return px*px + py*py
}

// shape is an area's borders. A point is inside when a ray from it crosses the rings an odd number of times: that holds
// for islands and holes alike, whichever way round the rings run.
type shape struct {
	rings [][]point // closed: the last point is the first
	box   box
	size  float64 // square metres, rough: of two areas that overlap the smaller one is meant
}

func (s *shape) holds(p point) bool {
	if !s.box.holds(p) {
		return false
	}
	in := false
	for _, r := range s.rings {
		a := r[0]
		for _, b := range r[1:] {
			if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
				in = !in
			}
			a = b
		}
	}
	return in
}

// plane turns degrees into metres around an origin. Over one government's area the error is below 0.3 %.
type plane struct{ lat, lon, perLat, perLon float64 }

func newPlane(lat, lon float64) plane {
	f := lat * math.Pi / 180
	return plane{
		lat: lat, lon: lon,
		perLat: 111132.92 - 559.82*math.Cos(2*f) + 1.175*math.Cos(4*f),
		perLon: 111412.84*math.Cos(f) - 93.5*math.Cos(3*f),
	}
}

func (pl plane) at(lat, lon float64) point {
	return point{(lon - pl.lon) * pl.perLon, (lat - pl.lat) * pl.perLat}
}

// earth is the earth's mean radius in metres.
const earth = 6_371_009

// haversine is the distance of two points in degrees, in metres, on a round earth: off by at most 0.5 %.
func haversine(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	s := func(d float64) float64 { v := math.Sin(d * rad / 2); return v * v }
	h := s(lat2-lat1) + math.Cos(lat1*rad)*math.Cos(lat2*rad)*s(lon2-lon1)
	return 2 * earth * math.Asin(math.Sqrt(min(1, h)))
}
