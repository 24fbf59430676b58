package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"rabeg/internal/report"
)

// Look is one act by which somebody saw, took out or removed what is kept from others. Looks are only added: each carries the
// hash of the one before it, so that none can be changed or taken out unseen (see Chain).
type Look struct {
	At time.Time // to the microsecond
	// Who is the person (network:person) of the desk, AtTerminal for a command of the program, ByCitizen where citizens did
	// it to what is their own: who erases what is known about him or her leaves no name here.
	Who string
	Act LookAct
	// Report is what it was about, 0 where it was about no report or about many.
	Report report.ID
	// About is a short word for machines, such as the kind of an export. It holds no names and nothing people wrote.
	About string
}

// Who a look is by where it was no person of the desk.
const (
	AtTerminal = "terminal"
	ByCitizen  = "citizen"
)

// LookAct is what was done.
type LookAct string

// The acts.
const (
	LookUnmask LookAct = "unmask" // who filed a report was shown
	LookOpen   LookAct = "open"   // the words of a report that is kept from the group were shown
	LookExport LookAct = "export" // words left the product in a file
	LookErase  LookAct = "erase"  // what is known about a person was erased
)

// LookReader reads looks.
type LookReader interface {
	// Looks are the looks at one report, newest first, at most limit.
	Looks(ctx context.Context, id report.ID, limit int) ([]Look, error)
}

// Linked is a look in its place in the chain.
type Linked struct {
	Look
	// N counts the looks from 1. Prev is the hash of the look before, "" for the first; Hash is that of this one. Both are hex.
	N          int64
	Prev, Hash string
}

// Head is the end of the chain: how many looks there are, and the hash of the last, "" where there is none.
type Head struct {
	N    int64
	Hash string
}

// String is the head as it is noted elsewhere.
func (h Head) String() string { return fmt.Sprintf("%d:%s", h.N, h.Hash) }

// Link puts a look after the head.
func (h Head) Link(l Look) Linked {
	l.At = l.At.UTC().Truncate(time.Microsecond)
	return Linked{Look: l, N: h.N + 1, Prev: h.Hash, Hash: digest(h.Hash, h.N+1, l)}
}

// Head is the head after this look.
func (l Linked) Head() Head { return Head{l.N, l.Hash} }

// digest is the hash of a look's canonical form: a JSON array of the hash before and of its fields as texts, so that no two
// looks have one form.
func digest(prev string, n int64, l Look) string {
	form, _ := json.Marshal([]string{prev, fmt.Sprint(n), l.At.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano), l.Who, string(l.Act),
		fmt.Sprint(int64(l.Report)), l.About}) // texts can always be written
	sum := sha256.Sum256(form)
	return hex.EncodeToString(sum[:])
}

// Chain follows looks from the first to the last and proves that they are as they were written.
type Chain struct {
	Head        Head
	First, Last time.Time
}

// BrokenError says where the chain is broken: the number of the first look that is not as it was written, and what is wrong.
type BrokenError struct {
	N   int64
	Why string
}

// Error is one line.
func (e *BrokenError) Error() string { return fmt.Sprintf("look %d %s", e.N, e.Why) }

// Follow takes the next look; a *BrokenError where it cannot be the next.
func (c *Chain) Follow(l Linked) error {
	n := c.Head.N + 1
	switch {
	case l.N > n:
		return &BrokenError{n, "is missing"}
	case l.N < n:
		return &BrokenError{l.N, "stands where it was not written"}
	case l.Hash != digest(l.Prev, l.N, l.Look):
		return &BrokenError{n, "was changed after it was written"}
	case l.Prev != c.Head.Hash:
		return &BrokenError{n, "does not follow the one before it: that one was written anew"}
	}
	if n == 1 {
		c.First = l.At
	}
	c.Head, c.Last = l.Head(), l.At
	return nil
}

// End compares the last look with the head that was kept beside the looks; a *BrokenError where they differ.
func (c *Chain) End(kept Head) error {
	switch {
	case kept.N > c.Head.N:
		return &BrokenError{c.Head.N + 1, fmt.Sprintf("is missing, and all after it: there were %d", kept.N)}
	case kept.N < c.Head.N:
		return &BrokenError{kept.N + 1, "was added past the log"}
	case kept.Hash != c.Head.Hash:
		return &BrokenError{max(c.Head.N, 1), "is not the one that was written last"}
	}
	return nil
}
