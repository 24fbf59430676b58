package place

import (
	"testing"

	"rabeg/internal/profile"
)

// Every neighbour of every profile, and every kecamatan of theirs that the profile names, is known to lie outside; a
// street called after it does not.
func TestOutsideEveryName(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		g, p := gazetteer(t, name)
		for _, n := range p.Neighbours {
			outside := func(words string) {
				if got := g.Find(words); len(got) == 0 || got[0].Whose == "" {
					t.Errorf("%s: %q is %+v, it lies in %s", name, words, got, n.Name)
				}
			}
			outside(n.Name)
			outside("di " + n.Name)
			for _, town := range n.Names {
				outside("kec " + town)
				outside("kec. " + town + ", " + n.Name)
				for _, street := range []string{"jl raya " + town, "jalan " + town} {
					if got := g.Find(street); len(got) > 0 && got[0].Whose != "" {
						t.Errorf("%s: %q is %+v, and a street is no town", name, street, got)
					}
				}
			}
		}
	}
}

// No kelurahan of our own is taken for a neighbour's when it is named as one, and none that only sounds like a neighbour's
// place is asked about at all.
func TestOwnAreasStayOurs(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		g, p := gazetteer(t, name)
		twins := 0
		for _, a := range p.Areas {
			for _, words := range []string{"kel " + a.Name, a.Name + " kec " + a.DistrictName, a.Name + ", " + p.City} {
				if got := g.Find(words); len(got) > 0 && got[0].Whose != "" {
					t.Errorf("%s: %q is %+v", name, words, got)
				}
			}
			if got := g.Find(a.Name); len(got) > 0 && (got[0].Whose != "" || len(got) > 1 && got[1].Whose != "") {
				twins++
			}
		}
		if twins > 2 {
			t.Errorf("%s: %d kelurahan are asked about because a neighbour has a place of that name", name, twins)
		}
	}
}

// A pin is so far from a kelurahan as from its border, and from a kecamatan as from its nearest kelurahan.
func TestApart(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	const lat, lon = -6.1227, 106.1754 // in Sumur Pecung
	for _, c := range []struct {
		choice   Choice
		from, to float64
	}{
		{Choice{Area: "36.73.01.1003", District: "36.73.01"}, 0, 0},
		{Choice{District: "36.73.01"}, 0, 0},
		{Choice{Area: "36.73.01.1010", District: "36.73.01"}, 1, 1500},     // Kaligandu, next door
		{Choice{Area: "36.73.02.1008", District: "36.73.02"}, 3000, 12000}, // Sawah Luhur
		{Choice{District: "36.73.02"}, 1500, 8000},                         // Kasemen
	} {
		if m, ok := g.Apart(lat, lon, c.choice); !ok || m < c.from || m > c.to {
			t.Errorf("%+v is %.0f m away (%v), want %.0f to %.0f", c.choice, m, ok, c.from, c.to)
		}
	}
	if m, ok := g.Apart(lat, lon, Choice{}); ok {
		t.Errorf("no area is %.0f m away", m)
	}
}
