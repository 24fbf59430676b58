package intake

import (
	"time"

	"rabeg/flows"
)

// What was cancelled, or made room for another report, lies on the shelf until its seven days are over; what was laid there last is on
// top. "urungkan" brings the top one back and lays what is in the making at the bottom, so that said again it brings back each in turn.

// lay puts a report on top of the shelf. One without anything in it is not kept.
func (n *Notes) lay(f *Form, at time.Time) {
	if f.Empty() {
		return
	}
	f.Laid, f.Below = at, n.Shelf
	n.Shelf = f
}

// layLast puts a report at the bottom.
func (n *Notes) layLast(f *Form, at time.Time) {
	if f.Empty() {
		return
	}
	f.Laid, f.Below = at, nil
	last := &n.Shelf
	for *last != nil {
		last = &(*last).Below
	}
	*last = f
}

// top takes what was laid down last off the shelf; nil where there is nothing.
func (n *Notes) top() *Form {
	f := n.Shelf
	if f != nil {
		n.Shelf, f.Below = f.Below, nil
	}
	return f
}

// prior is the report below the top one that was not called off, but made room for another and was promised to come back; nil for none.
func (n *Notes) prior() *Form {
	if n.Shelf == nil {
		return nil
	}
	f := n.Shelf.Below
	for f != nil && f.Off {
		f = f.Below
	}
	return f
}

// turnTo turns the shelf over until that report is on top.
func (n *Notes) turnTo(id string) {
	for f := n.Shelf; f != nil; f = f.Below {
		if f.ID == id {
			for n.Shelf.ID != id {
				f := n.top()
				n.layLast(f, f.Laid)
			}
			return
		}
	}
}

// dust takes off the shelf what has lain there for longer than drafts are kept: who writes every day is not silent for so long.
func (n *Notes) dust(at time.Time) {
	for it := &n.Shelf; *it != nil; {
		f := *it
		if f.Laid.IsZero() { // an earlier program laid it there
			f.Laid = at
		}
		if at.Sub(f.Laid) >= flows.Keep {
			*it = f.Below
			continue
		}
		it = &f.Below
	}
}
