package telegram

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/bot/bottest"
)

var (
	testSelf = self{id: 123456, name: "rabeg_bot"}
	testNow  = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)
	sentAt   = time.Unix(1790000000, 0).UTC()
	budi     = bot.Person{ID: "1001", Name: "Budi Santoso", Language: "id"}
	private  = bot.Address{Network: bot.Telegram, ID: "1001"}
	desk     = bot.Address{Network: bot.Telegram, ID: "-1001234567890"}
)

const (
	fromBudi = `"from":{"id":1001,"is_bot":false,"first_name":"Budi","last_name":"Santoso","language_code":"id"}`
	inChat   = `"chat":{"id":1001,"first_name":"Budi","type":"private"},"date":1790000000`
	inDesk   = `"chat":{"id":-1001234567890,"title":"Meja","is_forum":true,"type":"supergroup"},"date":1790000000`
)

// said is an update with a message of Budi in his private chat.
func said(fields string) string {
	return `{"update_id":77,"message":{"message_id":5,` + fromBudi + `,` + inChat + `,` + fields + `}}`
}

// inTopic is the same in a topic of the desk's group.
func inTopic(fields string) string {
	return `{"update_id":77,"message":{"message_id":5,` + fromBudi + `,` + inDesk +
		`,"message_thread_id":9,"is_topic_message":true,` + fields + `}}`
}

func budiSays(b bot.Body) bot.Event {
	return bot.Event{ID: "tg:77", Chat: private, From: budi, At: sentAt, Ref: bot.MessageRef{Chat: private, ID: "5"}, Body: b}
}

func deskSays(b bot.Body) bot.Event {
	ev := budiSays(b)
	ev.Chat, ev.Group, ev.Ref.Chat = desk, true, desk
	ev.Chat.Topic = "9"
	return ev
}

func with(ev bot.Event, change func(*bot.Event)) bot.Event {
	change(&ev)
	return ev
}

func file64(id, mime string, size int64) bot.MediaRef {
	return bot.MediaRef{Network: bot.Telegram, ID: id, MIME: mime, Size: size}
}

