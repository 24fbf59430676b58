package ledger

import "rabeg/internal/report"

// Copy makes the copy of a picture that a fact cleared for everybody, without what must not be recognised.
type Copy struct {
	Report report.ID `json:"report"`
	Seq    int       `json:"seq"` // of the fact that cleared it
}

// Kind is of Job.
func (Copy) Kind() string { return "copy" }

func (Copy) isJob() {}
