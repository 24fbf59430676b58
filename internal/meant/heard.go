package meant

import (
	"slices"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Heard is what words say to a filed report: what the word lists see in them, mended by what was learnt of how people write.
type Heard struct {
	answer.After
	// Judged is what they say of the work; Sure that they say so by themselves, and not only where it was asked.
	Judged answer.Judgement
	Sure   bool
	// Aim is what is wanted with them where it was learnt, NoAim where the word lists had to decide; P is how probable it is.
	Aim understand.Aim
	P   float64

	aims      understand.Aims
	listed    answer.Judgement // what the word lists alone judge; outspoken says that they are sure
	outspoken bool
	done      bool // "sudah" stands in them
	ready     bool // a word for work that is done stands in them
	asks      bool // they ask whether it is done yet
}

const (
	// trusted is from which probability what was learnt counts more than the word lists: of phrases that were held out, where the two
	// differ, it is right more often from here on. Where the lists are silent, least is enough.
	trusted, least = 0.4, 0.3
	// outright is from which probability it needs no question before.
	outright = 0.55
	// hiding is from which probability a report is hidden where no word says so: it cannot be undone.
	hiding = 0.6
	// curt is how many words are too few to learn much from.
	curt = 4
	// hinted is from which probability what is not the likeliest counts, where something else speaks for it.
	hinted = 0.12
	// surely is from which probability words are said of what was reported before, though they may sound like a matter of their own, and
	// even where no report is; alarm from which they raise one that no phrase does.
	surely, alarm = 0.6, 0.7
	// plainly and certain are from which probabilities it is not even asked whether it tells another matter: certain where other signs
	// speak for one.
	plainly, certain = 0.7, 0.9
	// ruledOut is below which probability an aim is as good as ruled out, also where the reader takes words for a danger and they are
	// outright about something else: of 391 sentences of danger the lowest is at 0.018 (TestNoDangerIsTalkedAway).
	ruledOut = 0.01
	// faintly is below which probability of work that is done thanks and nods are taken to tell of none.
	faintly = 0.05
	// closed is from which probability of work that is done a report that is to be closed is closed for it: "sudah beres, tutup saja".
	closed = 0.003
	// newBelow is below which probability of a new matter words that judge work are taken to tell none.
	newBelow = 0.03
)

// sequels and judgements are what the aims are in the terms of the word lists.
var (
	sequels = map[understand.Aim]answer.Sequel{understand.AimNews: answer.WantsNews, understand.AimWithdraw: answer.TakesBack, understand.AimHide: answer.Hides,
		understand.AimPlace: answer.Moves, understand.AimAnger: answer.Scolds, understand.AimNod: answer.Nods, understand.AimResume: answer.GoesOn,
		understand.AimHuman: answer.WantsPerson}
	judgements = map[understand.Aim]answer.Judgement{understand.AimFixed: answer.JudgedFixed, understand.AimPart: answer.JudgedPart,
		understand.AimUnfit: answer.JudgedUnfit, understand.AimDispute: answer.JudgedUnfair, understand.AimOppose: answer.JudgedUnfair}
)

// Hear reads words that quote nothing.
func (m Mind) Hear(text string) Heard {
	h := Heard{After: m.Answers.After(text)}
	h.Judged, h.Sure = m.Answers.Judges(text)
	h.listed, h.outspoken = h.Judged, h.Sure
	f, learnt := m.Reader.(understand.Follower)
	if !learnt || text == "" {
		return h
	}
	plain := strings.Fields(m.Answers.Plain(text))
	h.done, h.ready = slices.Contains(plain, "sudah"), slices.ContainsFunc(plain, func(w string) bool { return ready[w] })
	aims := f.Aims(m.Answers, text)
	aim, p := aims.First()
	h.aims = aims
	if h.asks = m.Answers.AsksDone(text); h.asks && aims.P(understand.AimNews, understand.AimUnfit, understand.AimFixed, understand.AimPart) >= outright {
		aim, p = understand.AimNews, surely
	}
	switch {
	case m.Answers.AsksOnlyWhen(text):
		aim, p = understand.AimNews, max(p, outright)
	case aim == understand.AimHuman && m.Answers.AsksNumber(text):
		aim, p = understand.AimInfo, max(p, certain)
	case praises(text) && (aim == understand.AimGreet || p < plainly && aims.P(understand.AimThanks, understand.AimNod, understand.AimGreet) >= trusted):
		aim, p = understand.AimThanks, max(p, plainly)
	}
	listed := h.Sequel != answer.NoSequel || h.Judged != answer.NoJudgement && h.Sure
	switch {
	case h.Sequel == answer.WantsNews && wordless(text), p < least, p < trusted && listed, h.Sequel == answer.Shows: // no phrase that was learnt says that
		return h
	case h.Sequel == answer.TakesBack && aim != understand.AimWithdraw && (aim != understand.AimResume || p < outright) && (words(text) <= curt || aims.P(understand.AimWithdraw) >= hinted):
		return h // it is asked before anything is taken back
	case h.Sequel == answer.WantsNews && aims.P(understand.AimNews) >= hinted && (aim == understand.AimInfo || aim == understand.AimGreet):
		aim, p = understand.AimNews, max(p, outright)
	case aim == understand.AimHide && h.Sequel != answer.Hides && (p < hiding || m.Answers.MarksOnly(text)):
		return h
	}
	h.Aim, h.P = aim, p
	h.After = h.wants(aim)
	j := judgements[aim]
	if h.Judged == answer.JudgedFixed && h.Sure && (aim == understand.AimThanks || aim == understand.AimNod) && !h.kindly() {
		j = answer.JudgedFixed // "makasih, udah nyala"
	}
	h.Sure = j != answer.NoJudgement && (p >= outright && words(text) > 2 || j == h.Judged && h.Sure)
	h.Judged = j
	return h
}

// wants is what an aim is in the terms of the word lists, with what these have read where it is the same.
func (h Heard) wants(aim understand.Aim) answer.After {
	s := sequels[aim]
	switch {
	case s == h.Sequel:
		return h.After
	case s == answer.Hides:
		return answer.After{Sequel: s, Who: "anonim"}
	}
	return answer.After{Sequel: s}
}

// wordless reports whether a text has no letter: what was learnt says nothing of "??".
func wordless(text string) bool { return !strings.ContainsFunc(text, unicode.IsLetter) }

// is reports whether one of some aims was learnt, and is as probable as least.
func (h Heard) is(least float64, some ...understand.Aim) bool {
	for _, a := range some {
		if h.Aim == a && h.P >= least {
			return true
		}
	}
	return false
}

// Of is what words say of a report that stands like that: of work that is called done they more likely judge, and who only says "iya
// udah" then says that it is.
func (h Heard) Of(stands report.Status) Heard {
	if stands == report.Closed && h.Judged == answer.NoJudgement && h.listed == answer.JudgedUnfit && h.outspoken && !h.asks && !h.is(least, understand.AimNew) {
		h.Judged, h.Sure, h.Sequel = h.listed, true, answer.NoSequel // "eh ternyata masih salah"
	}
	if stands != report.Resolved || h.aims == nil || h.asks {
		return h
	}
	fixed, part, unfit := h.aims.P(understand.AimFixed), h.aims.P(understand.AimPart), h.aims.P(understand.AimUnfit)
	var judged answer.Judgement
	doubted := hinted
	if h.is(surely, understand.AimNews, understand.AimDispute, understand.AimOppose) {
		doubted = 2 * hinted
	}
	switch {
	case h.done && h.listed == answer.JudgedFixed && h.is(0, understand.AimNod, understand.AimWithdraw, understand.AimGreet),
		h.done && (fixed >= closed || h.ready) && h.is(0, understand.AimWithdraw), fixed >= hinted && h.is(0, understand.AimThanks):
		judged = answer.JudgedFixed
	case h.is(0, understand.AimNews, understand.AimAnger, understand.AimDispute, understand.AimOppose) && unfit+part >= doubted, fixed+part+unfit >= trusted && unfit >= max(fixed, part):
		judged = answer.JudgedUnfit
	case fixed+part+unfit < trusted:
		return h
	case part >= fixed:
		judged = answer.JudgedPart
	default:
		judged = answer.JudgedFixed
	}
	if judged == answer.JudgedUnfit && part > unfit {
		judged = answer.JudgedPart
	}
	h.Judged, h.Sure, h.Sequel = judged, true, answer.NoSequel
	return h
}

// Commands reports whether words want something done to a report that only its reporter can want, and nobody says to a person: to take it
// back, to hide or to show who filed it, to go on with it.
func (m Mind) Commands(text string) bool {
	h := m.Hear(text)
	switch h.Sequel {
	case answer.Hides, answer.Shows:
		return true
	case answer.TakesBack:
		return m.Answers.After(text).Sequel == answer.TakesBack && names(text)
	case answer.GoesOn:
		return m.Answers.After(text).Sequel == answer.GoesOn
	}
	return false
}

// names reports whether a text names the report, or tells what is done with it: "ga jadi" alone answers whatever was asked.
func names(text string) bool {
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		for _, stem := range [...]string{"lapor", "aduan", "pengaduan", "keluhan", "report", "complaint", "tiket", "lapuran"} {
			if strings.HasPrefix(w, stem) {
				return true
			}
		}
		switch w {
		case "tarik", "cabut", "ditarik", "dicabut", "withdraw", "retract":
			return true
		}
	}
	return false
}