// Payloads as Telegram sends them, shortened to what matters.
func TestDecode(t *testing.T) {
	t.Parallel()
	ref := func(chat bot.Address, id string) *bot.MessageRef { return &bot.MessageRef{Chat: chat, ID: id} }
	for _, c := range []struct {
		name, update string
		want         bot.Event
	}{
		{"text", said(`"text":"lampu mati"`), budiSays(bot.Text{Text: "lampu mati"})},
		{"text with emoji and entity", said(`"text":"👍 /start","entities":[{"type":"bot_command","offset":3,"length":6}]`),
			budiSays(bot.Text{Text: "👍 /start"})},
		{"NUL and broken surrogate", said(`"text":"a\u0000b \ud83d c\u202e"`), budiSays(bot.Text{Text: "ab \ufffd c"})},
		{"only characters that are cleaned away", said(`"text":"\u0000\u0001"`), budiSays(bot.Text{})},
		{"command to this bot", inTopic(`"text":"/Daftar@Rabeg_Bot DISHUB"`), deskSays(bot.Text{Text: "/Daftar@Rabeg_Bot DISHUB"})},
		{"a reply key's label is text", said(`"text":"Kirim lokasi"`), budiSays(bot.Text{Text: "Kirim lokasi"})},
		{"location", said(`"location":{"latitude":-6.1149,"longitude":106.1502}`), budiSays(bot.Location{Lat: -6.1149, Lon: 106.1502})},
		{"venue", said(`"venue":{"location":{"latitude":-6.1,"longitude":106.1},"title":"Alun-alun\u0000","address":"Jl. Veteran"},` +
			`"location":{"latitude":-6.1,"longitude":106.1}`),
			budiSays(bot.Location{Lat: -6.1, Lon: 106.1, Name: "Alun-alun", Address: "Jl. Veteran"})},
		{"photo", said(`"photo":[{"file_id":"s","width":90,"height":60,"file_size":900},{"file_id":"L","width":1280,"height":960,` +
			`"file_size":90000},{"file_id":"m","width":320,"height":240}],"caption":" jalan rusak ","media_group_id":"13"`),
			budiSays(bot.Photo{Media: file64("L", "image/jpeg", 90000), Caption: "jalan rusak", Album: "13"})},
		{"picture sent as a file", said(`"document":{"file_id":"D","file_name":"a.png","mime_type":"image/png","file_size":7}`),
			budiSays(bot.Photo{Media: file64("document:D", "image/png", 7)})},
		{"voice", said(`"voice":{"file_id":"V","duration":7,"mime_type":"audio/ogg","file_size":99},"caption":"x"`),
			budiSays(bot.Voice{Media: file64("V", "audio/ogg", 99), Seconds: 7, Caption: "x"})},
		{"audio", said(`"audio":{"file_id":"A","duration":60}`), budiSays(bot.Voice{Media: file64("A", "audio/mpeg", 0), Seconds: 60})},
		{"document", said(`"document":{"file_id":"D","file_name":"surat\u0000.pdf","mime_type":"application/pdf","file_size":5}`),
			budiSays(bot.Document{Media: file64("D", "application/pdf", 5), Name: "surat.pdf"})},
		{"video", said(`"video":{"file_id":"W","file_size":6},"caption":"banjir","media_group_id":"14"`),
			budiSays(bot.Document{Media: file64("W", "video/mp4", 6), Caption: "banjir", Album: "14"})},
		{"round video", said(`"video_note":{"file_id":"R","file_size":6}`), budiSays(bot.Document{Media: file64("R", "video/mp4", 6)})},
		{"live photo", said(`"live_photo":{"file_id":"L","photo":[{"file_id":"s","width":90,"height":90,"file_size":1},` +
			`{"file_id":"b","width":900,"height":900,"file_size":7}]},"caption":"lubang"`),
			budiSays(bot.Photo{Media: file64("b", "image/jpeg", 7), Caption: "lubang"})},
		{"live photo without a still one", said(`"live_photo":{"file_id":"L","file_size":8}`),
			budiSays(bot.Document{Media: file64("L", "video/mp4", 8)})},
		{"rich message", said(`"rich_message":{"blocks":[{"type":"paragraph","text":"halo"}]}`), budiSays(bot.Text{Text: "halo"})},
		{"animation, which also has a document", said(`"animation":{"file_id":"G","mime_type":"video/mp4"},"document":{"file_id":"G"}`),
			budiSays(bot.Document{Media: file64("G", "video/mp4", 0)})},
		{"somebody's contact", said(`"contact":{"phone_number":"1","first_name":"x"}`), budiSays(bot.Unsupported{Kind: "contact"})},
		{"the own number", said(`"contact":{"phone_number":"62 811-1","first_name":"x","user_id":1001}`), budiSays(bot.Contact{Phone: "+628111"})},
		{"another's number", said(`"contact":{"phone_number":"628111","first_name":"x","user_id":1002}`), budiSays(bot.Unsupported{Kind: "contact"})},
		{"sticker", said(`"sticker":{"file_id":"S","type":"regular"}`), budiSays(bot.Unsupported{Kind: "sticker"})},
		{"dice", said(`"dice":{"emoji":"🎲","value":3}`), budiSays(bot.Unsupported{Kind: "dice"})},
		{"poll", said(`"poll":{"id":"1","question":"?"}`), budiSays(bot.Unsupported{Kind: "poll"})},
		{"something Telegram has yet to invent", said(`"hologram":{"file_id":"H"}`), budiSays(bot.Unsupported{Kind: "unknown"})},
		{"forwarded", said(`"text":"dari grup","forward_origin":{"type":"hidden_user","date":1,"sender_user_name":"x"}`),
			with(budiSays(bot.Text{Text: "dari grup"}), func(e *bot.Event) { e.Relayed = true })},
		{"reply", said(`"text":"ya","reply_to_message":{"message_id":4,` + inChat + `,"text":"?"}`),
			with(budiSays(bot.Text{Text: "ya"}), func(e *bot.Event) { e.ReplyTo = ref(private, "4") })},
		{"topic", inTopic(`"text":"ya","reply_to_message":{"message_id":9,` + inDesk + `,"forum_topic_created":{"name":"DISHUB"}}`),
			deskSays(bot.Text{Text: "ya"})},
		{"topic whose first message is gone", inTopic(`"text":"ya","reply_to_message":{"message_id":9,` + inDesk + `}`),
			deskSays(bot.Text{Text: "ya"})},
		{"reply in a topic", inTopic(`"text":"ya","reply_to_message":{"message_id":12,` + inDesk + `,"text":"kartu"}`),
			with(deskSays(bot.Text{Text: "ya"}), func(e *bot.Event) { e.ReplyTo = ref(desk, "12") })},
		{"thread of replies in a group that is no forum", `{"update_id":77,"message":{"message_id":5,` + fromBudi + `,` + inDesk +
			`,"message_thread_id":4,"text":"ya"}}`, with(deskSays(bot.Text{Text: "ya"}), func(e *bot.Event) { e.Chat.Topic = "" })},
		{"edited", `{"update_id":78,"edited_message":{"message_id":5,` + fromBudi + `,` + inChat + `,"edit_date":1790000060,"text":"baru"}}`,
			with(budiSays(bot.Text{Text: "baru"}), func(e *bot.Event) { e.ID, e.Edited, e.At = "tg:78", true, sentAt.Add(time.Minute) })},
		{"anonymous admin", inTopic(`"text":"ya","sender_chat":{"id":-1001234567890,"title":"Meja","type":"supergroup"},"author_signature":"Kabid"`),
			with(deskSays(bot.Text{Text: "ya"}), func(e *bot.Event) { e.From = bot.Person{ID: desk.ID, Name: "Meja Kabid", Chat: true} })},
		{"name over several lines", `{"update_id":77,"message":{"message_id":5,"from":{"id":1001,"first_name":"Budi\n\n\u202e","last_name":"\tSantoso","language_code":"ID"},` +
			inChat + `,"text":"a"}}`, budiSays(bot.Text{Text: "a"})},
		{"migrated", `{"update_id":77,"message":{"message_id":5,` + fromBudi + `,"chat":{"id":-55,"title":"Meja","type":"group"},"date":1790000000,` +
			`"migrate_to_chat_id":-1001234567890}}`, with(deskSays(bot.Moved{To: desk}), func(e *bot.Event) {
			e.Chat = bot.Address{Network: bot.Telegram, ID: "-55"}
			e.Ref.Chat = e.Chat
		})},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ev, unknown := decodeText(t, c.update)
			if unknown != "" {
				t.Fatalf("counted as %q", unknown)
			}
			if diff := cmp.Diff(c.want, ev); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func decodeText(t testing.TB, update string) (bot.Event, string) {
	t.Helper()
	var u models.Update
	if err := json.Unmarshal([]byte(update), &u); err != nil {
		t.Fatal(err)
	}
	return decode(&u, testSelf, testNow)
}

// standing is a change of somebody's standing in the desk.
func standing(before, after string) string {
	return `{"update_id":77,"chat_member":{` + inDesk + `,` + fromBudi + `,"date":1790000000,"old_chat_member":` + before + `,"new_chat_member":` + after + `}}`
}

// Who comes, goes, and runs the group.
func TestDecodeMembers(t *testing.T) {
	t.Parallel()
	const owner, admin, plain = `{"status":"creator","user":{"id":7,"first_name":"Ani"}}`, `{"status":"administrator","user":{"id":7,"first_name":"Ani"}}`, `{"status":"member","user":{"id":7,"first_name":"Ani"}}`
	const muted, kept = `{"status":"restricted","is_member":false,"user":{"id":7,"first_name":"Ani"}}`, `{"status":"restricted","is_member":true,"user":{"id":7,"first_name":"Ani"}}`
	const gone, banned = `{"status":"left","user":{"id":7,"first_name":"Ani"}}`, `{"status":"kicked","user":{"id":7,"first_name":"Ani"}}`
	ani := bot.Person{ID: "7", Name: "Ani"}
	for name, c := range map[string]struct {
		update string
		want   bot.Member
	}{
		"leaves":                         {standing(plain, gone), bot.Member{Who: ani}},
		"an admin leaves":                {standing(admin, gone), bot.Member{Who: ani}},
		"is thrown out":                  {standing(plain, banned), bot.Member{Who: ani}},
		"muted and out":                  {standing(kept, muted), bot.Member{Who: ani}},
		"comes":                          {standing(gone, plain), bot.Member{Who: ani, Here: true}},
		"comes muted":                    {standing(gone, kept), bot.Member{Who: ani, Here: true}},
		"runs it from now on":            {standing(plain, admin), bot.Member{Who: ani, Here: true, Runs: true}},
		"owns it":                        {standing(plain, owner), bot.Member{Who: ani, Here: true, Runs: true}},
		"runs it no more":                {standing(admin, plain), bot.Member{Who: ani, Here: true}},
		"seen by a bot that is no admin": {inTopic(`"left_chat_member":{"id":7,"first_name":"Ani"}`), bot.Member{Who: ani}},
	} {
		ev, unknown := decodeText(t, c.update)
		if unknown != "" || ev.Body != c.want || ev.Chat.Chat() != desk || !ev.Group || ev.At.IsZero() || ev.ID == "" {
			t.Errorf("%s: %q, %+v", name, unknown, ev)
		}
	}
}

// What is no event, and how it is counted.
func TestDecodeNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ update, want string }{
		"another bot":        {`{"update_id":1,"message":{"message_id":5,"from":{"id":8,"is_bot":true},` + inDesk + `,"text":"a"}}`, "bot"},
		"command to another": {inTopic(`"text":"/start@other_bot x"`), "other_bot"},
		"new member":         {inTopic(`"new_chat_members":[{"id":9,"first_name":"x"}]`), "service"},
		"topic created":      {inTopic(`"forum_topic_created":{"name":"DISHUB"}`), "service"},
		"talk by video":      {inTopic(`"video_chat_started":{}`), "service"},
		"community":          {inTopic(`"community_chat_added":{"community":{"id":1,"name":"x"}}`), "service"},
		"new option":         {inTopic(`"poll_option_added":{}`), "service"},
		"guest":              {`{"update_id":1,"guest_message":{"message_id":5,` + fromBudi + `,` + inDesk + `,"text":"a"}}`, "guest_message"},
		"generation stopped": {`{"update_id":1,"stopped_message_generation":{}}`, "not_for_us"},
		"pinned":             {inTopic(`"pinned_message":{"message_id":3,` + inDesk + `}`), "service"},
		"title":              {inTopic(`"new_chat_title":"x"`), "service"},
		"migrated from":      {inTopic(`"migrate_from_chat_id":-55`), "service"},
		"channel's forward":  {inTopic(`"is_automatic_forward":true,"text":"a"`), "automatic_forward"},
		"no sender":          {`{"update_id":1,"message":{"message_id":5,` + inDesk + `,"text":"a"}}`, "no_sender"},
		"no chat":            {`{"update_id":1,"message":{"message_id":5,` + fromBudi + `,"date":1,"text":"a"}}`, "malformed"},
		"channel post":       {`{"update_id":1,"channel_post":{"message_id":5,"chat":{"id":-9,"type":"channel"},"date":1,"text":"a"}}`, "channel_post"},
		"moving pin": {`{"update_id":1,"edited_message":{"message_id":5,` + fromBudi + `,` + inChat + `,"location":{"latitude":1,"longitude":2,` +
			`"live_period":900}}}`, "live_location"},
		"press in an inline message": {`{"update_id":1,"callback_query":{"id":"4",` + fromBudi + `,"inline_message_id":"x","data":"a|b"}}`, "press_without_message"},
		"a bot leaves":               {standing(`{"status":"member","user":{"id":7,"is_bot":true}}`, `{"status":"left","user":{"id":7,"is_bot":true}}`), "chat_member"},
		"another title":              {standing(`{"status":"administrator","user":{"id":7},"custom_title":"a"}`, `{"status":"administrator","user":{"id":7},"custom_title":"b"}`), "rights_changed"},
		"nobody's standing":          {standing(`{"status":"member"}`, `{"status":"member"}`), "rights_changed"},
		"muted":                      {standing(`{"status":"member","user":{"id":7}}`, `{"status":"restricted","is_member":true,"user":{"id":7}}`), "rights_changed"},
		"a bot is removed":           {inTopic(`"left_chat_member":{"id":9,"is_bot":true,"first_name":"x"}`), "service"},
		"the bot is promoted":        {member(`{"status":"member"}`, `{"status":"administrator"}`), "rights_changed"},
		"poll answer":                {`{"update_id":1,"poll_answer":{"poll_id":"1","option_ids":[0]}}`, "poll"},
		"reaction":                   {`{"update_id":1,"message_reaction":{` + inDesk + `,"message_id":1}}`, "message_reaction"},
		"nothing":                    {`{"update_id":1}`, "unknown"},
		"not yet invented":           {`{"update_id":1,"telepathy":{"thought":"x"}}`, "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, unknown := decodeText(t, c.update); unknown != c.want {
				t.Errorf("counted as %q, want %q", unknown, c.want)
			}
		})
	}
}

