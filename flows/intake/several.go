package intake

import (
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// A message may tell of several matters. They are shown, and one tap makes a report of each: of its own words, category, office and
// place, seen by the same people. The draft stays one until then, so that what is added, changed, cancelled or brought back is so for
// all of them. Nobody is asked about twins of each: the officers see them, and one message more for each matter is too much to ask.

// severalMost is how many matters are offered; words that tell of more stay one report, which officers can take apart.
const severalMost = 5

// severalLong is how many bytes a text has at most that is told apart: the conversation keeps each matter's words beside the whole.
const severalLong = 4000

// mayHide is from which probability a matter may be one to hide: nobody is asked about it here, so it goes as if it were.
const mayHide = 0.15

// Several are the matters of a draft that tells of more than one.
type Several struct {
	Each []Matter `json:"each,omitempty"`
	// One says that the citizen wants one report of all.
	One bool `json:"one,omitempty"`
	// Apart says that the places differ: each that is missing is asked for. At is the matter that is asked about, from 1, Topic that
	// its category is asked for and not its place.
	Apart bool `json:"apart,omitempty"`
	At    int  `json:"at,omitempty"`
	Topic bool `json:"topic,omitempty"`
	// Shown says that the citizen has seen all of them.
	Shown bool `json:"shown,omitempty"`
	// Filed are those that have become reports, within one turn.
	Filed []say.Numbered `json:"filed,omitempty"`
}

// Matter is one of them.
type Matter struct {
	Text     string `json:"text"`
	Category string `json:"category,omitempty"`
	Picked   bool   `json:"picked,omitempty"` // the category is the citizen's choice
	// Place is its own; where it has none, it is at the draft's.
	Place report.Place `json:"place,omitzero"`
	// Stood is where it was until the citizen said that the place is wrong; it counts until another is there.
	Stood report.Place `json:"stood,omitzero"`
	Kind  report.Kind  `json:"kind,omitempty"`
	// Harm says that it is of harm done, or of an officer's misconduct: it goes confidentially.
	Harm bool `json:"harm,omitempty"`
}

func (s Several) clone() Several {
	s.Each, s.Filed = slices.Clone(s.Each), slices.Clone(s.Filed)
	for i := range s.Each {
		s.Each[i].Place, s.Each[i].Stood = clonePlace(s.Each[i].Place), clonePlace(s.Each[i].Stood)
	}
	return s
}

// several reports whether each matter of the draft is to become a report of its own.
func (f *Form) several() bool { return f != nil && len(f.Several.Each) > 1 && !f.Emergency }

// part looks for the matters of the draft's words. What is added to a draft about one is looked at for itself: whether one sentence
// more is another matter, the card asks.
func (t *telling) part(added string) {
	f := t.n.Form
	if len(f.Text) > severalLong || f.Emergency || f.Warned || f.Peril != "" || f.Picked || f.How.OnBehalf() || f.Several.One {
		return
	}
	if added != "" && !f.several() && len(understand.Parts(t.Reader, added)) < 2 {
		return
	}
	if added != "" && f.several() {
		t.join(added)
		return
	}
	was := f.Several.Each
	f.Several = Several{}
	parts := understand.Parts(t.Reader, f.Text)
	if len(parts) < 2 || len(parts) > severalMost || slices.ContainsFunc(parts, func(p understand.Part) bool { return p.Reading.Emergency }) {
		return
	}
	for _, p := range parts {
		f.Several.Each = append(f.Several.Each, t.matter(p))
	}
	f.Rival = ""
	t.ownPlaces(parts)
	for i := range f.Several.Each {
		m := &f.Several.Each[i]
		if at := slices.IndexFunc(was, func(w Matter) bool { return w.Text == m.Text }); at >= 0 { // what was settled of it stays
			m.Place, m.Category, m.Picked = was[at].Place, was[at].Category, was[at].Picked
		}
	}
}

func (t *telling) matter(p understand.Part) Matter {
	maybe := slices.ContainsFunc(p.Reading.Guesses, func(g report.Guess) bool { return g.P >= mayHide && t.Profile.Sensitive(g.Category) })
	return Matter{Text: p.Text, Category: t.offered(p.Category()), Kind: p.Reading.Kind, Harm: maybe || p.Reading.Harm != understand.NoHarm || p.Reading.Misconduct}
}

// join takes in what is added while several matters stand there: it is told of the one that it is about, or is one more; what speaks of
// none belongs to the last.
func (t *telling) join(added string) {
	f := t.n.Form
	s := &f.Several
	if at := t.numberIn(added); at > 0 {
		s.Each[at-1].Text += "\n" + added
		return
	}
	for _, p := range understand.Parts(t.Reader, added) {
		m := t.matter(p)
		sure := len(p.Reading.Guesses) > 0 && p.Reading.Guesses[0].P >= understand.Sure
		at := slices.IndexFunc(s.Each, func(has Matter) bool { return m.Category != "" && has.Category == m.Category })
		if at < 0 && sure && len(s.Each) < severalMost {
			m.Place, _ = t.placeIn(p, m.Category)
			s.Each = append(s.Each, m)
			continue
		}
		if at < 0 {
			at = len(s.Each) - 1
		}
		s.Each[at].Text += "\n" + m.Text
		s.Each[at].Harm = s.Each[at].Harm || m.Harm
	}
	f.Rival = ""
}

// placeIn is the place that a matter's words name; open says that officers have to read which is meant.
func (t *telling) placeIn(p understand.Part, category string) (at report.Place, open bool) {
	own := &Form{Draft: report.Draft{Text: p.Text, Category: category}}
	l := &locating{flow: t.flow, v: t.v, form: func() *Form { return own }, say: func(string) {}}
	l.whereabouts(p.Text, p.Reading.Places)
	if own.Where != nil {
		return report.Place{Said: own.Where.Said}, true
	}
	return own.Place, false
}

// offered is a category that citizens can choose, "" for others.
func (t *telling) offered(code string) string {
	if c, ok := t.Profile.Category(code); !ok || c.Hidden {
		return ""
	}
	return code
}

// ownPlaces gives each matter the place that its words name. Where only one names any, it is everybody's: people name it once. Where
// they differ, it is asked where the others are.
func (t *telling) ownPlaces(parts []understand.Part) {
	f := t.n.Form
	places := make([]report.Place, len(parts))
	named := map[string]bool{}
	open := false
	for i, p := range parts {
		at, unsure := t.placeIn(p, f.Several.Each[i].Category)
		open = open || unsure
		if at.Known() {
			places[i] = at
			named[bot.Fold(t.v.Where(at))] = true
		}
	}
	if f.Placed {
		open = false
	}
	if t.underHeading(places, parts) {
		named = map[string]bool{}
		for _, at := range places {
			named[bot.Fold(t.v.Where(at))] = true
		}
	}
	switch {
	case len(named) > 1:
		for i := range places {
			f.Several.Each[i].Place = places[i]
		}
		f.Several.Apart = !f.Placed
		if f.Several.Apart {
			f.Place, f.Where, f.Hint = report.Place{}, nil, ""
		}
	case len(named) == 1 && !f.Placed && slices.Contains(t.pointed(places, parts), true): // others are somewhere of their own that nobody knows
		own := t.pointed(places, parts)
		known := places[slices.IndexFunc(places, report.Place.Known)]
		for i := range places {
			if f.Several.Each[i].Place = places[i]; !places[i].Known() && !own[i] {
				f.Several.Each[i].Place = clonePlace(known)
			}
		}
		f.Several.Apart = true
		f.unplace()
	case len(named) == 1 && f.Placed:
		for i := range places {
			f.Several.Each[i].Place = places[i]
		}
	case len(named) == 1 && !open && !f.Place.Known():
		for _, p := range places {
			if p.Known() {
				f.Place, f.Where = p, nil
			}
		}
	}
}

// pointed tells of each part whether it names no known place and says where it is all the same ("depan masjid").
func (t *telling) pointed(places []report.Place, parts []understand.Part) []bool {
	own := make([]bool, len(parts))
	var known []string
	for _, at := range places {
		if at.Known() {
			known = append(known, strings.Split(t.v.Where(at), ", ")...)
		}
	}
	leans := func(words string) bool {
		return slices.ContainsFunc(known, func(name string) bool { return name != "" && strings.Contains(bot.Fold(words), bot.Fold(name)) })
	}
	for i, p := range parts {
		if places[i].Known() || leans(p.Text) {
			continue
		}
		for _, w := range p.Reading.Places {
			if place.Cued(w) && !place.Points(w) && !back(w) {
				own[i] = true
			}
		}
	}
	return own
}

// back reports whether words of a place lean on one that was told before ("di sebelahnya", "di situ juga").
func back(words string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(words)), func(w string) bool {
		return strings.HasSuffix(w, "nya") || w == "situ" || w == "sana" || w == "itu" || w == "there" || w == "same"
	})
}