// ready are words for work that is done.
var ready = answer.ListOf("ready")

// kindly reports whether thanks, or a nod, tell nothing of the work: "ok bang tq".
func (h Heard) kindly() bool { return !h.done && h.aims.P(understand.AimFixed) < faintly }

// Is reports whether what words are likeliest for is one of some aims.
func (h Heard) Is(some ...understand.Aim) bool { return h.is(least, some...) }

// Follows reports whether words are plainly said of something that was reported before.
func (h Heard) Follows() bool { return h.follows(surely) }

func (h Heard) follows(least float64) bool {
	return h.is(least, understand.AimNews, understand.AimUnfit, understand.AimPart, understand.AimFixed, understand.AimWithdraw, understand.AimResume,
		understand.AimHide, understand.AimPlace, understand.AimDispute, understand.AimOppose, understand.AimDetail, understand.AimAnger)
}

// Known reports whether words are plainly something else than a new matter.
func (h Heard) Known() bool {
	return h.Aim != understand.NoAim && h.P >= surely && h.Aim != understand.AimNew && h.Aim != understand.AimDanger
}

// Against reports whether words plainly are something else than any of some aims.
func (h Heard) Against(some ...understand.Aim) bool {
	return !slices.ContainsFunc(some, func(a understand.Aim) bool { return !h.aims.Against(a) })
}

