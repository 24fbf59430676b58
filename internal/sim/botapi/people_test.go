package botapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	ogg := []byte("OggS voice")
	for _, o := range []Out{
		{Voice: ogg, Seconds: 3},
		{Document: []byte("%PDF"), FileName: "surat.pdf", MIME: "application/pdf", Caption: "ini"},
		{Location: &Location{Latitude: -6.1, Longitude: 106.1}},
		{Venue: &Venue{Location: Location{Latitude: 1, Longitude: 2}, Title: "Alun-alun", Address: "Serang"}},
		{Contact: &Contact{PhoneNumber: "+620000", FirstName: "Budi", UserID: 5}},
		{Sticker: "👍"},
		{Video: []byte("mp4")}, {Audio: []byte("mp3")},
		{Photo: []byte("<html>")},
	} {
		must[Message](t)(budi.Send(o))
	}
	got := w.updates(nil)
	if len(got) != 9 {
		t.Fatalf("%d updates", len(got))
	}
	data, ok := w.File(got[0].Message.Voice.FileID)
	if got[0].Message.Voice.Duration != 3 || !ok || !bytes.Equal(data, ogg) {
		t.Fatalf("voice %+v", got[0].Message.Voice)
	}
	if d := got[1].Message.Document; d.FileName != "surat.pdf" || d.MIME != "application/pdf" || d.FileSize != 4 {
		t.Fatalf("document %+v", d)
	}
	if m := got[3].Message; m.Venue.Title != "Alun-alun" || m.Location.Longitude != 2 {
		t.Fatalf("venue %+v", m)
	}
	if got[4].Message.Contact.UserID != 5 || got[5].Message.Sticker.Emoji != "👍" || got[6].Message.Video == nil ||
		got[7].Message.Audio == nil || len(got[8].Message.Photo) != 2 {
		t.Fatalf("others %+v", got[4:])
	}
}

func TestPeoplePhotos(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	album := must[[]Message](t)(budi.Album("dua", pngOf(t, 500, 100), pngOf(t, 5, 5)))
	got := w.updates(nil)
	if len(got) != 2 || got[0].Message.MediaGroupID != album[1].MediaGroupID || got[0].Message.Caption != "dua" {
		t.Fatalf("album %+v", got)
	}
	sizes := got[0].Message.Photo
	if len(sizes) != 2 || sizes[0].Width != 320 || sizes[0].Height != 64 || sizes[1].Width != 500 {
		t.Fatalf("sizes %+v", sizes)
	}
	small, _ := w.File(sizes[0].FileID)
	if width, height, ok := imageSize(small); !ok || width != 320 || height != 64 {
		t.Fatalf("thumbnail %d×%d %v", width, height, ok)
	}
	w.DropFile(sizes[1].FileID)
	wantRefusal(t, w.call("getFile", fields{"file_id": sizes[1].FileID}), 400, "temporarily unavailable")

}

func TestPeopleText(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	a := must[Message](t)(budi.Text("satu /batal@rabeg_bot https://x.id/😀 @ani #jalan / ini"))
	var kinds []string
	for _, e := range a.Entities {
		kinds = append(kinds, fmt.Sprintf("%s %d+%d", e.Type, e.Offset, e.Length))
	}
	if fmt.Sprint(kinds) != "[bot_command 5+16 url 22+15 mention 38+4 hashtag 43+6]" {
		t.Fatalf("entities %v", kinds)
	}
	r := must[Message](t)(budi.Reply(a.MessageID, "dua"))
	if r.ReplyToMessage.MessageID != a.MessageID {
		t.Fatalf("reply %+v", r)
	}
	if _, err := budi.Reply(9999, "x"); !errors.Is(err, ErrNoMessage) {
		t.Fatalf("reply to nothing: %v", err)
	}
	if _, err := budi.Edit(9999, "x"); !errors.Is(err, ErrNoMessage) {
		t.Fatalf("edit nothing: %v", err)
	}
	if _, err := budi.In(-5).Text("x"); !errors.Is(err, ErrNotMember) {
		t.Fatalf("unknown group: %v", err)
	}
}

