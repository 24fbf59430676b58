package flows

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// CallKind is what a talk with the coordinator's room is about.
type CallKind string

// The kinds of talks.
const (
	DangerCall CallKind = "danger" // somebody may be in danger now
	HarmCall   CallKind = "harm"   // somebody is harmed, or harms himself or herself
	HumanCall  CallKind = "human"  // somebody wants to talk with a person
)

// CallWhat is what a Call brings.
type CallWhat string

// What a Call can bring. AskCall only asks how the talk stands.
const (
	AskCall    CallWhat = ""
	RaiseCall  CallWhat = "raise"  // a reason for a talk: one is opened where none of its kind is open
	TellCall   CallWhat = "tell"   // something said: it reaches the room while the talk is open
	InsistCall CallWhat = "insist" // something said that reaches the room even after the talk was closed
	CalmCall   CallWhat = "calm"   // it is no danger
	SafeCall   CallWhat = "safe"   // the danger is over
	UnsafeCall CallWhat = "unsafe" // it is not safe to be answered here
	HereCall   CallWhat = "here"   // it is safe to be answered here
	LeaveCall  CallWhat = "leave"  // the citizen has no more to say
	MakeCall   CallWhat = "make"   // the citizen makes a report of it: the answer brings all that was said
	FiledCall  CallWhat = "filed"  // a report came of it
	HideCall   CallWhat = "hide"   // the citizen hides: Unnamed, Secret; also in a talk that is over, whose card stands
)

// Call is an effect: it opens a talk with the coordinator's room, or brings something to it, at once. The engine answers
// Called.
type Call struct {
	// ID names the talk; "" is the one open with this chat, if any.
	ID   string
	Kind CallKind
	// About says with HarmCall which harm it is.
	About string
	What  CallWhat
	// Said is what the citizen sent, Place where it is, as far as that became known by it.
	Said  Parcel
	Place *report.Place
	// Phone is the citizen's own number, where he or she sent it.
	Phone string
	// Wish says that Said is nothing but the wish for a person: it tells no matter.
	Wish bool
	// Before are words from before a talk that is opened, oldest first.
	Before []string
	// Draft is of AskCall: a report that was made of it is none that the answer tells of.
	Draft string
	// Report and Code are the report, with FiledCall; with RaiseCall the report that the danger is about.
	Report report.ID
	Code   report.Code
	// Unnamed says that what it is about hides from operators who filed it.
	Unnamed bool
	// Secret says that what it is about is kept from the operators' group, and so is what is said in the talk.
	Secret bool
	Lang   string
}

// Called answers Call.
type Called struct {
	// ID is the talk, "" when there is none.
	ID    string
	Kind  CallKind
	About string
	// Open says that it goes on: what was told has reached the room. Spoken says that an officer has written to the citizen.
	Open, Spoken bool
	// Secret says that what is said in it is kept from the operators' group; Hidden that the citizen's name was, before this.
	Secret, Hidden bool
	// Report is the report that came of it, 0 for none yet.
	Report report.ID
	// Said is all that the citizen said, with MakeCall.
	Said Parcel
}

func (Call) isEffect()  {}
func (Called) isInput() {}

// Talk is a talk as the conversation remembers it.
type Talk struct {
	ID    string   `json:"id"`
	Kind  CallKind `json:"kind"`
	About string   `json:"about,omitempty"`
	// At is when the citizen last said something in it.
	At time.Time `json:"at"`
	// Over says that it was closed when it was last asked about; an officer may have opened it again. Asked says that it was
	// asked about for the message being answered.
	Over  bool `json:"over,omitempty"`
	Asked bool `json:"asked,omitempty"`
	// Report is the report that came of it, or that it is about.
	Report report.ID `json:"report,omitempty"`
	// Spoken says that an officer has written.
	Spoken bool `json:"spoken,omitempty"`
	// Told says that something was told in it of which a report can be made.
	Told bool `json:"told,omitempty"`
	// Unsafe says that the citizen is not to be answered in this chat: somebody else may read it.
	Unsafe bool `json:"unsafe,omitempty"`
	// Lines is how many lines of it were answered.
	Lines int `json:"lines,omitempty"`
	// Category is that report's: what tells of another matter is a report of its own.
	Category string `json:"category,omitempty"`
}