// Outspoken reports whether words say more than the word of the product that they hold beside what is said in passing: "terima kasih
// sudah dibantu" asks for no help, "lupain aja laporan gue" takes one report back and erases nobody's data.
func (h Heard) Outspoken(text string) bool {
	return len(strings.Fields(text)) > 2 && (h.follows(certain) || h.is(certain, understand.AimThanks) || h.is(plainly, understand.AimWithdraw))
}

// Thankful reports whether words plainly thank, whatever word of the product they hold besides.
func (h Heard) Thankful() bool { return h.is(certain, understand.AimThanks) && h.kindly() }

// onward reports whether a story is plainly one of what was reported, and tells nothing new.
func (h Heard) onward() bool {
	return h.is(plainly, understand.AimDetail, understand.AimDispute, understand.AimPlace, understand.AimUnfit, understand.AimPart, understand.AimFixed, understand.AimNews) &&
		h.aims.P(understand.AimNew) < newBelow
}

// continues reports whether words plainly judge work that was done: whoever tells a new matter judges none.
func (h Heard) continues() bool {
	return h.is(plainly, understand.AimUnfit, understand.AimPart) && h.aims.P(understand.AimNew) < newBelow
}

// complains reports whether a few words that tell nothing are likelier a complaint of how it goes than kindness.
func (h Heard) complains() bool {
	return h.aims.P(understand.AimAnger, understand.AimNews, understand.AimUnfit, understand.AimDispute, understand.AimOppose) >= trusted &&
		h.aims.P(understand.AimThanks, understand.AimNod, understand.AimGreet) < trusted/2
}

// goesOn reports whether words may say that what was told is as it was.
func (h Heard) goesOn() bool {
	return h.aims.P(understand.AimUnfit, understand.AimPart, understand.AimNews) >= 2*hinted
}

// Alarms reports whether words that the reader takes for an emergency may be one, said to a filed report.
func (m Mind) Alarms(text string, rd understand.Reading, h Heard) bool {
	if h.Aim != understand.NoAim && h.Aim != understand.AimDanger && h.P >= outright && h.aims.P(understand.AimDanger) < ruledOut {
		return false
	}
	return rd.Emergency && (rd.Danger != "" || words(text) > story)
}
