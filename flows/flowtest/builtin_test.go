package flowtest

import (
	"sync"
	"testing"

	"rabeg/flows"
	"rabeg/flows/errands"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// builtin is the product's own city with the finder of its places and the learnt reader: one for all tests, as one program has one for
// all chats.
func builtin(t testing.TB) (*profile.Profile, *place.Gazetteer, *understand.Model) {
	t.Helper()
	c, err := ownCity()
	if err != nil {
		t.Fatal(err)
	}
	return c.profile, c.finder, c.reader
}

type city struct {
	profile *profile.Profile
	finder  *place.Gazetteer
	reader  *understand.Model
}

var ownCity = sync.OnceValues(func() (c city, err error) {
	if c.profile, err = profile.Builtin("serang"); err != nil {
		return c, err
	}
	if c.finder, err = place.New(c.profile); err != nil {
		return c, err
	}
	c.reader, err = understand.New(c.profile)
	return c, err
})

// whole is the conversation with all flows.
func whole(p *profile.Profile, finder *place.Gazetteer, r understand.Reader) *flows.Machine {
	return flows.New(flows.Options{Profile: p, Reader: r, Finder: finder, Flows: errands.All()})
}
