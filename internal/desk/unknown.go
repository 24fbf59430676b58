package desk

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

const likeText = "Perintah /%s tidak dikenal. Maksudnya /%s? Tulis lagi: /%s"

// repeated is how much of what stood behind a slip is written once more, in UTF-16 units.
const repeated = 300

// unknown answers a command that nobody knows, with the one that it is a slip of.
func (h *handling) unknown(c Command) error {
	near := h.verbs.near(c.Arg)
	if near == "" {
		h.say(unknownText)
		return nil
	}
	about := h.to.Report
	if code, found, valid := report.FindCode(h.office.Profile.Prefix, c.Words); found && valid {
		r, err := h.Reader.ByCode(h.ctx, code)
		if err != nil && !errors.Is(err, ledger.ErrUnknown) {
			return fmt.Errorf("read what a slip is about: %w", err)
		}
		about = r
	}
	again := near
	switch hidden := about.ID != 0 && h.secret(about); {
	case hidden && about.ID != h.to.Report.ID:
		again += " " + string(about.Code) + " …"
	case hidden, say.Units(c.Words) > repeated:
		again += " …"
	case c.Words != "":
		again += " " + c.Words
	}
	h.say(fmt.Sprintf(likeText, c.Arg, near, again))
	return nil
}

// near is the one command that a word is a slip of the pen of, "" where that could be none or several.
func (t table) near(word string) string {
	const least = 4
	found := ""
	for _, r := range t {
		for name := range strings.SplitSeq(string(r.name)+"|"+r.also, "|") {
			if len(name) < least || len(word) < least || !casework.Alike(word, name) {
				continue
			}
			if found != "" && t.named(found) != r.name {
				return ""
			}
			if found == "" {
				found = string(r.name)
			}
		}
	}
	return found
}
