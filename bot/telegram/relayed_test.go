package telegram

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

func decoded(t *testing.T, raw []byte) bot.Event {
	t.Helper()
	var u models.Update
	if err := json.Unmarshal(raw, &u); err != nil {
		t.Fatal(err)
	}
	ev, unknown := decode(&u, testSelf, testNow)
	if unknown != "" {
		t.Fatalf("%s: unknown %q", raw, unknown)
	}
	return ev
}

// Who sent is not who wrote: a message that was passed on says so, however it was.
func TestWhatSomebodyElseWroteIsMarked(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]bool{
		`"text":"SRG-PSES3-Y sudah"`: false,
		`"text":"x","forward_origin":{"type":"user","date":1,"sender_user":{"id":7,"is_bot":false,"first_name":"Siti"}}`:                                                 true,
		`"text":"x","forward_origin":{"type":"hidden_user","date":1,"sender_user_name":"Siti"}`:                                                                          true,
		`"text":"x","forward_origin":{"type":"channel","date":1,"message_id":3,"chat":{"id":-1009,"type":"channel","title":"Kabar"}}`:                                    true,
		`"text":"x","forward_origin":{"type":"chat","date":1,"sender_chat":{"id":-1009,"type":"supergroup","title":"RT"}}`:                                               true,
		`"photo":[{"file_id":"L","width":9,"height":9}],"caption":"x","forward_origin":{"type":"hidden_user","date":1,"sender_user_name":"x"}`:                           true,
		`"text":"x","via_bot":{"id":8,"is_bot":true,"first_name":"gif","username":"gif"}`:                                                                                true,
		`"text":"kapan beres?","entities":[{"type":"blockquote","offset":0,"length":12}]`:                                                                                true,
		`"text":"kapan beres?\nsudah kami cek","entities":[{"type":"blockquote","offset":0,"length":12}]`:                                                                false,
		`"text":"ya","quote":{"text":"kapan","position":0},"reply_to_message":{"message_id":4,"date":1,"chat":{"id":-1001234567890,"type":"supergroup"},"text":"kapan"}`: false,
	} {
		if got := decoded(t, []byte(inTopic(fields))).Relayed; got != want {
			t.Errorf("%s: relayed %v", fields, got)
		}
	}
	// An update of which a part is unknown is read in outline: the mark stays.
	for _, fields := range []string{`"text":"x","forward_origin":{"type":"mars","date":1}`, `"text":"x","via_bot":{"id":8}`} {
		u, err := outline([]byte(inTopic(fields)))
		if err != nil {
			t.Fatal(err)
		}
		if ev, unknown := decode(&u, testSelf, testNow); unknown != "" || !ev.Relayed {
			t.Errorf("%s: %+v %q", fields, ev, unknown)
		}
	}
}

// A reply to the bot is known as one, whether or not the product knows the message.
func TestAReplyToTheBotIsKnown(t *testing.T) {
	t.Parallel()
	to := func(from string) string {
		return `"text":"ya","reply_to_message":{"message_id":4,"date":1,` + inDesk + `,"text":"kartu","from":` + from + `}`
	}
	if ev := decoded(t, []byte(inTopic(to(`{"id":123456,"is_bot":true,"first_name":"Rabeg"}`)))); !ev.ToBot || ev.ReplyTo == nil {
		t.Errorf("a reply to the bot: %+v", ev)
	}
	if ev := decoded(t, []byte(inTopic(to(`{"id":55,"is_bot":false,"first_name":"Sari"}`)))); ev.ToBot {
		t.Errorf("a reply to a colleague: %+v", ev)
	}
}

// The bot's own mention only calls it; nobody else's is touched.
func TestTheBotsMentionIsTakenOut(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"@rabeg_bot /tugas":                      "/tugas",
		"@Rabeg_Bot  /tugas":                     "/tugas",
		"@rabeg_bot, SRG-PSES3-Y sudah kami cek": ", SRG-PSES3-Y sudah kami cek",
		"SRG-PSES3-Y selesai @rabeg_bot":         "SRG-PSES3-Y selesai",
		"tolong @rabeg_bot catat":                "tolong catat",
		"@rabeg_bot":                             "",
		"@rabeg_bots /tugas":                     "@rabeg_bots /tugas",
		"/tugas@rabeg_bot":                       "/tugas@rabeg_bot",
		"a@rabeg_bot.id":                         "a@rabeg_bot.id",
		"@budi tolong cek":                       "@budi tolong cek",
		"@":                                      "@",
	} {
		text, err := json.Marshal(said)
		if err != nil {
			t.Fatal(err)
		}
		if got := bot.Words(decoded(t, []byte(inTopic(`"text":`+string(text)))).Body); got != want {
			t.Errorf("%q came as %q, want %q", said, got, want)
		}
	}
}

// In a private chat nobody else is there: a command with another bot's name is one for this bot. In a group it is not.
func TestACommandWithAnotherBotsName(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/other-bot.json")
	if err != nil {
		t.Fatal(err)
	}
	name, rest, ok := bot.Command(bot.Words(decoded(t, raw).Body))
	if !ok || name != "lapor" || rest != "lampu jalan mati di Kelurahan Cipare" {
		t.Errorf("came as /%s %q", name, rest)
	}
	var u models.Update
	if err := json.Unmarshal([]byte(inTopic(`"text":"/lapor@BotYangLama x"`)), &u); err != nil {
		t.Fatal(err)
	}
	if _, unknown := decode(&u, testSelf, testNow); unknown != "other_bot" {
		t.Errorf("in a group it is %q", unknown)
	}
}
