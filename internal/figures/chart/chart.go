// Package chart draws figures as pictures that are read on a phone: few words, large letters, bars from zero, colours that people who
// are colour-blind tell apart, and each number written beside what shows it.
package chart

import (
	"fmt"
	"strings"

	"github.com/go-analyze/charts"
)

// Width is how wide all pictures are, in pixels; a phone shows them about a third as wide.
const Width = 1080

// MostBars is how many bars a picture has; what is more is summed up in a line below.
const MostBars = 12

// Week is a picture of a week, or of any other period.
type Week struct {
	Title, Period string
	// Numbers stand in a row above the bars, three of them.
	Numbers []Number
	// Head tells what the bars are, Bars are in the order in which they are drawn.
	Head string
	Bars []Bar
	// Empty is said in place of bars where there are none. Foot is the last line.
	Empty, Foot string
}

// Number is a large number with what it is.
type Number struct{ Value, Name string }

// Bar is one office: All it has open, Late of them past their time.
type Bar struct {
	Name      string
	All, Late int
	// Beside stands at the right of the name.
	Beside string
}

// The colours are Okabe and Ito's, which differ for every kind of colour blindness, and greys.
var (
	inTime = charts.ColorRGB(0, 114, 178)
	late   = charts.ColorRGB(213, 94, 0)
	ink    = charts.ColorRGB(20, 20, 20)
	grey   = charts.ColorRGB(95, 95, 95)
	pale   = charts.ColorRGB(225, 225, 225)
	paper  = charts.ColorRGB(255, 255, 255)
)

const (
	margin   = 44
	rowTall  = 96
	barTall  = 36
	headTall = 490
	footTall = 90
)

// PNG draws it.
func (w Week) PNG() ([]byte, error) {
	bars, rest := folded(w.Bars)
	tall := headTall + footTall + rowTall*max(len(bars), 2)
	if rest != "" {
		tall += rowTall / 2
	}
	s := sheet(tall)
	s.text(w.Title, margin, 84, 54, ink, Width-2*margin)
	s.text(w.Period, margin, 142, 38, grey, Width-2*margin)
	column := (Width - 2*margin) / max(len(w.Numbers), 1)
	for i, n := range w.Numbers {
		s.text(n.Value, margin+i*column, 262, 88, ink, column-16)
		s.text(n.Name, margin+i*column, 312, 32, grey, column-16)
	}
	s.box(margin, 344, Width-2*margin, 3, pale)
	if len(bars) == 0 {
		s.text(w.Empty, margin, headTall-20, 38, ink, Width-2*margin)
	} else {
		s.text(w.Head, margin, 396, 38, ink, Width-2*margin)
		s.legend(headTall - 40)
		s.bars(bars)
		s.text(rest, margin+6, headTall+rowTall*len(bars)+40, 30, ink, Width-2*margin)
	}
	s.text(w.Foot, margin, tall-36, 28, grey, Width-2*margin)
	return s.done()
}

// folded sums up in words what there is no room for: its bar would make all others short.
func folded(bars []Bar) (shown []Bar, rest string) {
	if len(bars) <= MostBars {
		return bars, ""
	}
	var b Bar
	for _, one := range bars[MostBars:] {
		b.All, b.Late = b.All+one.All, b.Late+one.Late
	}
	return bars[:MostBars], fmt.Sprintf("%d kantor lain: %d terbuka, %d lewat batas", len(bars)-MostBars, b.All, b.Late)
}

// drawn is a picture in the making.
type drawn struct {
	p    *charts.Painter
	tall int
}

func sheet(tall int) drawn {
	s := drawn{charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: Width, Height: tall}), tall}
	s.box(0, 0, Width, tall, paper)
	return s
}

func (s drawn) done() ([]byte, error) {
	png, err := s.p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("draw a picture: %w", err)
	}
	return png, nil
}

func (s drawn) box(x, y, wide, tall int, c charts.Color) {
	if wide > 0 && tall > 0 {
		s.p.FilledRect(x, y, x+wide, y+tall, c, c, 0)
	}
}

// points is the size of letters of so many pixels.
func points(pixels float64) float64 { return pixels * 72 / 96 }

// style is letters of a size in pixels.
func style(size float64, c charts.Color) charts.FontStyle {
	return charts.FontStyle{FontSize: points(size), FontColor: c}
}

func (s drawn) wide(text string, size float64) int {
	return s.p.MeasureText(text, 0, style(size, ink)).Width()
}

// text writes a line whose foot is at y, smaller where it would be wider than there is room, and at last cut.
func (s drawn) text(text string, x, y int, size float64, c charts.Color, room int) {
	least := size * .7
	for size > least && s.wide(text, size) > room {
		size--
	}
	s.p.Text(s.cut(text, size, room), x, y, 0, style(size, c))
}

// cut is as much of a text as there is room for.
func (s drawn) cut(text string, size float64, room int) string {
	if s.wide(text, size) <= room {
		return text
	}
	r := []rune(text)
	for len(r) > 1 && s.wide(string(r)+"…", size) > room {
		r = r[:len(r)-1]
	}
	return strings.TrimSpace(string(r)) + "…"
}

func (s drawn) legend(y int) {
	s.box(margin, y-26, 30, 30, late)
	s.text("lewat batas jawab/selesai", margin+42, y, 30, grey, 480)
	s.box(margin+520, y-26, 30, 30, inTime)
	s.text("terbuka lainnya", margin+562, y, 30, grey, 400)
}

// bars draws from zero: the longest takes all the room that its number leaves.
func (s drawn) bars(bars []Bar) {
	most := 1
	for _, b := range bars {
		most = max(most, b.All)
	}
	room := Width - 2*margin - 130
	for i, b := range bars {
		y := headTall + i*rowTall
		beside := s.wide(b.Beside, 30)
		s.text(b.Name, margin+6, y+34, 34, ink, Width-2*margin-beside-24)
		s.p.Text(b.Beside, Width-margin-beside, y+34, 0, style(30, grey))
		wide := func(n int) int { return n * room / most }
		s.box(margin, y+46, wide(b.Late), barTall, late)
		s.box(margin+wide(b.Late), y+46, wide(b.All)-wide(b.Late), barTall, inTime)
		count := fmt.Sprint(b.All)
		if b.Late > 0 {
			count = fmt.Sprintf("%d (%d)", b.All, b.Late)
		}
		s.text(count, margin+wide(b.All)+12, y+46+barTall-7, 30, ink, 130)
	}
	s.box(margin-3, headTall+8, 3, rowTall*len(bars)-8, grey)
}
