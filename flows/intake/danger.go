package intake

import (
	"strings"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// A report about a danger that goes on is no form to be filled in. The number to call comes first, at once; then only "where?"
// and "safe?" are asked. All that is written goes into the draft and to the coordinator's room. It is sent by a word of the
// citizen, by "sudah aman", or by three minutes of silence: nobody has to press anything for it not to be lost.

// What the flow waits for in danger (State.Wait): a bare number whose meaning hangs on whether an officer has asked
// something, with the choice it may be; and whether a silent danger has become a report already.
const (
	awaitNumber  = "dangernumber:"
	awaitSilence = "silence"
)

// perilous takes what belongs to a danger; false when it is none. A danger that was left long ago is a draft like others.
func (t *telling) perilous(p flows.Parcel, rd understand.Reading) bool {
	if !rd.Emergency && (!t.n.inDanger() || t.s.Quiet >= flows.Pause) {
		return false
	}
	t.danger(p, rd)
	return true
}

// danger takes in what may be an emergency at once. A report about something else makes room for it.
func (t *telling) danger(p flows.Parcel, rd understand.Reading) {
	if t.n.inDanger() && !t.overheard && len(p.Photos)+len(p.Files) == 0 {
		switch {
		case saysCalm(p.Text, rd, t.Reader):
			t.calmed(p)
			return
		case saysHandled(p.Text, rd, t.n.Form.Peril):
			t.handled(p)
			return
		case saysSafe(p.Text, rd, t.n.Form.Peril, t.Reader):
			t.saved(p)
			return
		case saysUnsafe(p.Text) && t.kind() == askSafe:
			t.n.Form.Unsafe = true
		}
	}
	if t.wantsNone(p, rd) || t.replies(p, rd) || t.aside(p, rd) {
		return
	}
	t.makeRoom(p, rd)
	f := t.form()
	t.earlier = f.Text
	handled := f.Handled && !rd.Emergency && !saysUnsafe(p.Text) && !stillOn(" "+bot.Fold(p.Text)+" ") // thanks take nothing back
	f.endanger(rd)
	f.Handled = handled
	was := f.Place
	said := p
	if t.hideIn(p.Text) {
		said.Text = "" // the wish is no part of the story
	}
	t.note(said, rd)
	what := flows.InsistCall
	if rd.Emergency {
		what = flows.RaiseCall
	}
	t.tell(what, p, was)
	t.nextDanger(true)
}

// note fills the draft, and says nothing of it: who is in danger need not hear that a photo was counted.
func (t *telling) note(p flows.Parcel, rd understand.Reading) {
	f, lead := t.n.Form, t.lead
	if p.Text != "" {
		ref := ""
		if len(p.Parts) > 0 {
			ref = p.Parts[0].Ref
		}
		if utf8.RuneCountInString(f.Text)+utf8.RuneCountInString(p.Text) < flows.MaxText {
			f.AddText(ref, p.Text)
		}
		rest := t.link(p.Text)
		t.understood(t.Reader.Read(f.Text))
		t.dangerPlace(rest, rd)
	}
	f.Kind, f.Heard = report.Complaint, ""
	f.attach(p.Photos, p.Files)
	f.note(p.Bare)
	if t.Hears && p.Voice && f.Listening == "" && !t.s.Flooded() && len(p.Files) > 0 {
		f.Listening = p.Files[0].ID
		t.do(flows.Transcribe{Media: p.Files[0], Draft: f.ID})
	}
	if p.Pin != nil {
		t.where().pin(*p.Pin, p.PinName)
	}
	t.settleDanger()
	t.lead = lead
}

// tell brings what was sent to the room, with the place where it has become known by it.
func (t *telling) tell(what flows.CallWhat, p flows.Parcel, was report.Place) {
	p.Files = append(p.Files, t.spoken...)
	c := flows.Call{Kind: flows.DangerCall, What: what, Said: p, Lang: t.v.Lang,
		Unnamed: t.n.Form.Shield(t.Profile.Sensitive).Hides(report.Operators)}
	if t.n.Form.Visibility == report.Confidential {
		c.About = string(understand.Abuse)
	}
	if talk := t.talk(); talk.Kind == flows.DangerCall {
		c.ID = talk.ID
	}
	fresh := what == flows.RaiseCall && !t.n.Form.Warned // the room knows nothing of it yet
	if fresh && t.earlier != "" && !t.n.Form.Shield(t.Profile.Sensitive).Hides(report.Group) {
		c.Before = []string{t.earlier}
	}
	if now := t.n.Form.Place; (now.Known() || now.District != "") && (fresh || !samePlace(was, now)) {
		c.Place = &now
	}
	t.do(c)
}

func samePlace(a, b report.Place) bool {
	samePin := a.Pin == nil && b.Pin == nil || a.Pin != nil && b.Pin != nil && *a.Pin == *b.Pin
	a.Pin, b.Pin = nil, nil
	return samePin && a == b
}

// nextDanger shows the number, once, and asks where; when that is known, or was asked twice in vain, whether it is safe.
// told says that something was just passed on. From here on silence sends it.
func (t *telling) nextDanger(told bool) {
	f := t.n.Form
	t.do(flows.Nudge{Draft: f.ID, After: flows.SilenceFiles})
	if f.Handled {
		if told {
			t.say(t.v.Told())
		}
		t.ask(askHandled)
		return
	}
	if f.Held && f.Warned && f.Visibility == report.Confidential { // who wants an answer is asked for nothing
		t.s.Ask = nil
		if told {
			t.say(t.v.Told())
		}
		t.send(bot.Message{Text: t.v.StillHere()})
		return
	}
	kind := askEmergency
	if f.Place.Known() || t.kind() == askSafe || t.kind() == askEmergency && t.s.Ask.Tries >= 2 {
		kind = askSafe
	}
	ask := t.s.Put(Name, kind)
	ask.Page, ask.Plain = 0, true
	q, _ := t.question(t.s, t.n, t.v)
	if f.Warned {
		if told {
			t.say(t.v.Told())
		}
		if kind == askEmergency {
			q.Menu = nil // the key for the location is worth more; the choices stand under the number
		}
		t.send(q)
		return
	}
	f.Warned = true
	first := bot.Message{Text: t.v.Danger(t.peril())}
	if f.Visibility == report.Confidential {
		first.Text += "\n\n" + t.v.AbuseHelp()
	}
	switch t.queryOf(f.Text) {
	case asksNumber:
		first.Text += "\n\n" + t.v.NumbersInDanger(f.Peril)
	case unanswered:
		first.Text += "\n\n" + t.v.Unanswered(f.Peril)
	}
	if f.Peril == understand.Longing {
		first.Text += "\n\n" + t.v.LongingHelp()
	}
	if q.Want == bot.WantContact {
		first.Menu, q.Menu = q.Menu, nil
	}
	if f.Behind != nil {
		q.Text += "\n\n" + t.v.WaitsBehind(f.Behind.Category)
	}
	t.lead = nil
	t.do(flows.Say{Message: first, Now: true})
	t.do(flows.Say{Message: q})
}

// askDanger words the two questions.
func (f *flow) askDanger(m *bot.Message, s flows.State, v say.Voice, form *Form) {
	switch {
	case s.Ask.Kind == askHandled:
		m.Text, m.Menu = v.AskHandled(), v.MenuOf(s.Ask.ID, "keepfile", "nofile")
	case s.Ask.Kind == askEmergency:
		m.Text, m.Want, m.Menu = v.AskWhereDanger(form.Peril), bot.WantContact, v.MenuOf(s.Ask.ID, "safe", "nodanger")
	case form.Unsafe || s.Ask.Tries > 0:
		m.Text, m.Want, m.Menu = v.TellSafe(form.Peril, form.ofOther()), bot.WantDone, v.MenuOf(s.Ask.ID, "safe", "nodanger")
	case form.Peril == say.Missing && !form.Warned: // the place was told at once, and nothing else was asked for
		m.Text, m.Want, m.Menu = v.AskLastSeen(), bot.WantContact, v.MenuOf(s.Ask.ID, "safe", "nodanger")
	default:
		m.Text, m.Want, m.Menu = v.AskSafe(form.Peril, form.ofOther()), bot.WantDone, v.MenuOf(s.Ask.ID, "safe", "unsafe", "nodanger")
	}
	named := map[string]string{}
	switch {
	case form.Peril == say.Missing:
		named = map[string]string{"safe": "found", "unsafe": "notfound"}
	case form.ofOther():
		named = map[string]string{"safe": "helped", "unsafe": "nothelped"}
	}
	for i, c := range m.Menu.Choices {
		if label, ok := named[c.ID]; ok {
			m.Menu.Choices[i] = v.Choice(label)
			m.Menu.Choices[i].ID = c.ID
		}
	}
}

// dangerChoice takes an answer to the two questions; false when it is to none of them. A press counts. A bare number counts
// while no officer has written, else it may be the answer to what he or she asked. Words count where they say it out: a short
// "ya" is passed on like anything else.
func (t *telling) dangerChoice(in flows.Said) bool {
	if t.kind() == askHandled && t.n.Form != nil {
		t.chooseDanger(in.Choice, flows.Parcel{})
		return true
	}
	if t.kind() != askEmergency && t.kind() != askSafe || t.n.Form == nil {
		return false
	}
	text, typed := in.Event.Body.(bot.Text)
	if !typed {
		t.chooseDanger(in.Choice, flows.Parcel{})
		return true
	}
	p := flows.ParcelOf(in.Event)
	if strings.Trim(bot.Fold(text.Text), "0123456789") == "" {
		t.s.Await(Name, awaitNumber+in.Choice, &p)
		t.do(flows.Call{Kind: flows.DangerCall, ID: t.talk().ID})
		return true
	}
	t.danger(p, t.Reader.Read(p.Text))
	return true
}

func (t *telling) chooseDanger(id string, p flows.Parcel) {
	switch id {
	case "safe":
		t.saved(p)
	case "nodanger":
		t.calmed(p)
	case "keepfile":
		t.fileDanger(t.n.Form.How)
	case "nofile":
		t.tell(flows.SafeCall, flows.Parcel{Text: "(tidak usah dijadikan laporan)"}, t.n.Form.Place) // else it would be a danger again
		t.letGo()
	default:
		t.n.Form.Unsafe = true
		t.tell(flows.InsistCall, flows.Parcel{Text: t.v.Choice("unsafe").Label}, t.n.Form.Place)
		t.nextDanger(true)
	}
}

// calmed lets the report go on as any other, or that for which it was meant: the room knows that the citizen calls it no danger.
func (t *telling) calmed(p flows.Parcel) {
	f := t.n.Form
	t.tell(flows.CalmCall, p, f.Place)
	f.Emergency, f.Unsafe = false, false
	t.rejoin()
	t.do(flows.Nudge{Draft: t.n.Form.ID, After: flows.NudgeAfter})
	t.say(t.v.Calmed())
	t.s.Ask = nil
	t.next()
}

// saved tells the room that the citizen is safe, and files what there is.
func (t *telling) saved(p flows.Parcel) {
	t.tell(flows.SafeCall, p, t.n.Form.Place)
	if t.n.Form.Held {
		t.say(t.v.GladSafe(t.n.Form.Peril, t.n.Form.ofOther()))
		t.letGo()
		return
	}
	t.do(flows.Say{Message: bot.Message{Text: t.v.GladSafe(t.n.Form.Peril, t.n.Form.ofOther()), Want: bot.WantDone}})
	t.fileDanger(t.n.Form.How)
}

// fileDanger sends the draft as it stands. Nothing is missing in danger.
func (t *telling) fileDanger(how report.Sending) {
	f := t.n.Form
	d := f.Draft
	d.How = how
	switch {
	case f.Picked:
	case understand.Unhelped(f.Peril) && f.Visibility != report.Confidential: // who decides is called already, and no office of the place where it happens can help
		d.Category = ""
	case len(f.Guesses) > 0 && d.Category == "" && f.Guesses[0].P >= understand.Faint: // the clock runs: officers put right what is wrong
		d.Category = f.Guesses[0].Category
	}
	t.do(flows.File{Draft: d, Lang: t.v.Lang})
}

// silence sends a danger that nobody has written on for a while; false when the draft is none. First it is asked whether an
// officer has made a report of the talk already.
func (t *telling) silence(in flows.Idle) bool {
	f := t.n.Form
	if !f.Emergency || !f.Warned {
		return false
	}
	if left := flows.SilenceFiles - in.At.Sub(t.s.At); left > 0 {
		t.do(flows.Nudge{Draft: f.ID, After: left})
		return true
	}
	if f.Handled && !f.Held { // of a danger that is over nothing is filed unless its citizen says so; the question stands as long as a draft does
		t.do(flows.Answer{})
		return true
	}
	if f.Held { // nothing is filed against the citizen's wish
		waits := f.behind()
		t.n.Form, t.s.Ask = nil, nil
		t.do(flows.Answer{})
		t.bringBack(waits, false)
		return true
	}
	t.s.Await(Name, awaitSilence, nil)
	t.do(flows.Call{Kind: flows.DangerCall, ID: t.talk().ID, Draft: f.ID})
	return true
}

// dangerEdited takes a message over that was changed after sending, in danger or into one.
func (t *telling) dangerEdited(text string) bool {
	f := t.n.Form
	rd := t.Reader.Read(text)
	if !f.Emergency && !rd.Emergency {
		return false
	}
	what := flows.InsistCall
	if rd.Emergency {
		what = flows.RaiseCall
	}
	was := f.Place
	f.endanger(rd)
	t.hideIn(text)
	t.understood(t.Reader.Read(f.Text))
	t.dangerPlace(text, rd)
	t.settleDanger()
	t.tell(what, flows.Parcel{Text: "(diubah) " + text}, was)
	t.nextDanger(true)
	return true
}

// dangerWord takes the words that mean something else in danger; false for all others.
func (t *telling) dangerWord(w flows.Word) bool {
	if !t.n.inDanger() || t.s.Quiet >= flows.Pause {
		return false
	}
	switch w {
	case flows.WordSend, flows.WordReport:
		t.fileDanger("")
	case flows.WordCancel:
		t.tell(flows.InsistCall, flows.Parcel{Text: "(membatalkan laporannya)"}, t.n.Form.Place)
		return false // as ever
	case flows.WordSkip, flows.WordResume, flows.WordEdit:
		if t.kind() == askEmergency {
			t.s.Ask = &flows.Ask{ID: t.s.Ask.ID, Flow: Name, Kind: askSafe}
		}
		t.nextDanger(false)
	default:
		return false
	}
	return true
}

// hushed reports whether nothing but that something was noted is said of a report that was sent by silence: who fell silent may not be
// alone with the phone.
func hushed(r report.Report) bool {
	return r.How == report.BySilence && r.Visibility == report.Confidential
}

// filedDanger tells the room the number, and the citizen.
func (t *telling) filedDanger(r report.Report) {
	t.do(flows.Call{ID: t.talk().ID, Kind: flows.DangerCall, What: flows.FiledCall, Report: r.ID, Code: r.Code,
		Unnamed: r.Shield(t.Profile.Sensitive).Hides(report.Operators), Secret: r.Visibility == report.Confidential})
	if hushed(r) {
		t.do(flows.Say{Message: bot.Message{Text: t.v.QuietlyFiled(), Want: bot.WantDone}})
		return
	}
	t.do(flows.Say{Message: bot.Message{Text: t.v.DangerFiled(r, r.How == report.BySilence), Want: bot.WantDone}, Report: r.ID})
}
