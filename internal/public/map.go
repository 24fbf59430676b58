package public

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"rabeg/internal/profile"
)

// mapWide is how wide the map is drawn, in its own units; whole ones are all that its borders are told in, so that neighbours meet.
const mapWide = 480

// drawing is the map of a city: the paths of its kelurahan, drawn once.
type drawing struct {
	high  int
	areas []drawn
}

// drawn is one kelurahan.
type drawn struct {
	code, name string
	path       template.HTMLAttr
	x, y       int // where its mark stands
}

// draw draws the kelurahan of a government; nil where it has none.
func draw(p *profile.Profile) *drawing {
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	each := func(a profile.Area, f func(ring [][2]float64)) {
		for _, polygon := range a.Polygons {
			for _, ring := range polygon {
				f(ring)
			}
		}
	}
	for _, a := range p.Areas {
		each(a, func(ring [][2]float64) {
			for _, at := range ring {
				west, east, south, north = min(west, at[0]), max(east, at[0]), min(south, at[1]), max(north, at[1])
			}
		})
	}
	if !(east > west && north > south) {
		return nil
	}
	narrow := math.Cos((south + north) / 2 * math.Pi / 180)
	scale := (mapWide - 4) / ((east - west) * narrow)
	to := func(at [2]float64) (x, y int) {
		return int(math.Round(2 + (at[0]-west)*narrow*scale)), int(math.Round(2 + (north-at[1])*scale))
	}
	d := &drawing{high: int(math.Ceil((north-south)*scale)) + 4}
	for _, a := range p.Areas {
		one := drawn{code: a.Code, name: a.Name}
		var b strings.Builder
		most := 0
		each(a, func(ring [][2]float64) {
			n := line(&b, ring, to)
			if n > most {
				most = n
				one.x, one.y = middle(ring, to)
			}
		})
		one.path = template.HTMLAttr(fmt.Sprintf(`d="%s"`, b.String())) //nolint:gosec // numbers of our own
		d.areas = append(d.areas, one)
	}
	return d
}

// line writes a ring as steps from point to point, without those that lead nowhere, and tells how many there are.
func line(b *strings.Builder, ring [][2]float64, to func([2]float64) (x, y int)) int {
	n, wasX, wasY := 0, 0, 0
	for i, at := range ring {
		x, y := to(at)
		switch {
		case i == 0:
			fmt.Fprintf(b, "M%d %d", x, y)
		case x == wasX && y == wasY:
			continue
		default:
			if n == 0 {
				b.WriteByte('l')
			} else if x-wasX >= 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.Itoa(x - wasX))
			if y-wasY >= 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.Itoa(y - wasY))
			n++
		}
		wasX, wasY = x, y
	}
	b.WriteByte('z')
	return n
}

// middle is the centre of the box around a ring.
func middle(ring [][2]float64, to func([2]float64) (x, y int)) (x, y int) {
	left, right, top, bottom := math.MaxInt, math.MinInt, math.MaxInt, math.MinInt
	for _, at := range ring {
		x, y := to(at)
		left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
	}
	return (left + right) / 2, (top + bottom) / 2
}

// shades are how many steps the map has, from none on.
const shades = 5

// steps are the highest numbers of each shade but the last: 0, and then parts of the most there is.
func steps(most int) []int {
	out := []int{0}
	for i := 1; i < shades-1; i++ {
		n := max(out[len(out)-1]+1, int(math.Round(float64(most)*float64(i)/float64(shades-1))))
		if n >= most {
			break
		}
		out = append(out, n)
	}
	return out
}

// shade is the step of a number.
func shade(n int, of []int) int {
	for i, top := range of {
		if n <= top {
			return i
		}
	}
	return len(of)
}
