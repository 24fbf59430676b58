package casework_test

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// To whom letters go, by the facts and by the lines of the profile's files: this shares no code with what it judges.

// government is what the files of a government say of its offices.
type government struct {
	offices []string          // those that may own reports
	kecs    map[string]string // the office of a kecamatan
	of      map[string]string // the office of a category, "KECAMATAN" for that of the place
}

// readCity reads the files of Serang line by line.
func readCity(t *testing.T) government {
	c := government{kecs: map[string]string{}, of: map[string]string{}}
	value := func(line, key string) (string, bool) {
		v, ok := strings.CutPrefix(line, key)
		return strings.Trim(v, ` "`), ok
	}
	for _, file := range []string{"common/categories.yaml", "serang/profile.yaml"} {
		text, err := os.ReadFile("../profile/" + file)
		if err != nil {
			t.Fatal(err)
		}
		part, code := "", ""
		for line := range strings.SplitSeq(string(text), "\n") {
			if line != "" && !strings.ContainsAny(line[:1], " #") {
				part, code = line, ""
			}
			if v, ok := value(line, "  - code:"); ok {
				code = v
				if part == "agencies:" {
					c.offices = append(c.offices, code)
				}
			}
			if v, ok := value(line, "    agency:"); ok && part == "categories:" {
				c.of[code] = v
			}
			if v, ok := value(line, "    district:"); ok && part == "agencies:" {
				c.kecs[v] = code
			}
			if line == "    emergency: true" || line == "    outside: true" {
				c.offices = c.offices[:len(c.offices)-1]
			}
		}
	}
	if len(c.offices) != 35 || len(c.kecs) != 6 {
		t.Fatalf("the profile's file has %d offices and %d kecamatan, as far as it is understood here", len(c.offices), len(c.kecs))
	}
	return c
}

// home is the office whose duty a category is, in a kecamatan.
func (c government) home(category, district string) string {
	if c.of[category] == "KECAMATAN" {
		return c.kecs[district]
	}
	return c.of[category]
}

// holder is who has a report after some facts.
func holder(facts []report.Fact) (office string) {
	for _, f := range facts {
		switch f.What {
		case report.WasAssigned, report.WasForwarded:
			office = f.Agency
		case report.WasReturned:
			office = ""
		}
	}
	return office
}

// inCharge is the officer who works on a report: who took it last, else who first did something to it since it came there.
func inCharge(facts []report.Fact) (name string) {
	for _, f := range facts {
		switch f.What {
		case report.WasAssigned, report.WasForwarded, report.WasReturned:
			name = ""
		case report.WasTaken:
			name = f.By.Name
		case report.WasAnswered, report.WasAsked, report.WasPlanned, report.WasResolved:
			if name == "" {
				name = f.By.Name
			}
		}
	}
	return name
}

// room is how a room is called here.
func room(agency string) string {
	if agency == "" {
		return "koordinator"
	}
	return "ruang " + agency
}

