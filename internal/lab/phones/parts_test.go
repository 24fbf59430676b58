package phones

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/sim/botapi"
)

// Both languages have a word for everything that the page says, and each part of the page can be drawn.
func TestThePageInBothLanguages(t *testing.T) {
	t.Parallel()
	for name, w := range labels {
		if w.ID == "" || w.EN == "" {
			t.Errorf("%s: no word in both languages", name)
		}
	}
	s := page(t)
	for _, lang := range []string{"id", "en"} {
		v := view{lang: lang, telegram: s.cast.on(onTelegram)[0], desk: s.cast.on(onDesk)[0], whatsapp: s.cast.on(onWhatsApp)[0]}
		hostile := bubble{Key: `"><script>`, From: "<b>Ani</b>", Body: []span{{Text: "<script>"}, {Text: "x", Link: webLink("javascript:alert(1)")}},
			Rows: [][]key{{{Label: "<i>", Data: `c.SRG-1%7c"x`}}}, Options: []string{"<u>"}, Photos: []string{"file/telegram?id=a"}, Excerpt: `" onclick="x`}
		html, err := s.pages.part(v.lang, "bubble", hostile)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script", "<b>", "<i>", "<u>", "javascript:", `" onclick`} {
			if strings.Contains(html, bad) {
				t.Errorf("what somebody wrote stands in the page as %s", bad)
			}
		}
		if !strings.Contains(html, `data-payload="c.SRG-1%7c&#34;x"`) {
			t.Errorf("the press does not hold the button's own data: %s", html)
		}
	}
}

// A text of Telegram is cut where its marks begin and end, counted as Telegram counts.
func TestMarks(t *testing.T) {
	t.Parallel()
	got := styled("🙏 Nomor SRG-1 di sini", []botapi.Entity{{Type: "bold", Offset: 9, Length: 5}, {Type: "text_link", Offset: 18, Length: 4, URL: "javascript:x"}})
	want := []span{{Text: "🙏 Nomor "}, {Text: "SRG-1", Bold: true}, {Text: " di "}, {Text: "sini"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

// WhatsApp's signs format where they stand around words, and nowhere else.
func TestSigns(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]span{
		"*Sudah benar?* ya":   {{Text: "Sudah benar?", Bold: true}, {Text: " ya"}},
		"tulis *status*.":     {{Text: "tulis "}, {Text: "status", Bold: true}, {Text: "."}},
		"2*3*4":               {{Text: "2*3*4"}},
		"* bukan*":            {{Text: "* bukan*"}},
		"*\u200abukan*":       {{Text: "*\u200abukan*"}},
		"*dua\nbaris*":        {{Text: "*dua\nbaris*"}},
		"_miring_ dan ~lalu~": {{Text: "miring", Italic: true}, {Text: " dan "}, {Text: "lalu", Strike: true}},
		"":                    nil,
		"*":                   {{Text: "*"}},
		"**":                  {{Text: "**"}},
	} {
		if got := signed(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// Every kelurahan in the list beside the map names a point that the product takes for that kelurahan.
func TestTheListBesideTheMap(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"serang", "pandeglang", "denpasar", "banjarmasin"} {
		p, err := profile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		c := drawn(p)
		if len(c.Areas) != len(p.Areas) || c.Width <= 0 || c.Height <= 0 {
			t.Errorf("%s: %d of %d areas are drawn", name, len(c.Areas), len(p.Areas))
		}
		finder, err := place.New(p)
		if err != nil {
			t.Fatal(err)
		}
		districts := map[string]bool{}
		for _, a := range p.Areas {
			districts["Kec. "+a.DistrictName] = true
		}
		for _, g := range c.Spots {
			for _, s := range g.Spots {
				if at, ok := finder.At(s.Lat, s.Lon); districts[g.Name] && (!ok || !at.Inside || at.AreaName != s.Name) {
					t.Errorf("%s: the point of %s, %s lies in %q", name, s.Name, g.Name, at.AreaName)
				}
			}
		}
	}
}

// People may be added, under names as people have them.
func TestNewPeople(t *testing.T) {
	t.Parallel()
	s := page(t)
	for name, ok := range map[string]bool{
		"Siti": true, strings.Repeat("n", 60): true, strings.Repeat("n", 61): false, "": false, "\n": false, "فاطمة": true, "a\xff": false,
	} {
		for _, where := range []string{onTelegram, onWhatsApp} {
			p, err := s.cast.add(where, name)
			if (err == nil) != ok {
				t.Errorf("%q: %v", name, err)
			}
			if err == nil && s.cast.find(where, p.key).name != name {
				t.Errorf("%q is not found again", name)
			}
		}
	}
	if _, err := s.cast.add(onDesk, "Siti"); err == nil {
		t.Error("somebody became an officer without being enrolled")
	}
}

// A recording in WebM goes out as Ogg with the same packets, and pages that any reader takes; what is cut off does no harm.
func TestSpoken(t *testing.T) {
	t.Parallel()
	element := func(id string, body []byte) []byte {
		size := make([]byte, 8)
		binary.BigEndian.PutUint64(size, uint64(len(body))|1<<56)
		return append(append([]byte(id), size...), body...)
	}
	block := func(packet string) []byte { return element("\xa3", append([]byte{0x81, 0, 0, 0x80}, packet...)) }
	long := "\x78" + strings.Repeat("l", 600)
	webm := append(element("\x1a\x45\xdf\xa3", nil), element("\x18\x53\x80\x67", append(
		element("\x16\x54\xae\x6b", element("\xae", element("\x63\xa2", []byte("OpusHead\x01\x01xxxxxxxxx")))),
		element("\x1f\x43\xb6\x75", append(block("\x78abc"), block(long)...))...))...)
	ogg, err := spoken(webm)
	if err != nil {
		t.Fatal(err)
	}
	var packets []string
	for rest := ogg; len(rest) > 0; {
		n := int(rest[26])
		body := 0
		for _, s := range rest[27 : 27+n] {
			body += int(s)
		}
		page := bytes.Clone(rest[:27+n+body])
		sum := binary.LittleEndian.Uint32(page[22:])
		clear(page[22:26])
		if !bytes.HasPrefix(page, []byte("OggS")) || oggSum(page) != sum {
			t.Fatal("a page is broken")
		}
		packets = append(packets, string(page[27+n:]))
		rest = rest[27+n+body:]
	}
	if len(packets) != 4 || !strings.HasPrefix(packets[0], "OpusHead") || packets[2] != "\x78abc" || packets[3] != long {
		t.Errorf("%q", packets)
	}
	for n := range webm {
		_, _ = spoken(webm[:n]) // whatever comes of it, it comes to an end
	}
	for data, want := range map[string]bool{"": false, "OggS already": true, "\x1a\x45\xdf\xa3": false} {
		if _, err := spoken([]byte(data)); (err == nil) != want {
			t.Errorf("%q: %v", data, err)
		}
	}
}

// The address of a page keeps what is looked at, and what it names that is not there is the first of its kind.
func TestWhatIsLookedAt(t *testing.T) {
	t.Parallel()
	s := page(t)
	for query, want := range map[string]string{
		"": "en budi ani rina false -1", "lang=id&whatsapp=siti&telegram=joko&desk=dedi&view=own&topic=3": "id siti joko dedi true 3",
		"lang=<x>&whatsapp=nobody&telegram=&desk=%00&topic=-9": "en budi ani rina false -1",
	} {
		if got := lookedAt(s, query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	if _, err := url.Parse(s.root()); err != nil {
		t.Error(err)
	}
}

func lookedAt(s *Server, query string) string {
	v := s.viewOf(&http.Request{URL: &url.URL{RawQuery: query}})
	return fmt.Sprintf("%s %s %s %s %t %d", v.lang, v.whatsapp.key, v.telegram.key, v.desk.key, v.own, v.topic)
}
