package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// A leader who shuts the bot out, or a leaders' group that throws it out, is told nothing and counts as told of nothing: the coordinator's
// room reads it once, the ladder says who does not know, and it writes there again after a word, or when the group lets the bot in.
func TestALeaderWhoShutsTheBotOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		chat  bot.Address
		group bool
		joins string
		back  bot.Body
		helps string
	}{
		"a leader":         {bot.Address{Network: bot.Telegram, ID: "Ratna"}, false, "/daftar sekda", bot.Text{Text: "halo"}, "menulis halo"},
		"a leaders' group": {bot.Address{Network: bot.WhatsApp, ID: "12036@g.us"}, true, "/daftar pimpinan", bot.Joined{}, "Masukkan lagi bot ke grup itu"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.from(c.chat, c.group, "Ratna", bot.Text{Text: c.joins}, nil)
			s.do("Rina balas " + fmt.Sprint(len(s.sent)-1) + ": /terima") // the request came before the receipt
			s.deliver()
			leader := func() (is ledger.Operator) {
				all, err := s.mem.Operators(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				for _, op := range all {
					if op.Role == report.Leader {
						is = op
					}
				}
				return is
			}
			if !leader().In() || leader().Met.IsZero() {
				t.Fatalf("enrolled is %+v", leader())
			}
			b, mine := s.from(c.chat, c.group, "Ratna", bot.Left{}, nil)
			if !mine || len(b.Letters) != 1 || !b.Letters[0].Desk || !strings.Contains(b.Letters[0].Message.Text, c.helps) || !leader().Met.IsZero() {
				t.Fatalf("shut out, the desk reads %+v (%v)", b.Letters, mine)
			}
			if _, again := s.from(c.chat, c.group, "Ratna", bot.Left{}, nil); again {
				t.Error("it is told once more")
			}
			told := len(s.sent)
			for _, line := range []string{"jam", "lapor jalan: jalan amblas", "+96h", "+24h", "+24h", "+24h"} {
				s.do(line)
				s.deliver()
			}
			said := ""
			for _, m := range s.sent[told:] {
				if m.ref.Chat.Chat() == c.chat {
					t.Errorf("written is %q", m.m.Text)
				}
				said += m.m.Text
			}
			if strings.Contains(said, "impinan ikut diberi tahu") || strings.Contains(said, "impinan daerah ikut diberi tahu") || !strings.Contains(said, "Pimpinan belum tahu. Bot belum dapat menulis kepada") {
				t.Errorf("of who was told the desk reads:\n%s", said)
			}
			if _, mine := s.from(c.chat, c.group, "Ratna", c.back, nil); !mine || leader().Met.IsZero() {
				t.Fatalf("back it is %+v (%v)", leader(), mine)
			}
		})
	}
}

// A head who shut the bot out is not said to have been told either; and of a citizen who blocks the bot, or an officer who gets nothing in
// private, no desk hears.
func TestAHeadWhoShutsTheBotOut(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ctx := context.Background()
	head := bot.Address{Network: bot.Telegram, ID: "Hadi"}
	enrol := func(id, title string) {
		op := ledger.Operator{ID: id, Name: strings.TrimPrefix(id, "telegram:"), Agency: "DPUPR", Role: report.Operator, Title: title, Approved: "telegram:Rina", Since: s.now, Met: s.now}
		if err := s.mem.Commit(ctx, ledger.Batch{Cause: "setup:" + id, At: s.now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}); err != nil {
			t.Fatal(err)
		}
	}
	enrol(head.String(), ledger.TitleHead)
	enrol("telegram:Ayu", "")
	for _, who := range []string{"Ayu", "Warga"} {
		if _, mine := s.from(bot.Address{Network: bot.Telegram, ID: who}, false, who, bot.Left{}, nil); mine {
			t.Errorf("the desk hears of %s", who)
		}
	}
	if _, mine := s.from(head, false, "Hadi", bot.Left{}, nil); !mine {
		t.Fatal("the desk does not hear of its head")
	}
	for _, line := range []string{"jam", "lapor jalan: jalan amblas", "+96h", "+24h", "+24h"} {
		s.do(line)
		s.deliver()
	}
	said := ""
	for _, m := range s.sent {
		said += m.m.Text
	}
	if strings.Contains(said, "Kepala kantor dan koordinator ikut") || !strings.Contains(said, "Koordinator ikut diberi tahu, kepala kantor belum. Bot belum dapat menulis kepada Hadi.") {
		t.Errorf("of who was told the desk reads:\n%s", said)
	}
}
