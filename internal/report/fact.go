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
	// Agency is the office a report went to: its owner from then on with Assigned and Forwarded, the office whose duty it
	// was taken for with Filed.
	Agency string `json:"agency,omitempty"`
	// Meant is the office whose duty it is that nobody serves: the coordinator has the report instead. With Forwarded and
	// Categorised.
	Meant string `json:"meant,omitempty"`
	// Reason is the code of the profile's reason, with Rejected.
	Reason string `json:"reason,omitempty"`
	// Category is set where a fact changes it; Was is the one before, with Categorised.
	Category string `json:"category,omitempty"`
	Was      string `json:"was,omitempty"`
	// Visibility is set where a fact changes what is hidden.
	Visibility Visibility     `json:"vis,omitempty"`
	Place      *Place         `json:"place,omitempty"`
	Photos     []bot.MediaRef `json:"photos,omitempty"`
	Files      []bot.MediaRef `json:"files,omitempty"`
	// Lost counts files of this fact that could not be had; it is filled when facts are read.
	Lost int `json:"lost,omitempty"`
	// Waiting counts files of this fact that could not be kept yet; it is filled when facts are read.
	Waiting int `json:"waiting,omitempty"`
	// Album is the network's name of the album the photos came in: later photos of it belong to the same answer.
	Album string `json:"album,omitempty"`
	// Letter is the key of the letter that tells the reporter, "" when none does; with Withdrawn the letter taken back. Also
	// are those of the letters that tell others.
	Letter string   `json:"letter,omitempty"`
	Also   []string `json:"also,omitempty"`
	// Of is the Seq of the answer that an Enclosed or Withdrawn fact belongs to.
	Of int `json:"of,omitempty"`
	// Back is how the report stands without the answer, with Withdrawn.
	Back *Standing `json:"back,omitempty"`
	// Advice is the second opinion, with Advised.
	Advice *Advice `json:"advice,omitempty"`
	// Sent is what was sent by hand where it was not words alone, with Phoned.
	Sent Sort `json:"sent,omitempty"`
	// Until is the date of a plan.
	Until time.Time `json:"until,omitzero"`
	// Foreign is the number elsewhere, with Linked.
	Foreign *Foreign `json:"foreign,omitempty"`
	// With is the other report, with Merged, Unmerged, Joined and Parted.
	With *Joined `json:"with,omitempty"`
	// Beside says of an addition that a follower made it: it moves nothing in the report, whoever filed it.
	Beside bool `json:"beside,omitempty"`
	// Lang is the language of who follows from now on, with Followed.
	Lang string `json:"lang,omitempty"`
}

// Sort is the sort of a message that nobody keeps: what a person of the office sent by hand.
type Sort string

// The sorts. SortWords is plain words, SortOther everything that has no word of its own here.
const (
	SortWords    Sort = ""
	SortPhoto    Sort = "photo"
	SortVoice    Sort = "voice"
	SortFile     Sort = "file"
	SortLocation Sort = "location"
	SortOther    Sort = "other"
)

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
	WasPlanned   What = "planned"
	WasEnclosed  What = "enclosed" // another photo of the album an answer came with
	WasAdvised   What = "advised"  // a language model gave its opinion; people decide
	WasPhoned    What = "phoned"   // somebody of the office answered by hand, on the account's phone
	WasMoved     What = "moved"    // the citizen has another address from now on: By.Chat
	WasLinked    What = "linked"   // it has a number elsewhere: Foreign
	WasFollowed  What = "followed" // somebody else hears its news from now on: By.Chat
	// WasCategorised says what the report is about after all. Where that makes it another office's duty, Forwarded follows.
	WasCategorised What = "categorised"
)
