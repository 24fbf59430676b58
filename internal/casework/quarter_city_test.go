package casework_test

import (
	"fmt"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// How the city of the simulated quarter works.

func (q *quarter) file(id report.ID) report.Report {
	p := q.office.Profile
	offered := p.Offered()
	cat := offered[q.rng.IntN(len(offered))]
	area := p.Areas[q.rng.IntN(len(p.Areas))]
	d := report.Draft{Kind: []report.Kind{report.Complaint, report.Complaint, report.Complaint, report.Wish, report.Question}[q.rng.IntN(5)],
		Text: "laporan", Category: cat.Code, Visibility: report.Normal, Emergency: q.rng.IntN(80) == 0,
		Place: report.Place{Area: area.Code, AreaName: area.Name, District: area.District, DistrictName: area.DistrictName}}
	r, b := q.office.Open(casework.Filing{ID: id, Code: report.NewCode("SRG", uint64(id)), Draft: d, Lang: "id", Cause: fmt.Sprint("file ", id), At: q.now,
		Reporter: bot.Address{Network: bot.WhatsApp, ID: fmt.Sprint(id)}, Person: bot.Person{ID: fmt.Sprint(id), Name: "Warga"}, Served: q.served})
	if err := q.commit(b); err != nil {
		q.Fatal(err)
	}
	if home := q.city.home(cat.Code, area.District); q.served(home) && !d.Emergency && r.Agency != home {
		q.Errorf("%s of %s in %s is filed for %q, and not for %s", r.Code, cat.Code, area.District, r.Agency, home)
	}
	return r
}

// forgotten is a report that comes to an office, where nobody looks at it.
func (q *quarter) forgotten(id report.ID, office string) {
	if r := q.file(id); r.Agency != office {
		q.act(id, report.Forward{To: office})
	}
}

// act does something to a report as it stands, unless that may not be done any more.
func (q *quarter) act(id report.ID, a report.Action) bool {
	r := q.reports[id]
	by := report.Actor{Role: report.Operator, ID: "telegram:petugas " + r.Agency, Name: "petugas " + r.Agency, Home: r.Agency, Chat: bot.Address{Network: bot.Telegram, ID: "petugas " + r.Agency}}
	if r.Agency == "" {
		by = report.Actor{Role: report.Coordinator, ID: "telegram:Rina", Name: "Rina", Chat: bot.Address{Network: bot.Telegram, ID: "Rina"}}
	}
	if report.RuleOf(a).By&report.TheReporter != 0 {
		by = report.Actor{Role: report.Citizen, ID: "whatsapp:" + fmt.Sprint(id), Chat: r.Reporter}
	}
	q.events++
	_, b, err := q.office.Act(r, by, a, casework.Occasion{Cause: fmt.Sprint("event ", q.events), At: q.now, Facts: q.facts[id], Served: q.served})
	if err != nil {
		return false
	}
	if err := q.commit(b); err != nil {
		q.Fatal(err)
	}
	return true
}

// handled lets whoever has a report do what that office does.
func (q *quarter) handled(r report.Report) {
	id := r.ID
	switch {
	case r.Agency == "":
		q.soon(30, func() { q.sorted(id) })
	case r.Agency == q.sleeping: // nobody ever looks
	case slices.Contains(q.bouncing, r.Agency) && r.Bounces < casework.Bounces:
		q.soon(20, func() {
			q.act(id, report.NotOurs{Why: "bukan kami"})
			q.handled(q.reports[id])
		})
	case r.Agency == q.midnight:
		day := q.now.AddDate(0, 0, 1+q.rng.IntN(3))
		q.at(time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, day.Location()), func() {
			q.act(id, report.Reply{Words: "sudah kami cek"})
			q.soon(100, func() { q.finished(id) })
		})
	case q.rng.IntN(20) == 0: // forgotten
	case q.rng.IntN(12) == 0: // meant for another office
		q.soon(20, func() {
			q.act(id, report.Forward{To: q.offices[q.rng.IntN(len(q.offices))], Why: "urusan kantor itu"})
			q.handled(q.reports[id])
		})
	case q.rng.IntN(7) == 0:
		q.soon(15, func() { q.asked(id) })
	case q.rng.IntN(9) == 0:
		q.soon(30, func() {
			q.act(id, report.Plan{Until: q.now.AddDate(0, 0, 5+q.rng.IntN(35)), Why: "menunggu anggaran"})
			q.soon(500, func() { q.finished(id) })
		})
	default:
		q.soon(40, func() {
			q.act(id, report.Reply{Words: "kami tangani"})
			q.soon(150, func() { q.finished(id) })
		})
	}
}

// sorted is the coordinator's work: on to an office, or done by the own hand.
func (q *quarter) sorted(id report.ID) {
	r := q.reports[id]
	if r.Agency != "" {
		return
	}
	to := r.Suggested
	if to != "" && !q.served(to) && q.rng.IntN(3) == 0 {
		return // it waits for somebody to come there
	}
	if q.rng.IntN(10) == 0 || to == "" || !q.served(to) {
		to = q.offices[q.rng.IntN(len(q.offices))]
	}
	if q.rng.IntN(4) > 0 && q.act(id, report.Forward{To: to}) {
		q.handled(q.reports[id])
		return
	}
	q.act(id, report.Take{})
	q.soon(200, func() { q.finished(id) })
}

// asked is a question; two citizens of three answer it.
func (q *quarter) asked(id report.ID) {
	if !q.act(id, report.Ask{Words: "di sebelah mana?"}) {
		return
	}
	if q.rng.IntN(3) == 0 {
		q.soon(300, func() { q.finished(id) })
		return
	}
	q.soon(60, func() {
		q.act(id, report.Add{Words: "di depan masjid"})
		q.soon(40, func() {
			q.act(id, report.Reply{Words: "terima kasih"})
			q.soon(100, func() { q.finished(id) })
		})
	})
}

// finished is the end of the work, and what the citizen says of it.
func (q *quarter) finished(id report.ID) {
	if !q.act(id, report.Resolve{Words: "selesai", Photos: []bot.MediaRef{{Network: bot.Store, ID: fmt.Sprint("f", q.events)}}}) {
		return
	}
	switch q.rng.IntN(5) {
	case 0:
		q.soon(20, func() { q.act(id, report.Judge{Verdict: report.Fixed}) })
	case 1:
		q.soon(20, func() {
			if q.act(id, report.Judge{Verdict: report.Unfit, Words: "belum beres"}) {
				q.handled(q.reports[id])
			}
		})
	}
}

// ends holds every report to the end that it must have.
func (q *quarter) ends() {
	for id, r := range q.reports {
		if folded := report.Fold(report.Origin(r), q.facts[id]); folded.Status != r.Status || folded.Rev != r.Rev || !folded.Due.Equal(r.Due) || len(folded.Terms) != len(r.Terms) {
			q.Errorf("%s is not what its facts say", r.Code)
		}
		if !r.Owned() {
			q.Errorf("%s has no owner, or two", r.Code)
		}
		next := 0
		for name := range q.timers {
			if of, ok := name.subject.Report(); ok && of == id {
				next++
			}
		}
		if (r.Status.Open() || r.Status == report.Resolved) && next == 0 {
			q.Errorf("%s is %s and has no next date", r.Code, r.Status)
		}
	}
}
