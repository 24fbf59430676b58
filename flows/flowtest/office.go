package flowtest

import (
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Act lets an officer act on a report as the desk would, and brings the news to the citizen: "selesai: sudah kami ganti",
// "tolak: bukan jalan kota", "buka: salah tekan", or what a clock brings about: "diam". "selesai 2: …" is the second report.
func (e *Engine) Act(what string) error {
	verb, words, _ := strings.Cut(what, ":")
	verb, words = strings.TrimSpace(verb), strings.TrimSpace(words)
	var own []int
	for i, r := range e.reports {
		if r.Reporter == e.Chat {
			own = append(own, i)
		}
	}
	n := len(own)
	if name, which, ok := strings.Cut(verb, " "); ok {
		if _, err := fmt.Sscan(which, &n); err != nil {
			return fmt.Errorf("which report: %w", err)
		}
		verb = name
	}
	if n < 1 || n > len(own) {
		return fmt.Errorf("there is no report to act on: %s", what)
	}
	i := own[n-1]
	photo := []bot.MediaRef{{Network: bot.Store, ID: "aa/bukti.jpg"}}
	a, ok := map[string]report.Action{
		"ambil": report.Take{}, "jawab": report.Reply{Words: words}, "tanya": report.Ask{Words: words},
		"selesai": report.Resolve{Words: words, Photos: photo}, "tolak": report.Reject{Reason: e.reason(), Words: words},
		"buka": report.Reopen{Why: words}, "diam": report.Lapse{}, "rencana": report.Plan{Until: e.Now.Add(40 * 24 * time.Hour), Why: words},
	}[verb]
	if !ok {
		return fmt.Errorf("unknown deed %q", verb)
	}
	by := report.Actor{Role: report.Coordinator, ID: "tg:9", Name: "Rina"}
	if verb == "diam" {
		by = report.Actor{Role: report.System}
	}
	_, b, err := e.decide(i, by, a)
	if err != nil {
		return err
	}
	for _, l := range b.Letters {
		if l.To == e.Chat {
			e.deliver(Sent{Message: l.Message, Report: l.Report})
		}
	}
	return nil
}

func (e *Engine) reason() string {
	if len(e.Profile.Rejections) == 0 {
		return ""
	}
	return e.Profile.Rejections[0].Code
}

// decide lets casework decide, and keeps the report and its facts.
func (e *Engine) decide(i int, by report.Actor, a report.Action) (report.Report, ledger.Batch, error) {
	r := e.reports[i]
	e.events++
	o := &casework.Office{Profile: e.Profile, Hold: -1}
	after, b, err := o.Act(r, by, a, casework.Occasion{Cause: fmt.Sprintf("office%d", e.events), At: e.Now, Facts: e.facts[r.ID],
		Served: func(string) bool { return true }})
	if err != nil {
		return r, b, err
	}
	e.reports[i] = after
	for _, c := range b.Changes {
		if changed, ok := c.(ledger.Changed); ok {
			e.facts[r.ID] = append(e.facts[r.ID], changed.Facts...)
		}
	}
	return after, b, nil
}

func (e *Engine) act(f flows.Act) flows.Acted {
	for i, r := range e.reports {
		if r.ID == f.Report {
			if acted, done := e.mayFollow(i, f.Action); done {
				return acted
			}
		}
		add, ok := f.Action.(report.Add)
		if r.ID == f.Report && !ok {
			by := report.Actor{Role: report.Citizen, ID: "wa:w1", Chat: e.Chat}
			after, _, err := e.decide(i, by, f.Action)
			if no, refused := casework.AsRefusal(err); refused {
				return flows.Acted{Report: r, Why: string(no.Why)}
			}
			if line := factLine(e.facts[r.ID], r.Rev); line != "" {
				e.Log(Line{Effect: line})
			}
			return flows.Acted{Report: after, OK: err == nil}
		}
		if r.ID != f.Report || !ok {
			continue
		}
		if r.Status == report.Closed {
			return flows.Acted{Report: r, Why: "closed"}
		}
		r.Rev++
		r.Additions++
		r.Asked = time.Time{}
		e.reports[i] = r
		e.facts[r.ID] = append(e.facts[r.ID], report.Fact{Report: r.ID, Seq: r.Rev, At: e.Now, What: report.WasAdded,
			Words: add.Words, Photos: add.Photos, Files: add.Files, Place: add.Place})
		e.Log(Line{Effect: addLine(r, add)})
		return flows.Acted{Report: r, OK: true}
	}
	return flows.Acted{Why: "unknown"}
}

// factLine is what a citizen's deed put on record.
func factLine(facts []report.Fact, since int) string {
	var out []string
	for _, f := range facts {
		if f.Seq > since {
			line := string(f.What)
			if f.Verdict != "" {
				line += " " + string(f.Verdict)
			}
			if f.Stars > 0 {
				line += fmt.Sprintf(" %d", f.Stars)
			}
			if n := len(f.Photos); n > 0 {
				line += fmt.Sprintf(" photos=%d", n)
			}
			if f.Words != "" {
				line += ": " + f.Words
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, " · ")
}
