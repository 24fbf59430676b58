package intake

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
)

// Form is a draft with what only its making needs.
type Form struct {
	report.Draft
	// Parts are the messages the text was joined from, in order: an edited message replaces its part.
	Parts []flows.Part `json:"parts,omitempty"`
	// Bare are the messages that brought photos, files or a pin without words: words that are put under one later are the
	// description as well.
	Bare []string `json:"bare,omitempty"`
	// Picked says that the citizen chose the category (or left it to the officers), KindSet that he or she chose the kind.
	Picked  bool `json:"picked,omitempty"`
	KindSet bool `json:"kindset,omitempty"`
	// Seen says that the citizen chose at the card who may see it: confidential is not offered again.
	Seen bool `json:"seen,omitempty"`
	// Mute says that the voice note is the description: no words will come.
	Mute bool `json:"mute,omitempty"`
	// Listening is the id of the voice note that is being turned into words, "" for none. Heard are the words made out,
	// while the citizen has not yet said that they are right.
	Listening string `json:"listening,omitempty"`
	Heard     string `json:"heard,omitempty"`
	// Hint are words of the description that may name the place: they are offered when the place is asked for.
	Hint string `json:"hint,omitempty"`
	// Near is what was answered to where and names no place ("depan rumah saya"): it is kept beside the place that comes.
	Near string `json:"near,omitempty"`
	// Rival is what a later sentence made of the matter, while it is open which of the two it is.
	Rival string `json:"rival,omitempty"`
	// Several are the matters, where it tells of more than one.
	Several Several `json:"several,omitzero"`
	// Door is the code of whose door outside the government was told.
	Door string `json:"door,omitempty"`
	// Twins are open reports that it may be about.
	Twins Twins `json:"twins,omitzero"`
	// Where is a question about the place that has to be answered before the place counts.
	Where *Where `json:"where,omitempty"`
	// Placed says that the citizen gave the place as such (a pin, an answer, a choice): a change of the text leaves it. Pinned
	// says that its pin is the citizen's own.
	Placed bool `json:"placed,omitempty"`
	Pinned bool `json:"pinned,omitempty"`
	// Helped says that help was given with the place, Narrowed that it was asked where in a kecamatan: once each.
	Helped   bool `json:"helped,omitempty"`
	Narrowed bool `json:"narrowed,omitempty"`
	// Phone is the number of whom it is taken for (report.Dialled), Phoned says that it was asked for. Grave says that what
	// was told is a danger that may go on.
	Phone  string `json:"phone,omitempty"`
	Phoned bool   `json:"phoned,omitempty"`
	Grave  bool   `json:"grave,omitempty"`
	// Unwanted says that photos are to be taken away, while it is open which: nothing is sent with them.
	Unwanted bool `json:"unwanted,omitempty"`
	// Over counts the photos that were one too many.
	Over int `json:"over,omitempty"`
	// Warned says that the emergency number was shown, Nudged that the one reminder was sent.
	Warned bool `json:"warned,omitempty"`
	Nudged bool `json:"nudged,omitempty"`
	// Peril is which danger it is about (understand.Reading.Danger).
	Peril string `json:"peril,omitempty"`
	// Behind is the report that was in the making when this one, about a danger, made it wait: see behind.go.
	Behind *Form `json:"behind,omitempty"`
	// Laid is when it was laid on the shelf, Below what lay there before it, Off that it was called off: see shelf.go.
	Laid  time.Time `json:"laid,omitzero"`
	Below *Form     `json:"below,omitempty"`
	Off   bool      `json:"off,omitempty"`
	// Held says that the citizen wants no report made of it: none is filed by itself. Handled says that others have seen to it.
	Held    bool `json:"held,omitempty"`
	Handled bool `json:"handled,omitempty"`
	// Unsafe says that somebody in danger said not to be safe yet.
	Unsafe bool `json:"unsafe,omitempty"`
	// Asked is a hash of the text that a second opinion was asked about, Advice what it was, nil for none: it is about the text
	// as it stands.
	Asked  string         `json:"asked,omitempty"`
	Advice *report.Advice `json:"advice,omitempty"`
}

