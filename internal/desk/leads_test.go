package desk_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// from is what somebody writes in a chat that is not the desk; mine says that the desk took it.
func (s *stage) from(chat bot.Address, group bool, name string, body bot.Body, reply *bot.MessageRef) (b ledger.Batch, mine bool) {
	s.Helper()
	s.events++
	ctx := context.Background()
	ev := bot.Event{ID: bot.EventID(fmt.Sprintf("f:%d", s.events)), Chat: chat, Group: group, From: bot.Person{ID: name, Name: name}, At: s.now, Body: body, ReplyTo: reply,
		Ref: bot.MessageRef{Chat: chat, ID: fmt.Sprintf("f%d", s.events)}}
	mine, err := s.desk.Private(ctx, ev)
	if err != nil {
		s.Fatal(err)
	}
	if !mine {
		return b, false
	}
	if b, err = s.desk.Handle(ctx, ev); err != nil {
		s.Fatal(err)
	}
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.deliver()
	return b, true
}

// sentTo is the newest message to a chat.
func (s *stage) sentTo(chat bot.Address) (m bot.Message, ref bot.MessageRef) {
	s.Helper()
	for i := range s.sent {
		if s.sent[i].ref.Chat.Chat() == chat {
			m, ref = s.sent[i].m, s.sent[i].ref
		}
	}
	if ref.Zero() {
		s.Fatalf("nothing was sent to %v", chat)
	}
	return m, ref
}

// Leaders have a group, or are on the network that the desk is not on: they enrol there, read there what is late, open it, and what they
// write under it reaches the coordinator, whose reply comes back there. Nobody else is heard there, and nobody acts there.
func TestLeadersElsewhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		chat  bot.Address
		group bool
		joins string
		role  string
	}{
		"a group on the desk's network":  {bot.Address{Network: bot.Telegram, ID: "-100777"}, true, "/daftar pimpinan", "grup pimpinan"},
		"a group on the other network":   {bot.Address{Network: bot.WhatsApp, ID: "12036@g.us"}, true, "/daftar pimpinan", "grup pimpinan"},
		"a person on the other network":  {bot.Address{Network: bot.WhatsApp, ID: "Ratna"}, false, "/daftar sekda", "pimpinan (sekda)"},
		"a person on the desk's network": {bot.Address{Network: bot.Telegram, ID: "Ratna"}, false, "/daftar sekda", "pimpinan (sekda)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			ctx := context.Background()
			text := func(words string) bot.Body { return bot.Text{Text: words} }
			if _, mine := s.from(c.chat, c.group, "Ratna", text("selamat pagi semua"), nil); mine && c.group {
				t.Error("a group's own talk is the desk's")
			}
			if _, mine := s.from(c.chat, c.group, "Ratna", text(c.joins), nil); !mine {
				t.Fatal("the wish is nobody's")
			}
			s.do("Rina balas " + fmt.Sprint(len(s.sent)-1) + ": /terima") // the request came before the receipt
			s.deliver()
			all, err := s.mem.Operators(ctx)
			if err != nil {
				t.Fatal(err)
			}
			var leader ledger.Operator
			for _, op := range all {
				if op.Role == report.Leader {
					leader = op
				}
			}
			if !leader.In() || leader.Met.IsZero() || s.office.RoleName(leader.Right()) != c.role {
				t.Fatalf("enrolled is %+v", leader)
			}
			if to, ok := bot.ParseAddress(leader.ID); !ok || to != c.chat {
				t.Fatalf("it is reached at %v", to)
			}
			for _, line := range []string{"jam", "lapor jalan: jalan amblas", "+96h", "+24h", "+24h", "+24h"} { // it is late, and later than that
				s.do(line)
				s.deliver()
			}
			r := s.report()
			late, list := s.sentTo(c.chat)
			if !strings.Contains(late.Text, "masih lewat batas") || !strings.Contains(late.Text, string(r.Code)) {
				t.Fatalf("the ladder writes %q", late.Text)
			}
			who := "Ratna"
			if c.group {
				who = "Eka"
			}
			if _, mine := s.from(c.chat, c.group, who, text("1"), &list); !mine {
				t.Fatal("a number under the list opens nothing")
			}
			if m, _ := s.sentTo(c.chat); !strings.Contains(m.Text, "jalan amblas") {
				t.Fatalf("opened is %q", m.Text)
			}
			_, card := s.sentTo(c.chat)
			if b, _ := s.from(c.chat, c.group, who, text("/ambil"), &card); len(b.Changes) > 1 {
				t.Fatalf("a leader acts: %+v", b.Changes)
			}
			b, _ := s.from(c.chat, c.group, who, text("tutup dulu jalannya, bahaya"), &card)
			for _, l := range b.Letters {
				if l.Purpose.News() || l.To == s.office.Desk && !strings.Contains(l.Message.Text+string(l.Purpose), "tutup dulu jalannya, bahaya") && l.Purpose != ledger.Refresh {
					t.Errorf("it goes to %v: %q", l.To, l.Message.Text)
				}
			}
			at := 0
			for i, m := range s.sent {
				if strings.Contains(m.m.Text, "✉️") && strings.Contains(m.m.Text, "tutup dulu jalannya") {
					at = i + 1
				}
			}
			if at == 0 {
				t.Fatal("the coordinator does not read it")
			}
			s.do(fmt.Sprintf("Rina balas %d: sudah ditutup, Bu", at))
			s.deliver()
			if m, _ := s.sentTo(c.chat); !strings.Contains(m.Text, "sudah ditutup, Bu") || !strings.Contains(m.Text, string(r.Code)) {
				t.Errorf("what comes back is %q", m.Text)
			}
			for _, words := range []string{"/statistik", "/cari amblas"} {
				if _, mine := s.from(c.chat, c.group, who, text(words), nil); !mine {
					t.Errorf("%s is not the desk's", words)
				}
			}
			if m, _ := s.sentTo(c.chat); !strings.Contains(m.Text, string(r.Code)) { // it is an office's, and leaders read all
				t.Errorf("what is found is %q", m.Text)
			}
			s.leaderSays(c.chat, c.group, who, card)
			s.from(c.chat, c.group, who, text("/cari amblas"), nil)
			s.leaderForgets(c.chat)
		})
	}
}

