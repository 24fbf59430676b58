package botapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func inline(text, data string) fields {
	return fields{"inline_keyboard": [][]fields{{{"text": text, "callback_data": data}}}}
}

// refusalWorld has one of every chat that refuses something: a stranger, a blocker, groups left and kicked from.
func refusalWorld(t *testing.T) (w *world, mine, theirs Message, topic int) {
	t.Helper()
	w = start(t, Options{})
	budi := w.Person(5, "Budi")
	must[Message](t)(budi.Text("halo"))
	w.Person(6, "Ani") // never wrote
	w.Person(7, "Cici")
	must[Message](t)(w.Person(7, "").Text("halo"))
	w.Person(7, "").Block()
	sari := w.Person(8, "Sari")
	forum := w.Group(-1001, "Meja", true)
	forum.AddAdmin(sari)
	plain := w.Group(-1002, "Grup", false)
	plain.Add(sari)
	kicked := w.Group(-1003, "Dulu", false)
	kicked.KickBot(sari)
	left := w.Group(-1000000000004, "Pergi", false)
	w.call("leaveChat", fields{"chat_id": left.ID()})
	limited := w.Group(-1005, "Terbatas", true)
	limited.SetBotRights(sari, func(m *ChatMember) { m.CanManageTopics, m.CanDeleteMessages = false, false })
	limited.Add(sari)
	mine = w.send(fields{"chat_id": 5, "text": "tetap", "reply_markup": inline("A", "a")})
	theirs = must[Message](t)(sari.In(-1005).Text("punya saya"))
	var open struct {
		ID int `json:"message_thread_id"`
	}
	w.call("createForumTopic", fields{"chat_id": -1001, "name": "Dishub"}).into(t, &open)
	return w, mine, theirs, open.ID
}

// TestRefusals is the table of what Telegram refuses.
func TestRefusals(t *testing.T) {
	t.Parallel()
	w, mine, theirs, topic := refusalWorld(t)
	for _, row := range refusals(mine, theirs, topic) {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := &world{Server: w.Server, t: t, client: w.client}
			wantRefusal(t, w.call(row.method, row.ask), row.code, row.part)
		})
	}
}

// refusal is a call that is refused: with this code, and this part in the answer's description.
type refusal struct {
	name   string
	method string
	ask    fields
	code   int
	part   string
}

