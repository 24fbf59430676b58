package telegram

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rabeg/bot"
)

func sampleMenuMessage() bot.Message {
	return bot.Message{
		Text: "Periksa dulu, ya. Kategori: " + bot.Bold("lampu jalan") + ". Tempat: Jl. Veteran, Kec. Serang. Sudah benar?",
		Menu: &bot.Menu{ID: "review-17", Choices: []bot.Choice{
			{ID: "send", Label: "Kirim"}, {ID: "edit", Label: "Ubah"}, {ID: "cancel", Label: "Batal"}}},
	}
}

func stored(n int) []bot.MediaRef {
	var list []bot.MediaRef
	for i := range n {
		list = append(list, bot.MediaRef{Network: bot.Store, ID: fmt.Sprint("f", i), MIME: "image/jpeg"})
	}
	return list
}

// calls shows requests as "method field=value" lines, "*" before the main one.
func calls(t *testing.T, list []request) []string {
	t.Helper()
	var out []string
	for _, r := range list {
		raw, err := encode(&r.body, new(bytes.Buffer))
		if err != nil {
			t.Fatal(err)
		}
		mark := ""
		if r.main {
			mark = "*"
		}
		out = append(out, fmt.Sprintf("%s%s %s +%d", mark, r.method, strings.TrimSpace(string(raw)), len(r.uploads)))
	}
	return out
}

const noPreview = `"link_preview_options":{"is_disabled":true}`

