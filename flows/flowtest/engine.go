package flowtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Engine carries effects out in memory as the real one does, and keeps the state as JSON between all steps.
type Engine struct {
	Machine *flows.Machine
	Profile *profile.Profile
	// Chat is the citizen's chat.
	Chat bot.Address
	// OnDuty says that who writes is an officer of the desk.
	OnDuty bool
	// Answered is what officers have answered to what people ask.
	Answered []flows.Answered

	// State is the conversation as it is kept; Largest is the biggest it has been, in bytes.
	State   []byte
	Largest int
	whole   flows.State // it as it was before it was kept
	// Now is the time of the story.
	Now time.Time

	reports []report.Report
	facts   map[report.ID][]report.Fact
	nudges  []nudge
	voices  []flows.Transcribe // not yet answered
	// opinions are what the language model says when it is asked, in this order; then it does not answer.
	opinions []report.Advice
	calls    calls
	pleas    pleas
	ties     ties
	held     *Sent
	heldTo   time.Time
	// slow is a network that takes nothing for now: what waits for it, oldest first.
	slow    bool
	waiting []waiting
	// Log receives what the citizen sees and what is done, in order.
	Log func(Line)
	// sent are all messages the citizen got, newest last.
	sent   []Sent
	events int
}

type nudge struct {
	draft string
	at    time.Time
}

// Sent is a message the citizen got.
type Sent struct {
	Ref     bot.MessageRef
	Message bot.Message
	Report  report.ID
}

// Line is something that happened: exactly one field is set.
type Line struct {
	Sent   *Sent
	Effect string
	Notice string // shown over the chat for a moment
}

// NewEngine begins a story in the morning of a Sunday.
func NewEngine(m *flows.Machine, p *profile.Profile) *Engine {
	return &Engine{
		Machine: m, Profile: p, Chat: bot.Address{Network: "sim", ID: "warga"},
		Now:   time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC), // Sunday, 09.00 WIB
		facts: map[report.ID][]report.Fact{}, Log: func(Line) {},
	}
}

// Stranger files a report of somebody else, for looking at.
func (e *Engine) Stranger() report.Code {
	r := e.file(report.Draft{Kind: report.Complaint, Text: "Rahasia orang lain.", Category: "sampah_kebersihan", Visibility: report.Normal,
		Place: report.Place{AreaName: "Cipare", DistrictName: "Serang", District: "36.73.01"}}, "id")
	r.Reporter = bot.Address{Network: "sim", ID: "lain"}
	e.reports[len(e.reports)-1] = r
	return r.Code
}

// Say lets the citizen do something; id and time are filled in. It returns how many Says answered it, held ones counted.
func (e *Engine) Say(ev bot.Event) (answers int, err error) {
	e.events++
	ev.ID = bot.EventID(fmt.Sprintf("e%d", e.events))
	ev.Chat, ev.At = e.Chat, e.Now
	if ev.Ref.Zero() {
		ev.Ref = bot.MessageRef{Chat: e.Chat, ID: fmt.Sprintf("c%d", e.events)}
	}
	return e.Give(flows.Said{Event: ev})
}

// Pass lets time go by: what is held is sent, nudges come due.
func (e *Engine) Pass(d time.Duration) error {
	end := e.Now.Add(d)
	for {
		next := end
		if e.held != nil && e.heldTo.Before(next) {
			next = e.heldTo
		}
		for _, n := range e.nudges {
			if n.at.Before(next) {
				next = n.at
			}
		}
		if next.After(e.Now) {
			e.Now = next
		}
		e.release()
		due, err := e.wake()
		if err != nil {
			return err
		}
		if !due && !e.Now.Before(end) {
			return nil
		}
	}
}

func (e *Engine) release() {
	if e.held == nil || e.heldTo.After(e.Now) {
		return
	}
	m := *e.held
	e.held = nil
	e.deliver(m)
}

// Flush sends what is held.
func (e *Engine) Flush() {
	if e.held != nil && e.heldTo.After(e.Now) {
		e.Now = e.heldTo
	}
	e.release()
}

func (e *Engine) wake() (bool, error) {
	for i, n := range e.nudges {
		if !n.at.After(e.Now) {
			e.nudges = append(e.nudges[:i:i], e.nudges[i+1:]...)
			_, err := e.Give(flows.Idle{Draft: n.draft, At: e.Now, Chat: e.Chat})
			return true, err
		}
	}
	return false, nil
}

