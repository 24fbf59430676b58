package e2e

import (
	"strings"
	"testing"

	"rabeg/internal/sim/botapi"
)

// Somebody deletes an office's topic by hand, with all cards in it. What is filed next opens it anew; what was in it is still answered by
// its number.
func TestATopicIsDeletedByHand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true})
	w.start()
	dishub := w.operator(t, "dishub")
	ani, first := w.filed(t, lamp(1))
	card := w.card(t, first)
	if err := w.desk.DeleteTopic(card.ThreadID); err != nil {
		t.Fatal(err)
	}
	_, second := w.filed(t, lamp(2))
	next := w.wait(t, w.desk.ID(), card.MessageID, "the card in a new topic", func(m botapi.Seen) bool { return cardOf(second)(m) && m.ThreadID != card.ThreadID })
	if name := w.topic(next); !strings.Contains(strings.ToLower(name), "hub") {
		t.Errorf("it lies in the topic %q", name)
	}
	const words = "Regu kami berangkat malam ini juga"
	w.ears.keepPrivate("the operator", words)
	if _, err := dishub.In(w.desk.ID()).Topic(next.ThreadID).Text(first + " " + words); err != nil {
		t.Fatal(err)
	}
	w.wait(t, ani.p.ID(), 0, "the answer", said(first, words))
	w.wait(t, w.desk.ID(), card.MessageID, "the first report's card, written anew where people read it", func(m botapi.Seen) bool {
		return cardOf(first)(m) && m.ThreadID == next.ThreadID
	})
	w.nobodyStumbled()
}

// The bot is an administrator no more: the coordinator reads what it cannot do now; it makes no topics, so the cards come where it may
// write, and everything goes on; with its rights back the offices have their topics.
func TestTheBotLosesItsRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true})
	w.start()
	dishub := w.operator(t, "dishub")
	w.desk.SetBotRights(w.head, func(m *botapi.ChatMember) {
		*m = botapi.ChatMember{Status: "member", User: m.User}
	})
	w.wait(t, w.desk.ID(), 0, "word to the coordinator of what the bot cannot do any more", func(m botapi.Seen) bool {
		return strings.Contains(m.Text, "bukan admin grup lagi") && strings.Contains(m.Text, "Jadikan bot admin lagi")
	})
	ani, code := w.filed(t, lamp(1))
	card := w.card(t, code)
	w.presses(t, dishub.In(w.desk.ID()).Topic(card.ThreadID), card, "Ambil")
	w.wait(t, ani.p.ID(), 0, "news of the taking", said(code, "di tangan Dinas Perhubungan"))
	w.desk.AddBot(w.head, true)
	_, second := w.filed(t, lamp(2))
	w.card(t, second)
	w.nobodyStumbled()
}
