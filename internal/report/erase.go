package report

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"rabeg/bot"
)

// Erasing is what an Erased fact brings about: which facts lost their words, and what proves which they were.
type Erasing struct {
	// Whole says that the reporter is gone from the report; else only somebody is who followed it.
	Whole bool `json:"whole,omitempty"`
	// Others says, with Whole, that somebody else is still in the report.
	Others bool `json:"others,omitempty"`
	// Marks are, for each fact by its Seq, the keyed hash of what it said before.
	Marks map[int]string `json:"marks,omitempty"`
}

// Redaction stands in a fact in place of what was taken out of it.
type Redaction struct {
	// By is the Seq of the Erased fact whose Marks name it, Mark the keyed hash of the fact as it was before.
	By   int    `json:"by"`
	Mark string `json:"mark"`
}

// Why a person was erased: the Reason of an Erased fact.
const (
	ErasedAsked = "asked" // he or she asked for it
	ErasedAged  = "aged"  // it was kept for as long as the profile says
	ErasedLeave = "leave" // he or she asked for it, and a coordinator agreed while the report is open
)

// MarkOf is the keyed hash of a fact as it stands: who holds the key and a copy of the words can prove that they were these, and
// who has the mark alone can guess nothing.
func MarkOf(key []byte, f Fact) string {
	f.Lost, f.Waiting = 0, 0 // these are not the fact's own
	doc, err := json.Marshal(f)
	if err != nil {
		panic(fmt.Sprintf("marshal a fact: %v", err)) // a fact holds nothing that JSON cannot
	}
	sum := hmac.New(sha256.New, key)
	sum.Write(doc)
	return hex.EncodeToString(sum.Sum(nil))
}

// Whose tells whose traces go: the reporter's and all words of the case (Whole), everybody's (Aged, with Whole), or those of
// somebody under one of Chats alone, who followed the report. With Whole, Chats are the reporter's. Who else follows the report, or
// has left it, stays so until it is aged; what such people said and sent stays only where the report goes on for them (Lives).
type Whose struct {
	Whole, Aged, Lives bool
	Chats              []bot.Address
}

func (w Whose) has(a bot.Address) bool {
	for _, c := range w.Chats {
		if !a.Zero() && c.Chat() == a.Chat() {
			return true
		}
	}
	return false
}

// bare is a fact without those whose traces go. Of who came along with a joined report the others stay.
func (w Whose) bare(f Fact) Fact {
	switch {
	case f.What == WasErased:
		return f
	case w.Aged, w.Own(f):
		return cameless(bare(f), func(Follower) bool { return true })
	case w.Whole && !w.others(f):
		also := f.Also
		if f = bare(f); w.Lives && f.By.Role != Citizen { // an answer that is still held can be taken back from those who follow
			f.Also = also
		}
	}
	return cameless(f, func(k Follower) bool { return w.has(k.Chat) })
}

// Own reports whether a fact is what one of the chats said or did, or where it went.
func (w Whose) Own(f Fact) bool {
	if f.What == WasRehomed && f.With != nil && slices.ContainsFunc(f.With.Came, func(k Follower) bool { return w.has(k.Chat) }) {
		return true
	}
	return (f.By.Role == Citizen || f.What == WasRehomed) && w.has(f.By.Chat)
}

// others reports whether a fact tells of others than the reporter who have the same trouble, and stays with them.
func (w Whose) others(f Fact) bool {
	switch f.What {
	case WasFollowed, WasUnfollowed, WasRehomed:
		return true
	}
	return w.Lives && f.Beside
}

// cameless is a fact without some of those who came along with a joined report.
func cameless(f Fact, goes func(Follower) bool) Fact {
	if f.With == nil || len(f.With.Came) == 0 {
		return f
	}
	with := *f.With
	with.Came = slices.DeleteFunc(slices.Clone(with.Came), goes)
	f.With = &with
	return f
}