// Give gives the machine an input and carries out what follows, at most 16 answers deep.
func (e *Engine) Give(in flows.Input) (answers int, err error) {
	queue := []flows.Input{in}
	for turn := 0; len(queue) > 0; turn++ {
		if turn > 16 {
			return answers, fmt.Errorf("the machine goes on for ever")
		}
		effects, err := e.step(queue[0])
		if err != nil {
			return answers, err
		}
		queue = queue[1:]
		for _, f := range effects {
			switch f := f.(type) {
			case flows.Say, flows.NoAnswer:
				answers++
			case flows.Answer:
				if f.Text != "" {
					answers++
				}
			}
			more, err := e.do(f)
			if err != nil {
				return answers, err
			}
			queue = append(queue, more...)
		}
	}
	return answers, nil
}

// step rereads the state, steps, and keeps it.
func (e *Engine) step(in flows.Input) ([]flows.Effect, error) {
	s, err := e.Machine.Read(e.State)
	if err != nil {
		return nil, fmt.Errorf("reread the state: %w", err)
	}
	s, effects := e.Machine.Step(s, in)
	kept, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("keep the state: %w", err)
	}
	if err := e.remembered(in, kept, effects); err != nil {
		return nil, err
	}
	if err := e.fingers(kept, s, effects); err != nil {
		return nil, err
	}
	e.State = kept
	e.Largest = max(e.Largest, len(kept))
	return effects, nil
}

// remembered takes the same step with the state as it was before it was kept: a program that remembers it need not reread
// it. That must make no difference, and the state must be left as it was.
func (e *Engine) remembered(in flows.Input, kept []byte, effects []flows.Effect) error {
	given, err := json.Marshal(e.whole)
	if err != nil {
		return fmt.Errorf("keep the state: %w", err)
	}
	s, same := e.Machine.Step(e.whole, in)
	again, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("keep the state: %w", err)
	}
	left, err := json.Marshal(e.whole)
	if err != nil {
		return fmt.Errorf("keep the state: %w", err)
	}
	switch diff := cmp.Diff(effects, same, cmpopts.EquateEmpty()); {
	case !bytes.Equal(again, kept):
		return fmt.Errorf("the state that was reread leads to\n%s, the same one remembered to\n%s", kept, again)
	case diff != "":
		return fmt.Errorf("the state that was reread (-) and the same one remembered (+) have other effects:\n%s", diff)
	case !bytes.Equal(left, given):
		return fmt.Errorf("the step changed the state that it was given from\n%s to\n%s", given, left)
	}
	e.whole = s
	return nil
}

// Restore lets the story go on from a conversation as it was kept, maybe by an earlier program.
func (e *Engine) Restore(doc string) error {
	s, err := e.Machine.Read([]byte(doc))
	if err != nil {
		return fmt.Errorf("restore the state: %w", err)
	}
	e.whole = s
	if e.State, err = json.Marshal(s); err != nil {
		return fmt.Errorf("keep the state: %w", err)
	}
	return nil
}

// Reread is the conversation as it is kept.
func (e *Engine) Reread() (s flows.State) {
	s, _ = e.Machine.Read(e.State)
	return s
}

func (e *Engine) do(f flows.Effect) ([]flows.Input, error) {
	switch f := f.(type) {
	case flows.Say:
		e.say(f)
	case flows.Answer:
		if f.Text != "" {
			e.Log(Line{Notice: f.Text})
		}
	case flows.NoAnswer:
		e.Log(Line{Effect: "tidak dijawab: sudah dijawab"})
	case flows.Nudge: // a conversation has one wake-up
		e.nudges = []nudge{{draft: f.Draft, at: e.Now.Add(f.After)}}
	case flows.Call:
		return []flows.Input{e.call(f)}, nil
	case flows.Transcribe:
		e.voices = append(e.voices, f)
		e.Log(Line{Effect: "dengarkan " + f.Media.ID})
	case flows.Consult:
		return []flows.Input{e.consult(f)}, nil
	case flows.Duty:
		return []flows.Input{flows.OnDuty{Officer: e.OnDuty}}, nil
	case flows.Seek:
		return []flows.Input{e.seek(f)}, nil
	case flows.Inquire:
		return []flows.Input{flows.Known{Answers: e.Answered}}, nil
	case flows.File:
		return []flows.Input{e.filed(f)}, nil
	case flows.Look:
		return []flows.Input{e.look(f)}, nil
	case flows.Act:
		if in := e.act(f); !f.Told {
			return []flows.Input{in}, nil
		}
		return nil, nil
	case flows.Plead:
		return []flows.Input{e.plead(f)}, nil
	case flows.Tie:
		return []flows.Input{e.tie(f)}, nil
	default:
		return nil, fmt.Errorf("unknown effect %T", f)
	}
	return nil, nil
}

