package flows

import (
	"time"

	"rabeg/internal/report"
)

// PleadWhat is what a Plead wants.
type PleadWhat string

// What a Plead can want. PleadAsk only asks what there is.
const (
	PleadAsk    PleadWhat = ""
	PleadExport PleadWhat = "export" // a copy of everything that is kept
	PleadErase  PleadWhat = "erase"  // that it be erased
	PleadRecall PleadWhat = "recall" // the same, and the open reports are taken back
	PleadSpare  PleadWhat = "spare"  // that it be not erased after all
)

// Plead is an effect: the citizen uses a right to what is kept about him or her. The engine answers Pleaded.
type Plead struct {
	What PleadWhat
	Lang string
	// All says that it is for all chats of the person that are tied, not for this one alone.
	All bool
}

// Pleaded answers Plead: how it stands now.
type Pleaded struct {
	What PleadWhat
	// OK says that it was done; else it was asked for before (export, erase), or there is nothing that can be called off (spare).
	OK bool
	// Gone counts the reports that go at once, Open are those that somebody still works on.
	Gone int
	Open []report.Code
	// Pending says that an erasing is asked for and not done; it can be called off until Until. Begun says that one has begun, or is
	// done but for open reports: what went is called off by nothing.
	Pending, Begun bool
	Until          time.Time
	// Operator says that the person is one of the desk.
	Operator bool
}

func (Plead) isEffect()  {}
func (Pleaded) isInput() {}
