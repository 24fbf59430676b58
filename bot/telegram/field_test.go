package telegram

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/bottest"
)

// reading is a channel that only reads.
func reading() *Channel {
	o := Options{Now: func() time.Time { return testNow }}
	return &Channel{opt: o.withDefaults()}
}

// field are the updates of a file.
func field(t testing.TB, path string) []json.RawMessage {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if raw = bytes.TrimSpace(raw); raw[0] == '{' {
		return []json.RawMessage{raw}
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// What phones have sent, and what it is.
func TestFromTheField(t *testing.T) {
	t.Parallel()
	const words = "lampu jalan mati di Kelurahan Cipare"
	file := func(mime string) bot.MediaRef { return file64(documentPrefix+"A", mime, 0) }
	for name, want := range map[string]bot.Body{
		"tg-picture-as-file":   bot.Photo{Media: file("image/jpg"), Caption: words},
		"tg-picture-as-octets": bot.Photo{Media: file("application/octet-stream"), Caption: words},
		"tg-paid-media-words":  bot.Photo{Media: file64("P", "image/jpeg", 0), Caption: words},
		"tg-edit-caption":      bot.Photo{Media: file64("P", "image/jpeg", 0), Caption: "got mampet di Kelurahan Cipare depan masjid"},
	} {
		list := field(t, filepath.Join("testdata", name+".json"))
		ev, _, ok := reading().read(list[len(list)-1], testSelf)
		if !ok || ev.Body != want || ev.Edited != (len(list) > 1) || ev.Ref.ID != "5" {
			t.Errorf("%s came as %+v", name, ev)
		}
	}
}

// Words are words under whatever they stand, and a message with a part that is not what it should be is answered.
func TestOddMessages(t *testing.T) {
	t.Parallel()
	for update, want := range map[string]bot.Body{
		said(`"paid_media":{"star_count":1,"paid_media":[{"type":"preview"}]},"caption":"got mampet"`): bot.Text{Text: "got mampet"},
		said(`"story":{"chat":{"id":5,"type":"private"},"id":1},"caption":"got mampet"`):               bot.Text{Text: "got mampet"},
		said(`"location":{"latitude":"NaN","longitude":1},"caption":"got mampet"`):                     bot.Text{Text: "got mampet"},
		said(`"location":{"latitude":1e300,"longitude":1}`):                                            bot.Location{},
		said(`"checklist":{"title":"Got mampet","tasks":[{"id":1,"text":"kirim regu"}]}`):              bot.Text{Text: "Got mampet\nkirim regu"},
		said(`"rich_message":{"blocks":[{"type":"paragraph","text":"got mampet"}]}`):                   bot.Text{Text: "got mampet"},
		said(`"text":["a"]`): bot.Unsupported{Kind: "unknown"},
		said(`"document":{"file_id":"A\u0000","file_unique_id":"a"},"caption":"got\u0000 mampet"`):                                 bot.Text{Text: "got mampet"},
		said(`"document":{"file_id":"A","file_unique_id":"a","mime_type":"application/pdf","file_name":"x.jpg"}`):                  bot.Document{Media: file64("A", "application/pdf", 0), Name: "x.jpg"},
		said(`"document":{"file_id":"A","file_unique_id":"a","mime_type":"IMAGE/PJPEG; q=1","file_name":"x","file_size":-4}`):      bot.Photo{Media: file64(documentPrefix+"A", "IMAGE/PJPEG; q=1", 0)},
		`{"update_id":77,"message":{"message_id":5,` + fromBudi + `,"chat":{"id":1001,"type":"private"},"date":1e300,"text":"x"}}`: bot.Text{Text: "x"},
		`{"update_id":77,"message":{"message_id":5,` + fromBudi + `,"chat":{"id":1001,"type":"private"},"date":-9,"text":"x"}}`:    bot.Text{Text: "x"},
	} {
		ev, _, ok := reading().read([]byte(update), testSelf)
		if !ok || ev.Body != want {
			t.Errorf("%s came as %+v", update, ev)
			continue
		}
		if err := bottest.Kept(ev); err != nil {
			t.Errorf("%s: %v", update, err)
		}
	}
}
