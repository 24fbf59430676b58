package meant

import (
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
}

const (
	// trusted is from which probability what was learnt counts more than the word lists: of phrases that were held out, where the two
	// differ, it is right more often from here on. Where the lists are silent, least is enough.
	trusted, least = 0.4, 0.3
	// outright is from which probability it needs no question before.
	outright = 0.55
	// hiding is from which probability a report is hidden where no word says so: it cannot be undone.
	hiding = 0.7
)

// sequels and judgements are what the aims are in the terms of the word lists.
var (
	sequels = map[understand.Aim]answer.Sequel{understand.AimNews: answer.WantsNews, understand.AimWithdraw: answer.TakesBack, understand.AimHide: answer.Hides,
		understand.AimPlace: answer.Moves, understand.AimAnger: answer.Scolds, understand.AimNod: answer.Nods, understand.AimResume: answer.GoesOn,
		understand.AimHuman: answer.WantsPerson}
	judgements = map[understand.Aim]answer.Judgement{understand.AimFixed: answer.JudgedFixed, understand.AimPart: answer.JudgedPart,
		understand.AimUnfit: answer.JudgedUnfit, understand.AimDispute: answer.JudgedUnfair}
)

// Hear reads words that quote nothing.
func (m Mind) Hear(text string) Heard {
	h := Heard{After: m.Answers.After(text)}
	h.Judged, h.Sure = m.Answers.Judges(text)
	f, learnt := m.Reader.(understand.Follower)
	if !learnt || text == "" {
		return h
	}
	aim, p := f.Aims(m.Answers, text).First()
	listed := h.Sequel != answer.NoSequel || h.Judged != answer.NoJudgement && h.Sure
	switch {
	case p < least, p < trusted && listed:
		return h
	case aim == understand.AimHide && h.Sequel != answer.Hides && p < hiding:
		return h
	}
	h.Aim, h.P = aim, p
	if s := sequels[aim]; s != h.Sequel {
		h.After = answer.After{Sequel: s}
		if s == answer.Hides {
			h.Who = "anonim"
		}
	}
	j := judgements[aim]
	h.Sure = j != answer.NoJudgement && (p >= outright || j == h.Judged && h.Sure)
	h.Judged = j
	return h
}

// is reports whether one of some aims was learnt, and is as probable as least.
func (h Heard) is(least float64, some ...understand.Aim) bool {
	for _, a := range some {
		if h.Aim == a && h.P >= least {
			return true
		}
	}
	return false
}
