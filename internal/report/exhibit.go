package report

// Expose clears something of a report for everybody (Tampilkan ke publik): a sentence, a picture, or both. Nothing is public before.
type Expose struct {
	// Words are the moderator's own.
	Words string
	// Of is the Seq of the fact whose photo it is, Nth which of them, from 0 on; Of is 0 where it is words alone.
	Of, Nth int
	Mask    Mask
}

// Unexpose takes back what was cleared: by the fact Of, or all where Of is 0.
type Unexpose struct{ Of int }

func (Expose) deed() Deed   { return Exposing }
func (Unexpose) deed() Deed { return Unexposing }

// The deeds of that, and their facts.
const (
	Exposing   Deed = "expose"
	Unexposing Deed = "unexpose"

	WasDisplayed   What = "displayed"   // cleared for everybody: Words, and the photo Exposed of the fact Of
	WasUndisplayed What = "undisplayed" // what the fact Of cleared is not shown any more; all where Of is 0
)

// Exposed is the picture that a Displayed fact cleared. The photo itself is named by its place alone, so that erasing whoever sent it
// finds no second name of it here.
type Exposed struct {
	// Nth is which photo of the fact Of it is, from 0 on.
	Nth int `json:"nth,omitempty"`
	// Before says that a citizen sent it.
	Before bool `json:"before,omitempty"`
	Mask
}

// Mask is what is done to a picture before everybody may see it.
type Mask struct {
	// Blur are the parts that are made unrecognisable, Crop the part that is left; nil: all of it.
	Blur []Box `json:"blur,omitempty"`
	Crop *Box  `json:"crop,omitempty"`
}

// Box is a part of a picture, in thousandths of its width and height from its upper left corner.
type Box struct {
	Left   int `json:"l"`
	Top    int `json:"t"`
	Right  int `json:"r"`
	Bottom int `json:"b"`
}
