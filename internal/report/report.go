// Package report is the heart of the product without anything around it: what a citizen filed, what may be done to it,
// and the append-only facts that tell its story. It is pure: no clock, no I/O, no chance.
package report

import (
	"slices"
	"time"

	"rabeg/bot"
)

// ID is a report's key inside the product; 0 is no report. People see Code.
type ID int64

// Code is the number people know a report by: prefix, five random characters, a check character ("SRG-7K3MQ-9");
// reports of the first days keep the four they have got.
type Code string

// Kind is what the citizen wants (SP4N LAPOR!: pengaduan, aspirasi, permintaan informasi).
type Kind string

// The kinds.
const (
	Complaint Kind = "pengaduan"
	Wish      Kind = "aspirasi"
	Question  Kind = "informasi"
)

// Visibility is who may see the reporter and the report.
type Visibility string

// The visibilities. What each hides stands in one table, see Shields; there a word that is not one of these hides everything.
const (
	Normal       Visibility = "biasa"
	Anonymous    Visibility = "anonim"
	Confidential Visibility = "rahasia"
)

// Status is where a report stands in its life.
type Status string

// The statuses, in the field's words.
const (
	Received    Status = "received"    // filed, no office has it yet: the coordinator owns it
	Assigned    Status = "assigned"    // an office has it
	InProgress  Status = "in_progress" // a person of that office took it
	Planned     Status = "planned"     // waits for a date with a reason
	Resolved    Status = "resolved"    // the office says it is done
	Closed      Status = "closed"      // the citizen judged, or was silent too long
	Rejected    Status = "rejected"    // with a reason
	Merged      Status = "merged"      // a duplicate of another
	Transferred Status = "transferred" // belongs to somebody outside the government
	Reopened    Status = "reopened"    // the citizen says it is not done
	// Quarantined is filed and kept, but goes to no office before the coordinator has looked at it: its reporter filed more than
	// the profile's bounds, or is muted.
	Quarantined Status = "quarantined"
)

// Working reports whether an office, or the coordinator in its place, can work on it: it is open and was let in.
func (s Status) Working() bool { return s.Open() && s != Quarantined }

// Measure is what the coordinator set against somebody who misuses the channel. It never holds back a danger.
type Measure string

// The measures, from the weakest on. NoMeasure also is the end of one.
const (
	NoMeasure Measure = ""
	Warned    Measure = "warned"  // told why, nothing more
	Muted     Measure = "muted"   // what is filed goes into quarantine
	Blocked   Measure = "blocked" // nothing is taken but danger, one appeal, and what an officer asked for
)

// Place is where it is. Any part may be missing; Nowhere says that the matter has no place.
type Place struct {
	// Said is what the citizen wrote or what the network called the pin.
	Said string `json:"said,omitempty"`
	// Pin is the exact point in degrees (WGS 84), nil when none was given.
	Pin *Pin `json:"pin,omitempty"`
	// Area and District are official codes (kelurahan "36.73.01.1001", kecamatan "36.73.01"), with their names.
	Area         string `json:"area,omitempty"`
	AreaName     string `json:"area_name,omitempty"`
	District     string `json:"district,omitempty"`
	DistrictName string `json:"district_name,omitempty"`
	// Note is what helps to find it there ("depan SD 3", "RT 02/05").
	Note string `json:"note,omitempty"`
	// Unsure says that the pin lies within 150 m of another area and the citizen has not yet said which.
	Unsure  bool `json:"unsure,omitempty"`
	Nowhere bool `json:"nowhere,omitempty"`
	// Unknown says that the matter has a place and the citizen cannot tell it: he or she was helped once.
	Unknown bool `json:"unknown,omitempty"`
	// Whose is the neighbour government in whose area the place seems to lie, "" for our own.
	Whose string `json:"whose,omitempty"`
}

// Pin is a point in degrees.
type Pin struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// Abroad names the other government in whose area a draft lies, "" for none: of a danger it does not matter, for help knows no border.
func (d Draft) Abroad() string {
	if d.Emergency {
		return ""
	}
	return d.Place.Whose
}

// Known reports whether the citizen has answered where, in any of the four ways.
func (p Place) Known() bool {
	return p.Said != "" || p.Pin != nil || p.Area != "" || p.Nowhere || p.Unknown || p.Whose != ""
}

