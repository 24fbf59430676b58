// Package errands is the list of flows: what a citizen can come for. A new one is a folder of its own and a line here.
package errands

import (
	"rabeg/flows"
	"rabeg/flows/behalf"
	"rabeg/flows/call"
	"rabeg/flows/info"
	"rabeg/flows/intake"
	"rabeg/flows/rights"
	"rabeg/flows/sequel"
	"rabeg/flows/tie"
	"rabeg/flows/track"
)

// All are the flows, in the order in which they are asked: who comes first may take an input away from the rest.
func All() []flows.Maker {
	return []flows.Maker{
		call.New,   // before all others: an open talk takes what is said
		rights.New, // before the filing: what is undone first is an erasing that was just asked for
		tie.New,    // before the filing: a code is no story
		track.New,
		sequel.New, // behind the quotes and the verdicts: what names no report
		info.New,   // before the filing: what is only asked is answered
		behalf.New,
		intake.New, // last: whatever is for nobody else is about a report
	}
}
