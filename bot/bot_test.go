package bot_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rabeg/bot"
)

func TestMenuMatch(t *testing.T) {
	t.Parallel()
	menu := bot.Menu{ID: "tanya-3", Choices: []bot.Choice{
		{ID: "kirim", Label: "✅ Kirim", Also: "ya|oke siap"},
		{ID: "ubah", Label: "Ubah tempat"},
		{ID: "batal", Label: "Batal"},
	}}
	for _, c := range []struct {
		body bot.Body
		want string // "" for no match
	}{
		{bot.Pick{Menu: "tanya-3", Choice: "ubah"}, "ubah"},
		{bot.Pick{Menu: "tanya-2", Choice: "ubah"}, ""}, // stale
		{bot.Pick{Menu: "tanya-3", Choice: "hapus"}, ""},
		{bot.Pick{}, ""},
		{bot.Text{Text: "1"}, "kirim"},
		{bot.Text{Text: " 2. "}, "ubah"},
		{bot.Text{Text: "3️⃣"}, "batal"},
		{bot.Text{Text: "(3)"}, "batal"},
		{bot.Text{Text: "4"}, ""},
		{bot.Text{Text: "0"}, ""},
		{bot.Text{Text: "-1"}, "kirim"}, // a dash before a number is a list mark
		{bot.Text{Text: "001"}, ""},
		{bot.Text{Text: "11111111111111111111111"}, ""},
		{bot.Text{Text: "1 2"}, ""},
		{bot.Text{Text: "KIRIM!"}, "kirim"},
		{bot.Text{Text: "ubah   tempat"}, "ubah"},
		{bot.Text{Text: "Oke, siap"}, "kirim"},
		{bot.Text{Text: "kirim ya"}, ""},
		{bot.Text{Text: ""}, ""},
		{bot.Text{Text: "✅"}, ""},
		{bot.Photo{Caption: "1"}, ""},
		{bot.Location{}, ""},
		{nil, ""},
	} {
		got, ok := menu.Match(c.body)
		if got.ID != c.want || ok != (c.want != "") {
			t.Errorf("Match(%#v) = %q, %v; want %q", c.body, got.ID, ok, c.want)
		}
	}
	if _, ok := (bot.Menu{}).Match(bot.Text{Text: "1"}); ok {
		t.Error("an empty menu matches")
	}
	if _, ok := (bot.Menu{ID: "x", Choices: []bot.Choice{{ID: "a", Label: "🔥"}}}).Match(bot.Text{Text: "!"}); ok {
		t.Error("a label of signs alone matches other signs")
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"1️⃣": "1", " 1) ": "1", "1.": "1", "✅ Kirim!": "kirim", "Jl. Veteran": "jl veteran", "": "", "🔥": "",
		"ÉCOLE": "école", "a\u200db": "ab", "a\nb": "a b", "SRG-7K3MQ-9": "srg 7k3mq 9",
	} {
		if got := bot.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := bot.Fold(s)
		if bot.Fold(once) != once {
			t.Fatalf("folding %q twice gives %q", s, bot.Fold(once))
		}
	})
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a\x00b": "ab", "a\r\nb": "a\nb", "\x1b[31mmerah": "[31mmerah", "a\u202eb\u2066c": "abc", "\ue000a\ue001": "a",
		"\xed\xa0\xbd!": "\ufffd!", "  x  ": "x", "a\tb": "a\tb", "👨‍👩‍👧": "👨‍👩‍👧", "مياه": "مياه", "\x7f": "",
	} {
		if got := bot.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "s"))
		got := bot.Clean(s)
		bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
		if !utf8.ValidString(got) || strings.ContainsFunc(got, bad) || bot.Clean(got) != got || bot.Unmark(got) != got {
			t.Fatalf("Clean(%q) = %q", s, got)
		}
	})
}

