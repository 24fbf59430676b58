package ledger

import (
	"slices"
	"time"

	"rabeg/internal/report"
)

// Operator is a person who may act in the desk, asks to, or once could.
type Operator struct {
	ID     string      `json:"id"`            // network:person
	Rev    int         `json:"rev,omitempty"` // grows with every change: what somebody was asked about a person is told by it
	Name   string      `json:"name"`
	Agency string      `json:"agency"` // "" for a coordinator
	Role   report.Role `json:"role"`
	// Approved is who let the person in, "" while the request waits. Who runs the group lets himself or herself in, and is in for
	// as long as he or she runs it.
	Approved string    `json:"approved,omitempty"`
	Since    time.Time `json:"since"`
	// Wish is what a person who is in asks for instead; the old right holds until it is granted.
	Wish *Wish `json:"wish,omitempty"`
	// Ended is when the right, or the request, was over; zero: it stands. EndedBy is who ended it: a coordinator, or the person
	// alone, who left the desk.
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy string    `json:"ended_by,omitempty"`
	// Duty is until when the person is on duty; zero, or past: is not.
	Duty time.Time `json:"duty,omitzero"`

	// Roll is the newest roll call that the person has read; zero for none.
	Roll time.Time `json:"roll,omitzero"`

	// Title is the place in the office of who gets dispositions: TitleHead, or what the section is called ("kabid penerangan"); "" for
	// everybody else. Met is when the person first wrote in his or her own chat with the bot since: a network may forbid the bot to begin.
	// It is zero again where the chat takes no letters any more.
	Title string    `json:"title,omitempty"`
	Met   time.Time `json:"met,omitzero"`

	// Acted is when the person last did something to a report or in a call; zero: never. It is the store's (Reader.Operators).
	Acted time.Time `json:"-"`
}

// Wish is the right that somebody asks for.
type Wish struct {
	Agency string      `json:"agency"`
	Role   report.Role `json:"role"`
	Title  string      `json:"title,omitempty"`
}

// TitleHead is the title of the head of an office.
const TitleHead = "kepala"

// Chief reports whether a leader is at the very top: he or she reads the digest, and not what is late by a day.
func Chief(title string) bool {
	switch title {
	case "wali kota", "wakil wali kota", "bupati", "wakil bupati":
		return true
	}
	return false
}

// Right is the right that the person has, or had.
func (o Operator) Right() Wish { return Wish{Agency: o.Agency, Role: o.Role, Title: o.Title} }

// In reports whether the person was let in, and the right was not ended.
func (o Operator) In() bool { return o.Approved != "" && o.Ended.IsZero() }

// Serves reports whether one of some people serves an office ("" = the coordinator) now.
func Serves(people []Operator, agency string) bool {
	return slices.ContainsFunc(people, func(o Operator) bool { return o.In() && o.Agency == agency })
}

// OnDuty reports whether the person is on duty at a time.
func (o Operator) OnDuty(at time.Time) bool { return o.In() && at.Before(o.Duty) }

// Asks is the right that waits for a coordinator's word; ok is false where there is none.
func (o Operator) Asks() (w Wish, ok bool) {
	switch {
	case !o.Ended.IsZero():
		return Wish{}, false
	case o.Wish != nil:
		return *o.Wish, true
	case o.Approved == "":
		return o.Right(), true
	}
	return Wish{}, false
}

// ActedIn is who did something by a change, and when, where it was a person of the desk.
func ActedIn(c Change) (person string, at time.Time, ok bool) {
	var by report.Actor
	switch c := c.(type) {
	case Changed:
		if n := len(c.Facts); n > 0 {
			by, at = c.Facts[n-1].By, c.Facts[n-1].At
		}
	case Called:
		if n := len(c.Call.Lines); n > 0 {
			by, at = c.Call.Lines[n-1].By, c.Call.Lines[n-1].At
		}
	}
	return by.ID, at, by.ID != "" && (by.Role == report.Operator || by.Role == report.Coordinator)
}
