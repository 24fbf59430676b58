package profile

import (
	"cmp"
	"fmt"
)

// Ladder says when who is told of a clock that runs out. What a profile leaves out is the default.
type Ladder struct {
	// First and Second are at how many percent of a clock's time its office is reminded; 0: 50 and 80.
	First  int `yaml:"first_percent"`
	Second int `yaml:"second_percent"`
	// Leaders is how many working days after the limit the leaders hear of it; 0: 1.
	Leaders int `yaml:"leaders_days"`
	// Again is after how many more working days what is still late is told again, to its citizens as well, who were told that day; 0: 2.
	// The pauses after it grow.
	Again int `yaml:"again_days"`
}

// WithDefaults is the ladder with every field filled in.
func (l Ladder) WithDefaults() Ladder {
	return Ladder{First: cmp.Or(l.First, 50), Second: cmp.Or(l.Second, 80), Leaders: cmp.Or(l.Leaders, 1), Again: cmp.Or(l.Again, 2)}
}

func (l *loader) checkLadder(given Ladder) {
	for _, f := range []struct {
		key            string
		n, usual, most int
	}{{"first_percent", given.First, 50, 98}, {"second_percent", given.Second, 80, 99}, {"leaders_days", given.Leaders, 1, 60},
		{"again_days", given.Again, 2, 60}} {
		if f.n < 0 || f.n > f.most {
			l.wrong(fmt.Sprintf("ladder.%s must be a number from 0 to %d, not %d", f.key, f.most, f.n), fmt.Sprintf("%s: %d", f.key, f.usual), "ladder."+f.key, "ladder")
		}
	}
	if all := given.WithDefaults(); all.First >= all.Second {
		l.wrong(fmt.Sprintf("the second reminder must come after the first, not at %d and %d percent", all.First, all.Second),
			"ladder: {first_percent: 50, second_percent: 80}", "ladder.second_percent", "ladder.first_percent", "ladder")
	}
}
