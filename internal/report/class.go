package report

import "strings"

// Class is what the coordinator takes a complaint for, in LAPOR!'s words: one that says that somebody of the government did wrong, which
// inspectors have to look into, or any other. It decides how long the office has.
type Class string

// The classes.
const (
	Unclassed Class = ""
	Weighty   Class = "berkadar" // berkadar pengawasan
	Plain     Class = "tidak"    // tidak berkadar pengawasan
)

// Classify says of what class a complaint is; Unclassed takes that back.
type Classify struct{ Class Class }

func (Classify) deed() Deed { return Classing }

// Classing is the deed of that, WasClassed its fact: Class.
const (
	Classing   Deed = "class"
	WasClassed What = "classed"
)

// Classed is the class of a report: the coordinator's, else the one that LAPOR! gave it. Only complaints have one.
func (r Report) Classed() Class {
	switch {
	case r.Kind == Wish || r.Kind == Question:
		return Unclassed
	case r.Class != Unclassed || r.Mirror == nil:
		return r.Class
	}
	switch said := strings.Join(strings.Fields(strings.ToLower(r.Mirror.Class)), " "); {
	case strings.HasPrefix(said, "pengaduan berkadar"):
		return Weighty
	case strings.HasPrefix(said, "pengaduan tidak berkadar"):
		return Plain
	}
	return Unclassed
}
