package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Who tells of a danger is often not the one in danger: "Are you safe?" is then no question for him or her.

// Who may be in danger, who writes, and what who writes has only seen.
var victims, writers, witnesses = answer.ListOf("danger-people"), answer.ListOf("danger-me"), answer.ListOf("danger-seen")

// ofOther reports whether the danger is somebody else's: a person is named, and the writer stands in it only as whose he or she is
// ("anak saya"), or as who has seen it.
func (f *Form) ofOther() bool {
	switch f.Peril {
	case "medis", "lalin", "air", "setrum", "hewan", "luka", "jebak", "runtuh":
	case understand.Longing:
		return true
	case say.Missing:
		return false
	default:
		return false
	}
	words := strings.Fields(bot.Fold(f.Text))
	named := f.Peril == "lalin" // who tells of an accident and not of himself has seen it
	for i, w := range words {
		named = named || victims[w] || victims[strings.TrimSuffix(w, "nya")]
		if writers[w] && (i == 0 || !victims[words[i-1]]) && (i+1 == len(words) || !witnesses[words[i+1]]) {
			return false
		}
	}
	return named
}
