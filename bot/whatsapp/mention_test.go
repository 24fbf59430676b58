package whatsapp

import (
	"os"
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"rabeg/bot"
)

func fromFile(t *testing.T, name string) *waE2E.Message {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	m := &waE2E.Message{}
	if err := protojson.Unmarshal([]byte(strings.ReplaceAll(string(raw), "LIDOFTHEBOT", "900")), m); err != nil {
		t.Fatal(err)
	}
	return m
}

// A mention of the bot only calls it; a mention of anybody else leaves no number behind.
func TestMentionsCarryNoNumbers(t *testing.T) {
	t.Parallel()
	extended := func(text string, called ...string) *waE2E.Message {
		return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: &text, ContextInfo: &waE2E.ContextInfo{MentionedJID: called}}}
	}
	captioned := func(text string) *waE2E.Message {
		return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{Caption: &text, ContextInfo: &waE2E.ContextInfo{MentionedJID: []string{"6281234567890@s.whatsapp.net"}}}}
	}
	for _, c := range []struct {
		m      *waE2E.Message
		want   string
		others bool
	}{
		{fromFile(t, "mention-bot.json"), "/tugas", false},
		{fromFile(t, "mention-lid.json"), "SRG-XXXX-X @ mohon dicek lampunya sore ini ya", true},
		{extended("@6289 /tugas", "6289@s.whatsapp.net"), "/tugas", false},
		{extended("@900@lid /tugas", "900@lid"), "/tugas", false},
		{extended("/tugas @900", "900@lid"), "/tugas", false},
		{extended("SRG-PSES3-Y @900 selesai", "900@lid"), "SRG-PSES3-Y selesai", false},
		{extended("@145567721444117 @900 tolong cek", "145567721444117@lid", "900@lid"), "@ tolong cek", true},
		{extended("sudah dicek @628123456789, tinggal lampu", "628123456789@s.whatsapp.net"), "sudah dicek @, tinggal lampu", true},
		{extended("sudah dicek @628123456789 tadi"), "sudah dicek @ tadi", true}, // pasted: nothing says who is meant
		{extended("sudah dicek @+628123456789 tadi"), "sudah dicek @ tadi", true},
		{extended("@120363025246125486@g.us rapat"), "@ rapat", true},
		{captioned("hasil @6281234567890"), "hasil @", true},
		{extended("@\u200e6281234567890 mohon dicek", "6281234567890@s.whatsapp.net"), "@ mohon dicek", true}, // phones keep its direction
		{extended("@6281234567890:12 mohon dicek", "6281234567890:12@s.whatsapp.net"), "@ mohon dicek", true},
		{&waE2E.Message{LocationMessage: &waE2E.LocationMessage{
			DegreesLatitude: new(-6.1), DegreesLongitude: new(106.1), Comment: new("di sini @6281234567890"),
			ContextInfo: &waE2E.ContextInfo{MentionedJID: []string{"6281234567890@s.whatsapp.net"}},
		}}, "di sini @", true},
		{extended("surel warga@12345678.id dan @dishubserang"), "surel warga@12345678.id dan @dishubserang", false},
		{extended("rapat @ kantor jam 10"), "rapat @ kantor jam 10", false},
	} {
		d, ok := decode(incoming(c.m, in("1203@g.us", "111:2@lid")), us)
		if got := bot.Words(d.body); !ok || got != c.want || d.mentions != c.others {
			t.Errorf("came as %q (others: %v), want %q", got, d.mentions, c.want)
		}
	}
}

// What was passed on is known as that, and stays so in the inbox.
func TestWhatSomebodyElseWroteIsMarked(t *testing.T) {
	t.Parallel()
	with := func(about *waE2E.ContextInfo) *waE2E.Message {
		return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: new("x"), ContextInfo: about}}
	}
	for name, c := range map[string]struct {
		m    *waE2E.Message
		want bool
	}{
		"own words":       {said("x"), false},
		"forwarded":       {with(&waE2E.ContextInfo{IsForwarded: new(true)}), true},
		"many times":      {with(&waE2E.ContextInfo{ForwardingScore: proto.Uint32(7)}), true},
		"by a machine":    {with(&waE2E.ContextInfo{ForwardOrigin: waE2E.ContextInfo_META_AI.Enum()}), true},
		"picture":         {&waE2E.Message{ImageMessage: &waE2E.ImageMessage{ContextInfo: &waE2E.ContextInfo{IsForwarded: new(true)}}}, true},
		"a reply":         {with(&waE2E.ContextInfo{StanzaID: new("3A"), Participant: new("111@lid")}), false},
		"a quotation":     {said("> kapan beres?\n> tolong"), true},
		"an answer to it": {said("> kapan beres?\nbesok kami cek"), false},
	} {
		d, ok := decode(incoming(c.m, in("1203@g.us", "111:2@lid")), us)
		if !ok || d.relayed != c.want {
			t.Errorf("%s: relayed %v", name, d.relayed)
		}
	}
	was := bot.Event{ID: "wa:1", Chat: address("1203@g.us"), Group: true, At: time.Unix(1, 0).UTC(), Body: bot.Text{Text: "x"}, Relayed: true, Mentions: true,
		ToBot: true, ReplyTo: &bot.MessageRef{Chat: address("1203@g.us"), ID: "3A"}}
	raw, err := pack(was, false)
	if err != nil {
		t.Fatal(err)
	}
	now, _, err := unpack("wa:1", raw)
	if err != nil || !now.Relayed || !now.Mentions || !now.ToBot {
		t.Errorf("out of the inbox comes %+v (%v)", now, err)
	}
}
