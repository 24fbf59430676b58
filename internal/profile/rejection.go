package profile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Rejection is a reason for which a report may be rejected.
type Rejection struct {
	Code   string `yaml:"code"`
	Name   string `yaml:"name"` // for officers, on a button
	NameEN string `yaml:"name_en"`
	// Also are other words by which officers name it: "iseng".
	Also []string `yaml:"also"`
	// Words tell the citizen why, in a sentence; Next what he or she can do instead.
	Words   string `yaml:"words"`
	WordsEN string `yaml:"words_en"`
	Next    string `yaml:"next"`
	NextEN  string `yaml:"next_en"`
	// Final says that the citizen may not ask for a second look.
	Final bool `yaml:"final"`
	// Outside asks whose duty it is, and offers the citizen that door; Other asks for the number of the other report; Photo
	// asks for a photo of what was found, where the matter is physical.
	Outside bool `yaml:"outside"`
	Other   bool `yaml:"other"`
	Photo   bool `yaml:"photo"`
	// Retired says that it is offered no more: reports of old have it.
	Retired bool `yaml:"retired"`
}

// Rejection finds a reason by its code, retired ones too.
func (p *Profile) Rejection(code string) (Rejection, bool) {
	i := slices.IndexFunc(p.Rejections, func(r Rejection) bool { return r.Code == code })
	if i < 0 || code == "" {
		return Rejection{}, false
	}
	return p.Rejections[i], true
}

// Reasons are the reasons that officers choose from.
func (p *Profile) Reasons() []Rejection {
	return slices.DeleteFunc(slices.Clone(p.Rejections), func(r Rejection) bool { return r.Retired })
}

func (l *loader) checkRejections(p *Profile) {
	const most = 10 // as many buttons as a list on a phone may have
	if n := len(p.Reasons()); n == 0 {
		l.wrong("no reason to reject a report is given", "rejections: [{code: tidak_jelas, name: Laporan tidak jelas}]", "rejections")
	} else if n > most {
		l.wrong(fmt.Sprintf("officers choose from at most %d reasons to reject a report, not %d", most, n), "rejections: [{code: tidak_jelas, name: Laporan tidak jelas}]", "rejections")
	}
	l.checkAlso(p)
	code := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	for _, r := range p.Rejections {
		at := "rejections[" + r.Code + "]"
		if !code.MatchString(r.Code) {
			l.wrong(fmt.Sprintf("a rejection's code is small letters, digits and underscores, not %q", r.Code), "code: tidak_jelas", at+".code", at)
		} else {
			l.checkCode(r.Code, at)
		}
		if r.Name == "" {
			l.wrong(fmt.Sprintf("the rejection %s needs a name", r.Code), "name: Laporan tidak jelas", at)
		}
		for _, pair := range [][3]string{{"words", r.Words, r.WordsEN}, {"next", r.Next, r.NextEN}} {
			if (pair[1] == "") != (pair[2] == "") {
				l.wrong(fmt.Sprintf("the rejection %s says its %q in one language alone", r.Code, pair[0]), pair[0]+"_en: …", at+"."+pair[0], at+"."+pair[0]+"_en", at)
			}
		}
	}
}

// checkAlso judges by what words officers name reasons: each means one of them, or the wrong one would be told to a citizen.
func (l *loader) checkAlso(p *Profile) {
	means := map[string]string{}
	for _, r := range p.Reasons() {
		means[fold(r.Code)], means[fold(strings.ReplaceAll(r.Code, "_", " "))], means[fold(r.Name)] = r.Code, r.Code, r.Code
	}
	for _, r := range p.Reasons() {
		for i, w := range r.Also {
			at := fmt.Sprintf("rejections[%s].also[%d]", r.Code, i)
			switch said := fold(w); {
			case strings.TrimSpace(said) == "":
				l.wrong(fmt.Sprintf("the rejection %s has an empty word", r.Code), "also: [iseng]", at, "rejections["+r.Code+"]")
			case means[said] != "" && means[said] != r.Code:
				l.wrong(fmt.Sprintf("%q means two rejections, %s and %s: give it to one of them", w, means[said], r.Code), "also: [iseng]", at, "rejections["+r.Code+"]")
			default:
				means[said] = r.Code
			}
		}
	}
}