func refusals(mine, theirs Message, topic int) []refusal {
	return []refusal{
		{"no chat", "sendMessage", fields{"text": "x"}, 400, "chat_id is empty"},
		{"unknown chat", "sendMessage", fields{"chat_id": 999, "text": "x"}, 400, "chat not found"},
		{"user name", "sendMessage", fields{"chat_id": "@nobody", "text": "x"}, 400, "chat not found"},
		{"never wrote", "sendMessage", fields{"chat_id": 6, "text": "x"}, 403, "bot can't initiate conversation with a user"},
		{"blocked", "sendMessage", fields{"chat_id": 7, "text": "x"}, 403, "bot was blocked by the user"},
		{"kicked", "sendMessage", fields{"chat_id": -1003, "text": "x"}, 403, "bot was kicked from the group chat"},
		{"left", "sendMessage", fields{"chat_id": -1000000000004, "text": "x"}, 403, "bot is not a member of the supergroup chat"},
		{"empty", "sendMessage", fields{"chat_id": 5, "text": ""}, 400, "message text is empty"},
		{"only space", "sendMessage", fields{"chat_id": 5, "text": " \n\t"}, 400, "message text is empty"},
		{"only tags", "sendMessage", fields{"chat_id": 5, "text": "<b></b>", "parse_mode": "HTML"}, 400, "message text is empty"},
		{"4097", "sendMessage", fields{"chat_id": 5, "text": strings.Repeat("a", 4097)}, 400, "message is too long"},
		{"2049 emoji", "sendMessage", fields{"chat_id": 5, "text": strings.Repeat("😀", 2049)}, 400, "message is too long"},
		{"parse mode", "sendMessage", fields{"chat_id": 5, "text": "x", "parse_mode": "BBCode"}, 400, "unsupported parse_mode"},
		{"bad HTML", "sendMessage", fields{"chat_id": 5, "text": "<b>x", "parse_mode": "HTML"}, 400, "can't parse entities"},
		{"entity beyond", "sendMessage", fields{"chat_id": 5, "text": "abc", "entities": []fields{{"type": "bold", "offset": 2, "length": 2}}}, 400, "can't parse entities"},
		{"entity in an emoji", "sendMessage", fields{"chat_id": 5, "text": "😀a", "entities": []fields{{"type": "bold", "offset": 1, "length": 1}}}, 400, "can't parse entities"},
		{"data 65", "sendMessage", fields{"chat_id": 5, "text": "x", "reply_markup": inline("A", strings.Repeat("d", 65))}, 400, "BUTTON_DATA_INVALID"},
		{"data 0", "sendMessage", fields{"chat_id": 5, "text": "x", "reply_markup": inline("A", "")}, 400, "inline keyboard button"},
		{"no label", "sendMessage", fields{"chat_id": 5, "text": "x", "reply_markup": inline(" ", "a")}, 400, "inline keyboard button"},
		{"markup not JSON", "sendMessage", fields{"chat_id": 5, "text": "x", "reply_markup": "{"}, 400, "JSON object"},
		{"reply to nothing", "sendMessage", fields{"chat_id": 5, "text": "x", "reply_parameters": fields{"message_id": 12345}}, 400, "message to be replied not found"},
		{"old reply to nothing", "sendMessage", fields{"chat_id": 5, "text": "x", "reply_to_message_id": 12345}, 400, "message to be replied not found"},
		{"thread in private", "sendMessage", fields{"chat_id": 5, "text": "x", "message_thread_id": 3}, 400, "message thread not found"},
		{"thread in a group", "sendMessage", fields{"chat_id": -1002, "text": "x", "message_thread_id": 3}, 400, "message thread not found"},
		{"unknown thread", "sendMessage", fields{"chat_id": -1001, "text": "x", "message_thread_id": 777}, 400, "message thread not found"},

		{"edit nothing", "editMessageText", fields{"chat_id": 5, "message_id": 999, "text": "x"}, 400, "message to edit not found"},
		{"edit theirs", "editMessageText", fields{"chat_id": 5, "message_id": 1, "text": "x"}, 400, "message can't be edited"},
		{"edit same", "editMessageText", fields{"chat_id": 5, "message_id": mine.MessageID, "text": "tetap ", "reply_markup": inline("A", "a")}, 400, "message is not modified"},
		{"edit same markup", "editMessageReplyMarkup", fields{"chat_id": 5, "message_id": mine.MessageID, "reply_markup": inline("A", "a")}, 400, "message is not modified"},
		{"edit with keys", "editMessageText", fields{"chat_id": 5, "message_id": mine.MessageID, "text": "y", "reply_markup": fields{"keyboard": [][]string{{"a"}}}}, 400, "inline keyboard expected"},
		{"caption of a text", "editMessageCaption", fields{"chat_id": 5, "message_id": mine.MessageID, "caption": "y"}, 400, "no caption"},
		{"edit without id", "editMessageText", fields{"chat_id": 5, "text": "x"}, 400, "message identifier is not specified"},
		{"edit when blocked", "editMessageText", fields{"chat_id": 7, "message_id": 2, "text": "x"}, 403, "blocked"},
		{"delete nothing", "deleteMessage", fields{"chat_id": 5, "message_id": 999}, 400, "message to delete not found"},
		{"delete without right", "deleteMessage", fields{"chat_id": -1005, "message_id": theirs.MessageID}, 400, "message can't be deleted"},

		{"photo missing", "sendPhoto", fields{"chat_id": 5}, 400, "there is no photo in the request"},
		{"photo by link", "sendPhoto", fields{"chat_id": 5, "photo": "https://example.com/a.jpg"}, 400, "failed to get HTTP URL content"},
		{"photo by wrong id", "sendPhoto", fields{"chat_id": 5, "photo": "AgAC"}, 400, "wrong remote file identifier"},
		{"album of one", "sendMediaGroup", fields{"chat_id": 5, "media": []fields{{"type": "photo", "media": "x"}}}, 400, "from 2 to 10"},
		{"album of eleven", "sendMediaGroup", fields{"chat_id": 5, "media": make([]fields, 11)}, 400, "from 2 to 10"},
		{"attach nothing", "sendMediaGroup", fields{"chat_id": 5, "media": []fields{{"type": "photo", "media": "attach://x"}, {"type": "photo", "media": "attach://y"}}}, 400, "can't find uploaded file"},
		{"far place", "sendLocation", fields{"chat_id": 5, "latitude": 91, "longitude": 0}, 400, "latitude"},
		{"NaN place", "sendLocation", fields{"chat_id": 5, "latitude": "NaN", "longitude": 0}, 400, "latitude"},
		{"odd action", "sendChatAction", fields{"chat_id": 5, "action": "dancing"}, 400, "action"},
		{"unknown query", "answerCallbackQuery", fields{"callback_query_id": "1"}, 400, "query is too old"},
		{"unknown file", "getFile", fields{"file_id": "x"}, 400, "invalid file_id"},

		{"topic in private", "createForumTopic", fields{"chat_id": 5, "name": "x"}, 400, "not a forum"},
		{"topic in a group", "createForumTopic", fields{"chat_id": -1002, "name": "x"}, 400, "not a forum"},
		{"topic without right", "createForumTopic", fields{"chat_id": -1005, "name": "x"}, 400, "not enough rights"},
		{"topic without name", "createForumTopic", fields{"chat_id": -1001, "name": " "}, 400, "TOPIC_TITLE_EMPTY"},
		{"topic 129", "createForumTopic", fields{"chat_id": -1001, "name": strings.Repeat("a", 129)}, 400, "TOPIC_TITLE"},
		{"same topic name", "editForumTopic", fields{"chat_id": -1001, "message_thread_id": topic, "name": "Dishub"}, 400, "TOPIC_NOT_MODIFIED"},
		{"reopen open", "reopenForumTopic", fields{"chat_id": -1001, "message_thread_id": topic}, 400, "TOPIC_NOT_MODIFIED"},
		{"close unknown", "closeForumTopic", fields{"chat_id": -1001, "message_thread_id": 777}, 400, "thread not found"},
		{"unknown member", "getChatMember", fields{"chat_id": -1001, "user_id": 4242}, 400, "member not found"},
		{"admins in private", "getChatAdministrators", fields{"chat_id": 5}, 400, "no administrators"},
		{"stranger's chat", "getChat", fields{"chat_id": 6}, 400, "chat not found"},
		{"command letters", "setMyCommands", fields{"commands": []fields{{"command": "Mulai!", "description": "x"}}}, 400, "BOT_COMMAND_INVALID"},
		{"command without words", "setMyCommands", fields{"commands": []fields{{"command": "a", "description": ""}}}, 400, "DESCRIPTION_INVALID"},
		{"webhook address", "setWebhook", fields{"url": "ftp://x"}, 400, "bad webhook"},
		{"webhook secret", "setWebhook", fields{"url": "http://127.0.0.1:1/x", "secret_token": "a b"}, 400, "unallowed characters"},
		{"unknown method", "makeCoffee", fields{}, 404, "Not Found"},
	}
}

