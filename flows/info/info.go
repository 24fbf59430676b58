// Package info is the errand of asking: what an office's number is, where it is and when it is open, how something is done there. It
// answers with what is known, which is what the profile holds and what officers have answered, and offers to ask the office where
// nothing is known. It is pure.
package info

import (
	"slices"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
	"rabeg/internal/understand/inquiry"
)

// Name is the flow's name in State.Ask.
const Name = "info"

const (
	askOffer   = "offer" // shall the office be asked?
	awaitKnown = "known"
)

type flow struct {
	flows.Options
	names *inquiry.Lexicon
}

// New makes the flow; it is a flows.Maker.
func New(o flows.Options) flows.Flow { return &flow{Options: o, names: inquiry.New(o.Profile)} }

var (
	_ flows.Asker    = (*flow)(nil)
	_ flows.Keeper   = (*flow)(nil)
	_ flows.Informer = (*flow)(nil)
	_ flows.Leaner   = (*flow)(nil)
)

// Notes are what this flow keeps of a conversation: the question that may go to an office, its category and that office; Turn is the
// turn in which what officers have answered was asked for.
type Notes struct {
	Text     string `json:"text,omitempty"`
	Category string `json:"cat,omitempty"`
	Agency   string `json:"office,omitempty"`
	Turn     string `json:"turn,omitempty"`
	// Of is who was asked about last, so that what is asked next may leave it out.
	Of Topic `json:"of,omitzero"`
}

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes { return &n }

// Empty implements flows.Notes.
func (n Notes) Empty() bool { return n == Notes{} }

// Blank implements flows.Keeper.
func (*flow) Blank() flows.Notes { return &Notes{} }

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.Said:
		return f.said(s, in)
	case flows.Known:
		return f.known(s, in)
	case flows.Asked:
		return f.asked(s, in)
	default:
		return s, nil
	}
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	n := flows.NotesOf[Notes](s, Name)
	if s.Ask == nil || s.Ask.Flow != Name || n.Text == "" {
		return bot.Message{}, false
	}
	v := f.Voice(s)
	return bot.Message{Text: v.OfferQuestion(n.Agency), Menu: v.MenuOf(s.Ask.ID, "askoffice", "dontask")}, true
}

// Informs implements flows.Informer.
func (f *flow) Informs(s flows.State, in flows.Said) bool {
	_, _, ok := f.read(s, in)
	return ok && flows.NotesOf[Notes](s, Name).Turn != s.Turn
}

// subject is whom a question is for.
type subject struct {
	inquiry.Inquiry
	category string
	// street says that it is about what lies in a street, and names no office: it is answered where an officer has answered it, and
	// else a report as any other.
	street bool
	// about is the question that it leans on, "" for one that stands by itself; day is the day it asks for (inquiry.Follow).
	about, day string
}

// read reads a question about an office, or about what an office does.
func (f *flow) read(s flows.State, in flows.Said) (text string, of subject, ok bool) {
	said, plain := in.Event.Body.(bot.Text)
	if !plain || in.Choice != "" || in.Event.Edited || in.Event.ReplyTo != nil || f.InDanger(s) || f.Talking(s) != nil {
		return "", of, false
	}
	text = bot.Clean(said.Text)
	if w, _ := f.WordOf(text); w != flows.NoWord || strings.HasPrefix(text, "/") {
		return "", of, false
	}
	if _, number, _ := report.FindCode(f.Profile.Prefix, text); number {
		return "", of, false
	}
	if of, ok = f.leans(s, text); ok {
		return text, of, true
	}
	if f.Answers.OfService(text) {
		return "", of, false
	}
	switch f.Answers.Wonders(text) {
	case answer.FactKept, answer.FactPhone, answer.FactSelf, answer.FactMap, answer.FactCode: // of the service, which is no office
		return "", of, false
	case answer.NoFact, answer.FactOffice, answer.FactDoor:
	}
	if of.Inquiry, ok = f.names.Read(text); !ok || f.Answers.Wonders(text) == answer.FactDoor && !of.Named() && !of.Service { // "lapornya ke mana"
		return "", of, false
	}
	rd := f.Reader.Read(text)
	if rd.Harm != understand.NoHarm || rd.Misconduct || rd.Human || understand.LureIn(text) != understand.NoLure || understand.Stolen(text) || rd.Emergency && (befallen(text, rd) || !(of.Rescue && of.Wants.Has(inquiry.Phone))) {
		return "", of, false
	}
	likely := ""
	if len(rd.Guesses) > 0 {
		likely = rd.Guesses[0].Category
	}
	if q, common := f.names.Common(text); common {
		of.category = q.Category
		return text, of, true
	}
	switch c, known := f.Profile.Category(likely); {
	case of.Agency != "":
		of.category = f.Profile.CategoryOf(of.Agency, likely)
	case of.Named():
	case !known || c.Hidden || c.Sensitive || rd.Guesses[0].P < understand.Faint:
		return "", of, false
	case c.Physical && !of.Service && (!of.Wants.Has(inquiry.Cost) || tells(text)):
		of.street, of.category = true, likely
		return text, of, rd.Guesses[0].P >= understand.Sure
	default:
		of.category = likely
		if owner, outside := f.Profile.OwnerOf(likely, text, ""); outside {
			of.Owner = owner.Code
			break
		}
		of.Agency, _ = f.Profile.Office(likely, text, "")
		if a, ok := f.Profile.Agency(of.Agency); ok && a.Outside {
			of.Agency = "" // it stands for all who are no office of the city
		}
	}
	return text, of, true
}