// Where is what is unsettled about the place. Why is "which" (several places fit the words), "near" (the pin lies at a
// border), "outside" (the pin or the words lie in nobody's or another government's area), "differ" (words and pin are far
// apart: first the words, then the pin). Options are the answers offered; Said are
// the citizen's words, Whose the neighbour of a place outside.
type Where struct {
	Why     string         `json:"why"`
	Options []report.Place `json:"options,omitempty"`
	Said    string         `json:"said,omitempty"`
	Whose   string         `json:"whose,omitempty"`
}

// clone copies the form so deep that changing the copy never changes the original.
func (f *Form) clone() *Form {
	if f == nil {
		return nil
	}
	c := *f
	c.Photos = slices.Clone(f.Photos)
	c.Files = slices.Clone(f.Files)
	c.Guesses = slices.Clone(f.Guesses)
	c.Parts = slices.Clone(f.Parts)
	c.Bare = slices.Clone(f.Bare)
	c.Place = clonePlace(f.Place)
	c.Twins = f.Twins.clone()
	c.Several = f.Several.clone()
	c.Behind, c.Below = f.Behind.clone(), f.Below.clone()
	if f.Advice != nil {
		a := *f.Advice
		c.Advice = &a
	}
	if f.Where != nil {
		w := *f.Where
		w.Options = slices.Clone(f.Where.Options)
		for i := range w.Options {
			w.Options[i] = clonePlace(w.Options[i])
		}
		c.Where = &w
	}
	return &c
}

func clonePlace(p report.Place) report.Place {
	if p.Pin != nil {
		pin := *p.Pin
		p.Pin = &pin
	}
	return p
}

// Empty reports whether nothing was filled in yet.
func (f *Form) Empty() bool {
	return f == nil || f.Text == "" && len(f.Photos) == 0 && len(f.Files) == 0 && !f.Place.Known()
}

// AddText appends one message's words to the text.
func (f *Form) AddText(ref, words string) {
	if words == "" {
		return
	}
	if f.Text != "" {
		f.Text += "\n"
	}
	f.Text += words
	f.Parts = append(f.Parts, flows.Part{Ref: ref, Len: len(words)})
}

// attach adds what was sent, as far as there is room for it.
func (f *Form) attach(photos, files []bot.MediaRef) {
	f.Photos = append(f.Photos, photos...)
	f.Photos = f.Photos[:min(len(f.Photos), flows.MaxPhotos)]
	f.Files = append(f.Files, files...)
	f.Files = f.Files[:min(len(f.Files), flows.MaxFiles)]
}

// SetText replaces the whole text by one message's words.
func (f *Form) SetText(ref, words string) {
	f.Text, f.Parts = "", nil
	f.AddText(ref, words)
}

// Replace puts new words in the place of the part that a message brought; ok is false when no part came from it.
func (f *Form) Replace(ref, words string) (ok bool) {
	at := 0
	for i, p := range f.Parts {
		if p.Ref == ref && ref != "" && at+p.Len <= len(f.Text) {
			f.Text = f.Text[:at] + words + f.Text[at+p.Len:]
			f.Parts[i].Len = len(words)
			return true
		}
		at += p.Len + 1
	}
	return false
}

// note notes messages without words.
func (f *Form) note(bare []string) {
	f.Bare = append(f.Bare, bare...)
	if over := len(f.Bare) - flows.MaxPhotos - flows.MaxFiles; over > 0 {
		f.Bare = f.Bare[over:]
	}
}

// worded reports whether a message had no words until now, and forgets it: now it has.
func (f *Form) worded(ref string) bool {
	i := slices.Index(f.Bare, ref)
	if i < 0 {
		return false
	}
	f.Bare = slices.Delete(f.Bare, i, i+1)
	return true
}

// DropLast takes the last message's words off the text and returns them; "" when the text is one message.
func (f *Form) DropLast() (ref, words string) {
	n := len(f.Parts)
	if n < 2 {
		return "", ""
	}
	last := f.Parts[n-1]
	cut := len(f.Text) - last.Len
	if cut < 1 {
		return "", ""
	}
	words = f.Text[cut:]
	f.Text, f.Parts = f.Text[:cut-1], f.Parts[:n-1]
	return last.Ref, words
}