// The times of a talk.
const (
	// TalkFor is how long after his or her last word a citizen is still taken to be in the talk.
	TalkFor = 24 * time.Hour
	// SilenceFiles is how long a danger may be silent before it is filed as it stands.
	SilenceFiles = 3 * time.Minute
)

// Commanded reports whether words that are a Word are meant for the bot even while a person is spoken with, or in danger. "Sudah",
// "cukup", "tidak jadi" then answer what somebody has asked; only what nobody says to a person is a command.
func Commanded(w Word, text string) bool {
	if _, _, slash := bot.Command(text); slash {
		return true
	}
	only := func(words ...string) bool { return slices.Contains(words, bot.Fold(text)) }
	switch w {
	case WordSend:
		return only("kirim", "kirimkan", "kirim laporan", "send")
	case WordCancel:
		return only("batal", "batalkan", "batal laporan", "batalkan laporan", "cancel")
	case WordUndo:
		return only("urungkan", "undo")
	case WordResume:
		return only("lanjutkan", "lanjutkan laporan", "continue")
	case WordSkip:
		return only("lewati", "skip")
	case WordEdit:
		return only("ubah", "ubah laporan", "edit")
	}
	return w != NoWord
}

// dangerPress reads a press on any screen of a danger, however old: who is safe presses what is at hand. It counts while the
// danger is a report in the making, and while it is still talked about after that.
func (m *Machine) dangerPress(s State, ev bot.Event) (choice string, ok bool) {
	pick, pressed := ev.Body.(bot.Pick)
	if !pressed {
		return "", false
	}
	switch pick.Choice {
	case "safe", "unsafe", "nodanger":
	default:
		return "", false
	}
	st := m.Stands(s)
	if st.Urgent {
		return pick.Choice, s.Ask != nil && strings.HasPrefix(pick.Menu, ofSubject(st.Subject))
	}
	talk := m.Talking(s)
	return pick.Choice, talk != nil && talk.Kind == DangerCall && !talk.Over && pick.Choice != "unsafe" && st.Ended.shown(pick.Menu)
}

// chosenInDanger hands such a press to the flow that asked, or to the one that has the talk.
func (m *Machine) chosenInDanger(s State, in Said) (State, []Effect) {
	if m.InDanger(s) {
		return m.answered(s, in)
	}
	s, out := m.chain(s, in)
	if len(out) == 0 {
		return m.stale(s, in.Event)
	}
	return s, out
}

// Listener is a flow that can call a person for who is not understood. before are the words not understood the last time.
type Listener interface {
	Misunderstood(s State, before string, ev bot.Event) (State, []Effect)
}

// Missed says that the message being answered was not understood.
func (s *State) Missed() { s.Lost, s.Baffled = max(s.Lost, 1), true }

// misunderstood counts the messages in a row that were not understood. After the second a person is called: who is asked a
// third time goes away. Signs without a word, and messages in a flood, are no try.
func (m *Machine) misunderstood(s State, before int, ev bot.Event, out []Effect) (State, []Effect) {
	words := bot.Fold(bot.Words(ev.Body))
	if s.Lost == 0 || words == "" || number(words) || s.Flooded() {
		s.Lost, s.LostWords = 0, ""
		return s, out
	}
	s.Lost = before + 1
	last := s.LostWords
	s.LostWords = clip(bot.Clean(bot.Words(ev.Body)), 300)
	if s.Lost < 2 || m.InDanger(s) || m.Talking(s) != nil {
		return s, out
	}
	for _, f := range m.flows {
		l, ok := f.(Listener)
		if !ok {
			continue
		}
		s.Lost, s.LostWords = 0, ""
		if next, more := l.Misunderstood(s, last, ev); len(more) > 0 {
			return next, more
		}
	}
	return s, out
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
