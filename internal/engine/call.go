package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// Caller is who talks: the chat, the person, and the number the network knows of him or her, "" for none.
type Caller struct {
	Chat   bot.Address
	Person bot.Person
	Phone  string
}

// Talk decides what a flows.Call does to the talk as it stands, the zero Call for none, and what the conversation is answered.
// It is pure. The batch has no Cause where nothing changes.
func Talk(o *casework.Office, now ledger.Call, c flows.Call, by Caller, t casework.Occasion) (ledger.Call, ledger.Batch, flows.Called) {
	var b ledger.Batch
	known := now.ID != ""
	spoken, hidden := known && !now.Spoken.IsZero(), known && now.Hides(report.Operators)
	line := ledger.Line{What: ledger.LineSaid, Words: c.Said.Text, Photo: c.Said.Photos, Files: c.Said.Files, Place: c.Place, Phone: c.Phone,
		Unnamed: c.Unnamed, Secret: c.Secret, Kept: c.Kind == flows.DangerCall && c.About == string(understand.Abuse)}
	switch {
	case c.Kind == flows.DangerCall:
		line.What = ledger.LineAlarm
	case c.Wish:
		line.What = ledger.LineWish
	}
	var said flows.Parcel
	hear := func(l ledger.Line) { now, b = o.Heard(now, l, t) }
	switch c.What {
	case flows.RaiseCall:
		if known && now.Open() && joins(now, c) {
			hear(line)
			break
		}
		now, b = raise(o, now, c, line, by, t)
	case flows.TellCall:
		if known && now.Open() {
			line.What = ledger.LineSaid
			hear(line)
		}
	case flows.InsistCall:
		if known {
			line.What = ledger.LineSaid
			hear(line)
		}
	case flows.MakeCall:
		if known {
			said = parcelOf(now)
			hear(ledger.Line{What: ledger.LineMade})
		}
	case flows.HideCall:
		if known && (c.Unnamed && !now.Hides(report.Operators) || c.Secret && !now.Sensitive()) {
			hear(ledger.Line{What: ledger.LineHidden, Unnamed: c.Unnamed, Secret: c.Secret})
		}
	case flows.FiledCall:
		if known {
			hear(ledger.Line{What: ledger.LineFiled, Report: c.Report, Code: c.Code, Unnamed: c.Unnamed, Secret: c.Secret})
		}
	default:
		if what := mark(c.What); known && what != "" && (now.Open() || what == ledger.LineUnsafe) {
			hear(ledger.Line{What: what, Words: c.Said.Text, Unnamed: c.Unnamed})
		}
	}
	return now, b, flows.Called{ID: string(now.ID), Kind: flows.CallKind(now.Kind), About: now.About,
		Open: now.ID != "" && now.Open(), Spoken: spoken, Secret: now.ID != "" && now.Sensitive(), Hidden: hidden, Report: now.Report, Said: said}
}

// Hides reports whether who filed some reports wants to be nameless in one that is open: then no talk of theirs names them.
func Hides(mine []report.Report, sensitive func(category string) bool) bool {
	return slices.ContainsFunc(mine, func(r report.Report) bool {
		return r.Status.Open() && r.Shield(sensitive).Hides(report.Operators)
	})
}

// mark is the line that a word of the citizen about the talk itself makes.
func mark(w flows.CallWhat) ledger.LineWhat {
	switch w {
	case flows.CalmCall:
		return ledger.LineCalm
	case flows.SafeCall:
		return ledger.LineSafe
	case flows.UnsafeCall:
		return ledger.LineUnsafe
	case flows.HereCall:
		return ledger.LineHere
	case flows.LeaveCall:
		return ledger.LineLeft
	}
	return ""
}

// joins reports whether a new reason for a talk belongs to the one that is open: somebody who is in touch with the room
// already needs no second card, but a danger or a harm that comes up in another talk gets a card of its own.
func joins(now ledger.Call, c flows.Call) bool {
	return c.Kind == flows.HumanCall || string(now.Kind) == string(c.Kind) && (now.About == c.About || now.Kind == ledger.DangerCall)
}

// raise opens a talk. One about something else that is open says where it went on.
func raise(o *casework.Office, old ledger.Call, c flows.Call, first ledger.Line, by Caller, t casework.Occasion) (ledger.Call, ledger.Batch) {
	before := c.Before
	var ended ledger.Batch
	if old.ID != "" && old.Open() {
		for _, l := range old.Lines {
			if l.By.Role == report.Citizen && l.Words != "" && len(before) < 5 && !old.Sensitive() {
				before = append(before, l.Words)
			}
		}
		_, ended, _ = o.EndCall(old, report.Actor{Role: report.System}, t)
	}
	now, b := o.OpenCall(casework.Calling{Kind: ledger.CallKind(c.Kind), About: c.About, Chat: by.Chat, Person: by.Person, Lang: c.Lang,
		Before: before, First: first, Phone: by.Phone, Report: c.Report, Code: c.Code}, t)
	b.Add(ended)
	return now, b
}