func (e *Engine) say(f flows.Say) {
	e.held = nil
	m := Sent{Message: f.Message, Report: f.Report}
	if e.slow {
		e.wait(waiting{Sent: m, passes: f.Passes || f.Hold > 0, rest: f.Rest})
		return
	}
	if f.Hold > 0 {
		e.held, e.heldTo = &m, e.Now.Add(f.Hold)
		return
	}
	e.deliver(m)
}

func (e *Engine) deliver(m Sent) {
	m.Ref = bot.MessageRef{Chat: e.Chat, ID: fmt.Sprintf("b%d", len(e.sent)+1)}
	e.sent = append(e.sent, m)
	e.Log(Line{Sent: &m})
}

// Notice sends news about the report filed last, as an office would.
func (e *Engine) Notice(words string) {
	id := report.ID(0)
	for _, r := range e.reports {
		if r.Reporter == e.Chat {
			id = r.ID
		}
	}
	e.deliver(Sent{Message: bot.Message{Text: words}, Report: id})
}

func (e *Engine) file(d report.Draft, lang string) report.Report {
	n := len(e.reports) + 1
	agency, _ := e.Profile.OfficeAt(d.Category, d.Text, d.Place.District, d.Abroad())
	owner, _ := e.Profile.OwnerOf(d.Category, d.Text, d.Place.District)
	r := report.Report{ID: report.ID(n), Code: report.NewCode(e.Profile.Prefix, uint64(n)), Rev: 1, Status: report.Received,
		Draft: d, Agency: agency, Owner: owner.Code, Reporter: e.Chat, Lang: lang, Filed: e.Now, Due: e.Now.Add(72 * time.Hour), CardKey: report.CardKey(report.ID(n), 0)}
	if agency != "" {
		r.Status = report.Assigned
	}
	e.reports = append(e.reports, r)
	e.facts[r.ID] = []report.Fact{{Report: r.ID, Seq: 1, At: e.Now, What: report.WasFiled, Words: d.Text}}
	return r
}

// Hear answers the oldest Transcribe that waits; ok is false when none does.
func (e *Engine) Hear(words string) (ok bool, err error) {
	if len(e.voices) == 0 {
		return false, nil
	}
	v := e.voices[0]
	e.voices = e.voices[1:]
	_, err = e.Give(flows.Heard{Draft: v.Draft, Media: v.Media.ID, Words: words, At: e.Now, Chat: e.Chat})
	return true, err
}

func (e *Engine) look(f flows.Look) flows.Found {
	out := flows.Found{Asked: f.Code}
	for _, r := range slices.Backward(e.reports) {
		own := r.Reporter == e.Chat
		if r.Follows(e.Chat) && e.asks(f, r) {
			out.Followed = append(out.Followed, followed(r))
		}
		switch {
		case f.Ref != nil:
			for _, m := range e.sent {
				if m.Ref == *f.Ref && m.Report == r.ID && own {
					out.Full = &flows.Story{Report: r, Facts: e.facts[r.ID]}
				}
			}
		case f.Code == "" && own:
			out.Mine = append(out.Mine, r)
		case f.Code == r.Code && own:
			out.Full = &flows.Story{Report: r, Facts: e.facts[r.ID]}
		case f.Code == r.Code:
			if o, ok := report.Public(r, e.Profile.Sensitive); ok {
				out.Short = &o
				if !r.Follows(e.Chat) {
					out.Follow = (&casework.Office{Profile: e.Profile}).Offers(r)
				}
			}
		}
	}
	return out
}

// Close ends the report filed last, so that it can no longer be added to.
func (e *Engine) Close() {
	if n := len(e.reports); n > 0 {
		e.reports[n-1].Status = report.Closed
	}
}
