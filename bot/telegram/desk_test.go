package telegram_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/telegram"
)

// What happens in groups, on the local server: topics, an admin who leaves, migration, presses in topics.
func TestDesk(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	g := s.Group(-1001000000007, "Meja", true)
	ani := s.Person(501, "Ani")
	g.AddAdmin(ani)
	c := s.open(t, nil)
	got := make(chan bot.Event, 10)
	start(t, c, func(_ context.Context, ev bot.Event) error { got <- ev; return nil })
	group := bot.Address{Network: bot.Telegram, ID: "-1001000000007"}

	topic, err := c.OpenTopic(t.Context(), group, "DISHUB")
	if err != nil || topic.Topic == "" || topic.Chat() != group {
		t.Fatalf("%v %v", topic, err)
	}
	card, err := c.Send(t.Context(), topic, "card", bot.Message{Text: "SRG-7K3MQ-9", Menu: &bot.Menu{ID: "k1", Choices: []bot.Choice{{ID: "ambil", Label: "Ambil"}}}})
	if err != nil {
		t.Fatal(err)
	}
	id := s.History(g.ID())[len(s.History(g.ID()))-1].MessageID
	if _, err := ani.In(g.ID()).Press(id, "Ambil"); err != nil {
		t.Fatal(err)
	}
	ev := receive(t, got)
	want := bot.Pick{Menu: "k1", Choice: "ambil", Message: card}
	if ev.Body != want || ev.Chat != topic || !ev.Group || ev.From.ID != "501" {
		t.Errorf("the press came as %+v", ev)
	}
	if _, err := ani.In(g.ID()).Reply(id, "sudah dikerjakan"); err != nil {
		t.Fatal(err)
	}
	if ev := receive(t, got); ev.ReplyTo == nil || *ev.ReplyTo != card || ev.Chat != topic {
		t.Errorf("the reply came as %+v", ev)
	}
	if admin, err := c.Admin(t.Context(), group, "501"); err != nil || !admin {
		t.Errorf("Ani is admin: %v %v", admin, err)
	}
	if in, err := c.Here(t.Context(), group, "501"); err != nil || !in {
		t.Errorf("Ani is in the group: %v %v", in, err)
	}
	if in, err := c.Here(t.Context(), group, group.ID); err != nil || !in {
		t.Errorf("the group itself is in the group: %v %v", in, err)
	}
	s.Person(503, "Cici")
	if in, err := c.Here(t.Context(), group, "503"); err != nil || in {
		t.Errorf("Cici never came into the group: %v %v", in, err)
	}
	if in, err := c.Here(t.Context(), group, "777"); err == nil || in {
		t.Errorf("of whom Telegram does not know nothing is known: %v %v", in, err)
	}
	if admin, err := c.Admin(t.Context(), group, "777"); err != nil || admin {
		t.Errorf("a stranger is admin: %v %v", admin, err)
	}
	if admin, err := c.Admin(t.Context(), group, group.ID); err != nil || !admin {
		t.Errorf("the group itself is admin: %v %v", admin, err)
	}
	bad := topic
	bad.Topic = "4040"
	_, err = c.Send(t.Context(), bad, "k", bot.Message{Text: "x"})
	if se := bot.AsSendError(err); se.Remedy != bot.Move || se.To != group {
		t.Errorf("a topic that is gone: %v", err)
	}
	r, err := c.Check(t.Context(), group)
	if err != nil || !r.Member || !r.Admin || !r.Forum || !r.TopicAdmin || !r.ReadsAll || !r.Group || r.Title != "Meja" || r.Bot.Name != "rabeg_bot" {
		t.Errorf("%+v %v", r, err)
	}
	budi := s.Person(502, "Budi")
	budi.Join(g)
	if ev := receive(t, got); ev.Body != (bot.Member{Who: bot.Person{ID: "502", Name: "Budi", Language: "id"}, Here: true}) || ev.Chat != group {
		t.Errorf("somebody who comes came as %+v", ev)
	}
	budi.Leave(g)
	for range 2 { // what all members see, and what an administrator is told
		if ev := receive(t, got); ev.Body != (bot.Member{Who: bot.Person{ID: "502", Name: "Budi", Language: "id"}}) || ev.Chat != group {
			t.Errorf("somebody who leaves came as %+v", ev)
		}
	}
	g.KickBot(ani)
	if ev := receive(t, got); ev.Body != (bot.Left{}) || ev.Chat != group || !ev.Group {
		t.Errorf("being removed came as %+v", ev)
	}
	if r, err := c.Check(t.Context(), group); err != nil || r.Member {
		t.Errorf("after being removed: %+v %v", r, err)
	}
	if r, err := c.Check(t.Context(), bot.Address{Network: bot.Telegram, ID: "-4711"}); err != nil || r.Member {
		t.Errorf("a group that is not: %+v %v", r, err)
	}
}

