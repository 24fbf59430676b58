package intake

import (
	"rabeg/bot"
	"rabeg/flows"
)

// unkept asks once more for what a server's failure took. What is in the making stays as it is, and so does a question of another flow.
func (t *telling) unkept(in flows.Unkept) {
	words := t.v.WordsUnkept()
	if in.Code != "" {
		if t.n.Sent == nil || t.n.Sent.Code != in.Code {
			return // the conversation has gone on to another
		}
		words, t.n.Sent = t.v.Unkept(in.Code), nil
	}
	open := t.kind() != "" || !t.n.Form.Empty()
	if t.s.Ask != nil && t.s.Ask.Flow != Name || !open {
		t.do(flows.Say{Message: bot.Message{Text: words}})
		return
	}
	t.say(words)
	t.onward()
}