func TestSpans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, text string
		spans    []bot.Span
	}{
		{"tanpa", "tanpa", nil},
		{"a " + bot.Bold("b") + " c", "a b c", []bot.Span{{From: 2, To: 3}}},
		{bot.Bold("é") + bot.Bold("x"), "éx", []bot.Span{{From: 0, To: 2}, {From: 2, To: 3}}},
		{bot.Bold(""), "", nil},
		{bot.Bold(bot.Bold("a") + "b"), "ab", []bot.Span{{From: 0, To: 2}}},
		{"a\ue000b", "ab", nil},
		{"a\ue001b", "ab", nil},
		{"\ue000a\ue000b\ue001", "ab", []bot.Span{{From: 0, To: 2}}},
	} {
		text, spans := bot.Spans(c.in)
		if text != c.text {
			t.Errorf("Spans(%q) text %q, want %q", c.in, text, c.text)
		}
		if diff := cmp.Diff(c.spans, spans); diff != "" {
			t.Errorf("Spans(%q): %s", c.in, diff)
		}
		if got := bot.Unmark(c.in); got != c.text {
			t.Errorf("Unmark(%q) = %q", c.in, got)
		}
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, name, rest string
		ok             bool
	}{
		{"/start", "start", "", true},
		{"/Status@rabeg_bot  SRG-7K3MQ-9 ", "status", "SRG-7K3MQ-9", true},
		{"/tolak\nbukan kewenangan", "tolak", "bukan kewenangan", true},
		{"/tolak@x\tya tidak", "tolak", "ya tidak", true},
		{"  /bantuan  ", "bantuan", "", true},
		{"/", "", "", false},
		{"/@x", "", "", false},
		{"/ start", "", "", false},
		{"status", "", "", false},
		{"", "", "", false},
	} {
		name, rest, ok := bot.Command(c.in)
		if name != c.name || rest != c.rest || ok != c.ok {
			t.Errorf("Command(%q) = %q, %q, %v", c.in, name, rest, ok)
		}
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for _, a := range []bot.Address{
		{Network: bot.Telegram, ID: "-1001234"},
		{Network: bot.Telegram, ID: "-1001234", Topic: "17"},
		{Network: bot.WhatsApp, ID: "628123@s.whatsapp.net"},
		{Network: bot.WhatsApp, ID: "628123:4@lid"},
	} {
		got, ok := bot.ParseAddress(a.String())
		if !ok || got != a {
			t.Errorf("%v came back as %v", a, got)
		}
		if a.Chat().Topic != "" || a.Chat().ID != a.ID || a.Zero() {
			t.Errorf("Chat of %v is %v", a, a.Chat())
		}
		raw, err := json.Marshal(a)
		var read bot.Address
		if err != nil || json.Unmarshal(raw, &read) != nil || read != a {
			t.Errorf("%v as JSON is %s", a, raw)
		}
	}
	for _, s := range []string{"", ":", "telegram", "telegram:", ":1", "telegram:/5"} {
		if a, ok := bot.ParseAddress(s); ok {
			t.Errorf("%q is the address %v", s, a)
		}
	}
	if !(bot.Address{}).Zero() || !(bot.MessageRef{}).Zero() {
		t.Error("zero values are not zero")
	}
}

func TestSendError(t *testing.T) {
	t.Parallel()
	cause := errors.New("sebab")
	se := &bot.SendError{Remedy: bot.GiveUp, Err: cause}
	wrapped := fmt.Errorf("sending: %w", se)
	if bot.AsSendError(wrapped) != se || !errors.Is(wrapped, cause) || se.Error() != "send: give up: sebab" {
		t.Errorf("wrapped: %v", wrapped)
	}
	if got := bot.AsSendError(cause); got.Remedy != bot.Retry || got.After != 0*time.Second || !errors.Is(got.Err, cause) {
		t.Errorf("an unknown error is %v", got)
	}
	for r, want := range map[bot.Remedy]string{bot.Retry: "retry", bot.Gone: "gone", bot.Move: "move", 9: "Remedy(9)"} {
		if r.String() != want {
			t.Errorf("%d is %q", int(r), r)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for want, b := range map[string]bot.Body{
		"a": bot.Text{Text: "a"}, "b": bot.Photo{Caption: "b"}, "c": bot.Voice{Caption: "c"}, "d": bot.Document{Caption: "d"},
		"": bot.Left{},
	} {
		if got := bot.Words(b); got != want {
			t.Errorf("Words(%#v) = %q", b, got)
		}
	}
}

// However a character is folded, it does not become twice as long: answers are told from complaints by that.
func TestFoldingDoesNotLengthen(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if s := string(r); len(bot.Fold(s)) > 2*len(s)-1 {
			t.Errorf("%q becomes %q", s, bot.Fold(s))
		}
	}
}