// TestAllowed is what stands just inside the bounds.
func TestAllowed(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	must[Message](t)(budi.Text("halo"))
	for name, ask := range map[string]fields{
		"4096":           {"chat_id": 5, "text": strings.Repeat("a", 4096)},
		"2048 emoji":     {"chat_id": "5", "text": strings.Repeat("😀", 2048)},
		"4096 with tags": {"chat_id": 5, "text": "<b>" + strings.Repeat("a", 4096) + "</b>", "parse_mode": "HTML"},
		"data 64":        {"chat_id": 5, "text": "x", "reply_markup": inline("A", strings.Repeat("d", 64))},
		"lenient reply":  {"chat_id": 5, "text": "x", "reply_parameters": fields{"message_id": 9999, "allow_sending_without_reply": true}},
		"right to left":  {"chat_id": 5, "text": "\u202eمرحبا\u0000 dunia"},
		"empty copy_text": {"chat_id": 5, "text": "x", "reply_markup": fields{"inline_keyboard": [][]fields{{
			{"text": "A", "callback_data": "a", "copy_text": fields{"text": ""}}}}}},
		"keys as strings": {"chat_id": 5, "text": "x", "reply_markup": fields{"keyboard": [][]string{{"a", "b"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			w := &world{Server: w.Server, t: t, client: w.client}
			w.send(ask)
		})
	}
}

func TestTokenAndAddresses(t *testing.T) {
	t.Parallel()
	w := start(t, Options{NoControl: true})
	for path, want := range map[string]int{
		"/bot" + w.Token() + "/getMe":              200,
		"/bot" + w.Token() + "/GETME":              200,
		"/bot1:wrong/getMe":                        401,
		"/file/bot1:wrong/photos/file_1.jpg":       401,
		"/file/bot" + w.Token() + "/photos/none.x": 404,
		"/bot" + w.Token():                         404,
		"/":                                        404,
		"/sim/stats":                               404,
	} {
		resp, err := w.client.Get(w.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		var a answer
		if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != want || a.OK != (want == 200) || want != 200 && a.Code != want {
			t.Errorf("%s: %d %+v, want %d", path, resp.StatusCode, a, want)
		}
	}
}

// TestEncodings sends the same message in every form a client may choose.
func TestEncodings(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	must[Message](t)(w.Person(5, "Budi").Text("halo"))
	part := func(name, value string) string {
		return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"
	}
	for name, form := range map[string]struct{ query, kind, body string }{
		"json":      {"", "application/json; charset=utf-8", `{"chat_id":5,"text":"a & b","disable_notification":true}`},
		"form":      {"", "application/x-www-form-urlencoded", "chat_id=5&text=a+%26+b"},
		"query":     {"?chat_id=5&text=a+%26+b", "", ""},
		"multipart": {"", "multipart/form-data; boundary=XX", part("chat_id", "5") + part("text", "a & b") + "--XX--\r\n"},
		"lead-in":   {"", "multipart/form-data; boundary=\"XX\"", "\r\n" + part("chat_id", "5") + part("text", "a & b") + "--XX--"},
	} {
		t.Run(name, func(t *testing.T) {
			w := &world{Server: w.Server, t: t, client: w.client}
			var m Message
			w.raw("sendMessage"+form.query, form.kind, []byte(form.body)).into(t, &m)
			if m.Text != "a & b" {
				t.Fatalf("got %q", m.Text)
			}
		})
	}
	for name, form := range map[string]struct{ kind, body string }{
		"json list":     {"application/json", `[1]`},
		"json cut":      {"application/json", `{"chat_id":`},
		"no boundary":   {"multipart/form-data", "--XX"},
		"wrong one":     {"multipart/form-data; boundary=YY", part("chat_id", "5")},
		"multipart cut": {"multipart/form-data; boundary=XX", part("chat_id", "5") + "--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nab"},
	} {
		t.Run(name, func(t *testing.T) {
			w := &world{Server: w.Server, t: t, client: w.client}
			wantRefusal(t, w.raw("sendMessage", form.kind, []byte(form.body)), 400, "can't parse")
		})
	}
}

func TestMigratedGroup(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	sari := w.Person(8, "Sari")
	g := w.Group(-77, "Meja", false)
	g.AddAdmin(sari)
	next := must[*Group](t)(g.Migrate(sari))
	a := w.call("sendMessage", fields{"chat_id": -77, "text": "x"})
	wantRefusal(t, a, 400, "upgraded to a supergroup")
	if a.Parameters.MigrateTo != next.ID() {
		t.Fatalf("parameters %+v", a.Parameters)
	}
	w.send(fields{"chat_id": next.ID(), "text": "x"})
	got := w.updates(nil)
	if len(got) != 2 || got[0].Message.MigrateToChat != next.ID() || got[1].Message.MigrateFromChat != -77 {
		t.Fatalf("updates %+v", got)
	}
	if _, err := next.Migrate(sari); err == nil {
		t.Fatal("a supergroup migrated")
	}
}

// TestLimits checks the buckets to the token on a clock of its own.
func TestLimits(t *testing.T) {
	t.Parallel()
	clock := newClock()
	l := TelegramLimits()
	w := start(t, Options{Limits: &l, Now: clock.now})
	for id := int64(1); id <= 40; id++ {
		must[Message](t)(w.Person(id, "P").Text("halo"))
	}
	g := w.Group(-5, "Meja", false)
	try := func(chat int64) int {
		t.Helper()
		a := w.call("sendMessage", fields{"chat_id": chat, "text": "x"})
		if a.OK {
			return 0
		}
		if a.Code != http.StatusTooManyRequests || a.Parameters.RetryAfter < 1 {
			t.Fatalf("refusal %+v", a)
		}
		return a.Parameters.RetryAfter
	}
	steps := func(chat int64, want ...int) {
		t.Helper()
		for i, x := range want {
			if got := try(chat); got != x {
				t.Fatalf("chat %d, message %d: retry_after %d, want %d", chat, i, got, x)
			}
		}
	}
	steps(1, 0, 0, 0, 1, 1) // a refused one takes nothing
	clock.add(999 * time.Millisecond)
	steps(1, 1)
	clock.add(time.Millisecond)
	steps(1, 0, 1)
	clock.add(time.Minute)
	for range 20 {
		steps(g.ID(), 0)
	}
	steps(g.ID(), 3)
	clock.add(time.Minute)
	for id := int64(1); id <= 30; id++ {
		steps(id, 0)
	}
	steps(31, 1)
	clock.add(time.Second / 30)
	steps(31, 0, 1)
	if got := w.Stats(); got.TooMany != 7 || got.Messages != 3+1+20+31 {
		t.Fatalf("stats %+v", got)
	}
}

// TestAlbumCost: an album costs its items and may leave a debt.
func TestAlbumCost(t *testing.T) {
	t.Parallel()
	clock := newClock()
	w := start(t, Options{Limits: &Limits{Person: Bucket{Burst: 3, Every: time.Second}}, Now: clock.now})
	sent := must[Message](t)(w.Person(1, "P").Photo(pngOf(t, 4, 4), ""))
	item := fields{"type": "photo", "media": sent.Photo[0].FileID}
	album := fields{"chat_id": 1, "media": []fields{item, item, item, item, item}}
	var list []Message
	w.call("sendMediaGroup", album).into(t, &list)
	a := w.call("sendMessage", fields{"chat_id": 1, "text": "x"})
	if len(list) != 5 || a.Parameters.RetryAfter != 3 {
		t.Fatalf("%d items, then %+v", len(list), a)
	}
	clock.add(3 * time.Second)
	w.send(fields{"chat_id": 1, "text": "x"})
	if got := w.Stats().Messages; got != 6 {
		t.Fatalf("messages %d", got)
	}
}

func TestUploadBounds(t *testing.T) {
	t.Parallel()
	w := start(t, Options{MaxUpload: 1000, MaxDownload: 500, KeepFiles: 2500})
	budi := w.Person(5, "Budi")
	must[Message](t)(budi.Text("halo"))
	upload := func(n int) answer {
		head := "--XX\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n5\r\n--XX\r\n" +
			"Content-Disposition: form-data; name=\"document\"; filename=\"a b.txt\"\r\nContent-Type: text/plain\r\n\r\n"
		return w.raw("sendDocument", "multipart/form-data; boundary=XX", fmt.Appendf(nil, "%s%s\r\n--XX--\r\n", head, strings.Repeat("z", n)))
	}
	wantRefusal(t, upload(1001), 413, "Request Entity Too Large")
	wantRefusal(t, upload(0), 400, "non-empty")
	wantRefusal(t, w.raw("sendDocument", "application/json", make([]byte, 2<<20)), 413, "Too Large")
	var m Message
	upload(1000).into(t, &m)
	if m.Document.FileName != "a b.txt" || m.Document.MIME != "text/plain" || m.Document.FileSize != 1000 {
		t.Fatalf("document %+v", m.Document)
	}
	wantRefusal(t, w.call("getFile", fields{"file_id": m.Document.FileID}), 400, "file is too big")
	wantRefusal(t, w.call("sendVoice", fields{"chat_id": 5, "voice": m.Document.FileID}), 400, "can't use file of type Document as Voice")
	upload(1000).into(t, &m)
	first := m.Document.FileID
	upload(400).into(t, &m)
	if _, ok := w.File(first); !ok {
		t.Fatal("a file within the bound was dropped")
	}
	upload(800).into(t, &m)
	upload(800).into(t, &m)
	if _, ok := w.File(first); ok {
		t.Fatal("files beyond the bound are kept")
	}
	wantRefusal(t, w.call("getFile", fields{"file_id": "none"}), 400, "invalid")
}