func TestGroupMoves(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	g := s.Group(-77, "Meja", false)
	ani := s.Person(501, "Ani")
	g.AddAdmin(ani)
	c := s.open(t, nil)
	got := make(chan bot.Event, 10)
	start(t, c, func(_ context.Context, ev bot.Event) error { got <- ev; return nil })
	old := bot.Address{Network: bot.Telegram, ID: "-77"}
	if a, err := c.OpenTopic(t.Context(), old, "DISHUB"); err != nil || a != old {
		t.Errorf("a plain group's topic is %v %v", a, err)
	}
	next, err := g.Migrate(ani)
	if err != nil {
		t.Fatal(err)
	}
	to := bot.Address{Network: bot.Telegram, ID: fmt.Sprint(next.ID())}
	if ev := receive(t, got); ev.Chat != old || ev.Body != (bot.Moved{To: to}) {
		t.Errorf("the move came as %+v", ev)
	}
	_, err = c.Send(t.Context(), old, "k", bot.Message{Text: "x"})
	if se := bot.AsSendError(err); se.Remedy != bot.Move || se.To != to {
		t.Errorf("sending to the old address: %v", err)
	}
	if r, err := c.Check(t.Context(), old); err != nil || r.MovedTo != to {
		t.Errorf("checking the old address: %+v %v", r, err)
	}
	if _, err := c.Send(t.Context(), to, "k", bot.Message{Text: "x"}); err != nil {
		t.Errorf("sending to the new address: %v", err)
	}
}

func TestSetCommands(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.on("setMyCommands", `{"ok":true,"result":true}`)
	c := f.open(t, nil)
	desk := bot.Address{Network: bot.Telegram, ID: "-5"}
	list := []telegram.Command{{Name: "status", Description: "Laporan saya"}}
	if err := c.SetCommands(t.Context(), list, telegram.Scope{Kind: "chat", Chat: desk}, "en"); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(f.made("setMyCommands")[0].body)
	want := `{"commands":[{"command":"status","description":"Laporan saya"}],"language_code":"en","scope":{"chat_id":-5,"type":"chat"}}`
	if err != nil || string(raw) != want {
		t.Errorf("asked with %s", raw)
	}
	if err := c.SetCommands(t.Context(), list, telegram.Scope{Kind: "chat"}, ""); err == nil {
		t.Error("a chat without an address was taken")
	}
	s := newSite(t)
	if err := s.open(t, nil).SetCommands(t.Context(), list, telegram.Scope{}, ""); err != nil {
		t.Errorf("the local server refuses: %v", err)
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]telegram.Options{
		"no token":        {},
		"not a token":     {Token: "abc"},
		"token with junk": {Token: "1:a\nb"},
		"lanes":           {Token: "1:a", Lanes: -1},
		"address":         {Token: "1:a", APIURL: "api.telegram.org"},
		"webhook address": {Token: "1:a", WebhookURL: "ftp://x", WebhookSecret: "s"},
		"no secret":       {Token: "1:a", WebhookURL: "https://x"},
		"bad secret":      {Token: "1:a", WebhookURL: "https://x", WebhookSecret: "a b"},
		"timeout":         {Token: "1:a", SendTimeout: -1},
		"client":          {Token: "1:a", HTTPClient: &http.Client{Timeout: time.Second}},
	} {
		_, err := telegram.New(o)
		if err == nil || strings.ContainsAny(err.Error(), "\n") || strings.Contains(err.Error(), "1:a") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