func TestRender(t *testing.T) {
	t.Parallel()
	group := bot.Address{Network: bot.Telegram, ID: "-55", Topic: "9"}
	menu := &bot.Menu{ID: "m", Choices: []bot.Choice{{ID: "a", Label: "Ya"}, {ID: "b", Label: "Tidak"}}}
	keys := `"reply_markup":{"inline_keyboard":[[{"text":"Ya","callback_data":"m|a"},{"text":"Tidak","callback_data":"m|b"}]]}`
	sent := bot.MediaRef{Network: bot.Telegram, ID: "AgAC"}
	for _, c := range []struct {
		name string
		to   bot.Address
		m    bot.Message
		want []string
	}{
		{"bold after emoji, in UTF-16 units", private, bot.Message{Text: "🔥 <b> & " + bot.Bold("é😀") + "."},
			[]string{`*sendMessage {"chat_id":1001,"text":"🔥 <b> & é😀.","entities":[{"type":"bold","offset":9,"length":3}],` + noPreview + `} +0`}},
		{"white space around", private, bot.Message{Text: "\n  a" + bot.Bold(" b ") + "\n"},
			[]string{`*sendMessage {"chat_id":1001,"text":"a b","entities":[{"type":"bold","offset":2,"length":1}],` + noPreview + `} +0`}},
		{"menu in a topic, as a reply", group, bot.Message{Text: "x", Menu: menu, ReplyTo: &bot.MessageRef{Chat: group.Chat(), ID: "7"}},
			[]string{`*sendMessage {"chat_id":-55,"message_thread_id":9,"text":"x",` + noPreview +
				`,"reply_parameters":{"message_id":7,"allow_sending_without_reply":true},` + keys + `} +0`}},
		{"reply to another chat is dropped", private, bot.Message{Text: "x", ReplyTo: &bot.MessageRef{Chat: group.Chat(), ID: "7"}},
			[]string{`*sendMessage {"chat_id":1001,"text":"x",` + noPreview + `} +0`}},
		{"location wanted", private, bot.Message{Text: "Di mana?", Want: bot.WantLocation},
			[]string{`*sendMessage {"chat_id":1001,"text":"Di mana?",` + noPreview + `,"reply_markup":{"keyboard":[[{"text":"Kirim lokasi",` +
				`"request_location":true}]],"resize_keyboard":true,"one_time_keyboard":true}} +0`}},
		{"location or number wanted", private, bot.Message{Text: "Di mana?", Want: bot.WantContact},
			[]string{`*sendMessage {"chat_id":1001,"text":"Di mana?",` + noPreview + `,"reply_markup":{"keyboard":[[{"text":"Kirim lokasi",` +
				`"request_location":true}],[{"text":"📱 Kirim nomor saya","request_contact":true}]],"resize_keyboard":true}} +0`}},
		{"location wanted in a group", group, bot.Message{Text: "Di mana?", Want: bot.WantLocation},
			[]string{`*sendMessage {"chat_id":-55,"message_thread_id":9,"text":"Di mana?",` + noPreview + `} +0`}},
		{"menu beside a want", private, bot.Message{Text: "x", Want: bot.WantLocation, Menu: menu},
			[]string{`*sendMessage {"chat_id":1001,"text":"x",` + noPreview + `,` + keys + `} +0`}},
		{"keyboard done", private, bot.Message{Text: "x", Want: bot.WantDone},
			[]string{`*sendMessage {"chat_id":1001,"text":"x",` + noPreview + `,"reply_markup":{"remove_keyboard":true}} +0`}},
		{"one stored photo with menu", private, bot.Message{Text: "x", Menu: menu, Photos: stored(1)},
			[]string{`*sendPhoto {"chat_id":1001,"photo":"attach://photo","caption":"x",` + keys + `} +1`}},
		{"one photo by file_id without text", private, bot.Message{Photos: []bot.MediaRef{sent}},
			[]string{`*sendPhoto {"chat_id":1001,"photo":"AgAC"} +0`}},
		{"album with caption", private, bot.Message{Text: bot.Bold("x"), Photos: append(stored(1), sent)},
			[]string{`*sendMediaGroup {"chat_id":1001,"media":[{"type":"photo","media":"attach://foto1","caption":"x",` +
				`"caption_entities":[{"type":"bold","offset":0,"length":1}]},{"type":"photo","media":"AgAC"}]} +1`}},
		{"album with menu", private, bot.Message{Text: "x", Menu: menu, Photos: []bot.MediaRef{sent, sent}},
			[]string{`sendMediaGroup {"chat_id":1001,"media":[{"type":"photo","media":"AgAC"},{"type":"photo","media":"AgAC"}]} +0`,
				`*sendMessage {"chat_id":1001,"text":"x",` + noPreview + `,` + keys + `} +0`}},
		{"picture sent as a file goes back as a file", private,
			bot.Message{Text: "x", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "document:BQAC", MIME: "image/png"}}},
			[]string{`*sendMessage {"chat_id":1001,"text":"x",` + noPreview + `} +0`, `sendDocument {"chat_id":1001,"document":"BQAC"} +0`}},
		{"files", private, bot.Message{Text: "x", Files: []bot.MediaRef{{Network: bot.Store, ID: "1", MIME: "audio/ogg; codecs=opus"},
			{Network: bot.Telegram, ID: "W", MIME: "video/mp4"}, {Network: bot.Telegram, ID: "A", MIME: "audio/mpeg"},
			{Network: bot.Store, ID: "2", MIME: "application/zip"}}},
			[]string{`*sendMessage {"chat_id":1001,"text":"x",` + noPreview + `} +0`, `sendVoice {"chat_id":1001,"voice":"attach://voice"} +1`,
				`sendVideo {"chat_id":1001,"video":"W"} +0`, `sendAudio {"chat_id":1001,"audio":"A"} +0`,
				`sendDocument {"chat_id":1001,"document":"attach://document"} +1`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			list, err := render(c.to, c.m, "Kirim lokasi")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, calls(t, list)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Albums of every size: never one of a single picture or of more than ten, no picture lost, one caption.
func TestRenderAlbums(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 31; n++ {
		list, err := render(private, bot.Message{Text: "x", Photos: stored(n)}, "")
		if err != nil {
			t.Fatal(err)
		}
		photos, captions, main := 0, 0, 0
		for _, r := range list {
			if r.method == "sendMediaGroup" && (len(r.body.Media) < 2 || len(r.body.Media) > 10) {
				t.Errorf("%d photos: an album of %d", n, len(r.body.Media))
			}
			if r.main {
				main++
			}
			photos += len(r.uploads)
			captions += strings.Count(strings.Join(calls(t, []request{r}), ""), `"caption":"x"`)
		}
		if photos != n || captions != 1 || main != 1 {
			t.Errorf("%d photos: %d sent, %d captions, %d main", n, photos, captions, main)
		}
	}
}

func TestRenderLongCaption(t *testing.T) {
	t.Parallel()
	for units, want := range map[int]string{1024: "sendPhoto", 1025: "sendPhoto sendMessage", 4097: "sendPhoto sendMessage sendMessage"} {
		m := bot.Message{Text: strings.Repeat("a", units), Photos: stored(1), Menu: sampleMenuMessage().Menu}
		list, err := render(private, m, "")
		if err != nil {
			t.Fatal(err)
		}
		var methods []string
		for _, r := range list {
			methods = append(methods, r.method)
		}
		last := list[len(list)-1]
		if got := strings.Join(methods, " "); got != want || !last.main || last.body.Markup == nil {
			t.Errorf("%d units: %s", units, got)
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	many := &bot.Menu{ID: "m"}
	for i := range 101 {
		many.Choices = append(many.Choices, bot.Choice{ID: fmt.Sprint(i), Label: "x"})
	}
	for name, c := range map[string]struct {
		to bot.Address
		m  bot.Message
	}{
		"nothing":              {private, bot.Message{}},
		"white space":          {private, bot.Message{Text: " \n"}},
		"menu without text":    {private, bot.Message{Menu: sampleMenuMessage().Menu}},
		"album with bare menu": {private, bot.Message{Photos: stored(2), Menu: sampleMenuMessage().Menu}},
		"another network":      {bot.Address{Network: bot.WhatsApp, ID: "1"}, bot.Message{Text: "x"}},
		"no number":            {bot.Address{Network: bot.Telegram, ID: "x"}, bot.Message{Text: "x"}},
		"a bad topic":          {bot.Address{Network: bot.Telegram, ID: "-1", Topic: "x"}, bot.Message{Text: "x"}},
		"foreign photo":        {private, bot.Message{Photos: []bot.MediaRef{{Network: bot.WhatsApp, ID: "1"}}}},
		"foreign file":         {private, bot.Message{Text: "x", Files: []bot.MediaRef{{Network: bot.WhatsApp, ID: "1"}}}},
		"a bar in an id":       {private, bot.Message{Text: "x", Menu: &bot.Menu{ID: "a|b", Choices: []bot.Choice{{ID: "c", Label: "C"}}}}},
		"too many choices":     {private, bot.Message{Text: "x", Menu: many}},
	} {
		if list, err := render(c.to, c.m, ""); err == nil {
			t.Errorf("%s: rendered as %v", name, calls(t, list))
		}
	}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	labels := func(list ...string) bot.Menu {
		m := bot.Menu{ID: "m"}
		for i, l := range list {
			m.Choices = append(m.Choices, bot.Choice{ID: fmt.Sprint(i), Label: l})
		}
		return m
	}
	wide := labels("a", "b", "c", "d")
	wide.Columns = 20
	one := labels("Kirim", "Ubah")
	one.Columns = 1
	for _, c := range []struct {
		m    bot.Menu
		want int
	}{
		{labels("1", "2", "3", "4", "5", "6"), 5}, {labels("Ya", "Tdk"), 2}, {labels("Kirim", "Ubah", "Batal"), 3},
		{labels("✅ Kirim", "Ubah tempat", "Batal"), 2}, {labels("Sudah beres", "Sebagian"), 2},
		{labels("Lampu penerangan jalan umum", "Lainnya"), 1}, {labels("Ya"), 1}, {wide, 8}, {one, 1},
	} {
		if got := columns(c.m); got != c.want {
			t.Errorf("%v: %d columns, want %d", c.m.Choices, got, c.want)
		}
	}
	k, err := inline(labels("Kirim", "Ubah", "Batal", strings.Repeat("Kategori ", 20)))
	if err != nil || len(k.InlineKeyboard) != 4 {
		t.Fatalf("%v %v", k, err)
	}
	if got := []rune(k.InlineKeyboard[3][0].Text); len(got) > maxLabel || got[len(got)-1] != '…' {
		t.Errorf("a long label became %q", string(got))
	}
}

func TestRenderEdit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		m       bot.Message
		caption bool
		method  string
		units   int
	}{
		{bot.Message{Text: "x"}, false, "editMessageText", 1},
		{bot.Message{Text: "x"}, true, "editMessageCaption", 1},
		{bot.Message{}, false, "editMessageReplyMarkup", 0},
		{bot.Message{Text: strings.Repeat("😀", 4000)}, false, "editMessageText", 4095},
		{bot.Message{Text: strings.Repeat("a", 2000)}, true, "editMessageCaption", 1024},
	} {
		r, err := renderEdit(5, 6, c.m, c.caption)
		if err != nil || r.method != c.method || units(r.body.Text+r.body.Caption) != c.units {
			t.Errorf("%.20q: %s of %d units, %v", c.m.Text, r.method, units(r.body.Text+r.body.Caption), err)
		}
	}
}

func TestPieces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		limit int
		want  []string
	}{
		{"", 10, nil}, {"  \n ", 10, nil}, {"pendek", 10, []string{"pendek"}},
		{"satu dua tiga", 9, []string{"satu dua", "tiga"}},
		{"satu dua\ntiga empat", 14, []string{"satu dua", "tiga empat"}},
		{"abc def ghi\n\njkl mno pqr", 20, []string{"abc def ghi", "jkl mno pqr"}},
		{"a bbbbbbbbbbbb", 10, []string{"a bbbbbbbb", "bbbb"}},
		{"1234567890 abc", 10, []string{"1234567890", "abc"}},
		{"😀😀😀😀", 4, []string{"😀😀", "😀😀"}},
		{"😀😀😀", 3, []string{"😀", "😀", "😀"}},
		{"aa👨‍👩‍👧bb", 7, []string{"aa", "👨‍👩", "‍👧bb"}}, // longer than the limit: cut inside
		{"aaaaaaae\u0301b", 8, []string{"aaaaaaa", "e\u0301b"}},
	} {
		var got []string
		for _, p := range pieces(c.text, nil, c.limit) {
			got = append(got, p.text)
			if units(p.text) > c.limit {
				t.Errorf("%q has %d units", p.text, units(p.text))
			}
		}
		if c.text == "aa👨‍👩‍👧bb" { // how it is cut is not promised, only that nothing is lost
			if strings.Join(got, "") != c.text {
				t.Errorf("%q became %q", c.text, got)
			}
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

// TestPiecesProperty: no part is too long, no visible character is lost, and the bold characters are the same before and
// after.
func TestPiecesProperty(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom([]string{"a", "kata", " ", "  ", "\n", "\n\n", "😀", "é", "e\u0301", "👨‍👩‍👧", "مياه", "panjangsekalitanpaspasi", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		var marked strings.Builder
		for range rapid.IntRange(0, 60).Draw(t, "n") {
			s := word.Draw(t, "word")
			if rapid.Bool().Draw(t, "bold") {
				s = bot.Bold(s)
			}
			marked.WriteString(s)
		}
		limit := rapid.IntRange(12, 60).Draw(t, "limit")
		text, spans := bot.Spans(marked.String())
		var wantBold, gotBold, gotText string
		for _, s := range spans {
			wantBold += text[s.From:s.To]
		}
		for _, p := range pieces(text, spans, limit) {
			if n := units(p.text); n > limit || n == 0 {
				t.Fatalf("a part of %d units, limit %d", n, limit)
			}
			gotText += p.text
			gotBold += boldOf(t, p)
		}
		if !same(text, gotText) || !same(wantBold, gotBold) {
			t.Fatalf("%q became %q; bold %q became %q", text, gotText, wantBold, gotBold)
		}
	})
}

// boldOf takes the bold words out of a part as Telegram would: by UTF-16 units.
func boldOf(t *rapid.T, p piece) string {
	all := utf16.Encode([]rune(p.text))
	var out string
	for _, e := range p.bold {
		if e.Type != models.MessageEntityTypeBold || e.Length <= 0 || e.Offset < 0 || e.Offset+e.Length > len(all) {
			t.Fatalf("entity %+v of %q", e, p.text)
		}
		out += string(utf16.Decode(all[e.Offset : e.Offset+e.Length]))
	}
	return out
}

func same(a, b string) bool {
	a = strings.ToValidUTF8(a, "\ufffd")
	b = strings.ToValidUTF8(b, "\ufffd")
	return strings.Join(strings.Fields(a), "") == strings.Join(strings.Fields(b), "")
}

// The form an upload takes: texts as they are, objects as JSON, a file in place of the parameter that names it.
func TestFormFields(t *testing.T) {
	t.Parallel()
	f := &fields{}
	if err := writeFields(f, params{ChatID: 5, Photo: "attach://photo", Caption: `"kutip" & <b>`, Bold: []models.MessageEntity{{Type: "bold", Length: 1}}}); err != nil {
		t.Fatal(err)
	}
	want := fields{"chat_id": "5", "caption": `"kutip" & <b>`, "caption_entities": `[{"type":"bold","offset":0,"length":1}]`}
	if diff := cmp.Diff(want, *f); diff != "" {
		t.Error(diff)
	}
}

type fields map[string]string

func (f *fields) WriteField(name, value string) error {
	if *f == nil {
		*f = fields{}
	}
	(*f)[name] = value
	return nil
}