// posted holds the letters of whatever happens to reports to who has them: cards lie with the owner, and nobody else is written to.
func (q *quarter) posted(b ledger.Batch) {
	q.Helper()
	moved, contested := map[report.ID]bool{}, map[report.ID]bool{}
	had, hand := map[report.ID]string{}, map[report.ID]bot.Address{}
	for _, c := range b.Changes {
		switch c := c.(type) {
		case ledger.Opened:
			moved[c.Report.ID] = true
		case ledger.Changed:
			before := q.facts[c.Report.ID]
			before = before[:len(before)-len(c.Facts)]
			had[c.Report.ID] = holder(before)
			for _, f := range c.Facts {
				moved[c.Report.ID] = moved[c.Report.ID] || f.What == report.WasForwarded || f.What == report.WasReturned
				contested[c.Report.ID] = f.What == report.WasJudged && f.Verdict != report.Fixed
				hand[c.Report.ID] = f.By.Chat
			}
		}
	}
	cards := map[report.ID]int{}
	for _, l := range b.Letters {
		has := holder(q.facts[l.Report])
		switch {
		case l.Report == 0:
		case l.To == q.office.Desk && l.Desk:
			if l.Purpose == ledger.Card {
				cards[l.Report]++
			}
			from, changed := had[l.Report]
			old := changed && l.Purpose == ledger.Refresh && l.Room == from // where it was until now
			alarm := l.Purpose == ledger.Alarm && l.Room == ""
			ladder := strings.HasPrefix(b.Cause, "timer:"+string(ledger.ClockTimer)) // addressed sees to it
			again := contested[l.Report] && l.Room == ""                             // the coordinator reads what citizens call undone
			if l.Room != has && !old && !alarm && !ladder && !again {
				q.Errorf("%s has %s, and a letter (%s %s) of it goes to %q", room(has), q.reports[l.Report].Code, l.Purpose, l.Message.Text, l.Room)
			}
		case l.Staff() && l.To == hand[l.Report]: // who wrote it may take it back
		case l.To != q.reports[l.Report].Reporter:
			q.Errorf("a letter of %s (%s %s) goes to %v", q.reports[l.Report].Code, l.Purpose, l.Message.Text, l.To)
		}
	}
	for id, m := range moved {
		want := 0
		if m {
			want = 1
		}
		if cards[id] != want {
			q.Errorf("%d cards of %s are laid in %s, want %d", cards[id], q.reports[id].Code, room(holder(q.facts[id])), want)
		}
	}
}

// told is who hears of which reports.
type told map[string]map[string]bool

func (t told) hears(who string, r report.Report) {
	if t[who] == nil {
		t[who] = map[string]bool{}
	}
	t[who][string(r.Code)] = true
}

func (t told) any(whose []string) bool {
	return slices.ContainsFunc(whose, func(who string) bool { return t[who] != nil })
}

// reached are those of some people who are still of the desk and whom the bot may write to.
func (q *quarter) reached(names ...string) (out []string) {
	for _, n := range names {
		is := slices.ContainsFunc(q.people, func(op ledger.Operator) bool { return op.Name == n })
		if is && !q.deaf[n] && !q.gone[n] {
			out = append(out, n)
		}
	}
	return out
}

// due is who has to hear of what the ladder tells in a batch.
func (q *quarter) due(b ledger.Batch) told {
	want := told{}
	leaders := q.reached(lords...)
	for _, c := range b.Changes {
		ch, ok := c.(ledger.Changed)
		if !ok {
			continue
		}
		r := q.reports[ch.Report.ID]
		has := holder(q.facts[r.ID])
		for _, s := range q.stints(r) {
			n := len(s.told)
			if n == 0 || s.told[n-1].Seq != ch.Facts[len(ch.Facts)-1].Seq {
				continue
			}
			before, now := report.NoStep, s.told[n-1].Step
			if n > 1 {
				before = s.told[n-2].Step
			}
			want.hears(room(has), r)
			late := before < report.Breach && now >= report.Breach
			again := now >= report.Leaders+1
			if (late || again) && has != "" {
				want.hears(room(""), r)
				for _, head := range q.reached("kepala " + has) {
					want.hears(head, r)
				}
			}
			if (late || again) && s.stage != "verify" {
				want.hears("pelapor "+string(r.Code), r)
			}
			if now < report.Leaders {
				continue
			}
			for _, who := range leaders {
				want.hears(who, r)
			}
			if len(leaders) == 0 {
				want.hears(room(""), r)
			}
		}
	}
	return want
}

