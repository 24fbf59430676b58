package figures

import "time"

// Figures are the numbers of one line: of an office, a category, an area, or all.
type Figures struct {
	// Filed counts the reports that were filed in the period, FollowedUp those of them that a person has answered, Settled those that
	// are over.
	Filed, FollowedUp, Settled int
	// Answer is the time to the first answer of those filed in the period, Finish the time until they were done for good: in working
	// days, and Lived as the citizen lived it.
	Answer, Finish           Spread
	AnswerLived, FinishLived Spread
	// Due counts the reports whose day to answer came in the period and has passed, InTime those that were answered by then.
	Due, InTime int
	// Resolved counts how often something was called done in the period, Proved how often with a picture or a file.
	Resolved, Proved int
	// Held counts those of them that can begin again no more, or have, and Reopened those that began again in the time for that.
	Held, Reopened int
	// The verdicts on them, and those that still wait for one.
	Fixed, Partly, NotFixed, Lapsed, Awaited int
	// Stars counts the marks that reporters gave after their verdicts on them: of one star first, of five last.
	Stars [5]int
	// Rejected, Merged, Transferred and Recalled count the other ends that came in the period.
	Rejected, Merged, Transferred, Recalled int
	// Delivered and Undelivered count the news to reporters of what was filed in the period.
	Delivered, Undelivered int
	// Returned counts what the office gave back in the period, Astray what came back that it had passed on.
	Returned, Astray int
	// Spells counts how often it had an open report in the period, Kept for how many working days in all, pauses left out.
	Spells int
	Kept   time.Duration
	// Hushed counts the reports that must not be recognised among those that were filed, or had, in the period.
	Hushed int
	// Open counts what was open at the end, Late what of it a limit of had passed by then that still asked for something: LateAnswer that of
	// an answer, also to what was opened again, LateFinish that of the end.
	Open, Late, LateAnswer, LateFinish int
}

// Rated is how many marks were given.
func (f Figures) Rated() (n int) {
	for _, of := range f.Stars {
		n += of
	}
	return n
}

// MeanStars is the mean of the marks; ok is false where there are fewer than Enough to tell one.
func (f Figures) MeanStars() (mean float64, ok bool) {
	sum, n := 0, f.Rated()
	for i, of := range f.Stars {
		sum += (i + 1) * of
	}
	if n < Enough {
		return 0, false
	}
	return float64(sum) / float64(n), true
}

// Line is the figures of one office, category or area. Key is its code; "" is the coordinator, or no area.
type Line struct {
	Key string
	Figures
}

// Sheet is what is answered: the sum, and the lines that have anything to tell, those with most reports first.
type Sheet struct {
	Query Query
	All   Figures
	Lines []Line
	// Acted are the offices for which anybody did anything in the period.
	Acted map[string]bool
}