func member(before, after string) string {
	return `{"update_id":77,"my_chat_member":{"chat":{"id":1001,"type":"private"},` + fromBudi + `,"date":1790000000,` +
		`"old_chat_member":` + before + `,"new_chat_member":` + after + `}}`
}

func TestDecodeMember(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, after string
		want          bot.Body
	}{
		{`{"status":"member"}`, `{"status":"kicked"}`, bot.Left{}},
		{`{"status":"administrator"}`, `{"status":"left"}`, bot.Left{}},
		{`{"status":"restricted","is_member":true}`, `{"status":"restricted","is_member":false}`, bot.Left{}},
		{`{"status":"kicked"}`, `{"status":"member"}`, bot.Joined{}},
		{`{"status":"left"}`, `{"status":"administrator"}`, bot.Joined{}},
	} {
		ev, unknown := decodeText(t, member(c.before, c.after))
		want := bot.Event{ID: "tg:77", Chat: private, From: budi, At: sentAt, Body: c.want}
		if diff := cmp.Diff(want, ev); diff != "" || unknown != "" {
			t.Errorf("%s to %s: %q %s", c.before, c.after, unknown, diff)
		}
	}
}

// In a group the bot is told when it runs it no more, or may make no topics; more rights than before are nothing to tell.
func TestDecodeTheBotsOwnRights(t *testing.T) {
	t.Parallel()
	in := func(before, after, kind string) string {
		if kind == "private" {
			return member(before, after)
		}
		return strings.Replace(member(before, after), `{"id":1001,"type":"private"}`, `{"id":-1001,"type":"`+kind+`"}`, 1)
	}
	const admin, bare, plain = `{"status":"administrator","can_manage_topics":true}`, `{"status":"administrator"}`, `{"status":"member"}`
	for _, c := range []struct {
		before, after, kind string
		told                bool
	}{
		{admin, plain, "supergroup", true}, {bare, plain, "group", true}, {admin, bare, "supergroup", true}, {admin, `{"status":"restricted","is_member":true}`, "supergroup", true},
		{plain, admin, "supergroup", false}, {bare, admin, "supergroup", false}, {admin, admin, "supergroup", false}, {admin, plain, "private", false},
	} {
		ev, unknown := decodeText(t, in(c.before, c.after, c.kind))
		if got := ev.Body == (bot.Member{Self: true, Here: true}); got != c.told || (unknown == "rights_changed") == c.told {
			t.Errorf("%s to %s in a %s: told %v, %q", c.before, c.after, c.kind, got, unknown)
		}
	}
}

