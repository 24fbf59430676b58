package info

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// asked answers a question of who has filed something: what is known of an office, of the bot itself, and else it offers to ask the
// office of the matter, or of the report that was talked of last.
func (f *flow) asked(s flows.State, in flows.Asked) (flows.State, []flows.Effect) {
	said := flows.Said{Event: bot.Event{At: s.At, Body: bot.Text{Text: in.Said.Text}}}
	n := flows.NotesOf[Notes](s, Name)
	if _, of, ok := f.read(s, said); ok && !of.street && n.Turn != s.Turn {
		return f.said(s, said)
	}
	s.Wait = nil
	v := f.voice(s, in.Said.Text)
	if words := beside(v, in.Said.Text); words != "" {
		return s, f.Beside(s, words)
	}
	switch f.Answers.Question(in.Said.Text) {
	case answer.AskedWhat, answer.AskedWho:
		return s, f.Beside(s, v.AnswerWho())
	case answer.AskedHow:
		return s, f.Beside(s, v.AnswerHow())
	case answer.AskedThen:
		return s, f.Beside(s, v.AnswerThen())
	case answer.AskedBot:
		return s, f.Beside(s, v.AnswerBot())
	case answer.AskedFear:
		return s, f.Beside(s, v.Reassure())
	case answer.AskedCome:
		return s, f.Beside(s, v.AnswerCome())
	case answer.NoTopic:
	}
	n = Notes{Text: in.Said.Text, Category: in.Category, Turn: s.Turn}
	if rd := f.Reader.Read(in.Said.Text); len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure {
		n.Category = rd.Guesses[0].Category
	}
	n.Agency, _ = f.Profile.Office(n.Category, in.Said.Text, "")
	s = s.With(Name, &n)
	s.Offer(Name, askOffer)
	q, _ := f.Question(s)
	q.Text = join(v.NoAnswer(), q.Text)
	return s, []flows.Effect{flows.Say{Message: q}}
}

// beside answers small talk and what advertises: no office is asked about it. "" for all else.
func beside(v say.Voice, text string) string {
	switch understand.ChatIn(text) {
	case understand.ChatLife:
		return v.Chatting()
	case understand.ChatMaker:
		return v.AnswerBot()
	case understand.ChatWork:
		return v.NoJobs()
	case understand.ChatPlea, understand.ChatHeart: // of a report, officers may be meant
	case understand.NoChat:
	}
	if understand.LureIn(text) == understand.Advert {
		return v.NotAReport()
	}
	return ""
}