// bare is a fact without persons and their words: what happened, when, by which office and where roughly stays. Officers stay
// as who acted, and so do the pictures they took as proof.
func bare(f Fact) Fact {
	citizen := f.By.Role == Citizen || f.What == WasMoved || f.What == WasFollowed || f.What == WasRehomed
	if citizen {
		f.By = Actor{Role: f.By.Role}
		f.Photos, f.Files, f.Album, f.Lang = nil, nil, "", ""
	}
	if f.By.Role != System {
		f.Words = ""
	}
	if f.Place != nil {
		p := f.Place.Rough()
		f.Place = &p
	}
	f.Letter, f.Also, f.Foreign, f.Sent = "", nil, nil, SortWords
	return f
}

// Rough is a place as statistics need it: kelurahan and kecamatan, without the point and without words.
func (p Place) Rough() Place {
	p.Said, p.Pin, p.Note, p.Unsure = "", nil, "", false
	return p
}

// Erase is a report without somebody: its facts as they are to be kept from now on, and the fact that says so, by whom, when and
// why, with the marks. The report is again the fold of its facts. changed are the facts that became others; none says that nothing
// of the person is in it.
func Erase(r Report, facts []Fact, w Whose, erased Fact, key []byte) (now Report, changed []Fact, said Fact) {
	erased.Report, erased.Seq, erased.What = r.ID, r.Rev+1, WasErased
	erased.Erased = &Erasing{Whole: w.Whole, Marks: map[int]string{}}
	all := make([]Fact, 0, len(facts)+1)
	for _, f := range facts {
		f.Lost, f.Waiting = 0, 0
		without := w.bare(f)
		if same(without, f) {
			all = append(all, f)
			continue
		}
		mark := MarkOf(key, f)
		erased.Erased.Marks[f.Seq] = mark
		f = without
		f.Redacted = append(append([]Redaction(nil), f.Redacted...), Redaction{By: erased.Seq, Mark: mark})
		changed = append(changed, f)
		all = append(all, f)
	}
	erased.Erased.Others = w.Whole && slices.ContainsFunc(all, personal)
	o := Origin(r)
	if w.Whole {
		o.Reporter, o.ReporterName, o.Draft.ID, o.Draft.Place = bot.Address{}, "", "", Place{}
	}
	return Fold(o, append(all, erased)), changed, erased
}

// personal reports whether a citizen is in a fact.
func personal(f Fact) bool {
	return (f.By.Role == Citizen || f.What == WasRehomed) && !f.By.Chat.Zero() || f.With != nil && len(f.With.Came) > 0
}

// Emptied reports whether nobody is in the report any more, nor anybody's words.
func (r Report) Emptied() bool { return !r.Erased.IsZero() && !r.Remains }

// kept is a report after a fact, where its reporter is erased from it: what comes since then is kept as it is of any report.
func kept(r Report, f Fact) Report {
	switch {
	case f.What != WasErased:
		r.Remains = !r.Erased.IsZero()
	case f.Erased != nil && f.Erased.Whole:
		r.Erased, r.Remains = f.At, f.Erased.Others
	}
	return r
}

// same reports whether two facts say the same.
func same(a, b Fact) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// Proven reports whether every redacted fact of a report is named, under the same mark, by an Erased fact of its own, and every
// mark has its fact: nobody took words out beside the record. The error says which does not fit.
func Proven(facts []Fact) error {
	named := map[Redaction]map[int]bool{}
	for _, f := range facts {
		if f.What != WasErased || f.Erased == nil {
			continue
		}
		for seq, mark := range f.Erased.Marks {
			r := Redaction{By: f.Seq, Mark: mark}
			if named[r] == nil {
				named[r] = map[int]bool{}
			}
			named[r][seq] = true
		}
	}
	for _, f := range facts {
		for _, r := range f.Redacted {
			if !named[r][f.Seq] {
				return fmt.Errorf("fact %d was redacted without a record", f.Seq)
			}
			delete(named[r], f.Seq)
		}
	}
	for r, left := range named {
		for seq := range left {
			return fmt.Errorf("fact %d is said to be redacted by %d and is not", seq, r.By)
		}
	}
	return nil
}
