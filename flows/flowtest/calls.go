package flowtest

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// calls are the talks with the coordinator's room, decided as the real engine and desk decide them.
type calls struct {
	all  map[ledger.CallID]ledger.Call
	last ledger.CallID
	n    int
}

func (e *Engine) office() *casework.Office {
	return &casework.Office{Profile: e.Profile, Desk: bot.Address{Network: "sim", ID: "-100"}}
}

// turn is what surrounds the next change of a talk.
func (c *calls) turn(e *Engine) casework.Occasion {
	c.n++
	return casework.Occasion{Cause: fmt.Sprintf("call%d", c.n), At: e.Now}
}

func (e *Engine) call(f flows.Call) flows.Called {
	now := e.calls.all[ledger.CallID(f.ID)]
	if now.ID == "" {
		for _, c := range e.calls.all {
			if c.Open() && (now.ID == "" || c.Opened.After(now.Opened)) {
				now = c
			}
		}
	}
	if f.Kind == flows.HumanCall && f.What == flows.RaiseCall {
		f.Unnamed = f.Unnamed || engine.Hides(e.look(flows.Look{}).Mine, e.Profile.Sensitive)
	}
	after, b, answer := engine.Talk(e.office(), now, f, engine.Caller{Chat: e.Chat, Person: bot.Person{ID: "w1", Name: "Siti"}}, e.calls.turn(e))
	if b.Cause != "" {
		e.keepCalls(b)
		e.calls.last = after.ID
		e.room(b)
	}
	return answer
}

func (e *Engine) keepCalls(b ledger.Batch) {
	if e.calls.all == nil {
		e.calls.all = map[ledger.CallID]ledger.Call{}
	}
	for _, c := range b.Changes {
		if c, ok := c.(ledger.Called); ok {
			e.calls.all[c.Call.ID] = c.Call
		}
	}
}

// room tells what the room reads of a change, and lets the citizen read what is for him or her.
func (e *Engine) room(b ledger.Batch) {
	for _, l := range b.Letters {
		switch {
		case l.Purpose == ledger.Refresh || l.Purpose == ledger.Card:
		case l.Desk:
			e.Log(Line{Effect: "ruang petugas: " + oneLine(l.Message)})
		case l.To == e.Chat:
			e.deliver(Sent{Message: l.Message, Report: l.Report})
		default:
			e.Log(Line{Effect: "pribadi ke petugas: " + oneLine(l.Message)})
		}
	}
}

func oneLine(m bot.Message) string {
	var kept []string
	for line := range strings.SplitSeq(shown(m.Text), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	s := strings.Join(kept, " / ")
	if n := len(m.Photos) + len(m.Files); n > 0 {
		s += fmt.Sprintf(" {%d lampiran}", n)
	}
	return s
}

// Officer lets an officer do something about the newest talk: "ambil", "selesai", "laporan", "foto NAME", "kartu" (the card
// as it is now); anything else is said to the citizen.
func (e *Engine) Officer(what string) error {
	now, ok := e.calls.all[e.calls.last]
	if !ok {
		return fmt.Errorf("there is no talk")
	}
	o, t := e.office(), e.calls.turn(e)
	budi := report.Actor{Role: report.Operator, ID: "sim:budi", Name: "Budi", Home: "DAMKAR", Chat: o.Desk}
	var b ledger.Batch
	var err error
	verb, rest, _ := strings.Cut(what, " ")
	switch verb {
	case "kartu":
		e.Log(Line{Effect: "kartu: " + oneLine(o.CallCard(now))})
		return nil
	case "ambil":
		_, b, err = o.TakeCall(now, budi, t)
	case "selesai":
		_, b, err = o.EndCall(now, budi, t)
	case "laporan":
		r := e.file(casework.CallDraft(now), "id")
		e.Log(Line{Effect: fileLine(r)})
		_, b, err = o.MakeReport(now, budi, casework.Filing{ID: r.ID, Code: r.Code}, t)
	case "foto":
		_, b, err = o.Answer(now, budi, ledger.Line{Photo: []bot.MediaRef{media(rest, "image/jpeg")}}, t)
	default:
		_, b, err = o.Answer(now, budi, ledger.Line{Words: what}, t)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	e.keepCalls(b)
	e.room(b)
	return nil
}