func TestButtonsAndKeys(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	budi := w.Person(5, "Budi")
	must[Message](t)(budi.Text("halo"))
	m := w.send(fields{"chat_id": 5, "text": "x", "reply_markup": inline("Ya", "yes")})
	if _, err := budi.Press(m.MessageID, "Tidak"); !errors.Is(err, ErrNoButton) {
		t.Fatalf("wrong button: %v", err)
	}
	must[string](t)(budi.Press(m.MessageID, "yes"))
	w.call("editMessageReplyMarkup", fields{"chat_id": 5, "message_id": m.MessageID})
	if _, err := budi.Press(m.MessageID, "Ya"); !errors.Is(err, ErrNoButton) {
		t.Fatalf("button that is gone: %v", err)
	}
	must[string](t)(budi.PressAny(m.MessageID, "yes"))
	w.send(fields{"chat_id": 5, "text": "di mana?", "reply_markup": fields{"keyboard": [][]fields{
		{{"text": "Lokasi", "request_location": true}}, {{"text": "Lewati"}}}}})
	if _, err := budi.PressKey("Lokasi"); !errors.Is(err, ErrNoButton) {
		t.Fatalf("location key: %v", err)
	}
	if k := must[Message](t)(budi.PressKey("Lewati")); k.Text != "Lewati" {
		t.Fatalf("key %+v", k)
	}
	w.send(fields{"chat_id": 5, "text": "ok", "reply_markup": fields{"remove_keyboard": true}})
	if budi.Keyboard() != nil {
		t.Fatal("keyboard not removed")
	}
	list := w.updates(nil)
	if len(list) != 4 || list[1].Callback.Data != "yes" || list[1].Callback.ID == list[2].Callback.ID {
		t.Fatalf("updates %+v", list)
	}
}

