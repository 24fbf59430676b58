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
