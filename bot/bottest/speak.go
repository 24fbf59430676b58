package bottest

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
)

// Picture is a small JPEG that differs for each seed.
func Picture(seed int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		for y := range 48 {
			img.Set(x, y, color.RGBA{uint8(x * 4), uint8(y * 5), uint8(seed * 37), 255})
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, nil); err != nil {
		panic(err) // an encoder that cannot write to memory
	}
	return buf.Bytes()
}

var menu = bot.Menu{ID: "tanya-1", Choices: []bot.Choice{
	{ID: "kirim", Label: "✅ Kirim"}, {ID: "ubah", Label: "✏️ Ubah"}, {ID: "batal", Label: "Batal", Also: "jangan"},
}}

func answers(t *testing.T, w world) {
	l, p, _ := w.met(t)
	for i, text := range []string{
		"Terima kasih.", "tebal <b>bukan</b> *bukan* _bukan_ `bukan` [x](y) &amp;", "🔥 emoji 👨‍👩‍👧‍👦", "baris\nbaris", "مياه مقطوعة",
	} {
		w.tell(t, l, p.Chat(), bot.Message{Text: text})
		if got := w.sees(t, p, i+1)[i].Text; got != text {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
	w.tell(t, l, p.Chat(), bot.Message{Text: "Nomor " + bot.Bold("SRG-7K3MQ-9") + " 🔥 " + bot.Bold("Kirim") + "?"})
	if got := w.sees(t, p, 6)[5].Text; got != "Nomor SRG-7K3MQ-9 🔥 Kirim?" {
		t.Errorf("bold words are shown as %q", got)
	}
}

func long(t *testing.T, w world) {
	l, p, _ := w.met(t)
	text := strings.Repeat("Ini "+bot.Bold("kalimat 😀")+" yang panjang sekali.\n", 400)
	w.tell(t, l, p.Chat(), bot.Message{Text: text, Menu: &menu})
	plain := squeezed(bot.Unmark(text))
	joined := func(list []Shown) string {
		var b strings.Builder
		for _, s := range list {
			b.WriteString(squeezed(s.Text))
		}
		return b.String()
	}
	list := w.until(t, p, func(list []Shown) bool {
		return strings.Contains(joined(list), plain) && len(list[len(list)-1].Choices) > 0
	})
	for _, s := range list[:len(list)-1] {
		if len(s.Choices) > 0 {
			t.Error("the menu stands under a part that is not the last")
		}
	}
}

func choices(t *testing.T, w world) {
	l, p, next := w.met(t)
	w.tell(t, l, p.Chat(), bot.Message{Text: "Kirim laporan?", Menu: &menu})
	shown := w.sees(t, p, 1)[0]
	if len(shown.Choices) != len(menu.Choices) {
		t.Fatalf("the choices shown are %q", shown.Choices)
	}
	for i, want := range menu.Choices {
		if err := p.Choose(w.ctx, shown, i); err != nil {
			t.Fatalf("choosing: %v", err)
		}
		ev := next()
		if got, ok := menu.Match(ev.Body); !ok || got.ID != want.ID {
			t.Errorf("choice %d came as %#v", i, ev.Body)
		}
		if a, ok := l.Channel.(bot.Answerer); ok {
			if _, pick := ev.Body.(bot.Pick); pick {
				if err := a.Answer(w.ctx, ev.ID, "Baik."); err != nil {
					t.Errorf("answering a press: %v", err)
				}
			}
		}
	}
	for said, want := range map[string]string{"2": "ubah", "kirim": "kirim", "1.": "kirim", "3️⃣": "batal", "JANGAN": "batal"} {
		w.say(t, p, said)
		if got, ok := menu.Match(next().Body); !ok || got.ID != want {
			t.Errorf("%q means %q, want %q", said, got.ID, want)
		}
	}
}

func stale(t *testing.T, w world) {
	l, p, next := w.met(t)
	later := menu
	later.ID = "tanya-2"
	w.tell(t, l, p.Chat(), bot.Message{Text: "Pertanyaan lama", Menu: &menu})
	w.tell(t, l, p.Chat(), bot.Message{Text: "Pertanyaan baru", Menu: &later})
	old := w.sees(t, p, 2)[0]
	if err := p.Choose(w.ctx, old, 0); err != nil {
		t.Fatalf("choosing: %v", err)
	}
	ev := next()
	if _, press := ev.Body.(bot.Pick); !press {
		t.Skip("this network has no buttons: a number means the latest question")
	}
	if got, ok := later.Match(ev.Body); ok {
		t.Errorf("a press on the old menu matches %q of the new one", got.ID)
	}
	if _, ok := menu.Match(ev.Body); !ok {
		t.Error("a press on the old menu does not match the old menu")
	}
}

func (w world) fetch(t *testing.T, c bot.Channel, m bot.MediaRef) []byte {
	t.Helper()
	r, err := c.Fetch(w.ctx, m)
	if err != nil {
		t.Fatalf("Fetch: %v", err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("reading what was fetched: %v", err)
	}
	return data
}

func album(t *testing.T, w world) {
	l, p, next := w.met(t)
	sent := [][]byte{Picture(1), Picture(2), Picture(3)}
	w.send(t, p, Out{Text: "jalan rusak", Photos: sent})
	var group string
	captions := 0
	var got [][]byte
	for range sent {
		ph, ok := next().Body.(bot.Photo)
		if !ok {
			t.Fatalf("a photo came as something else")
		}
		if ph.Album == "" || group != "" && ph.Album != group {
			t.Errorf("album %q after %q", ph.Album, group)
		}
		group = ph.Album
		if ph.Caption == "jalan rusak" {
			captions++
		}
		got = append(got, w.fetch(t, l, ph.Media))
	}
	if captions != 1 {
		t.Errorf("%d photos carry the caption", captions)
	}
	for i := range sent {
		if !slices.ContainsFunc(got, func(b []byte) bool { return bytes.Equal(b, sent[i]) }) {
			t.Errorf("photo %d was not fetched as it was sent", i)
		}
	}
	w.send(t, p, Out{Photos: sent[:1]})
	if ph, ok := next().Body.(bot.Photo); !ok || ph.Album != "" || ph.Caption != "" {
		t.Errorf("a single photo came as %#v", ph)
	}
}

func stored(t *testing.T, w world) {
	l, p, _ := w.met(t)
	one, many := Picture(7), [][]byte{Picture(8), Picture(9), Picture(10)}
	w.tell(t, l, p.Chat(), bot.Message{
		Text: "Sudah diperbaiki", Photos: []bot.MediaRef{w.Store.Put(one, "image/jpeg")}, Menu: &menu,
	})
	shows := func(want ...[]byte) func([]Shown) bool {
		return func(list []Shown) bool {
			for _, b := range want {
				if !slices.ContainsFunc(list, func(s Shown) bool { return bytes.Equal(s.Photo, b) }) {
					return false
				}
			}
			return true
		}
	}
	list := w.until(t, p, shows(one))
	last := list[len(list)-1]
	if last.Text != "Sudah diperbaiki" || len(last.Choices) != len(menu.Choices) {
		t.Errorf("the photo's message is %q with choices %q", last.Text, last.Choices)
	}
	var refs []bot.MediaRef
	for _, b := range many {
		refs = append(refs, w.Store.Put(b, "image/jpeg"))
	}
	w.tell(t, l, p.Chat(), bot.Message{Text: "Tiga foto", Photos: refs})
	list = w.until(t, p, shows(many...))
	if !slices.ContainsFunc(list, func(s Shown) bool { return s.Text == "Tiga foto" }) {
		t.Error("the album's text is not shown")
	}
}

func replies(t *testing.T, w world) {
	l, p, next := w.met(t)
	ref := w.tell(t, l, p.Chat(), bot.Message{Text: "Laporan diterima"})
	shown := w.sees(t, p, 1)[0]
	id := w.send(t, p, Out{Text: "tambahan", ReplyTo: shown.ID})
	ev := next()
	if ev.ReplyTo == nil || *ev.ReplyTo != ref {
		t.Errorf("the reply is to %v, not %v", ev.ReplyTo, ref)
	}
	w.tell(t, l, p.Chat(), bot.Message{Text: "Dicatat", ReplyTo: &ev.Ref})
	if got := w.sees(t, p, 2)[1].ReplyTo; got != id {
		t.Errorf("the bot's reply is to %q, not %q", got, id)
	}
}

func botEdits(t *testing.T, w world) {
	l, p, _ := w.met(t)
	e, ok := l.Channel.(bot.Editor)
	if !ok {
		t.Skip("this network has no edits")
	}
	ref := w.tell(t, l, p.Chat(), bot.Message{Text: "Kartu: baru", Menu: &menu})
	changed := bot.Message{Text: "Kartu: " + bot.Bold("selesai")}
	for range 2 { // the second changes nothing, which is no error
		if err := e.Edit(w.ctx, ref, changed); err != nil {
			t.Fatalf("Edit: %v", err)
		}
	}
	w.until(t, p, func(list []Shown) bool {
		return len(list) == 1 && list[0].Text == "Kartu: selesai" && len(list[0].Choices) == 0
	})
	photo := w.tell(t, l, p.Chat(), bot.Message{
		Text: "Foto: baru", Photos: []bot.MediaRef{w.Store.Put(Picture(4), "image/jpeg")},
	})
	if err := e.Edit(w.ctx, photo, bot.Message{Text: "Foto: lama"}); err != nil {
		t.Fatalf("editing a photo's text: %v", err)
	}
	w.until(t, p, func(list []Shown) bool { return len(list) == 2 && list[1].Text == "Foto: lama" })
	gone := ref
	gone.ID = "99999999"
	if err := e.Edit(w.ctx, gone, changed); err != nil { // a network that does not know what it carried cannot tell
		wantRemedy(t, err, bot.GiveUp)
	}
	w.until(t, p, func(list []Shown) bool { return len(list) == 2 })
}

func personEdits(t *testing.T, w world) {
	_, p, next := w.met(t)
	id := w.say(t, p, "lampu mti")
	first := next()
	if err := p.Edit(w.ctx, id, "lampu mati"); errors.Is(err, ErrCannot) {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	ev := next()
	if !ev.Edited || ev.Ref != first.Ref || bot.Words(ev.Body) != "lampu mati" || ev.ID == first.ID {
		t.Errorf("the edit of %v came as %#v", first.Ref, ev)
	}
}

func blocked(t *testing.T, w world) {
	l, p, next := w.met(t)
	if err := p.Block(w.ctx); errors.Is(err, ErrCannot) {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	_, err := l.Send(w.ctx, p.Chat(), "kabar", bot.Message{Text: "Kabar laporan"})
	wantRemedy(t, err, bot.Gone)
	if ev := next(); ev.Body != (bot.Left{}) || ev.Chat != p.Chat() {
		t.Errorf("blocking came as %#v", ev)
	}
}

func failedSend(t *testing.T, w world) {
	if w.Faults.FailSends == nil {
		t.Skip("this network cannot be made to fail")
	}
	l, p, _ := w.met(t)
	w.Faults.FailSends(2)
	m := bot.Message{Text: "Laporan diterima"}
	for range 2 {
		_, err := l.Send(w.ctx, p.Chat(), "terima", m)
		if se := wantRemedy(t, err, bot.Retry); strings.Contains(se.Error(), m.Text) {
			t.Errorf("the error repeats the text: %v", se)
		}
	}
	if _, err := l.Send(w.ctx, p.Chat(), "terima", m); err != nil {
		t.Fatal(err)
	}
	w.tell(t, l, p.Chat(), bot.Message{Text: "akhir"})
	if list := w.sees(t, p, 2); len(list) != 2 || list[0].Text != m.Text {
		t.Errorf("the person sees %v", list)
	}
}

func slow(t *testing.T, w world) {
	if w.Faults.Slow == nil {
		t.Skip("this network never asks to slow down")
	}
	l, p, _ := w.met(t)
	w.Faults.Slow(3 * time.Second)
	_, err := l.Send(w.ctx, p.Chat(), "a", bot.Message{Text: "satu"})
	if se := wantRemedy(t, err, bot.Retry); !se.Slow || se.After != 3*time.Second {
		t.Errorf("Slow %v, After %v", se.Slow, se.After)
	}
}

func impossible(t *testing.T, w world) {
	l, p, _ := w.met(t)
	for name, m := range map[string]bot.Message{
		"empty":          {},
		"missing file":   {Photos: []bot.MediaRef{{Network: bot.Store, ID: "no such file"}}},
		"foreign file":   {Photos: []bot.MediaRef{{Network: "pigeon", ID: "1"}}},
		"menu of nobody": {Menu: &bot.Menu{ID: "x", Choices: []bot.Choice{{ID: strings.Repeat("y", 100), Label: "Y"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := l.Send(w.ctx, p.Chat(), name, m)
			wantRemedy(t, err, bot.GiveUp)
		})
	}
	_, err := l.Send(w.ctx, bot.Address{Network: "pigeon", ID: "1"}, "k", bot.Message{Text: "x"})
	wantRemedy(t, err, bot.GiveUp)
}

func lostFile(t *testing.T, w world) {
	l, p, next := w.met(t)
	if w.Faults.Lose != nil {
		w.send(t, p, Out{Photos: [][]byte{Picture(5)}})
		ph, ok := next().Body.(bot.Photo)
		if !ok {
			t.Fatal("the photo came as something else")
		}
		w.Faults.Lose(ph.Media)
		_, err := l.Fetch(w.ctx, ph.Media)
		wantRemedy(t, err, bot.GiveUp)
	}
	for _, m := range []bot.MediaRef{{Network: l.Network(), ID: "tidak-ada"}, {Network: "pigeon", ID: "1"}} {
		_, err := l.Fetch(w.ctx, m)
		wantRemedy(t, err, bot.GiveUp)
	}
}

func quickStop(t *testing.T, w world) {
	l, p, _ := w.met(t)
	begin := time.Now()
	l.stop()
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("Run took %v to end", took)
	}
	if l.err != nil {
		t.Errorf("Run gave %v", l.err)
	}
	ctx, cancel := context.WithCancel(w.ctx)
	cancel()
	if _, err := l.Send(ctx, p.Chat(), "k", bot.Message{Text: "terlambat"}); err == nil {
		t.Error("Send succeeded although its context was done")
	}
}

func cold(t *testing.T, w world) {
	l, p, _ := w.met(t)
	silences, ok := l.Channel.(bot.Silences)
	if !ok {
		t.Skip("this network minds no silence")
	}
	if cold, err := silences.Cold(w.ctx, p.Chat()); err != nil || cold {
		t.Errorf("who has just written is cold: %v, %v", cold, err)
	}
	stranger := w.Phone(t)
	if cold, err := silences.Cold(w.ctx, stranger.Chat()); err != nil || !cold {
		t.Errorf("who has never written is cold: %v, %v", cold, err)
	}
	over, cancel := context.WithCancel(w.ctx)
	cancel()
	if _, err := silences.Cold(over, p.Chat()); err == nil {
		t.Error("without an answer of its store the channel knows all the same")
	}
}
