package report

import (
	"time"

	"rabeg/bot"
)

// Fact is one line of a report's story: who, when, what. Facts are never changed or removed; the words and the person are taken out
// of one by an Erased fact alone (Erase).
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
	// Meant is the office whose duty it is that nobody serves: the coordinator has the report instead. With Forwarded,
	// Categorised, and Added where the place makes it that office's.
	Meant string `json:"meant,omitempty"`
	// Stands says, with Forwarded, that a plan stands though the report changes hands: it stays the duty of the same office.
	Stands bool `json:"stands,omitempty"`
	// Owner is who outside the government has the duty: with Transferred who got it, else who it is taken for.
	Owner string `json:"owner,omitempty"`
	// Reason is the code of the profile's reason, with Rejected. Other is the report that was there before it, where the reason
	// says so.
	Reason string `json:"reason,omitempty"`
	Other  Code   `json:"other,omitempty"`
	// Category is set where a fact changes it; Was is the one before, with Categorised.
	Category string `json:"category,omitempty"`
	Was      string `json:"was,omitempty"`
	// Visibility is set where a fact changes what is hidden.
	Visibility Visibility `json:"vis,omitempty"`
	// Shown is the visibility before, with Hidden.
	Shown  Visibility     `json:"shown,omitempty"`
	Place  *Place         `json:"place,omitempty"`
	Photos []bot.MediaRef `json:"photos,omitempty"`
	Files  []bot.MediaRef `json:"files,omitempty"`
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
	// Seen tells where the photos of this fact were shown before they came to prove that the report is done; nil where one is new, or
	// nobody could tell in time.
	Seen *Seen `json:"seen,omitempty"`
	// Of is the Seq of the answer that an Enclosed or Withdrawn fact belongs to.
	Of int `json:"of,omitempty"`
	// Back is how the report stands without the answer, with Withdrawn.
	Back *Standing `json:"back,omitempty"`
	// Advice is the second opinion, with Advised.
	Advice *Advice `json:"advice,omitempty"`
	// Sent is what was sent by hand where it was not words alone, with Phoned.
	Sent Sort `json:"sent,omitempty"`
	// Until is the date of a plan, and the end of a measure.
	Until time.Time `json:"until,omitzero"`
	// Measure is what was set against the reporter, with Restrained; NoMeasure ends what was set before.
	Measure Measure `json:"measure,omitempty"`
	// Terms are the report's clocks from then on, where a fact changes them.
	Terms []Term `json:"terms,omitempty"`
	// Stage and Step are what was told of a clock, with Clocked.
	Stage string `json:"stage,omitempty"`
	Step  Step   `json:"step,omitempty"`
	// Foreign is the number elsewhere, with Linked.
	Foreign *Foreign `json:"foreign,omitempty"`
	// Mirror is how it stands in LAPOR!, and Turn what that does here, with Mirrored.
	Mirror *Mirror `json:"mirror,omitempty"`
	Turn   Turn    `json:"turn,omitempty"`
	// Class is what the complaint is taken for, with Classed.
	Class Class `json:"class,omitempty"`
	// Verdict is the reporter's, with Judged; Stars his or her mark, with Rated.
	Verdict Verdict `json:"verdict,omitempty"`
	Stars   int     `json:"stars,omitempty"`
	// With is the other report, with Merged, Unmerged, Joined, Parted, Split, SplitOff and Covered.
	With *Joined `json:"with,omitempty"`
	// Beside says of an addition that a follower made it: it moves nothing in the report, whoever filed it.
	Beside bool `json:"beside,omitempty"`
	// Unmeant says of an addition that the one before it was not meant for the report: its reporter has tapped so, and said nothing.
	Unmeant bool `json:"unmeant,omitempty"`
	// Silent says of an addition that no letter told of it: its chat added more than the bounds, or is muted. The card counts it.
	Silent bool `json:"silent,omitempty"`
	// Receiver is whose disposition it is, with Disposed, Undisposed and Counselled.
	Receiver *Receiver `json:"receiver,omitempty"`
	// Lang is the language of who follows from now on, with Followed.
	Lang string `json:"lang,omitempty"`
	// Exposed is the picture that everybody may see from now on, with Displayed; nil where it is words alone.
	Exposed *Exposed `json:"exposed,omitempty"`
	// Erased tells what was taken out of which facts, with Erased; Redacted what was taken out of this one.
	Erased   *Erasing    `json:"erased,omitempty"`
	Redacted []Redaction `json:"redacted,omitempty"`
}

// Seen is where a picture was shown before: in the report Code, "" for one that must not be named. Citizen says that a citizen sent it;
// else it came with an office's answer.
type Seen struct {
	Code    Code `json:"code,omitempty"`
	Citizen bool `json:"citizen,omitempty"`
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
	// WasIdentified says that By learned who filed it; the Words are the reason.
	WasIdentified What = "identified"
	// WasUnveiled says that By read the numbers of people in it; the Words are the reason.
	WasUnveiled What = "unveiled"
	WasEnclosed What = "enclosed" // another photo of the album an answer came with
	WasAdvised  What = "advised"  // a language model gave its opinion; people decide
	WasPhoned   What = "phoned"   // somebody of the office answered by hand, on the account's phone
	WasMoved    What = "moved"    // the citizen has another address from now on: By.Chat
	// WasTransferred says that it was handed over to Owner, outside the government, or under which number they keep it: Foreign.
	WasTransferred What = "transferred"

	WasLinked   What = "linked"   // it has a number elsewhere: Foreign
	WasFollowed What = "followed" // somebody else hears its news from now on: By.Chat
	WasJudged   What = "judged"   // the reporter said whether it is fixed: Verdict
	WasDisputed What = "disputed" // the reporter does not take the refusal
	WasRated    What = "rated"    // the reporter gave a mark: Stars
	WasLapsed   What = "lapsed"   // nobody said whether it is fixed, so it was closed
	WasReopened What = "reopened" // a coordinator undid an end, or an office its own word that it is done, with a reason
	// WasCategorised says what the report is about after all. Where that makes it another office's duty, Forwarded follows.
	WasCategorised What = "categorised"
	// WasQuarantined keeps it from every office until the coordinator has looked at it; Words say why, in a word.
	// WasAdmitted ends that: it goes to the office Agency, Meant as with Forwarded.
	WasQuarantined What = "quarantined"
	WasAdmitted    What = "admitted"
	// WasRestrained says what the coordinator set against its reporter: Measure until Until, with the reason in Words.
	// WasAppealed is what the reporter wrote against it.
	WasRestrained What = "restrained"
	WasAppealed   What = "appealed"
	WasErased     What = "erased" // a person was taken out of the report: Erased, with the Reason
)
