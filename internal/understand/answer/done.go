package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// ignored are complaints that nobody answers, which need no denial.
var ignored = ListOf("ignored")

// asksWhether reports whether "bisa ga" stands in it: the "ga" denies nothing.
func (c clause) asksWhether() bool {
	for i := 1; i < len(c); i++ {
		if c[i].word == "tidak" && (c[i-1].word == "bisa" || c[i-1].word == "boleh" || c[i-1].raw == "tiasa" || c[i-1].raw == "bs") {
			return true
		}
	}
	return false
}

// doneVerbs are what is asked for with "sudah … belum": mostly something that is done to a report.
var doneVerbs = ListOf("done")

// AsksDone reports whether it is asked if something is done yet: "udah diperbaiki blm", "udh dikerjain blm itu", "wis digarap durung kang".
func (lx *Lexicon) AsksDone(text string) bool {
	if len(text) > 160 {
		return false
	}
	ts, mark := lx.tokens(text)
	return clause(slices.DeleteFunc(ts, func(t token) bool { return t.stop })).asksDone(mark)
}

// shortAsk is how many words a question has that needs no "belum": "udah?", "udah dikerjain?".
const shortAsk = 3

func (c clause) asksDone(mark bool) bool {
	const between, behind = 3, 2
	done := slices.IndexFunc(c, func(t token) bool { return t.word == "sudah" || already[t.raw] })
	if done < 0 {
		return false
	}
	if mark && done == 0 && len(c) <= shortAsk && !c.has("belum", "tidak") {
		return true
	}
	yet := slices.IndexFunc(c[done:], func(t token) bool { return t.word == "belum" || notYet[t.raw] })
	if yet < 2 || yet > between+1 || len(c)-(done+yet) > behind {
		return false
	}
	asked := c[done+1 : done+yet]
	if slices.ContainsFunc(asked, func(t token) bool {
		return t.raw == "yang" || t.raw == "yg" || t.raw == "tapi" || t.raw == "tp" || t.raw == "cuma" || t.digits || notSpans[t.raw]
	}) || slices.ContainsFunc(c[done+yet+1:], func(t token) bool { return doneVerbs[t.raw] || strings.HasPrefix(t.raw, "di") && len(t.raw) > 4 }) {
		return false // "udah nyala yang sana, yang sini belum", "udah seminggu belum ada kabar"
	}
	return asked.typed(doneVerbs) || slices.ContainsFunc(asked, func(t token) bool {
		return strings.HasPrefix(t.raw, "di") && len(t.raw) > 4 || strings.HasPrefix(t.raw, "dk") || strings.HasPrefix(t.raw, "db")
	})
}

// already and notYet are what stands for "sudah" and "belum".
var (
	already = ListOf("already")
	notYet  = ListOf("not-yet")
)

// notSpans are spans of time: "sudah seminggu belum" complains, and asks nothing.
var notSpans = ListOf("not-spans")

// whenWords are all that a question has which asks for a day or an hour, and of what is clear without being said.
var whenWords = ListOf("when")

// AsksOnlyWhen reports whether words ask when, and name nothing else: "senin jam berapa ya pak" asks after what was promised.
func (lx *Lexicon) AsksOnlyWhen(text string) bool {
	said := strings.Fields(bot.Fold(text))
	asks := false
	for _, w := range said {
		if w = strings.Trim(w, "?!.,"); w != "" && !whenWords[w] {
			return false
		}
		asks = asks || w == "berapa" || w == "brp" || w == "kapan"
	}
	return asks
}

// offices and people are words of the two that a number can be asked of.
var (
	numberOf = ListOf("number-of")
	offices  = ListOf("offices")
	people   = ListOf("people")
)

// AsksNumber reports whether the number of an office is asked for, and not a person: "minta nomor telepon dishub".
func (lx *Lexicon) AsksNumber(text string) bool {
	number, office := false, false
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		w = strings.Trim(w, "?!.,")
		if people[w] {
			return false
		}
		number, office = number || numberOf[w], office || offices[w]
	}
	return number && office
}
