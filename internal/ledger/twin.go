package ledger

import (
	"context"
	"math"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Around is where open reports are looked for that may be about the same trouble as another.
type Around struct {
	// Categories are those that they may be filed under.
	Categories []string
	// Pin and Metres are a circle, nil for none; Area is a kelurahan, "" for none; Reporter a person, zero for nobody. What lies in
	// any of them is found. Where there is a circle, only what has no pin is found by the kelurahan.
	Pin      *report.Pin
	Metres   int
	Area     string
	Reporter bot.Address
	// Nowhere says that what lies nowhere is found too: it has neither a pin nor a kelurahan.
	Nowhere bool
	// Since is when the oldest of them were filed.
	Since time.Time
}

// The most that a look around finds: the nearest ones, the newest ones of the kelurahan, of the person, and of those that lie nowhere.
const (
	NearMost = 30
	AreaMost = 30
	OwnMost  = 20

	NowhereMost = 60
)

// Nearby is an open report that was found, with what became of the pictures that came with it.
type Nearby struct {
	Report report.Report
	Photos []File
}

// TwinReader finds reports by where they lie, and by who follows them, and what was found of them before.
type TwinReader interface {
	MemoReader
	// Around finds open reports, each once, by their id. A box stands for the circle: a little more may come. What is confidential
	// is not among them.
	Around(ctx context.Context, a Around) ([]Nearby, error)
	// Followed are the reports that a chat follows, newest first, at most limit.
	Followed(ctx context.Context, chat bot.Address, limit int) ([]report.Report, error)
}

// Box is the box around a circle, in degrees.
type Box struct{ South, North, West, East float64 }

// BoxAround is the box that holds all points at most so many metres away.
func BoxAround(p report.Pin, metres int) Box {
	const degree = 111194.9 // metres of a degree of latitude
	lat := float64(metres) / degree
	lon := lat / max(0.01, math.Cos(p.Lat*math.Pi/180))
	return Box{South: p.Lat - lat, North: p.Lat + lat, West: p.Lon - lon, East: p.Lon + lon}
}

// Holds reports whether a point lies in the box.
func (b Box) Holds(p report.Pin) bool {
	return p.Lat >= b.South && p.Lat <= b.North && p.Lon >= b.West && p.Lon <= b.East
}
