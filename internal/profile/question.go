package profile

import (
	"fmt"
	"regexp"
	"slices"
	"time"
)

// Question is what people ask again and again, with its answer.
type Question struct {
	Code string `yaml:"code"`
	// Category is what it is about: its office is asked where the answer does not help.
	Category string `yaml:"category"`
	// Ask are the ways to ask it: a text asks it that has all words of one of them.
	Ask      []string `yaml:"ask"`
	Answer   string   `yaml:"answer"`
	AnswerEN string   `yaml:"answer_en"` // "" where there is none: then Answer is given
	// Checked is the day on which somebody saw that it is right ("2026-11-01"), Source where.
	Checked string `yaml:"checked_on"`
	Source  string `yaml:"source"`
	// Retired says that it is answered no more: a city takes a shared one away by it.
	Retired bool `yaml:"retired"`
}

// AnswerMost is how many letters an answer may have: more is not read on a phone.
const AnswerMost = 700

// Day is the day on which the answer was seen to be right.
func (q Question) Day() time.Time { return dayOf(q.Checked) }

// Stale reports whether people should check the answer first: it was seen to be right more than a year before at.
func (q Question) Stale(at time.Time) bool { return at.Sub(q.Day()) > fresh }

// Day is the day on which the address, the number and the hours of an office were seen to be right.
func (a Agency) Day() time.Time { return dayOf(a.Checked) }

// Stale reports whether people should check them first.
func (a Agency) Stale(at time.Time) bool {
	return (a.Address != "" || a.Phone != "" || len(a.Hours) > 0) && at.Sub(a.Day()) > fresh
}

func dayOf(s string) time.Time {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return day
}

// HoursOf are when an office is open; own says that they are its own, and not those of all offices.
func (p *Profile) HoursOf(agency string) (hours []Hours, own bool) {
	if a, ok := p.Agency(agency); ok && len(a.Hours) > 0 {
		return a.Hours, true
	}
	return p.OfficeHours, false
}

// CategoryOf is a category whose office is agency, "" for none: the likely one where it is such a one, else the first.
func (p *Profile) CategoryOf(agency, likely string) string {
	first := ""
	for _, c := range p.Categories {
		if c.Agency != agency || c.Hidden || agency == "" {
			continue
		}
		if c.Code == likely {
			return likely
		}
		if first == "" {
			first = c.Code
		}
	}
	return first
}

func (l *loader) checkQuestions(p *Profile) {
	code := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	asked := map[string]string{}
	for _, q := range p.Questions {
		at := "questions[" + q.Code + "]"
		if !code.MatchString(q.Code) {
			l.wrong(fmt.Sprintf("a question's code is small letters, digits and underscores, not %q", q.Code), "code: ktp_hilang", at+".code", at)
		}
		if q.Retired {
			continue
		}
		if !slices.ContainsFunc(p.Categories, func(c Category) bool { return c.Code == q.Category }) {
			l.wrong(fmt.Sprintf("the question %s names the category %q, which there is not%s", q.Code, q.Category, mean(q.Category, codes(p.Categories))),
				"category: administrasi_kependudukan", at+".category", at)
		}
		if len(q.Ask) == 0 {
			l.wrong(fmt.Sprintf("nobody can ask the question %s: it has no words", q.Code), "ask: [ktp hilang]", at+".ask", at)
		}
		for i, way := range q.Ask {
			spot := fmt.Sprintf("%s.ask[%d]", at, i)
			switch key := fold(way); {
			case key == " ":
				l.wrong(fmt.Sprintf("a way to ask %s is empty", q.Code), "ask: [ktp hilang]", spot, at+".ask")
			case asked[key] != "" && asked[key] != q.Code:
				l.wrong(fmt.Sprintf("%q asks both %s and %s", way, asked[key], q.Code), "ask: [ktp hilang]", spot, at+".ask")
			default:
				asked[key] = q.Code
			}
		}
		if q.Answer == "" || len([]rune(q.Answer)) > AnswerMost || len([]rune(q.AnswerEN)) > AnswerMost {
			l.wrong(fmt.Sprintf("the question %s needs an answer of at most %d letters", q.Code, AnswerMost), "answer: Gratis.", at+".answer", at)
		}
		if q.Source == "" {
			l.wrong(fmt.Sprintf("the answer to %s names no source", q.Code), "source: UU 24/2013 pasal 79A", at+".source", at)
		}
		l.checkDay("the answer to "+q.Code, q.Checked, at+".checked_on", at)
	}
}

// checkFacts sees that what is told of an office can be called, and was looked up.
func (l *loader) checkFacts(a Agency, at string) {
	number := regexp.MustCompile(`^\+?[0-9][0-9 ()-]{1,18}$`)
	if a.Phone != "" && !number.MatchString(a.Phone) {
		l.wrong(fmt.Sprintf("%q is no number to call", a.Phone), `phone: "0254-200000"`, at+".phone", at)
	}
	for i, h := range a.Hours {
		l.checkHours(h, fmt.Sprintf("%s.hours[%d]", at, i))
	}
	if a.Address == "" && a.Phone == "" && len(a.Hours) == 0 {
		return
	}
	if a.Source == "" {
		l.wrong(fmt.Sprintf("what is told of %s names no source", a.Code), "source: situs dinas", at+".source", at)
	}
	l.checkDay("what is told of "+a.Code, a.Checked, at+".checked_on", at)
}

func (l *loader) checkDay(what, day string, paths ...string) {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		l.wrong(fmt.Sprintf("%s needs the day on which it was checked, not %q", what, day), "checked_on: 2026-11-01", paths...)
	}
}