// Draft is a report before it is sent. Photos keep the order in which they came.
type Draft struct {
	// ID tells this draft from the next one of the same person.
	ID       string `json:"draft,omitempty"` // not "id": a Report embeds it
	Kind     Kind   `json:"kind,omitempty"`
	Text     string `json:"text,omitempty"`
	Category string `json:"category,omitempty"`
	// Chosen says that the citizen chose the category himself or herself.
	Chosen bool           `json:"chosen,omitempty"`
	Place  Place          `json:"place,omitzero"`
	Photos []bot.MediaRef `json:"photos,omitempty"`
	// Files are voice notes and documents, kept as evidence.
	Files      []bot.MediaRef `json:"files,omitempty"`
	Visibility Visibility     `json:"vis,omitempty"`
	Emergency  bool           `json:"emergency,omitempty"`
	// Guesses are the categories the text was read as, best first: kept so that corrections teach the reader.
	Guesses []Guess   `json:"guesses,omitempty"`
	Begun   time.Time `json:"begun,omitzero"`
	// How says how it was sent where the citizen did not press for it.
	How Sending `json:"how,omitempty"`
	// Contact says that a number is kept of whom it was taken for; the number itself stands elsewhere.
	Contact bool `json:"contact,omitempty"`
	// Via is the channel that it came here out of, "" where it came by chat or was taken by an officer (Report.Channel).
	Via Channel `json:"via,omitempty"`
}

// Sending is how a draft came to be sent.
type Sending string

// The ways besides the citizen's own press: after a danger nobody wrote on, so it was sent as it stood; an officer made it
// of a talk; an officer took it for somebody: at a counter, by phone, out of a letter, from social media, from a leader's own chat.
const (
	BySilence Sending = "silence"
	ByOfficer Sending = "officer"
	AtCounter Sending = "counter"
	ByPhone   Sending = "phone"
	ByLetter  Sending = "letter"
	BySocial  Sending = "social"
	ByLeader  Sending = "leader"
)

// OnBehalf are the ways in which an officer takes a report for somebody, in the order in which they are offered.
func OnBehalf() []Sending { return []Sending{AtCounter, ByPhone, ByLetter, BySocial, ByLeader} }

// OnBehalf reports whether an officer took it for somebody who has no chat here.
func (s Sending) OnBehalf() bool { return slices.Contains(OnBehalf(), s) }

// Guess is a category with its probability, 0 to 1.
type Guess struct {
	Category string  `json:"c"`
	P        float64 `json:"p"`
}

// Advice is what a language model took a report for: an opinion beside the reader's guesses, which moves nothing.
type Advice struct {
	Guess
	// Emergency says that the model sees a danger to life or property now.
	Emergency bool `json:"emergency,omitempty"`
}