// tells reports whether who asks for a price tells as well what was paid, or taken.
func tells(text string) bool {
	return strings.ContainsFunc(text, unicode.IsDigit) || slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool {
		return slices.Contains([]string{"sudah", "udah", "udh", "cuma", "tapi", "minta", "diminta", "ditarik", "narik", "malah"}, w)
	})
}

// people are who may be in danger.
var people = answer.ListOf("danger-people")

// befallen reports whether who asks for the number of a rescue tells in the same words what has happened, or to whom: that is a danger.
func befallen(text string, rd understand.Reading) bool {
	return rd.Danger != "" && rd.Danger != "darurat" || people.Any(strings.Fields(bot.Fold(text)))
}

func (f *flow) said(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	n := flows.NotesOf[Notes](s, Name)
	if in.Choice != "" {
		return f.choose(s, in.Choice, n)
	}
	if text, plain := in.Event.Body.(bot.Text); plain && n.Text != "" && !f.Open(s) && asksOn(text.Text) {
		return f.hand(s, n)
	}
	if n.Turn == s.Turn {
		return s, nil
	}
	if _, _, ok := f.read(s, in); !ok {
		if f.leaves(s, bot.Words(in.Event.Body)) {
			return s, nil
		}
		return f.ofBot(s, in)
	}
	n.Turn = s.Turn
	s = s.With(Name, &n)
	p := flows.ParcelOf(in.Event)
	s.Await(Name, awaitKnown, &p).Anew = true
	return s, []flows.Effect{flows.Inquire{}}
}

// leaves reports whether a question about the bot is left to others: of a report that is filed, or of one that is about to be told. What
// reporting costs is the same for all.
func (f *flow) leaves(s flows.State, words string) bool {
	ofService := f.Answers.OfService(words)
	if f.Stands(s).Ended.Code != "" {
		return !ofService || f.Answers.Question(words) != answer.AskedHow
	}
	return !ofService && strings.Contains(bot.Fold(words), "lapor") && f.Answers.Question(words) != answer.AskedWho
}

// ofBot answers a short question about the bot where nothing is open; where something is, the machine does.
func (f *flow) ofBot(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	text, plain := in.Event.Body.(bot.Text)
	const short = 40 // letters: a longer one may tell something
	if !plain || in.Event.Edited || in.Event.ReplyTo != nil || s.Ask != nil || f.Open(s) || f.Talking(s) != nil || len(text.Text) > short {
		return s, nil
	}
	v := f.voice(s, text.Text)
	switch f.Answers.Question(text.Text) {
	case answer.AskedWhat, answer.AskedWho:
		return s, tell(v.AnswerWho())
	case answer.AskedHow:
		return s, tell(v.AnswerHow())
	case answer.AskedFear:
		if rd := f.Reader.Read(text.Text); rd.Harm == understand.NoHarm && !rd.Emergency {
			return s, tell(v.Reassure())
		}
	case answer.AskedCome:
		return s, tell(v.AnswerCome())
	case answer.AskedThen, answer.NoTopic:
	}
	return s, nil
}

// voice speaks the language of a question where none was chosen yet.
func (f *flow) voice(s flows.State, text string) say.Voice {
	if s.Lang == "" && (say.English(text) || f.Reader.Read(text).Lang == "en") {
		return say.For(f.Profile, "en")
	}
	return f.Voice(s)
}

func tell(words string) []flows.Effect {
	return []flows.Effect{flows.Say{Message: bot.Message{Text: words}}}
}

