package report

import (
	"cmp"
	"slices"
	"time"
)

// Transfer hands the report over to somebody outside the government (Alihkan). The coordinator follows it from then on.
type Transfer struct {
	// Owner is the profile's code of who it is.
	Owner string
	// Number is what they keep it under, "" where they have given none yet. It can be told later by the same action.
	Number string
	Why    string
}

func (Transfer) deed() Deed { return Transferring }

// transferred is a report after it was handed over: the coordinator owns it, in whose room it gets a card where an office had it.
// Once there it is only brought up to date.
func transferred(r Report, f Fact) Report {
	if r.Agency != "" {
		r = handedOver(r, f, "", cmp.Or(r.Suggested, r.Agency)) // opened again, that office is thought of first
	}
	if r.Status != Transferred {
		r.Officer = f.By
	}
	r.Status = stands(r, Transferring)
	r.Until = time.Time{}
	r.Foreign = linked(r.Foreign, f.Foreign)
	return r
}

// ownedOutside is whose duty outside the government it is taken for after one more fact: where it goes to an office, or is looked
// at anew, that is over unless the fact names somebody.
func ownedOutside(was string, f Fact) string {
	switch {
	case f.What == WasRejected: // the door that a refusal names may be taken back with it
		return was
	case f.Owner != "":
		return f.Owner
	case slices.Contains([]What{WasFiled, WasAssigned, WasForwarded, WasReturned, WasCategorised}, f.What):
		return ""
	}
	return was
}
