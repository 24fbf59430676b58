package report

import (
	"time"

	"rabeg/bot"
)

// Fact is one line of a report's story: who, when, what. Facts are never changed or removed.
type Fact struct {
	Report ID        `json:"report"`
	Seq    int       `json:"seq"` // 1 for the first; Report.Rev after it
	At     time.Time `json:"at"`
	By     Actor     `json:"by"`
	What   What      `json:"what"`
	// Words are what was said: the answer, the reason, the addition.
	Words string `json:"words,omitempty"`
	// Agency is the office a report went to, with Forwarded and Filed.
	Agency string `json:"agency,omitempty"`
	// Category is set where a fact changes it.
	Category string         `json:"category,omitempty"`
	Place    *Place         `json:"place,omitempty"`
	Photos   []bot.MediaRef `json:"photos,omitempty"`
	Files    []bot.MediaRef `json:"files,omitempty"`
	// Letter is the key of the letter that tells the citizen, "" when none does.
	Letter string `json:"letter,omitempty"`
	// Until is the date of a plan.
	Until time.Time `json:"until,omitzero"`
}

// What names the kind of a fact.
type What string

// The facts.
const (
	WasFiled     What = "filed"
	WasAssigned  What = "assigned"
	WasTaken     What = "taken"
	WasAnswered  What = "answered"
	WasForwarded What = "forwarded"
	WasReturned  What = "returned" // "bukan kewenangan"
	WasResolved  What = "resolved"
	WasRejected  What = "rejected"
	WasAdded     What = "added"     // the citizen added words, photos or a place
	WasWithdrawn What = "withdrawn" // an answer was taken back before it was sent
	WasAsked     What = "asked"
	WasNoted     What = "noted"
)
