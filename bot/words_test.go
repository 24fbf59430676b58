package bot_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
)

// A digit is one in any script, and every script's zero is zero.
func TestDigit(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"0123456789": "0123456789", "٠١٢٣٤٥٦٧٨٩": "0123456789", "۰۱۲۳۴۵۶۷۸۹": "0123456789", "०१२३४५६७८९": "0123456789", "０１２３４５６７８９": "0123456789",
		"𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡𝟢": "012345678901234567890", "꧐꧑꧒꧓꧔꧕꧖꧗꧘꧙": "0123456789", "᮰᮱᮲᮳᮴᮵᮶᮷᮸᮹": "0123456789", "①⑨❶": "191", "1\u00ad2": "12", "1\u200d2": "12",
		"1️⃣": "1",
	} {
		if got := bot.Fold(said); got != want {
			t.Errorf("%s is %q", said, got)
		}
	}
	for _, in := range unicode.Nd.R32 {
		if d, ok := bot.Digit(rune(in.Lo)); !ok || d != 0 {
			t.Errorf("%U is %d", in.Lo, d)
		}
	}
	for _, in := range unicode.Nd.R16 {
		if d, ok := bot.Digit(rune(in.Lo)); !ok || d != 0 || (in.Hi-in.Lo+1)%10 != 0 || in.Stride != 1 {
			t.Errorf("%U is %d", in.Lo, d)
		}
	}
}

// Whatever space or unseen character a phone puts around a command, it is that command.
func TestCommandAmongWhatIsNotSeen(t *testing.T) {
	t.Parallel()
	for _, gap := range []string{" ", "\n", "\t", "\u00a0", "\u202f", "\u2007", "\u3000", "\ufeff", "\u200b", "\u2060", "\u200e", "\u200e ", " \u00a0", "\u2028"} {
		for _, lead := range []string{"", "\u200e", "\ufeff", "\u00a0", "\u2068"} {
			text := lead + "/Status@lain" + gap + "SRG-1 a"
			for _, s := range []string{text, bot.Clean(text)} {
				name, rest, ok := bot.Command(s)
				if !ok || name != "status" || rest != "SRG-1 a" {
					t.Errorf("%q is /%s %q %v", s, name, rest, ok)
				}
			}
		}
	}
	if name, rest, ok := bot.Command("/sta\u00adtus a\u00a0b"); !ok || name != "status" || rest != "a b" {
		t.Errorf("/%s %q %v", name, rest, ok)
	}
	for _, s := range []string{"", "/", "/ x", "/\u200e", "a/b", "\u200e"} {
		if name, _, ok := bot.Command(s); ok {
			t.Errorf("%q is /%s", s, name)
		}
	}
}

// What is kept of words has one kind of space, and neither soft hyphens nor what turns the words around; what a script needs stays.
func TestCleanLeavesOneKindOfSpace(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"a\u00a0b\u202fc\u3000d": "a b c d", "a\u2028b\u2029c": "a\nb\nc", "a\u00adb": "ab", "👨\u200d👩\u200d👧": "👨\u200d👩\u200d👧", "\u00a0": "",
	} {
		if got := bot.Clean(said); got != want || bot.Clean(got) != got {
			t.Errorf("%q is kept as %q", said, got)
		}
	}
}

// Whatever sign stands between letters, a text is folded as its letters say one by one.
func TestFoldOfEverySign(t *testing.T) {
	t.Parallel()
	for r := range rune(0x2FFFF) {
		if !utf8.ValidRune(r) {
			continue
		}
		var want string
		switch d, ok := bot.Digit(r); {
		case ok && r != '0'+rune(d):
			want = "a" + string('0'+rune(d)) + "b"
		case r == '\u2800' || r == '\u3164' || r == '\uffa0': // they look like a space
			want = "a b"
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			want = "a" + string(unicode.ToLower(r)) + "b"
		case r >= utf8.RuneSelf && (r == '\ufe0f' || r == '\u20e3' || bot.Invisible(r) && r != '\u200b'):
			want = "ab"
		default:
			want = "a b"
		}
		if got := bot.Fold("a" + string(r) + "B"); got != want {
			t.Fatalf("%U: %q, want %q", r, got, want)
		}
		if got := bot.Fold(string(r) + string(r)); strings.HasPrefix(got, " ") || strings.HasSuffix(got, " ") {
			t.Fatalf("%U: %q", r, got)
		}
	}
	if got := bot.Fold("caf\xe9 BUKA"); got != "caf buka" {
		t.Errorf("bytes that are no letters: %q", got)
	}
}