func TestForum(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	sari, ani := w.Person(8, "Sari"), w.Person(9, "Ani")
	g := w.Group(-1001, "Meja", true)
	g.AddAdmin(sari)
	g.Add(ani)
	var open struct {
		ID   int    `json:"message_thread_id"`
		Name string `json:"name"`
	}
	w.call("createForumTopic", fields{"chat_id": g.ID(), "name": "Dishub"}).into(t, &open)
	card := w.send(fields{"chat_id": g.ID(), "text": "kartu", "message_thread_id": open.ID})
	if !card.IsTopicMessage || card.ThreadID != open.ID || open.Name != "Dishub" {
		t.Fatalf("card %+v", card)
	}
	here := ani.In(g.ID()).Topic(open.ID)
	plain := must[Message](t)(here.Text("siapa ambil?"))
	if plain.ReplyToMessage == nil || plain.ReplyToMessage.TopicCreated == nil {
		t.Fatalf("a topic message names the topic's head: %+v", plain.ReplyToMessage)
	}
	answer := must[Message](t)(ani.In(g.ID()).Reply(card.MessageID, "saya"))
	if answer.ThreadID != open.ID || answer.ReplyToMessage.MessageID != card.MessageID {
		t.Fatalf("reply %+v", answer)
	}
	// The bot's reply without a thread goes to the replied message's topic.
	if m := w.send(fields{"chat_id": g.ID(), "text": "ok", "reply_parameters": fields{"message_id": answer.MessageID}}); m.ThreadID != open.ID {
		t.Fatalf("reply %+v", m)
	}
	if !w.call("closeForumTopic", fields{"chat_id": g.ID(), "message_thread_id": open.ID}).OK {
		t.Fatal("close refused")
	}
	if _, err := here.Text("x"); err == nil {
		t.Fatal("a member writes in a closed topic")
	}
	must[Message](t)(sari.In(g.ID()).Topic(open.ID).Text("admin boleh"))
	w.call("editForumTopic", fields{"chat_id": g.ID(), "message_thread_id": open.ID, "name": "Dinas"})
	if l := g.Topics(); len(l) != 1 || l[0].Name != "Dinas" || !l[0].Closed {
		t.Fatalf("topics %+v", l)
	}
	other := must[Topic](t)(g.OpenTopic(sari, "Lain"))
	if !w.call("deleteForumTopic", fields{"chat_id": g.ID(), "message_thread_id": open.ID}).OK {
		t.Fatal("delete refused")
	}
	wantRefusal(t, w.call("sendMessage", fields{"chat_id": g.ID(), "text": "x", "message_thread_id": open.ID}), 400, "thread not found")
	wantRefusal(t, w.call("editMessageText", fields{"chat_id": g.ID(), "text": "x", "message_id": card.MessageID}), 400, "not found")
	if l := g.Topics(); len(l) != 1 || l[0].ID != other.ID {
		t.Fatalf("topics %+v", l)
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	sari, ani := w.Person(8, "Sari"), w.Person(9, "Ani")
	g := w.Group(-77, "Meja", false)
	g.AddAdmin(sari)
	ani.Join(g)
	var who ChatMember
	w.call("getChatMember", fields{"chat_id": -77, "user_id": 9}).into(t, &who)
	var admins []ChatMember
	w.call("getChatAdministrators", fields{"chat_id": -77}).into(t, &admins)
	if who.Status != "member" || len(admins) != 2 || admins[0].User.ID != 8 || !admins[1].User.IsBot {
		t.Fatalf("members %+v %+v", who, admins)
	}
	ani.Leave(g)
	w.call("getChatMember", fields{"chat_id": -77, "user_id": 9}).into(t, &who)
	if who.Status != "left" {
		t.Fatalf("left: %+v", who)
	}
	// Privacy mode: as a plain member the bot hears commands, mentions and replies to it, nothing else.
	seen := w.updates(nil)
	g.AddBot(sari, false)
	mine := w.send(fields{"chat_id": -77, "text": "kartu"})
	here := sari.In(-77)
	for _, text := range []string{"rahasia", "/ambil", "hai @rabeg_bot"} {
		must[Message](t)(here.Text(text))
	}
	must[Message](t)(here.Reply(mine.MessageID, "balasan"))
	got := w.updates(fields{"offset": seen[len(seen)-1].ID + 1})
	if len(got) != 4 || got[0].Mine.New.Status != "member" || got[1].Message.Text != "/ambil" || got[3].Message.Text != "balasan" {
		t.Fatalf("heard %+v", got)
	}
	var chat Chat
	w.call("getChat", fields{"chat_id": -77}).into(t, &chat)
	if chat.Title != "Meja" || chat.Type != "group" {
		t.Fatalf("chat %+v", chat)
	}
}

// TestBounds: history and events are bounded, and a slow watcher is told.
func TestBounds(t *testing.T) {
	t.Parallel()
	w := start(t, Options{KeepHistory: 10, KeepEvents: 20})
	budi := w.Person(5, "Budi")
	for i := range 200 {
		must[Message](t)(budi.Textf("%d", i))
	}
	h := w.History(5)
	if len(h) != 10 || h[0].Text != "190" {
		t.Fatalf("history %d, %q", len(h), h[0].Text)
	}
	if _, err := w.Events(context.Background(), 5, 0, 10); !errors.Is(err, ErrLagged) {
		t.Fatalf("lagged: %v", err)
	}
	w.mu.Lock()
	kept, all := len(w.chats[5].log.events), len(w.all.events)
	w.mu.Unlock()
	if kept > 20 || all > 40 {
		t.Fatalf("kept %d and %d events", kept, all)
	}
	m := w.send(fields{"chat_id": 5, "text": "x", "reply_parameters": fields{"message_id": 3}})
	if m.ReplyToMessage != nil {
		t.Fatalf("a forgotten message came back: %+v", m)
	}
}

func TestCommandsAndCopies(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	g := w.Group(-77, "Meja", false)
	sent := must[Message](t)(w.Person(5, "Budi").Photo(pngOf(t, 4, 4), "ini"))
	list := []fields{{"command": "menu", "description": "Menu"}}
	w.call("setMyCommands", fields{"commands": list, "scope": fields{"type": "all_private_chats"}, "language_code": "en"})
	var got []command
	w.call("getMyCommands", fields{"scope": fields{"type": "all_private_chats"}, "language_code": "en"}).into(t, &got)
	if len(got) != 1 || got[0].Command != "menu" {
		t.Fatalf("commands %+v", got)
	}
	w.call("getMyCommands", nil).into(t, &got)
	if len(got) != 0 {
		t.Fatalf("of another scope %+v", got)
	}
	var copied struct {
		ID int `json:"message_id"`
	}
	w.call("copyMessage", fields{"chat_id": g.ID(), "from_chat_id": 5, "message_id": sent.MessageID, "caption": "lain"}).into(t, &copied)
	var forwarded Message
	w.call("forwardMessage", fields{"chat_id": g.ID(), "from_chat_id": 5, "message_id": sent.MessageID}).into(t, &forwarded)
	h := w.History(g.ID())
	if h[0].MessageID != copied.ID || h[0].Caption != "lain" || len(h[0].Photo) != 1 || h[0].ForwardOrigin != nil {
		t.Fatalf("copy %+v", h[0])
	}
	if forwarded.Caption != "ini" || forwarded.ForwardOrigin.SenderUser.ID != 5 {
		t.Fatalf("forward %+v", forwarded)
	}
	next := must[json.RawMessage](t)(json.Marshal(fields{"type": "photo", "media": sent.Photo[0].FileID, "caption": "baru"}))
	var edited Message
	w.call("editMessageMedia", fields{"chat_id": g.ID(), "message_id": copied.ID, "media": next}).into(t, &edited)
	w.call("editMessageCaption", fields{"chat_id": g.ID(), "message_id": copied.ID, "caption": "lagi"}).into(t, &edited)
	if edited.Caption != "lagi" || edited.EditDate == 0 {
		t.Fatalf("edited %+v", edited)
	}
	for _, id := range []int{copied.ID, forwarded.MessageID} {
		if !w.call("deleteMessage", fields{"chat_id": g.ID(), "message_id": id}).OK {
			t.Fatal("delete refused")
		}
	}
	if len(w.History(g.ID())) != 0 {
		t.Fatal("still there")
	}
}

// A point that is none stays with who sends it: no client has it, and no update could carry it.
func TestNoPointOnEarth(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	p := w.Person(5, "Ani")
	for _, at := range [][2]float64{{math.NaN(), 106}, {-6, math.NaN()}, {math.Inf(1), 106}, {-90.5, 106}, {-6, 180.5}} {
		if _, err := p.Location(at[0], at[1]); !errors.Is(err, ErrNoPoint) {
			t.Errorf("%v was sent: %v", at, err)
		}
	}
	if _, err := p.Location(-90, 180); err != nil {
		t.Error(err)
	}
}
