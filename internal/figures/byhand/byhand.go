// Package byhand makes the figures of a period a second time, of the lines of `rabeg stats --facts` alone and as docs/figures.md
// defines them: slowly, with nothing of what the product itself counts with. Tests hold the product to it.
package byhand

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"time"
)

// Asked is a period, from its first moment until before To, now, and which lines are wanted: "office", "category", "area" or "".
type Asked struct {
	From, To, Now time.Time
	By            string
	// Works reports whether offices work on the day of a moment, ReopenDays for how many days a report of a category begins again. All of
	// the hushed ones are taken for one category.
	Works      func(time.Time) bool
	Zone       *time.Location
	ReopenDays func(category string) int
}

// Table has, for "all" and for each line, the figures by the names of `rabeg stats --csv`; what cannot be told is "".
type Table map[string]map[string]string

type line map[string]string

func (l line) at() time.Time { return when(l["at"]) }

func when(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse("2006-01-02T15:04:05.000000Z", s)
	if err != nil {
		panic(err)
	}
	return t
}

// Figures reads the facts and counts.
func Figures(facts io.Reader, ask Asked) (Table, error) {
	rows, err := csv.NewReader(facts).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the facts: %w", err)
	}
	var stories [][]line
	for _, row := range rows[1:] {
		l := line{}
		for i, name := range rows[0] {
			l[name] = row[i]
		}
		if l["seq"] == "1" {
			stories = append(stories, nil)
		}
		stories[len(stories)-1] = append(stories[len(stories)-1], l)
	}
	c := &count{ask: ask, sums: map[string]map[string]float64{}, times: map[string]map[string][]trial{}, acted: map[string]bool{}}
	for _, s := range stories {
		c.story(s)
	}
	return c.table(), nil
}

// trial is a time that ended, or goes on.
type trial struct {
	days float64
	over bool
}

type count struct {
	ask   Asked
	sums  map[string]map[string]float64
	times map[string]map[string][]trial
	acted map[string]bool
	head  line // the first line of the report at hand
}

// add counts for the sum, and for the line that is asked for.
func (c *count) add(office, name string, n float64) {
	for _, key := range c.keys(office) {
		if c.sums[key] == nil {
			c.sums[key] = map[string]float64{}
		}
		c.sums[key][name] += n
	}
}

func (c *count) keys(office string) []string {
	switch c.ask.By {
	case "office":
		return []string{"all", "=" + office}
	case "category":
		return []string{"all", "=" + c.head["category"]}
	case "area":
		if c.head["category"] == "rahasia" {
			return []string{"all", "=rahasia"}
		}
		return []string{"all", "=" + c.head["area"]}
	}
	return []string{"all"}
}

func (c *count) time(office, name string, t trial) {
	for _, key := range c.keys(office) {
		if c.times[key] == nil {
			c.times[key] = map[string][]trial{}
		}
		c.times[key][name] = append(c.times[key][name], t)
	}
}

func (c *count) in(t time.Time) bool {
	return !t.IsZero() && !t.Before(c.ask.From) && t.Before(c.ask.To)
}

func isOpen(status string) bool {
	switch status {
	case "resolved", "closed", "rejected", "merged", "transferred":
		return false
	}
	return true
}

func people(role string) bool {
	return role == "operator" || role == "coordinator" || role == "leader"
}

// story counts one report, looking at its lines again for each figure.
func (c *count) story(all []line) {
	c.head = all[0]
	var told []line
	for _, l := range all {
		if l["undone"] == "" {
			told = append(told, l)
		}
		if l["undone"] == "" && l["role"] == "operator" && l["agency"] != "" && c.in(l.at()) {
			c.acted[l["agency"]] = true
		}
	}
	filed, due := told[0].at(), when(c.head["due"])
	last := told[len(told)-1]
	answer, by := time.Time{}, last["holder"]
	for i, l := range told {
		if w := l["what"]; (w == "answered" || w == "planned" || w == "resolved" || w == "rejected") && people(l["role"]) {
			answer, by = l.at(), told[i-1]["holder"]
			break
		}
	}
	ended := time.Time{}
	for i := 1; i < len(told); i++ {
		if !isOpen(told[i]["status"]) && isOpen(told[i-1]["status"]) {
			ended = told[i].at()
		}
	}
	if isOpen(last["status"]) {
		ended = time.Time{}
	}
	done := c.resolutions(told, last["status"])
	if c.in(filed) {
		c.filed(told, answer, by, ended, done)
	}
	if c.in(due) && !due.After(c.ask.Now) && (!answer.IsZero() || ended.IsZero() || !ended.Before(due)) {
		c.add(by, "due", 1)
		if !answer.IsZero() && !answer.After(due) {
			c.add(by, "in_time", 1)
		}
	}
	if name := map[string]string{"rejected": "rejected", "merged": "merged", "transferred": "transferred", "closed": "recalled"}[last["status"]]; c.in(ended) && name != "" && done.IsZero() {
		c.add(last["holder"], name, 1)
	}
	c.holders(told, all)
}

func (c *count) filed(told []line, answer time.Time, by string, ended, done time.Time) {
	filed, owner := told[0].at(), told[len(told)-1]["holder"]
	stop := func(t time.Time) time.Time {
		switch {
		case !t.IsZero():
			return t
		case !ended.IsZero():
			return ended
		}
		return c.ask.Now
	}
	c.time(by, "answer", trial{c.worked(told, filed, stop(answer)), !answer.IsZero()})
	c.time(by, "answer_lived", trial{lived(filed, stop(answer)), !answer.IsZero()})
	c.time(owner, "finish", trial{c.worked(told, filed, stop(done)), !done.IsZero()})
	c.time(owner, "finish_lived", trial{lived(filed, stop(done)), !done.IsZero()})
	c.add(owner, "filed", 1)
	if !answer.IsZero() {
		c.add(owner, "followed_up", 1)
	}
	if !ended.IsZero() {
		c.add(owner, "settled", 1)
	}
	for _, name := range []string{"delivered", "undelivered"} {
		var n float64
		_, _ = fmt.Sscan(c.head[name], &n)
		c.add(owner, name, n)
	}
}

