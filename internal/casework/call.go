package casework

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows/say"
	"rabeg/internal/report"
)

// A call is a talk between a citizen and the coordinator's room, as it happens: nothing in it is held back or waits for its
// turn. It begins with a card in the room; whoever replies to the card, or to any later line, is heard by the citizen at
// once, and what the citizen writes stands under the card and on it. It is no report, though a report may come of it.

// CallID names a call. It is made of what opened it, and may stand in the id of a menu.
type CallID string

// NewCallID is the id of the call that a cause opens.
func NewCallID(cause string) CallID {
	sum := sha256.Sum256([]byte("call\x00" + cause))
	return CallID(strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])))
}

// CallKind is what a call is about.
type CallKind string

// The kinds. What is said in a HarmCall is not shown in the group: see Sensitive.
const (
	DangerCall CallKind = "danger"
	HarmCall   CallKind = "harm"
	HumanCall  CallKind = "human"
)

// Call is a call as it stands after all its lines.
type Call struct {
	ID  CallID `json:"id"`
	Rev int    `json:"rev"` // grows with every change
	// Kind is what it is about; About says with HarmCall which harm: "self", "abuse".
	Kind  CallKind `json:"kind"`
	About string   `json:"about,omitempty"`
	// Chat is where the citizen is answered, Person who it is, Lang the language he or she is spoken to in.
	Chat   bot.Address `json:"chat"`
	Person bot.Person  `json:"person"`
	Lang   string      `json:"lang,omitempty"`
	// Lines are what was said and done, in order.
	Lines []Line `json:"lines"`
	// Place is where it is, as far as known.
	Place report.Place `json:"place,omitzero"`
	// Phone is a number the citizen can be called at; the line that brought it tells why the room may see it.
	Phone string `json:"phone,omitempty"`
	// Report is the report that came of it, with its number.
	Report report.ID   `json:"report,omitempty"`
	Code   report.Code `json:"code,omitempty"`
	// TakenBy has it in hand.
	TakenBy report.Actor `json:"taken,omitzero"`
	TakenAt time.Time    `json:"taken_at,omitzero"`
	// Spoken is when somebody of the office last wrote to the citizen.
	Spoken time.Time `json:"spoken,omitzero"`
	// Calm says that the citizen called it no danger, Safe that the danger is over.
	Calm bool `json:"calm,omitempty"`
	Safe bool `json:"safe,omitempty"`
	// Unnamed says that it is about something of which no operator may learn who filed it.
	Unnamed bool      `json:"unnamed,omitempty"`
	Opened  time.Time `json:"opened"`
	Ended   time.Time `json:"ended,omitzero"`
	// CardKey is the key of the letter that is the card.
	CardKey string `json:"card"`
}

// Open reports whether the talk goes on.
func (c Call) Open() bool { return c.Ended.IsZero() }

// Sensitive reports whether the citizen's words are for the one who takes the call, in private: a group has no secrets, and
// what somebody writes who wants to die, or is beaten at home, is not for all offices to read, now or later.
func (c Call) Sensitive() bool { return c.hides(report.OtherOffices) }

// visibility is what the talk counts as among reports. The words of a danger are shown all the same: somebody has to go
// there now.
func (c Call) visibility() report.Visibility {
	switch {
	case c.Kind == HarmCall:
		return report.Confidential
	case c.Unnamed:
		return report.Anonymous
	}
	return report.Normal
}

func (c Call) hides(from report.Eyes) bool { return report.Shields(c.visibility(), false).Hides(from) }

// urgent reports whether its letters go before everything else.
func (c Call) urgent() bool { return c.Kind != HumanCall }

// LineWhat is what a line of a call is.
type LineWhat string

// The lines of a call.
const (
	LineSaid     LineWhat = "said"     // by the citizen
	LineAlarm    LineWhat = "alarm"    // the same, and it tells of a danger
	LineWish     LineWhat = "wish"     // the same, and it is but the wish for a person
	LineAnswered LineWhat = "answered" // by an officer, to the citizen
	LineTaken    LineWhat = "taken"
	LineEnded    LineWhat = "ended"
	LineCalm     LineWhat = "calm"   // the citizen: it is no danger
	LineSafe     LineWhat = "safe"   // the citizen: the danger is over
	LineUnsafe   LineWhat = "unsafe" // the citizen: do not write to me here
	LineLeft     LineWhat = "left"   // the citizen has no more to say
	LineMade     LineWhat = "made"   // the citizen makes a report of it himself or herself
	LineFiled    LineWhat = "filed"  // a report came of it
	LinePhone    LineWhat = "phone"  // the number was opened to the room: By.Chat, because of Words
	LineShown    LineWhat = "shown"  // what was said was opened to By, in private
)