func TestDecodePress(t *testing.T) {
	t.Parallel()
	press := func(message, data string) string {
		raw, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		return `{"update_id":79,"callback_query":{"id":"4382",` + fromBudi + `,"message":` + message + `,"data":` + string(raw) + `}}`
	}
	here := `{"message_id":5,` + inChat + `,"text":"?"}`
	for _, c := range []struct {
		name, update string
		pick         bot.Pick
		chat         bot.Address
	}{
		{"a choice", press(here, "review-17|send"), bot.Pick{Menu: "review-17", Choice: "send"}, private},
		{"forged", press(here, "DROP TABLE"), bot.Pick{}, private},
		{"forged with a bar", press(here, "a|b|c"), bot.Pick{}, private},
		{"forged with a space", press(here, "a |b"), bot.Pick{}, private},
		{"half", press(here, "|b"), bot.Pick{}, private},
		{"too long", press(here, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|b"), bot.Pick{}, private},
		{"none", press(here, ""), bot.Pick{}, private},
		{"on a message too old to show", press(`{"message_id":5,"chat":{"id":1001,"type":"private"},"date":0}`, "a|b"),
			bot.Pick{Menu: "a", Choice: "b"}, private},
		{"in a topic", press(`{"message_id":5,`+inDesk+`,"message_thread_id":9,"is_topic_message":true}`, "a|b"),
			bot.Pick{Menu: "a", Choice: "b"}, chatAddress(-1001234567890, 9)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ev, unknown := decodeText(t, c.update)
			c.pick.Message = bot.MessageRef{Chat: c.chat.Chat(), ID: "5"}
			want := bot.Event{ID: "tg:79:4382", Chat: c.chat, Group: c.chat.Topic != "", From: budi, At: testNow, Body: c.pick}
			if diff := cmp.Diff(want, ev); diff != "" || unknown != "" {
				t.Errorf("%q %s", unknown, diff)
			}
			if id, ok := callbackID(ev.ID); !ok || id != "4382" {
				t.Errorf("the press's own id is %q", id)
			}
		})
	}
	if _, ok := callbackID("tg:79"); ok {
		t.Error("an event that is no press has a callback id")
	}
}

func TestUpdateID(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{
		`{"update_id":5}`: 5, `{"update_id":100000001,"message":{}}`: 100000001, `{"message":{"x":[1]},"update_id":7}`: 7,
		"\t{ \"update_id\" : 8 }": 8, `{"update_id":"9"}`: 0, `{"update_id":-1}`: 0, `{"update_id":1.5}`: 0, `{}`: 0, `[]`: 0,
		`"x"`: 0, `{"update_id":99999999999999999999999}`: 0, `{"update_id":`: 0, `{"update_id":12x}`: 0,
	} {
		id, ok := updateID([]byte(in))
		if ok != (want != 0) || ok && id != want {
			t.Errorf("updateID(%s) = %d, %v", in, id, ok)
		}
	}
}

// FuzzRead holds that no bytes make reading panic, and that whatever becomes an event has an id, a chat and a body, and can be
// written down.
func FuzzRead(f *testing.F) {
	for _, s := range []string{benchText, said(`"photo":[{}]`), inTopic(`"text":"a"`), member(`{"status":"member"}`, `{"status":"kicked"}`),
		`{"update_id":1,"callback_query":{"id":"1","message":{"date":0}}}`, `{"update_id":1,"my_chat_member":{"new_chat_member":{"status":"king"}}}`} {
		f.Add([]byte(s))
	}
	paths, err := filepath.Glob("testdata/*.json")
	if err != nil || len(paths) == 0 {
		f.Fatalf("%d seeds: %v", len(paths), err)
	}
	for _, path := range paths {
		for _, raw := range field(f, path) {
			f.Add([]byte(raw))
		}
	}
	c, err := New(Options{Token: "1:a"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		ev, chat, ok := c.read(raw, testSelf)
		if ok && (ev.ID == "" || chat == 0 || ev.Body == nil || ev.Chat.Zero()) {
			t.Errorf("%q became %#v", raw, ev)
		}
		if err := bottest.Kept(ev); ok && err != nil {
			t.Errorf("%q became %#v: %v", raw, ev, err)
		}
	})
}