// parcelOf is all that the citizen said in a talk.
func parcelOf(c ledger.Call) flows.Parcel {
	d := casework.CallDraft(c)
	return flows.Parcel{Text: d.Text, Photos: d.Photos[:min(len(d.Photos), flows.MaxPhotos)],
		Files: d.Files[:min(len(d.Files), flows.MaxFiles)], Pin: d.Place.Pin}
}

// call carries a flows.Call out.
func (e *Engine) call(ctx context.Context, t *handling, c flows.Call) (flows.Input, error) {
	now, err := e.talk(ctx, t, c)
	if err != nil {
		return nil, err
	}
	by := Caller{Chat: t.chat, Person: t.from}
	atStake := c.Kind == flows.DangerCall || c.Kind == flows.HarmCall && c.About == string(understand.SelfHarm)
	if atStake && c.What == flows.RaiseCall && e.Phone != nil && !(now.ID != "" && now.Open()) {
		if by.Phone, err = e.Phone(ctx, t.chat); err != nil {
			by.Phone = "" // the room does without
		}
	}
	if c.Kind == flows.HumanCall && c.What == flows.RaiseCall && !c.Unnamed {
		mine, err := e.mine(ctx, t, mineMost)
		if err != nil {
			return nil, err
		}
		c.Unnamed = Hides(mine, e.Office().Profile.Sensitive)
	}
	cause := t.cause
	if t.talks > 0 {
		cause = fmt.Sprintf("%s.%d", t.cause, t.talks) // letters of one event have keys of their own
	}
	after, b, answer := Talk(e.Office(), now, c, by, casework.Occasion{Cause: cause, At: t.at})
	if b.Cause != "" {
		t.vital = t.vital || after.Kind != ledger.HumanCall && c.What != flows.AskCall
		t.talks++
		t.talk = &after
		t.batch.Add(b)
	}
	if draft := ofDraft(t.chat, c.Draft); draft != "" {
		if id, _ := e.Cases.Store.Draw(draft); answer.Report == id {
			answer.Report = 0 // it is this draft's own: the turn is taken again
		}
	}
	return answer, nil
}

// unname hides who talked in earlier talks, where this turn has hidden reports. The one that the turn itself was about is settled there.
func (e *Engine) unname(ctx context.Context, t *handling) error {
	if len(t.hid) == 0 {
		return nil
	}
	chats := append([]bot.Address{t.chat}, t.kin...)
	for _, r := range t.hid {
		chats = append(chats, r.Reporter)
	}
	done := map[ledger.CallID]bool{}
	if t.talk != nil {
		done[t.talk.ID] = true
	}
	for _, chat := range chats {
		if chat.Zero() {
			continue
		}
		all, err := e.Cases.Calls.CallsWith(ctx, chat, casework.TalksMost)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(c ledger.Call) bool {
			was := done[c.ID]
			done[c.ID] = true
			return was
		})
		t.batch.Add(e.Office().UnnameTalks(all, t.hid, casework.Occasion{Cause: t.cause, At: t.at}))
	}
	return nil
}

// talk finds the talk that a Call is about, as this turn has left it: the one it names, else the one that is open with the
// chat; the zero Call for none.
func (e *Engine) talk(ctx context.Context, t *handling, c flows.Call) (ledger.Call, error) {
	if t.talk != nil && (c.ID == "" || string(t.talk.ID) == c.ID) {
		return *t.talk, nil
	}
	if c.ID != "" {
		now, err := e.Cases.Calls.Call(ctx, ledger.CallID(c.ID))
		if err == nil && now.Chat.Chat() == t.chat.Chat() || err != nil && !errors.Is(err, ledger.ErrUnknown) {
			return now, err
		}
	}
	now, err := e.Cases.Calls.CallWith(ctx, t.chat)
	if errors.Is(err, ledger.ErrUnknown) {
		return ledger.Call{}, nil
	}
	return now, err
}

// person is who files: of a danger that was sent by silence, who spoke in the talk.
func (e *Engine) person(ctx context.Context, t *handling) (bot.Person, error) {
	if t.from.ID != "" {
		return t.from, nil
	}
	now, err := e.talk(ctx, t, flows.Call{})
	if err != nil {
		return bot.Person{}, err
	}
	if now.ID == "" {
		return bot.Person{ID: t.chat.ID}, nil // a person's own chat goes by the person's id
	}
	return now.Person, nil
}
