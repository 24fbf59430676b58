package postgres

import (
	"testing"
	"time"
)

// Who waits for a name counts the silence that it heard: a look that came late, or failed, costs no more than one look, and a program that
// stood still for an hour does not take the place of others who stood still with it.
func TestTheSilenceThatWasHeard(t *testing.T) {
	t.Parallel()
	a, b := lease{"a", 1, 1}, lease{"a", 1, 2}
	type look struct {
		after time.Duration // since the look before
		row   lease
		fails bool
	}
	every := func(n int, row lease) (list []look) {
		for range n {
			list = append(list, look{after: lookEvery, row: row})
		}
		return list
	}
	all := func(lists ...[]look) (list []look) {
		for _, l := range lists {
			list = append(list, l...)
		}
		return list
	}
	one := func(after time.Duration, row lease) []look { return []look{{after: after, row: row}} }
	most := int(silentFor/lookEvery) + 1
	late := askMost + lookEvery
	for name, c := range map[string]struct {
		looks []look
		takes bool
	}{
		"nothing for long enough":          {every(most+1, a), true},
		"nearly long enough":               {every(most-2, a), false},
		"a beat in between":                {all(every(most-2, a), every(most-2, b)), false},
		"a busy machine, each look late":   {all(every(1, a), one(late, a), one(late, a), one(late, a), one(late, a), one(late, a)), true},
		"an hour asleep":                   {all(every(4, a), one(time.Hour, a)), false},
		"an hour asleep, and then nothing": {all(every(4, a), one(time.Hour, a), every(most-4, a)), true},
		"a look that failed":               {all(every(most/2, a), []look{{after: late, fails: true}}, every(most/2+3, a)), true},
		"no database for an hour":          {all(every(4, a), []look{{after: time.Hour, fails: true}}, every(4, a)), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := time.Now()
			s := &suitor{leases: &leases{now: func() time.Time { return now }}}
			for _, l := range c.looks {
				now = now.Add(l.after)
				if l.fails {
					s.until = time.Time{}
				} else {
					s.hears(l.row, now)
				}
			}
			if takes := s.silent >= silentFor; takes != c.takes {
				t.Errorf("silent for %s: takes the name: %v", s.silent, takes)
			}
		})
	}
}
