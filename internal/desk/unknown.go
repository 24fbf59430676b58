package desk

import (
	"fmt"
	"strings"

	"rabeg/internal/casework"
)

const likeText = "Perintah /%s tidak dikenal. Maksudnya /%s? Tulis lagi: /%s"

// unknown answers a command that nobody knows, with the one that it is a slip of.
func (h *handling) unknown(c Command) {
	near := h.verbs.near(c.Arg)
	if near == "" {
		h.say(unknownText)
		return
	}
	again := near
	if c.Words != "" && (h.to.Report.ID == 0 || !h.secret(h.to.Report)) {
		again += " " + c.Words
	}
	h.say(fmt.Sprintf(likeText, c.Arg, near, again))
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
