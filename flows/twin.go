package flows

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Seek asks for open reports that may be about the same trouble as a draft. The engine answers Sought within the same turn.
type Seek struct {
	Draft report.Draft
	// Empty is what was looked for last for this draft, where nothing lay around.
	Empty Empty
}

// Empty is a look that found nothing at all, not even what then was not shown. While it is fresh the same look is not made again: most
// drafts change after it, by more words or a picture, and stay where they are.
type Empty struct {
	// Around names what was looked for, in the engine's own words, "" for nothing. At is when.
	Around string    `json:"around,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// Sought answers Seek: the likeliest first, none where there are none or nothing can be looked for. What it says may be another thing
// when the same is asked in another turn: the screen that shows it has another id then (Shower), and an answer to the old one is
// asked anew. The same turn, handled once more, finds the same.
type Sought struct {
	Draft string `json:"draft"`
	Twins []Twin `json:"twins,omitempty"`
	// Pictured says that there is a picture around that another one of the draft could be compared with.
	Pictured bool `json:"pictured,omitempty"`
	// Empty is kept for the next look for the draft.
	Empty Empty `json:"empty,omitzero"`
}

// Twin is an open report that a draft may be about, as far as whoever has the same trouble may know it.
type Twin struct {
	Report   report.ID   `json:"id"`
	Code     report.Code `json:"code"`
	Category string      `json:"cat,omitempty"`
	// Metres is how far away it lies, -1 where that is not known. Street says that both name the same street or house; AreaName and
	// DistrictName are its kelurahan and kecamatan.
	Metres       int           `json:"m"`
	Street       bool          `json:"street,omitempty"`
	AreaName     string        `json:"area,omitempty"`
	DistrictName string        `json:"district,omitempty"`
	Filed        time.Time     `json:"filed,omitzero"`
	Status       report.Status `json:"status,omitempty"`
	// People is how many are known to have the trouble. Own says that it is the citizen's own report.
	People int           `json:"people,omitempty"`
	Own    bool          `json:"own,omitempty"`
	Photo  *bot.MediaRef `json:"photo,omitempty"`
}

func (Seek) isEffect()  {}
func (Sought) isInput() {}
