package lab

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"rabeg/internal/deadline"
	"rabeg/internal/profile"
)

// turned is the clock of the lab: the machine's, turned forward by as much as a person at the terminal wants.
type turned struct{ ahead atomic.Int64 }

// Now is the time that the product and the local networks go by.
func (t *turned) Now() time.Time { return time.Now().Add(time.Duration(t.ahead.Load())) }

// clockExample is how the clock is turned.
const clockExample = "/waktu +3d, /waktu +5h or /waktu 08.00"

var (
	turnBy = regexp.MustCompile(`^\+?(?:(\d{1,3})d)? ?(?:(\d{1,4})h)? ?(?:(\d{1,5})m)?$`)
	turnTo = regexp.MustCompile(`^(\d{1,2})[.:](\d{2})$`)
)

// turn reads by how much the clock is turned, or to which time of the day; where the offices are shut then, it goes on to the first
// hour at which people are told of anything.
func (t *turned) turn(p *profile.Profile, text string) (time.Time, error) {
	now := t.Now().In(p.Location())
	text = strings.ToLower(strings.TrimSpace(text))
	for _, word := range [][2]string{{"hari", "d"}, {"days", "d"}, {"day", "d"}, {"jam", "h"}, {"hours", "h"}, {"hour", "h"}, {"menit", "m"}} {
		text = strings.TrimSpace(strings.ReplaceAll(text, " "+word[0], word[1]))
	}
	to := now
	if m := turnTo.FindStringSubmatch(text); m != nil {
		h, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		if h > 23 || minute > 59 {
			return now, fmt.Errorf("there is no such time of the day (example: %s)", clockExample)
		}
		for to = time.Date(now.Year(), now.Month(), now.Day(), h, minute, 0, 0, now.Location()); !to.After(now); {
			to = to.AddDate(0, 0, 1)
		}
	} else if m := turnBy.FindStringSubmatch(text); m != nil && text != "" && text != "+" {
		n := func(s string) int { v, _ := strconv.Atoi(s); return v }
		to = now.AddDate(0, 0, n(m[1])).Add(time.Duration(n(m[2]))*time.Hour + time.Duration(n(m[3]))*time.Minute)
	} else {
		return now, fmt.Errorf("/waktu turns the clock forward (example: %s)", clockExample)
	}
	if !to.After(now) {
		return now, fmt.Errorf("the clock only goes forward (example: %s)", clockExample)
	}
	if !slices.ContainsFunc(p.Working(to), func(w profile.Window) bool { return !to.Before(w.From) && to.Before(w.To) }) {
		to = deadline.Slot(p, to, false).In(p.Location())
	}
	if time.Duration(t.ahead.Load())+to.Sub(now) > aheadMost {
		return now, errors.New("the clock is turned by a hundred years at most; end the lab and begin with another --dir")
	}
	t.ahead.Add(int64(to.Sub(now)))
	return to, nil
}
