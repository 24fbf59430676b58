package flowtest

import (
	"encoding/json"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
)

// ties is another chat of the citizen, on WhatsApp, as far as this one has to do with it: the code that either shows, and whether it
// was wanted.
type ties struct {
	shown  string // here
	wanted bool   // there
	theirs string // shown there
	tied   bool
}

// shownCode is what every code of a story is.
const shownCode = "K7MQ3XPD"

func (e *Engine) own() (out []report.Code) {
	for _, r := range e.reports {
		if r.Reporter == e.Chat {
			out = append([]report.Code{r.Code}, out...)
		}
	}
	return out
}

func (e *Engine) tie(f flows.Tie) flows.TieTold {
	t := &e.ties
	out := flows.TieTold{What: f.What, OK: true, Other: bot.WhatsApp, Code: f.Code, Anew: f.Anew, Mine: e.own()}
	no := func(why flows.TieWhy) flows.TieTold { out.OK, out.Why = false, why; return out }
	switch f.What {
	case flows.TieOffer:
		t.shown, t.wanted = shownCode, false
		out.Code, out.Until = t.shown, e.Now.Add(graced)
	case flows.TieLook, flows.TieWant:
		switch {
		case t.tied:
			return no(flows.TieSame)
		case f.Code == t.shown:
			return no(flows.TieOwn)
		case f.Code != t.theirs:
			return no(flows.TieOver)
		}
		if f.What == flows.TieWant {
			e.Log(Line{Effect: "chat yang satunya ditanya"})
		}
	case flows.TieGive, flows.TieDrop:
		if !t.wanted || f.Code != t.shown {
			return no(flows.TieOver)
		}
		t.shown, t.wanted, t.tied = "", false, f.What == flows.TieGive
		e.Log(Line{Effect: map[bool]string{true: "chat disambungkan", false: "kode ditarik"}[t.tied]})
		e.known()
	case flows.TieEnd:
		if !t.tied {
			return no(flows.TieNone)
		}
		t.tied = false
		e.Log(Line{Effect: "chat dipisahkan"})
		e.known()
	}
	return out
}

// known lets the conversation know whether it is tied, as the real engine does.
func (e *Engine) known() {
	s := e.Reread()
	s.Tied = e.ties.tied
	if doc, err := json.Marshal(s); err == nil {
		e.whole, e.State = s, doc
	}
}

// other lets something happen in the citizen's other chat: "kode ditulis", "kode ABCD-2345", "setuju", "bukan", "putuskan",
// "hapus data".
func (e *Engine) other(what string) error {
	t := &e.ties
	in := flows.TieNews{Other: bot.WhatsApp, Mine: e.own(), At: e.Now, Chat: e.Chat}
	code, shows := strings.CutPrefix(what, "kode ")
	switch {
	case what == "kode ditulis":
		t.wanted, in.Word, in.Code = true, flows.TieAsked, t.shown
	case shows:
		t.theirs = strings.ReplaceAll(code, "-", "")
		return nil
	case what == "setuju":
		t.theirs, t.tied, in.Word = "", true, flows.TieMade
	case what == "bukan":
		t.theirs, in.Word = "", flows.TieNot
	case what == "putuskan":
		t.tied, in.Word = false, flows.TieOff
	case what == "hapus data":
		in.Word = flows.TieErase
	default:
		return fmt.Errorf("the other chat does not know %q", what)
	}
	e.known()
	_, err := e.Give(in)
	return err
}
