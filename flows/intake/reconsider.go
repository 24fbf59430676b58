package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/understand/answer"
)

// At the card people settle on what a report is about, as often as not on what it was before: "eh got aja deh, bener tadi", "ga jadi sampah,
// tetep got". Such words set the category, or leave it; they are no part of the story.

// settlesMost is how many words such a text has at most.
const settlesMost = 10

// With what one of two is settled on, what stands beside that and says nothing, and what refuses one.
var settling, settled, refusing = answer.ListOf("settling"), answer.ListOf("settled"), answer.ListOf("settle-not")

// settles carries out words at the card that settle on a category; false: they say something else.
func (t *telling) settles(p flows.Parcel) bool {
	f := t.n.Form
	if t.kind() != askReview || f == nil || f.Category == "" || f.several() || p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil {
		return false
	}
	code := t.settledOn(p.Text)
	switch code {
	case "":
		return false
	case f.Category:
		f.Picked, f.Rival = true, ""
		t.say(t.v.StillSo(code))
		t.next()
		return true
	}
	before := f.clone()
	f.Category, f.Picked, f.Rival = code, true, ""
	t.n.Before = before
	t.say(t.v.Changed())
	t.showChanged()
	return true
}

// settledOn is the category on which a text settles, "" where it does not: but for words that say nothing, and for what is refused, it holds
// nothing but the name of one.
func (t *telling) settledOn(text string) string {
	if strings.Contains(text, "?") || len(strings.Fields(text)) > settlesMost {
		return ""
	}
	settles := false
	var named []string
	for clause := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",.;!", r) }) {
		refused := false // up to the end of the clause, or to a word that settles
		for w := range strings.FieldsSeq(bot.Fold(clause)) {
			switch {
			case settling[w]:
				settles, refused = true, false
			case refusing[w]:
				refused = true
			case !refused && !settled[w]:
				named = append(named, w)
			}
		}
	}
	if !settles || len(named) == 0 || len(named) > 3 {
		return ""
	}
	words := strings.Join(named, " ")
	if len(named) > 1 && t.named(words) == "" || !slices.ContainsFunc(named, t.Answers.Tells) {
		return ""
	}
	return t.matterOf(words)
}
