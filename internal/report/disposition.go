package report

import (
	"time"

	"rabeg/bot"
)

// Dispose hands the report to somebody above or beside the operator in the own office (Disposisi): the head, or a section. Why is what
// the officer asks for. The report's owner, status and clock stay as they are.
type Dispose struct {
	To  Receiver
	Why string
}

// Undispose takes a disposition back (Disposisi batal).
type Undispose struct{}

// Counsel is what the receiver of a disposition sends back: a draft, which reaches no citizen by itself.
type Counsel struct {
	Words  string
	Photos []bot.MediaRef
	Files  []bot.MediaRef
}

func (Dispose) deed() Deed   { return Disposing }
func (Undispose) deed() Deed { return Undisposing }
func (Counsel) deed() Deed   { return Counselling }

// Receiver is to whom a disposition goes: a person of the desk (network:person) with his or her title in the office.
type Receiver struct {
	ID    string `json:"id"`
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
}

// Disposition is one that is open: who has the report since when, and what came back so far.
type Disposition struct {
	Receiver
	// Agency is the office it was made in: it ends where the report goes to another.
	Agency string    `json:"agency"`
	At     time.Time `json:"at"`
	// By is the officer who made it, Seq its fact.
	By  Actor `json:"by"`
	Seq int   `json:"seq"`
	// Draft is the Seq of the newest answer of the receiver, 0 while none came.
	Draft int `json:"draft,omitempty"`
}

// Waits reports whether the receiver has not answered yet.
func (d *Disposition) Waits() bool { return d != nil && d.Draft == 0 }

// The facts of a disposition. WasUndisposed says that it ended without an answer: it was taken back, or, by the System, its receiver
// may act no more. Where the report itself goes to another office or ends, the disposition ends with that fact.
const (
	WasDisposed   What = "disposed"   // Receiver has it from now on, with what was asked in Words
	WasUndisposed What = "undisposed" // Receiver has it no more
	WasCounselled What = "counselled" // the receiver answered: a draft
)

// applyDisposed is a report whose disposition begins, goes on, or ends by this fact.
func applyDisposed(r Report, f Fact) Report {
	d := r.Disposed
	switch {
	case f.What == WasDisposed && f.Receiver != nil:
		r.Disposed = &Disposition{Receiver: *f.Receiver, Agency: r.Agency, At: f.At, By: f.By, Seq: f.Seq}
	case d == nil || f.What == WasWithdrawn:
	case f.What == WasUndisposed:
		r.Disposed = nil
	case f.What == WasCounselled:
		next := *d
		next.Draft = f.Seq
		r.Disposed = &next
	case r.Agency != d.Agency || !r.Status.Working(),
		// once there is a draft, whatever the office then tells the citizen is what became of it
		d.Draft > 0 && tells(f.What):
		r.Disposed = nil
	}
	return r
}

// tells reports whether a fact is an office's word to the citizen that may be made of a draft.
func tells(w What) bool { return w == WasAnswered || w == WasPlanned }

// DraftOf is what the receiver of the open disposition has sent back so far, as one answer.
func DraftOf(r Report, facts []Fact) Reply {
	var out Reply
	if r.Disposed == nil {
		return out
	}
	for _, f := range facts {
		if f.What != WasCounselled || f.Seq < r.Disposed.Seq {
			continue
		}
		if f.Words != "" && out.Words != "" {
			out.Words += "\n"
		}
		out.Words += f.Words
		out.Photos = append(out.Photos, f.Photos...)
		out.Files = append(out.Files, f.Files...)
	}
	return out
}

// LastDisposition is the newest disposition of a report that has none open, with the fact that ended it; ok is false where there was none.
func LastDisposition(r Report, facts []Fact) (made Disposition, end Fact, ok bool) {
	had := false
	for _, f := range facts {
		had = had || f.What == WasDisposed
	}
	if !had || r.Disposed != nil {
		return made, end, false
	}
	now := Origin(r)
	for _, f := range facts {
		was := now.Disposed
		now = Apply(now, f)
		if was != nil && now.Disposed == nil {
			made, end, ok = *was, f, true
		}
	}
	return made, end, ok
}
