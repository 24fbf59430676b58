package meant

import (
	"slices"
	"strings"
	"time"

	"rabeg/internal/report"
)

// live are the reports that somebody may still talk of.
func (m Mind) live(mine []report.Report, at time.Time) []report.Report {
	var out []report.Report
	for _, r := range mine {
		switch {
		case !r.Erased.IsZero(), r.How.OnBehalf() && r.Reporter.Zero():
		case r.Status.Open(), r.Status == report.Resolved, r.Status == report.Transferred, r.Status == report.Merged:
			out = append(out, r)
		case r.Status == report.Rejected, r.Status == report.Closed:
			if !r.Recalled.IsZero() {
				if at.Sub(r.Recalled) < report.Resumable {
					out = append(out, r)
				}
				continue
			}
			ended := r.Status == report.Closed && !r.Reopenable(at, m.Profile.ReopenDays(r.Category))
			if !ended && at.Sub(later(talked(r), r.Ended)) < fresh {
				out = append(out, r)
			}
		}
	}
	return out
}

// one narrows down which report is meant: by its matter, by what was told last.
func (m Mind) one(a Act, among, named []report.Report, at time.Time, why string) Decision {
	if len(among) == 0 {
		return Decision{Why: why + ", but none is left for it"}
	}
	if both := common(among, named); len(both) > 0 {
		among, why = both, why+"; its matter is named"
	}
	if len(among) == 1 {
		return Decision{Act: a, Reports: among, Why: why}
	}
	byTalk := slices.Clone(among)
	slices.SortStableFunc(byTalk, func(x, y report.Report) int { return talked(y).Compare(talked(x)) })
	first, second := talked(byTalk[0]), talked(byTalk[1])
	if at.Sub(first) < recent && first.Sub(second) > recent && a != Withdraw && a != Hide && a != Show && a != Move {
		return Decision{Act: a, Reports: byTalk[:1], Why: why + "; told last"}
	}
	return Decision{Act: a, Reports: byTalk, Why: why + "; several"}
}

// only are the reports of which something is true.
func only(all []report.Report, is func(report.Report) bool) []report.Report {
	return slices.DeleteFunc(slices.Clone(all), func(r report.Report) bool { return !is(r) })
}

// talked is when people last talked of a report.
func talked(r report.Report) time.Time {
	return later(later(r.Filed, r.Told), r.Asked)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func common(a, b []report.Report) []report.Report {
	return slices.DeleteFunc(slices.Clone(a), func(r report.Report) bool {
		return !slices.ContainsFunc(b, func(o report.Report) bool { return o.ID == r.ID })
	})
}

func meet(a, b []report.Report) bool { return len(common(a, b)) > 0 }

// numeral reports whether a text is a number of a list and nothing else.
func numeral(text string) bool {
	return text != "" && len(text) <= 3 && strings.Trim(text, "0123456789. ") == ""
}

// Rather tells whether words that say how a report stands are said of another that is open, of which its office wrote after since, when the
// last was told of this one: "udah nyala pak" under a word about the lamp is no word about rubbish that was called done last week. others may
// be meant as well, the one that was talked of last first; sure says that one of them is, so that nobody has to be asked.
func (m Mind) Rather(text string, r report.Report, mine []report.Report, since, at time.Time) (others []report.Report, sure bool) {
	wrote := func(o report.Report) time.Time { return later(o.Told, o.Asked) }
	others = only(m.live(mine, at), func(o report.Report) bool { return o.ID != r.ID && o.Status.Open() && wrote(o).After(since) })
	if len(others) == 0 {
		return nil, false
	}
	switch named := m.named(text, append(slices.Clone(others), r)); {
	case slices.ContainsFunc(named, func(o report.Report) bool { return o.ID == r.ID }):
		return nil, false
	case len(named) > 0:
		return named, true
	}
	if rd := m.Reader.Read(text); len(rd.Guesses) > 0 && rd.Guesses[0].P >= half { // "udah diangkut" is said of rubbish
		alike := only(others, func(o report.Report) bool { return o.Category == rd.Guesses[0].Category })
		switch {
		case rd.Guesses[0].Category == r.Category && len(alike) == 0:
			return nil, false
		case rd.Guesses[0].Category != r.Category && len(alike) > 0:
			return alike, true
		}
	}
	slices.SortStableFunc(others, func(x, y report.Report) int { return wrote(y).Compare(wrote(x)) })
	last := wrote(others[0])
	return others, at.Sub(last) < recent && last.Sub(since) > recent
}