// resolutions counts what was called done, and tells when it was for good.
func (c *count) resolutions(told []line, ends string) (good time.Time) {
	for i, l := range told {
		if l["what"] != "resolved" {
			continue
		}
		verdict, again, over := after(told, i)
		if !over && again.IsZero() && (ends == "resolved" || ends == "closed") {
			good = l.at()
		}
		if !c.in(l.at()) {
			continue
		}
		office := told[i-1]["holder"]
		c.add(office, "resolved", 1)
		if proven(told, i) {
			c.add(office, "proved", 1)
		}
		if closes := l.at().AddDate(0, 0, c.ask.ReopenDays(c.head["category"])); closes.Before(c.ask.Now) {
			c.add(office, "held", 1)
			if !again.IsZero() && !again.After(closes) {
				c.add(office, "reopened", 1)
			}
		}
		c.add(office, map[string]string{"beres": "fixed", "sebagian": "partly", "belum": "not_fixed", "lapsed": "lapsed", "": "awaited"}[verdict], 1)
		if n := stars(told, i); n != "" {
			c.add(office, "stars_"+n, 1)
			c.add(office, "rated", 1)
			var mark float64
			_, _ = fmt.Sscan(n, &mark)
			c.add(office, "stars", mark)
		}
	}
	return good
}

// stars is the last mark that came after a verdict on a resolution, until another resolution follows.
func stars(told []line, i int) (mark string) {
	judged := false
	for _, n := range told[i+1:] {
		switch {
		case n["what"] == "resolved":
			return mark
		case n["what"] == "judged":
			judged = true
		case n["what"] == "lapsed":
			judged = false
		case n["what"] == "rated" && judged:
			mark = n["stars"]
		}
	}
	return mark
}

func proven(told []line, i int) bool {
	for _, l := range told[i:] {
		if (l["seq"] == told[i]["seq"] || l["what"] == "enclosed" && l["of"] == told[i]["seq"]) && l["proof"] != "" {
			return true
		}
	}
	return false
}

// after is what was said of a resolution until another follows (over), and when the report began again.
func after(told []line, i int) (verdict string, again time.Time, over bool) {
	recalled := false
	for j := i + 1; j < len(told); j++ {
		n, before := told[j], told[j-1]["status"]
		switch n["what"] {
		case "resolved":
			return verdict, again, true
		case "judged":
			verdict = n["verdict"]
		case "lapsed":
			verdict = "lapsed"
		case "recalled":
			recalled = true
		}
		if again.IsZero() && isOpen(n["status"]) && (before == "resolved" || before == "closed" && !recalled) {
			again = n.at()
		}
		if n["what"] == "resumed" {
			recalled = false
		}
	}
	return verdict, again, false
}

// holders counts who had it, and who gave it back.
func (c *count) holders(told, all []line) {
	end := c.ask.To
	if c.ask.Now.Before(end) {
		end = c.ask.Now
	}
	var had []string // who had it, in order, each once in a row and for longer than a moment
	for i := 0; i < len(told); {
		l := told[i]
		if !isOpen(l["status"]) {
			i++
			continue
		}
		j := i + 1
		for j < len(told) && isOpen(told[j]["status"]) && told[j]["holder"] == l["holder"] {
			j++
		}
		from, to, still := l.at(), time.Time{}, j == len(told)
		if !still {
			to = told[j].at()
		}
		if still || to.After(from) {
			had = append(had, l["holder"])
			c.spell(told, all, l["holder"], from, to, end)
		}
		if !still && told[j]["what"] == "returned" && l["holder"] != "" {
			sender := ""
			for _, other := range slices.Backward(had) {
				if other != l["holder"] {
					sender = other
					break
				}
			}
			c.bounce(told[j].at(), l["holder"], sender)
		}
		i = j
	}
}

func (c *count) bounce(at time.Time, office, sender string) {
	if !c.in(at) {
		return
	}
	c.add(office, "returned", 1)
	if c.ask.By != "office" {
		c.add("", "astray", 1)
		return
	}
	for _, key := range []string{"all", "=" + sender} {
		if c.sums[key] == nil {
			c.sums[key] = map[string]float64{}
		}
		c.sums[key]["astray"]++
	}
}

// spell counts that an office had it from one time to another, zero being still.
func (c *count) spell(told, all []line, office string, from, to, end time.Time) {
	if !from.Before(end) || !to.IsZero() && !to.After(c.ask.From) {
		return
	}
	open := to.IsZero() || !to.Before(end)
	c.add(office, "spells", 1)
	if open {
		c.add(office, "open", 1)
		to = end
		c.late(all, office, end)
	}
	if from.Before(c.ask.From) {
		from = c.ask.From
	}
	c.add(office, "kept", c.worked(told, from, to))
}

// late counts which limits had passed at a time, as its last line before that tells; what was taken back later stood so then, too.
func (c *count) late(all []line, office string, end time.Time) {
	var then line
	for _, l := range all {
		if l.at().Before(end) {
			then = l
		}
	}
	late := false
	for _, stage := range []string{"verify", "answer", "finish"} {
		if due := when(then[stage+"_due"]); !due.IsZero() && due.Before(end) {
			late = true
			c.add(office, "late_"+stage, 1)
		}
	}
	if late {
		c.add(office, "late", 1)
	}
}
