package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/say"
)

// Of several matters one may be taken back, or be told where all of them are, whatever is asked just then.

// matterNames are the words by which each matter may be named.
func (t *telling) matterNames() (named []string) {
	for _, m := range t.n.Form.Several.Each {
		named = append(named, m.Text+" "+t.v.Topic(m.Category))
	}
	return named
}

// takesBack takes away the one matter that words take back ("gajadi deh yg got", "yg nomer 3 batalin aja udah nyala barusan").
func (t *telling) takesBack(text string) bool {
	if !t.n.Form.several() {
		return false
	}
	said, nth := say.SeveralAnswer(text, t.matterNames())
	if said != say.SeveralDrop {
		return false
	}
	t.drop(nth - 1)
	return true
}

// drop takes one matter away.
func (t *telling) drop(i int) {
	f := t.n.Form
	t.n.Before = f.clone()
	t.say(t.v.MatterDropped(i+1, f.Several.Each[i].Category))
	f.Several.Each = slices.Delete(f.Several.Each, i, i+1)
	if f.Several.At > 0 { // where the one is that was asked about is told no more, or is asked again
		f.Several.At, f.Several.Topic = 0, false
		f.unplace()
	}
	if len(f.Several.Each) == 1 {
		t.alone(f.Several.Each[0], f.at(0))
		return
	}
	var left []string
	for _, m := range f.Several.Each {
		left = append(left, m.Text)
	}
	f.SetText("", strings.Join(left, "\n"))
	t.next()
}

// placesAll takes a place that is said to be that of all matters ("semuanya di unyur").
func (t *telling) placesAll(text string) bool {
	f := t.n.Form
	words := strings.Fields(text)
	if !f.several() || len(words) < 2 {
		return false
	}
	ofAll := func(w string) bool { return say.OfAll(bot.Fold(w)) }
	if !slices.ContainsFunc(words, ofAll) {
		return false
	}
	where := strings.Join(slices.DeleteFunc(slices.Clone(words), ofAll), " ")
	if !t.onlyNames(where) {
		return false
	}
	t.displace(f.everyMatter(), where)
	t.say(t.v.Changed())
	t.next()
	return true
}