// Line is one thing that was said or done. Lines are never changed.
type Line struct {
	At    time.Time      `json:"at"`
	By    report.Actor   `json:"by"`
	What  LineWhat       `json:"what"`
	Words string         `json:"words,omitempty"`
	Place *report.Place  `json:"place,omitempty"`
	Photo []bot.MediaRef `json:"photos,omitempty"`
	Files []bot.MediaRef `json:"files,omitempty"`
	// Album is the album that an officer's photo came in.
	Album string `json:"album,omitempty"`
	// Phone is the number that the citizen sent, or that the network knows (LinePhone).
	Phone string `json:"phone,omitempty"`
	// Report and Code are the report, with LineFiled.
	Report report.ID   `json:"report,omitempty"`
	Code   report.Code `json:"code,omitempty"`
	// Unnamed says that what it is about hides who filed it.
	Unnamed bool `json:"unnamed,omitempty"`
}

// byCitizen reports whether the citizen did it.
func (l Line) byCitizen() bool { return l.By.Role == report.Citizen }

func (l Line) media() bool { return len(l.Photo)+len(l.Files) > 0 }

// Called is a call after a change. Was is the Rev it had before, 0 for a new one: Commit fails with ErrStale when it has
// moved on.
type Called struct {
	Call Call
	Was  int
}

func (Called) isChange() {}

// FetchTalk fetches the photos and files of a call's lines that lie in a network, cleans and keeps them (Stored).
type FetchTalk struct {
	Call    CallID
	Network bot.Network
}

func (FetchTalk) isJob() {}

const callIntent = "call:"

// CallIntent is the intent of every letter of a call: a reply to it belongs to the call.
func CallIntent(id CallID) string { return callIntent + string(id) }

// CallOf reads CallIntent.
func CallOf(intent string) (CallID, bool) {
	id, ok := strings.CutPrefix(intent, callIntent)
	return CallID(id), ok && id != ""
}

// Calling is everything OpenCall needs to know.
type Calling struct {
	Kind   CallKind
	About  string
	Chat   bot.Address
	Person bot.Person
	Lang   string
	// Before are words of the citizen from before, oldest first: what the talk is about.
	Before []string
	// First is what opens it.
	First Line
	// Phone is the number the network knows, "" for none: it is asked for where a life may be at stake, and nowhere else.
	Phone string
	// Report and Code are a report that the danger is about, 0 for none.
	Report report.ID
	Code   report.Code
}

// OpenCall begins a call: the card goes to the coordinator's room.
func (o *Office) OpenCall(in Calling, t Turn) (Call, Batch) {
	c := Call{ID: NewCallID(t.Cause), Kind: in.Kind, About: in.About, Chat: in.Chat, Person: in.Person, Lang: in.Lang,
		Report: in.Report, Code: in.Code, Opened: t.At, CardKey: t.Cause + "/alarm"}
	k := o.talk(c, t)
	for _, words := range in.Before {
		k.line(Line{By: k.citizen(), What: LineSaid, Words: words})
	}
	in.First.By = k.citizen()
	if in.First.What == "" {
		in.First.What = LineSaid
	}
	k.line(in.First)
	if in.Phone != "" { // of a sensitive call for who takes it alone, see shown
		k.line(Line{By: report.Actor{Role: report.System, Chat: o.Desk}, What: LinePhone, Phone: in.Phone, Words: "darurat"})
	}
	card := o.CallCard(k.now)
	k.letter(Letter{Key: c.CardKey, To: o.Desk, Desk: true, Purpose: k.purpose(ToDesk), Message: card})
	k.media(in.First)
	return k.done()
}

// Heard is what the citizen said or did in a call, also one that is over. The room sees it at once, under the card and on it.
func (o *Office) Heard(c Call, l Line, t Turn) (Call, Batch) {
	k := o.talk(c, t)
	l.By = k.citizen()
	k.line(l)
	switch l.What {
	case LineCalm, LineLeft, LineMade:
		k.now.Ended = t.At
	}
	if text := k.under(l); text != "" {
		k.letter(Letter{Key: k.key("line"), To: o.Desk, Desk: true, Purpose: k.purpose(ToDesk), Answers: c.CardKey,
			Message: bot.Message{Text: text}})
	}
	k.private(l)
	k.media(l)
	k.refresh()
	return k.done()
}

