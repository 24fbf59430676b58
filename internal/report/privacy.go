package report

import "slices"

// Eyes are those that something of a report may be kept from. They are a set: Operators|Phone are both.
type Eyes uint16

// The eyes, and what each of them would see.
const (
	Operators    Eyes = 1 << iota // who filed it: a masked name and the network
	OtherOffices                  // what was said, outside the office that owns it
	Strangers                     // that there is such a report, for whoever has its number
	Followers                     // its news, for those who have the same trouble
	Statistics                    // a count of it in numbers that are made public
	Model                         // what was said, for a language model that gives an opinion
	Exports                       // what was said, in a file that leaves the product
	Phone                         // on its card, what somebody wrote to the citizen by hand on the office's phone
	Group                         // what was said, where it is within the kecamatan, and pictures, in the operators' group: it has no secrets

	everybody = Group<<1 - 1
)

// shownTo is the table: one row for each word. A word without a row is shown to nobody.
func shownTo(v Visibility) Eyes {
	switch v {
	case Normal:
		return everybody
	case Anonymous:
		return everybody &^ (Operators | Phone)
	case Confidential:
		return 0
	}
	return 0
}

// Shield is what is hidden of a report, and from whom. The zero Shield hides everything from everybody.
type Shield struct{ shown Eyes }

// Shields is what a visibility hides. A sensitive matter counts like a confidential one whatever the citizen chose: the
// harm is the same, and who is in trouble does not read small print.
func Shields(v Visibility, sensitive bool) Shield {
	if sensitive {
		v = Confidential
	}
	return Shield{shown: shownTo(v)}
}

// Hides reports whether it is hidden from any of the eyes; so is everything from eyes that nobody knows.
func (s Shield) Hides(from Eyes) bool { return from == 0 || s.shown&from != from }

// weighs is the probability from which a guess about a sensitive matter keeps the words in the house: what once left it
// does not come back when people know better.
const weighs = 0.1

// Shield is what is hidden of a draft or a report as it stands. sensitive tells which categories are: a report does not
// know the government it belongs to.
func (d Draft) Shield(sensitive func(category string) bool) Shield {
	s := Shields(d.Visibility, sensitive(d.Category))
	if slices.ContainsFunc(d.Guesses, func(g Guess) bool { return g.P >= weighs && sensitive(g.Category) }) {
		s.shown &^= Model
	}
	return s
}
