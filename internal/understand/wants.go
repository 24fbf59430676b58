package understand

import (
	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

// kind reads what the citizen wants from the second table.
func (m *Model) kind(c *words.Text, d *scratch) report.Kind {
	wish := m.second.Sigmoid(headWish, d.heads[headWish])
	ask := m.second.Sigmoid(headAsk, d.heads[headAsk])
	switch {
	case ask >= askCut && ask >= wish:
		return report.Question
	case wish >= wishCut, wish >= saidWish && m.wishes(c):
		return report.Wish
	}
	return report.Complaint
}

// wishes says that a text says that it is a wish: "usul", or "semoga" where nothing is wrong.
func (m *Model) wishes(c *words.Text) bool {
	return m.lx.Count(c, "wish", len(c.Words)) > 0 || m.lx.Count(c, "hope", len(c.Words)) > 0 && m.lx.Count(c, "trouble", len(c.Words)) == 0
}

// smallTalk says that a text that no rule knows is no report: because not one of its few words is known, or because the
// model says so.
func (m *Model) smallTalk(c *words.Text, d *scratch) (string, bool) {
	n, known := 0, 0
	for i := range c.Words {
		if w := &c.Words[i]; !w.Number {
			n++
			if len(w.Gloss) > 0 || m.known.Has(w.Form) {
				known++
			}
		}
	}
	if n > 0 && n <= 4 && known == 0 && !d.own.strange {
		return "", true
	}
	chat, over := m.second.Sigmoid(headChat, d.heads[headChat]), chatOver
	plea, ask := m.lx.Count(c, "plea", len(c.Words)), m.lx.Count(c, "ask", len(c.Words))
	switch {
	case plea > 0 && c.Question && plea < 2 && chat < askChat, ask > 1 && chat < foulChat:
		return "", false
	case plea > 1:
		if chat < pleaChat {
			return "", false
		}
		over = pleaOver
	case m.lx.Count(c, "trouble", len(c.Words)) > 0:
		over = foulOver
	}
	troubled := len(d.own.guesses) > 0 && m.lx.Count(c, "trouble", len(c.Words))+m.lx.Count(c, "amiss", len(c.Words)) > 0 // with what the city looks after
	if chat < leastChat || chat-float64(d.margin) < over || d.own.strange || troubled {
		return "", false
	}
	name := m.lx.NameSmallTalk(c)
	if n > 3 && name == words.Thanks && m.lx.Count(c, "praise", len(c.Words)) == 0 && m.lx.Count(c, "trouble", len(c.Words)) > 0 {
		return "", false // who only complains thanks nobody
	}
	return name, true
}

// tells says that a text which the rules take for a test or for advertising speaks for a category all the same: "cek bansos".
func (m *Model) tells(small string, d *scratch) bool {
	return (small == words.Test || small == words.Spam) && d.margin >= matterCut
}
