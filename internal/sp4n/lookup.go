package sp4n

import (
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Lookup finds what the words of many rows mean in one government, each once. It is for one goroutine.
type Lookup struct {
	p        *profile.Profile
	statuses map[string]profile.LaporStatus
	offices  map[string]string
	places   map[[2]string]report.Place
}

// NewLookup makes one.
func NewLookup(p *profile.Profile) *Lookup {
	return &Lookup{p: p, statuses: map[string]profile.LaporStatus{}, offices: map[string]string{}, places: map[[2]string]report.Place{}}
}

// Profile is the government's.
func (l *Lookup) Profile() *profile.Profile { return l.p }

// most is how many different words are remembered: a file has some dozens.
const most = 10_000

// found is what a word means, asked once.
func found[K comparable, V any](known map[K]V, word K, ask func() V) V {
	v, ok := known[word]
	if !ok {
		v = ask()
		if len(known) < most {
			known[word] = v
		}
	}
	return v
}

// Status is what a status means, the zero one where nobody has said.
func (l *Lookup) Status(word string) profile.LaporStatus {
	return found(l.statuses, word, func() profile.LaporStatus {
		s, ok := l.p.LaporStatus(word)
		if !ok {
			return profile.LaporStatus{}
		}
		return s
	})
}

func (l *Lookup) office(name string) string {
	return found(l.offices, name, func() string { return officeNamed(l.p, name) })
}

// Place is where a row says that it is.
func (l *Lookup) Place(r Row) report.Place {
	return found(l.places, [2]string{r.District, r.Area}, func() report.Place { return r.place(l.p) })
}
