package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// listen has a voice note turned into words, where there is no description yet that it could only repeat.
func (t *telling) listen(p flows.Parcel) {
	f := t.n.Form
	if !t.Hears || !p.Voice || f.Text != "" || f.Mute || f.Heard != "" || f.Listening != "" || t.s.Flooded() {
		return
	}
	for _, m := range f.Files {
		if spoken(m, len(f.Files)) && slices.Contains(p.Files, m) {
			f.Listening = m.ID
			t.do(flows.Transcribe{Media: m, Draft: f.ID})
			return
		}
	}
}

// spoken tells a voice note from other files. Networks do not always say what it is: a file alone is the voice note.
func spoken(m bot.MediaRef, files int) bool {
	return strings.HasPrefix(m.MIME, "audio/") || m.MIME == "" || files == 1
}

// heard offers the words of a voice note, or asks for a line where there are none. An answer about a draft that is gone,
// or that was described meanwhile, changes nothing.
func (t *telling) heard(in flows.Heard) {
	f := t.n.Form
	if f == nil || f.ID != in.Draft || f.Listening == "" || f.Listening != in.Media {
		return
	}
	f.Listening = ""
	if t.confides(in) {
		return
	}
	words := strings.TrimSuffix(say.Clip(bot.Clean(in.Words), say.MaxHeard), "…")
	var rd understand.Reading
	if words != "" {
		rd = t.Reader.Read(words)
	}
	switch silent := rd.NoReport && !rd.Emergency || !substantial(words, rd, f.Emergency); {
	case silent && f.Emergency:
		t.say(t.v.NotHeard())
		t.next()
	case silent:
		t.say(t.v.NotHeard())
		t.ask(askWhat)
	case rd.Emergency, f.Emergency: // nobody in danger is asked whether it was heard rightly
		t.overheard = true
		if !f.Emergency {
			t.spoken = f.Files
		}
		t.danger(flows.Parcel{Text: words, Parts: []flows.Part{{Len: len(words)}}}, rd)
	default:
		f.Heard = words
		t.next()
	}
}

// confides hands what was spoken of harm to a person on to who talks with people, as the same words typed would be: it is not quoted on a
// phone that others may read, and the recording is no part of a report. Where somebody is harmed now, the danger is answered.
func (t *telling) confides(in flows.Heard) bool {
	f, words := t.n.Form, bot.Clean(in.Words)
	if words == "" {
		return false
	}
	rd := t.Reader.Read(words)
	if rd.Harm == understand.NoHarm || rd.Harm == understand.Abuse && (rd.Emergency || f.Emergency || t.n.behalf()) {
		return false
	}
	if !t.hand(flows.Confided{Said: flows.Parcel{Text: words, Files: f.Files}}) {
		return false
	}
	if kept := t.n.Form; kept != nil {
		kept.Files = slices.DeleteFunc(slices.Clone(kept.Files), func(m bot.MediaRef) bool { return m.ID == in.Media })
		if kept.Empty() {
			t.n.Form = nil
		}
	}
	return true
}

// chooseHeard makes the words the description, with all that can be read from them, or asks for others.
func (t *telling) chooseHeard(id string) {
	f := t.form()
	words := f.Heard
	f.Heard = ""
	if id != "heard" || words == "" {
		t.say(t.v.WriteInstead())
		t.next()
		return
	}
	t.describe("", words, nil, t.Reader.Read(words))
	t.next()
}

// askWhatText asks what is wrong, or says that a voice note is being listened to.
func askWhatText(v say.Voice, f *Form) string {
	if f.Listening != "" {
		return v.Listening()
	}
	if f.Place.Known() && !f.Place.Nowhere && !voiced(f) {
		return v.AskWhatHere()
	}
	return v.AskWhat(voiced(f), len(f.Photos)+len(f.Files))
}

// voiced reports whether one of the files may be a voice note, which can stand for a description.
func voiced(f *Form) bool {
	return slices.ContainsFunc(f.Files, func(m bot.MediaRef) bool { return m.MIME == "" || strings.HasPrefix(m.MIME, "audio/") })
}
