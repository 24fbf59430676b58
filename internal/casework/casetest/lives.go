package casetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Lives makes reports as chance has them, with all their facts: each fact is one that may follow as the report stands. They are filed
// one after the other from a time on, on average one an hour.
func Lives(seed uint64, n int, from time.Time) (reports []report.Report, facts [][]report.Fact) {
	rnd := rand.New(rand.NewPCG(seed, 7))
	at := from
	for i := range n {
		at = at.Add(time.Duration(rnd.Int64N(int64(2 * time.Hour)))).Truncate(time.Microsecond)
		r, all := life(rnd, report.ID(1000+7*i), at)
		reports, facts = append(reports, r), append(facts, all)
	}
	return reports, facts
}

func some[T any](rnd *rand.Rand, of ...T) T { return of[rnd.IntN(len(of))] }

// living is a report in the making.
type living struct {
	rnd    *rand.Rand
	origin report.Report
	r      report.Report
	facts  []report.Fact
	at     time.Time
}

var lifeOffices = []string{"DISHUB", "DPUPR", "DLH", "KESRA"}

func life(rnd *rand.Rand, id report.ID, at time.Time) (report.Report, []report.Fact) {
	r := report.Report{ID: id, Code: report.Code(fmt.Sprintf("CTH-%d", id)), Lang: "id", Due: at.Add(some(rnd, 24*time.Hour, 72*time.Hour)),
		Reporter: some(rnd, bot.Address{Network: bot.WhatsApp, ID: fmt.Sprintf("62811%d@s", id)}, bot.Address{Network: bot.Telegram, ID: fmt.Sprint(id)})}
	r.Kind, r.Visibility = some(rnd, report.Complaint, report.Complaint, report.Wish, report.Question), some(rnd, report.Normal, report.Normal, report.Normal, report.Anonymous, report.Confidential)
	if rnd.IntN(12) == 0 {
		r.How, r.Reporter = report.AtCounter, bot.Address{}
	}
	l := &living{rnd: rnd, origin: report.Origin(r), r: report.Origin(r), at: at}
	office := some(rnd, lifeOffices...)
	area := some(rnd, "99.01.01.1001", "99.01.01.1002", "99.01.02.1001", "")
	place := report.Place{Area: area}
	if area != "" {
		place.District = area[:8]
	}
	l.tell(report.Citizen, report.Fact{What: report.WasFiled, Agency: office, Category: some(rnd, "penerangan_jalan", "jalan", "sampah", "bantuan"), Place: &place})
	switch rnd.IntN(10) {
	case 0:
		l.tell(report.System, report.Fact{What: report.WasQuarantined})
		if l.pause(); rnd.IntN(2) == 0 {
			l.tell(report.Coordinator, report.Fact{What: report.WasAdmitted, Agency: office})
		}
	case 1: // nobody serves that office
	default:
		l.tell(report.System, report.Fact{What: report.WasAssigned, Agency: office})
	}
	for range rnd.IntN(14) {
		l.pause()
		l.step()
	}
	return l.r, l.facts
}

// pause lets a while pass: mostly hours, at times weeks.
func (l *living) pause() {
	d := time.Duration(l.rnd.Int64N(int64(40 * time.Hour)))
	if l.rnd.IntN(8) == 0 {
		d *= 15
	}
	l.at = l.at.Add(d).Truncate(time.Microsecond)
}

func (l *living) tell(by report.Role, f report.Fact) {
	f.Report, f.Seq, f.At, f.By = l.r.ID, len(l.facts)+1, l.at, report.Actor{Role: by}
	switch by {
	case report.Operator:
		f.By.Home, f.By.ID = l.r.Agency, "telegram:"+l.r.Agency
	case report.Citizen:
		f.By.Chat = l.r.Reporter
	}
	if l.r.ID%2 == 0 { // the others are of before clocks were kept
		f.Terms = l.clocks(l.r, report.Apply(l.r, f), f)
	}
	l.facts = append(l.facts, f)
	l.r = report.Apply(l.r, f)
}

// clocks are how a report's clocks stand after a fact, roughly as casework sets them.
func (l *living) clocks(was, now report.Report, f report.Fact) []report.Term {
	terms := slices.Clone(now.Terms)
	begin := func(stage string, long time.Duration) {
		terms = slices.DeleteFunc(terms, func(t report.Term) bool { return t.Stage == stage })
		terms = append(terms, report.Term{Stage: stage, From: f.At, Due: f.At.Add(long)})
	}
	met := func(stages ...string) {
		for i := range terms {
			if slices.Contains(stages, terms[i].Stage) && terms[i].Met.IsZero() {
				terms[i].Met = f.At
			}
		}
	}
	sorts := func(r report.Report) bool {
		return r.Agency == "" && (r.Status == report.Received || r.Status == report.Quarantined)
	}
	begins := f.What == report.WasFiled || !was.Status.Open() && now.Status.Open()
	switch {
	case begins:
		begin("answer", 72*time.Hour)
		begin("finish", 14*24*time.Hour)
	case f.What == report.WasAnswered || f.What == report.WasPlanned:
		met("answer")
	case f.What == report.WasWithdrawn:
		for i, t := range terms {
			if t.Met.Equal(l.facts[f.Of-1].At) {
				terms[i].Met = time.Time{}
			}
		}
	}
	if !now.Status.Open() {
		met("answer", "finish")
	}
	switch {
	case sorts(now) && (!sorts(was) || begins):
		begin("verify", 48*time.Hour)
	case !sorts(now):
		met("verify")
	}
	return terms
}

