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
// somebody under one of Chats alone, who followed the report.
type Whose struct {
	Whole, Aged bool
	Chats       []bot.Address
}

func (w Whose) has(a bot.Address) bool {
	for _, c := range w.Chats {
		if !a.Zero() && c.Chat() == a.Chat() {
			return true
		}
	}
	return false
}

// touches reports whether a fact says something that goes.
func (w Whose) touches(f Fact) bool {
	switch {
	case f.What == WasErased:
		return false
	case f.What == WasFollowed:
		return w.Aged || w.has(f.By.Chat)
	case w.Whole:
		return true
	case f.With != nil && slices.ContainsFunc(f.With.Came, func(k Follower) bool { return w.has(k.Chat) }):
		return true
	}
	return f.By.Role == Citizen && w.has(f.By.Chat)
}

// bare is a fact without those whose traces go. Of who came along with a joined report the others stay.
func (w Whose) bare(f Fact) Fact {
	if w.Whole || f.With == nil || f.By.Role == Citizen && w.has(f.By.Chat) {
		return bare(f)
	}
	with := *f.With
	with.Came = slices.DeleteFunc(slices.Clone(with.Came), func(k Follower) bool { return w.has(k.Chat) })
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
	if f.With != nil {
		with := *f.With
		with.Came = nil
		f.With = &with
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
		if !w.touches(f) || same(w.bare(f), f) {
			all = append(all, f)
			continue
		}
		mark := MarkOf(key, f)
		erased.Erased.Marks[f.Seq] = mark
		f = w.bare(f)
		f.Redacted = append(append([]Redaction(nil), f.Redacted...), Redaction{By: erased.Seq, Mark: mark})
		changed = append(changed, f)
		all = append(all, f)
	}
	o := Origin(r)
	if w.Whole {
		o.Reporter, o.ReporterName, o.Draft.ID, o.Draft.Place = bot.Address{}, "", "", Place{}
	}
	return Fold(o, append(all, erased)), changed, erased
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