// Report is a filed report as it stands after all its facts.
type Report struct {
	ID     ID     `json:"id"`
	Code   Code   `json:"code"`
	Rev    int    `json:"rev"` // the number of facts so far
	Status Status `json:"status"`
	Draft
	// Agency owns the report; "" is the coordinator.
	Agency string `json:"agency,omitempty"`
	// Officer is the operator who took it.
	Officer Actor `json:"officer,omitzero"`
	// Reporter is the chat the citizen is answered in; zero where there is none (taken at a counter, or come from another
	// channel). It is shown to nobody.
	Reporter     bot.Address `json:"reporter"`
	ReporterName string      `json:"reporter_name,omitempty"`
	// Lang is the citizen's language: "id" or "en".
	Lang  string    `json:"lang,omitempty"`
	Filed time.Time `json:"filed"`
	// Due is when an answer must have been given.
	Due time.Time `json:"due,omitzero"`
	// Terms are its clocks, one for each stage; none of a report from before there were any, until something happens to it.
	Terms []Term `json:"terms,omitempty"`
	// Answered is when an office first answered in words; zero: not yet.
	Answered time.Time `json:"answered,omitzero"`
	// Until is the date of the plan while Status is Planned.
	Until time.Time `json:"until,omitzero"`
	// Suggested is the office whose duty it was taken for. It differs from Agency where nobody serves that office, and
	// while the coordinator decides.
	Suggested string `json:"suggested,omitempty"`
	// Owner is whose duty outside the government it is taken for, or was handed over to; "" for nobody's.
	Owner string `json:"owner,omitempty"`
	// CardKey is the key of the letter that is the report's card now; an earlier card says where the report went.
	CardKey string `json:"card,omitempty"`
	// Were are the categories that it had before the one it has.
	Were []string `json:"were,omitempty"`
	// Bounces counts how often an office said that it is not its duty.
	Bounces int `json:"bounces,omitempty"`
	// Additions counts what the citizen added after filing, Replies what offices answered.
	Additions int `json:"additions,omitempty"`
	Replies   int `json:"replies,omitempty"`
	// Verdict is what the reporter said last of the office's work, "" for nothing; Stars the mark, 1 to 5, 0 for none.
	Verdict Verdict `json:"verdict,omitempty"`
	Stars   int     `json:"stars,omitempty"`
	// Judged is when its reporter last judged it, or did not take a refusal, and Stood how it stood before that: the message may be
	// delivered again.
	Judged time.Time `json:"judged,omitzero"`
	Stood  Status    `json:"stood,omitempty"`
	// Ended is when it was closed, zero while it is not.
	Ended time.Time `json:"ended,omitzero"`
	// Reopens counts how often it began again after an end, Contests how often because the reporter said that it is not fixed.
	// Disputed says that the reporter did not take a refusal: that can be done once.
	Reopens  int  `json:"reopens,omitempty"`
	Contests int  `json:"contests,omitempty"`
	Disputed bool `json:"disputed,omitempty"`
	// Asked is when a question was put to the reporter that is not answered yet, zero for none; Told when an office last told the
	// reporter something in words; Urged when the reporter last asked when it will be done.
	Asked time.Time `json:"asked,omitzero"`
	Told  time.Time `json:"told,omitzero"`
	Urged time.Time `json:"urged,omitzero"`
	// Recalled is when its reporter took it back, zero while that is not so or is undone. Left is when its reporter left it to those
	// who follow it: he or she hears no more of it.
	Recalled time.Time `json:"recalled,omitzero"`
	Left     time.Time `json:"left,omitzero"`
	// Followers are those who hear its news besides the reporter. They are shown to nobody.
	Followers []Follower `json:"followers,omitempty"`
	// With is the report that it was joined with, while Status is Merged; Joined are those that were joined with it.
	With   *Joined  `json:"with,omitempty"`
	Joined []Joined `json:"joined,omitempty"`
	// Parts are the reports that were made of parts of it, PartOf the one that it is a part of.
	Parts  []Joined `json:"parts,omitempty"`
	PartOf *Joined  `json:"part_of,omitempty"`
	// Foreign are the numbers that it goes by elsewhere, one for each source.
	Foreign []Foreign `json:"foreign,omitempty"`
	// Mirror is how it stands in LAPOR!, nil where it is not there. Class is what the coordinator took the complaint for (Classed).
	Mirror *Mirror `json:"mirror,omitempty"`
	Class  Class   `json:"class,omitempty"`
	// Disposed is who of its office has it in private just now, nil for nobody.
	Disposed *Disposition `json:"disposed,omitempty"`
	// Erased is when its reporter and all words were taken out of it; zero: they are there.
	Erased time.Time `json:"erased,omitzero"`
	// Remains says of such a report that others are still in it, or that something came since then.
	Remains bool `json:"remains,omitempty"`
}

// Follower is somebody who has the same trouble and wants to hear what becomes of a report.
type Follower struct {
	Chat bot.Address `json:"chat"`
	Lang string      `json:"lang,omitempty"`
	// Brought says that he or she follows only because the own report was joined with this one.
	Brought bool `json:"brought,omitempty"`
}

// Foreign is a number that somebody else keeps a report under.
type Foreign struct {
	Source string `json:"source"` // as people call it: "SP4N LAPOR!"
	Number string `json:"number"`
	URL    string `json:"url,omitempty"`
}

// Actor is who did something.
type Actor struct {
	Role Role        `json:"role,omitempty"`
	ID   string      `json:"id,omitempty"` // network:person
	Name string      `json:"name,omitempty"`
	Home string      `json:"home,omitempty"` // the operator's agency
	Chat bot.Address `json:"chat,omitzero"`
}

// Role is what a person is to the product.
type Role string

// The roles.
const (
	Citizen     Role = "citizen"
	Operator    Role = "operator"
	Coordinator Role = "coordinator"
	Leader      Role = "leader"
	System      Role = "system"
	Unnamed     Role = "unnamed" // somebody of the office, on its phone: nobody knows who
)

// StoodAt is how it stands for a message of its reporter's that was written at a time: as it stood before, where that message has
// judged it already.
func (r Report) StoodAt(at time.Time) Status {
	if !r.Judged.IsZero() && r.Judged.Equal(at) {
		return r.Stood
	}
	return r.Status
}

// Reopenable reports whether a closed report can still begin again because its reporter says that it is not fixed: within days of
// its end. One that was closed before ends were kept can.
func (r Report) Reopenable(at time.Time, days int) bool {
	return r.Ended.IsZero() || at.Before(r.Ended.AddDate(0, 0, days))
}