// at is the place of a matter: its own, else the draft's, else the one that is to be told anew.
func (f *Form) at(i int) report.Place {
	if f.waits(i) {
		return f.Several.Each[i].Stood
	}
	if own := f.Several.Each[i].Place; own.Known() || f.Several.Apart {
		return own
	}
	return f.Place
}

// pictured is the matter to which photos and files go: one that is confidential where there is any, for nobody knows what they show;
// else the first that stands somewhere.
func (f *flow) pictured(form *Form) int {
	each := form.Several.Each
	if i := slices.IndexFunc(each, f.hidden); i >= 0 {
		return i
	}
	return max(0, slices.IndexFunc(each, func(m Matter) bool {
		c, _ := f.Profile.Category(m.Category)
		return c.Physical
	}))
}

func (f *flow) hidden(m Matter) bool { return m.Harm || f.Profile.Sensitive(m.Category) }

// drafts are the reports that the draft becomes. The first has the draft's own id.
func (f *flow) drafts(form *Form) []report.Draft {
	out := make([]report.Draft, len(form.Several.Each))
	for i, m := range form.Several.Each {
		d := report.Draft{ID: form.ID, Kind: m.Kind, Text: m.Text, Category: m.Category, Chosen: m.Picked && m.Category != "", Place: clonePlace(form.at(i)),
			Visibility: form.Visibility, Begun: form.Begun, How: form.How}
		if i > 0 {
			d.ID += "+" + strconv.Itoa(i)
		}
		if form.KindSet || d.Kind == "" {
			d.Kind = form.Kind
		}
		if f.hidden(m) {
			d.Visibility = report.Confidential
		}
		if i == f.pictured(form) {
			d.Photos, d.Files = form.Photos, form.Files
		}
		out[i] = d
	}
	return out
}

// sendSeveral files the matters one by one; each answer of the engine brings the next, and the last the receipt of all.
func (t *telling) sendSeveral() {
	if t.severalPlace() {
		return
	}
	f := t.n.Form
	f.Several.Filed = nil
	t.fileNext()
}

func (t *telling) fileNext() {
	f := t.n.Form
	d := t.drafts(f)[len(f.Several.Filed)]
	for _, g := range t.Reader.Read(d.Text).Guesses {
		if t.offered(g.Category) != "" && len(d.Guesses) < 3 {
			d.Guesses = append(d.Guesses, g)
		}
	}
	t.do(flows.File{Draft: d, Lang: t.v.Lang})
}

// filedOne takes note of one that was filed; more says that others follow.
func (t *telling) filedOne(r report.Report) (more bool) {
	f := t.n.Form
	if !f.several() {
		return false
	}
	f.Several.Filed = append(f.Several.Filed, say.Numbered{ID: r.ID, Code: r.Code, Category: r.Category, Agency: r.Agency, Owner: r.Owner, Due: r.Due,
		Waits: r.Status == report.Quarantined, Secret: r.Visibility == report.Confidential})
	if len(f.Several.Filed) == len(f.Several.Each) {
		return false
	}
	t.fileNext()
	return true
}
