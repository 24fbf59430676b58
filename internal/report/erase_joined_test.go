package report_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Two reports of one lamp were joined. Ani, who had filed the other one, is erased: nothing of her stays in the one that goes on, Budi,
// who came along with her, stays, and the record of it proves itself.
func TestWhoCameWithAJoinedReportIsErasedAlone(t *testing.T) {
	t.Parallel()
	ani, budi := bot.Address{Network: bot.WhatsApp, ID: "628111"}, bot.Address{Network: bot.WhatsApp, ID: "628222"}
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	facts := []report.Fact{
		{Report: 1, Seq: 1, At: at, What: report.WasFiled, By: report.Actor{Role: report.Citizen, Chat: bot.Address{Network: bot.Telegram, ID: "7"}}, Words: "lampu mati"},
		{Report: 1, Seq: 2, At: at, What: report.WasJoined, By: report.Actor{Role: report.Coordinator, ID: "telegram:3", Name: "Rina"},
			With: &report.Joined{ID: 2, Code: "SRG-7K3MQ-9", Came: []report.Follower{{Chat: ani, Lang: "id"}, {Chat: budi, Lang: "id"}}}},
	}
	r := report.Fold(report.Report{ID: 1, Reporter: bot.Address{Network: bot.Telegram, ID: "7"}}, facts)
	now, changed, said := report.Erase(r, facts, report.Whose{Chats: []bot.Address{ani}}, report.Fact{At: at, Reason: report.ErasedAsked, By: report.Actor{Role: report.Citizen}}, []byte("key"))
	if len(changed) != 1 || changed[0].Seq != 2 {
		t.Fatalf("changed %+v", changed)
	}
	all := []report.Fact{facts[0], changed[0], said}
	if err := report.Proven(all); err != nil {
		t.Error(err)
	}
	doc, err := json.Marshal([]any{now, all})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(doc), ani.ID) || !strings.Contains(string(doc), budi.ID) {
		t.Errorf("left: %s", doc)
	}
	if !now.Follows(budi) || now.Follows(ani) || now.Reporter.ID != "7" {
		t.Errorf("followers %+v", now.Followers)
	}
}

// Sri, who filed it, is erased from a report that goes on for others. Who follows it hears of it under the address of now, who left hears
// nothing, who came along with a joined report stays, and what a follower said stays while it goes on. When its time of keeping ends nobody
// is in it.
func TestTheReporterIsErasedAlone(t *testing.T) {
	t.Parallel()
	chat := func(id string) bot.Address { return bot.Address{Network: bot.WhatsApp, ID: id} }
	sri, ani, budi, cici, dodi, moved := chat("628111"), chat("628222"), chat("628333"), chat("628444"), chat("628555"), chat("628666")
	by := func(who bot.Address) report.Actor {
		return report.Actor{Role: report.Citizen, ID: who.String(), Chat: who}
	}
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	var facts []report.Fact
	for _, f := range []report.Fact{
		{What: report.WasFiled, By: by(sri), Words: "lampu zamrud mati"},
		{What: report.WasFollowed, By: by(ani), Lang: "id"},
		{What: report.WasAdded, By: by(ani), Beside: true, Words: "di depan nomor duabelas"},
		{What: report.WasFollowed, By: by(budi), Lang: "id"},
		{What: report.WasRehomed, By: report.Actor{Role: report.System, Chat: moved}, With: &report.Joined{Came: []report.Follower{{Chat: budi}}}},
		{What: report.WasFollowed, By: by(cici), Lang: "id"},
		{What: report.WasUnfollowed, By: by(cici)},
		{What: report.WasJoined, By: report.Actor{Role: report.Coordinator, ID: "telegram:3"}, With: &report.Joined{ID: 2, Came: []report.Follower{{Chat: dodi, Lang: "id"}}}},
		{What: report.WasAnswered, By: report.Actor{Role: report.Operator, ID: "telegram:4"}, Words: "Bu Sri, zamrud dicek"},
	} {
		f.Report, f.Seq, f.At = 1, len(facts)+1, at
		facts = append(facts, f)
	}
	r := report.Fold(report.Report{ID: 1, Reporter: sri}, facts)
	for name, c := range map[string]struct {
		whose           report.Whose
		gone, left      []string
		hear, hearsNone []bot.Address
	}{
		"goes on":               {report.Whose{Whole: true, Lives: true, Chats: []bot.Address{sri}}, []string{sri.ID, "zamrud"}, []string{"duabelas"}, []bot.Address{ani, moved, dodi}, []bot.Address{budi, cici, sri}},
		"over":                  {report.Whose{Whole: true, Chats: []bot.Address{sri}}, []string{sri.ID, "zamrud", "duabelas"}, nil, []bot.Address{ani, moved, dodi}, []bot.Address{budi, cici, sri}},
		"aged":                  {report.Whose{Whole: true, Aged: true}, []string{sri.ID, ani.ID, budi.ID, cici.ID, dodi.ID, moved.ID, "zamrud", "duabelas"}, nil, nil, []bot.Address{ani, moved, dodi, budi, cici, sri}},
		"who moved and follows": {report.Whose{Chats: []bot.Address{moved}}, []string{moved.ID}, []string{"zamrud", "duabelas"}, []bot.Address{ani, dodi}, []bot.Address{moved}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now, changed, said := report.Erase(r, facts, c.whose, report.Fact{At: at, Reason: report.ErasedAsked, By: report.Actor{Role: report.Citizen}}, []byte("key"))
			all := append([]report.Fact(nil), facts...)
			for _, f := range changed {
				all[f.Seq-1] = f
			}
			all = append(all, said)
			if err := report.Proven(all); err != nil {
				t.Error(err)
			}
			doc, err := json.Marshal([]any{now, all})
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range c.gone {
				if strings.Contains(string(doc), w) {
					t.Errorf("%q is left in %s", w, doc)
				}
			}
			for _, w := range c.left {
				if !strings.Contains(string(doc), w) {
					t.Errorf("%q is gone from %s", w, doc)
				}
			}
			for _, who := range c.hear {
				if !now.Follows(who) {
					t.Errorf("%s follows no more: %+v", who, now.Followers)
				}
			}
			for _, who := range c.hearsNone {
				if now.Follows(who) {
					t.Errorf("%s follows: %+v", who, now.Followers)
				}
			}
		})
	}
}
