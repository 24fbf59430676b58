package flows

import (
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Options are what the machine and its flows need to know. All of it is read only.
type Options struct {
	Profile *profile.Profile
	Reader  understand.Reader
	Finder  place.Finder
	// Hears says that voice notes can be turned into words (Transcribe).
	Hears bool
	// Advises says that there is somebody to ask for a second opinion (Consult).
	Advises bool
	// Answers reads what is typed in place of pressing a button; nil: the one that comes with the product.
	Answers *answer.Lexicon
	// Flows make the flows, in the order in which they are asked: who comes first may take an input away from the rest.
	Flows []Maker

	house *Machine                 // whom a flow asks about the others
	words *remembered[wordAndRest] // the words of the product that messages were, see WordOf
}

// Maker makes a flow. (Options.Flows is not for flows.)
type Maker func(Options) Flow

// Machine is the conversation. It may be used at once from several goroutines.
type Machine struct {
	Options
	flows []Flow
}

// New builds the machine. Profile, Reader and Finder must not be nil. It panics only when the product's own word lists are
// broken, which a test rules out.
func New(o Options) *Machine {
	if o.Answers == nil {
		o.Answers = answer.Must()
	}
	tells := told(o.Profile)
	o.Answers = o.Answers.Knowing(func(w string) bool { return tells[w] })
	o.words = newRemembered[wordAndRest]()
	o.Reader = readOnce(o.Reader, o.Answers)
	m := &Machine{Options: o, flows: make([]Flow, 0, len(o.Flows))}
	m.house = m
	for _, maker := range o.Flows {
		m.flows = append(m.flows, maker(m.Options))
	}
	return m
}

// Voice speaks the conversation's language.
func (o Options) Voice(s State) say.Voice { return say.For(o.Profile, s.Lang) }

// Step answers one input. The state given stays untouched. Every message is answered by at least one Say, now or, after
// File, Look, Act, Duty or Consult, with the engine's answer. Not answered are: blocking and moving, a live position's updates, the
// network's own notices, and talk in a group that is no command.
func (m *Machine) Step(s State, in Input) (State, []Effect) {
	s = s.Clone()
	switch in := in.(type) {
	case Said:
		return m.said(s, in)
	case Found, Called, OnDuty, Known:
		if what, said := s.Awaited(homeFlow); what == awaitNews && said != nil {
			found, _ := in.(Found)
			return m.weighed(s, found)
		}
		s, out := m.chain(m.note(s, in), in)
		if w := s.Wait; len(out) == 0 && w != nil && w.Anew && w.Said != nil {
			return m.again(s)
		}
		return s, m.finish(&s, out)
	case Filed, Acted, Pleaded, Idle, Heard, Unkept, Advised, Sought, TieTold, TieNews:
		s, out := m.chain(m.note(s, in), in)
		return s, m.finish(&s, out)
	default:
		return s, nil
	}
}

// said answers a message of the citizen.
func (m *Machine) said(s State, in Said) (State, []Effect) {
	ev := in.Event
	if out, done := m.aside(s, ev); done {
		return s, out
	}
	if notice, late := m.tooLate(s, ev); late {
		return s, []Effect{Answer{Text: notice}}
	}
	first := s.At.IsZero()
	begin(&s, ev)
	s = m.note(s, in)
	m.tongue(&s, ev, first)
	if s.Slowed && len(s.Recent) <= Many/4 {
		s.Slowed = false
	}
	var out []Effect
	if _, pressed := ev.Body.(bot.Pick); pressed {
		out = append(out, Answer{})
	}
	if len(s.Recent) > Many && !s.Slowed {
		s.Slowed = true
		out = append(out, Say{Message: bot.Message{Text: m.Voice(s).TooMany()}})
	}
	before, last := s.Lost, s.LostWords
	s.Lost, s.Baffled = 0, false
	s, more := m.heard(s, Said{Event: ev})
	s, more = m.misunderstood(s, before, ev, more)
	s.Wait.count(before, last)
	return s, append(out, m.finish(&s, more)...)
}

// aside handles events that are no message of a citizen to this bot.
func (m *Machine) aside(s State, ev bot.Event) ([]Effect, bool) {
	switch b := ev.Body.(type) {
	case bot.Left, bot.Joined, bot.Member, bot.Moved, bot.Woken, nil:
		return nil, true
	case bot.Unsupported:
		if b.Kind == "reaction" || b.Kind == "service" {
			return nil, true
		}
	case bot.Location:
		if ev.Edited {
			return nil, true
		}
	}
	if !ev.Group {
		return nil, false
	}
	if _, _, ok := bot.Command(bot.Words(ev.Body)); ok {
		return []Effect{Say{Message: bot.Message{Text: m.Voice(s).NotInGroups()}}}, true
	}
	return nil, true
}

// begin takes note of a new message: when it came, after how long, and how many there were lately.
func begin(s *State, ev bot.Event) {
	s.V, s.Wait = version, nil
	s.Quiet = 0
	if !s.At.IsZero() && ev.At.Sub(s.At) >= Pause {
		s.Quiet = ev.At.Sub(s.At)
	}
	s.ThankedBefore, s.Thanked = s.Thanked && s.Quiet == 0, false
	if ev.At.After(s.At) {
		s.At = ev.At.UTC()
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(ev.ID))
	s.Turn = strconv.FormatUint(uint64(h.Sum32()), 36)

	now := ev.At.Unix()
	recent := s.Recent[:0]
	for _, at := range s.Recent {
		if now-at < int64(ManyIn/time.Second) && at <= now {
			recent = append(recent, at)
		}
	}
	recent = append(recent, now)
	s.Recent = recent
	if len(s.Recent) > Many+1 {
		s.Recent = s.Recent[len(s.Recent)-Many-1:]
	}
}

// heard finds who answers: the machine's own words first, then the flow whose question is open, then the flows in order.
func (m *Machine) heard(s State, in Said) (State, []Effect) {
	ev := in.Event
	if out, again := m.echo(&s, ev); again {
		return s, out
	}
	if choice, ok := m.dangerPress(s, ev); ok {
		return m.chosenInDanger(s, Said{Event: ev, Choice: choice})
	}
	if m.looks(s, ev) {
		p := ParcelOf(ev)
		s.Await(homeFlow, awaitNews, &p).Anew = true
		return s, []Effect{Look{}}
	}
	return m.answers(s, in)
}

// answers finds who answers when it is known what the message is said to.
func (m *Machine) answers(s State, in Said) (State, []Effect) {
	ev := in.Event
	whole, open := m.wholeQuestion(s)
	q := left(s, whole)
	reserved := m.reserved(s, whole, ev)
	var informer Flow
	if !reserved {
		informer = m.informs(s, in)
	}
	if open && !reserved && informer == nil && q.Menu != nil && ev.ReplyTo == nil && !ev.Edited {
		v := m.chosen(s, q, ev.Body)
		if len(v.Either) > 0 {
			return m.askBack(s, v.Either)
		}
		s.Ask.Only = nil
		if v.OK {
			in.Choice, in.Rest = v.Choice.ID, v.Rest
		}
		if text, words := ev.Body.(bot.Text); words && in.Choice != "" {
			s.Last = &Last{What: wordsOf(text.Text), At: ev.At.UTC()}
		}
	}
	if open && (ev.Edited || ev.ReplyTo != nil) {
		s.Ask.Only = nil // what is beside the question shows it whole again
	}
	if in.Choice != "" {
		if !m.seen(s, q) {
			return s, m.side(s, m.Voice(s).Stale(true))
		}
		return m.answered(s, in)
	}
	if pick, pressed := ev.Body.(bot.Pick); pressed {
		if m.standing(pick.Menu) {
			if next, out := m.chain(s, in); len(out) > 0 {
				return next, out
			}
		}
		return m.stale(s, ev)
	}
	if informer != nil && (open || leans(informer, s, in)) {
		if next, out := informer.Step(s, in); len(out) > 0 {
			return next, out
		}
	}
	return m.unchosen(s, in, asked{q, open, reserved})
}

// unchosen answers what is no choice of the open question's menu.
func (m *Machine) unchosen(s State, in Said, a asked) (State, []Effect) {
	ev := in.Event
	if u, ok := ev.Body.(bot.Unsupported); ok {
		return s, m.odd(s, u.Kind)
	}
	if heavy(ev.Body) {
		return m.tooLarge(s, in)
	}
	if a.open && a.reserved {
		if next, out := m.flow(s.Ask.Flow).Step(s, in); len(out) > 0 {
			return next, out
		}
	}
	if words, ok := m.ofNumber(s, ev); ok {
		return s, m.side(s, words)
	}
	if !ev.Edited {
		if next, out, ok := m.home(s, in); ok {
			return next, out
		}
	}
	if words, ok := m.asksOfBot(s, ev); ok && a.open {
		return s, m.side(s, words)
	}
	if a.open && m.unclear(s, a.q, ev) {
		if hasty(s, m.Answers.Read(bot.Words(ev.Body))) {
			return s, m.side(s, m.Voice(s).ReadFirst())
		}
		s.Baffled = true
		return s, m.side(s, m.Voice(s).WhichAnswer())
	}
	s, out := m.chain(s, in)
	if len(out) == 0 {
		s.Missed()
		out = m.side(s, m.Voice(s).Unclear())
	}
	return s, out
}

// before puts a sentence in front of the first thing that is said.
func before(words string, out []Effect) []Effect {
	for i, e := range out {
		if said, ok := e.(Say); ok {
			said.Message.Text = words + "\n\n" + said.Message.Text
			out[i] = said
			return out
		}
	}
	return append([]Effect{Say{Message: bot.Message{Text: words}}}, out...)
}

func number(text string) bool {
	said := bot.Fold(text)
	return said != "" && strings.Trim(said, "0123456789") == ""
}

// answered hands an answer to the flow whose question is open.
func (m *Machine) answered(s State, in Said) (State, []Effect) {
	if s.Ask.Flow == homeFlow {
		return m.homeChoice(s, in)
	}
	if f := m.flow(s.Ask.Flow); f != nil {
		if next, out := f.Step(s, in); len(out) > 0 {
			return next, out
		}
	}
	return s, m.side(s, m.Voice(s).Unclear())
}

// flow is the flow of a name, nil for none.
func (m *Machine) flow(name string) Flow {
	for _, f := range m.flows {
		if f.Name() == name {
			return f
		}
	}
	return nil
}

// chain asks the flows in order until one answers.
func (m *Machine) chain(s State, in Input) (State, []Effect) {
	for _, f := range m.flows {
		if next, out := f.Step(s, in); len(out) > 0 {
			return next, out
		}
	}
	return s, nil
}

// again answers a message anew that turned out to reply to nothing that counts.
func (m *Machine) again(s State) (State, []Effect) {
	ev, before, last := s.Wait.Said.event(s), s.Wait.Lost, s.Wait.LostWords
	s.Wait, s.Lost, s.LostWords = nil, 0, last
	s, out := m.heard(s, Said{Event: ev})
	s, out = m.misunderstood(s, before, ev, out)
	s.Wait.count(before, last)
	return s, m.finish(&s, out)
}

// question words the open question again, with the choices that are left of it.
func (m *Machine) question(s State) (bot.Message, bool) {
	q, ok := m.wholeQuestion(s)
	return left(s, q), ok
}

func (m *Machine) wholeQuestion(s State) (bot.Message, bool) {
	if s.Ask == nil {
		return bot.Message{}, false
	}
	if s.Ask.Flow == homeFlow {
		return m.homeQuestion(s), true
	}
	if a, ok := m.flow(s.Ask.Flow).(Asker); ok {
		return a.Question(s)
	}
	return bot.Message{}, false
}

// side says something beside the point and then shows the open question again, unless it needs no answer.
func (m *Machine) side(s State, words string) []Effect {
	q, ok := m.question(s)
	if !ok || s.Ask.Light {
		return []Effect{Say{Message: bot.Message{Text: words}}}
	}
	q.Text = words + "\n\n" + q.Text
	return []Effect{Say{Message: q}}
}

// Mint makes the id of a draft.
func (s *State) Mint(kind string) string {
	s.Seq++
	return kind + strconv.FormatInt(int64(s.Seq), 36) + "-" + s.Turn
}

// Offer opens a question that needs no answer.
func (s *State) Offer(flow, kind string) *Ask {
	a := s.Put(flow, kind)
	a.Light = true
	return a
}

// Put opens a question. The same question asked again keeps count. Its menu gets its id when it is said, from what it asks
// and offers then.
func (s *State) Put(flow, kind string) *Ask {
	if s.Ask != nil && s.Ask.Flow == flow && s.Ask.Kind == kind {
		s.Ask.Tries++
		s.Ask.ID = unstamped
		return s.Ask
	}
	s.Ask = &Ask{ID: unstamped, Flow: flow, Kind: kind, At: s.At}
	return s.Ask
}

// Flooded reports whether answers have to wait because too many messages come.
func (s State) Flooded() bool { return len(s.Recent) > Many }
