package desk_test

import (
	"context"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// The bot is thrown out of the operators' group, or somebody deletes it: on both networks the coordinators read it in their own chats, for in the
// group nobody can, and no report changes. Of another group nobody hears.
func TestTheBotIsThrownOut(t *testing.T) {
	t.Parallel()
	for _, network := range []bot.Network{bot.Telegram, bot.WhatsApp} {
		t.Run(string(network), func(t *testing.T) {
			t.Parallel()
			s := newStageOn(t, network)
			s.do(lampFiled)
			s.deliver()
			ctx := context.Background()
			head := ledger.Operator{ID: string(network) + ":Tono", Name: "Tono", Role: report.Coordinator, Approved: string(network) + ":Rina", Since: s.now}
			if err := s.mem.Commit(ctx, ledger.Batch{Cause: "setup:Tono", At: s.now, Changes: []ledger.Change{ledger.Enrolled{Operator: head}}}); err != nil {
				t.Fatal(err)
			}
			rev := s.report().Rev
			for _, group := range []bot.Address{s.office.Desk, {Network: network, ID: "-200"}} {
				b, err := s.desk.Handle(ctx, bot.Event{ID: bot.EventID("out:" + group.ID), Chat: group, Group: true, At: s.now, Body: bot.Left{}})
				if err != nil {
					t.Fatal(err)
				}
				if err := s.mem.Commit(ctx, b); err != nil {
					t.Fatal(err)
				}
				if group != s.office.Desk {
					if len(b.Letters) > 0 {
						t.Errorf("of another group is told %q", b.Letters[0].Message.Text)
					}
					continue
				}
				if len(b.Letters) != 1 || b.Letters[0].To != (bot.Address{Network: network, ID: "Tono"}) || !strings.Contains(b.Letters[0].Message.Text, "dikeluarkan dari grup petugas") {
					t.Errorf("told is %+v", b.Letters)
				}
			}
			if now := s.report().Rev; now != rev {
				t.Errorf("the report went from revision %d to %d", rev, now)
			}
		})
	}
}