// officer is who acts for the owner.
func (l *living) officer() report.Role {
	if l.r.Agency == "" || l.rnd.IntN(6) == 0 {
		return report.Coordinator
	}
	return report.Operator
}

func (l *living) step() {
	photo := []bot.MediaRef{{Network: bot.Telegram, ID: "p"}}
	if l.rnd.IntN(2) == 0 {
		photo = nil
	}
	switch s := l.r.Status; {
	case s == report.Quarantined:
		l.tell(report.Coordinator, report.Fact{What: report.WasAdmitted, Agency: some(l.rnd, lifeOffices...)})
	case s.Open():
		l.work(photo)
	case s == report.Resolved:
		l.end()
	case s == report.Closed && !l.r.Recalled.IsZero():
		l.tell(report.Citizen, report.Fact{What: report.WasResumed})
	case s == report.Closed && l.rnd.IntN(2) == 0:
		l.tell(report.Citizen, report.Fact{What: report.WasRated, Stars: 1 + l.rnd.IntN(5)})
	case s == report.Closed:
		l.tell(report.Citizen, report.Fact{What: report.WasJudged, Verdict: some(l.rnd, report.Fixed, report.Part, report.Unfit)})
	case s == report.Rejected && !l.r.Disputed:
		l.tell(report.Citizen, report.Fact{What: report.WasDisputed})
	case s == report.Merged:
		l.tell(report.Coordinator, report.Fact{What: report.WasUnmerged, Back: l.back()})
	case s == report.Transferred && l.rnd.IntN(3) == 0:
		l.tell(report.Coordinator, report.Fact{What: report.WasReopened})
	}
}

// back is how a report that was joined stood before.
func (l *living) back() *report.Standing {
	for i, f := range slices.Backward(l.facts) {
		if f.What == report.WasMerged {
			o := report.Fold(l.origin, l.facts[:i])
			return &report.Standing{Status: o.Status, Officer: o.Officer, Answered: o.Answered, Until: o.Until, Replies: o.Replies, Asked: o.Asked, Told: o.Told}
		}
	}
	return nil
}

// withdraw takes the last answer back, some seconds after it.
func (l *living) withdraw() {
	seq := len(l.facts)
	l.at = l.at.Add(time.Duration(1+l.rnd.IntN(19)) * time.Second)
	back := report.Without(l.r, l.facts, seq)
	l.tell(l.officer(), report.Fact{What: report.WasWithdrawn, Of: seq, Back: &back})
}

func (l *living) work(photo []bot.MediaRef) {
	by := l.officer()
	switch l.rnd.IntN(18) {
	case 0, 1:
		l.tell(by, report.Fact{What: report.WasTaken})
	case 2, 3, 4:
		l.tell(by, report.Fact{What: report.WasAnswered})
		if l.rnd.IntN(4) == 0 {
			l.withdraw()
		}
	case 5:
		l.tell(by, report.Fact{What: report.WasAsked})
	case 6:
		l.tell(report.Citizen, report.Fact{What: report.WasAdded, Beside: l.rnd.IntN(3) == 0})
	case 7:
		l.tell(by, report.Fact{What: report.WasPlanned, Until: l.at.AddDate(0, 0, 20)})
	case 8:
		l.tell(by, report.Fact{What: report.WasForwarded, Agency: some(l.rnd, lifeOffices...)})
	case 9:
		if l.r.Agency != "" {
			l.tell(report.Operator, report.Fact{What: report.WasReturned})
		}
	case 10:
		l.tell(by, report.Fact{What: report.WasRejected, Reason: "bohong"})
	case 11:
		l.tell(by, report.Fact{What: report.WasMerged, With: &report.Joined{ID: 1}})
	case 12:
		l.tell(report.Citizen, report.Fact{What: report.WasRecalled})
	case 13:
		l.tell(by, report.Fact{What: report.WasNoted})
	case 14:
		l.tell(report.Coordinator, report.Fact{What: report.WasTransferred, Owner: "PLN"})
	default:
		l.tell(by, report.Fact{What: report.WasResolved, Photos: photo})
		switch seq := len(l.facts); l.rnd.IntN(6) {
		case 0:
			l.tell(by, report.Fact{What: report.WasEnclosed, Of: seq, Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "q"}}})
		case 1:
			l.withdraw()
		}
	}
}

func (l *living) end() {
	switch l.rnd.IntN(5) {
	case 0, 1:
		l.tell(report.Citizen, report.Fact{What: report.WasJudged, Verdict: some(l.rnd, report.Fixed, report.Fixed, report.Part, report.Unfit)})
	case 2:
		l.tell(report.System, report.Fact{What: report.WasLapsed})
	case 3:
		l.tell(l.officer(), report.Fact{What: report.WasAnswered})
	default:
		l.tell(report.Coordinator, report.Fact{What: report.WasReopened})
	}
}