// In a group a place of one person is not given; and who runs such a group is no coordinator by that.
func TestWhoRunsALeadersGroupIsNobody(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	asked := 0
	s.desk.Admin = func(_ context.Context, group bot.Address, person string) (bool, error) {
		asked++
		return group != s.office.Desk.Chat() || person == "Rina", nil
	}
	group := bot.Address{Network: bot.Telegram, ID: "-100777"}
	b, mine := s.from(group, true, "Eka", bot.Text{Text: "/daftar sekda"}, nil)
	if !mine || len(b.Changes) > 0 || !strings.Contains(b.Letters[0].Message.Text, "/daftar pimpinan") {
		t.Errorf("%v %+v", mine, b)
	}
	b, _ = s.from(group, true, "Eka", bot.Text{Text: "/daftar pimpinan"}, nil)
	for _, c := range b.Changes {
		if e, ok := c.(ledger.Enrolled); ok && e.Operator.In() {
			t.Errorf("Eka lets the group in: %+v", e.Operator)
		}
	}
	if asked == 0 {
		t.Error("nobody was asked who runs the desk")
	}
}

// leaderSays holds what a leader writes under a card to what is told of it: of a photo the words alone go on, and what is too long goes nowhere
// until it is written shorter, in reply to the refusal.
func (s *stage) leaderSays(chat bot.Address, group bool, who string, card bot.MessageRef) {
	s.Helper()
	reads := func(b ledger.Batch, words string) bool {
		return slices.ContainsFunc(b.Letters, func(l ledger.Letter) bool {
			return l.To == s.office.Desk && l.Report == s.report().ID && strings.Contains(l.Message.Text, words)
		})
	}
	b, _ := s.from(chat, group, who, bot.Photo{Caption: "seperti di foto ini", Media: bot.MediaRef{Network: chat.Network, ID: "p"}}, &card)
	if m, _ := s.sentTo(chat); !strings.Contains(m.Text, "Hanya kata-katanya") || !reads(b, "seperti di foto ini") {
		s.Errorf("of a photo is told %q", m.Text)
	}
	long := strings.Repeat("tutup jalannya ", 300)
	b, _ = s.from(chat, group, who, bot.Text{Text: long}, &card)
	m, refusal := s.sentTo(chat)
	if !strings.Contains(m.Text, "paling banyak 3500 huruf") || len(b.Changes) > 0 || reads(b, "tutup jalannya") {
		s.Errorf("of what is too long is told %q: %+v", m.Text, b.Changes)
	}
	b, _ = s.from(chat, group, who, bot.Text{Text: "tutup saja jalannya, bahaya"}, &refusal)
	if len(b.Changes) == 0 || !reads(b, "tutup saja jalannya, bahaya") {
		s.Errorf("what is written shorter is noted nowhere: %+v", b)
	}
}

// leaderForgets holds what leaders asked for to what they may read once the report is confidential: what stands in their chat is taken off.
func (s *stage) leaderForgets(chat bot.Address) {
	s.Helper()
	shown := func() (n int) {
		for _, m := range s.sent {
			if m.ref.Chat == chat && strings.Contains(m.m.Text, "amblas") {
				n++
			}
		}
		return n
	}
	if n := shown(); n < 3 {
		s.Fatalf("leaders read it %d times", n)
	}
	s.do("warga sembunyikan rahasia: jangan ada yang baca")
	s.deliver()
	if n := shown(); n > 0 {
		s.Errorf("leaders still read it %d times", n)
	}
}
