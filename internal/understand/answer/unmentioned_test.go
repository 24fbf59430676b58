package answer

import "testing"

// Who does not want to be spoken of is hidden as who does not want to be named.
func TestUnmentioned(t *testing.T) {
	t.Parallel()
	lx := Must()
	for words, want := range map[string]bool{
		"iyh tp jgn sebut saya": true, "jgn sebut saya ya": true, "jangan bawa2 nama saya": true, "iya tapi jangan sebut2 nama saya ya pak": true, "jangan nyebut saya ya bu": true,
		"please dont mention me": true, "jgn disebut saya ya": true,
		"jangan sebut saya pembohong": false, "jangan sebut saya bodoh pak": false, "saya sebut aja ya": false, "jangan bawa saya": false,
	} {
		c, ok := lx.Changes(words)
		if got := ok && c.Field == Who && c.Who == "anonim"; got != want {
			t.Errorf("%q: %v %+v", words, ok, c)
		}
	}
}