// addressed holds the letters of a step of the ladder to whom they must reach, and to what each of them says of whom else it reached.
func (q *quarter) addressed(b ledger.Batch) {
	want, got := q.due(b), told{}
	for _, l := range b.Letters {
		who := l.To.ID
		switch {
		case l.Purpose == ledger.Refresh:
			if has := holder(q.facts[l.Report]); l.Room != has {
				q.Errorf("the card of %s is drawn anew in %q, and it is in %s", q.reports[l.Report].Code, l.Room, room(has))
			}
			continue
		case l.Purpose == ledger.Notice:
			who = "pelapor " + string(q.reports[l.Report].Code)
			if l.To != q.reports[l.Report].Reporter {
				q.Errorf("%s goes to %v", who, l.To)
			}
			got.hears(who, q.reports[l.Report])
			continue
		case l.Desk:
			who = room(l.Room)
			q.honest(l, want)
		}
		q.names(who, l.Message.Text, want[who])
		got[who] = want[who]
	}
	for who := range want {
		if got[who] == nil {
			q.Errorf("%v: %s is not told of %v", q.now, who, want[who])
		}
		q.letterTo[who]++
	}
	for who := range got {
		if want[who] == nil {
			q.Errorf("%v: %s is written to, and nothing of that is for it", q.now, who)
		}
	}
}

// names holds a list to the reports that it must name. A long one names the first and counts the others.
func (q *quarter) names(who, text string, want map[string]bool) {
	named, left := map[string]bool{}, 0
	for line := range strings.SplitSeq(text, "\n") {
		if rest, ok := strings.CutPrefix(line, "… dan "); ok {
			n, _, _ := strings.Cut(rest, " ")
			left, _ = strconv.Atoi(n)
		}
		if code := codeOf(line); code != "" {
			named[code] = true
			if by := q.byCode[code]; !strings.HasSuffix(line, inCharge(q.facts[by])) {
				q.Errorf("%v: %s reads of %s without who works on it, %s: %s", q.now, who, code, inCharge(q.facts[by]), line)
			}
			if !want[code] {
				q.Errorf("%v: %s reads of %s, which is not for it", q.now, who, code)
			}
		}
	}
	if len(named)+left < len(want) || left == 0 && len(named) != len(want) || left > 0 && len(named) < 20 {
		q.Errorf("%v: %s reads of %d reports and of %d more, and %d are for it", q.now, who, len(named), left, len(want))
	}
}

// honest holds what a room reads of others who know as well to who is written to.
func (q *quarter) honest(l ledger.Letter, want told) {
	says := func(words string) bool { return strings.Contains(l.Message.Text, words) }
	head := want.any(q.reached("kepala " + l.Room))
	leaders := want.any(lords)
	for words, so := range map[string]bool{
		"Kepala kantor dan koordinator ikut diberi tahu": head, "kepala kantor belum.": !head, "Kepala kantor belum terdaftar": !head,
		"Pimpinan ikut diberi tahu": leaders, "Pimpinan daerah ikut diberi tahu": leaders, "pimpinan belum tahu": !leaders, "Pimpinan belum tahu": !leaders,
	} {
		if says(words) && !so {
			q.Errorf("%v: %s reads %q, which is not so", q.now, room(l.Room), words)
		}
	}
}

// called holds a roll call to the rooms that have something to read.
func (q *quarter) called(b ledger.Batch) {
	want, got := map[string]bool{room(""): true}, map[string]bool{}
	for id := range q.reports {
		if open := q.read(q.reports[id], q.end).open; open {
			want[room(holder(q.facts[id]))] = true
		}
	}
	for _, l := range b.Letters {
		if !l.Desk || l.To != q.office.Desk || got[room(l.Room)] {
			q.Errorf("%v: a roll call goes to %v, %s", q.now, l.To, room(l.Room))
		}
		got[room(l.Room)] = true
	}
	if !maps.Equal(want, got) {
		q.Errorf("%v: the roll is called in %v, and it is for %v", q.now, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

// everyOffice sees that the quarter tried them all: each room that somebody serves, each head who can be reached, and every leader.
func (q *quarter) everyOffice() {
	who := append([]string{room("")}, q.reached(lords...)...)
	for _, a := range q.offices {
		if q.served(a) {
			who = append(who, room(a))
			who = append(who, q.reached("kepala "+a)...)
		}
	}
	for _, w := range who {
		if q.letterTo[w] == 0 {
			q.Errorf("the ladder never told %s anything", w)
		}
	}
	for _, never := range []string{"Wali", "Wakil", "Asda"} {
		if q.letterTo[never] > 0 {
			q.Errorf("the ladder told %s something", never)
		}
	}
}
