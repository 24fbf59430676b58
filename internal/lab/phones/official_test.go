package phones

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rabeg/internal/sim/cloudapi"
)

// says has the office write to somebody: the content is the message as Meta takes it.
func says(t *testing.T, m *cloudapi.Server, to *officialPhone, content string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/"+m.Version()+"/"+m.PhoneID()+"/messages",
		strings.NewReader(`{"messaging_product":"whatsapp","recipient":"`+to.lane().ID+`",`+content+`}`))
	r.Header.Set("Authorization", "Bearer "+m.Token())
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("Meta does not take it: %d %s", w.Code, w.Body)
	}
}

// seen waits until a phone shows as many messages, and gives them: who, what, what can be pressed.
func seen(t *testing.T, s *Server, k *officialPhone, n int) string {
	t.Helper()
	for {
		changed := s.change()
		if all := k.bubbles("en"); len(all) >= n {
			var lines []string
			for _, b := range all {
				line := b.From + ":"
				if b.Quote != "" {
					line += " > " + b.Quote + " |"
				}
				if b.Moved {
					line += " (forwarded)"
				}
				for _, part := range b.Body {
					line += " " + part.Text
				}
				line += strings.Repeat(" (photo)", len(b.Photos))
				if b.Voice != "" {
					line += " (voice)"
				}
				if b.Pin != "" {
					line += " (pin)"
				}
				for _, row := range b.Rows {
					for _, key := range row {
						line += " [" + key.Label + "]"
					}
				}
				lines = append(lines, line)
			}
			return strings.Join(lines, "\n")
		}
		select {
		case <-changed:
		case <-t.Context().Done():
			t.Fatal("it did not come")
		}
	}
}

// The official phone shows what was said on it in its order, buttons and lists with it; what is pressed, sent and passed on stands there,
// too, and can be fetched; what cannot be done there is refused.
func TestTheOfficialPhone(t *testing.T) {
	t.Parallel()
	s := page(t)
	s.Meta = cloudapi.New(cloudapi.Options{Now: s.Clock.Now})
	t.Cleanup(s.Meta.Close)
	k := s.wa.of(s.cast.find(onWhatsApp, Budi)).(*officialPhone)
	does := func(a act) {
		if err := k.act(t.Context(), a); err != nil {
			t.Errorf("%+v: %v", a, err)
		}
	}
	does(act{do: "send", text: "lampu mati"})
	says(t, s.Meta, k, `"type":"interactive","interactive":{"type":"button","body":{"text":"Sudah benar?"},"action":{"buttons":[`+
		`{"type":"reply","reply":{"id":"a","title":"Kirim"}},{"type":"reply","reply":{"id":"b","title":"Batal"}}]}}`)
	seen(t, s, k, 2)
	does(act{do: "press", message: "1", data: "0"})
	does(act{do: "send", text: "ini", message: "0", photos: [][]byte{[]byte("one"), []byte("two")}})
	does(act{do: "voice", voice: []byte("OggS")})
	does(act{do: "pin", lat: -6.12, lon: 106.15})
	does(act{do: "forward", message: "0"})
	says(t, s.Meta, k, `"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Di mana?"},"action":{"name":"send_location"}}`)
	const want = `Budi: lampu mati
Rabeg (bot): Sudah benar? [Kirim] [Batal]
Budi: > Sudah benar? | Kirim
Budi: > lampu mati | ini (photo)
Budi: > lampu mati | (photo)
Budi: (voice)
Budi: (pin)
Budi: (forwarded) lampu mati
Rabeg (bot): Di mana? [📍 Send a location]`
	if got := seen(t, s, k, 9); got != want {
		t.Errorf("it shows\n%s\nin place of\n%s", got, want)
	}
	if data, err := k.file(t.Context(), 4, 0); err != nil || string(data) != "two" {
		t.Errorf("the second photo is %q, %v", data, err)
	}
	for _, a := range []act{
		{do: "send", text: " "}, {do: "edit", message: "0", text: "lain"}, {do: "press", message: "1", data: "2"}, {do: "press", message: "1", data: "x"},
		{do: "press", message: "0", data: "0"}, {do: "send", text: "ya", message: "99"}, {do: "vote", message: "1"},
	} {
		if k.act(t.Context(), a) == nil {
			t.Errorf("%+v was done", a)
		}
	}
	if _, err := k.file(t.Context(), 0, 0); err == nil {
		t.Error("words are a file")
	}
}
