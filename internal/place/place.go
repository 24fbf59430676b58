// Package place tells where something is: pin to kelurahan, typed name to place, distance. It is pure and works offline.
package place

// Spot is what a pin is.
type Spot struct {
	// Inside says that the pin lies in the government's area; the names below are the nearest area's otherwise.
	Inside                                 bool
	Area, AreaName, District, DistrictName string
	// Near holds the other areas whose border is within 150 m, nearest first: ask which.
	Near []Choice
	// Meters to the government's border when outside.
	Meters float64
	// Swapped says that the numbers only make sense as lon, lat: they were read that way round.
	Swapped bool
	// Lat, Lon are the point as it was understood, in degrees.
	Lat, Lon float64
	// Whose names the nearest known neighbour government when outside, "" when none is known.
	Whose string
}

// Choice is one area to choose from. Its name never stands without its kecamatan: two kelurahan may share a name.
type Choice struct {
	Area, AreaName, District, DistrictName string
}

// Candidate is a place that typed words may mean. Its Choice holds only a kecamatan when that is all that is known, and
// nothing for a known street or place whose kecamatan no source tells.
type Candidate struct {
	Choice
	// Name is the street or landmark, "" when the words name the area itself.
	Name string
	Kind string // "kelurahan", "kecamatan", "jalan", "tempat", "luar"
	// Whose is the neighbour government whose place it is, "" for a place of our own. Its Choice is empty then, and Name is
	// the kecamatan there, "" for the whole of it.
	Whose string
	// Lat, Lon are set when HasPin.
	HasPin   bool
	Lat, Lon float64
	// P is how well the words fit, 0 to 1. From 0.9 it needs no "maksud Anda".
	P float64
	// Note is what else was said ("depan", "RT 02/05").
	Note string
}

// Mention is where a longer text names a place.
type Mention struct {
	// Candidates are what the words may mean, best first, at most 3; empty when they sound like a place that nobody knows
	// ("jl mawar 3").
	Candidates []Candidate
	// Phrase is what was written, text[From:To].
	Phrase   string
	From, To int

	plain bool // the name stands there as it is written, and is hardly a word of everyday
	city  bool // the name is the city's own
}

// Finder answers where. Implementations are pure and may be used at once from several goroutines.
type Finder interface {
	// At tells what a pin is. ok is false when the numbers are no place on earth (NaN, 0,0, out of range).
	At(lat, lon float64) (s Spot, ok bool)
	// Find gives what words may mean, best first, at most 3; none when nothing fits.
	Find(words string) []Candidate
	// Link reads the coordinates of a map link (Google Maps, geo:) in a text. short is true for a link that holds none.
	Link(text string) (lat, lon float64, ok, short bool)
}

// Ruler is what a Finder may be able to do as well: measure how far a point lies from an area.
type Ruler interface {
	// Apart is how many metres a point lies from a kelurahan, or, without one, from a kecamatan: 0 within. ok is false when
	// neither is known.
	Apart(lat, lon float64, c Choice) (meters float64, ok bool)
}

// Spotter is what a Finder may be able to do as well: find the place that a whole message names.
type Spotter interface {
	// In gives the place of a message with the words it was read from; ok is false when it names none.
	In(text string) (m Mention, ok bool)
}