// known answers a question with what is known by now.
func (f *flow) known(s flows.State, in flows.Known) (flows.State, []flows.Effect) {
	await, p := s.Awaited(Name)
	if await != awaitKnown || p == nil {
		return s, nil
	}
	text, of, ok := f.read(s, flows.Said{Event: bot.Event{Body: bot.Text{Text: p.Text}}})
	if !ok {
		return s, nil
	}
	v := f.voice(s, text)
	if of.street && nearest(text, in.Answers) < 0 {
		return s, nil
	}
	s.Wait = nil
	if s.Lang == "" && !f.Open(s) {
		s.Lang = v.Lang
	}
	words, whole := f.answer(v, s, text, of, in.Answers)
	n := Notes{Turn: s.Turn, Of: f.topic(s, text, of)}
	if whole || of.Agency == "" && of.category == "" {
		s = s.With(Name, &n)
		return s, f.Beside(s, words)
	}
	n.Text, n.Category, n.Agency = text, of.category, of.Agency
	if of.about != "" {
		n.Text = of.about + "\n" + text // an office reads what it is about
	}
	s = s.With(Name, &n)
	if f.Open(s) || s.Ask != nil && !s.Ask.Light {
		return s, f.Beside(s, join(words, v.AskLater(of.Agency)))
	}
	s.Offer(Name, askOffer)
	q, _ := f.Question(s)
	q.Text = join(words, q.Text)
	return s, []flows.Effect{flows.Say{Message: q}}
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n\n" + b
}

// answer is what can be said; whole says that nothing is left to be asked.
func (f *flow) answer(v say.Voice, s flows.State, text string, of subject, answered []flows.Answered) (words string, whole bool) {
	if of.about != "" {
		return f.goesOn(v, s, of)
	}
	if i := nearest(text, answered); i >= 0 {
		a := answered[i]
		agency, _ := f.Profile.Office(a.Category, "", "")
		return v.OfficerAnswer(a.Words, agency), true
	}
	q, common := f.names.Common(text)
	if of.Wants.Has(inquiry.How|inquiry.Cost) && common && of.Wants.Has(inquiry.Address|inquiry.Hours|inquiry.Phone) && of.Agency != "" { // two questions
		a, _ := f.Profile.Agency(of.Agency)
		words, whole = f.facts(v, s, a, of.Wants&(inquiry.Address|inquiry.Hours|inquiry.Phone))
		return join(v.CommonAnswer(q, s.At), words), whole
	}
	if common && !(of.Wants.Has(inquiry.Address|inquiry.Hours|inquiry.Phone) && !of.Wants.Has(inquiry.How|inquiry.Cost) && of.Agency != "") {
		return v.CommonAnswer(q, s.At), true
	}
	switch {
	case of.Rescue && len(f.Profile.Emergency) > 0 && of.Wants.Has(inquiry.Phone|inquiry.Address):
		return v.RescueNumber(f.Profile.Emergency[0]), true
	case of.Owner != "":
		o, _ := f.Profile.Owner(of.Owner)
		return v.TurnTo(o, s.At), true
	}
	a, _ := f.Profile.Agency(of.Agency)
	return f.facts(v, s, a, of.Wants)
}

func nearest(text string, answered []flows.Answered) int {
	questions := make([]string, len(answered))
	for i, a := range answered {
		questions[i] = a.Question
	}
	return inquiry.Nearest(text, questions)
}

// facts are what the profile holds of an office.
func (f *flow) facts(v say.Voice, s flows.State, a profile.Agency, w inquiry.Want) (words string, whole bool) {
	var lines []string
	whole = a.Code != ""
	if a.Code != "" {
		lines = append(lines, v.InCharge(a))
	}
	if w.Has(inquiry.Address) && whole {
		whole = a.Address != ""
		lines = append(lines, v.OfficeAddress(a, s.At))
	}
	if w.Has(inquiry.Phone) {
		whole = whole && a.Phone != ""
		lines = append(lines, v.OfficePhone(a, s.At))
	}
	if hours, own := f.Profile.HoursOf(a.Code); w.Has(inquiry.Hours) && len(hours) > 0 {
		lines = append(lines, v.OpenHours(hours, own))
	}
	if w.Has(inquiry.When | inquiry.How | inquiry.Cost) {
		if whole = whole && w.Has(inquiry.Address) && !w.Has(inquiry.When|inquiry.Cost); !whole {
			lines = append(lines, v.NoAnswer())
		}
	}
	return strings.Join(lines, "\n"), whole
}

// asksOn reports whether words say that the office be asked.
func asksOn(text string) bool {
	switch bot.Fold(text) {
	case "tanyakan", "tolong tanyakan", "ya tanyakan", "tanyakan saja", "tanyakan aja", "tanyain", "ask them", "ask", "please ask":
		return true
	}
	return false
}

func (f *flow) choose(s flows.State, id string, n Notes) (flows.State, []flows.Effect) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return s, nil
	}
	if id == "askoffice" && n.Text != "" {
		return f.hand(s, n)
	}
	s.Ask = nil
	return s.With(Name, &Notes{Of: n.Of}), tell(f.Voice(s).NotAsked())
}

// hand begins a report that asks the office.
func (f *flow) hand(s flows.State, n Notes) (flows.State, []flows.Effect) {
	s.Ask = nil
	s = s.With(Name, &Notes{Turn: s.Turn, Of: n.Of})
	p := flows.Parcel{Text: n.Text, Parts: []flows.Part{{Len: len(n.Text)}}}
	return f.Hand(s, flows.Begin{Said: p, Kind: report.Question, Category: n.Category})
}