// Answer brings an officer's words to the citizen, at once. Who answers a call that nobody has taken takes it; an answer to
// one that is over opens it again.
func (o *Office) Answer(c Call, by report.Actor, l Line, t Turn) (Call, Batch, error) {
	if l.Words == "" && !l.media() {
		return c, Batch{}, refuse(Empty, "Jawabannya kosong. Balas kartunya dengan kata-kata, foto, atau rekaman suara.")
	}
	if n := Units(l.Words); n > MaxWords {
		return c, Batch{}, refuse(TooLong, "Tulisannya terlalu panjang (%d huruf); paling banyak %d. Kirim lagi lebih singkat.", n, MaxWords)
	}
	k := o.talk(c, t)
	l.By, l.What = by, LineAnswered
	if c.TakenBy.ID == "" {
		k.now.TakenBy, k.now.TakenAt = by, t.At
	}
	k.line(l)
	k.now.Ended, k.now.Spoken = time.Time{}, t.At
	v := say.For(o.Profile, c.Lang)
	if l.Words != "" {
		k.letter(Letter{Key: k.key("say"), To: c.Chat, Purpose: k.purpose(Reply), Message: bot.Message{Text: v.FromOfficer(l.Words)}})
	}
	if l.media() {
		k.letter(Letter{Key: k.key("show"), To: c.Chat, Purpose: k.purpose(Reply),
			Message: bot.Message{Text: v.OfficerFiles(), Photos: l.Photo, Files: l.Files}})
		k.fetch(l)
	}
	k.refresh()
	after, b := k.done()
	return after, b, nil
}

// TakeCall shows on the card who has it in hand. What a sensitive call holds is opened to that person, in private.
func (o *Office) TakeCall(c Call, by report.Actor, t Turn) (Call, Batch, error) {
	switch {
	case !c.Open():
		return c, Batch{}, refuse(Over, "Percakapan ini sudah selesai.")
	case c.TakenBy.ID == by.ID:
		return c, Batch{}, refuse(Already, "Sudah Anda ambil.")
	case c.TakenBy.ID != "" && by.Role != report.Coordinator:
		return c, Batch{}, refuse(Held, "Sudah diambil %s.", c.TakenBy.Name)
	}
	k := o.talk(c, t)
	k.now.TakenBy, k.now.TakenAt = by, t.At
	k.line(Line{By: by, What: LineTaken})
	k.shown()
	k.refresh()
	after, b := k.done()
	return after, b, nil
}

// EndCall closes the talk. The citizen is told nothing: who writes on is heard as in every conversation.
func (o *Office) EndCall(c Call, by report.Actor, t Turn) (Call, Batch, error) {
	if !c.Open() {
		return c, Batch{}, refuse(Already, "Percakapan ini sudah selesai.")
	}
	k := o.talk(c, t)
	k.line(Line{By: by, What: LineEnded})
	k.now.Ended = t.At
	k.refresh()
	after, b := k.done()
	return after, b, nil
}

// MakeReport files what the citizen said as a report of his or her own. f brings id, number and who serves; the rest comes
// from the call.
func (o *Office) MakeReport(c Call, by report.Actor, f Filing, t Turn) (Call, Batch, error) {
	if c.Report != 0 {
		return c, Batch{}, refuse(Already, "Sudah menjadi laporan %s.", c.Code)
	}
	if c.Sensitive() {
		return c, Batch{}, refuse(NoRight, "Isi percakapan ini tidak untuk kartu laporan. Hanya warga sendiri yang dapat menjadikannya laporan.")
	}
	d := c.Draft()
	if d.Text == "" && len(d.Photos)+len(d.Files) == 0 {
		return c, Batch{}, refuse(Empty, "Belum ada isi yang dapat dijadikan laporan.")
	}
	d.ID, d.Begun, d.How = "call-"+string(c.ID), c.Opened, report.ByOfficer
	f.Draft, f.Reporter, f.Person, f.Lang, f.Cause, f.At = d, c.Chat, c.Person, c.Lang, t.Cause, t.At
	r, opened := o.Open(f)
	k := o.talk(c, t)
	k.batch.Changes, k.batch.Letters, k.batch.Jobs = opened.Changes, opened.Letters, opened.Jobs
	k.line(Line{By: by, What: LineFiled, Report: r.ID, Code: r.Code})
	v := say.For(o.Profile, c.Lang)
	k.batch.Letters = append(k.batch.Letters, Letter{Key: k.key("filed"), To: c.Chat, Report: r.ID, Purpose: Reply,
		Message: bot.Message{Text: v.OfficerFiled(r)}})
	k.refresh()
	after, b := k.done()
	return after, b, nil
}

// Draft is what the citizen said, as the draft of a report.
func (c Call) Draft() report.Draft {
	d := report.Draft{Kind: report.Complaint, Visibility: c.visibility(), Place: c.Place, Emergency: c.Kind == DangerCall && !c.Calm}
	var words []string
	for _, l := range c.Lines {
		if !l.byCitizen() {
			continue
		}
		if l.Words != "" && (l.What == LineSaid || l.What == LineAlarm) && !slices.Contains(words, l.Words) {
			words = append(words, l.Words)
		}
		d.Photos = append(d.Photos, l.Photo...)
		d.Files = append(d.Files, l.Files...)
	}
	d.Text = strings.Join(words, "\n")
	d.Photos, d.Files = d.Photos[:min(len(d.Photos), MaxMedia)], d.Files[:min(len(d.Files), MaxMedia)]
	return d
}
