package byhand

import (
	"fmt"
	"math"
	"sort"
	"time"
)

func lived(from, to time.Time) float64 { return math.Max(0, to.Sub(from).Hours()/24) }

// pauses are the times in which the clocks stood still: from a question that is heard until it waits no more, six days at most, and from a
// plan until its date, another plan, or until it is planned no more.
func pauses(told []line) [][2]time.Time {
	var out [][2]time.Time
	earliest := func(a, b time.Time) time.Time {
		if b.Before(a) {
			return b
		}
		return a
	}
	for i := 0; i < len(told); i++ { // questions
		if told[i]["asked"] != "yes" {
			continue
		}
		from := told[i].at()
		to := from.Add(6 * 24 * time.Hour)
		for i < len(told) && told[i]["asked"] != "" {
			i++
		}
		if i < len(told) {
			to = earliest(to, told[i].at())
		}
		out = append(out, [2]time.Time{from, to})
	}
	for i, l := range told { // plans
		if l["what"] != "planned" || l["status"] != "planned" {
			continue
		}
		to := when(l["until"])
		for _, n := range told[i+1:] {
			if n["what"] == "planned" || n["status"] != "planned" {
				to = earliest(to, n.at())
				break
			}
		}
		out = append(out, [2]time.Time{l.at(), to})
	}
	return out
}

// worked is the working days between two times without those in which the clocks stood still: piece by piece, as many as there are between
// any two moments at which something begins or ends.
func (c *count) worked(told []line, from, to time.Time) float64 {
	still := pauses(told)
	cuts := []time.Time{from, to}
	for _, p := range still {
		cuts = append(cuts, p[0], p[1])
	}
	for local := from.In(c.ask.Zone); local.Before(to); {
		local = time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, c.ask.Zone)
		cuts = append(cuts, local)
	}
	sort.Slice(cuts, func(i, j int) bool { return cuts[i].Before(cuts[j]) })
	sum := 0.0
	for i := 1; i < len(cuts); i++ {
		a, b := cuts[i-1], cuts[i]
		counts := !a.Before(from) && !b.After(to) && c.ask.Works(a)
		for _, p := range still {
			counts = counts && (a.Before(p[0]) || !a.Before(p[1]))
		}
		if counts {
			sum += b.Sub(a).Hours() / 24
		}
	}
	return sum
}

// percentile is Kaplan and Meier's, with a look at all trials for each time at which one ended.
func percentile(all []trial, share float64) string {
	if len(all) < 10 {
		return ""
	}
	var ends []float64
	for _, t := range all {
		if t.over {
			ends = append(ends, t.days)
		}
	}
	sort.Float64s(ends)
	left := 1.0
	for i, at := range ends {
		if i > 0 && at-ends[i-1] < tiny {
			continue
		}
		risk, over := 0.0, 0.0
		for _, t := range all {
			if t.days > at-tiny {
				risk++
			}
			if t.over && math.Abs(t.days-at) < tiny {
				over++
			}
		}
		left *= (risk - over) / risk
		if left <= 1-share+1e-9 {
			return fmt.Sprint(math.Round(at*100) / 100)
		}
	}
	return "belum tercapai"
}

// tiny is less than any time between two moments that are kept, in days: a microsecond is ten times that.
const tiny = 1e-12

func (c *count) table() Table {
	out := Table{}
	keys := map[string]bool{"all": true}
	for k := range c.sums {
		keys[k] = true
	}
	for k := range c.times {
		keys[k] = true
	}
	for k := range keys {
		out[k] = c.figures(c.sums[k], c.times[k])
	}
	return out
}

func (c *count) figures(n map[string]float64, t map[string][]trial) map[string]string {
	out := map[string]string{}
	for _, name := range []string{"filed", "followed_up", "settled", "due", "in_time", "resolved", "proved", "held", "reopened", "fixed", "partly", "not_fixed", "lapsed", "awaited",
		"rejected", "merged", "transferred", "recalled", "delivered", "undelivered", "returned", "astray", "spells", "open", "late", "late_answer", "late_finish", "rated", "stars_1", "stars_2", "stars_3", "stars_4", "stars_5"} {
		out[name] = fmt.Sprint(n[name])
	}
	if out["stars_mean"] = ""; n["rated"] >= 10 {
		out["stars_mean"] = fmt.Sprint(math.Round(100*n["stars"]/n["rated"]) / 100)
	}
	out["kept_days"] = fmt.Sprint(math.Round(n["kept"]*100) / 100)
	for _, name := range []string{"answer", "answer_lived", "finish", "finish_lived"} {
		over := 0
		for _, one := range t[name] {
			if one.over {
				over++
			}
		}
		out[name+"_n"], out[name+"_over"] = fmt.Sprint(len(t[name])), fmt.Sprint(over)
		out[name+"_median_days"], out[name+"_p90_days"] = percentile(t[name], .5), percentile(t[name], .9)
	}
	for name, of := range map[string]float64{"followed_up": n["filed"], "in_time": n["due"], "proved": n["resolved"], "reopened": n["held"], "undelivered": n["delivered"] + n["undelivered"]} {
		if out[name+"_pct"] = ""; of > 0 {
			out[name+"_pct"] = fmt.Sprint(math.Round(1000*n[name]/of) / 10)
		}
	}
	return out
}
