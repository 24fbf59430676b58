package flowtest

import (
	"testing"

	"rabeg/flows"
	"rabeg/flows/errands"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// builtin is the product's own city with the finder of its places and the learnt reader.
func builtin(t testing.TB) (*profile.Profile, *place.Gazetteer, *understand.Model) {
	t.Helper()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	finder, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	m, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return p, finder, m
}

// whole is the conversation with all flows.
func whole(p *profile.Profile, finder *place.Gazetteer, r understand.Reader) *flows.Machine {
	return flows.New(flows.Options{Profile: p, Reader: r, Finder: finder, Flows: errands.All()})
}
