package sequel

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand/answer"
)

// The words of thanks alone (lists.txt).
var thankStems, besideThanks = answer.ListOf("thankful-stems"), answer.ListOf("conclude-around")

// beyondThanks is what is asked behind thanks ("mksh pa. eh yg sampah gmn?"): the question is what wants an answer. Where nothing is asked it is
// all of the words.
func (f *flow) beyondThanks(text string) string {
	at := strings.IndexAny(text, ".,!\n")
	if at < 0 {
		return text
	}
	thanks, rest := strings.Fields(bot.Fold(text[:at])), strings.TrimLeft(text[at:], ".,! \n")
	thank := func(w string) bool { return thankStems.Begins(w) }
	if !slices.ContainsFunc(thanks, thank) || slices.ContainsFunc(thanks, func(w string) bool { return !thank(w) && !besideThanks[w] && w != "pa" }) {
		return text
	}
	if f.Answers.After(rest).Sequel != answer.WantsNews {
		return text
	}
	return rest
}
