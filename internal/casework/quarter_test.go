package casework_test

import (
	"container/heap"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

var updateQuarter = flag.Bool("update", false, "rewrite testdata/quarter.txt; read the diff")

// TestAQuarter lets a city work for a quarter under a clock that is turned: Christmas, New Year, Ramadan and Idul Fitri lie in it.
// Three offices have nobody, two send everything back, one sleeps, one answers at one minute to midnight; two lose their last officer, and
// leaders and heads shut the bot out. The program is restarted, its clock jumps, and in the middle somebody changes a rule. Every report
// ends with an owner and a next date, or is closed; every step of every clock is told as a count by the minute says, once, and to those
// whom the facts and the profile's file name; the quarter's figures are what its facts come to. QUARTER=5000 is the long form (make quarter).
func TestAQuarter(t *testing.T) {
	t.Parallel()
	n := 400
	if s := os.Getenv("QUARTER"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	q := newQuarter(t, n)
	q.run()
	q.ends()
	told := q.check()
	q.everyOffice()
	lines := q.figures()
	t.Logf("%d reports, %d facts of the ladder, %d letters of it, %d roll calls, %d lines of figures", len(q.reports), told, q.letters, q.rolls, lines)
	if os.Getenv("QUARTER") != "" {
		return
	}
	got := strings.Join(q.story, "\n") + "\n"
	const file = "testdata/quarter.txt"
	if *updateQuarter {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("the quarter's story differs (-want +got):\n%s", d)
	}
}

type timerName struct {
	kind    ledger.TimerKind
	subject ledger.Subject
}

type happening struct {
	at time.Time
	nr int
	do func()
}

type agenda []happening

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at.Before(a[j].at) || a[i].at.Equal(a[j].at) && a[i].nr < a[j].nr
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }

// Push is of heap.Interface.
func (a *agenda) Push(x any) { *a = append(*a, x.(happening)) }

// Pop is of heap.Interface.
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

// quarter is a city with a store that is no more than maps.
type quarter struct {
	*testing.T
	office                  *casework.Office
	start, now, end, change time.Time
	rng                     *rand.Rand
	plan                    agenda
	events                  int
	reports                 map[report.ID]report.Report
	facts                   map[report.ID][]report.Fact
	timers                  map[timerName]ledger.Timer
	done, keys              map[string]bool
	people                  []ledger.Operator
	unserved, bouncing      []string
	deaf, gone              map[string]bool // people who get no letters, and who are no more of the desk, by their names
	letterTo                map[string]int  // how many letters of the ladder somebody got
	city                    government
	byCode                  map[string]report.ID
	sleeping, midnight      string
	downs                   [][2]time.Time
	letters, rolls          int
	story                   []string
	offices                 []string
	jumps                   map[time.Time]time.Duration
}

func newQuarter(t *testing.T, n int) *quarter {
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	q := &quarter{T: t, rng: rand.New(rand.NewPCG(15, 2026)), reports: map[report.ID]report.Report{}, facts: map[report.ID][]report.Fact{},
		timers: map[timerName]ledger.Timer{}, done: map[string]bool{}, keys: map[string]bool{}, jumps: map[time.Time]time.Duration{},
		deaf: map[string]bool{}, gone: map[string]bool{}, letterTo: map[string]int{}, city: readCity(t), byCode: map[string]report.ID{}}
	q.office = &casework.Office{Profile: p, Desk: bot.Address{Network: bot.Telegram, ID: "-100"}}
	q.start = time.Date(2026, 12, 14, 0, 0, 0, 0, p.Location())
	q.end, q.change = q.start.AddDate(0, 3, 14), q.start.AddDate(0, 1, 14)
	q.now = q.start
	q.offices = q.city.offices
	q.unserved, q.bouncing, q.sleeping, q.midnight = []string{"DINSOS", "DISPARPORA", "KESBANGPOL"}, []string{"DLH", "DPUPR"}, "DISHUB", "SATPOLPP"
	q.enrol()
	for range 6 {
		from := q.minute(q.start, q.end)
		q.downs = append(q.downs, [2]time.Time{from, from.Add(time.Duration(1+q.rng.IntN(30)) * time.Hour)})
	}
	for i := range 8 {
		q.jumps[q.minute(q.start, q.end).Truncate(10*time.Minute)] = time.Duration([]int{5, -6}[i%2]) * time.Hour
	}
	q.commit(q.office.FirstRoll(q.now))
	filed := q.start.AddDate(0, 2, 20)
	for i := range n {
		q.at(q.minute(q.start, filed), func() { q.handled(q.file(report.ID(i + 1))) })
	}
	for i, office := range q.offices { // and one in each office that nobody there ever looks at
		q.at(q.minute(q.start, filed), func() { q.forgotten(report.ID(n+i+1), office) })
	}
	q.at(q.change, func() { // somebody writes over a rule instead of adding a newer one
		other := *p
		other.Clocks = slices.Clone(p.Clocks)
		for i, c := range other.Clocks {
			if c.Hours == 72 {
				other.Clocks[i].Hours = 96
			}
		}
		q.office.Profile = &other
	})
	return q
}

func (q *quarter) minute(from, to time.Time) time.Time {
	return from.Add(time.Duration(q.rng.Int64N(int64(to.Sub(from)/time.Minute))) * time.Minute)
}

func (q *quarter) at(t time.Time, do func()) {
	q.events++
	heap.Push(&q.plan, happening{t, q.events, do})
}

// soon is after some hours, at least one minute, about so many on the average.
func (q *quarter) soon(hours float64, do func()) {
	q.at(q.now.Add(time.Minute+time.Duration(q.rng.ExpFloat64()*hours*60)*time.Minute), do)
}

func (q *quarter) down(t time.Time) bool {
	return slices.ContainsFunc(q.downs, func(d [2]time.Time) bool { return !t.Before(d[0]) && t.Before(d[1]) })
}

func (q *quarter) run() {
	for tick := q.start; tick.Before(q.end); tick = tick.Add(10 * time.Minute) {
		for len(q.plan) > 0 && !q.plan[0].at.After(tick) {
			h, _ := heap.Pop(&q.plan).(happening)
			q.now = h.at
			h.do()
		}
		if q.now = tick; !q.down(tick) {
			if jump, ok := q.jumps[tick.UTC()]; ok {
				q.now = tick.Add(jump)
			}
			q.ring()
			q.now = tick
		}
	}
}

// commit is what a store does: once for each cause, nothing on top of what has moved on, no timer rung twice.
func (q *quarter) commit(b ledger.Batch) error {
	q.Helper()
	if q.done[b.Cause] {
		return ledger.ErrDone
	}
	for _, c := range b.Changes {
		switch c := c.(type) {
		case ledger.Changed:
			if q.reports[c.Report.ID].Rev != c.Was {
				return ledger.ErrStale
			}
			if !c.Report.Owned() {
				q.Fatalf("%s would have no owner, or two", c.Report.Code)
			}
		case ledger.Rung:
			if has, ok := q.timers[timerName{c.Timer.Kind, c.Timer.Subject}]; !ok || !has.At.Equal(c.Timer.At) {
				return ledger.ErrUntimed
			}
		}
	}
	q.done[b.Cause] = true
	for _, l := range b.Letters {
		if q.keys[l.Key] {
			q.Fatalf("the letter %s is written twice", l.Key)
		}
		q.keys[l.Key] = true
	}
	for _, c := range b.Changes {
		switch c := c.(type) {
		case ledger.Opened:
			q.reports[c.Report.ID], q.facts[c.Report.ID] = c.Report, c.Facts
			q.byCode[string(c.Report.Code)] = c.Report.ID
		case ledger.Changed:
			q.reports[c.Report.ID] = c.Report
			q.facts[c.Report.ID] = append(slices.Clip(q.facts[c.Report.ID]), c.Facts...)
		case ledger.Timed:
			q.timers[timerName{c.Timer.Kind, c.Timer.Subject}] = c.Timer
		case ledger.Untimed:
			delete(q.timers, timerName{c.Kind, c.Subject})
		case ledger.Rung:
			delete(q.timers, timerName{c.Timer.Kind, c.Timer.Subject})
		case ledger.Enrolled:
			q.enrolled(c)
		}
	}
	q.posted(b)
	return nil
}

func (q *quarter) moment(t ledger.Timer) casework.Moment {
	id, _ := t.Subject.Report()
	m := casework.Moment{Timer: t, At: q.now, Report: q.reports[id], Facts: q.facts[id]}
	if room, ok := t.Subject.Room(); ok {
		m.Served = q.served(room)
		m.Cases, _ = q.openOf(room)
	}
	return m
}

// ring is what the program's job does, and now and then it is killed after the commit and does it once more.
func (q *quarter) ring() {
	var due []ledger.Timer
	for _, t := range q.timers {
		if !t.At.After(q.now) {
			due = append(due, t)
		}
	}
	slices.SortFunc(due, func(a, b ledger.Timer) int {
		return cmpOr(a.At.Compare(b.At), strings.Compare(string(a.Subject), string(b.Subject)))
	})
	var clocks []casework.Moment
	for _, t := range due {
		switch t.Kind {
		case ledger.ClockTimer:
			if len(clocks) < casework.ClimbMost {
				clocks = append(clocks, q.moment(t))
			}
		case ledger.RollTimer:
			open := map[string][]report.Report{}
			for _, r := range q.reports {
				if r.Status.Working() {
					open[r.Agency] = append(open[r.Agency], r)
				}
			}
			lists := map[string]ledger.OpenList{}
			for room, all := range open {
				lists[room] = ledger.OpenListOf(all, q.now, q.office.Soon(q.now), casework.RollShown)
			}
			b := q.office.Roll(casework.RollCall{Timer: t, At: q.now, People: q.people, Open: lists})
			if q.commit(b) == nil && len(b.Letters) > 0 {
				q.rolls++
				q.called(b)
			}
		default:
			b, ok, err := q.office.Due(q.moment(t))
			if err != nil {
				q.Fatal(err)
			}
			if ok {
				err = q.commit(b)
			} else {
				delete(q.timers, timerName{t.Kind, t.Subject})
			}
			if err != nil {
				q.Fatal(err)
			}
		}
	}
	b, ok := q.office.Climb(clocks, q.people, q.now)
	if !ok {
		return
	}
	if err := q.commit(b); err != nil {
		q.Fatal(err)
	}
	if q.rng.IntN(5) == 0 { // it was killed before it knew that it is done
		if err := q.commit(b); !errors.Is(err, ledger.ErrDone) {
			q.Fatalf("told twice: %v", err)
		}
		again, _ := q.office.Climb(clocks, q.people, q.now.Add(time.Second))
		if err := q.commit(again); !errors.Is(err, ledger.ErrUntimed) && !errors.Is(err, ledger.ErrStale) {
			q.Fatalf("told twice: %v", err)
		}
	}
	q.addressed(b)
	q.tell(b)
}

func cmpOr(all ...int) int {
	for _, n := range all {
		if n != 0 {
			return n
		}
	}
	return 0
}

// tell writes down what a clerk would want to read: every letter of the ladder to people, and those of two rooms.
func (q *quarter) tell(b ledger.Batch) {
	seen := map[string]bool{}
	for _, l := range b.Letters {
		if l.Purpose == ledger.Refresh {
			continue
		}
		q.letters++
		who := l.To.ID
		switch {
		case l.Purpose == ledger.Notice:
			if r := q.reports[l.Report]; r.Agency != q.sleeping {
				continue
			}
			who = "pelapor " + string(q.reports[l.Report].Code)
		case l.Desk && l.Room == "":
			who = "koordinator"
		case l.Desk && l.Room != q.sleeping && l.Room != q.midnight:
			continue
		case l.Desk:
			who = "ruang " + l.Room
		}
		if seen[who] && l.Purpose != ledger.Notice {
			q.Errorf("two letters to %s at once", who)
		}
		seen[who] = true
		if who == "Ratna" || strings.Contains(who, q.sleeping) || strings.Contains(who, q.midnight) || l.Purpose == ledger.Notice && l.Report%10 == 0 {
			q.story = append(q.story, fmt.Sprintf("%s → %s: %s", say.For(q.office.Profile, "id").When(q.now), who, brief(l.Message.Text)))
		}
	}
}

// brief is a letter in one line: what is said of how many, and the first numbers.
func brief(text string) string {
	var parts []string
	for line := range strings.SplitSeq(text, "\n") {
		if code := codeOf(line); code != "" && !strings.HasPrefix(line, "Maaf") {
			parts = append(parts, code)
			continue
		}
		parts = append(parts, "| "+line)
	}
	return strings.TrimPrefix(strings.ReplaceAll(strings.Join(parts, " "), "*", ""), "| ")
}

func codeOf(line string) string {
	if _, rest, ok := strings.Cut(line, "SRG-"); ok && len(rest) >= 7 {
		return "SRG-" + rest[:7]
	}
	return ""
}
