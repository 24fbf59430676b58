package figures

import (
	"slices"
	"time"
)

// Spread is how long something took, over all that began in a period, with what is not over yet.
type Spread struct {
	// N counts all, Over those that are over: of the others it is only known that they take longer than until now.
	N, Over int
	// Median and P90 are the times within which half and nine in ten are over, by Kaplan and Meier.
	Median, P90 Percentile
}

// Percentile is a time within which a share is over. Told is false where there are fewer than Enough to tell one; Reached is
// false where that share is not over yet.
type Percentile struct {
	Told, Reached bool
	Within        time.Duration
}

// sample is one of a spread, in working time and as lived; not over: it takes longer than that.
type sample struct {
	worked, lived time.Duration
	over          bool
}

// spreads are a spread in working time, and as lived.
func spreads(all []sample) (worked, lived Spread) {
	times := make([]time.Duration, len(all))
	return spread(all, times, func(s *sample) time.Duration { return s.worked }), spread(all, times, func(s *sample) time.Duration { return s.lived })
}

// spread sorts the times as numbers: twice as long as they are, and one more where it is not over, so that of one time what ends comes
// before what is only known until then.
func spread(all []sample, times []time.Duration, of func(*sample) time.Duration) Spread {
	s := Spread{N: len(all)}
	for i := range all {
		times[i] = 2*of(&all[i]) + 1
		if all[i].over {
			times[i]--
			s.Over++
		}
	}
	if s.N < Enough {
		return s
	}
	slices.Sort(times)
	s.Median, s.P90 = Percentile{Told: true}, Percentile{Told: true}
	// left is the estimated share that is not over.
	left := 1.0
	for i := 0; i < len(times); {
		at, n, over := times[i]/2, len(times)-i, 0
		for ; i < len(times) && times[i]/2 == at; i++ {
			if times[i]%2 == 0 {
				over++
			}
		}
		left *= 1 - float64(over)/float64(n)
		s.Median.reach(left, 0.5, at)
		s.P90.reach(left, 0.1, at)
	}
	return s
}

// hair keeps a share that is exact on paper from being missed by a rounding.
const hair = 1e-9

func (p *Percentile) reach(left, want float64, at time.Duration) {
	if !p.Reached && left <= want+hair {
		p.Reached, p.Within = true, at
	}
}
